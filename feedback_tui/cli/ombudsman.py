"""The Ombudsman's handling as commands: query, enquiry, draft decision, decision, compliance."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from feedback_tui.cli.shared import Format, FormatOption, Reference, date_option, place
from feedback_tui.cli.stages import On, Text
from feedback_tui.cli.step_result import print_result
from feedback_tui.enums import OmbudsmanDecision

Approach = Annotated[
    int | None,
    typer.Option("--approach", min=1, help="Which approach to the Ombudsman, by its number; the last if not."),
]
Documents = Annotated[str, typer.Option(help="What they ask for.")]
Category = Annotated[str, typer.Option(help="What it is about, in their words or ours.")]
Summary = Annotated[str, typer.Option(help="The complaint without names, for the year's table.")]


def ombudsman(
    context: typer.Context,
    reference: Reference,
    received: Annotated[
        date | None, date_option("--received-on", "--ombudsman-received-on", help="Their enquiry came in.")
    ] = None,
    due: Annotated[date | None, date_option("--due-on", help="The date their letter states.")] = None,
    responded: Annotated[
        date | None, date_option("--responded-on", "--ombudsman-responded-on", help="The reply went out.")
    ] = None,
    decided: Annotated[date | None, date_option("--decided-on", "--ombudsman-decided-on", help="They decided.")] = None,
    decision: Annotated[
        str, typer.Option("--decision", "--ombudsman-decision", help=", ".join(OmbudsmanDecision))
    ] = "",
    their_reference: Text = "",
    documents: Documents = "",
    category: Category = "",
    summary: Summary = "",
    agreed: Annotated[str, typer.Option(help="The agreed action, for the year's table.")] = "",
    log_anew: Annotated[
        bool, typer.Option("--log-anew", help="Referred back and never considered: a complaint received that day.")
    ] = False,
    approach: Approach = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records the Ombudsman's enquiry, our reply, and their decision."""
    from feedback_tui.casework.ombudsman import ombudsman as record
    from feedback_tui.models.inputs.stages import OmbudsmanStep

    given = OmbudsmanStep(
        record=approach,
        received_on=received,
        due_on=due,
        responded_on=responded,
        decided_on=decided,
        decision=OmbudsmanDecision.read(decision) if decision else None,
        their_reference=their_reference,
        documents=documents,
        category=category,
        summary=summary,
        agreed=agreed,
        log_anew=log_anew,
    )
    print_result(record(place(context).actor(), reference, given), format)


def ombudsman_query(
    context: typer.Context,
    reference: Reference,
    first_contact: Annotated[date | None, date_option("--first-contact-on", help="The first that was heard.")] = None,
    query: Annotated[date | None, date_option("--query-on", help="Their query came: whether to take it up.")] = None,
    due: Annotated[date | None, date_option("--query-due-on", "--due-on", help="The date it states.")] = None,
    answered: Annotated[
        date | None, date_option("--query-answered-on", "--answered-on", help="The answer went out.")
    ] = None,
    their_reference: Text = "",
    category: Category = "",
    summary: Summary = "",
    approach: Approach = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records the Ombudsman's first contact, and their query whether to take a complaint up."""
    from feedback_tui.casework.ombudsman_letters import ombudsman_query as record
    from feedback_tui.models.inputs.follow_up import OmbudsmanQuery

    given = OmbudsmanQuery(
        record=approach,
        first_contact_on=first_contact,
        query_on=query,
        query_due_on=due,
        query_answered_on=answered,
        their_reference=their_reference,
        category=category,
        summary=summary,
    )
    print_result(record(place(context).actor(), reference, given), format)


def ombudsman_draft(
    context: typer.Context,
    reference: Reference,
    draft: Annotated[date | None, date_option("--draft-decision-on", "--on", help="Their draft decision came.")] = None,
    answered: Annotated[
        date | None, date_option("--draft-answered-on", "--answered-on", help="Our comments went out.")
    ] = None,
    comments: Annotated[str, typer.Option(help="Our comments.")] = "",
    approach: Approach = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records the Ombudsman's draft decision and our comments on it."""
    from feedback_tui.casework.ombudsman_letters import ombudsman_draft as record
    from feedback_tui.models.inputs.follow_up import OmbudsmanDraft

    given = OmbudsmanDraft(record=approach, draft_decision_on=draft, draft_answered_on=answered, words=comments)
    print_result(record(place(context).actor(), reference, given), format)


def complied(
    context: typer.Context,
    reference: Reference,
    on: On = None,
    words: Annotated[str, typer.Option("--words", help="How they were told.")] = "",
    approach: Approach = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records that everything agreed with the Ombudsman is done."""
    from feedback_tui.casework.ombudsman_letters import comply
    from feedback_tui.models.inputs.follow_up import Compliance

    actor = place(context).actor()
    print_result(comply(actor, reference, Compliance(record=approach, on=on or actor.today, words=words)), format)
