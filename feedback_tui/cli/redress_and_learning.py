"""What follows a finding as commands: redress, learning, actions; and thanks and quotes of compliments."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from feedback_tui.cli.shared import Format, FormatOption, Reference, date_option, place, print_out
from feedback_tui.cli.stages import On, Text, pounds
from feedback_tui.cli.step_result import print_result
from feedback_tui.enums import LearningSaid

Number = Annotated[int | None, typer.Option("--number", min=1, help="Changes the one with this number on the case.")]
Due = Annotated[date | None, date_option("--due-on", "--action-due-on", help="By when.")]


def redress(
    context: typer.Context,
    reference: Reference,
    remedy: Annotated[str, typer.Option("--remedy", help="apology, payment, reassessment, …")] = "",
    amount: Annotated[str, typer.Option("--remedy-amount", "--amount", help="In pounds; a payment has one.")] = "",
    text: Annotated[str, typer.Option(help="What exactly.")] = "",
    due: Annotated[date | None, date_option("--due-on", help="By when.")] = None,
    offered: Annotated[date | None, date_option("--offered-on", help="When it was offered.")] = None,
    accepted: Annotated[date | None, date_option("--accepted-on", help="When it was accepted.")] = None,
    approver: Annotated[str, typer.Option(help="Who approved it.")] = "",
    budget_code: Text = "",
    done: Annotated[date | None, date_option("--done-on", "--paid-on", help="When it was done; paid.")] = None,
    proof: Annotated[str, typer.Option(help="What shows that it was done.")] = "",
    approach: Annotated[int | None, typer.Option("--approach", min=1, help="Agreed in this approach.")] = None,
    number: Number = None,
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records redress, or with --number what has become of one."""
    from feedback_tui.casework.redress import redress as record
    from feedback_tui.models.inputs.follow_up import RedressInput

    actor = place(context).actor()
    given = RedressInput(
        on=on or actor.today,
        position=number,
        kind=remedy,
        amount=pounds(amount) if amount else None,
        text=text,
        due_on=due,
        offered_on=offered,
        accepted_on=accepted,
        approver=approver,
        budget_code=budget_code,
        done_on=done,
        proof=proof,
        ombudsman=approach,
    )
    print_result(record(actor, reference, given), format)


def learn(
    context: typer.Context,
    reference: Reference,
    area: Annotated[str, typer.Option("--learning-area", "--area", help="communication, service quality, …")] = "",
    text: Annotated[str, typer.Option("--learning", help="What was learned.")] = "",
    said: Annotated[str, typer.Option("--said", help=", ".join(LearningSaid))] = LearningSaid.RECORDED,
    point: Annotated[int | None, typer.Option(min=1, help="The complaint point it follows from.")] = None,
    action: Annotated[str, typer.Option(help="What will be done about it.")] = "",
    owner: Annotated[str, typer.Option("--action-owner", "--owner", help="Who does it.")] = "",
    due: Due = None,
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records what was learned, and what will be done; or with --learning-said that there is none or it is awaited."""
    from feedback_tui.casework.learning import learn as record
    from feedback_tui.models.inputs.follow_up import Learned

    actor = place(context).actor()
    given = Learned(
        on=on or actor.today,
        said=LearningSaid.read(said),
        area=area,
        text=text,
        point=point,
        action=action,
        owner=owner,
        due_on=due,
    )
    print_result(record(actor, reference, given), format)


def plan_action(
    context: typer.Context,
    reference: Reference,
    action: Annotated[str, typer.Option(help="What will be done.")] = "",
    owner: Annotated[str, typer.Option("--action-owner", "--owner", help="Who does it.")] = "",
    due: Due = None,
    learning: Annotated[int | None, typer.Option("--learning", min=1, help="The learning it follows from.")] = None,
    number: Number = None,
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Plans an action, or with --number gives one another owner, date or wording."""
    from feedback_tui.casework.learning import plan_action as record
    from feedback_tui.models.inputs.follow_up import PlannedAction

    actor = place(context).actor()
    given = PlannedAction(
        on=on or actor.today, position=number, text=action, owner=owner, due_on=due, learning=learning
    )
    print_result(record(actor, reference, given), format)


def thank(
    context: typer.Context,
    reference: Reference,
    on: Annotated[date | None, date_option("--on", "--thanked-on", help="When; today if not given.")] = None,
    words: Annotated[str, typer.Option("--words", help="To whom, how.")] = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Records that a compliment was passed on to whom it praises."""
    from feedback_tui.casework.compliments import thank as record
    from feedback_tui.models.inputs.follow_up import Thanks

    actor = place(context).actor()
    print_result(record(actor, reference, Thanks(on=on or actor.today, words=words)), format)


def quote(
    context: typer.Context,
    reference: Reference,
    text: Annotated[str, typer.Argument(help="The words for the report; not given: they are proposed.")] = "",
    no_name: Annotated[bool, typer.Option("--no-name", help="What looks like a name of the case is none.")] = False,
    none: Annotated[bool, typer.Option("--none", help="It is not to be quoted after all.")] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Writes a compliment's words for the report, without names. Without words it proposes them, and writes nothing."""
    from feedback_tui.casework.compliments import quote as record
    from feedback_tui.models.inputs.follow_up import Quote

    here = place(context)
    if not text and not none:
        from feedback_tui.desk.case.page import case_page
        from feedback_tui.rules.anonymise import anonymised

        page = case_page(here.register(), reference, here.today)
        print_out(anonymised(page.description, [person.name for person in page.people if person.name]))
        return
    print_result(record(here.actor(), reference, Quote(text=text, no_name=no_name)), format)
