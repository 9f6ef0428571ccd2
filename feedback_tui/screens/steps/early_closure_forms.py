"""The forms of what a case is, who may open it, and the ways out of it before it is investigated."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from feedback_tui.casework.correct import change_points, correct, joint_handling
from feedback_tui.casework.early_closure import change_kind, decline, join, pass_on, settle_on_the_spot
from feedback_tui.casework.log import late_by_twelve_months
from feedback_tui.casework.restrict import attach, restrict
from feedback_tui.desk.case.page import CasePage, PointView
from feedback_tui.enums import ClosingReason, Kind, NotAccepted
from feedback_tui.models.inputs import early_closure, stages
from feedback_tui.rules.lifecycle.ask import NO, YES, Entry
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.people_forms import typed_day
from feedback_tui.screens.steps.step_form import StepForm, category_words, day_field, needed_day, split_category
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField

NOT_SETTLED, NEW = "later", "a new point"
Words = Mapping[str, str]
_REASON = FormField("reason", "Reason", Entry.WORDS, required=True, lines=2)


def correct_form(page: CasePage, profile: Profile) -> StepForm:
    """The words and facts as they stand, to be put right."""
    vocabulary = profile.vocabulary
    point = page.points[0] if len(page.points) == 1 else None
    of_point = (
        FormField("team", "Team", Entry.OPEN, (point.team if point else "") or "", vocabulary=vocabulary.teams),
        FormField("theme", "Theme", Entry.OPEN, (point.theme if point else "") or "", vocabulary=vocabulary.themes),
    )
    of_compliment = (
        FormField(
            "compliment_source", "Where recorded", Entry.OPEN, page.compliment_source or "",
            vocabulary=vocabulary.compliment_sources,
        ),
        FormField("recipient_role", "Role praised", Entry.LINE, page.recipient_role or ""),
    )  # fmt: skip
    fields = (
        FormField("description", "What they say", Entry.WORDS, page.description, lines=4),
        FormField("summary", "In short", Entry.LINE, page.summary, help="what lists show; empty: the first words"),
        FormField("wanted", "They want", Entry.WORDS, page.wanted, lines=2),
        FormField("channel", "Channel", Entry.OPEN, page.channel or "", vocabulary=vocabulary.channels),
        *(of_point if point is not None else ()),
        FormField("happened_on", "It happened on", Entry.DATE, typed_day(page.happened_on)),
        FormField(
            "late_reason", "Why taken late", Entry.LINE, page.late_reason,
            help="where it happened more than 12 months before the receipt",
            shown=lambda words: page.kind is Kind.COMPLAINT and bool(words["happened_on"].strip()),
        ),
        *(of_compliment if page.kind is Kind.COMPLIMENT else ()),
        FormField("system_reference", "System reference", Entry.LINE, page.system_reference or ""),
        FormField("safeguarding_on", "Safeguarding from", Entry.DATE, typed_day(page.safeguarding_on)),
        FormField(
            "reason", "Reason", Entry.LINE, required=True, help="how it is known: before and after stay on record"
        ),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        given = {name: one_line(filled.text(name)) for name in ("summary", "channel", "system_reference")}
        given |= {name: filled.text(name) for name in ("description", "wanted", "reason")}
        if point is not None:
            given |= {name: filled.text(name) for name in ("team", "theme")}
        if page.kind is Kind.COMPLIMENT:
            given |= {name: filled.text(name) for name in ("compliment_source", "recipient_role")}
        if filled.day("happened_on") is not None:
            given["late_reason"] = filled.text("late_reason")
        days = {day: filled.day(day) for day in early_closure.DayOfCase}
        emptied = [day for day, found in days.items() if found is None and getattr(page, day) is not None]
        return early_closure.CaseCorrection.model_validate({**given, **days, "not_known": emptied})

    return StepForm(fields, build, correct, {})


def points_form(page: CasePage, profile: Profile) -> StepForm:
    """One point that is added, changed, or taken out."""
    points = {one_line(f"{point.position} {_about(point)}", 60): point for point in page.points}
    choices = (NEW, *points)
    fields = [
        FormField("which", "Which", Entry.CLOSED, NEW, required=True, vocabulary=choices, help="↓ lists them"),
        FormField(
            "remove",
            "Take it out",
            Entry.CHOICE,
            NO,
            vocabulary=(NO, YES),
            shown=lambda words: words["which"] in points,
        ),
        *_of_a_point(profile, None, lambda words: words["which"] == NEW),
    ]
    for label, point in points.items():
        fields += _of_a_point(profile, point, _changed(label))
    fields += [FormField("reason", "Why", Entry.LINE), day_field("On")]

    def build(filled: Filled) -> stages.Input:
        chosen = points.get(filled.text("which"))
        position = chosen.position if chosen else None
        suffix = f"_{position or 0}"
        category, subcategory = split_category(filled.text("category" + suffix))
        names = ("text", "team", "provider", "theme")
        point = {name: filled.text(name + suffix) for name in names}
        return early_closure.PointChange(
            on=needed_day(filled, "on"),
            position=position,
            remove=filled.text("remove") == YES,
            point=stages.PointInput(**point, category=category, subcategory=subcategory),
            reason=filled.text("reason"),
        )

    return StepForm(tuple(fields), build, change_points, {"position": "which", "text": "text_0"})


def _of_a_point(profile: Profile, point: PointView | None, shown: Callable[[Words], bool]) -> tuple[FormField, ...]:
    vocabulary, suffix = profile.vocabulary, f"_{point.position if point else 0}"
    category = " > ".join(filter(None, (point.category, point.subcategory))) if point else ""

    def open_word(name: str, label: str, offered: tuple[str, ...], was: str | None) -> FormField:
        return FormField(name + suffix, label, Entry.OPEN, was or "", vocabulary=offered, shown=shown)

    return (
        FormField("text" + suffix, "The point", Entry.WORDS, point.text if point else "", lines=2, shown=shown),
        open_word("team", "Team", vocabulary.teams, point.team if point else ""),
        open_word("provider", "Provider", vocabulary.providers, point.provider if point else ""),
        open_word("category", "Category", tuple(category_words(profile)), category),
        open_word("theme", "Theme", vocabulary.themes, point.theme if point else ""),
    )


def _changed(label: str) -> Callable[[Words], bool]:
    return lambda words: words["which"] == label and words["remove"] != YES


def _about(point: PointView) -> str:
    return " · ".join(filter(None, (point.team, point.category, point.theme, point.text))) or "not recorded"


def change_kind_form(page: CasePage, profile: Profile) -> StepForm:
    """What it is after all; a complaint is received on the day that it came in."""
    kinds = tuple(kind for kind in Kind if kind is not page.kind)
    procedures = [procedure for procedure in profile.procedures if Kind.COMPLAINT in procedure.kinds]
    asked = {procedure.key for procedure in procedures if not procedure.adult_social_care}

    def is_complaint(words: Words) -> bool:
        return words["kind"] == Kind.COMPLAINT

    fields = (
        FormField("kind", "It is a", Entry.CHOICE, kinds[0], vocabulary=kinds),
        FormField(
            "procedure", "Procedure", Entry.CHOICE, profile.usual.procedure,
            vocabulary=(*(procedure.key for procedure in procedures), NOT_SETTLED), shown=is_complaint,
        ),
        FormField(
            "adult_social_care", "Social care", Entry.CHOICE, NO, vocabulary=(NO, YES),
            help="is any part of it about adult social care?",
            shown=lambda words: is_complaint(words) and words["procedure"] in asked,
        ),
        FormField("happened_on", "It happened on", Entry.DATE, typed_day(page.happened_on), shown=is_complaint),
        FormField(
            "late_reason", "Why taken late", Entry.LINE, page.late_reason, shown=is_complaint,
            help="where it happened more than 12 months before the receipt",
        ),
        FormField("reason", "Reason", Entry.WORDS, required=True, lines=2),
        day_field("On"),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        procedure = filled.text("procedure")
        return early_closure.KindChange(
            on=needed_day(filled, "on"),
            kind=Kind(filled.text("kind")),
            reason=filled.text("reason"),
            procedure=procedure if procedure and procedure != NOT_SETTLED else None,
            adult_social_care=filled.text("adult_social_care") == YES if procedure in asked else None,
            happened_on=filled.day("happened_on"),
            late_reason=filled.text("late_reason"),
        )

    return StepForm(fields, build, change_kind, {})


def settle_form(page: CasePage, profile: Profile) -> StepForm:
    """Put right on the spot: both conditions are asked."""
    fields = (
        day_field("Settled on"),
        FormField("oral", "Raised orally", Entry.CHOICE, NO, vocabulary=(NO, YES)),
        FormField(
            "satisfied", "Now satisfied", Entry.CHOICE, NO, vocabulary=(NO, YES),
            help="by the end of the next working day; else it stays a complaint (reg 8)",
        ),
        FormField("words", "What was done", Entry.WORDS, lines=2),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        return early_closure.Settlement(
            on=needed_day(filled, "on"),
            oral=filled.text("oral") == YES,
            satisfied=filled.text("satisfied") == YES,
            words=filled.text("words"),
        )

    return StepForm(fields, build, settle_on_the_spot, {})


def decline_form(page: CasePage, profile: Profile) -> StepForm:
    """Why it is not accepted, and when they were told."""
    rights = {why.value for why in NotAccepted if why.ombudsman_right}
    late = late_by_twelve_months(page.happened_on, page.received_on)
    fields = (
        FormField(
            "why", "Because", Entry.CLOSED, NotAccepted.OUT_OF_TIME if late else "", required=True,
            vocabulary=tuple(NotAccepted), help="↓ lists the reasons",
        ),
        FormField("words", "In writing", Entry.WORDS, required=True, lines=3, help="the reason, as they are told it"),
        FormField("told_on", "Told on", Entry.DATE, "today", required=True),
        FormField(
            "ombudsman_told", "Ombudsman told of", Entry.CHOICE, NO, vocabulary=(NO, YES),
            help="that they may go to the Ombudsman about this", shown=lambda words: words["why"] in rights,
        ),
        day_field("Closed on"),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        return early_closure.Declining(
            on=needed_day(filled, "on"),
            why=NotAccepted(filled.text("why")),
            words=filled.text("words"),
            told_on=filled.day("told_on"),
            ombudsman_told=filled.text("ombudsman_told") == YES,
        )

    return StepForm(fields, build, decline, {})


def pass_on_form(page: CasePage, profile: Profile) -> StepForm:
    """To whom it is signposted or transferred."""
    ways = (ClosingReason.SIGNPOSTED, ClosingReason.TRANSFERRED)
    fields = (
        FormField("how", "It is", Entry.CHOICE, ways[0], vocabulary=ways),
        FormField(
            "to", "To whom", Entry.OPEN, required=True, vocabulary=profile.vocabulary.providers,
            help="care that people arrange themselves: the provider, then the Ombudsman",
        ),
        FormField("told_on", "Told on", Entry.DATE, "today", required=True),
        FormField("words", "Note", Entry.WORDS, lines=2),
        day_field("Closed on"),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        return early_closure.PassingOn(
            on=needed_day(filled, "on"),
            how=ClosingReason(filled.text("how")),
            to=filled.text("to"),
            told_on=filled.day("told_on"),
            words=filled.text("words"),
        )

    return StepForm(fields, build, pass_on, {})


def join_form(page: CasePage, profile: Profile) -> StepForm:
    """The case that goes on."""
    fields = (
        FormField("reference", "Goes on as", Entry.LINE, required=True, help="the reference of the other case"),
        FormField("reason", "Why", Entry.LINE),
        day_field("Closed on"),
    )

    def build(filled: Filled) -> stages.Input:
        return early_closure.Joining(
            on=needed_day(filled, "on"), reference=filled.text("reference"), reason=filled.text("reason")
        )

    return StepForm(fields, build, join, {})


def joint_form(page: CasePage, profile: Profile) -> StepForm:
    """With which bodies, who leads, who signs, and the consent to share."""
    fields = (
        FormField(
            "bodies", "With", Entry.LINE, _spaced(page.joint_with),
            help="NHS trust or board, several separated by “;”; empty: alone again",
        ),
        FormField("lead", "Who leads", Entry.LINE, page.joint_lead or "the council", help="and sends the response"),
        FormField("signatory", "Who signs", Entry.LINE, page.joint_signatory or ""),
        FormField(
            "consent_on", "Agreed to sharing", Entry.DATE, typed_day(page.sharing_consent_on),
            help="the complainant, before anything is shared (reg 9)",
        ),
        FormField("reason", "Note", Entry.WORDS, lines=2),
        day_field("On"),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        return early_closure.JointHandling(
            on=needed_day(filled, "on"),
            bodies=split_names(filled.text("bodies")),
            lead=one_line(filled.text("lead")),
            signatory=one_line(filled.text("signatory")),
            consent_on=filled.day("consent_on"),
            reason=filled.text("reason"),
        )

    return StepForm(fields, build, joint_handling, {})


def restrict_form(page: CasePage, profile: Profile) -> StepForm:
    """Who alone may open it."""
    fields = (
        FormField(
            "officers", "Only for", Entry.LINE, "; ".join(page.for_officers) or page.officer,
            help="officers, separated by “;”; empty: everyone again",
        ),
        _REASON,
        day_field("From"),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        return early_closure.Restriction(
            on=needed_day(filled, "on"), officers=split_names(filled.text("officers")), reason=filled.text("reason")
        )

    return StepForm(fields, build, restrict, {})


def attach_form(page: CasePage, profile: Profile) -> StepForm:
    """A document that stands elsewhere."""
    fields = (
        FormField("what", "What it is", Entry.LINE, required=True, help="the letter of complaint, the care plan"),
        FormField(
            "place", "Where it stands", Entry.LINE, required=True, help="its path or number: no file is taken in"
        ),
        day_field("Noted on"),
    )

    def build(filled: Filled) -> stages.Input:
        return early_closure.Document(
            on=needed_day(filled, "on"), what=one_line(filled.text("what")), place=one_line(filled.text("place"))
        )

    return StepForm(fields, build, attach, {})


def split_names(words: str) -> tuple[str, ...]:
    """The names in a line, separated by “;”, each once."""
    return tuple(dict.fromkeys(name.strip() for name in words.split(";") if name.strip()))


def _spaced(names: str | None) -> str:
    return "; ".join((names or "").split(";")) if names else ""
