"""The forms of the people in a case: their parts, authority, a death, one person in two cases, limits on contact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from feedback_tui.casework.authority import record_authority
from feedback_tui.casework.linked_people import limit_contact, mark_apart, mark_same
from feedback_tui.casework.people import add_person, correct_person, record_death
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.people import PersonView
from feedback_tui.enums import Authority, Part, Persistence, Role
from feedback_tui.models.inputs import people as people_steps
from feedback_tui.models.inputs import stages
from feedback_tui.rules.lifecycle.ask import NO, YES, Entry
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.steps.step_form import StepForm, day_field, needed_day
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField

SHOWS = {"position": "who"}
NOT_YET, ENDED = "not known yet", "ended"
Words = Mapping[str, str]
_JUDGED = (Authority.CUSTOMER_HAS_DIED, Authority.LACKS_CAPACITY)


def labels(people: Iterable[PersonView]) -> dict[str, int]:
    """How a list has each person, and their number on the case."""
    return {one_line(f"{each.position} {each.called} ({each.part})", 60): each.position for each in people}


def who_field(people: Mapping[str, int], label: str = "Who") -> FormField:
    """Which person is meant; the first unless another is chosen."""
    return FormField(
        "who", label, Entry.CLOSED, next(iter(people), ""), required=True, vocabulary=tuple(people),
        help="↓ lists the people of this case",
    )  # fmt: skip


def typed_day(day: date | None) -> str:
    """A date as a form has it filled in."""
    return f"{day:%d/%m/%Y}" if day else ""


def _of_the_case(page: CasePage) -> dict[str, int]:
    """Everyone, those who wrote first."""
    return labels(sorted(page.people, key=lambda each: (each.ended_on is not None, each.part is Part.CUSTOMER)))


def _named(page: CasePage, wanted: Callable[[PersonView], bool]) -> dict[str, int]:
    return labels(each for each in page.people if each.name and wanted(each))


def _details(
    profile: Profile, person: PersonView | None, suffix: str, shown: Callable[[Words], bool], *, new: bool
) -> tuple[FormField, ...]:
    """The fields of who someone is; those of one that stands there, filled in."""

    def was(name: str) -> str:
        return str(getattr(person, name) or "") if person is not None else ""

    def field(
        name: str, label: str, entry: Entry = Entry.LINE, vocabulary: Iterable[str] = (), help: str = ""
    ) -> FormField:
        return FormField(
            name + suffix, label, entry, was(name), vocabulary=tuple(vocabulary), help=help, shown=shown, lines=2
        )

    return (
        field("name", "Name", Entry.NAME, help="nobody's: they are anonymous" if new else ""),
        field("role", "Who they are", Entry.CLOSED, Role, "family, carer, MP, health colleague … ↓ lists them"),
        field("relationship", "To the customer", help="daughter, executor, neighbour"),
        field("contact", "Contact", Entry.WORDS, help="telephone, email or address"),
        field("preferred_contact", "Would rather be", Entry.OPEN, profile.vocabulary.channels, "reached by"),
        field("safe_contact", "Safe contact", help="when, where, what not to say"),
        field("interpreter", "Interpreter", help="British Sign Language, Polish"),
        field("adjustments", "Adjustments", help="large print, calls in the afternoon"),
        field("may_be_told", "May be told", help="everything; only about the visits; nothing about health"),
    )


def _read_details(filled: Filled, suffix: str = "") -> dict[str, object]:
    def text(name: str) -> str:
        return filled.text(name + suffix)

    return {
        "name": one_line(text("name")),
        "role": Role(text("role")) if text("role") else None,
        **{name: text(name) for name in ("contact", "preferred_contact", "safe_contact", "adjustments", "may_be_told")},
        **{name: one_line(text(name)) for name in ("interpreter", "relationship")},
    }


def add_person_form(page: CasePage, profile: Profile) -> StepForm:
    """Another complainant, a representative, the customer."""
    fields = (
        FormField("part", "Part", Entry.CHOICE, Part.COMPLAINANT, vocabulary=tuple(Part)),
        *_details(profile, None, "", lambda words: True, new=True),
        day_field("Since"),
    )

    def build(filled: Filled) -> stages.Input:
        given = {"on": needed_day(filled, "on"), "part": Part(filled.text("part")), **_read_details(filled)}
        return people_steps.NewPerson.model_validate(given)

    return StepForm(fields, build, add_person, {})


def correct_person_form(page: CasePage, profile: Profile) -> StepForm:
    """What stands there of a person, filled in, to be put right."""
    people = _of_the_case(page)
    fields = [who_field(people)]
    for label, position in people.items():
        person = next(each for each in page.people if each.position == position)
        shown = _chosen("who", label)
        fields += _details(profile, person, f"_{position}", shown, new=False)
        fields.append(
            FormField(
                f"ended_on_{position}",
                "Left the case",
                Entry.DATE,
                typed_day(person.ended_on),
                shown=shown,
                help="they no longer stand in it: no letters then",
            )
        )

    def build(filled: Filled) -> stages.Input:
        position = people[filled.text("who")]
        given = {
            "on": needed_day(filled, "on"),
            "position": position,
            "ended_on": filled.day(f"ended_on_{position}"),
            "reason": filled.text("reason"),
            **_read_details(filled, f"_{position}"),
        }
        return people_steps.PersonCorrection.model_validate(given)

    fields += [FormField("reason", "Why", Entry.LINE), day_field("On")]
    return StepForm(tuple(fields), build, correct_person, SHOWS)


def authority_form(page: CasePage, profile: Profile) -> StepForm:
    """By which right someone complains: consent asked for, chased or received, or another basis."""
    people = labels(each for each in page.people if each.part is not Part.CUSTOMER and each.ended_on is None)
    first = next((each for each in page.people if each.position == next(iter(people.values()), 0)), None)
    asked = first is not None and first.authority is Authority.CONSENT_REQUESTED
    usual = Authority.CONSENT_RECEIVED if asked else Authority.CONSENT_REQUESTED
    if first is not None and first.role is Role.MP:
        usual = Authority.MP_FOR_CONSTITUENT
    elif first is not None and first.role is Role.CUSTOMER:
        usual = Authority.OWN_COMPLAINT
    days = profile.usual.consent_days
    fields = (
        who_field(people),
        FormField(
            "authority", "Basis", Entry.CLOSED, usual, required=True, vocabulary=tuple(Authority),
            help="consent asked for again is a chase; ↓ lists them",
        ),
        day_field("On"),
        FormField(
            "due_on", "Due back", Entry.DATE, f"+{days}wd" if days and not asked else "", future=True,
            shown=_is("authority", Authority.CONSENT_REQUESTED), help="what the law gives does not wait for it",
        ),
        FormField(
            "suitable", "Suitable", Entry.CHOICE, YES, vocabulary=(YES, NO), shown=_is("authority", *_JUDGED),
            help="acts in the customer's interest (reg 5)",
        ),
        FormField(
            "relationship", "To the customer", Entry.LINE, first.relationship if first else "",
            help="executor, daughter", shown=_is("authority", *_JUDGED),
        ),
        FormField("words", "What shows it", Entry.WORDS, lines=2, help="or why it is refused: in writing (reg 5)"),
        FormField("may_be_told", "May be told", Entry.LINE, first.may_be_told if first and len(people) == 1 else ""),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        suitable = filled.text("suitable")
        return people_steps.AuthorityInput(
            on=needed_day(filled, "on"),
            position=people[filled.text("who")],
            authority=Authority(filled.text("authority")),
            due_on=filled.day("due_on"),
            words=filled.text("words"),
            relationship=one_line(filled.text("relationship")),
            may_be_told=filled.text("may_be_told"),
            suitable=suitable == YES if suitable else None,
        )

    return StepForm(fields, build, record_authority, SHOWS)


def death_form(page: CasePage, profile: Profile) -> StepForm:
    """Who has died, and who carries it on."""
    people = _named(page, lambda each: each.died_on is None)
    others = {NOT_YET: 0, **labels(each for each in page.people if each.ended_on is None and each.died_on is None)}
    fields = (
        who_field(people),
        day_field("Died on"),
        FormField(
            "carried_on_by", "Carried on by", Entry.CLOSED, NOT_YET, required=True, vocabulary=tuple(others),
            help="then record their authority: relationship, executor, suitable or not",
        ),
        FormField("words", "Note", Entry.WORDS, lines=2),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        return people_steps.Death(
            on=needed_day(filled, "on"),
            position=people[filled.text("who")],
            carried_on_by=others[filled.text("carried_on_by")] or None,
            words=filled.text("words"),
        )

    return StepForm(fields, build, record_death, SHOWS)


def same_person_form(page: CasePage, profile: Profile) -> StepForm:
    """A person of this case and one of another are one."""
    people = _named(page, lambda each: True)
    fields = (
        who_field(people),
        FormField("reference", "Also in", Entry.LINE, required=True, help="the reference of the other case"),
        FormField("other_position", "Number there", Entry.LINE, help="where several stand there under other names"),
        day_field("On"),
    )

    def build(filled: Filled) -> stages.Input:
        given = {
            "on": needed_day(filled, "on"),
            "position": people[filled.text("who")],
            "reference": filled.text("reference"),
            "other_position": filled.text("other_position") or None,
        }
        return people_steps.SamePerson.model_validate(given)

    return StepForm(fields, build, mark_same, SHOWS)


def apart_form(page: CasePage, profile: Profile) -> StepForm:
    """They are two people after all."""
    people = labels(each for each in page.people if each.same_as) or _named(page, lambda each: True)
    fields = (who_field(people), FormField("reason", "Why", Entry.LINE), day_field("On"))

    def build(filled: Filled) -> stages.Input:
        return people_steps.Apart(
            on=needed_day(filled, "on"), position=people[filled.text("who")], reason=filled.text("reason")
        )

    return StepForm(fields, build, mark_apart, SHOWS)


def limits_form(page: CasePage, profile: Profile) -> StepForm:
    """A step against unreasonable persistence, with its review."""
    people = _named(page, lambda each: True)
    fields = (
        who_field(people),
        FormField("step", "Step", Entry.CHOICE, Persistence.WARNING, vocabulary=(*Persistence, ENDED)),
        FormField("reason", "Reason", Entry.WORDS, required=True, lines=2, help="as it is told to them in writing"),
        day_field("From"),
        FormField(
            "review_on", "Look again", Entry.DATE, future=True, help="no limit stands without a review",
            shown=lambda words: words["step"] != ENDED,
        ),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        step = filled.text("step")
        return people_steps.Limits(
            on=needed_day(filled, "on"),
            position=people[filled.text("who")],
            step=None if step == ENDED else Persistence(step),
            reason=filled.text("reason"),
            review_on=filled.day("review_on"),
        )

    return StepForm(fields, build, limit_contact, SHOWS)


def _chosen(name: str, label: str) -> Callable[[Words], bool]:
    return lambda words: words[name] == label


def _is(name: str, *wanted: str) -> Callable[[Words], bool]:
    return lambda words: words[name].strip().casefold() in {word.casefold() for word in wanted}
