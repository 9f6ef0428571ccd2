"""In, out and in again: the same bytes and the same cases, whatever stands in them."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback_tui.casework.importing.import_across_columns import as_stored
from feedback_tui.casework.importing.import_cases import Imported, import_cases
from feedback_tui.exchange.demo import fictional_register
from feedback_tui.exchange.register_csv import read_register, read_rows, register_csv, write_register
from feedback_tui.exchange.register_csv_cells import cells, optional_cells
from feedback_tui.models.register_row import COLUMNS, EVERY_COLUMN, RegisterRow
from feedback_tui.reports.figures import figures_of
from feedback_tui.reports.renderers.as_json import document
from feedback_tui.rules.months import reporting_year
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, open_register
from feedback_tui.text import guarded
from tests.conftest import actor_on
from tests.exchange import strategies
from tests.exchange.texts import SHROPSHIRE, TODAY
from tests.places import copy_of, drop, empty_place
from tests.registers import shropshire as shropshire_report
from tests.registers import wigan as wigan_report

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A row has forty columns to draw, and the machine may be busy."""


@contextmanager
def empty(profile: str) -> Iterator[Register]:
    """An empty register, for the time of the block."""
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(copy_of(empty_place(profile), Path(folder)))
        try:
            yield register
        finally:
            register.close()
            drop(register.where)


def in_and_out(profile: str, rows: list[RegisterRow], today: date) -> bytes:
    """The bytes that an empty register writes once it has imported these rows."""
    with empty(profile) as register:
        assert import_cases(actor_on(register, today), rows) == Imported(len(rows), 0)
        return register_csv(register)[0].encode()


def file_of(rows: list[RegisterRow]) -> bytes:
    written = io.StringIO()
    said = ([*cells(row), *optional_cells(row)] for row in rows)
    csv.writer(written).writerows([EVERY_COLUMN, *([guarded(cell) for cell in row] for row in said)])
    return written.getvalue().encode()


@UNHURRIED
@given(strategies.registers())
def test_what_is_written_is_read_as_it_was(rows: list[RegisterRow]) -> None:
    assert read_register(file_of(rows), SHROPSHIRE, TODAY) == rows


@settings(UNHURRIED, max_examples=40)
@given(rows=strategies.registers())
def test_import_export_import_gives_the_same_cases_and_the_same_bytes(either: None, rows: list[RegisterRow]) -> None:
    with empty("shropshire") as register:
        actor = actor_on(register, TODAY)
        import_cases(actor, rows)
        assert import_cases(actor, rows) == Imported(0, len(rows))
        first = register_csv(register)[0].encode()
        written = read_register(first, SHROPSHIRE, TODAY)
        wanted = sorted((as_stored(row) for row in rows), key=lambda row: (row.received_on, row.reference))
        assert written == wanted
        assert import_cases(actor, written) == Imported(0, len(rows))
        assert check(register).findings == ()
    assert in_and_out("shropshire", written, TODAY) == first


@UNHURRIED
@given(strategies.rows(), st.randoms())
def test_the_order_and_presence_of_columns_make_no_difference(row: RegisterRow, random: Random) -> None:
    said = dict(zip(EVERY_COLUMN, [*cells(row), *optional_cells(row)], strict=True))
    columns = [column for column in EVERY_COLUMN if said[column] or column == "channel"]
    random.shuffle(columns)
    written = io.StringIO()
    csv.writer(written).writerows([columns, [guarded(said[column]) for column in columns]])
    assert read_register(written.getvalue().encode(), SHROPSHIRE, TODAY) == [row]


@pytest.mark.parametrize(
    ("profile", "rows", "today"),
    [
        ("shropshire", shropshire_report.build, shropshire_report.AS_OF),
        ("wigan", wigan_report.build, wigan_report.AS_OF),
        ("westmarch", lambda: list(fictional_register(400, date(2026, 7, 3))), date(2026, 7, 3)),
    ],
)
def test_whole_registers_keep_their_bytes_and_their_figures(
    profile: str, rows: Callable[[], list[dict[str, str]]], today: date, either: None, tmp_path: Path
) -> None:
    with empty(profile) as register, empty(profile) as other:
        import_cases(actor_on(register, today), read_rows(rows(), register.profile, today))
        count = write_register(register, tmp_path / "out.csv")
        found = read_register(tmp_path / "out.csv", other.profile, today)
        assert len(found) == count == len(rows())
        # Another order of import, another officer, another day: nothing of it is seen.
        import_cases(actor_on(other, date(2027, 1, 4), "Kim Ode"), found[::-1])
        assert register_csv(other)[0].encode() == (tmp_path / "out.csv").read_bytes()
        for label in {f"{today.year - 1}/{today.year % 100:02}", f"{today.year}/{today.year % 100 + 1:02}"}:
            span = reporting_year(label)
            assert document(figures_of(other, span, today)) == document(figures_of(register, span, today))
        assert check(register).findings == check(other).findings == ()


def test_what_is_written_is_for_this_user_only_and_ends_lines_as_the_standard_says(
    either: None, tmp_path: Path
) -> None:
    with empty("shropshire") as register:
        import_cases(
            actor_on(register, TODAY),
            read_rows(
                [{"reference": "=1", "kind": "comment", "received_on": "2024-03-04", "description": "two\nlines"}],
                SHROPSHIRE,
                TODAY,
            ),
        )
        assert write_register(register, tmp_path / "out.csv") == 1
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(",".join(COLUMNS).encode() + b"\r\n'=1,comment,")
    assert b'"two\nlines"' in data
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o600
