"""Each cell by itself: what is read, what is refused and why, and what a spreadsheet is kept from running."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.enums import ClosingReason, Kind, OmbudsmanDecision, Outcome, Role
from feedback_tui.models.register_row import ActionRow, LearningRow, PointRow, RemedyRow
from feedback_tui.text import guarded, unguarded
from tests.exchange.texts import TODAY, only, read, row, wrong

RUNS = ("=", "+", "-", "@", "\t", "\r")


def test_a_whole_row_is_read_as_what_it_means() -> None:
    (found,) = read(row())
    assert (found.line, found.reference, found.kind, found.procedure) == (
        2,
        "ASC-24-0001",
        Kind.COMPLAINT,
        "statutory-adult",
    )
    assert found.received_on == date(2024, 3, 4)
    assert found.points == (
        PointRow("Social Work Team - North", None, "Decisions", "incorrect decision", "Care plans"),
    )
    assert (found.outcome, found.correspondent_role) == (Outcome.UPHELD, Role.FAMILY)
    assert found.investigating_officer == "Pat Lowe"


def test_only_three_columns_must_be_there() -> None:
    (found,) = read(only())
    assert (found.reference, found.channel, found.customer_name, found.points) == ("ASC-24-0001", None, "", ())


@pytest.mark.parametrize("column", ["reference", "kind", "received_on"])
def test_what_must_be_there_is_asked_for(column: str) -> None:
    (bad,) = wrong(row() | {column: " "})
    assert (bad.line, bad.column) == (2, column)
    assert "is needed" in bad.words


@pytest.mark.parametrize("text", ["2024-03-04", "04/03/2024", " 2024-03-04 "])
def test_a_date_has_two_forms(text: str) -> None:
    assert read(row(received_on=text))[0].received_on == date(2024, 3, 4)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4/3/2024", "write YYYY-MM-DD or DD/MM/YYYY"),
        ("03/13/2024", "there is no month 13"),
        ("2024-02-30", "February 2024 has 29 days"),
        ("Mon", "write YYYY-MM-DD"),
        ("2024-03-04T00:00", "write YYYY-MM-DD"),
        ("٢٠٢٤-٠٣-٠٤", "write YYYY-MM-DD"),
        ("2024-06-29", "is after today (2024-06-28)"),
        ("1999-12-31", "is before 2000"),
        ("0024-03-04", "not between 1900 and 2100"),
    ],
)
def test_any_other_date_is_refused_with_what_would_be_right(text: str, said: str) -> None:
    (bad,) = wrong(only(received_on=text))
    assert (bad.line, bad.column, bad.value) == (2, "received_on", text)
    assert said in bad.words
    assert f"“{text}”" in str(bad)


def test_what_is_due_may_be_to_come_but_what_was_done_may_not() -> None:
    (found,) = read(row(extended_to="2024-12-01", action="Train", action_due_on="2025-01-06"))
    assert found.extended_to == date(2024, 12, 1)
    assert found.actions[0].due_on == date(2025, 1, 6)
    (bad,) = wrong(row(action="Train", action_done_on="2024-06-29"))
    assert (bad.column, bad.value) == ("action_done_on", "2024-06-29")


@pytest.mark.parametrize(
    ("column", "text", "word"),
    [
        ("kind", "Complaint", Kind.COMPLAINT),
        ("outcome", "Partially upheld", Outcome.PARTLY_UPHELD),
        ("correspondent_role", "mp", Role.MP),
        ("procedure", "STATUTORY-ADULT", "statutory-adult"),
    ],
)
def test_closed_words_are_read_kindly(column: str, text: str, word: object) -> None:
    assert (
        getattr(read(row(**{column: text}))[0], column) is word
        or getattr(read(row(**{column: text}))[0], column) == word
    )


@pytest.mark.parametrize(
    ("column", "text", "right"),
    [
        ("kind", "grumble", "complaint, concern, compliment, comment, enquiry"),
        ("procedure", "statutory", "statutory-adult, statutory-provider, corporate"),
        ("outcome", "maybe", "upheld, partly upheld"),
        ("correspondent_role", "neighbour", "customer, family"),
        ("closing_reason", "tired", "withdrawn, not accepted"),
        ("ombudsman_decision", "fine", "referred back"),
    ],
)
def test_any_other_word_is_refused_with_the_words_there_are(column: str, text: str, right: str) -> None:
    bad = next(bad for bad in wrong(row(**{column: text})) if bad.column == column)
    assert bad.value == text
    assert right in bad.words


def test_the_other_closed_words() -> None:
    (found,) = read(only(closed_on="2024-03-06", closing_reason="Cannot be reached"))
    assert found.closing_reason is ClosingReason.CANNOT_BE_REACHED
    asked = {"ombudsman_received_on": "2024-05-01", "ombudsman_decided_on": "2024-05-20"}
    (found,) = read(row(**asked, ombudsman_decision="passed to phso"))
    assert found.ombudsman_decision is OmbudsmanDecision.PASSED_TO_PHSO


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("team", "x" * 121),
        ("theme", "a > b"),
        ("channel", "a;b"),
        ("channel", "a > b"),
        ("reference", "x" * 61),
        ("customer_name", "x" * 121),
        ("description", "x" * 100_001),
        ("category", "A > B > C"),
        ("category", "A > "),
        ("compliment_source", "a;b"),
    ],
)
def test_names_and_texts_have_their_bounds(column: str, text: str) -> None:
    (bad,) = wrong(row(**{column: text}))
    assert bad.column == column


def test_names_are_stored_as_written_on_one_line() -> None:
    (found,) = read(row(team="  social  WORK\nNorth ", customer_name="Ann\tHill"))
    assert found.points[0].team == "social WORK North"
    assert found.customer_name == "Ann Hill"


@pytest.mark.parametrize("hostile", ["\x1b]0;PWNED\x07", "a\x9b31m", "\u202egnp.exe", "x\x00"[:1] + "\x7f"])
def test_what_could_act_on_a_terminal_is_made_visible(hostile: str) -> None:
    (found,) = read(row(description=hostile, team=hostile.replace(";", ","), customer_name=hostile))
    for text in (found.description, found.points[0].team or "", found.customer_name):
        assert text
        assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 or letter == "\u202e" for letter in text)


class TestPositions:
    """Columns aligned by position, separated by semicolons."""

    def test_points_stand_side_by_side(self) -> None:
        (found,) = read(row(team="North; South", category="Staff;Charges > incorrect charge", theme="A;B"))
        assert found.points == (
            PointRow("North", None, "Staff", None, "A"),
            PointRow("South", None, "Charges", "incorrect charge", "B"),
        )

    def test_a_single_value_goes_for_all(self) -> None:
        (found,) = read(row(team="North", category="Staff;Charges", theme=""))
        assert [(point.team, point.category) for point in found.points] == [("North", "Staff"), ("North", "Charges")]

    def test_an_empty_position_is_none(self) -> None:
        (found,) = read(row(team="North;;South", category="A;B;C", theme=""))
        assert [point.team for point in found.points] == ["North", None, "South"]
        (found,) = read(row(team="North;;South;", category="", theme=""))
        assert [point.team for point in found.points] == ["North", "South"]

    @pytest.mark.parametrize(
        ("columns", "at_fault"),
        [
            ({"team": "A;B;C", "category": "X;Y", "theme": ""}, "category"),
            ({"team": "A;B", "category": "", "theme": "X;Y;Z"}, "team"),
            ({"remedy": "apology;payment", "remedy_amount": "250"}, "remedy_amount"),
            ({"remedy": "apology;payment", "remedy_amount": ";1;2"}, "remedy"),
            ({"learning": "a;b;c", "learning_area": "x;y"}, "learning_area"),
            ({"action": "a;b;c", "action_owner": "x;y"}, "action_owner"),
            ({"team": ";".join("x" * 51), "category": "", "theme": ""}, "team"),
        ],
    )
    def test_what_is_not_aligned_is_refused(self, columns: dict[str, str], at_fault: str) -> None:
        (bad,) = wrong(row(**columns))
        assert (bad.column, bad.value) == (at_fault, columns[at_fault])
        assert "values" in bad.words or "1 value," in bad.words

    def test_a_bad_position_is_named_by_itself(self) -> None:
        found = wrong(row(action="a;b", action_due_on="2024-07-01;soon", action_owner="x" * 121))
        assert {(bad.column, bad.value) for bad in found} == {("action_due_on", "soon"), ("action_owner", "x" * 121)}

    def test_remedies_learning_and_actions(self) -> None:
        (found,) = read(
            row(
                remedy="apology;payment",
                remedy_amount=";£1,250.5",
                learning_area="communication;finance",
                learning="Tell them; Bill later",
                action="Train;Audit",
                action_owner="Pat Lowe",
                action_due_on="01/07/2024;",
                action_done_on=";2024-06-03",
            )
        )
        assert found.remedies == (RemedyRow("apology", None), RemedyRow("payment", 125_050))
        assert found.learning == (LearningRow("communication", "Tell them"), LearningRow("finance", "Bill later"))
        assert found.actions == (
            ActionRow("Train", "Pat Lowe", date(2024, 7, 1), None),
            ActionRow("Audit", "Pat Lowe", None, date(2024, 6, 3)),
        )


@pytest.mark.parametrize(
    ("text", "amount"),
    [("250", 25_000), ("£250.5", 25_050), ("1,250.05", 125_005), ("£ 12,345,678.90", 1_234_567_890), ("0.01", 1)],
)
def test_amounts_in_pounds(text: str, amount: int) -> None:
    assert read(row(remedy="payment", remedy_amount=text))[0].remedies[0].amount_pence == amount


@pytest.mark.parametrize("text", ["-5", "1,25", "2.505", "250 pounds", "$5", "1e3", "٢٥", ".50", "1" * 10])
def test_any_other_amount_is_refused(text: str) -> None:
    bad = wrong(row(remedy="payment", remedy_amount=text))
    assert [(each.column, each.value) for each in bad] == [("remedy_amount", text)]


class TestSpreadsheets:
    """The quote before a cell that a spreadsheet would run."""

    @pytest.mark.parametrize("text", ["=1+1", "+44 1743", "-", "@SUM(A1)", "\tx", "\rx", "'=1+1", "''@x"])
    def test_one_quote_more_and_it_comes_off_again(self, text: str) -> None:
        assert guarded(text) == f"'{text}"
        assert unguarded(guarded(text)) == text

    @pytest.mark.parametrize("text", ["", "'", "'x", "''x", "x=1", "'70s music", " =1", "£5"])
    def test_everything_else_is_left_alone(self, text: str) -> None:
        assert guarded(text) == unguarded(text) == text

    @given(st.text() | st.builds("".join, st.lists(st.sampled_from(["'", *RUNS, "x", ""]))))
    def test_nothing_that_is_written_runs_and_nothing_is_lost(self, text: str) -> None:
        assert not guarded(text).startswith(RUNS)
        assert unguarded(guarded(text)) == text

    def test_a_file_from_elsewhere_is_taken_at_its_word(self) -> None:
        (found,) = read(row(description="=1+1", customer_name="'x", correspondent_name="''=x"))
        assert (found.description, found.customer_name, found.correspondent_name) == ("=1+1", "'x", "'=x")


def test_today_is_a_day_on_which_things_are_done() -> None:
    assert read(only(acknowledged_on=f"{TODAY:%d/%m/%Y}"))[0].acknowledged_on == TODAY
