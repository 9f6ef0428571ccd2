"""The command that corrects a person. Values that are not given stay, so the case is read before the verb runs."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from feedback_tui.cli.shared import Format, FormatOption, On, Reference, Text, date_option, place
from feedback_tui.cli.step_result import print_result
from feedback_tui.enums import Role

Number = Annotated[int, typer.Argument(min=1, metavar="PERSON", help="Their number on the case, as show has it.")]


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
    """Corrects a person's details, or ends their part in the case. Raises StepNotAllowed if the case has no such
    person, and what the verb raises."""
    from feedback_tui.casework.errors import StepNotAllowed
    from feedback_tui.casework.people import correct_person as put_right
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
