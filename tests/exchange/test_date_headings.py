"""A day by which something was due is never taken for the day on which it was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.desk.case_list import cases
from feedback_tui.enums import Status
from feedback_tui.exchange.column_mapping import DATES, in_toml, left_out, proposed
from feedback_tui.exchange.council_lists import read_list
from feedback_tui.exchange.date_headings import date_meant, is_due
from feedback_tui.exchange.import_export import bring_in
from feedback_tui.exchange.register_csv import BadRegister
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.register import Register
from tests.conftest import actor_on

DATA = Path(__file__).parent / "data"
DUE = """
Acknowledgement due|Acknowledgement due date|Acknowledgement_due|ACKNOWLEDGEMENT DUE|Ack due|Ack. due|Ack due by
Acknowledgement deadline|Acknowledge by|Acknowledgement expected|Acknowledgement timescale|Ack target (3 WD)
Response due|Response due date|Date response due|Response  due|Response deadline|Response target|Response date (target)
Target response date|Planned response date|Expected response date|Date response expected|Agreed response date
Response required by|Respond by|Reply by|Reply due|Answer by|Reply needed by|Response overdue|Response to be sent
Target date|Target|Due date|Date due|Due|Deadline|Statutory deadline|20 day deadline|KPI date|Expiry date
Expected completion|Expected closure date|Target closure|Close by|Closure due|Planned closure date|Projected closed date
Investigation due|Investigation deadline|Stage 2 response due|Stage 2 deadline|Review response due|LGSCO reply due
Next update due|Proposed response date|Scheduled reply|Latest response date|Estimated date of response|Reply limit
""".replace("\n", "|")
NEITHER = """
Acknowledged by|Responded by|Closed by|Response sent by|Acknowledged?|Responded?|Closed?|Acknowledged (Y/N)|Responder
Replies|Days to respond|Acknowledged in time|Acknowledged within 3 days|Responded in time|Response|Reply|Acknowledgement
Holding response sent|Interim response sent|Stage 3 response date|Closing date|Date completed|Investigation completed
Date for response|Date to respond|Desired outcome|Expected outcome|Date of complaint|Date of incident|Response score
""".replace("\n", "|")
DONE = {
    "acknowledged_on": "Ack sent on|Ack sent|Ack date|Ack'd|Date ack'd|Acknowledged|Date acknowledged|Acknowledged on|"
    "Acknowledgement sent|Acknowledgement date|Date of acknowledgement|Acknowledgment sent on|Date acknowleged|"
    "Acknowledgement letter sent|Acknowledgement email issued|acknowledged_on",
    "responded_on": "Date responded|Responded|Responded on|Response date|Date of response|Response sent|Reply sent|"
    "Response issued on|Date replied|Replied on|Answered on|Final response sent|Stage 1 response date|"
    "Date response sent|Response letter posted|Actual response date",
    "received_on": "Received|Date received|Date Rec'd|Received on|Date recieved|Date of receipt|Complaint received|"
    "Date complaint received|Date feedback received",
    "closed_on": "Closed|Date closed|Closed on|Case closed|Date case closed|Closure date|Date of closure",
    "investigation_started_on": "Allocated|Date allocated|Investigation started|Date investigation started",
    "review_requested_on": "Stage 2 requested|Stage 2 received|Review requested",
    "review_responded_on": "Stage 2 response date|Stage 2 response sent|Review response sent",
    "action_done_on": "Action done|Action completed|Date action completed",
    "action_due_on": "Action due|Action due date|Action deadline|Action target date",
    "extended_to": "New due date|Extended due date|Revised due date|Extension date",
}
MAY_BE_TO_COME = {"action_due_on", "extended_to"}


@pytest.mark.parametrize("heading", [each for each in DUE.split("|") if each])
def test_a_due_date_is_proposed_as_nothing_and_told_as_one(heading: str) -> None:
    found = proposed([heading])
    assert (dict(found.columns), is_due(heading)) == ({heading: ""}, True)
    assert "days by which something was due" in left_out(found)
    assert "# a day by which it was due" in in_toml(found)


@pytest.mark.parametrize("heading", [each for each in NEITHER.split("|") if each])
def test_what_is_no_day_on_which_something_was_done_is_left_out_and_named(heading: str) -> None:
    found = proposed([heading])
    assert found.columns[heading] not in DATES
    if not found.columns[heading]:
        assert f"“{heading}”" in left_out(found)


@pytest.mark.parametrize(("column", "headings"), DONE.items())
def test_a_day_on_which_something_was_done_is_proposed(column: str, headings: str) -> None:
    assert {heading: proposed([heading]).columns[heading] for heading in headings.split("|")} == dict.fromkeys(
        headings.split("|"), column
    )


@given(
    st.lists(
        st.sampled_from(["date", "response", "ack", "acknowledged", "sent", "on", "reply", "closed", "final"]),
        max_size=4,
    ),
    st.sampled_from(["due", "target", "deadline", "expected", "planned", "proposed", "overdue", "promised"]),
    st.integers(0, 4),
    st.sampled_from([str.upper, str.title, str.lower]),
)
def test_a_word_of_being_due_anywhere_keeps_a_heading_from_being_a_day_that_was(
    words: list[str], due: str, at: int, written: object
) -> None:
    words.insert(at, due)
    heading = written(" ".join(words))  # type: ignore[operator]
    assert date_meant(heading) == ""
    assert proposed([heading]).columns[heading] in {"", *MAY_BE_TO_COME}


def test_what_is_called_so_exactly_comes_before_what_only_sounds_so() -> None:
    found = proposed(["Final response sent", "Date responded", "Response  due date"])
    assert dict(found.columns) == {
        "Final response sent": "", "Date responded": "responded_on", "Response  due date": "",
    }  # fmt: skip


def test_a_list_with_due_dates_beside_the_days_makes_a_true_year(shropshire: Register, tmp_path: Path) -> None:
    """R1 was acknowledged late and answered four months late; R2, answered never, is asked about, and stays open."""
    listed = tmp_path / "list.csv"
    listed.write_bytes((DATA / "due_taken_for_done.csv").read_bytes())
    plain = proposed(read_list(listed).headings)
    assert dict(plain.columns) == {
        "Ref": "reference", "Type": "kind", "Date received": "received_on", "Acknowledgement due": "",
        "Ack sent on": "acknowledged_on", "Response due date": "", "Date responded": "responded_on",
        "Outcome": "outcome",
    }  # fmt: skip
    mapping = replace(plain, by_kind={"complaint": {"procedure": "statutory-adult"}})
    actor = actor_on(shropshire, date(2026, 1, 5))
    with pytest.raises(BadRegister) as caught:
        bring_in(actor, listed, mapping=mapping)
    assert [(bad.line, bad.column, bad.value) for bad in caught.value.problems] == [(3, "Outcome", "not upheld")]
    listed.write_text(listed.read_text("utf-8").replace(",not upheld", ","), "utf-8")
    assert bring_in(actor, listed, mapping=mapping).startswith("2 cases imported")
    second, first = cases(shropshire, actor.today)
    assert (first.reference, first.outcome) == ("R1", "upheld")
    assert second.status is Status.ACKNOWLEDGED
    figures = figures_of(shropshire, reporting_year("2025/26"), actor.today)
    assert (figures.acknowledgement.within, figures.acknowledgement.of) == (0, 2)
    stage = figures.responses[1]["all"]
    assert (stage.responded, stage.within_target) == (1, 0)
    assert stage.average_working_days == 104  # 109 weekdays from 2 April to 1 September 2025, 5 bank holidays
