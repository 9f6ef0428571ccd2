"""The rules that look across the columns of a row: for each, what passes and what is refused."""

from __future__ import annotations

import pytest

from feedback_tui.casework.importing.import_across_columns import ORDER, as_stored
from feedback_tui.enums import ClosingReason, Outcome
from feedback_tui.exchange.register_csv import BadRegister, read_rows
from feedback_tui.rules.profile import load_profile, read_profile
from tests.exchange.texts import TODAY, only, read, row, wrong
from tests.profiles import with_children

REVIEWED = row(procedure="corporate") | {
    "review_requested_on": "2024-04-15",
    "review_responded_on": "2024-05-10",
    "review_outcome": "not upheld",
    "closed_on": "2024-05-20",
}
WITH_OMBUDSMAN = row() | {
    "ombudsman_received_on": "2024-05-01",
    "ombudsman_responded_on": "2024-05-20",
    "ombudsman_decided_on": "2024-06-10",
    "ombudsman_decision": "upheld",
}
EXTENDED = row() | {
    "extended_to": "2024-05-10",
    "extension_reason": "More to ask",
    "extension_told_on": "2024-04-01",
}
LADDERS = read_profile(with_children("shropshire"))
LADDER = {
    "procedure": "ladder",
    "stage_1_skipped_on": "2024-04-12",
    "stage_2_skipped_on": "2024-05-16",
    "stage_3_requested_on": "2024-05-20",
    "stage_3_responded_on": "2024-06-14",
    "stage_3_outcome": "upheld",
}
ENDED = only("procedure", "channel", "acknowledged_on", closed_on="2024-03-20")
SOUND = [row(), REVIEWED, WITH_OMBUDSMAN, EXTENDED, ENDED | {"closing_reason": "withdrawn"}]


def without(given: dict[str, str], *columns: str) -> dict[str, str]:
    return {column: text for column, text in given.items() if column not in columns}


@pytest.mark.parametrize("given", SOUND)
def test_what_is_sound_is_read(given: dict[str, str]) -> None:
    assert wrong(given) == ()


@pytest.mark.parametrize(("column", "before"), [(column, before) for column, earlier in ORDER for before in earlier])
def test_no_step_is_dated_before_the_one_it_follows(column: str, before: str) -> None:
    again = {"answered_again_on": "2024-04-10", "review_answered_again_on": "2024-05-15"}
    given = {**REVIEWED, **WITH_OMBUDSMAN, **EXTENDED, **again, **LADDER, "closed_on": "2024-06-20"}
    assert wrong(given, profile=LADDERS) == ()
    same_day = {**given, column: given[before]}
    found = wrong(same_day, profile=LADDERS)
    assert not [bad for bad in found if bad.column == column and f"before {before} " in bad.words]
    # The day before the step it follows, and after everything that came before that one.
    earlier = {**without(given, *(other for other, _ in ORDER if other not in (column, before))), before: "2024-06-02"}
    earlier["received_on"] = "2024-06-02" if before == "received_on" else "2024-03-04"
    found = wrong({**earlier, column: "2024-06-01"}, profile=LADDERS)
    assert [bad.value for bad in found if bad.column == column and f"is before {before} (2024-06-02)" in bad.words] == [
        "2024-06-01"
    ]


def test_a_third_stage_and_stages_skipped() -> None:
    """Stage 3 needs a procedure that has it, and the answer of the stage before or the day it was gone on without."""
    of_three = REVIEWED | LADDER | {"closed_on": "2024-06-20"}
    skipped = without(of_three, "responded_on", "outcome", "review_responded_on", "review_outcome")
    assert wrong(skipped, profile=LADDERS) == ()
    (two,) = wrong(of_three | {"procedure": "corporate"})
    assert (two.column, "corporate has two stages: what comes next is the Ombudsman" in two.words) == (
        "stage_3_requested_on",
        True,
    )
    gap = without(skipped, "stage_2_skipped_on")
    assert [(bad.column, bad.words) for bad in wrong(gap, profile=LADDERS)] == [
        ("stage_3_requested_on", "needs review_responded_on as well: give it, or leave this out")
    ]
    last = without(of_three, "stage_3_requested_on", "stage_3_responded_on", "stage_3_outcome")
    assert [bad.column for bad in wrong(last, profile=LADDERS)] == ["stage_2_skipped_on"]


@pytest.mark.parametrize(
    ("given", "column", "said"),
    [
        (without(row(), "responded_on", "closed_on"), "outcome", "needs responded_on or closed_on"),
        (without(EXTENDED, "extended_to"), "extension_reason", "needs extended_to"),
        (without(EXTENDED, "extended_to", "extension_reason"), "extension_told_on", "needs extended_to"),
        (without(REVIEWED, "responded_on", "outcome"), "review_requested_on", "needs responded_on"),
        (without(REVIEWED, "review_requested_on"), "review_responded_on", "needs review_requested_on"),
        (without(REVIEWED, "review_responded_on", "closed_on"), "review_outcome", "needs review_responded_on"),
        (without(WITH_OMBUDSMAN, "ombudsman_received_on"), "ombudsman_responded_on", "needs ombudsman_received_on"),
        (without(WITH_OMBUDSMAN, "ombudsman_decision"), "ombudsman_decided_on", "needs ombudsman_decision"),
        (without(WITH_OMBUDSMAN, "ombudsman_decided_on"), "ombudsman_decision", "needs ombudsman_decided_on"),
        (only("procedure", closing_reason="withdrawn"), "closing_reason", "needs closed_on"),
    ],
)
def test_what_needs_another_column_is_refused_without_it(given: dict[str, str], column: str, said: str) -> None:
    (bad,) = [bad for bad in wrong(given) if bad.column == column]
    assert said in bad.words


def test_a_decision_may_stand_without_the_day_that_the_ombudsman_wrote() -> None:
    assert wrong(without(WITH_OMBUDSMAN, "ombudsman_received_on", "ombudsman_responded_on")) == ()


class TestProcedure:
    """A complaint past logging has its procedure."""

    @pytest.mark.parametrize(
        "done",
        [
            ("investigation_started_on",),
            ("responded_on",),
            ("responded_on", "outcome"),
            ("investigation_started_on", "responded_on", "outcome", "closed_on"),
        ],
    )
    def test_it_is_needed_for_what_was_done(self, done: tuple[str, ...]) -> None:
        (bad,) = wrong(only("acknowledged_on", *done))
        assert (bad.line, bad.column, bad.value) == (2, "procedure", "")
        assert "needs its procedure: statutory-adult, statutory-provider, corporate" in bad.words

    def test_it_is_needed_for_an_extension(self) -> None:
        assert [bad.column for bad in wrong(only(extended_to="2024-05-01"))] == ["procedure"]

    @pytest.mark.parametrize(
        "more",
        [
            {},
            {"acknowledged_on": "2024-03-05"},
            {"closed_on": "2024-03-20", "closing_reason": "not accepted"},
            {"closed_on": "2024-03-20", "outcome": "withdrawn"},
            {"ombudsman_received_on": "2024-05-01"},
        ],
    )
    def test_it_may_wait_until_something_is_done_under_it(self, more: dict[str, str]) -> None:
        assert wrong(only() | more) == ()

    def test_a_bad_one_is_not_asked_for_a_second_time(self) -> None:
        assert [bad.column for bad in wrong(row(procedure="statutry"))] == ["procedure"]

    def test_about_a_provider_it_names_the_provider(self) -> None:
        (bad,) = wrong(row(procedure="statutory-provider"))
        assert bad.column == "provider"
        assert wrong(row(procedure="statutory-provider", provider="Brook House")) == ()
        assert wrong(row(procedure="statutory-provider", provider=";B", team="A;B", category="", theme="")) == ()

    def test_one_of_one_stage_has_no_review(self) -> None:
        (bad,) = wrong({**REVIEWED, "procedure": "statutory-adult"})
        assert bad.column == "review_requested_on"
        assert "has one stage: what comes next is the Ombudsman" in bad.words

    def test_the_version_is_that_of_the_day_of_receipt(self) -> None:
        given = without(REVIEWED, "reference") | {"reference": "X"}
        assert read_rows([given], load_profile("shropshire"), TODAY)
        with pytest.raises(BadRegister, match="not a procedure of Wigan"):
            read_rows([given], load_profile("wigan"), TODAY)


class TestEnds:
    """How a case ends that was not answered."""

    def test_closed_without_an_answer_it_says_why(self) -> None:
        for given in (ENDED, ENDED | {"investigation_started_on": "2024-03-08"}):
            (bad,) = wrong(given)
            assert bad.column == "closing_reason"
            assert "give responded_on, or the reason: withdrawn, not accepted" in bad.words

    def test_an_answer_may_have_no_outcome_yet(self) -> None:
        assert wrong(without(row(), "outcome")) == ()

    def test_settled_informally_it_has_an_outcome_and_no_letter(self) -> None:
        (found,) = read(ENDED | {"outcome": "resolved informally"})
        assert as_stored(found).outcome is Outcome.RESOLVED_INFORMALLY
        assert as_stored(found).closing_reason is None

    def test_what_is_no_complaint_needs_no_reason(self) -> None:
        for kind in ("concern", "comment", "compliment", "enquiry"):
            assert wrong(only(kind=kind, closed_on="2024-03-05")) == ()

    def test_withdrawn_as_an_outcome_is_the_closing_reason(self) -> None:
        (found,) = read(ENDED | {"outcome": "withdrawn"})
        stored = as_stored(found)
        assert (stored.closing_reason, stored.outcome) == (ClosingReason.WITHDRAWN, None)
        assert as_stored(stored) == stored

    def test_an_investigation_that_ends_unanswered_has_an_outcome(self) -> None:
        begun = ENDED | {"investigation_started_on": "2024-03-08"}
        for reason, outcome in (("withdrawn", Outcome.WITHDRAWN), ("court or claim", Outcome.NO_FINDING)):
            stored = as_stored(read(begun | {"closing_reason": reason})[0])
            assert (stored.closing_reason, stored.outcome) == (reason, outcome)
        stored = as_stored(read(begun | {"outcome": "withdrawn"})[0])
        assert (stored.closing_reason, stored.outcome) == (ClosingReason.WITHDRAWN, Outcome.WITHDRAWN)

    def test_a_review_that_ends_unanswered_has_an_outcome_alone(self) -> None:
        begun = without(REVIEWED, "review_responded_on", "review_outcome")
        assert [bad.column for bad in wrong(begun)] == ["closing_reason"]
        stored = as_stored(read(begun | {"closing_reason": "withdrawn"})[0])
        assert (stored.closing_reason, stored.review_outcome) == (None, Outcome.WITHDRAWN)
        assert as_stored(read(begun | {"review_outcome": "no finding"})[0]).review_outcome is Outcome.NO_FINDING

    def test_a_reason_is_for_what_was_not_answered(self) -> None:
        (bad,) = wrong(row(closing_reason="duplicate"))
        assert (bad.column, bad.value) == ("closing_reason", "duplicate")
        assert "there is responded_on" in bad.words
        assert wrong(row(closing_reason="withdrawn", outcome="withdrawn")) == ()

    def test_two_reasons_are_one_too_many(self) -> None:
        (bad,) = wrong(ENDED | {"closing_reason": "duplicate", "outcome": "withdrawn"})
        assert "exclude each other" in bad.words


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("procedure", "corporate"),
        ("investigation_started_on", "2024-03-05"),
        ("extended_to", "2024-05-05"),
        ("ombudsman_received_on", "2024-05-05"),
    ],
)
def test_some_columns_are_only_for_complaints(column: str, text: str) -> None:
    (bad,) = wrong(only(kind="enquiry") | {column: text})
    assert (bad.column, bad.value) == (column, text)
    assert "this is an enquiry" in bad.words


def test_an_outcome_is_for_complaints_and_concerns() -> None:
    settled = {"closed_on": "2024-03-05", "outcome": "resolved informally"}
    assert wrong(only(kind="concern") | settled) == ()
    assert [bad.column for bad in wrong(only(kind="comment") | settled)] == ["outcome"]


@pytest.mark.parametrize("kind", ["concern", "comment", "enquiry", "compliment"])
def test_others_are_acknowledged_and_answered_as_well(kind: str) -> None:
    assert wrong(only("acknowledged_on", "responded_on", "closed_on", "channel", "team", kind=kind)) == ()


class TestWhatFollows:
    """Redress and actions."""

    def test_a_payment_has_its_amount(self) -> None:
        for amounts in ("", "0", "0.00"):
            (bad,) = wrong(row(remedy="Payment", remedy_amount=amounts))
            assert (bad.column, bad.value) == ("remedy", "Payment")
        assert wrong(row(remedy="apology;payment", remedy_amount=";5")) == ()
        assert [bad.column for bad in wrong(row(remedy="payment;apology", remedy_amount=";5"))] == ["remedy"]

    def test_an_amount_is_for_something(self) -> None:
        assert [bad.column for bad in wrong(row(remedy_amount="5"))] == ["remedy"]

    def test_an_action_says_what_will_be_done(self) -> None:
        assert [bad.column for bad in wrong(row(action_due_on="2024-07-01"))] == ["action"]
        assert [bad.column for bad in wrong(row(action="Train", action_done_on="2024-03-01"))] == ["action_done_on"]


def test_nothing_is_said_of_what_could_not_be_read() -> None:
    """One mistake is one line: what leans on the bad cell is not said to be missing."""
    assert [bad.column for bad in wrong(row(responded_on="soon", closed_on=""))] == ["responded_on"]
    assert [bad.column for bad in wrong(ENDED | {"closing_reason": "tired"})] == ["closing_reason"]
    assert [bad.column for bad in wrong(row(procedure="statutory-provider", provider="a > b"))] == ["provider"]
    assert [bad.column for bad in wrong(WITH_OMBUDSMAN | {"ombudsman_decision": "x"})] == ["ombudsman_decision"]


def test_every_mistake_of_a_row_is_said_at_once() -> None:
    given = row(outcome="maybe", acknowledged_on="2024-03-01", remedy="payment", team="a;b", theme="x;y;z")
    assert [bad.column for bad in wrong(given)] == ["team", "acknowledged_on", "outcome", "remedy"]
