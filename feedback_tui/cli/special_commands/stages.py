"""The commands `investigate` and `respond`. Their lists (points, findings, learning, actions, redress) are options of
several values, which the record of a step cannot express."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from feedback_tui.cli.separated_values import (
    Category,
    Provider,
    Team,
    Theme,
    action_rows,
    learning_rows,
    points,
    remedy_rows,
    several,
)
from feedback_tui.cli.shared import Format, FormatOption, Reference, Text, date_option, place
from feedback_tui.cli.step_result import print_result
from feedback_tui.enums import LearningSaid, Outcome


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
        points=points(team, provider, category, theme),
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
    stage: Annotated[
        int | None, typer.Option("--stage", min=1, max=6, metavar="N", help="The response of this stage.")
    ] = None,
    on_hold_too: Annotated[
        bool, typer.Option("--on-hold-too", help="It goes out although the case is on hold.")
    ] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records the response that was sent, with its findings and the follow-up. Raises UnknownWord for a word that is
    not in the vocabulary, and what the verb raises."""
    from feedback_tui.casework.respond import respond as send
    from feedback_tui.casework.respond import respond_review, respond_stage
    from feedback_tui.models.inputs.stages import Response

    if review and stage not in (None, 2):
        raise typer.BadParameter(f"--stage-2 and --stage {stage} are two stages: give one.")
    actor = place(context).actor()
    given = Response(
        on=on or actor.today,
        channel=channel,
        signed_by=signed_by,
        findings=tuple(Outcome.read(each) if each else None for each in several(findings)),
        outcome=Outcome.read(outcome) if outcome else None,
        outcome_reason=outcome_reason,
        learning_said=LearningSaid.read(learning_said) if learning_said else None,
        learning=learning_rows(learning_area, learning),
        actions=action_rows(action, action_owner, action_due_on),
        remedies=remedy_rows(remedy, remedy_amount, remedy_due_on),
        on_hold_too=on_hold_too,
    )
    if stage is not None:
        print_result(respond_stage(actor, reference, given, stage), format)
    else:
        print_result((respond_review if review else send)(actor, reference, given), format)
