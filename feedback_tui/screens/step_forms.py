"""The form of each step of a case, as data: its fields, the input they make, and the verb that takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.change import allocate, change_procedure, correct_receipt
from feedback_tui.casework.close import close_case, reopen, void, withdraw
from feedback_tui.casework.duty import Done, Duty
from feedback_tui.casework.extend import extend
from feedback_tui.casework.follow_up import action_done, note, remedy_done
from feedback_tui.casework.hold import hold, resume
from feedback_tui.casework.investigate import investigate
from feedback_tui.casework.ombudsman import ombudsman
from feedback_tui.casework.respond import respond, respond_review
from feedback_tui.casework.review import acknowledge_review, request_review
from feedback_tui.casework.undo import undo
from feedback_tui.desk.case import CasePage
from feedback_tui.models import steps
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.findings import FINDINGS
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens import case_words
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Entry, Filled, FormField
from feedback_tui.words import (
    ClosingReason,
    Discussion,
    Kind,
    LearningSaid,
    OmbudsmanDecision,
    OtherProcess,
    Outcome,
    StepKey,
)

NOT_ASKED = "not offered"
AS_FOUND = "as the findings give"
NO, YES = "no", "yes"


@dataclass(frozen=True)
class StepForm:
    """One step's form."""

    fields: tuple[FormField, ...]
    build: Callable[[Filled], steps.Input]
    """Makes the verb's input. Raises ValidationError."""
    verb: Callable[..., Done]
    shows: Mapping[str, str]
    """Which field shows a problem of a field of the input that has another name."""


def step_form(step: StepKey, page: CasePage, profile: Profile) -> StepForm:
    """The form of `step` for a case as it stands."""
    return _FORMS[step](page, profile)


def has_form(step: StepKey) -> bool:
    """Whether a step has a form."""
    return step in _FORMS


def category_words(profile: Profile) -> list[str]:
    """Each category, and each of its sub-categories as ``Category > Sub-category``."""
    words: list[str] = []
    for category, subcategories in profile.vocabulary.categories.items():
        words += [f"{category} > {subcategory}" for subcategory in subcategories] or [category]
    return words


def split_category(words: str) -> tuple[str, str]:
    """The category and the sub-category that ``Category > Sub-category`` names."""
    category, _, subcategory = words.partition(">")
    return category.strip(), subcategory.strip()


def _on(label: str) -> FormField:
    return FormField("on", label, Entry.DATE, "today", required=True)


def _channel(page: CasePage, profile: Profile) -> FormField:
    return FormField("channel", "By", Entry.OPEN, page.channel or "", vocabulary=profile.vocabulary.channels)


def _acknowledge(page: CasePage, profile: Profile) -> StepForm:
    fields = [_on("Acknowledged on"), _channel(page, profile)]
    if page.kind is Kind.COMPLAINT:
        talk = (Discussion.OFFERED, Discussion.ACCEPTED, Discussion.DECLINED, NOT_ASKED)
        fields += [
            FormField("discussion", "Discussion", Entry.CHOICE, Discussion.OFFERED, vocabulary=talk),
            FormField(
                "promised_on",
                "Response told by",
                Entry.DATE,
                future=True,
                help="the end of the period told to the complainant; leave empty where none was told",
            ),
        ]

    def build(filled: Filled) -> steps.Input:
        talked = filled.text("discussion")
        return steps.Acknowledgement(
            on=_needed(filled, "on"),
            channel=filled.text("channel"),
            discussion=Discussion(talked) if talked and talked != NOT_ASKED else None,
            promised_on=filled.day("promised_on"),
        )

    return StepForm(tuple(fields), build, acknowledge, {})


def _acknowledge_review(page: CasePage, profile: Profile) -> StepForm:
    def build(filled: Filled) -> steps.Input:
        return steps.Acknowledgement(on=_needed(filled, "on"), channel=filled.text("channel"))

    return StepForm((_on("Acknowledged on"), _channel(page, profile)), build, acknowledge_review, {})


def _investigate(page: CasePage, profile: Profile) -> StepForm:
    vocabulary = profile.vocabulary
    point = page.points[0] if page.points else None
    category = " > ".join(filter(None, (point.category, point.subcategory))) if point else ""
    procedures = [procedure.key for procedure in profile.procedures if page.kind in procedure.kinds]
    names_provider = {procedure.key for procedure in profile.procedures if procedure.names_provider}
    about = (
        FormField("team", "Team", Entry.OPEN, (point and point.team) or "", vocabulary=vocabulary.teams),
        FormField(
            "provider",
            "Provider",
            Entry.OPEN,
            (point and point.provider) or "",
            vocabulary=vocabulary.providers,
            shown=lambda words: words["procedure"] in names_provider or bool(words["provider"]),
        ),
        FormField("category", "Category", Entry.OPEN, category, vocabulary=category_words(profile)),
        FormField("theme", "Theme", Entry.OPEN, (point and point.theme) or "", vocabulary=vocabulary.themes),
    )
    one_point = len(page.points) <= 1
    fields = (
        FormField("investigator", "Investigator", Entry.NAME, required=True, vocabulary=vocabulary.investigators),
        _on("From"),
        FormField(
            "procedure",
            "Procedure",
            Entry.CHOICE,
            page.procedure or profile.usual.procedure,
            vocabulary=procedures,
        ),
        *(about if one_point else ()),
        FormField("draft_due_on", "Draft due", Entry.DATE, future=True, help="when the investigator owes the draft"),
    )

    def build(filled: Filled) -> steps.Input:
        major, minor = split_category(filled.text("category"))
        given = {"team": filled.text("team"), "provider": filled.text("provider"), "theme": filled.text("theme")}
        new = steps.PointInput(text=point.text if point else "", category=major, subcategory=minor, **given)
        return steps.InvestigationStart(
            on=_needed(filled, "on"),
            investigator=filled.text("investigator"),
            procedure=filled.text("procedure"),
            points=(new,) if one_point else (),
            draft_due_on=filled.day("draft_due_on"),
        )

    return StepForm(fields, build, investigate, {"subcategory": "category"})


def _extend(page: CasePage, profile: Profile) -> StepForm:
    fields = (
        FormField(
            "to", "New date", Entry.DATE, required=True, future=True, help="+10wd counts working days from today"
        ),
        FormField("reason", "Reason", Entry.WORDS, required=True, lines=2),
        FormField("told_on", "Told on", Entry.DATE, "today", required=True, help="the day the complainant was told"),
        FormField("agreed", "They agreed", Entry.CHOICE, NO, vocabulary=(NO, YES)),
        FormField("next_update_on", "Next update", Entry.DATE, future=True, help="when they hear from us next"),
    )

    def build(filled: Filled) -> steps.Input:
        return steps.ExtensionInput(
            to=_needed(filled, "to"),
            reason=filled.text("reason"),
            told_on=filled.day("told_on"),
            agreed=filled.text("agreed") == YES,
            next_update_on=filled.day("next_update_on"),
        )

    return StepForm(fields, build, extend, {})


def _respond(page: CasePage, profile: Profile) -> StepForm:
    sent = (_on("Sent on"), _channel(page, profile), FormField("signed_by", "Signed by", Entry.NAME))
    if page.kind is not Kind.COMPLAINT:

        def build_plain(filled: Filled) -> steps.Input:
            on, channel = _needed(filled, "on"), filled.text("channel")
            return steps.Response(on=on, channel=channel, signed_by=filled.text("signed_by"))

        return StepForm(sent, build_plain, respond, {})
    findings = tuple(
        FormField(
            f"finding_{point.position}", label, Entry.CHOICE, vocabulary=("", *FINDINGS), help=case_words.about(point)
        )
        for point in page.points
        for label in (f"Finding {point.position}" if len(page.points) > 1 else "Finding",)
    )
    return _answer(sent, findings, profile, respond)


def _respond_review(page: CasePage, profile: Profile) -> StepForm:
    sent = (_on("Sent on"), _channel(page, profile), FormField("signed_by", "Signed by", Entry.NAME))
    finding = FormField("finding_1", "Finding", Entry.CHOICE, vocabulary=("", *FINDINGS))
    return _answer(sent, (finding,), profile, respond_review)


def _answer(
    sent: tuple[FormField, ...], findings: tuple[FormField, ...], profile: Profile, verb: Callable[..., Done]
) -> StepForm:
    vocabulary = profile.vocabulary
    fields = (
        *sent,
        *findings,
        FormField(
            "outcome",
            "Outcome",
            Entry.CHOICE,
            AS_FOUND,
            vocabulary=(AS_FOUND, *FINDINGS, Outcome.RESOLVED_INFORMALLY),
        ),
        FormField("outcome_reason", "Why", Entry.LINE, shown=lambda words: words["outcome"] != AS_FOUND),
        FormField(
            "learning_said",
            "Learning",
            Entry.CHOICE,
            LearningSaid.AWAITED,
            vocabulary=(LearningSaid.AWAITED, LearningSaid.NONE, LearningSaid.RECORDED),
        ),
        FormField("learning_area", "Area", Entry.OPEN, vocabulary=vocabulary.learning_areas, shown=_learned),
        FormField("learning", "Learned", Entry.WORDS, required=True, lines=2, shown=_learned),
        FormField("action", "Action", Entry.LINE, help="what will be done about it"),
        FormField("action_owner", "Who does it", Entry.NAME, shown=lambda words: bool(words["action"])),
        FormField("action_due_on", "By", Entry.DATE, future=True, shown=lambda words: bool(words["action"])),
        FormField("remedy", "Redress", Entry.OPEN, vocabulary=vocabulary.remedies, help="what puts it right"),
        FormField("remedy_amount", "Amount, £", Entry.LINE, shown=lambda words: bool(words["remedy"])),
        FormField("remedy_due_on", "By", Entry.DATE, future=True, shown=lambda words: bool(words["remedy"])),
    )
    names = [field.name for field in findings]
    return StepForm(fields, partial(_build_answer, names), verb, {"findings": names[0], "amount": "remedy_amount"})


def _learned(words: Mapping[str, str]) -> bool:
    return words["learning_said"] == LearningSaid.RECORDED


def _build_answer(findings: list[str], filled: Filled) -> steps.Input:
    outcome = filled.text("outcome")
    found = tuple(Outcome(filled.text(name)) if filled.text(name) else None for name in findings)
    learned = (steps.LearningInput(area=filled.text("learning_area"), text=filled.text("learning")),)
    planned = steps.ActionInput(
        text=filled.text("action"), owner=filled.text("action_owner"), due_on=filled.day("action_due_on")
    )
    amount: Any = filled.text("remedy_amount").replace("£", "").replace(",", "") or None
    agreed = steps.RemedyInput(kind=filled.text("remedy"), amount=amount, due_on=filled.day("remedy_due_on"))
    return steps.Response(
        on=_needed(filled, "on"),
        channel=filled.text("channel"),
        signed_by=filled.text("signed_by"),
        findings=found if any(found) else (),
        outcome=Outcome(outcome) if outcome and outcome != AS_FOUND else None,
        outcome_reason=filled.text("outcome_reason"),
        learning_said=LearningSaid(filled.text("learning_said")),
        learning=learned if filled.text("learning") else (),
        actions=(planned,) if planned.text else (),
        remedies=(agreed,) if agreed.kind else (),
    )


def _request_review(page: CasePage, profile: Profile) -> StepForm:
    first = page.stages[0]
    fields = (
        _on("Asked for on"),
        FormField(
            "officer", "Officer", Entry.NAME, required=True, help=f"another than {first.officer or page.officer}"
        ),
        FormField(
            "investigator",
            "Investigator",
            Entry.NAME,
            vocabulary=profile.vocabulary.investigators,
            help=f"another than {first.investigator}" if first.investigator else "",
        ),
        FormField("reason", "Why they ask", Entry.WORDS, lines=2),
    )

    def build(filled: Filled) -> steps.Input:
        return steps.ReviewRequest(
            on=_needed(filled, "on"),
            officer=filled.text("officer"),
            investigator=filled.text("investigator"),
            reason=filled.text("reason"),
        )

    return StepForm(fields, build, request_review, {})


def _ombudsman(page: CasePage, profile: Profile) -> StepForm:
    fresh = not page.ombudsman or page.ombudsman[-1].decided_on is not None
    fields = (
        FormField("received_on", "Enquiry received", Entry.DATE, "today" if fresh else ""),
        FormField("due_on", "Their due date", Entry.DATE, future=True, help="empty: 28 calendar days from the enquiry"),
        FormField("their_reference", "Their reference", Entry.LINE),
        FormField("responded_on", "We replied", Entry.DATE),
        FormField("decided_on", "They decided", Entry.DATE),
        FormField("decision", "Decision", Entry.CLOSED, vocabulary=tuple(OmbudsmanDecision)),
    )

    def build(filled: Filled) -> steps.Input:
        decision = filled.text("decision")
        return steps.OmbudsmanStep(
            received_on=filled.day("received_on"),
            due_on=filled.day("due_on"),
            responded_on=filled.day("responded_on"),
            decided_on=filled.day("decided_on"),
            decision=OmbudsmanDecision(decision) if decision else None,
            their_reference=one_line(filled.text("their_reference")),
        )

    return StepForm(fields, build, ombudsman, {})


def _withdraw(page: CasePage, profile: Profile) -> StepForm:
    fields = (_on("Withdrawn on"), FormField("reason", "Reason", Entry.WORDS, required=True, lines=2))

    def build(filled: Filled) -> steps.Input:
        return steps.Withdrawal(on=_needed(filled, "on"), reason=filled.text("reason"))

    return StepForm(fields, build, withdraw, {})


def _close(page: CasePage, profile: Profile) -> StepForm:
    unanswered = page.kind is Kind.COMPLAINT and page.stages[-1].responded_on is None
    why = FormField(
        "reason", "Closed as", Entry.CLOSED, required=True, vocabulary=tuple(ClosingReason), help="↓ lists them"
    )
    fields = (_on("Closed on"), *((why,) if unanswered else ()), FormField("words", "Note", Entry.WORDS, lines=2))

    def build(filled: Filled) -> steps.Input:
        reason = filled.text("reason")
        return steps.Closing(
            on=_needed(filled, "on"), reason=ClosingReason(reason) if reason else None, words=filled.text("words")
        )

    return StepForm(fields, build, close_case, {})


def _for_a_reason(verb: Callable[..., Done], page: CasePage, profile: Profile) -> StepForm:
    fields = (FormField("reason", "Reason", Entry.WORDS, required=True, lines=2), _on("On"))

    def build(filled: Filled) -> steps.Input:
        return steps.Reason(on=_needed(filled, "on"), reason=filled.text("reason"))

    return StepForm(fields, build, verb, {})


def _allocate(page: CasePage, profile: Profile) -> StepForm:
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
        _on("From"),
        FormField("reason", "Why", Entry.LINE),
    )

    def build(filled: Filled) -> steps.Input:
        return steps.Allocation(
            on=_needed(filled, "on"),
            officer=filled.text("officer"),
            investigator=filled.text("investigator"),
            reason=filled.text("reason"),
        )

    return StepForm(fields, build, allocate, {})


def _hold(page: CasePage, profile: Profile) -> StepForm:
    fields = (
        FormField("process", "For", Entry.CHOICE, OtherProcess.SAFEGUARDING, vocabulary=tuple(OtherProcess)),
        FormField("reason", "Reason", Entry.WORDS, required=True, lines=2),
        _on("From"),
        FormField("told_on", "Told on", Entry.DATE, help="the day the complainant was told"),
        FormField(
            "look_again_on", "Look again", Entry.DATE, "+20wd", required=True, future=True,
            help="nothing moves meanwhile: the six months run on",
        ),
    )  # fmt: skip

    def build(filled: Filled) -> steps.Input:
        return steps.Hold(
            on=_needed(filled, "on"),
            process=OtherProcess(filled.text("process")),
            reason=filled.text("reason"),
            told_on=filled.day("told_on"),
            look_again_on=_needed(filled, "look_again_on"),
        )

    return StepForm(fields, build, hold, {})


def _change_procedure(page: CasePage, profile: Profile) -> StepForm:
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
        _on("On"),
    )  # fmt: skip

    def build(filled: Filled) -> steps.Input:
        procedure = filled.text("procedure")
        return steps.ProcedureChange(
            on=_needed(filled, "on"),
            procedure=procedure,
            reason=filled.text("reason"),
            adult_social_care=filled.text("adult_social_care") == YES if procedure in asked else None,
            provider=filled.text("provider"),
        )

    return StepForm(fields, build, change_procedure, {})


def _correct_receipt(page: CasePage, profile: Profile) -> StepForm:
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

    def build(filled: Filled) -> steps.Input:
        return steps.ReceiptCorrection(
            received_on=_needed(filled, "received_on"),
            reason=filled.text("reason"),
            keep_extended=filled.text("keep_extended") == stays if extended else None,
        )

    return StepForm(fields, build, correct_receipt, {})


def _note(page: CasePage, profile: Profile) -> StepForm:
    fields = (FormField("words", "Note", Entry.WORDS, required=True, lines=4), _on("On"))

    def build(filled: Filled) -> steps.Input:
        return steps.Note(on=_needed(filled, "on"), words=filled.text("words"))

    return StepForm(fields, build, note, {})


def _finish(step: StepKey, page: CasePage, profile: Profile) -> StepForm:
    owed = (
        {f"{row.position}. {one_line(row.text, 40)}": row.position for row in page.actions if row.done_on is None}
        if step is StepKey.ACTION_DONE
        else {f"{row.position}. {row.kind or 'redress'}": row.position for row in page.remedies if row.done_on is None}
    )
    fields = (
        FormField("position", "Done", Entry.CLOSED, next(iter(owed), ""), required=True, vocabulary=tuple(owed)),
        _on("On"),
    )
    finish = action_done if step is StepKey.ACTION_DONE else remedy_done

    def build(filled: Filled) -> steps.Input:
        return steps.Finished(position=owed[filled.text("position")], on=_needed(filled, "on"))

    def verb(duty: Duty, reference: str, given: steps.Finished, seen: int | None = None) -> Done:
        return finish(duty, reference, given.position, given.on, seen)

    return StepForm(fields, build, verb, {})


def _undo(page: CasePage, profile: Profile) -> StepForm:
    def build(filled: Filled) -> steps.Input:
        return steps.Input()

    def verb(duty: Duty, reference: str, given: steps.Input, seen: int | None = None) -> Done:
        return undo(duty, reference, seen)

    return StepForm((), build, verb, {})


def _needed(filled: Filled, name: str) -> Any:
    """The date of a required field; the form has seen to it that it is there."""
    return filled.day(name)


_FORMS: dict[StepKey, Callable[[CasePage, Profile], StepForm]] = {
    StepKey.ACKNOWLEDGE: _acknowledge,
    StepKey.INVESTIGATE: _investigate,
    StepKey.EXTEND: _extend,
    StepKey.RESPOND: _respond,
    StepKey.REQUEST_REVIEW: _request_review,
    StepKey.ACKNOWLEDGE_REVIEW: _acknowledge_review,
    StepKey.RESPOND_REVIEW: _respond_review,
    StepKey.OMBUDSMAN: _ombudsman,
    StepKey.WITHDRAW: _withdraw,
    StepKey.CLOSE: _close,
    StepKey.REOPEN: partial(_for_a_reason, reopen),
    StepKey.VOID: partial(_for_a_reason, void),
    StepKey.ALLOCATE: _allocate,
    StepKey.HOLD: _hold,
    StepKey.RESUME: partial(_for_a_reason, resume),
    StepKey.CHANGE_PROCEDURE: _change_procedure,
    StepKey.CORRECT_RECEIPT: _correct_receipt,
    StepKey.NOTE: _note,
    StepKey.ACTION_DONE: partial(_finish, StepKey.ACTION_DONE),
    StepKey.REMEDY_DONE: partial(_finish, StepKey.REMEDY_DONE),
    StepKey.UNDO: _undo,
}
