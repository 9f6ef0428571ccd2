"""Which law a procedure is under, and whether a council's closure days count towards each of its times.

A statute's working day knows no closures of a council (SI 2012/3094 reg 19, SI 2006/1681 reg 2, SI 2006/1738 reg 2),
nor does an Ombudsman's Code: their times stand, and so do the six months of the 2009 Regulations. A council's own times
are its own to move. What is read here is the profile as its TOML has it: plain data, checked elsewhere.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from feedback_tui.enums import DeadlineKind, Law, StageTime

_K = DeadlineKind
_CODE: Final = frozenset({_K.ACKNOWLEDGEMENT, _K.STAGE_1_LIMIT, _K.STAGE_2_ACKNOWLEDGEMENT, _K.STAGE_2_LIMIT})
SET_BY_LAW: Final[Mapping[Law, frozenset[DeadlineKind]]] = {
    # Reg 13 sets the acknowledgement, reg 14 the six months; the days for an answer are the council's own figures.
    Law.REGULATIONS_2009: frozenset({_K.ACKNOWLEDGEMENT, _K.STATUTORY_LIMIT}),
    Law.PUBLIC_HEALTH_2012: frozenset({_K.ACKNOWLEDGEMENT, _K.STATUTORY_LIMIT}),
    # Working days are defined once for the whole of the 2006 Regulations (reg 2), so it is every time of every stage.
    Law.CHILDREN_2006: frozenset(_K.each(*StageTime)),
    Law.LGSCO_CODE: _CODE,
    Law.HOUSING_CODE: _CODE,
    Law.DATA_PROTECTION_2018: frozenset({_K.ACKNOWLEDGEMENT}),
    Law.NONE: frozenset(),
}
"""The deadlines that each law sets itself. Any other one of a procedure is the council's own."""
_FIGURES_OF_THE_CODE: Final = {
    ("acknowledgement", "receipt", 5),
    ("stage_1_limit", "acknowledgement", 10),
    ("stage_2_acknowledgement", "review request", 5),
    ("stage_2_limit", "review acknowledgement", 20),
}


def may_move(law: Law, kind: DeadlineKind) -> bool:
    """Whether closure days may count towards a deadline of this kind: never where the law sets it."""
    return kind is not _K.STATUTORY_LIMIT and kind not in SET_BY_LAW[law]


def cited(rule: str, laws: Iterable[Law]) -> str:
    """Returns `rule` of the 2009 Regulations as the end of a clause, such as `` (reg 14)``; empty unless the case is
    under them. `laws` is the law of its procedure, or each that it may be under while that is not settled."""
    return f" ({rule})" if set(laws) == {Law.REGULATIONS_2009} else ""


def law_of(procedure: Mapping[str, Any], version: Mapping[str, Any]) -> object:
    """The law that a version of a procedure is under, as the two are written; a word that is none stays as it is.

    Where neither names one: the 2009 Regulations where `regulations_2009` says so, the Ombudsman's Code where the
    version has the Code's four figures (profiles were written so before they named their law), else none.
    """
    for table in (version, procedure):
        if "law" in table:
            return table["law"]
    if procedure.get("regulations_2009") is True:
        return Law.REGULATIONS_2009
    return Law.LGSCO_CODE if set(_figures(version)) >= _FIGURES_OF_THE_CODE else Law.NONE


def closures_count(law: Law, limit: Mapping[str, Any]) -> bool:
    """Whether closure days count towards a limit, as it is written: as it says itself, else as its law has it."""
    kind = limit.get("deadline")
    said = limit.get("closures_count")
    return said if isinstance(said, bool) else kind not in (*SET_BY_LAW[law], _K.STATUTORY_LIMIT)


def with_closures_said(law: Law, version: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a version as it is written, with what each of its limits, also those of its stages, says of closure
    days."""
    found = {**version}
    if isinstance(limits := version.get("limit", [] if "stage" in version else None), list):
        found["limit"] = [_said(law, limit) for limit in limits]
    if isinstance(stages := version.get("stage"), list):
        found["stage"] = [_stage_said(law, stage) for stage in stages]
    return found


def _stage_said(law: Law, stage: object) -> object:
    if not isinstance(stage, dict) or not isinstance(limits := stage.get("limit"), list):
        return stage
    number = stage.get("number")
    return {**stage, "limit": [_said(law, limit, _stage_kind(number, limit)) for limit in limits]}


def _said(law: Law, limit: object, kind: object = None) -> object:
    if not isinstance(limit, dict):
        return limit
    return {"closures_count": closures_count(law, {"deadline": kind} | limit)} | limit


def _stage_kind(number: object, limit: object) -> str:
    """Returns the kind of deadline that a limit in the table of a stage causes, as they are written."""
    time = limit.get("time") if isinstance(limit, dict) else None
    return str(_K.ACKNOWLEDGEMENT) if (number, time) == (1, "acknowledgement") else f"stage_{number}_{time}"


class CountedByLaw:
    """Says which deadlines are counted without the council's closure days, from a profile's TOML as it is: to read it
    into its shapes takes longer than a command takes to answer."""

    def __init__(self, profile_toml: str) -> None:
        """Raises tomllib.TOMLDecodeError."""
        self._in_law: dict[tuple[str | None, str | None], frozenset[str]] = {
            (None, None): frozenset({_K.ACKNOWLEDGEMENT})  # reg 13 holds while the procedure is not settled
        }
        for procedure in tomllib.loads(profile_toml)["procedure"]:
            for version in procedure["version"]:
                law = Law(str(law_of(procedure, version)))
                said = with_closures_said(law, version)
                limits = [(limit["deadline"], limit) for limit in said["limit"]]
                limits += [
                    (_stage_kind(stage["number"], limit), limit)
                    for stage in said.get("stage", ())
                    for limit in stage.get("limit", ())
                ]
                kinds = frozenset(kind for kind, limit in limits if not limit["closures_count"])
                self._in_law[procedure["key"], version["version"]] = kinds

    def __call__(self, procedure: str | None, version: str | None, kind: str | None) -> bool:
        """Whether a deadline of this kind, of a case under this version, is counted in the law's working days."""
        if kind == _K.STATUTORY_LIMIT:
            return True
        under = (None, None) if procedure is None else (procedure, version or "1")
        return kind in self._in_law.get(under, frozenset())


def _figures(version: Mapping[str, Any]) -> Iterator[tuple[object, object, object]]:
    limits = version.get("limit")
    for limit in limits if isinstance(limits, list) else ():
        if isinstance(limit, dict) and limit.get("unit", "working days") == "working days":
            figures = (limit.get("deadline"), limit.get("from"), limit.get("count"))
            if all(isinstance(figure, str | int) for figure in figures):
                yield figures
