"""A second process makes the cases of a long import: what is stored is what one makes alone, whatever becomes of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.importing import import_batches, row_to_case
from feedback_tui.casework.importing.import_cases import Imported, import_cases
from feedback_tui.exchange.demo import fictional_register
from feedback_tui.exchange.import_export import bring_in
from feedback_tui.exchange.register_csv import BadRegister, read_rows
from feedback_tui.models.register_row import RegisterRow
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register
from feedback_tui.storage.search import search_index
from feedback_tui.worker_process import Beside
from tests.casework.cases import everything
from tests.conftest import MakeRegister

TODAY = date(2024, 11, 4)
NOW = datetime(2024, 11, 4, 9, 30, tzinfo=UTC)
CASES = 130


class AtOnce(Beside[Any, Any]):
    """One that is waited for: how long it takes to start is the machine's affair."""

    def is_ready(self) -> bool:
        message = self._in.messages.get()
        self._in.messages.put(message)
        return True

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[AtOnce]:
    """The second processes that imports start, however few their cases."""
    found: list[AtOnce] = []

    def start(_cases: int) -> AtOnce:
        found.append(AtOnce(row_to_case.__name__))
        return found[-1]

    monkeypatch.setattr(import_batches, "LOT", 20)
    monkeypatch.setattr(import_batches, "start_second_process", start)
    return found


def actor_on(register: Register) -> Actor:
    return Actor(register, "Sam Reed", TODAY, lambda: NOW)


def rows_for(register: Register) -> list[RegisterRow]:
    return read_rows(fictional_register(CASES, TODAY, profile=register.profile), register.profile, TODAY)


def said(register: Register) -> dict[str, Any]:
    """Everything that is stored and searched, with the words themselves for their digests: salts are never the same."""
    tables = everything(register)
    words = {row[0]: (row[1], row[3]) for row in tables.pop("words")}
    events = [
        [
            json.loads(str(value), object_hook=partial(_named, words)) if str(value)[:1] in "[{" else value
            for value in row
        ]
        for row in (event[:-2] for event in tables.pop("event"))
    ]
    with register.reading() as session:
        searched = session.connection().exec_driver_sql(
            f"SELECT rowid, reference, people, words FROM {search_index.INDEX} ORDER BY rowid"
        )
        return {
            **tables,
            "words": sorted(words.values()),
            "event": events[1:],
            "search": [tuple(row) for row in searched],
        }


def _named(words: dict[Any, Any], side: dict[str, Any]) -> Any:
    return words[side["words"]] if side.keys() == {"words"} else side


@pytest.mark.of_a_file
def test_what_it_makes_is_what_is_made_here(
    make_register: MakeRegister, started: list[AtOnce], monkeypatch: pytest.MonkeyPatch
) -> None:
    there, here = make_register("westmarch"), make_register("westmarch")
    rows = rows_for(there)
    half = len(rows) // 2
    for some in (rows[:half], rows[half:]):
        assert import_cases(actor_on(there), some) == Imported(len(some), 0)
    assert len(started) == 2
    assert all(other.has_ended() for other in started)
    monkeypatch.setattr(import_batches, "start_second_process", lambda _cases: None)
    for some in (rows[:half], rows[half:]):
        import_cases(actor_on(here), some)
    assert said(there) == said(here)
    assert check(there).findings == ()


def test_it_is_started_for_a_file_that_can_be_imported_and_ended_with_it(
    shropshire: Register, started: list[AtOnce], tmp_path: Path
) -> None:
    file, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    file.write_text("reference,kind,received_on\nA,comment,2024-03-04\nB,comment,2024-03-04\n")
    bad.write_text("reference,kind,received_on\nC,comment,soon\n")
    with pytest.raises(BadRegister):
        bring_in(actor_on(shropshire), bad)
    assert not started
    assert bring_in(actor_on(shropshire), file) == "2 cases imported, 0 were there already."
    assert [other.has_ended() for other in started] == [True]


def test_it_may_end_at_any_time(shropshire: Register, started: list[AtOnce]) -> None:
    rows = rows_for(shropshire)

    def end(done: int) -> None:
        if done >= 40:
            started[0].end()

    assert import_cases(actor_on(shropshire), rows, end) == Imported(len(rows), 0)
    assert check(shropshire).findings == ()


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError])
def test_an_error_ends_both_and_leaves_nothing(
    shropshire: Register, started: list[AtOnce], stop: type[BaseException]
) -> None:
    before, rows = everything(shropshire), rows_for(shropshire)

    def stopping(done: int) -> None:
        if done >= 40:
            raise stop

    with pytest.raises(stop):
        import_cases(actor_on(shropshire), rows, stopping)
    assert everything(shropshire) == before
    assert started[0].has_ended()


def test_an_error_in_a_row_is_the_same_as_here(shropshire: Register, started: list[AtOnce]) -> None:
    before, rows = everything(shropshire), rows_for(shropshire)
    rows[100] = replace(rows[100], procedure="of another council")
    with pytest.raises(Exception, match="of another council"):
        import_cases(actor_on(shropshire), rows, checked_under=shropshire.profile)
    assert everything(shropshire) == before


@pytest.mark.parametrize(("cases", "processors"), [(1_999, 2), (2_000, 1)])
def test_few_cases_or_one_processor_start_none(monkeypatch: pytest.MonkeyPatch, cases: int, processors: int) -> None:
    monkeypatch.setattr(import_batches, "processors", lambda: processors)
    assert import_batches.start_second_process(cases) is None


def test_where_none_can_be_started_all_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_batches, "processors", lambda: 2)
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    assert import_batches.start_second_process(100_000) is None


def numbers() -> Callable[[str], int]:
    """A maker of numbers, for the other process."""
    return int


def test_one_that_cannot_start_says_so() -> None:
    with Beside[str, int]("feedback_tui.no_such_module") as other:
        other.hand(numbers)
        other.give("1")
        assert other.take() is None


def test_it_imports_nothing_that_stands_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [path for path in sys.path if path])
    with Beside[str, int]("json") as other:
        other.hand(numbers)
        other.give("1")
        assert other.take() == 1


def test_things_come_in_their_order_until_one_cannot_be_made() -> None:
    with Beside[str, int]("json") as other:
        other.hand(numbers)
        for text in ("1", "20", "three", "4"):
            other.give(text)
        assert [other.take() for _ in range(4)] == [1, 20, None, None]
