"""Options for several points, learning, actions or redress: values separated by “;”, side by side.

Options are named as the columns of the register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from feedback_tui.cli.shared import read_date

if TYPE_CHECKING:
    from feedback_tui.models.inputs.stages import ActionInput, LearningInput, PointInput, RemedyInput

Team = Annotated[str, typer.Option(help="Team; several points: separated by “;”.")]
Provider = Annotated[str, typer.Option(help="Provider, a point each.")]
Category = Annotated[str, typer.Option(help="Category, or Category > Sub-category, a point each.")]
Theme = Annotated[str, typer.Option(help="Theme, a point each.")]


def several(text: str) -> list[str]:
    """Returns the values of an option; none for an empty text. Raises nothing."""
    return [part.strip() for part in text.split(";")] if text.strip() else []


def points(team: str, provider: str, category: str, theme: str) -> tuple[PointInput, ...]:
    """Returns a complaint point for each position of the four options. Raises BadParameter if their lengths differ."""
    from feedback_tui.models.inputs.stages import PointInput

    found = []
    for one_team, one_provider, one_category, one_theme in _side_by_side(team, provider, category, theme):
        top, _, sub = one_category.partition(" > ")
        found.append(PointInput(team=one_team, provider=one_provider, category=top, subcategory=sub, theme=one_theme))
    return tuple(found)


def learning_rows(areas: str, texts: str) -> tuple[LearningInput, ...]:
    """Returns the learning at each position. Raises BadParameter if the lengths differ."""
    from feedback_tui.models.inputs.stages import LearningInput

    return tuple(LearningInput(area=area, text=text) for area, text in _side_by_side(areas, texts))


def action_rows(texts: str, owners: str, dates: str) -> tuple[ActionInput, ...]:
    """Returns the action at each position. Raises BadParameter if the lengths differ, or for a text that is no date."""
    from feedback_tui.models.inputs.stages import ActionInput

    return tuple(
        ActionInput(text=text, owner=owner, due_on=read_date(due) if due else None)
        for text, owner, due in _side_by_side(texts, owners, dates)
    )


def remedy_rows(kinds: str, amounts: str, dates: str) -> tuple[RemedyInput, ...]:
    """Returns the redress at each position; amounts are in pounds. Raises BadParameter if the lengths differ, or for a
    text that is no date; ValidationError for an amount."""
    from feedback_tui.models.inputs.stages import RemedyInput

    return tuple(
        RemedyInput.model_validate(
            {"kind": kind, "amount": amount, "due_on": read_date(due) if due else None},
        )
        for kind, amount, due in _side_by_side(kinds, amounts, dates)
    )


def _side_by_side(*texts: str) -> list[list[str]]:
    """Splits several “;” lists and returns their values side by side. A single value is repeated; an empty one is "".
    Raises BadParameter if their lengths differ."""
    lists = [several(text) for text in texts]
    longest = max(len(each) for each in lists)
    for text, each in zip(texts, lists, strict=True):
        if len(each) not in (0, 1, longest):
            raise typer.BadParameter(f"“{text}” has {len(each)} parts where another option has {longest}.")
    whole = [each or [""] for each in lists]
    return [[each[0] if len(each) == 1 else each[number] for each in whole] for number in range(longest)]
