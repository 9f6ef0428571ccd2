"""The working reports for managers: open and overdue cases, what is owed this week, the Ombudsman, response times.

They need all cases, and raise HiddenCases if a server hides some from the login.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from feedback_tui.desk.filters.case_filter import Field, during, having
from feedback_tui.desk.queue.owed_kinds import WAITED_FOR
from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.desk.queue.queue_row import QueueRow, end_of_week
from feedback_tui.enums import DeadlineKind
from feedback_tui.reports.counting.ombudsman import count_ombudsman
from feedback_tui.reports.counting.timeliness import count_responses
from feedback_tui.reports.declarations.numbers import Number, Numbers
from feedback_tui.reports.declarations.ombudsman import WENT_TO_THE_OMBUDSMAN
from feedback_tui.reports.declarations.timeliness import ALL, STAGE_1, WITH_DAYS, WORKING_DAYS
from feedback_tui.reports.declarations.working import OPEN_NOW, OVERDUE_NOW
from feedback_tui.reports.document.afterwards import in_time_with_ombudsman
from feedback_tui.reports.document.blocks import Linked, Paper, Row, Section, Table, Withholding
from feedback_tui.reports.document.number_format import NONE, capital, counted, day
from feedback_tui.reports.document.report import paper
from feedback_tui.reports.document.timeliness import band_table, days_table, month_tables, took
from feedback_tui.reports.drilldown.cases import NOBODY, owner_of
from feedback_tui.reports.figure_rows import Timeliness
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules import report_spans
from feedback_tui.rules.months import Span, quarter, quarter_of, year_of
from feedback_tui.storage.register import Register

ONE_CASE = "case"
"""The prefix of a key that is one case, which is opened instead of listed."""


def open_now(register: Register, today: date) -> Paper:
    """Reports the open cases, and those with anything overdue, by team and by investigator."""
    register.require_all_cases()
    rows = queue(register, today)
    cases = {row.case_id for row in rows}
    overdue = {row.case_id for row in rows if _late(row, today)}
    said = f"{capital(counted(len(cases), 'case'))} open or with something owed; {len(overdue)} with something overdue."
    tables = (
        _counts("Open and overdue by team", "Team", rows, today, "team"),
        _counts("Open and overdue by investigator", "Investigator", rows, today, "investigator"),
    )
    return _paper(register, today, "Open and overdue", Section("Open now", (said,), tables))


def owed(register: Register, today: date) -> Paper:
    """Reports what each manager owes: overdue, and due by Sunday of this week."""
    register.require_all_cases()
    sunday = end_of_week(today)
    due = [row for row in queue(register, today) if row.due_on is not None and row.due_on <= sunday]
    # Deadlines that the queue shows only from their day on are added for the rest of the week, so that a manager sees
    # them ahead.
    if today < sunday:
        rest = having(Field.DEADLINE, *WAITED_FOR) & during(Field.DUE, Span("", today + timedelta(days=1), sunday))
        due = sorted([*due, *queue(register, today, QueueFilter(where=rest))], key=lambda row: row.due_on or sunday)
    managers: dict[str, list[QueueRow]] = {}
    for row in due:
        managers.setdefault(row.investigator or row.officer or NOBODY, []).append(row)
    tables = tuple(
        _owed(f"{name}: {len(found)} owed", found, today, f"owed.{name}") for name, found in sorted(managers.items())
    )
    late = sum(1 for row in due if _late(row, today))
    said = f"Due by {day(sunday)}: {len(due)}, of which {late} overdue."
    about = "A case that nobody investigates yet stands under the officer who owns it."
    return _paper(register, today, "Owed this week", Section("By manager", (said, about), tables))


def ombudsman_now(register: Register, today: date) -> Paper:
    """Reports the replies owed to the Ombudsman, and the council's timeliness in the reporting year."""
    register.require_all_cases()
    span = year_of(today)
    with register.reading() as session:
        found = count_ombudsman(session.connection(), span, today, register.reader)
    rows = [row for row in queue(register, today) if row.deadline is DeadlineKind.OMBUDSMAN_REPLY]
    paragraphs: list[str] = [
        f"In {span.label} so far {counted(found.received, 'complaint')} went to the Ombudsman"
        + (f"; {found.awaiting} of these await a decision." if found.received else ".")
    ]
    paragraphs += in_time_with_ombudsman(Numbers(found, {}, f"{WENT_TO_THE_OMBUDSMAN.key}."))
    if not rows:
        paragraphs.append("No reply is owed.")
    tables = (_owed("Replies owed", rows, today, "ombudsman.replies.owed"),) if rows else ()
    return _paper(register, today, "Ombudsman compliance", Section("Ombudsman", tuple(paragraphs), tables))


def response_times(register: Register, today: date) -> Paper:
    """Reports response times of the last twelve complete months, by month and by procedure."""
    register.require_all_cases()
    last = today.replace(day=1) - timedelta(days=1)
    span = report_spans.between((last - relativedelta(months=11)).replace(day=1), last)
    with register.reading() as session:
        found = count_responses(session.connection(), span, register.profile.response_bands)
    everything = _of_last_months(found.timeliness(), ALL)
    names = {procedure.key: procedure.name for procedure in register.profile.procedures}
    known = [
        (name, _of_last_months(found.timeliness({key}.__contains__), key).block(WORKING_DAYS))
        for key, name in names.items()
    ]
    days = everything.block(WORKING_DAYS)
    said = took("stage 1", days) if days[WITH_DAYS] else "No response was sent to what came in then."
    lines = [(name, one) for name, one in known if one[WITH_DAYS]]
    caption, left_out = "Working days to respond, by procedure", Withholding.LEFT_OUT
    tables = (
        *month_tables(everything),
        days_table(caption, "Procedure", lines, left_out, "stage_1.days", everything=days),
        band_table(everything, left_out),
    )
    about = f"What was received from {day(span.start)} to {day(span.end)}."
    return _paper(register, today, "Response times", Section("Response times", (about, said), tables))


def _of_last_months(found: Timeliness, key: str) -> Numbers:
    """Returns the numbers without lists of cases, because the screen lists those of a reporting year."""
    return Numbers(found, {}, f"{STAGE_1.key}.{key}.", listed=False)


def quarter_report(register: Register, today: date) -> Paper:
    """Reports the last complete quarter, and what is open and overdue now."""
    span = last_quarter(today)
    whole = paper(figures_of(register, span, today))
    now = open_now(register, today)
    return replace(whole, title=f"Quarterly report {span.label}", sections=(*whole.sections, *now.sections))


def last_quarter(today: date) -> Span:
    """Returns the last complete quarter of a reporting year."""
    running = quarter(year_of(today), int(quarter_of(today)[1:]))
    return report_spans.step(running, -1)


def _paper(register: Register, today: date, title: str, section: Section) -> Paper:
    return Paper(title, register.profile.name, f"As of {day(today)}.", (section,), today)


def _late(row: QueueRow, today: date) -> bool:
    return row.due_on is not None and row.due_on < today


def _counts(caption: str, thing: str, rows: Iterable[QueueRow], today: date, whose: str) -> Table:
    """How many cases, and how many with anything overdue: a case counts once, whatever is owed on it."""
    cases: dict[str, set[int]] = {}
    overdue: dict[str, set[int]] = {}
    for row in rows:
        cases.setdefault(owner_of(row, whose), set()).add(row.case_id)
        late = overdue.setdefault(owner_of(row, whose), set())
        if _late(row, today):
            late.add(row.case_id)
    names = sorted(cases, key=lambda name: (-len(overdue[name]), -len(cases[name]), name.casefold()))
    return Table(
        caption,
        (thing, OPEN_NOW.words, OVERDUE_NOW.words),
        tuple(
            Row(
                name,
                (
                    Number(len(cases[name]), f"{OPEN_NOW.key}.{whose}.{name}", OPEN_NOW),
                    Number(len(overdue[name]), f"{OVERDUE_NOW.key}.{whose}.{name}", OVERDUE_NOW, bool(overdue[name])),
                ),
            )
            for name in names
        ),
        Withholding.LEFT_OUT,
        bars=tuple(len(cases[name]) for name in names) if cases else (),
        key=f"{OPEN_NOW.key}.{whose}",
    )


def _owed(caption: str, rows: Iterable[QueueRow], today: date, key: str) -> Table:
    lines = tuple(
        Row(
            row.reference,
            (
                Linked(row.owed or NONE, f"{ONE_CASE}.{row.reference}"),
                f"{row.due_on:%a} {row.due_on.day} {row.due_on:%b %Y}" if row.due_on else NONE,
                _left(row.working_days_left),
                row.team or NONE,
            ),
        )
        for row in rows
    )
    columns = ("Case", "Owed", "Due", "Days", "Team")
    return Table(caption, columns, lines, Withholding.LEFT_OUT, word_columns=(1, 2, 3, 4), key=key)


def _left(days: int | None) -> str:
    if days is None:
        return NONE
    return f"{-days} late" if days < 0 else "today" if days == 0 else str(days)
