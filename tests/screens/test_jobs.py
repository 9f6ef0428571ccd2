"""Long work from the interface: checked, done, told how far it is, stopped with nothing changed; the keys go on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from feedback_tui.exchange.import_export import bring_in
from feedback_tui.screens import open_screens
from feedback_tui.screens.admin import jobs
from feedback_tui.screens.admin.job import JobScreen
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.storage.maintenance.backup import backups
from feedback_tui.storage.register import Register
from feedback_tui.widgets.form import Filled
from feedback_tui.widgets.path_field import paths_like
from tests.screens.desk import HOSTILE, TODAY, Desk

MakeDesk = Callable[..., Desk]
GOOD = "reference,kind,received_on\nA-1,comment,01/04/2026\nA-2,comment,2026-04-02\n"
BAD = "reference,kind,received_on\nA-1,[/] moan,01/04/2026\nA-2,comment,31/04/2026\n"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "files"
    (folder / "old").mkdir(parents=True)
    (folder / "good.csv").write_text(GOOD)
    (folder / "bad.csv").write_text(BAD)
    (folder / "notes.txt").write_text("")
    monkeypatch.chdir(folder)
    return folder


async def _open(d: Desk, words: str) -> None:
    await d.press("ctrl+p")
    await d.type(words)
    await d.press("enter")
    await d.until(lambda: isinstance(d.app.screen, JobScreen))


async def test_a_register_is_checked_and_imported_from_the_interface(desk: MakeDesk, register: Register) -> None:
    async with desk() as d:
        await _open(d, "import")
        await d.type("go")
        await d.shows("▸good.csv")
        await d.press("tab", "ctrl+s")
        await d.shows("2 cases can be imported, 0 are there already. Nothing was changed.")
        await d.press("right", "ctrl+s")
        await d.shows("✓ 2 cases imported, 0 were there already.")
        if register.in_a_file:
            assert len(backups(register.where)) == 1
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))
        await d.shows("A-1", "A-2")


async def test_every_bad_cell_is_listed_and_nothing_is_imported(desk: MakeDesk) -> None:
    async with desk() as d:
        await _open(d, "import")
        await d.press("ctrl+s")
        await d.shows("file is needed")
        await d.type("bad.csv")
        await d.press("tab", "right", "ctrl+s")
        await d.shows("2 things are wrong with it", "line 2, kind: “[/] moan”", "“31/04/2026” is not a date")


async def test_a_list_with_other_headings_is_read_by_its_mapping(desk: MakeDesk, files: Path) -> None:
    (files / "own.csv").write_text("Ref,Sort,Came in\nA-1,comment,1.4.2026\n")
    (files / "own.toml").write_text(
        'dates = "D.M.YYYY"\n[columns]\n"Ref" = "reference"\n"Sort" = "kind"\n"Came in" = "received_on"\n'
    )
    async with desk() as d:
        await _open(d, "import")
        await d.type("own.csv")
        await d.tab_to("mapping")
        await d.type("own.toml")
        await d.press("ctrl+s")
        await d.shows("1 cases can be imported, 0 are there already. Nothing was changed.")


async def test_the_register_is_exported_and_what_stands_there_is_kept(desk: MakeDesk, files: Path) -> None:
    async with desk() as d:
        await _open(d, "export")
        await d.press("ctrl+s")
        await d.shows("4 cases written to")
        await d.press("ctrl+s")
        await d.shows("exists already and was left as it is")
        await d.press("tab", "right", "ctrl+s")
        await d.shows("✓ 4 cases written to")
        assert (files / "register-2026-04-15.csv").read_text("utf-8").count("\n") == 5


@pytest.mark.of_a_file
async def test_a_backup_is_made_where_the_officer_says(desk: MakeDesk, files: Path) -> None:
    async with desk() as d:
        await _open(d, "back up")
        await d.type("old/copy.db")
        await d.press("ctrl+s")
        await d.shows("the copy verified")
        assert (files / "old" / "copy.db").exists()


async def test_the_keys_go_on_while_it_works_and_escape_stops_it(
    desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = threading.Semaphore(0)

    def slow(services: Services, filled: Filled, progress: jobs.Progress) -> str:
        for done in range(1, 100):
            assert step.acquire(timeout=60)
            progress("Importing", done, 99)
        return "not reached"

    monkeypatch.setitem(jobs.JOBS, "import_register", replace(jobs.JOBS["import_register"], run=slow))
    async with desk() as d:
        await _open(d, "import")
        await d.type("good.csv")
        await d.press("tab")
        d.send("ctrl+s")
        await d.shows("Beginning", "esc stops it")
        monkeypatch.setattr("feedback_tui.screens.admin.job.TOLD_EVERY", 0.0)
        for _ in range(50):
            step.release()
        await d.shows("50 of 99", "████████████░░░░░░░░░░░░")
        # The form answers meanwhile, and the work is not begun twice.
        d.send("right")
        d.send("ctrl+s")
        await d.shows("[import]")
        d.send("escape")
        await d.shows("stopping …")
        step.release()
        await d.shows("Stopped. Nothing was changed.")
        await d.press("escape")
        await d.until(lambda: isinstance(d.app.screen, QueueScreen))


def test_what_its_progress_raises_leaves_the_register_as_it_was(register: Register, files: Path) -> None:
    services = Services(register, "jsmith", lambda: TODAY, None, open_screens)  # type: ignore[arg-type]
    told: list[str] = []

    def stop(what: str, done: int, of: int) -> None:
        told.append(what)
        if done == of == 2:
            raise KeyError("stop")

    with pytest.raises(KeyError):
        bring_in(services.actor(), files / "good.csv", progress=stop)
    kept = ["Making a backup"] if register.in_a_file else []
    # How often each is told is the import's own affair.
    assert list(dict.fromkeys(told)) == ["Reading the file", "Comparing with the register", *kept, "Importing"]
    assert "2 cases can be imported" in bring_in(services.actor(), files / "good.csv", check=True)


def test_paths_are_offered_folders_first_and_only_what_fits(files: Path) -> None:
    (files / "old" / "[bold].csv").write_text("")
    (files / "old" / "\x1b[31m.csv").write_text("")
    assert paths_like("", (".csv",)) == ["old/", "bad.csv", "good.csv"]
    assert paths_like("G", (".csv",)) == ["good.csv"]
    assert paths_like("old/", (".csv",)) == ["old/[bold].csv"]
    assert paths_like(f"{files}/no", (".txt",)) == [f"{files}/notes.txt"]
    for text in (*HOSTILE, "nowhere/", "\x00/", "~nobody-of-this-name/"):
        assert paths_like(text, (".csv",)) == []
