"""The forms for the investigation, the responses and Stage 2, where they depend on the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from feedback_tui.actions import of_step
from feedback_tui.casework.contact import RECORD_LETTER
from feedback_tui.desk.case.owed import may_owe_record
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.rows import PointView, findings_in_words
from feedback_tui.desk.case.sections.told import about
from feedback_tui.enums import Kind, LearningSaid, Outcome, StageEntry, StagePart, Status, StepKey
from feedback_tui.models.inputs import stages
from feedback_tui.rules.findings import FINDINGS
from feedback_tui.rules.hold_reasons import process_of
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.rules.lifecycle.later_stages import NAMED
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.stage_rules import INVESTIGATOR, OFFICER, StageRules, as_before
from feedback_tui.screens.steps.step_form import StepForm, category_words, changed, offering, split_category
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField
from feedback_tui.widgets.key_bindings import shown_key

MOST_OF_A_POINT = 120
"""The most characters of a point's text shown at its finding."""


def investigate_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the procedures for the case's kind; with one point, also asks what the point is about.

    Asks about social care if the step sets or changes the procedure to one that is not for social care.
    """
    procedures = [procedure for procedure in profile.procedures if page.kind in procedure.kinds]
    asked = {procedure.key for procedure in procedures if not procedure.adult_social_care} - {page.procedure}
    form = changed(
        form,
        procedure={
            "default": page.procedure or profile.usual.procedure,
            "vocabulary": [procedure.key for procedure in procedures],
        },
        adult_social_care={"shown": lambda words: words["procedure"] in asked},
    )
    if len(page.points) > 1:
        return form
    point = page.points[0] if page.points else None
    place = [field.name for field in form.fields].index("draft_due_on")
    fields = (*form.fields[:place], *_about(point, profile), *form.fields[place:])

    def build(filled: Filled) -> stages.Input:
        major, minor = split_category(filled.text("category"))
        about = {name: filled.text(name) for name in ("team", "provider", "theme")}
        new = stages.PointInput(text=point.text if point else "", category=major, subcategory=minor, **about)
        return form.build(filled).model_copy(update={"points": (new,)})

    return replace(form, fields=fields, build=build)


def _about(point: PointView | None, profile: Profile) -> tuple[FormField, ...]:
    vocabulary = profile.vocabulary
    category = " > ".join(filter(None, (point.category, point.subcategory))) if point else ""
    names_provider = {procedure.key for procedure in profile.procedures if procedure.names_provider}
    return (
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


def acknowledge_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Shows the day on which the written record was sent only for an oral complaint that may be under the 2009
    Regulations; the letter offered is then the one that contains the record."""
    if page.kind is not Kind.COMPLAINT:
        return form
    if not may_owe_record(page):
        return changed(form, record_sent_on={"shown": lambda words: False})
    letter = form.letter
    return replace(form, letter=lambda filled: RECORD_LETTER if letter(filled) else "")


def request_review_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Shows where officer and investigator must differ from those of the stage before, and until when the stage could
    be asked for in time."""
    before, rules = page.stages[-1], _next_rules(page, profile)
    other = f"another than {before.investigator}" if before.investigator and INVESTIGATOR in rules.another else ""
    officer: dict[str, Any] = {"help": f"another than {before.officer or page.officer}"}
    if OFFICER not in rules.another:
        officer = {"default": page.officer}
    asked = {"help": _window(rules)} if rules.asked_within is not None else {}
    return changed(form, on=asked, officer=officer, investigator={"help": other})


def skip_stage_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Returns the form for skipping a stage. It does not ask who agreed if the council may decide that alone."""
    following = _next_rules(page, profile)
    officer = {"required": True} if OFFICER in following.another else {"default": page.officer}
    agreed = None if following.entered is StageEntry.COUNCIL else {"required": True}
    return changed(form, officer=officer, agreed_by=agreed)


def name_part_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the parts that the stage needs, those that nobody has first."""
    stage = page.stages[-1]
    needed = _rules(page, profile, stage.number).parts
    named = [part.part for part in stage.parts]
    free = [part for part, count in needed.items() if part in NAMED and named.count(part) < count]
    offered = dict.fromkeys([*free, *(part for part in needed if part in NAMED)])
    several = {part.value for part, count in needed.items() if count > 1}
    independent = {part.value for part in StagePart if part.is_independent}
    return changed(
        offering(form, "part", offered),
        number={"shown": lambda words: words["part"] in several},
        independent={"shown": lambda words: words["part"] in independent},
    )


def _rules(page: CasePage, profile: Profile, number: int) -> StageRules:
    """Returns what the procedure of a case says of a stage."""
    if page.procedure is None:
        return as_before(number)
    return profile.procedure(page.procedure).version(page.procedure_version or "1").stage(number)


def _next_rules(page: CasePage, profile: Profile) -> StageRules:
    return _rules(page, profile, page.stages[-1].number + 1)


def _window(rules: StageRules) -> str:
    window = rules.asked_within
    return "" if window is None else f"within {window.count} {window.unit} of the response; later is recorded as late"


def refuse_stage_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Requires the day on which Stage 2 was asked for; the field is left out if Stage 2 was opened, because the case
    already has that day."""
    return changed(form, asked_on=None if page.status is Status.IN_REVIEW else {"required": True})


def answer_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Adds a finding for each complaint point and the follow-up; asks whether to send it while the case is on hold."""
    signed_off_by = page.stages[-1].signed_off_by if page.stages else None
    form = changed(form, signed_by={"default": signed_off_by or ""}, on_hold_too=_on_hold_too(page))
    if page.kind is not Kind.COMPLAINT:
        return form
    findings = _findings(page)
    place = [field.name for field in form.fields].index("outcome")
    fields = (*form.fields[:place], *findings, *form.fields[place:], *_follow_up(profile))
    names = [field.name for field in findings]

    def build(filled: Filled) -> stages.Input:
        found = tuple(Outcome(filled.text(name)) if filled.text(name) else None for name in names)
        learned = stages.LearningInput(area=filled.text("learning_area"), text=filled.text("learning"))
        planned = stages.ActionInput(
            text=filled.text("action"), owner=filled.text("action_owner"), due_on=filled.day("action_due_on")
        )
        amount: Any = filled.text("remedy_amount")
        agreed = stages.RemedyInput(kind=filled.text("remedy"), amount=amount, due_on=filled.day("remedy_due_on"))
        return form.build(filled).model_copy(
            update={
                "findings": found if any(found) else (),
                "learning": (learned,) if learned.text else (),
                "actions": (planned,) if planned.text else (),
                "remedies": (agreed,) if agreed.kind else (),
            }
        )

    shows = {"findings": names[0], "amount": "remedy_amount"}
    return replace(form, fields=fields, build=build, shows=shows)


def _on_hold_too(page: CasePage) -> dict[str, Any] | None:
    if page.status is not Status.ON_HOLD:
        return None
    waits = "" if page.hold is None else f" for {process_of(page.hold.rule)}"
    off = shown_key(of_step(StepKey.RESUME))
    return {"help": f"it is on hold{waits}: send it all the same? {off} takes it off hold"}


def _findings(page: CasePage) -> tuple[FormField, ...]:
    """Returns a field for the finding of each point; the point's text is shown above its field."""
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
    """Returns a point's text, what it is about, and earlier findings.

    The first point often has no text of its own, so the summary of the case is used for it.
    """
    words = point.text or (page.summary if point.position == 1 else "")
    found = f"so far: {findings_in_words(point)}" if point.findings else ""
    said = " · ".join(filter(None, (one_line(words, MOST_OF_A_POINT), about(point), found)))
    return said or "no words, team or category yet: the case's page says what it is about"


def _follow_up(profile: Profile) -> tuple[FormField, ...]:
    """Returns fields for one learning, one action and one redress; more are recorded by other steps."""
    vocabulary = profile.vocabulary
    return (
        FormField("learning_area", "Area", Entry.OPEN, vocabulary=vocabulary.learning_areas, shown=_learned),
        FormField("learning", "Learned", Entry.WORDS, required=True, lines=2, shown=_learned),
        FormField("action", "Action", Entry.LINE, help="what will be done about it"),
        FormField("action_owner", "Who does it", Entry.NAME, shown=lambda words: bool(words["action"])),
        FormField("action_due_on", "By", Entry.DATE, future=True, shown=lambda words: bool(words["action"])),
        FormField("remedy", "Redress", Entry.OPEN, vocabulary=vocabulary.remedies, help="what puts it right"),
        FormField("remedy_amount", "Amount, £", Entry.LINE, shown=lambda words: bool(words["remedy"])),
        FormField("remedy_due_on", "By", Entry.DATE, future=True, shown=lambda words: bool(words["remedy"])),
    )


def _learned(words: Mapping[str, str]) -> bool:
    return words["learning_said"] == LearningSaid.RECORDED
