"""Every field of every step's input is asked for by the step's form, and every field of a form goes into the input.

The forms are filled in for the cases of the story, with words of its own in each field, and any two lists on each of
their words. A field of the input in which such words arrive, or which changes with a list, is asked for. `NOT_ASKED` is
the whole list of exceptions: an entry that is asked for after all fails, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import combinations_with_replacement, product
from typing import Any

from pydantic import ValidationError

from feedback_tui.enums import StepKey
from feedback_tui.models.inputs.people import PersonDetails
from feedback_tui.models.inputs.stages import DaysOffChange, Input
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.rules.lifecycle.lifecycle import LIFE, refusal
from feedback_tui.rules.profile import read_profile
from feedback_tui.rules.working_days import england
from feedback_tui.screens.steps.intake_form import intake_fields, new_case
from feedback_tui.screens.steps.step_forms import step_form
from feedback_tui.widgets.form import Filled, FormField
from tests.guards.inputs import fields_of, input_models, parts_of, values_in
from tests.guards.story import OFFICER, TODAY, story
from tests.profiles import with_children

OWN_WORDS = "a point's own words have a form of their own: points"
LAST = "the last approach is meant"
K = StepKey
NOT_ASKED: dict[tuple[StepKey, str], str] = {
    (K.LOG, "points.text"): OWN_WORDS,
    (K.LOG, "reference"): "the register gives the next one",
    (K.INVESTIGATE, "points.text"): OWN_WORDS,
    (K.ACKNOWLEDGE_REVIEW, "discussion"): "the discussion is offered at stage 1",
    (K.ACKNOWLEDGE_REVIEW, "promised_on"): "the procedure gives the time of a review",
    (K.LETTER, "key"): "the letter is chosen from the list that comes before the form",
    (K.OMBUDSMAN_DRAFT, "record"): LAST,
    (K.COMPLIED, "record"): LAST,
}
NO_CASE = {DaysOffChange: "the days off of a register, no step of a case: test_working_days"}


FULLY, BARELY = range(2)
"""How the fields that are no lists are filled in."""
LETTER = "the letter that is written next"
"""What a field may change beside the input."""


@dataclass(frozen=True)
class Asking:
    """A form as far as it concerns what it asks for."""

    fields: Sequence[FormField]
    build: Callable[[Filled], Input]
    letter: Callable[[Filled], str]


@dataclass(frozen=True)
class Made:
    """A form filled in, and what it made."""

    words: Mapping[str, str | date]
    """The words or day that each free field in view was given."""
    model: type[Input]
    values: Mapping[str, list[Any]]
    """What stands in each field of the input that says more than nothing."""

    def differs_from(self, other: Made) -> set[str]:
        both = self.values.keys() | other.values.keys()
        return {path for path in both if self.values.get(path) != other.values.get(path)}

    def paths_of(self, name: str) -> set[str]:
        """The fields of the input in which the words of a free field stand."""
        words = self.words[name]
        parts = words.split(" > ") if isinstance(words, str) else [str(words)]
        return {path for path, values in self.values.items() if any(str(value) in parts for value in values)}


@dataclass
class Asked:
    """What was seen of a step's forms."""

    models: set[type[Input]] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    """Fields of forms."""
    used: set[str] = field(default_factory=set)
    """Those of them that change something."""
    paths: set[str] = field(default_factory=set)
    """Fields of the input that change with one."""


def forms() -> Iterator[tuple[StepKey, Asking]]:
    """The form for new feedback, and each form that a step has for the cases of the story that allow it."""
    profile = read_profile(with_children("shropshire"))
    yield K.LOG, Asking(intake_fields(profile, OFFICER, TODAY, england()), new_case, lambda filled: "")
    for played in story():
        for step in LIFE:
            if refusal(step.key, played.page.standing) is None:
                form = step_form(step.key, played.page, profile)
                yield step.key, Asking(form.fields, form.build, form.letter)


def _is_choice(field: FormField) -> bool:
    return field.entry in (Entry.CHOICE, Entry.CLOSED)


def _offered(field: FormField) -> list[str]:
    nothing = [] if field.entry is Entry.CHOICE or field.required else [""]
    begin = [field.default] if field.default in field.vocabulary else []
    return list(dict.fromkeys([*begin, *field.vocabulary, *nothing])) or [""]


@cache
def asked() -> dict[StepKey, Asked]:
    """What the forms of each step ask for: case after case, until all of it was seen to be asked for."""
    found: dict[StepKey, Asked] = {}
    shapes: set[tuple[object, ...]] = set()
    for step, form in forms():
        shape = (step, *(each.name for each in form.fields))
        seen = found.setdefault(step, Asked())
        if shape not in shapes or seen.fields - seen.used or _missing(step, seen) - NOT_ASKED.keys():
            shapes.add(shape)
            _look(form, seen)
    return found


def _missing(step: StepKey, seen: Asked) -> set[tuple[StepKey, str]]:
    return {(step, path) for model in seen.models for path in set(fields_of(model)) - seen.paths}


def _look(form: Asking, asked: Asked) -> None:
    """Fills a form in, in every way that matters, and notes what that changes."""
    asked.fields |= {each.name for each in form.fields}
    made: dict[tuple[tuple[tuple[str, str], ...], int], Made] = {}
    for chosen in _choices(form.fields):
        fully, barely = _fill(form, chosen, FULLY), _fill(form, chosen, BARELY)
        made |= {(tuple(chosen.items()), way): one for way, one in ((FULLY, fully), (BARELY, barely)) if one}
        if fully is not None:
            asked.models.add(fully.model)
            asked.paths |= fully.differs_from(barely) if barely is not None else set()
            for name in fully.words:
                if paths := fully.paths_of(name):
                    asked.paths |= paths
                    asked.used.add(name)
    for (choices, way), one in made.items():
        for number, (name, _) in enumerate(choices):
            begins = (*choices[:number], (name, _usual(form.fields, name)), *choices[number + 1 :])
            if (usual := made.get((begins, way))) is not None and (paths := one.differs_from(usual)):
                asked.paths |= paths
                asked.used.add(name)


def _usual(fields: Sequence[FormField], name: str) -> str:
    return next(_offered(each)[0] for each in fields if each.name == name)


def _choices(fields: Sequence[FormField]) -> Iterator[dict[str, str]]:
    """What the lists of a form stand on: as it opens, but for any two of them, which stand on each word they have."""
    lists = {each.name: _offered(each) for each in fields if _is_choice(each)}
    begin = {name: words[0] for name, words in lists.items()}
    yield begin
    for one, other in combinations_with_replacement(lists, 2):
        for words in product(lists[one], lists[other]):
            yield {**begin, one: words[0], other: words[1]}


def _fill(form: Asking, chosen: Mapping[str, str], way: int) -> Made | None:
    """The form with these lists chosen, and the other fields in view filled in; None where that makes no input.

    What is typed are numbers, as a field for an amount takes no other words. Days go back field by field by more than
    a year, so that what is asked for later happened long before. Filled in `BARELY`, the form has no day that is not
    required, and stands otherwise as it opens.
    """
    typed: dict[str, str | date] = {}
    for place, each in enumerate(form.fields):
        code = str(1000 + place)
        if each.name in chosen or (way == BARELY and each.entry is Entry.DATE and not each.required):
            continue
        if each.entry is Entry.DATE:
            typed[each.name] = TODAY - timedelta(days=400 * place)
        elif way == BARELY:
            typed[each.name] = each.default or (code if each.required else "")
        else:
            typed[each.name] = f"{code} > 9{code}" if any(" > " in word for word in each.vocabulary) else code
    words = {name: f"{said:%d/%m/%Y}" if isinstance(said, date) else said for name, said in typed.items()}
    words = {each.name: "" for each in form.fields} | words | dict(chosen)
    shown = [each.name for each in form.fields if each.shown(words)]
    if any(word != _usual(form.fields, name) for name, word in chosen.items() if name not in shown):
        return None  # What nobody sees nobody chooses.
    filled = Filled({name: typed.get(name, chosen.get(name)) for name in shown}, {})
    try:
        given = form.build(filled)
    except ValidationError:
        return None
    values: dict[str, list[Any]] = {LETTER: [form.letter(filled)]}
    for path, value, is_default in values_in(given):
        if not is_default:
            values.setdefault(path, []).append(value)
    return Made({name: typed[name] for name in shown if name in typed}, type(given), values)


def test_every_field_of_an_input_is_asked_for_by_its_form() -> None:
    missing = {each for step, seen in asked().items() for each in _missing(step, seen)}
    assert sorted(missing - NOT_ASKED.keys()) == [], "a field that the form does not ask for"
    assert sorted(NOT_ASKED.keys() - missing) == [], "asked for after all: take it off the list"


def test_every_field_of_a_form_goes_into_the_input() -> None:
    assert {step: lost for step, seen in asked().items() if (lost := sorted(seen.fields - seen.used))} == {}


def test_every_step_has_a_form_that_the_story_opens() -> None:
    assert {step.key for step in LIFE} | {K.LOG} == asked().keys()


def test_every_input_is_what_some_form_makes() -> None:
    reached = {model for seen in asked().values() for model in seen.models}
    reached |= {part for model in reached for part in parts_of(model)}
    assert input_models() - reached - NO_CASE.keys() - {PersonDetails} == set()
