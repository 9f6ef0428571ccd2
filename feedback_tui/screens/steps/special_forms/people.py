"""The forms for people in a case: which people can be chosen, and their current details."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from feedback_tui.desk.case.owed import owes_grounds
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.people import PersonView
from feedback_tui.enums import Authority, Part, Persistence, Role
from feedback_tui.models.inputs.people import PersonDetails
from feedback_tui.models.inputs.stages import Input
from feedback_tui.rules.lifecycle.ask import NO
from feedback_tui.rules.lifecycle.people import ENDED, NOT_YET
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.declared_form import as_typed, number_in
from feedback_tui.screens.steps.step_form import StepForm, changed, offering
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled

CONSENT_REQUEST = "consent-request"
"""The letter that asks for consent; the one of the step itself is the refusal of a representative."""
DETAILS = (*PersonDetails.model_fields, "ended_on")
"""The fields of a correction that are made once for each person."""


def correct_person_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers each person with current details; shows the fields of the chosen person."""
    form = offering(form, "position", _those_who_wrote_first(page))
    own = [field for field in form.fields if field.name in DETAILS]
    who, *others = (field for field in form.fields if field.name not in DETAILS)
    filled_in = [
        replace(
            field,
            name=f"{field.name}_{person.position}",
            default=as_typed(getattr(person, field.name)),
            shown=_chosen(_label(person)),
        )
        for person in page.people
        for field in own
    ]

    def build(filled: Filled) -> Input:
        number = number_in(filled.text("position"))
        right = {name: filled.values.get(f"{name}_{number}") for name in DETAILS}
        return form.build(replace(filled, values={**filled.values, **right}))

    return replace(form, fields=(who, *filled_in, *others), build=build)


def authority_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the people who complain; proposes the likely authority of the first, and the day consent is due."""
    those = [each for each in page.people if each.part is not Part.CUSTOMER and each.ended_on is None]
    first = next(iter(those), None)
    asked = first is not None and first.authority is Authority.CONSENT_REQUESTED
    usual = Authority.CONSENT_RECEIVED if asked else Authority.CONSENT_REQUESTED
    if first is not None and first.authority is not None and owes_grounds(first):
        usual = first.authority
    elif first is not None and first.role is Role.MP:
        usual = Authority.MP_FOR_CONSTITUENT
    elif first is not None and first.role is Role.COUNCILLOR:
        usual = Authority.COUNCILLOR_FOR_CONSTITUENT
    elif first is not None and first.role is Role.CUSTOMER:
        usual = Authority.OWN_COMPLAINT
    days = profile.usual.consent_days
    wanted = form.letter

    def letter(filled: Filled) -> str:
        if filled.text("authority") == Authority.CONSENT_REQUESTED:
            return CONSENT_REQUEST if wanted(filled) else ""
        return wanted(filled) if filled.text("suitable") == NO else ""

    return changed(
        offering(replace(form, letter=letter), "position", _labels(those)),
        authority={"default": usual},
        due_on={"default": f"+{days}wd" if days and not asked else ""},
        relationship={"default": first.relationship if first else ""},
        may_be_told={"default": first.may_be_told if first and len(those) == 1 else ""},
    )


def death_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the people not known to have died; another person in the case can carry it on."""
    living = [each for each in page.people if each.died_on is None]
    others = _labels(each for each in living if each.ended_on is None)
    form = offering(form, "position", _labels(each for each in living if each.name))
    return offering(form, "carried_on_by", (NOT_YET, *others))


def same_person_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the people who have a name."""
    return offering(form, "position", _named(page))


def apart_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the people who are marked as the same as another."""
    return offering(form, "position", _labels(each for each in page.people if each.same_as) or _named(page))


def limits_form(form: StepForm, page: CasePage, profile: Profile) -> StepForm:
    """Offers the people who have a name; ending the limits is the last choice."""
    return changed(offering(form, "position", _named(page)), step={"vocabulary": (*Persistence, ENDED)})


def _label(person: PersonView) -> str:
    """Returns a person as a list shows them."""
    return one_line(f"{person.position} {person.called} ({person.part})", 60)


def _labels(people: Iterable[PersonView]) -> list[str]:
    """Returns people as a list shows them."""
    return [_label(each) for each in people]


def _those_who_wrote_first(page: CasePage) -> list[str]:
    return _labels(sorted(page.people, key=lambda each: (each.ended_on is not None, each.part is Part.CUSTOMER)))


def _named(page: CasePage) -> list[str]:
    return _labels(each for each in page.people if each.name)


def _chosen(label: str) -> Callable[[Mapping[str, str]], bool]:
    """Returns the test that the person with this label is chosen."""
    return lambda words: words["position"] == label
