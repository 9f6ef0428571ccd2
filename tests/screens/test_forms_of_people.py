"""The forms of the people in a case and of what it is: as filled in they make what the verb takes, and it is taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from feedback_tui.casework.log import log
from feedback_tui.casework.people import add_person
from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import Authority, DeadlineKind, Kind, Role, StepKey
from feedback_tui.models.inputs.people import NewPerson
from feedback_tui.models.inputs.stages import PointInput
from feedback_tui.rules.dates import NotADate, typed_date
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.screens.steps.intake_form import intake_fields, new_case
from feedback_tui.screens.steps.step_form import StepForm
from feedback_tui.screens.steps.step_forms import step_form
from feedback_tui.storage.register import Register
from feedback_tui.widgets.form import Filled, FormField
from tests.casework.cases import Casework
from tests.conftest import actor_on

K = StepKey
NOW = date(2024, 3, 5)
OTHER = "OTHER-1"


def filled_in(form: StepForm, register: Register, typed: dict[str, str]) -> Filled:
    """The form as it is read with these words typed into it, the rest as it was filled in."""
    words = {field.name: typed.get(field.name, _begins_with(field)) for field in form.fields}
    assert typed.keys() <= words.keys()
    values: dict[str, str | date | None] = {}
    for field in form.fields:
        if field.shown(words):
            values[field.name] = _read(field, words[field.name], register)
            assert values[field.name] or not field.required, f"{field.name} is needed"
    return Filled(values, {})


def _begins_with(field: FormField) -> str:
    if field.entry is Entry.CHOICE and field.default not in field.vocabulary:
        return field.vocabulary[0]
    return field.default


def _read(field: FormField, words: str, register: Register) -> str | date | None:
    if field.entry is not Entry.DATE:
        if field.entry in (Entry.CLOSED, Entry.CHOICE) and words:
            assert words in field.vocabulary, f"{words} is not offered by {field.name}"
        return words
    try:
        return typed_date(words, NOW, register.calendar, future=field.future) if words else None
    except NotADate:
        pytest.fail(f"{field.name} is filled in with {words}")


def people(page: CasePage) -> list[tuple[str, str | None]]:
    return [(person.name, person.relationship or None) for person in page.people]


DAUGHTER = "2 Bea Lee (complainant)"
TAKEN: dict[StepKey, tuple[dict[str, str], Callable[[CasePage], bool]]] = {
    K.ADD_PERSON: (
        {"name": "Cy Lee", "role": "carer", "safe_contact": "By text"},
        lambda page: page.people[2].safe_contact == "By text",
    ),
    K.CORRECT_PERSON: (
        {"name_2": "Bea Leigh", "interpreter_2": "Polish"},
        lambda page: people(page) == [("Ann Lee", None), ("Bea Leigh", "daughter")],
    ),
    K.AUTHORITY: (
        {"due_on": "+10wd"},
        lambda page: page.people[1].authority is Authority.CONSENT_REQUESTED,
    ),
    K.DEATH: (
        {"position": "1 Ann Lee (customer)", "carried_on_by": DAUGHTER},
        lambda page: page.people[0].died_on == NOW,
    ),
    K.SAME_PERSON: ({"reference": OTHER}, lambda page: page.people[0].same_as == (OTHER,)),
    K.PERSISTENCE: (
        {"reason": "Forty calls", "review_on": "+6m"},
        lambda page: page.people[0].persistence == "warning",
    ),
    K.CORRECT: ({"description": "Late", "reason": "Read again"}, lambda page: page.summary == "Late"),
    K.POINTS: ({"text_0": "The bill", "team_0": "Finance"}, lambda page: page.points[1].text == "The bill"),
    K.CHANGE_KIND: ({"kind": "enquiry", "reason": "An MP asked"}, lambda page: page.kind is Kind.ENQUIRY),
    K.JOINT: ({"bodies": "NHS Trust; Board"}, lambda page: page.joint_with == "NHS Trust;Board"),
    K.RESTRICT: (
        {"officers": "Sam Reed; Kim Ode", "reason": "An aunt"},
        lambda page: page.for_officers == ("Sam Reed", "Kim Ode"),
    ),
    K.ATTACH: ({"what": "A letter", "place": "DMS 1"}, lambda page: page.documents[0].place == "DMS 1"),
    K.SETTLE: ({"oral": "yes", "satisfied": "yes"}, lambda page: page.kind is Kind.CONCERN),
    K.DECLINE: (
        {"why": "no authority", "words": "No form came", "ombudsman_told": "yes"},
        lambda page: page.closing_reason == "no authority",
    ),
    K.PASS_ON: ({"to": "The hospital"}, lambda page: page.passed_on_to == "The hospital"),
    K.JOIN: ({"other": OTHER}, lambda page: page.goes_on_as == OTHER),
}


@pytest.fixture
def case(shropshire: Register) -> Casework:
    """A complaint with Ann Lee and her daughter; another case of Ann Lee stands beside it."""
    Casework(shropshire).log(customer_name="Ann Lee", reference=OTHER)
    case = Casework(shropshire).log(
        customer_name="Ann Lee", channel="telephone", description="Late again", points=(PointInput(team="A"),)
    )
    daughter = NewPerson(on=NOW, name="Bea Lee", role=Role.FAMILY, relationship="daughter")
    add_person(case.actor(NOW), case.reference, daughter)
    shropshire.reader = case.officer
    return case


@pytest.mark.parametrize("key", TAKEN, ids=str)
def test_a_form_as_it_is_filled_in_is_taken(case: Casework, key: StepKey) -> None:
    typed, holds = TAKEN[key]
    page = case.page(NOW)
    form = step_form(key, page, case.register.profile)
    given = form.build(filled_in(form, case.register, typed))
    form.verb(actor_on(case.register, NOW), case.reference, given, page.version)
    assert holds(case.page(NOW))


@pytest.mark.parametrize(
    ("typed", "authority", "owed"),
    [
        ({}, None, []),
        (
            {
                "correspondent_role": "family", "correspondent_name": "Bea Lee", "relationship": "daughter",
                "authority": "consent requested", "consent_due_on": "+10wd",
            },
            Authority.CONSENT_REQUESTED,
            [date(2024, 3, 19)],
        ),
        ({"correspondent_role": "MP", "correspondent_name": "Dee Roe"}, Authority.MP_FOR_CONSTITUENT, []),
    ],
    ids=["the customer", "a daughter", "an MP"],
)  # fmt: skip
def test_intake_asks_by_which_right_only_of_those_who_write_for_another(
    shropshire: Register, typed: dict[str, str], authority: Authority | None, owed: list[date]
) -> None:
    fields = intake_fields(shropshire.profile, "Sam Reed", NOW, shropshire.calendar)
    form = StepForm(fields, new_case, log, {})
    given = new_case(filled_in(form, shropshire, {"description": "Late", "customer_name": "Ann Lee", **typed}))
    page = Casework(shropshire, log(actor_on(shropshire, NOW), given).reference).page(NOW)
    assert page.people[-1].authority is authority
    assert [due.due_on for due in page.open_deadlines if due.kind is DeadlineKind.CONSENT] == owed


@pytest.mark.parametrize("basis", [Authority.FOR_A_CHILD, Authority.LACKS_CAPACITY])
def test_a_right_that_wants_grounds_is_proposed_until_they_are_written(shropshire: Register, basis: Authority) -> None:
    case = Casework(shropshire).log(correspondent_name="Bea Lee", correspondent_role=Role.FAMILY, authority=basis)
    form = step_form(K.AUTHORITY, case.page(NOW), shropshire.profile)
    given = form.build(filled_in(form, shropshire, {"words": "Her mother, in her interest"}))
    form.verb(actor_on(shropshire, NOW), case.reference, given)
    person = case.page(NOW).people[-1]
    assert (person.authority, person.authority_words) == (basis, "Her mother, in her interest")
    again = step_form(K.AUTHORITY, case.page(NOW), shropshire.profile)
    assert next(field.default for field in again.fields if field.name == "authority") == Authority.CONSENT_REQUESTED


def test_a_mark_is_taken_back_by_the_form(case: Casework) -> None:
    for key, typed in ((K.SAME_PERSON, {"reference": OTHER}), (K.APART, {})):
        page = case.page(NOW)
        form = step_form(key, page, case.register.profile)
        form.verb(actor_on(case.register, NOW), case.reference, form.build(filled_in(form, case.register, typed)))
    assert case.page(NOW).people[0].same_as == ()
