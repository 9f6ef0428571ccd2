"""The forms for corrections, points, kind, joint handling, restriction and declining, where they depend on the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from feedback_tui.casework.log import is_late
from feedback_tui.desk.case.page import CasePage, PointView
from feedback_tui.enums import DayOfCase, Kind, NotAccepted
from feedback_tui.models.inputs.stages import Input, PointInput
from feedback_tui.rules.lifecycle.ask import NO, YES, Entry
from feedback_tui.rules.lifecycle.corrections import NEW_POINT, NOT_SETTLED
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.refusal_grounds import RULES, grounds_under, laws_of, needs_way_on
from feedback_tui.screens.steps.declared_form import number_in, split_names
from feedback_tui.screens.steps.step_form import StepForm, category_words, changed, split_category
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField

Words = Mapping[str, str]


def correct_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers team and theme if the case has one point; a recorded day that is emptied becomes unknown."""
    point = page.points[0] if len(page.points) == 1 else None

    def build(filled: Filled) -> Input:
        emptied = [day for day in DayOfCase if filled.day(day) is None and getattr(page, day) is not None]
        return form.build(filled).model_copy(update={"not_known": tuple(emptied)})

    return replace(
        changed(
            form,
            team={"default": point.team or ""} if point else None,
            theme={"default": point.theme or ""} if point else None,
        ),
        build=build,
    )


def points_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers each point with its values, to change, or a new one; shows the fields of the chosen point."""
    points = {one_line(f"{point.position} {_about(point)}", 60): point for point in page.points}
    form = changed(
        form, position={"vocabulary": (NEW_POINT, *points)}, remove={"shown": lambda words: words["position"] in points}
    )
    which, remove, *after = form.fields
    of_points = _of_a_point(profile, None, lambda words: words["position"] == NEW_POINT)
    for label, point in points.items():
        of_points += _of_a_point(profile, point, _changed(label))

    def build(filled: Filled) -> Input:
        suffix = f"_{number_in(filled.text('position')) or 0}"
        category, subcategory = split_category(filled.text("category" + suffix))
        typed = {name: filled.text(name + suffix) for name in ("text", "team", "provider", "theme")}
        point = PointInput(**typed, category=category, subcategory=subcategory)
        return form.build(filled).model_copy(update={"point": point})

    return replace(form, fields=(which, remove, *of_points, *after), build=build)


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
    return lambda words: words["position"] == label and words["remove"] != YES


def _about(point: PointView) -> str:
    return " · ".join(filter(None, (point.team, point.category, point.theme, point.text))) or "not recorded"


def change_kind_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the other kinds; asks about social care if a complaint's procedure needs it."""
    kinds = tuple(kind for kind in Kind if kind is not page.kind)
    procedures = [procedure for procedure in profile.procedures if Kind.COMPLAINT in procedure.kinds]
    asked = {procedure.key for procedure in procedures if not procedure.adult_social_care}
    return changed(
        form,
        kind={"default": kinds[0], "vocabulary": kinds},
        procedure={
            "default": profile.usual.procedure,
            "vocabulary": (*(procedure.key for procedure in procedures), NOT_SETTLED),
        },
        adult_social_care={
            "shown": lambda words: words["kind"] == Kind.COMPLAINT and words["procedure"] in asked,
        },
    )


def decline_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the grounds of the law that the case is under, and proposes “out of time” if the complaint is late.

    Asks when they were told of the Ombudsman if that law or the chosen ground requires it.
    """
    laws = laws_of(profile, page.procedure, page.procedure_version)
    grounds = {ground.why: ground for ground in grounds_under(laws)}
    late = NotAccepted.OUT_OF_TIME in grounds and is_late(page.happened_on, page.received_on, laws)
    telling = {why.casefold() for why, ground in grounds.items() if needs_way_on(ground, laws)}
    where = page.standing.then.partition(" (")[0]
    source = RULES[laws[0]].source if len(laws) == 1 else "the procedure is not settled: grounds of every law"
    return changed(
        form,
        why={
            "vocabulary": tuple(grounds),
            "help": f"↓ lists the grounds: {source}",
            **({"default": NotAccepted.OUT_OF_TIME} if late else {}),
        },
        ombudsman_told={
            "label": f"{where} told of",
            "help": f"that they may go to the {where} about this",
            "shown": lambda words: words["why"].strip().casefold() in telling,
        },
    )


def joint_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Fills in the bodies involved now, and which one leads."""
    return changed(
        form,
        bodies={"default": "; ".join(split_names(page.joint_with or ""))},
        lead={"default": page.joint_lead or "the council"},
    )


def provider_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Fills in the recorded values; proposes the provider of the points as the one to send details to."""
    named = next((point.provider for point in page.points if point.provider), "") or ""
    answer = {None: "", True: YES, False: NO}[page.provider_agreed]
    return changed(
        form,
        sent_to={"default": page.provider_sent_to or named},
        agreed={"vocabulary": ("", NO, YES), "default": answer},
    )


def restrict_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Fills in the officers who may open the case now; otherwise proposes the case's officer."""
    return changed(form, officers={"default": "; ".join(page.for_officers) or page.officer})
