"""The command `log`. Options are named as the columns of the register."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from feedback_tui.cli.separated_values import Category, Provider, Team, Theme, points
from feedback_tui.cli.shared import Format, FormatOption, Text, date_option, place
from feedback_tui.cli.step_result import print_result
from feedback_tui.enums import Authority, Kind, Role


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
        points=points(team, provider, category, theme),
        officer=officer,
        compliment_source=compliment_source,
        recipient_role=recipient_role,
        reference=reference,
    )
    print_result(log_case(place(context).actor(), new), format)
