"""The commands whose options are lists (points, findings, learning, actions, redress): log, investigate, respond.

Options are named as the columns of the register.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from feedback_tui.cli.shared import (
    Format,
    FormatOption,
    Reference,
    date_option,
    place,
    read_date,
)
from feedback_tui.cli.step_result import print_result
from feedback_tui.enums import Authority, Kind, LearningSaid, Outcome, Role

if TYPE_CHECKING:
    from feedback_tui.models.inputs.stages import ActionInput, LearningInput, PointInput, RemedyInput


On = Annotated[date | None, date_option("--on", help="When it was done; today if not given.")]
Text = Annotated[str, typer.Option()]
Team = Annotated[str, typer.Option(help="Team; several points: separated by “;”.")]
Provider = Annotated[str, typer.Option(help="Provider, a point each.")]
Category = Annotated[str, typer.Option(help="Category, or Category > Sub-category, a point each.")]
Theme = Annotated[str, typer.Option(help="Theme, a point each.")]


def log(
    context: typer.Context,
    kind: Annotated[str, typer.Option(help=", ".join(Kind))],
    received: Annotated[date, date_option("--received", "--received-on", help="When it came in.")],
    channel: Text = "",
    description: Text = "",
    procedure: Annotated[str, typer.Option(help="A procedure of the profile; empty: not settled yet.")] = "",
    social_care: Annotated[
        bool | None, typer.Option("--social-care/--no-social-care", help="Is any part about adult social care?")
    ] = None,
    customer_name: Text = "",
    correspondent_name: Text = "",
    correspondent_role: Annotated[str, typer.Option(help=", ".join(Role))] = "",
    authority: Annotated[str, typer.Option(help=", ".join(Authority))] = "",
    relationship: Annotated[str, typer.Option(help="Of whoever wrote to the customer: daughter, executor.")] = "",
    consent_due: Annotated[date | None, date_option("--consent-due-on", help="When consent is due back.")] = None,
    contact: Text = "",
    team: Team = "",
    provider: Provider = "",
    category: Category = "",
    theme: Theme = "",
    summary: Text = "",
    wanted: Annotated[str, typer.Option(help="What they want to happen.")] = "",
    happened: Annotated[date | None, date_option("--happened-on", help="The day of the event.")] = None,
    late_reason: Annotated[str, typer.Option(help="Why it is taken past 12 months.")] = "",
    settled: Annotated[date | None, date_option("--settled-on", help="A concern: when it was settled.")] = None,
    officer: Annotated[str, typer.Option(help="Who owns the case; you, if not given.")] = "",
    compliment_source: Text = "",
    recipient_role: Text = "",
    reference: Annotated[str, typer.Option(help="Its reference; the next one, if not given.")] = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Logs a case and prints its reference. Raises UnknownWord for a word that is not in the vocabulary, and what
    `log_case` raises."""
    from feedback_tui.casework.log import log as log_case
    from feedback_tui.models.inputs.stages import NewCase

    new = NewCase(
        kind=Kind.read(kind),
        received_on=received,
        channel=channel,
        procedure=procedure or None,
        adult_social_care=social_care,
        description=description,
        summary=summary,
        wanted=wanted,
        customer_name=customer_name,
        correspondent_name=correspondent_name,
        correspondent_role=Role.read(correspondent_role) if correspondent_role else None,
        authority=Authority.read(authority) if authority else None,
        relationship=relationship,
        consent_due_on=consent_due,
        contact=contact,
        happened_on=happened,
        late_reason=late_reason,
        settled_on=settled,
        points=_points(team, provider, category, theme),
        officer=officer,
        compliment_source=compliment_source,
        recipient_role=recipient_role,
        reference=reference,
    )
    print_result(log_case(place(context).actor(), new), format)


def investigate(
    context: typer.Context,
    reference: Reference,
    investigator: Annotated[str, typer.Option("--investigating-officer", "--investigator", help="Who investigates.")],
    on: Annotated[date | None, date_option("--on", "--investigation-started-on", help="Since; today if not given.")] = (
        None
    ),
    procedure: Annotated[str, typer.Option(help="The procedure, where it was not settled.")] = "",
    social_care: Annotated[
        bool | None, typer.Option("--social-care/--no-social-care", help="Is any part about adult social care?")
    ] = None,
    team: Team = "",
    provider: Provider = "",
    category: Category = "",
    theme: Theme = "",
    draft_due: Annotated[date | None, date_option("--draft-due-on", help="When the draft is due.")] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Starts the investigation. Raises what the verb raises."""
    from feedback_tui.casework.investigate import investigate as start
    from feedback_tui.models.inputs.stages import InvestigationStart

    actor = place(context).actor()
    given = InvestigationStart(
        on=on or actor.today,
        investigator=investigator,
        procedure=procedure or None,
        points=_points(team, provider, category, theme),
        adult_social_care=social_care,
        draft_due_on=draft_due,
    )
    print_result(start(actor, reference, given), format)


def respond(
    context: typer.Context,
    reference: Reference,
    on: Annotated[date | None, date_option("--on", "--responded-on", help="When; today if not given.")] = None,
    outcome: Annotated[str, typer.Option(help=", ".join(Outcome))] = "",
    findings: Annotated[str, typer.Option("--findings", help="One a complaint point, separated by “;”.")] = "",
    outcome_reason: Annotated[str, typer.Option(help="Why the outcome is not what the findings give.")] = "",
    channel: Annotated[str, typer.Option(help="How; as it came in, if not given.")] = "",
    signed_by: Text = "",
    learning_said: Annotated[str, typer.Option(help=", ".join(LearningSaid))] = "",
    learning_area: Annotated[str, typer.Option(help="Several: separated by “;”.")] = "",
    learning: Annotated[str, typer.Option(help="Several: separated by “;”.")] = "",
    action: Annotated[str, typer.Option(help="Several: separated by “;”.")] = "",
    action_owner: Annotated[str, typer.Option(help="An action each.")] = "",
    action_due_on: Annotated[str, typer.Option(help="An action each.")] = "",
    remedy: Annotated[str, typer.Option(help="Several: separated by “;”.")] = "",
    remedy_amount: Annotated[str, typer.Option(help="In pounds, a remedy each.")] = "",
    remedy_due_on: Annotated[str, typer.Option(help="A remedy each.")] = "",
    review: Annotated[bool, typer.Option("--stage-2", help="The Stage 2 response.")] = False,
    on_hold_too: Annotated[
        bool, typer.Option("--on-hold-too", help="It goes out although the case is on hold.")
    ] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records the response that was sent, with its findings and the follow-up. Raises UnknownWord for a word that is
    not in the vocabulary, and what the verb raises."""
    from feedback_tui.casework.respond import respond as send
    from feedback_tui.casework.respond import respond_review
    from feedback_tui.models.inputs.stages import Response

    actor = place(context).actor()
    given = Response(
        on=on or actor.today,
        channel=channel,
        signed_by=signed_by,
        findings=tuple(Outcome.read(each) if each else None for each in _several(findings)),
        outcome=Outcome.read(outcome) if outcome else None,
        outcome_reason=outcome_reason,
        learning_said=LearningSaid.read(learning_said) if learning_said else None,
        learning=_learning(learning_area, learning),
        actions=_actions(action, action_owner, action_due_on),
        remedies=_remedies(remedy, remedy_amount, remedy_due_on),
        on_hold_too=on_hold_too,
    )
    print_result((respond_review if review else send)(actor, reference, given), format)


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.split(";")] if text.strip() else []


def _points(team: str, provider: str, category: str, theme: str) -> tuple[PointInput, ...]:
    from feedback_tui.models.inputs.stages import PointInput

    rows = _filled(team, provider, category, theme)
    points = []
    for one_team, one_provider, one_category, one_theme in rows:
        top, _, sub = one_category.partition(" > ")
        points.append(PointInput(team=one_team, provider=one_provider, category=top, subcategory=sub, theme=one_theme))
    return tuple(points)


def _filled(*texts: str) -> list[list[str]]:
    """Splits several “;” lists and returns their values side by side. A single value is repeated; an empty one is "".
    Raises BadParameter if their lengths differ."""
    lists = [_several(text) for text in texts]
    longest = max(len(each) for each in lists)
    for text, each in zip(texts, lists, strict=True):
        if len(each) not in (0, 1, longest):
            raise typer.BadParameter(f"“{text}” has {len(each)} parts where another option has {longest}.")
    whole = [each or [""] for each in lists]
    return [[each[0] if len(each) == 1 else each[number] for each in whole] for number in range(longest)]


def _learning(areas: str, texts: str) -> tuple[LearningInput, ...]:
    from feedback_tui.models.inputs.stages import LearningInput

    return tuple(LearningInput(area=area, text=text) for area, text in _filled(areas, texts))


def _actions(texts: str, owners: str, dates: str) -> tuple[ActionInput, ...]:
    from feedback_tui.models.inputs.stages import ActionInput

    return tuple(
        ActionInput(text=text, owner=owner, due_on=read_date(due) if due else None)
        for text, owner, due in _filled(texts, owners, dates)
    )


def _remedies(kinds: str, amounts: str, dates: str) -> tuple[RemedyInput, ...]:
    from feedback_tui.models.inputs.stages import RemedyInput

    return tuple(
        RemedyInput.model_validate(
            {"kind": kind, "amount": amount, "due_on": read_date(due) if due else None},
        )
        for kind, amount, due in _filled(kinds, amounts, dates)
    )
