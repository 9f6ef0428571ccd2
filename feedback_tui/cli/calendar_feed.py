"""The command that writes open deadlines as a calendar file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from feedback_tui.cli.printing import print_err
from feedback_tui.cli.shared import place


def calendar(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.ics", help="The feed; an earlier one is written anew.")],
    officer: Annotated[str, typer.Option(help="Only cases that this officer owns.")] = "",
    investigator: Annotated[str, typer.Option(help="Only cases that this person investigates.")] = "",
    team: Annotated[str, typer.Option(help="Only this team.")] = "",
    summaries: Annotated[bool, typer.Option("--with-summaries", help="Say what each case is about.")] = False,
) -> None:
    """Writes every open deadline as an all-day event: reference and kind; the summary only if asked for."""
    from feedback_tui.desk.queue.queue import queue
    from feedback_tui.desk.queue.queue_filter import QueueFilter
    from feedback_tui.exchange.calendar_feed import calendar as feed
    from feedback_tui.exchange.calendar_feed import write_calendar

    here = place(context)
    register = here.register()
    wanted = QueueFilter(team, officer, investigator, every_deadline=True)
    rows = [row for row in queue(register, here.today, wanted) if row.due_on is not None]
    whose = ", ".join(each for each in (officer, investigator, team) if each)
    name = f"Complaint deadlines{f' – {whose}' if whose else ''}"
    write_calendar(file, feed(rows, name, datetime.now(UTC), with_summaries=summaries))
    print_err(f"{len(rows)} deadlines written to {file.expanduser().absolute()}.")
