"""The people of a case as commands: added, corrected, their authority, a death, one person in two cases, limits."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from feedback_tui.cli.shared import Format, FormatOption, Reference, date_option, place
from feedback_tui.cli.stages import On, Text
from feedback_tui.cli.step_result import print_result
from feedback_tui.enums import Authority, Part, Persistence, Role

Number = Annotated[int, typer.Argument(min=1, metavar="PERSON", help="Their number on the case, as show has it.")]
RoleOption = Annotated[str, typer.Option(help=", ".join(Role))]
Contact = Annotated[str, typer.Option(help="Telephone, email or address.")]
Preferred = Annotated[str, typer.Option(help="The channel they would rather be reached by.")]
Safe = Annotated[str, typer.Option(help="How they can be reached safely.")]
Interpreter = Annotated[str, typer.Option(help="The language or help they need.")]
Adjustments = Annotated[str, typer.Option(help="Reasonable adjustments.")]
Relationship = Annotated[str, typer.Option(help="To the customer: daughter, executor.")]
MayBeTold = Annotated[str, typer.Option(help="What may be disclosed to them.")]


def add_person(
    context: typer.Context,
    reference: Reference,
    name: Text = "",
    part: Annotated[str, typer.Option(help=", ".join(Part))] = Part.COMPLAINANT.value,
    role: RoleOption = "",
    contact: Contact = "",
    preferred_contact: Preferred = "",
    safe_contact: Safe = "",
    interpreter: Interpreter = "",
    adjustments: Adjustments = "",
    relationship: Relationship = "",
    may_be_told: MayBeTold = "",
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Adds a customer, a complainant or a representative."""
    from feedback_tui.casework.people import add_person as add
    from feedback_tui.models.inputs.people import NewPerson

    actor = place(context).actor()
    given = NewPerson(
        on=on or actor.today,
        part=Part.read(part),
        name=name,
        role=Role.read(role) if role else None,
        contact=contact,
        preferred_contact=preferred_contact,
        safe_contact=safe_contact,
        interpreter=interpreter,
        adjustments=adjustments,
        relationship=relationship,
        may_be_told=may_be_told,
    )
    print_result(add(actor, reference, given), format)


def correct_person(
    context: typer.Context,
    reference: Reference,
    person: Number,
    name: Annotated[str | None, typer.Option(help="What is not given stays; “” empties it.")] = None,
    role: Annotated[str | None, typer.Option(help=", ".join(Role))] = None,
    contact: Annotated[str | None, typer.Option()] = None,
    preferred_contact: Annotated[str | None, typer.Option()] = None,
    safe_contact: Annotated[str | None, typer.Option()] = None,
    interpreter: Annotated[str | None, typer.Option()] = None,
    adjustments: Annotated[str | None, typer.Option()] = None,
    relationship: Annotated[str | None, typer.Option()] = None,
    may_be_told: Annotated[str | None, typer.Option()] = None,
    ended: Annotated[date | None, date_option("--ended-on", help="When they left the case.")] = None,
    reason: Text = "",
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Puts a person's details right, or ends their part."""
    from feedback_tui.casework.people import correct_person as put_right
    from feedback_tui.casework.refusals import StepNotAllowed
    from feedback_tui.desk.case.page import case_page
    from feedback_tui.models.inputs.people import PersonCorrection

    actor = place(context).actor()
    page = case_page(actor.register, reference, actor.today)
    stands = next((each for each in page.people if each.position == person), None)
    if stands is None:
        raise StepNotAllowed(f"{page.reference} has no person {person}: show {page.reference} lists them.")
    given = {
        "name": name,
        "role": Role.read(role) if role else role,
        "contact": contact,
        "preferred_contact": preferred_contact,
        "safe_contact": safe_contact,
        "interpreter": interpreter,
        "adjustments": adjustments,
        "relationship": relationship,
        "may_be_told": may_be_told,
        "ended_on": ended,
    }
    right = {key: getattr(stands, key) if value is None else value or None for key, value in given.items()}
    right |= {key: "" for key, value in right.items() if value is None and key not in ("role", "ended_on")}
    correction = PersonCorrection.model_validate(
        {"on": on or actor.today, "position": person, "reason": reason, **right}
    )
    print_result(put_right(actor, reference, correction, page.version), format)


def authority(
    context: typer.Context,
    reference: Reference,
    person: Number,
    basis: Annotated[str, typer.Argument(help=", ".join(Authority))],
    on: On = None,
    due: Annotated[date | None, date_option("--due-on", help="When consent is due back.")] = None,
    words: Annotated[str, typer.Option(help="What shows it; for a refusal, the written reasons.")] = "",
    relationship: Relationship = "",
    may_be_told: MayBeTold = "",
    suitable: Annotated[
        bool | None, typer.Option("--suitable/--not-suitable", help="Acts in the customer's interest (reg 5).")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records by which right a person complains; consent requested again is a chase."""
    from feedback_tui.casework.authority import record_authority
    from feedback_tui.models.inputs.people import AuthorityInput

    actor = place(context).actor()
    given = AuthorityInput(
        on=on or actor.today,
        position=person,
        authority=Authority.read(basis),
        due_on=due,
        words=words,
        relationship=relationship,
        may_be_told=may_be_told,
        suitable=suitable,
    )
    print_result(record_authority(actor, reference, given), format)


def death(
    context: typer.Context,
    reference: Reference,
    person: Number,
    on: On = None,
    carried_on_by: Annotated[
        int | None, typer.Option(min=1, help="The number of the person who carries it on.")
    ] = None,
    words: Text = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Records that someone has died: letters to them stop."""
    from feedback_tui.casework.people import record_death
    from feedback_tui.models.inputs.people import Death

    actor = place(context).actor()
    given = Death(on=on or actor.today, position=person, carried_on_by=carried_on_by, words=words)
    print_result(record_death(actor, reference, given), format)


def same_person(
    context: typer.Context,
    reference: Reference,
    person: Number,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other case.")],
    number_there: Annotated[int | None, typer.Option(min=1, help="Their number there, where it is not clear.")] = None,
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Marks a person of this case and one of another as one."""
    from feedback_tui.casework.linked_people import mark_same
    from feedback_tui.models.inputs.people import SamePerson

    actor = place(context).actor()
    given = SamePerson(on=on or actor.today, position=person, reference=other, other_position=number_there)
    print_result(mark_same(actor, reference, given), format)


def not_same_person(
    context: typer.Context,
    reference: Reference,
    person: Number,
    reason: Text = "",
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Takes the mark back: they are two people."""
    from feedback_tui.casework.linked_people import mark_apart
    from feedback_tui.models.inputs.people import Apart

    actor = place(context).actor()
    print_result(mark_apart(actor, reference, Apart(on=on or actor.today, position=person, reason=reason)), format)


def limit_contact(
    context: typer.Context,
    reference: Reference,
    person: Number,
    step: Annotated[str, typer.Argument(help=f"{', '.join(Persistence)}, or ended")],
    reason: Annotated[str, typer.Option(help="As it is told to them in writing.")],
    review: Annotated[date | None, date_option("--review-on", help="When it is looked at again.")] = None,
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records a step against unreasonable persistence, or its end."""
    from feedback_tui.casework.linked_people import limit_contact as limit
    from feedback_tui.models.inputs.people import Limits

    actor = place(context).actor()
    given = Limits(
        on=on or actor.today,
        position=person,
        step=None if step.strip().casefold() == "ended" else Persistence.read(step),
        reason=reason,
        review_on=review,
    )
    print_result(limit(actor, reference, given), format)
