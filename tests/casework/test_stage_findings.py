"""Each stage has findings of its own: in the record, the page, the letter, the register's columns and the figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case.letter_fields import LetterTo, write
from feedback_tui.desk.case.rows import findings_in_words
from feedback_tui.desk.learning_ledger import ledger
from feedback_tui.enums import Outcome
from feedback_tui.exchange.register_csv import BadRegister, read_register, register_csv
from feedback_tui.models.inputs.stages import LearningInput, PointInput
from feedback_tui.models.register_row import COLUMNS
from feedback_tui.reports.drilldown.cases import cases_behind
from feedback_tui.reports.figures import figures_of
from feedback_tui.reports.renderers.as_json import document
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.register import Register
from tests.casework.cases import Casework, refused
from tests.conftest import MakeRegister, actor_on

ANSWERED, ASKED, TOLD, SENT = date(2026, 4, 23), date(2026, 5, 11), date(2026, 5, 13), date(2026, 6, 11)
YEAR = reporting_year("2026/27")
UPHELD, PARTLY, NOT, NONE = Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD, Outcome.NO_FINDING


def answered(register: Register, *points: str, found: tuple[Outcome, ...]) -> Casework:
    """A corporate complaint of these points, answered at stage 1 with these findings."""
    case = Casework(register).log(
        date(2026, 4, 7), "corporate", points=tuple(PointInput(text=text, team="Roads") for text in points)
    )
    case.acknowledge(date(2026, 4, 9))
    case.investigate(date(2026, 4, 9))
    case.respond(ANSWERED, *found, learning=(LearningInput(area="communication"),))
    return case


def reviewed(register: Register, *found: Outcome) -> Casework:
    """One of two points, not upheld and upheld at stage 1, with these findings at Stage 2."""
    case = answered(register, "The hole was not filled", "Nobody rang", found=(NOT, UPHELD))
    case.request_review(ASKED)
    case.acknowledge_review(TOLD)
    case.respond_review(SENT, *found)
    return case


def test_the_second_stage_leaves_the_first_as_it_was(shropshire: Register) -> None:
    case = reviewed(shropshire, UPHELD, NONE)
    page = case.page(SENT)
    assert [point.findings for point in page.points] == [{1: NOT, 2: UPHELD}, {1: UPHELD, 2: NONE}]
    assert [point.finding for point in page.points] == [NOT, UPHELD]
    assert [stage.outcome for stage in page.stages] == [PARTLY, UPHELD]
    assert findings_in_words(page.points[0]) == "Stage 1: not upheld; Stage 2: upheld"


def test_a_point_of_one_stage_says_its_finding_alone(shropshire: Register) -> None:
    case = answered(shropshire, "The hole was not filled", found=(PARTLY,))
    assert findings_in_words(case.page(SENT).points[0]) == "partly upheld"


def test_each_point_needs_a_finding_at_the_second_stage_too(shropshire: Register) -> None:
    case = answered(shropshire, "The hole was not filled", "Nobody rang", found=(NOT, UPHELD))
    case.request_review(ASKED)
    with refused(shropshire, "Give a finding for complaint point 2", field="findings"):
        case.respond_review(SENT, UPHELD, None)  # type: ignore[arg-type]
    with refused(shropshire, "There are 3 findings for 2 points", field="findings"):
        case.respond_review(SENT, UPHELD, UPHELD, UPHELD)


def test_undoing_the_second_answer_takes_its_findings_away(shropshire: Register) -> None:
    case = reviewed(shropshire, UPHELD, PARTLY)
    undo(actor_on(shropshire, SENT), case.reference)
    assert [point.findings for point in case.page(SENT).points] == [{1: NOT}, {1: UPHELD}]
    case.respond_review(SENT, NOT, NOT)
    assert [point.findings for point in case.page(SENT).points] == [{1: NOT, 2: NOT}, {1: UPHELD, 2: NOT}]


def test_a_letter_says_what_its_own_stage_found(shropshire: Register) -> None:
    case = answered(shropshire, "The hole was not filled", "Nobody rang", found=(NOT, UPHELD))
    profile = shropshire.profile
    response = LetterTo(next(row for row in profile.letters if row.key == "response"))
    review = LetterTo(next(row for row in profile.letters if row.key == "stage-2-response"))
    first = write(case.page(ANSWERED), profile, response, ANSWERED).text
    assert "1. The hole was not filled: not upheld." in first
    case.request_review(ASKED)
    unanswered = write(case.page(ASKED), profile, review, ASKED)
    assert "the conclusions on each point" in unanswered.missing, "stage 1's findings are not Stage 2's"
    case.respond_review(SENT, UPHELD, PARTLY)
    second = write(case.page(SENT), profile, review, SENT).text
    assert "1. The hole was not filled: upheld." in second
    assert "2. Nobody rang: partly upheld." in second
    assert "not upheld" not in second


def test_the_register_says_each_finding_and_takes_it_again(
    shropshire: Register, make_register: MakeRegister, tmp_path: Path
) -> None:
    case = reviewed(shropshire, UPHELD, NONE)
    text, _ = register_csv(shropshire)
    header, row = (line.split(",") for line in text.splitlines())
    assert header == [*COLUMNS, "findings", "stage_2_findings"]
    assert row[-2:] == ["not upheld;upheld", "upheld;no finding"]
    other = make_register("shropshire")
    rows = read_register(text.encode(), other.profile, SENT)
    assert import_cases(actor_on(other, SENT), rows).new == 1
    assert register_csv(other)[0] == text
    copied = Casework(other, case.reference).page(SENT)
    assert [point.findings for point in copied.points] == [{1: NOT, 2: UPHELD}, {1: UPHELD, 2: NONE}]


def test_an_export_older_than_the_columns_imports_again_and_changes_nothing(shropshire: Register) -> None:
    reviewed(shropshire, UPHELD, NONE)
    text, _ = register_csv(shropshire)
    older = "\r\n".join(",".join(line.split(",")[:-2]) for line in text.splitlines()) + "\r\n"
    assert older.splitlines()[0].split(",") == list(COLUMNS)
    rows = read_register(older.encode(), shropshire.profile, SENT)
    assert import_cases(actor_on(shropshire, SENT), rows).unchanged == 1


def test_what_the_outcome_says_of_the_only_point_needs_no_column(shropshire: Register) -> None:
    case = answered(shropshire, "The hole was not filled", found=(NOT,))
    case.request_review(ASKED)
    case.respond_review(SENT, UPHELD)
    text, _ = register_csv(shropshire)
    assert text.splitlines()[0].split(",") == list(COLUMNS)


def row_of(**cells: str) -> bytes:
    given = {"reference": "R-1", "kind": "complaint", "received_on": "2026-04-07", "procedure": "corporate", **cells}
    return f"{','.join(given)}\r\n{','.join(given.values())}\r\n".encode()


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"findings": "upheld"}, "findings", "needs responded_on as well"),
        ({"responded_on": "2026-04-23", "findings": "withdrawn"}, "findings", "use upheld, partly upheld, not upheld"),
        ({"responded_on": "2026-04-23", "findings": "upheld;upheld;upheld", "team": "A;B"}, "team", "has 2 values"),
        (
            {"responded_on": "2026-04-23", "outcome": "upheld", "stage_2_findings": "upheld"},
            "stage_2_findings",
            "needs review_responded_on as well",
        ),
        ({"kind": "comment", "procedure": "", "findings": "upheld"}, "findings", "is only for a complaint"),
    ],
)
def test_a_finding_that_cannot_be_is_refused_with_what_would_be_right(
    shropshire: Register, cells: dict[str, str], column: str, words: str
) -> None:
    with pytest.raises(BadRegister) as caught:
        read_register(row_of(**cells), shropshire.profile, SENT)
    assert [(bad.column, words in bad.words) for bad in caught.value.problems] == [(column, True)]


def test_findings_without_an_outcome_give_it(shropshire: Register) -> None:
    rows = read_register(
        row_of(responded_on="2026-04-23", team="A;B", findings="upheld;not upheld"), shropshire.profile, SENT
    )
    import_cases(actor_on(shropshire, SENT), rows)
    assert Casework(shropshire, "R-1").page(SENT).stages[0].outcome is PARTLY


@pytest.mark.parametrize(
    ("second", "well_founded"),
    [((UPHELD, NOT), 1), ((NOT, NOT), 0), ((NONE, NONE), 1), ((PARTLY, PARTLY), 1)],
)
def test_well_founded_is_what_the_last_stage_that_decided_found(
    shropshire: Register, second: tuple[Outcome, ...], well_founded: int
) -> None:
    case = reviewed(shropshire, *second)
    found: Any = document(figures_of(shropshire, YEAR, SENT))
    returned = found["regulation_18"]["all_complaints"]
    assert returned["well_founded"] == well_founded
    assert found["outcomes"]["stage_1"]["partly upheld"] == 1, "what stage 1 found stays"
    listed = cases_behind(shropshire, YEAR, SENT, "regulation_18.all_complaints.well_founded")
    assert [line.reference for line in listed.lines] == [case.reference] * well_founded


def test_the_ledger_shows_the_finding_that_stands(shropshire: Register) -> None:
    reviewed(shropshire, UPHELD, UPHELD)
    (row,) = ledger(shropshire, SENT)
    assert row.outcome is UPHELD
