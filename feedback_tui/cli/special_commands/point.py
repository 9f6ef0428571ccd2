"""The command that changes a complaint point. Values that are not given stay, which the record of a step cannot
express."""

from __future__ import annotations

from typing import Annotated

import typer

from feedback_tui.cli.shared import Format, FormatOption, On, Reference, Text, place
from feedback_tui.cli.step_result import print_result

Maybe = Annotated[str | None, typer.Option()]


def point(
    context: typer.Context,
    reference: Reference,
    number: Annotated[int | None, typer.Argument(min=1, help="The point to change; none: a new one.")] = None,
    text: Maybe = None,
    team: Maybe = None,
    provider: Maybe = None,
    category: Annotated[str | None, typer.Option(help="Category, or Category > Sub-category.")] = None,
    theme: Maybe = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take it out.")] = False,
    reason: Text = "",
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Adds a point, changes one (values that are not given stay), or removes one. Raises what the verb raises."""
    from feedback_tui.casework.correct import change_points
    from feedback_tui.desk.case.page import case_page
    from feedback_tui.models.inputs.early_closure import PointChange
    from feedback_tui.models.inputs.stages import PointInput

    actor = place(context).actor()
    page = case_page(actor.register, reference, actor.today)
    stands = next((each for each in page.points if each.position == number), None)
    major, _, minor = (category or "").partition(">")
    given = {"text": text, "team": team, "provider": provider, "theme": theme}
    if category is not None:
        given |= {"category": major.strip(), "subcategory": minor.strip()}
    was = {name: getattr(stands, name) for name in PointInput.model_fields} if stands is not None else {}
    as_it_is = {**was, **{name: value for name, value in given.items() if value is not None}}
    change = PointChange(
        on=on or actor.today,
        position=number,
        remove=remove,
        point=PointInput.model_validate(as_it_is),
        reason=reason,
    )
    print_result(change_points(actor, reference, change, page.version), format)
