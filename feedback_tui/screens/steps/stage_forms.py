"""The forms of the stages: acknowledged, investigated, extended, answered, reviewed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from feedback_tui.actions import of_step
from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.extend import extend
from feedback_tui.casework.investigate import investigate
from feedback_tui.casework.respond import respond, respond_review
from feedback_tui.casework.review import acknowledge_review, request_review
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.rows import PointView, findings_in_words
from feedback_tui.enums import Discussion, Kind, LearningSaid, Outcome, Status, StepKey
from feedback_tui.models.inputs import stages
from feedback_tui.rules.findings import FINDINGS
from feedback_tui.rules.hold_reasons import process_of
from feedback_tui.rules.lifecycle.ask import NO, YES, Entry
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.case import case_words
from feedback_tui.screens.steps.step_form import (
    StepForm,
    category_words,
    channel_field,
    day_field,
    needed_day,
    split_category,
)
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField
from feedback_tui.widgets.key_bindings import shown_key

NOT_ASKED = "not recorded"
AS_FOUND = "as the findings give"
MOST_OF_A_POINT = 120
"""Characters of a point's words that its finding's field shows."""
ON_HOLD_TOO = "on_hold_too"
"""The field that asks before a response goes out while the case is on hold."""


def _signed_by(page: CasePage) -> FormField:
    """Who signs it: whoever signed the draft off, unless another is typed."""
    signed_off_by = page.stages[-1].signed_off_by if page.stages else None
    return FormField("signed_by", "Signed by", Entry.NAME, signed_off_by or "")


def acknowledge_form(page: CasePage, profile: Profile) -> StepForm:
    """Acknowledging: when, how, the discussion offered, the period told."""
    fields = [day_field("Acknowledged on"), channel_field(page, profile)]
    if page.kind is Kind.COMPLAINT:
        talk = (NOT_ASKED, Discussion.OFFERED, Discussion.ACCEPTED, Discussion.DECLINED)
        fields += [
            FormField("discussion", "Discussion", Entry.CHOICE, NOT_ASKED, vocabulary=talk),
            FormField(
                "promised_on",
                "Response told by",
                Entry.DATE,
                future=True,
                help="the end of the period told to the complainant; leave empty where none was told",
            ),
            FormField("letter", "Its letter", Entry.CHOICE, NO, vocabulary=(NO, YES), help="opens it, filled in"),
        ]

    def build(filled: Filled) -> stages.Input:
        talked = filled.text("discussion")
        return stages.Acknowledgement(
            on=needed_day(filled, "on"),
            channel=filled.text("channel"),
            discussion=Discussion(talked) if talked and talked != NOT_ASKED else None,
            promised_on=filled.day("promised_on"),
        )

    def letter(filled: Filled) -> str:
        return "acknowledgement" if filled.text("letter") == YES else ""

    return StepForm(tuple(fields), build, acknowledge, {}, letter)


def acknowledge_review_form(page: CasePage, profile: Profile) -> StepForm:
    """Acknowledging a request for Stage 2."""

    def build(filled: Filled) -> stages.Input:
        return stages.Acknowledgement(on=needed_day(filled, "on"), channel=filled.text("channel"))

    return StepForm((day_field("Acknowledged on"), channel_field(page, profile)), build, acknowledge_review, {})


def investigate_form(page: CasePage, profile: Profile) -> StepForm:
    """Starting the investigation: who, from when, under which procedure, about what."""
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
        day_field("From"),
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

    def build(filled: Filled) -> stages.Input:
        major, minor = split_category(filled.text("category"))
        given = {"team": filled.text("team"), "provider": filled.text("provider"), "theme": filled.text("theme")}
        new = stages.PointInput(text=point.text if point else "", category=major, subcategory=minor, **given)
        return stages.InvestigationStart(
            on=needed_day(filled, "on"),
            investigator=filled.text("investigator"),
            procedure=filled.text("procedure"),
            points=(new,) if one_point else (),
            draft_due_on=filled.day("draft_due_on"),
        )

    return StepForm(fields, build, investigate, {"subcategory": "category"})


def extend_form(page: CasePage, profile: Profile) -> StepForm:
    """Extending: the later date, why, and when the complainant was told."""
    fields = (
        FormField(
            "to", "New date", Entry.DATE, required=True, future=True, help="+10wd counts working days from today"
        ),
        FormField("reason", "Reason", Entry.WORDS, required=True, lines=2),
        FormField("told_on", "Told on", Entry.DATE, "today", required=True, help="the day the complainant was told"),
        FormField("agreed", "They agreed", Entry.CHOICE, NO, vocabulary=(NO, YES)),
        FormField("next_update_on", "Next update", Entry.DATE, future=True, help="when they hear from us next"),
    )

    def build(filled: Filled) -> stages.Input:
        return stages.ExtensionInput(
            to=needed_day(filled, "to"),
            reason=filled.text("reason"),
            told_on=filled.day("told_on"),
            agreed=filled.text("agreed") == YES,
            next_update_on=filled.day("next_update_on"),
        )

    return StepForm(fields, build, extend, {})


def respond_form(page: CasePage, profile: Profile) -> StepForm:
    """Sending the response, with a finding for each complaint point."""
    sent = (*_all_the_same(page), day_field("Sent on"), channel_field(page, profile), _signed_by(page))
    if page.kind is not Kind.COMPLAINT:

        def build_plain(filled: Filled) -> stages.Input:
            on, channel = needed_day(filled, "on"), filled.text("channel")
            signed_by, all_the_same = filled.text("signed_by"), filled.text(ON_HOLD_TOO) == YES
            return stages.Response(on=on, channel=channel, signed_by=signed_by, on_hold_too=all_the_same)

        return StepForm(sent, build_plain, respond, {})
    return _answer(sent, _findings(page), profile, respond)


def _findings(page: CasePage) -> tuple[FormField, ...]:
    """A finding for each point. Which point it is says the point itself, above its field."""
    several = len(page.points) > 1
    return tuple(
        FormField(
            f"finding_{point.position}",
            f"Point {point.position}" if several else "Finding",
            Entry.CHOICE,
            vocabulary=("", *FINDINGS),
            about=_point_in_words(page, point),
        )
        for point in page.points
    )


def _point_in_words(page: CasePage, point: PointView) -> str:
    """A point's own words, what it is filed under, and what was found on it before.

    The first point, as it was logged, often has none of its own: what the case is about is about it.
    """
    words = point.text or (page.summary if point.position == 1 else "")
    found = f"so far: {findings_in_words(point)}" if point.findings else ""
    said = " · ".join(filter(None, (one_line(words, MOST_OF_A_POINT), case_words.about(point), found)))
    return said or "no words, team or category yet: the case's page says what it is about"


def respond_review_form(page: CasePage, profile: Profile) -> StepForm:
    """Sending the Stage 2 response."""
    sent = (*_all_the_same(page), day_field("Sent on"), channel_field(page, profile), _signed_by(page))
    return _answer(sent, _findings(page), profile, respond_review)


def _answer(
    sent: tuple[FormField, ...], findings: tuple[FormField, ...], profile: Profile, verb: Callable[..., StepResult]
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


def _all_the_same(page: CasePage) -> tuple[FormField, ...]:
    """Of a case on hold, whether the response goes out all the same."""
    if page.status is not Status.ON_HOLD:
        return ()
    waits = "" if page.hold is None else f" for {process_of(page.hold.rule)}"
    off = shown_key(of_step(StepKey.RESUME))
    help = f"it is on hold{waits}: send it all the same? {off} takes it off hold"
    return (FormField(ON_HOLD_TOO, "On hold", Entry.CHOICE, NO, vocabulary=(NO, YES), help=help),)


def _learned(words: Mapping[str, str]) -> bool:
    return words["learning_said"] == LearningSaid.RECORDED


def _build_answer(findings: list[str], filled: Filled) -> stages.Input:
    outcome = filled.text("outcome")
    found = tuple(Outcome(filled.text(name)) if filled.text(name) else None for name in findings)
    learned = (stages.LearningInput(area=filled.text("learning_area"), text=filled.text("learning")),)
    planned = stages.ActionInput(
        text=filled.text("action"), owner=filled.text("action_owner"), due_on=filled.day("action_due_on")
    )
    amount: Any = filled.text("remedy_amount").replace("£", "").replace(",", "") or None
    agreed = stages.RemedyInput(kind=filled.text("remedy"), amount=amount, due_on=filled.day("remedy_due_on"))
    return stages.Response(
        on=needed_day(filled, "on"),
        channel=filled.text("channel"),
        signed_by=filled.text("signed_by"),
        findings=found if any(found) else (),
        outcome=Outcome(outcome) if outcome and outcome != AS_FOUND else None,
        outcome_reason=filled.text("outcome_reason"),
        learning_said=LearningSaid(filled.text("learning_said")),
        learning=learned if filled.text("learning") else (),
        actions=(planned,) if planned.text else (),
        remedies=(agreed,) if agreed.kind else (),
        on_hold_too=filled.text(ON_HOLD_TOO) == YES,
    )


def request_review_form(page: CasePage, profile: Profile) -> StepForm:
    """Stage 2 asked for, with those who take it on."""
    first = page.stages[0]
    fields = (
        day_field("Asked for on"),
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

    def build(filled: Filled) -> stages.Input:
        return stages.ReviewRequest(
            on=needed_day(filled, "on"),
            officer=filled.text("officer"),
            investigator=filled.text("investigator"),
            reason=filled.text("reason"),
        )

    return StepForm(fields, build, request_review, {})
