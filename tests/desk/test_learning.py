"""The learning ledger: every action, every thing learned, and what was said instead stand in it once, in order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feedback_tui.casework.close import void
from feedback_tui.casework.learning import learn, plan_action
from feedback_tui.casework.notes import action_done
from feedback_tui.desk.learning_ledger import (
    LedgerFilter,
    Stand,
    ledger,
    ledger_counts,
    ledger_place,
    read_ledger_filter,
)
from feedback_tui.enums import LearningSaid, Outcome
from feedback_tui.models.inputs.follow_up import Learned, PlannedAction
from feedback_tui.models.inputs.stages import ActionInput, Finished, PointInput, Reason
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework

TODAY = date(2024, 4, 2)
S = Stand


@pytest.fixture
def register(shropshire: Register) -> Register:
    """One case of each kind: with actions overdue, due, undated and done; learned only; awaited; none; void; open."""

    def case(days: int, *, answered: bool = True, **response: object) -> Casework:
        made = Casework(shropshire).log(
            date(2024, 3, 4) + timedelta(days=days), points=(PointInput(team="North"), PointInput(team="South")),
        )  # fmt: skip
        if answered:
            made.respond(date(2024, 3, 28), Outcome.UPHELD, **response)
        return made

    busy = case(0)
    sam = busy.actor(TODAY)
    given = Learned(on=TODAY, area="Finance", text="Say the cost", point=2, action="Leaflet", owner="Lee Moss")
    learn(sam, busy.reference, given)
    for text, due_on in (("Train", date(2024, 4, 1)), ("Audit", TODAY), ("Write", date(2024, 3, 29))):
        plan_action(sam, busy.reference, PlannedAction(on=TODAY, text=text, due_on=due_on, learning=1))
    action_done(sam, busy.reference, Finished(position=4, on=TODAY, proof="Minutes"))
    learn(sam, case(1).reference, Learned(on=TODAY, area="communication", text="Ring 50% more"))
    case(2)
    learn(sam, case(3).reference, Learned(on=TODAY, said=LearningSaid.NONE))
    void(sam, case(4).reference, Reason(on=TODAY, reason="Twice"))
    case(5, answered=False)
    case(6, actions=(ActionInput(text="Alone"),))
    return shropshire


def told(register: Register, wanted: LedgerFilter | None = None) -> list[tuple[Stand, str, str]]:
    return [(row.stand, row.what, row.learned) for row in ledger(register, TODAY, wanted)]


EVERY = [
    (S.OVERDUE, "Train", "Say the cost"),
    (S.DUE, "Audit", "Say the cost"),
    (S.NO_DATE, "Alone", ""),
    (S.NO_DATE, "Leaflet", "Say the cost"),
    (S.AWAITED, "", ""),
    (S.AWAITED, "", ""),
    (S.NO_ACTION, "", "Ring 50% more"),
    (S.DONE, "Write", "Say the cost"),
    (S.NONE, "", ""),
]


def test_everything_stands_in_it_once_what_is_overdue_first(register: Register) -> None:
    assert told(register) == EVERY
    counts = ledger_counts(register, TODAY)
    assert list(counts) == list(Stand)
    assert [stand for stand, count in counts.items() for _ in range(count)] == [stand for stand, _, _ in EVERY]
    first = ledger(register, TODAY)[0]
    assert (first.reference, first.area, first.owner, first.due_on) == (
        "ASC-24-0001", "Finance", None, date(2024, 4, 1),
    )  # fmt: skip
    assert (first.point, first.team, first.finding, first.outcome) == (2, "South", Outcome.UPHELD, Outcome.UPHELD)


def test_a_window_of_it_is_a_piece_of_it_and_each_row_is_found_where_it_is(register: Register) -> None:
    every = ledger(register, TODAY)
    assert [row for offset in range(0, 9, 2) for row in ledger(register, TODAY, None, 2, offset)] == every
    assert [ledger_place(register, TODAY, None, row.key) for row in every] == list(range(9))
    # An action that was done moves down; the cursor goes with it.
    key = every[0].key
    action_done(Casework(register).actor(TODAY), every[0].reference, Finished(position=every[0].action or 0, on=TODAY))
    place = ledger_place(register, TODAY, None, key)
    assert place is not None
    assert ledger(register, TODAY)[place].what == "Train"
    assert ledger_place(register, TODAY, None, (99, None, None)) is None


@pytest.mark.parametrize(
    ("typed", "whats"),
    [
        ("", [what for _, what, _ in EVERY]),
        ("area:FIN", ["Train", "Audit", "Leaflet", "Write"]),
        ("owner:lee", ["Leaflet"]),
        ("team:south overdue", ["Train"]),
        ("no-date", ["Alone", "Leaflet"]),
        ("50%", [""]),
        ("0007", ["Alone", ""]),
        ("year:2023/24 done", ["Write"]),
        ("year:2024/25", []),
    ],
)
def test_filters_as_officers_type_them(register: Register, typed: str, whats: list[str]) -> None:
    wanted, troubles = read_ledger_filter(typed)
    assert troubles == ()
    assert [what for _, what, _ in told(register, wanted)] == whats


def test_what_is_not_understood_is_said() -> None:
    wanted, troubles = read_ledger_filter("colour:red year:2023 year:2023/24 owner:")
    assert wanted == LedgerFilter(year=reporting_year("2023/24"))
    assert "none of area:" in troubles[0]
    assert "is not a year" in troubles[1]
