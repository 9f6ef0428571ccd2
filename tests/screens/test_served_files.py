"""Files in a browser: inside one folder, and nothing written over. In a terminal a path is what was typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedback_tui import browser_files
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import year_of
from feedback_tui.screens.admin import jobs
from feedback_tui.screens.admin.job import JobScreen
from feedback_tui.screens.year.year_export import ExportScreen
from feedback_tui.storage.register import Register
from feedback_tui.widgets.path_field import paths_like
from tests.screens.desk import TODAY, Desk

MakeDesk = Callable[..., Desk]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a served session, beside a home with a file that a shell obeys."""
    home, folder = tmp_path / "home", tmp_path / "home" / "files"
    (folder / "old").mkdir(parents=True)
    (home / ".bashrc").write_text("mine")
    (home / "list.csv").write_text("a secret")
    (folder / "there.csv").write_text("there")
    (folder / "out").symlink_to(home)
    (folder / "link.csv").symlink_to(home / "list.csv")
    (folder / "dangling.csv").symlink_to(home / "new.csv")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv(browser_files.VARIABLE, str(folder))
    return folder


OUTSIDE = (
    "../.bashrc", "~/.bashrc", "~", "/etc/passwd", "out/x.csv", "out/.bashrc", "old/../../x.csv", "link.csv",
    "dangling.csv", ".bashrc", "old/.hidden", ".ssh/authorized_keys", "~nobody/x", "x\0y",
)  # fmt: skip


@pytest.mark.parametrize("typed", OUTSIDE)
def test_no_path_leads_out_of_the_folder(folder: Path, typed: str) -> None:
    for asked in (browser_files.place_of, browser_files.new_place_of):
        with pytest.raises(browser_files.OutsideFolder, match="is not inside"):
            asked(typed)


def test_inside_it_a_name_is_in_it(folder: Path) -> None:
    assert browser_files.place_of("x.csv") == folder / "x.csv"
    assert browser_files.place_of(str(folder / "old" / "x.csv")) == folder / "old" / "x.csv"
    assert browser_files.new_place_of("old") == folder / "old"
    assert browser_files.working_folder() == folder
    with pytest.raises(browser_files.IsThere, match="nothing is written over"):
        browser_files.new_place_of("there.csv")


def test_in_a_terminal_a_path_is_what_was_typed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(browser_files.VARIABLE)
    for asked in (browser_files.place_of, browser_files.new_place_of):
        assert asked("~/.bashrc") == folder.parent / ".bashrc"
        assert asked("there.csv") == Path("there.csv")


def test_no_name_outside_is_offered(folder: Path) -> None:
    assert "old/" in paths_like("", (".csv",))
    for typed in ("../", "~/", "/etc/", "out/", "/"):
        assert paths_like(typed, (".csv", ".conf", "")) == []


async def _job(d: Desk, name: str) -> None:
    await d.press("ctrl+p")
    await d.type(name)
    await d.press("enter")
    await d.until(lambda: isinstance(d.app.screen, JobScreen))


async def _instead(d: Desk, typed: str) -> None:
    """Types into the field in place of what it begins with."""
    await d.press("home", "ctrl+k")
    await d.type(typed)


@pytest.mark.parametrize(("typed", "said"), [("~/.bashrc.csv", "is not inside"), ("there.csv", "nothing is written")])
async def test_an_export_neither_leaves_the_folder_nor_replaces_anything(
    desk: MakeDesk, folder: Path, typed: str, said: str
) -> None:
    async with desk() as d:
        await _job(d, "export")
        await _instead(d, typed)
        await d.press("tab", "right", "ctrl+s")
        await d.shows(said)
    assert (folder / "there.csv").read_text() == "there"
    assert {path.name for path in folder.parent.iterdir()} == {".bashrc", "files", "list.csv"}


async def test_an_import_reads_no_file_outside(desk: MakeDesk, folder: Path) -> None:
    async with desk() as d:
        await _job(d, "import")
        await d.type("../list.csv")
        await d.press("tab", "ctrl+s")
        await d.shows("is not inside")


async def test_the_year_is_written_inside_alone(desk: MakeDesk, register: Register, folder: Path) -> None:
    """A `.bashrc` was replaced by the year's export."""
    figures = figures_of(register, year_of(TODAY), TODAY)
    async with desk() as d:
        d.app.push_screen(ExportScreen(d.screen.services, figures))
        await d.shows("File or folder")
        await d.tab_to("name")
        for typed, said in (("~/.bashrc", "is not inside"), ("there.csv", "nothing is written over")):
            await _instead(d, typed)
            await d.press("tab", "right", "ctrl+s")
            await d.shows(said)  # The cursor stands in the field that is wrong.
        await _instead(d, "year.html")
        await d.press("ctrl+s")
        await d.until((folder / "year.html").exists)
    assert (folder.parent / ".bashrc").read_text() == "mine"
    assert (folder / "there.csv").read_text() == "there"


def test_every_path_of_a_form_is_asked_of_one_function() -> None:
    """No screen makes a path of what was typed but by `feedback_tui.browser_files`."""
    rooms = [Path(jobs.__file__).parent, Path(jobs.__file__).parent.parent / "widgets"]
    files = [path for room in rooms for path in room.glob("*.py")]
    assert [path.name for path in files if "expanduser" in path.read_text("utf-8")] == []
