"""The commands that count working days and explain deadlines; with a profile they need no register."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from feedback_tui.cli.printing import print_err, print_json
from feedback_tui.cli.shared import (
    Format,
    FormatOption,
    Place,
    date_option,
    place,
    read_date,
    rich_console,
)
from feedback_tui.enums import DeadlineState
from feedback_tui.plain_error import PlainError
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.day_calculator import days_between, days_on, unofficial
from feedback_tui.rules.nations import Nation
from feedback_tui.rules.working_days import WorkingCalendar, calendar_of
from feedback_tui.text import one_line
from feedback_tui.vocabulary import UnknownWord

if TYPE_CHECKING:
    from feedback_tui.rules.procedures import Profile

WIDEST = 80
"""The most columns of printed text, because it is pasted into letters and reports."""

ProfileOption = Annotated[
    str | None, typer.Option("--profile", metavar="KEY|FILE.toml", help="The council's profile: no register is needed.")
]


def _whole(text: str) -> int:
    """Returns a whole number of days; a typographic minus sign is accepted. Raises BadParameter."""
    try:
        return int(text.replace("−", "-"))
    except ValueError:
        raise typer.BadParameter(f"“{one_line(text, 40)}” is not a whole number.") from None


def _named_nation(text: str) -> Nation:
    """Returns the nation with this name. Raises BadParameter, which lists them."""
    try:
        return Nation.read(text)
    except UnknownWord as error:
        raise typer.BadParameter(f"{error}.") from None


def days(
    context: typer.Context,
    start: Annotated[date, typer.Argument(parser=read_date, metavar="DATE", help="YYYY-MM-DD or DD/MM/YYYY.")],
    end: Annotated[
        date | None, typer.Argument(parser=read_date, metavar="DATE", help="Count the working days up to this date.")
    ] = None,
    add: Annotated[
        int | None, typer.Option("--add", parser=_whole, metavar="N", help="The date N working days on; -N: back.")
    ] = None,
    profile: ProfileOption = None,
    with_closures: Annotated[
        bool,
        typer.Option("--with-closures", help="As the council works: its closure days, of the profile or the register."),
    ] = False,
    nation: Annotated[
        Nation | None,
        typer.Option(
            "--calendar",
            parser=_named_nation,
            metavar="NATION",
            help="Whose bank holidays: england, scotland, wales, northern-ireland; the register's, if not given.",
        ),
    ] = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Prints the date N working days on, or the working days after the first date up to and including the second.
    Counted by law unless --with-closures. Raises BadParameter unless exactly one of the two is asked for;
    OutsideCalendar."""
    if (end is None) == (add is None):
        raise typer.BadParameter("give either a second date, or --add N.")
    if nation is not None and (profile is not None or with_closures):
        raise typer.BadParameter("give --calendar alone: --profile and --with-closures have a calendar of their own.")
    if profile is not None:
        council = _calendar_of(load(profile))
    else:
        here = place(context)
        council = here.register().calendar if with_closures else calendar_of(nation or _nation(here))
    calendar = council.counting(closures=with_closures)
    if add is not None:
        found = days_on(start, add, calendar)
        said = f"{found.end.isoformat()}, {found.said}"
    else:
        assert end is not None
        found = days_between(start, end, calendar)
        said = found.said
    if found.warning:
        print_err(found.warning)
    if form is Format.JSON:
        print_json({"date": found.end} if add is not None else {"working_days": found.working_days})
        return
    print_lines(
        [
            said,
            *(f"  not counted: {long_date(off.day)}, {off.why}" for off in found.holidays),
            *(
                f"  counted: {long_date(off.day)}, {one_line(off.why)} (a closure day: --with-closures leaves it out)"
                for off in council.skipped(min(start, found.end), max(start, found.end))
                if not with_closures and off.day in council.closures
            ),
        ]
    )


def explain(
    context: typer.Context,
    reference: Annotated[
        str | None, typer.Argument(metavar="[REFERENCE]", help="A case: every date that it has on record.")
    ] = None,
    procedure: Annotated[str | None, typer.Option("--procedure", metavar="KEY", help="Or a procedure.")] = None,
    received: Annotated[date | None, date_option("--received", help="When it was received.")] = None,
    profile: ProfileOption = None,
    acknowledged: Annotated[date | None, date_option("--acknowledged", help="When it was acknowledged.")] = None,
    consent: Annotated[date | None, date_option("--consent", help="When consent came.")] = None,
    review_requested: Annotated[
        date | None, date_option("--review-requested", help="When Stage 2 was asked for.")
    ] = None,
    review_acknowledged: Annotated[
        date | None, date_option("--review-acknowledged", help="When that was acknowledged.")
    ] = None,
    enquiry: Annotated[date | None, date_option("--enquiry", help="When the Ombudsman's enquiry came.")] = None,
    at: Annotated[
        list[str] | None,
        typer.Option(
            "--at",
            metavar="EVENT=DATE",
            help="When something else happened: stage_3_requested=2026-05-01. Several may be given.",
        ),
    ] = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Explains every date of a case, or every deadline of a procedure, day by day. A deadline whose start is unknown
    has no date. Raises BadParameter for options that contradict each other; PlainError for dates out of order."""
    if reference is not None:
        if procedure is not None or received is not None or profile is not None:
            raise typer.BadParameter("give a REFERENCE, or --procedure and --received, not both.")
        _explain_case(place(context), reference, form)
        return
    if procedure is None or received is None:
        raise typer.BadParameter("give the REFERENCE of a case, or --procedure KEY and --received DATE.")
    from feedback_tui.rules.deadlines import Facts
    from feedback_tui.rules.explain_dates import explain_procedure, out_of_order

    facts = Facts(received, acknowledged, consent, review_requested, review_acknowledged, enquiry)
    if (wrong := out_of_order(facts)) is not None:
        raise PlainError(wrong)
    events = [_event(text) for text in at or ()]
    if profile is not None:
        council = load(profile)
        calendar = _calendar_of(council)
    else:
        register = place(context).register()
        council, calendar = register.profile, register.calendar
    if events:
        from feedback_tui.rules.stage_events import with_events

        facts = with_events(facts, events, council.procedure(procedure).version_on(received))
        if (wrong := out_of_order(facts)) is not None:
            raise PlainError(wrong)
    explained = explain_procedure(council.procedure(procedure), facts, calendar)
    if explained.version.stages == 1 and review_requested is not None:
        print_err(f"{explained.procedure.name} has one stage: what comes after it is the {explained.version.then}.")
    if form is Format.JSON:
        if any(deadline.warning for deadline in explained.deadlines):
            print_err(unofficial(calendar))
        print_json(explained.as_json())
    else:
        print_lines(explained.lines(print_width()))


def _event(text: str) -> tuple[str, date]:
    """Returns the name of an event and its date, from ``EVENT=DATE``. Raises BadParameter."""
    name, equals, day = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"“{one_line(text, 40)}” is no EVENT=DATE: write panel_held=2026-05-01.")
    return name.strip().casefold().replace("-", "_"), read_date(day.strip())


def _explain_case(here: Place, reference: str, form: Format) -> None:
    """Prints every recorded date of a case, with the reason if it was moved."""
    from feedback_tui.desk.case.explained_dates import Tone, explained
    from feedback_tui.desk.case.page import case_page

    register = here.register()
    page = case_page(register, reference, here.today)
    told = [(due, explained(page, due, register.calendar, print_width())) for due in page.deadlines]
    if form is Format.JSON:
        print_json(
            [
                {
                    "deadline": due.kind,
                    "state": due.state,
                    "due_on": due.due_on,
                    "original_due_on": due.original_due_on,
                    "counted_from": due.counted_from,
                    "rule": due.rule,
                    "source": due.source,
                    **({"page": due.source_page} if due.source_page else {}),
                    **({"read_on": due.source_read_on} if due.source_read_on else {}),
                    **({"checked": due.source_checked} if due.source_checked else {}),
                    "explained": [line.text.rstrip() for line in lines],
                }
                for due, lines in told
            ]
        )
        return
    if not told:
        print_err("Nothing with a date is owed on this case.")
    for number, (due, lines) in enumerate(told):
        state = "" if due.state is DeadlineState.OPEN else f" ({due.state})"
        head = [f"{line.text}{state}" if line.tone is Tone.HEAD else f"  {line.text}".rstrip() for line in lines]
        print_lines([*([""] if number else []), *head])


def _nation(here: Place) -> Nation:
    """Returns the nation that the register counts by; England where that cannot be read without asking for anything."""
    from feedback_tui.storage.backend.addresses import on_server, register_file

    if on_server(here.where) or not register_file(here.where).exists():
        return Nation.ENGLAND
    # Only now: to import the storage takes longer than to count.
    from feedback_tui.storage.register import nation_at_once

    return nation_at_once(here.where)


def load(key_or_file: str) -> Profile:
    # In a function of its own: loading profiles imports pydantic (0.1 s), which ``--help`` and a plain ``days`` avoid.
    from feedback_tui.rules.profile import load_profile

    return load_profile(key_or_file)


def _calendar_of(profile: Profile) -> WorkingCalendar:
    return calendar_of(profile.calendar).with_closures(profile.closures)


def print_width() -> int:
    return min(rich_console().width, WIDEST)


def print_lines(lines: list[str]) -> None:
    """Prints lines unchanged; a line that starts in the first column is a heading, and bold in a terminal."""
    console = rich_console()
    for line in lines:
        console.print(line, style=None if line.startswith(" ") else "bold", soft_wrap=True)
