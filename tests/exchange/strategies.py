"""Random rows of a register that are valid on TODAY, with every kind of text in them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from feedback_tui.enums import ClosingReason, Kind, OmbudsmanDecision, Outcome, Role
from feedback_tui.exchange.register_csv_cells import MOST_PENCE
from feedback_tui.models.register_row import ActionRow, LearningRow, PointRow, RegisterRow, RemedyRow
from feedback_tui.rules.findings import FINDINGS
from feedback_tui.text import one_line, safe_text
from tests.exchange.texts import TODAY

_LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from("='+-@\t\r\n\",;> '£é\u202e\x1b\x00")
_ANY = st.text(_LETTERS, max_size=12) | st.sampled_from(
    ["=1+1", "'=1+1", "''x", "-", "@SUM", "[red]x[/red]", "[/", "a;b"]
)
ENDINGS = (ClosingReason.WITHDRAWN, ClosingReason.NOT_ACCEPTED, ClosingReason.COURT_OR_CLAIM)


def _words() -> st.SearchStrategy[str]:
    return _ANY.map(lambda text: safe_text(text).strip())


def _listed() -> st.SearchStrategy[str]:
    return _words().map(lambda text: text.replace(";", ",").strip())


def _lines() -> st.SearchStrategy[str]:
    return _ANY.map(one_line)


def _name(text: str) -> str | None:
    plain = one_line(text.replace(";", "").replace(">", ""))
    return plain or None


def _names() -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, "North", "SOUTH", "Reablement (START)", "=Enable"]) | _ANY.map(_name)


@st.composite
def _points(draw: st.DrawFn) -> PointRow:
    category = draw(_names())
    return PointRow(draw(_names()), draw(_names()), category, draw(_names()) if category else None, draw(_names()))


def _saying(things: list[Any]) -> tuple[Any, ...]:
    return tuple(thing for thing in things if any(item not in (None, "") for item in thing))


@st.composite
def _steps(draw: st.DrawFn, received: date) -> list[date]:
    """Some days up to today, in order, the first of them the receipt."""
    days = draw(st.lists(st.integers(0, 60), min_size=6, max_size=6))
    found = [received]
    for gap in days:
        found.append(min(found[-1] + timedelta(days=gap), TODAY))
    return found


@st.composite
def rows(draw: st.DrawFn, reference: str = "A-1") -> RegisterRow:
    """One row."""
    kind = draw(st.sampled_from([Kind.COMPLAINT] * 4 + list(Kind)))
    received = draw(st.dates(date(2022, 1, 1), TODAY))
    days = draw(_steps(received))
    said: dict[str, Any] = {
        "reference": reference,
        "kind": kind,
        "received_on": received,
        "channel": draw(_names()),
        "customer_name": draw(_lines()),
        "correspondent_name": draw(_lines()),
        "correspondent_role": draw(st.none() | st.sampled_from(list(Role))),
        "points": _saying(draw(st.lists(_points(), max_size=3))),
        "description": draw(_words()),
        "investigating_officer": draw(_lines().map(lambda name: name or None)),
        "acknowledged_on": draw(st.sampled_from([None, days[1]])),
        "compliment_source": draw(_names()),
        "recipient_role": draw(_names()),
        "learning": _saying(draw(st.lists(st.builds(LearningRow, _names(), _listed()), max_size=2))),
        "remedies": _saying(draw(st.lists(_remedies(), max_size=3))),
        "actions": tuple(action for action in draw(st.lists(_actions(received), max_size=2)) if action.text),
    }
    if kind is Kind.COMPLAINT:
        said |= draw(_handling(days, bool([point for point in said["points"] if point.provider])))
    else:
        said["responded_on"] = draw(st.sampled_from([None, days[3]]))
        said["closed_on"] = draw(st.sampled_from([None, days[6]]))
    for item, answered in (("finding", "responded_on"), ("stage_2_finding", "review_responded_on")):
        if kind is Kind.COMPLAINT and said.get(answered) and draw(st.booleans()):
            said["points"] = tuple(
                point._replace(**{item: draw(st.sampled_from(FINDINGS))}) for point in said["points"]
            )
    return RegisterRow(**said)


@st.composite
def _remedies(draw: st.DrawFn) -> RemedyRow:
    amount = draw(st.none() | st.integers(1, MOST_PENCE))
    kind = draw(_names()) or "apology"
    return RemedyRow("apology" if kind.casefold() == "payment" and not amount else kind, amount)


@st.composite
def _actions(draw: st.DrawFn, received: date) -> ActionRow:
    owner = draw(_lines().map(lambda name: name.replace(";", ",") or None))
    done = draw(st.none() | st.dates(received, TODAY))
    return ActionRow(draw(_listed()), owner, draw(st.none() | st.dates(date(2022, 1, 1), date(2030, 1, 1))), done)


@st.composite
def _handling(draw: st.DrawFn, days: list[date], provider: bool) -> dict[str, Any]:
    """What was done with a complaint, as far as it came."""
    procedures = ["corporate", "statutory-adult"] + ["statutory-provider"] * provider
    reach = draw(st.sampled_from(["logged", "ended", "begun", "begun and ended", "answered", "reviewed"]))
    said: dict[str, Any] = {"procedure": draw(st.sampled_from([None, *procedures]))}
    said |= draw(_ombudsman(days[0]))
    if reach == "logged":
        return said
    if reach == "ended":
        return said | {"closed_on": days[6], "closing_reason": draw(st.sampled_from(ENDINGS))}
    said["procedure"] = "corporate" if reach == "reviewed" else draw(st.sampled_from(procedures))
    said["investigation_started_on"] = draw(st.sampled_from([None, days[2]])) if reach != "begun" else days[2]
    if draw(st.booleans()):
        said["extended_to"] = days[2] + timedelta(days=draw(st.integers(0, 200)))
        said["extension_reason"] = draw(_words())
        said["extension_told_on"] = draw(st.sampled_from([None, days[2]]))
    if reach == "begun":
        return said
    if reach == "begun and ended":
        said |= {"closed_on": days[6], "closing_reason": draw(st.sampled_from([None, *ENDINGS]))}
        said["outcome"] = None if said["closing_reason"] else draw(st.sampled_from(list(Outcome)))
        return said
    said |= {"responded_on": days[3], "outcome": draw(st.none() | st.sampled_from(list(Outcome)))}
    said["closed_on"] = draw(st.sampled_from([None, days[6]]))
    if reach == "reviewed":
        answered = said["closed_on"] is not None or draw(st.booleans())
        said |= {
            "review_requested_on": days[4],
            "review_responded_on": days[5] if answered else None,
            "review_outcome": draw(st.none() | st.sampled_from(list(Outcome))) if answered else None,
        }
    return said


@st.composite
def _ombudsman(draw: st.DrawFn, received: date) -> dict[str, Any]:
    if draw(st.integers(0, 3)):
        return {}
    day = draw(st.dates(received, TODAY))
    replied = draw(st.none() | st.dates(day, TODAY))
    decided = draw(st.none() | st.dates(replied or day, TODAY))
    return {
        "ombudsman_received_on": day,
        "ombudsman_responded_on": replied,
        "ombudsman_decided_on": decided,
        "ombudsman_decision": draw(st.sampled_from(list(OmbudsmanDecision))) if decided else None,
    }


def registers() -> st.SearchStrategy[list[RegisterRow]]:
    """Some rows with references of their own."""
    return st.integers(1, 5).flatmap(
        lambda size: st.tuples(*(rows(f"A-{number}") for number in range(1, size + 1))).map(list)
    )
