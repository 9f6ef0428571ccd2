"""The forms of what goes on beside the stages: the ends of a case, changes, holds, notes, undo."""

from __future__ import annotations

from collections.abc import Callable

from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.casework.change import allocate, change_procedure, correct_receipt
from feedback_tui.casework.close import close_case, reopen, withdraw
from feedback_tui.casework.hold import hold
from feedback_tui.casework.notes import note
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import ClosingReason, DeadlineKind, Kind, OtherProcess
from feedback_tui.models.inputs import stages
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import NO, YES, StepForm, day_field, needed_day
from feedback_tui.widgets.form import Entry, Filled, FormField


def withdraw_form(page: CasePage, profile: Profile) -> StepForm:
    """The complainant withdraws."""
    fields = (day_field("Withdrawn on"), FormField("reason", "Reason", Entry.WORDS, required=True, lines=2))

    def build(filled: Filled) -> stages.Input:
        return stages.Withdrawal(on=needed_day(filled, "on"), reason=filled.text("reason"))

    return StepForm(fields, build, withdraw, {})


def close_form(page: CasePage, profile: Profile) -> StepForm:
    """Closing, with the reason where no response was sent."""
    unanswered = page.kind is Kind.COMPLAINT and page.stages[-1].responded_on is None
    why = FormField(
        "reason", "Closed as", Entry.CLOSED, required=True, vocabulary=tuple(ClosingReason), help="↓ lists them"
    )
    fields = (day_field("Closed on"), *((why,) if unanswered else ()), FormField("words", "Note", Entry.WORDS, lines=2))

    def build(filled: Filled) -> stages.Input:
        reason = filled.text("reason")
        return stages.Closing(
            on=needed_day(filled, "on"), reason=ClosingReason(reason) if reason else None, words=filled.text("words")
        )

    return StepForm(fields, build, close_case, {})


def for_a_reason_form(verb: Callable[..., StepResult], page: CasePage, profile: Profile, help: str = "") -> StepForm:
    """A step that asks for its reason and its day alone."""
    fields = (FormField("reason", "Reason", Entry.WORDS, required=True, lines=2, help=help), day_field("On"))

    def build(filled: Filled) -> stages.Input:
        return stages.Reason(on=needed_day(filled, "on"), reason=filled.text("reason"))

    return StepForm(fields, build, verb, {})


def reopen_form(page: CasePage, profile: Profile) -> StepForm:
    """Opening a closed case again; the date of a further answer, where it was answered."""
    answered = page.stages[-1].responded_on is not None
    promised = FormField(
        "promised_on", "Promised by", Entry.DATE, future=True, help="a further response: the date they were told"
    )
    reason = FormField("reason", "Reason", Entry.WORDS, required=True, lines=2)
    fields = (reason, day_field("On"), *((promised,) if answered else ()))

    def build(filled: Filled) -> stages.Input:
        return stages.Reopening(
            on=needed_day(filled, "on"),
            reason=filled.text("reason"),
            promised_on=filled.day("promised_on") if answered else None,
        )

    return StepForm(fields, build, reopen, {})


def allocate_form(page: CasePage, profile: Profile) -> StepForm:
    """Handing the case over."""
    stage = page.stages[-1]
    fields = (
        FormField("officer", "Officer", Entry.NAME, help=f"now {page.officer}; empty: stays" if page.officer else ""),
        FormField(
            "investigator",
            "Investigator",
            Entry.NAME,
            vocabulary=profile.vocabulary.investigators,
            help=f"now {stage.investigator}; empty: stays" if stage.investigator else "",
            shown=lambda words: stage.investigation_started_on is not None or stage.number == 2,
        ),
        day_field("From"),
        FormField("reason", "Why", Entry.LINE),
    )

    def build(filled: Filled) -> stages.Input:
        return stages.Allocation(
            on=needed_day(filled, "on"),
            officer=filled.text("officer"),
            investigator=filled.text("investigator"),
            reason=filled.text("reason"),
        )

    return StepForm(fields, build, allocate, {})


def hold_form(page: CasePage, profile: Profile) -> StepForm:
    """Putting the case on hold for another process; one on hold stays so until another day."""
    rules = [deadline.rule for deadline in page.open_deadlines if deadline.kind is DeadlineKind.REVIEW_HOLD]
    waits = next((process for process in OtherProcess if any(rule.endswith(process) for rule in rules)), None)
    fields = (
        FormField("process", "For", Entry.CHOICE, waits or OtherProcess.SAFEGUARDING, vocabulary=tuple(OtherProcess)),
        FormField("reason", "Reason", Entry.WORDS, required=True, lines=2),
        day_field("From"),
        FormField("told_on", "Told on", Entry.DATE, help="the day the complainant was told"),
        FormField(
            "look_again_on", "Look again", Entry.DATE, "+20wd", required=True, future=True,
            help="nothing moves meanwhile: the six months run on",
        ),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        return stages.Hold(
            on=needed_day(filled, "on"),
            process=OtherProcess(filled.text("process")),
            reason=filled.text("reason"),
            told_on=filled.day("told_on"),
            look_again_on=needed_day(filled, "look_again_on"),
        )

    return StepForm(fields, build, hold, {})


def change_procedure_form(page: CasePage, profile: Profile) -> StepForm:
    """Moving the case to another procedure."""
    others = [row for row in profile.procedures if page.kind in row.kinds and row.key != page.procedure]
    asked = {row.key for row in others if not row.adult_social_care}
    names_provider = {row.key for row in others if row.names_provider}
    fields = (
        FormField("procedure", "To", Entry.CHOICE, others[0].key if others else "", vocabulary=[r.key for r in others]),
        FormField(
            "adult_social_care", "Social care", Entry.CHOICE, NO, vocabulary=(NO, YES),
            help="is any part of it about adult social care?", shown=lambda words: words["procedure"] in asked,
        ),
        FormField(
            "provider", "Provider", Entry.OPEN, vocabulary=profile.vocabulary.providers, required=True,
            shown=lambda words: words["procedure"] in names_provider and not any(row.provider for row in page.points),
        ),
        FormField("reason", "Reason", Entry.WORDS, required=True, lines=2),
        day_field("On"),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        procedure = filled.text("procedure")
        return stages.ProcedureChange(
            on=needed_day(filled, "on"),
            procedure=procedure,
            reason=filled.text("reason"),
            adult_social_care=filled.text("adult_social_care") == YES if procedure in asked else None,
            provider=filled.text("provider"),
        )

    return StepForm(fields, build, change_procedure, {})


def correct_receipt_form(page: CasePage, profile: Profile) -> StepForm:
    """Correcting the day of receipt."""
    extended = any(row.due_on != row.original_due_on and not row.fixed_by_hand for row in page.open_deadlines)
    stays, again = "stays", "counted again"
    fields = (
        FormField(
            "received_on", "Really received", Entry.DATE, required=True, help=f"now {long_date(page.received_on)}"
        ),
        FormField("reason", "Reason", Entry.WORDS, required=True, lines=2, help="how the right date is known"),
        FormField(
            "keep_extended", "Extended date", Entry.CHOICE, stays, vocabulary=(stays, again),
            help="the date that the complainant was told", shown=lambda words: extended,
        ),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        return stages.ReceiptCorrection(
            received_on=needed_day(filled, "received_on"),
            reason=filled.text("reason"),
            keep_extended=filled.text("keep_extended") == stays if extended else None,
        )

    return StepForm(fields, build, correct_receipt, {})


def note_form(page: CasePage, profile: Profile) -> StepForm:
    """A note on the timeline."""
    fields = (FormField("words", "Note", Entry.WORDS, required=True, lines=4), day_field("On"))

    def build(filled: Filled) -> stages.Input:
        return stages.Note(on=needed_day(filled, "on"), words=filled.text("words"))

    return StepForm(fields, build, note, {})


def undo_form(page: CasePage, profile: Profile) -> StepForm:
    """Taking the last step back: nothing is asked."""

    def build(filled: Filled) -> stages.Input:
        return stages.Input()

    def verb(actor: Actor, reference: str, given: stages.Input, seen: int | None = None) -> StepResult:
        return undo(actor, reference, seen)

    return StepForm((), build, verb, {})
