"""Every end is a good one: words kept on a signal, no case data on the screen after a crash, a light start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from textual.app import App

from feedback_tui.app import FeedbackApp
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.crash_log import in_words
from feedback_tui.screens.steps.intake import IntakeScreen
from feedback_tui.storage.errors import RegisterBusy
from tests.screens.desk import Desk

MakeDesk = Callable[..., Desk]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
async def test_a_signal_keeps_what_was_typed_and_ends(desk: MakeDesk, name: str) -> None:
    d = desk()
    async with d:
        await d.press("n")
        await d.type("unsaved words")
        os.kill(os.getpid(), getattr(signal, name))
        await d.until(lambda: d.ended)
    assert d.app.return_code == 128 + getattr(signal, name)
    async with desk() as again:
        await again.press("n")
        await again.shows("brought back", "unsaved words")


async def test_quitting_keeps_what_was_typed(desk: MakeDesk) -> None:
    d = desk()
    async with d:
        await d.press("n")
        await d.type("unsaved words")
        await d.press("ctrl+q")
    assert d.app.return_code == 0
    async with desk() as again:
        await again.press("n")
        await again.shows("unsaved words")


async def test_a_timer_that_fires_after_the_screens_were_closed_does_nothing(
    desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    timed: list[Callable[[], object]] = []

    def take_down(_: App[None], __: float, callback: Callable[[], object], **___: object) -> None:
        timed.append(callback)

    async with desk() as d:
        monkeypatch.setattr(App, "set_timer", take_down)
        monkeypatch.setattr(App, "set_interval", take_down)
        d.app.set_timer(1, lambda: d.app.screen)
        d.app.set_interval(1, lambda: d.app.screen)
        assert [callback() for callback in timed] == [d.app.screen] * 2
    assert not d.app.screen_stack
    assert [callback() for callback in timed] == [None] * 2


async def test_rows_that_are_read_after_the_screens_were_closed_load_nothing_more(state: Path) -> None:
    app = FeedbackApp(None, str(state / "none.db"), "Sam", date.today)
    assert not app.screen_stack
    app.on_case_table_highlighted()


async def test_a_crash_says_so_plainly_without_case_data_and_keeps_the_words(
    desk: MakeDesk, monkeypatch: pytest.MonkeyPatch, state: Path
) -> None:
    def crash(self: DeskScreen) -> None:
        secret = "Margaret Hughes of Ivy Lane"
        raise KeyError(secret)

    monkeypatch.setattr(IntakeScreen, "do_theme", crash)
    d = desk()
    shown: list[str] = []

    async def work_until_it_crashes() -> None:
        async with d:
            await d.press("n")
            await d.type("unsaved words")
            await d.press("ctrl+t")
            await d.until(lambda: d.fault)
            shown.extend(str(part) for part in d.app._exit_renderables)

    with pytest.raises(KeyError):
        await work_until_it_crashes()
    assert d.app.return_code == 1
    assert "did not foresee (KeyError)" in shown[0]
    record = (state / "trouble.log").read_text()
    assert "test_ends.py" in record
    for text in (*shown, record):
        assert "Ivy Lane" not in text
        assert "secret" not in text
    async with desk() as again:
        await again.press("n")
        await again.shows("unsaved words")


async def test_a_busy_register_is_said_in_its_own_words_and_the_form_stays(
    desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*given: object) -> None:
        raise RegisterBusy()

    monkeypatch.setattr("feedback_tui.screens.steps.intake.log", busy)
    async with desk() as d:
        await d.press("n")
        await d.type("patience")
        await d.press("ctrl+s")
        await d.tells("in use by another program just now")
        await d.shows("patience", "New feedback")
        monkeypatch.undo()
        await d.press("ctrl+s")
        await d.tells("logged")


async def test_what_was_logged_is_not_logged_again_when_acknowledging_it_fails(
    desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*given: object) -> None:
        raise RegisterBusy()

    monkeypatch.setattr("feedback_tui.screens.steps.intake.acknowledge", busy)
    async with desk() as d:
        await d.press("n")
        await d.type("patience")
        await d.press("f2")
        await d.tells("ASC-26-0005 logged, but not acknowledged: The register is in use")
        await d.until(lambda: "▌" in d.line("ASC-26-0005"))
        assert d.case("ASC-26-0005").acknowledged_on is None


def test_what_was_not_foreseen_is_said_without_its_own_words() -> None:
    assert "Ivy Lane" not in in_words(ValueError("Ivy Lane"))
    assert in_words(RegisterBusy()) == str(RegisterBusy())


def test_starting_up_loads_the_queue_and_no_other_screen() -> None:
    code = (
        "import sys, feedback_tui.app, feedback_tui.screens.queue.queue;"
        "print(*sorted(m for m in sys.modules if m.startswith('feedback_tui.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    late = (
        "steps.intake",
        "steps.step_menu",
        "steps.step_screen",
        "steps.step_forms",
        "case.case",
        "case.explain_dates",
        "year.year",
        "queue.goto",
        "help.help",
        "help.welcome",
        "shared.form_screen",
    )
    assert [name for name in late if find_spec(f"feedback_tui.screens.{name}") is None] == []
    assert [name for name in late if f"feedback_tui.screens.{name}" in loaded] == []
    assert [name for name in loaded if name.startswith("feedback_tui.reports")] == []
