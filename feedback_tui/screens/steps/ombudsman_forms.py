"""The forms of the Ombudsman's handling: query, enquiry and decision, draft decision, compliance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedback_tui.casework.ombudsman import ombudsman
from feedback_tui.casework.ombudsman_letters import comply, ombudsman_draft, ombudsman_query
from feedback_tui.desk.case.page import CasePage, OmbudsmanView
from feedback_tui.enums import OmbudsmanDecision
from feedback_tui.models.inputs import follow_up as given
from feedback_tui.models.inputs import stages
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.lifecycle.ask import NO, YES, Entry
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, day_field, needed_day
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField

NEW = "a new approach"


def ombudsman_form(page: CasePage, profile: Profile) -> StepForm:
    """Their enquiry, our reply, their decision and what was agreed."""
    last = page.ombudsman[-1] if page.ombudsman else None
    fresh = last is None or last.decided_on is not None
    records = _Records(page.ombudsman, again="received_on")

    def decided(words: Mapping[str, str]) -> bool:
        return bool(words["decision"].strip())

    def referred_back(words: Mapping[str, str]) -> bool:
        return words["decision"].strip().casefold() == OmbudsmanDecision.REFERRED_BACK

    fields = (
        *records.fields,
        FormField(
            "received_on", "Enquiry received", Entry.DATE, "today" if fresh else "", help=_now(last, "received_on")
        ),
        FormField("due_on", "Their due date", Entry.DATE, future=True, help="empty: 28 calendar days from the enquiry"),
        FormField("their_reference", "Their reference", Entry.LINE),
        FormField("documents", "They ask for", Entry.LINE, help="the documents that they want"),
        FormField("responded_on", "We replied", Entry.DATE, help=_now(last, "responded_on")),
        FormField("decided_on", "They decided", Entry.DATE),
        FormField("decision", "Decision", Entry.CLOSED, vocabulary=tuple(OmbudsmanDecision)),
        FormField(
            "log_anew", "Log it anew", Entry.CHOICE, NO, vocabulary=(NO, YES), shown=referred_back,
            help="never considered by the council: it is a complaint received on the day of their decision",
        ),
        FormField("category", "Category", Entry.LINE, shown=decided, help="what it is about, in their words or ours"),
        FormField(
            "summary", "Complaint", Entry.WORDS, lines=2, shown=decided, help="without names: for the year's table"
        ),
        FormField("agreed", "Agreed action", Entry.WORDS, lines=2, shown=decided, help="for the year's table"),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        decision = filled.text("decision")
        return stages.OmbudsmanStep(
            record=records.chosen(filled),
            received_on=filled.day("received_on"),
            due_on=filled.day("due_on"),
            responded_on=filled.day("responded_on"),
            decided_on=filled.day("decided_on"),
            decision=OmbudsmanDecision(decision) if decision else None,
            their_reference=one_line(filled.text("their_reference")),
            documents=filled.text("documents"),
            category=filled.text("category"),
            summary=filled.text("summary"),
            agreed=filled.text("agreed"),
            log_anew=filled.text("log_anew") == YES,
        )

    return StepForm(fields, build, ombudsman, {})


def query_form(page: CasePage, profile: Profile) -> StepForm:
    """The first contact, and their query whether to take it up."""
    last = page.ombudsman[-1] if page.ombudsman else None
    fresh = last is None or last.decided_on is not None
    records = _Records(page.ombudsman, again="query_on")
    fields = (
        *records.fields,
        FormField("first_contact_on", "First contact", Entry.DATE, help=_now(last, "first_contact_on")),
        FormField("query_on", "Their query", Entry.DATE, "today" if fresh else "", help=_now(last, "query_on")),
        FormField("query_due_on", "Its due date", Entry.DATE, future=True, help="the date that their query states"),
        FormField("query_answered_on", "Answered", Entry.DATE),
        FormField("their_reference", "Their reference", Entry.LINE),
        FormField("category", "Category", Entry.LINE),
        FormField("summary", "Complaint", Entry.WORDS, lines=2, help="without names: for the year's table"),
    )

    def build(filled: Filled) -> stages.Input:
        return given.OmbudsmanQuery(
            record=records.chosen(filled),
            first_contact_on=filled.day("first_contact_on"),
            query_on=filled.day("query_on"),
            query_due_on=filled.day("query_due_on"),
            query_answered_on=filled.day("query_answered_on"),
            their_reference=one_line(filled.text("their_reference")),
            category=filled.text("category"),
            summary=filled.text("summary"),
        )

    return StepForm(fields, build, ombudsman_query, {})


def draft_form(page: CasePage, profile: Profile) -> StepForm:
    """Their draft decision, and our comments."""
    there = next((row for row in reversed(page.ombudsman) if row.draft_decision_on and not row.decided_on), None)
    fields = (
        FormField(
            "draft_decision_on", "Their draft", Entry.DATE, "" if there else "today",
            help=_now(there, "draft_decision_on"),
        ),
        FormField("draft_answered_on", "Comments sent", Entry.DATE),
        FormField("words", "Our comments", Entry.WORDS, lines=3),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        return given.OmbudsmanDraft(
            draft_decision_on=filled.day("draft_decision_on"),
            draft_answered_on=filled.day("draft_answered_on"),
            words=filled.text("words"),
        )

    return StepForm(fields, build, ombudsman_draft, {})


def complied_form(page: CasePage, profile: Profile) -> StepForm:
    """Everything agreed with the Ombudsman is done."""
    fields = (
        day_field("Complied on"),
        FormField("words", "Note", Entry.WORDS, lines=2, help="how they were told, what they said"),
    )

    def build(filled: Filled) -> stages.Input:
        return given.Compliance(on=needed_day(filled, "on"), words=filled.text("words"))

    return StepForm(fields, build, comply, {})


class _Records:
    """The field that asks which approach is meant, where there are several."""

    def __init__(self, records: Sequence[OmbudsmanView], again: str) -> None:
        self._positions = {_approach(row): row.position for row in records}
        self._again = again
        names = list(self._positions)
        default = NEW if records and records[-1].decided_on else names[-1] if names else ""
        self.fields = (
            (FormField("record", "Approach", Entry.CLOSED, default, vocabulary=(*names, NEW)),) if names else ()
        )

    def chosen(self, filled: Filled) -> int | None:
        """The approach that was chosen; None: a new one where something came in, else the last."""
        return self._positions.get(filled.text("record"))


def _approach(row: OmbudsmanView) -> str:
    known = row.their_reference or (row.received_on and long_date(row.received_on)) or ""
    return f"{row.position}. {row.status}" + (f", {known}" if known else "")


def _now(record: OmbudsmanView | None, column: str) -> str:
    """What is on record already: it stays where the field is left empty."""
    day = getattr(record, column) if record is not None and record.decided_on is None else None
    return f"now {long_date(day)}; empty: stays" if day else ""
