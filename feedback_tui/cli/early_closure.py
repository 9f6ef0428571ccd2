"""What a case is, who may open it, and the ways out of it before it is investigated, as commands."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from feedback_tui.cli.shared import Format, FormatOption, Reference, date_option, place
from feedback_tui.cli.stages import On, Text
from feedback_tui.cli.step_result import print_result
from feedback_tui.enums import ClosingReason, Kind, NotAccepted

Maybe = Annotated[str | None, typer.Option()]
Told = Annotated[date | None, date_option("--told-on", help="When they were told; today if not given.")]
Names = Annotated[list[str] | None, typer.Argument(metavar="NAME")]


def correct(
    context: typer.Context,
    reference: Reference,
    reason: Annotated[str, typer.Option(help="How the right words or facts are known.")],
    description: Maybe = None,
    summary: Maybe = None,
    wanted: Maybe = None,
    channel: Maybe = None,
    happened: Annotated[date | None, date_option("--happened-on", help="The day of the event.")] = None,
    late_reason: Maybe = None,
    team: Annotated[str | None, typer.Option(help="The team of its first point.")] = None,
    theme: Annotated[str | None, typer.Option(help="The theme of its first point.")] = None,
    compliment_source: Maybe = None,
    recipient_role: Maybe = None,
    system_reference: Annotated[str | None, typer.Option(help="Its reference in the case management system.")] = None,
    safeguarding: Annotated[
        date | None, date_option("--safeguarding-on", help="When a safeguarding concern was raised.")
    ] = None,
    not_known: Annotated[
        list[str] | None, typer.Option(help="happened_on or safeguarding_on: the day stands there wrongly.")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Puts words and facts right; what is not given stays. Before and after stay on record."""
    from feedback_tui.casework.correct import correct as put_right
    from feedback_tui.models.inputs.early_closure import CaseCorrection, DayOfCase

    given = CaseCorrection(
        reason=reason,
        description=description,
        summary=summary,
        wanted=wanted,
        channel=channel,
        happened_on=happened,
        late_reason=late_reason,
        team=team,
        theme=theme,
        compliment_source=compliment_source,
        recipient_role=recipient_role,
        system_reference=system_reference,
        safeguarding_on=safeguarding,
        not_known=tuple(map(DayOfCase.read, not_known or ())),
    )
    print_result(put_right(place(context).actor(), reference, given), format)


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
    """Adds a point, changes one (what is not given stays), or takes one out."""
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


def change_kind(
    context: typer.Context,
    reference: Reference,
    kind: Annotated[str, typer.Argument(help=", ".join(Kind))],
    reason: Text,
    procedure: Annotated[str, typer.Option(help="For a complaint; empty: not settled yet.")] = "",
    social_care: Annotated[
        bool | None, typer.Option("--social-care/--no-social-care", help="Is any part about adult social care?")
    ] = None,
    happened: Annotated[date | None, date_option("--happened-on", help="The day of the event.")] = None,
    late_reason: Text = "",
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Turns it into another kind; a complaint's dates run from the original receipt."""
    from feedback_tui.casework.early_closure import change_kind as turn
    from feedback_tui.models.inputs.early_closure import KindChange

    actor = place(context).actor()
    given = KindChange(
        on=on or actor.today,
        kind=Kind.read(kind),
        reason=reason,
        procedure=procedure or None,
        adult_social_care=social_care,
        happened_on=happened,
        late_reason=late_reason,
    )
    print_result(turn(actor, reference, given), format)


def joint(
    context: typer.Context,
    reference: Reference,
    bodies: Names = None,
    lead: Annotated[str, typer.Option(help="Who leads; the council, if not given.")] = "",
    signatory: Annotated[str, typer.Option(help="Who signs the one response.")] = "",
    consent: Annotated[date | None, date_option("--consent-on", help="When they agreed to sharing.")] = None,
    reason: Text = "",
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Records the other bodies of a joint complaint (reg 9); without one, it is the council's alone again."""
    from feedback_tui.casework.correct import joint_handling
    from feedback_tui.models.inputs.early_closure import JointHandling

    actor = place(context).actor()
    given = JointHandling(
        on=on or actor.today,
        bodies=tuple(bodies or ()),
        lead=lead,
        signatory=signatory,
        consent_on=consent,
        reason=reason,
    )
    print_result(joint_handling(actor, reference, given), format)


def restrict(
    context: typer.Context,
    reference: Reference,
    reason: Text,
    officers: Names = None,
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Lets only the officers named open it, in every list and command; without a name, everyone again."""
    from feedback_tui.casework.restrict import restrict as close_to_others
    from feedback_tui.models.inputs.early_closure import Restriction

    actor = place(context).actor()
    given = Restriction(on=on or actor.today, officers=tuple(officers or ()), reason=reason)
    print_result(close_to_others(actor, reference, given), format)


def attach(
    context: typer.Context,
    reference: Reference,
    what: Annotated[str, typer.Argument(help="What it is: the letter of complaint.")],
    where: Annotated[str, typer.Argument(help="Its path, or its number in the document system.")],
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Notes a document that stands elsewhere; no file is taken in."""
    from feedback_tui.casework.restrict import attach as note_document
    from feedback_tui.models.inputs.early_closure import Document

    actor = place(context).actor()
    print_result(note_document(actor, reference, Document(on=on or actor.today, what=what, place=where)), format)


def settle(
    context: typer.Context,
    reference: Reference,
    oral: Annotated[bool, typer.Option("--oral", help="It was raised orally.")] = False,
    satisfied: Annotated[bool, typer.Option("--satisfied", help="They are satisfied.")] = False,
    words: Annotated[str, typer.Option(help="What was done.")] = "",
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Closes what was oral and settled by the end of the next working day: a concern (reg 8)."""
    from feedback_tui.casework.early_closure import settle_on_the_spot
    from feedback_tui.models.inputs.early_closure import Settlement

    actor = place(context).actor()
    given = Settlement(on=on or actor.today, oral=oral, satisfied=satisfied, words=words)
    print_result(settle_on_the_spot(actor, reference, given), format)


def decline(
    context: typer.Context,
    reference: Reference,
    why: Annotated[str, typer.Argument(help=", ".join(NotAccepted))],
    words: Annotated[str, typer.Option(help="The reason, as they are told it in writing.")],
    told: Told = None,
    ombudsman_told: Annotated[
        bool, typer.Option("--ombudsman-told", help="They were told of their right to go to the Ombudsman.")
    ] = False,
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Closes a complaint that is not accepted."""
    from feedback_tui.casework.early_closure import decline as turn_away
    from feedback_tui.models.inputs.early_closure import Declining

    actor = place(context).actor()
    given = Declining(
        on=on or actor.today,
        why=NotAccepted.read(why),
        words=words,
        told_on=told or actor.today,
        ombudsman_told=ombudsman_told,
    )
    print_result(turn_away(actor, reference, given), format)


def pass_on(
    context: typer.Context,
    reference: Reference,
    to: Annotated[str, typer.Argument(help="The body or service it belongs to.")],
    transferred: Annotated[
        bool, typer.Option("--transferred", help="It was sent on; else they were told where to turn.")
    ] = False,
    told: Told = None,
    words: Text = "",
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Closes what belongs to someone else: signposted, or transferred."""
    from feedback_tui.casework.early_closure import pass_on as send_on
    from feedback_tui.models.inputs.early_closure import PassingOn

    actor = place(context).actor()
    how = ClosingReason.TRANSFERRED if transferred else ClosingReason.SIGNPOSTED
    given = PassingOn(on=on or actor.today, how=how, to=to, told_on=told or actor.today, words=words)
    print_result(send_on(actor, reference, given), format)


def join(
    context: typer.Context,
    reference: Reference,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The case that goes on.")],
    reason: Text = "",
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Closes a case as a duplicate of another, which goes on."""
    from feedback_tui.casework.early_closure import join as join_to
    from feedback_tui.models.inputs.early_closure import Joining

    actor = place(context).actor()
    print_result(join_to(actor, reference, Joining(on=on or actor.today, reference=other, reason=reason)), format)
