"""Which law a procedure is under, and whether the council's closure days lengthen each of its time limits.

In a statute, a day on which the council is closed is still a working day (SI 2012/3094 reg 19, SI 2006/1681 reg 2,
SI 2006/1738 reg 2), and so it is in an Ombudsman's Code. So closure days do not move the limits that these set, nor the
six months of the 2009 Regulations. They may move the council's own limits. These functions read the profile as plain
TOML data, which is validated elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from feedback_tui.enums import DeadlineKind, Law, StageTime

_K = DeadlineKind
_CODE: Final = frozenset({_K.ACKNOWLEDGEMENT, _K.STAGE_1_LIMIT, _K.STAGE_2_ACKNOWLEDGEMENT, _K.STAGE_2_LIMIT})
SET_BY_LAW: Final[Mapping[Law, frozenset[DeadlineKind]]] = {
    # Reg 13 sets the acknowledgement, reg 14 the six months; the number of days for a response is the council's own.
    Law.REGULATIONS_2009: frozenset({_K.ACKNOWLEDGEMENT, _K.STATUTORY_LIMIT}),
    Law.PUBLIC_HEALTH_2012: frozenset({_K.ACKNOWLEDGEMENT, _K.STATUTORY_LIMIT}),
    # Working days are defined once for the whole of the 2006 Regulations (reg 2), so it is every time of every stage.
    Law.CHILDREN_2006: frozenset(_K.each(*StageTime)),
    Law.LGSCO_CODE: _CODE,
    Law.HOUSING_CODE: _CODE,
    Law.DATA_PROTECTION_2018: frozenset({_K.ACKNOWLEDGEMENT}),
    Law.NONE: frozenset(),
}
"""The deadlines that each law sets. All others of a procedure are set by the council."""
_FIGURES_OF_THE_CODE: Final = {
    ("acknowledgement", "receipt", 5),
    ("stage_1_limit", "acknowledgement", 10),
    ("stage_2_acknowledgement", "review request", 5),
    ("stage_2_limit", "review acknowledgement", 20),
}


def may_move(law: Law, kind: DeadlineKind) -> bool:
    """Returns whether closure days may move a deadline of this kind: they may not if the law sets it."""
    return kind is not _K.STATUTORY_LIMIT and kind not in SET_BY_LAW[law]


def cited(rule: str, laws: Iterable[Law]) -> str:
    """Returns `rule` of the 2009 Regulations for the end of a clause, such as `` (reg 14)``; "" unless the case is
    under these Regulations. `laws` is the law of its procedure; while that is not settled, each possible law."""
    return f" ({rule})" if set(laws) == {Law.REGULATIONS_2009} else ""


def law_of(procedure: Mapping[str, Any], version: Mapping[str, Any]) -> object:
    """Returns the law of a version of a procedure, from their TOML. An unknown word is returned as it is.

    If neither names a law, it is the 2009 Regulations if `regulations_2009` is true, the Ombudsman's Code if the
    version has the Code's four figures (as older profiles have), else none.
    """
    for table in (version, procedure):
        if "law" in table:
            return table["law"]
    if procedure.get("regulations_2009") is True:
        return Law.REGULATIONS_2009
    return Law.LGSCO_CODE if set(_figures(version)) >= _FIGURES_OF_THE_CODE else Law.NONE


def closures_count(law: Law, limit: Mapping[str, Any]) -> bool:
    """Returns whether closure days move a limit, from its TOML: its `closures_count`, else what its law implies."""
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
    """Knows which deadlines are counted without the council's closure days. It reads the profile's plain TOML, because
    validating the profile takes longer than a whole command."""

    def __init__(self, profile_toml: str) -> None:
        """Reads the limits of each version. Raises tomllib.TOMLDecodeError."""
        import tomllib  # Here, because the first page needs it only where there are closure days.

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
        """Returns whether a deadline of this kind is counted without closure days for a case under this version of a
        procedure."""
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
