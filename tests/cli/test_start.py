"""What a command may load: a console command starts light, and an error loads nothing that it does not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from feedback_tui.cli.commands import NO_COMMAND, add_commands, command_of, commands
from feedback_tui.cli.startup import interface_options, open_at_once
from tests.places import SERVER


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        (["summary", "2025/26"], ["textual", "alembic"]),
        # A file is read by its own driver.
        (
            ["queue"],
            [
                *("textual", "alembic", "holidays", "feedback_tui.rules.lifecycle.lifecycle"),
                *([] if SERVER else ["sqlalchemy", "sqlmodel"]),
            ],
        ),
        (["queue", "team:enable"], ["textual", "alembic", "holidays"]),
        (["days", "2026-04-20", "--add", "3"], ["textual", "sqlmodel", "sqlalchemy"]),
        (
            ["explain", "--procedure", "corporate", "--received", "2026-04-20", "--profile", "shropshire"],
            ["textual", "sqlmodel", "sqlalchemy"],
        ),
        (["--help"], ["textual", "sqlmodel", "sqlalchemy", "pydantic"]),
        (["--version"], ["textual", "sqlmodel", "sqlalchemy", "pydantic", "feedback_tui.rules.lifecycle.lifecycle"]),
    ],
)
def test_a_command_loads_no_more_than_it_needs(register_place: str, arguments: list[str], forbidden: list[str]) -> None:
    program = (
        "import sys\n"
        "from feedback_tui.cli.main import run\n"
        f"code = run(['--db', {register_place!r}, *{arguments!r}])\n"
        f"print('LOADED', [name for name in {forbidden!r} if name in sys.modules], code)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.splitlines()[-1] == "LOADED [] 0", done.stderr


@pytest.mark.of_a_file
def test_the_first_screen_waits_for_neither_the_models_nor_what_reads_through_them(register_place: str) -> None:
    """A register is opened, and the queue of the day read, with what every command loads."""
    program = (
        "import sys\n"
        "from datetime import date\n"
        "import feedback_tui.app\n"
        "from feedback_tui.desk.queue.queue_filter import QueueFilter\n"
        "from feedback_tui.screens.queue.queue_rows import QueueSource\n"
        "from feedback_tui.storage.register import open_register\n"
        f"register = open_register({register_place!r})\n"
        "source = QueueSource(register, date.today(), QueueFilter())\n"
        "found = (len(source.groups()), len(source.rows(0, 50)), register.profile.name, register.officer_for('Sam'))\n"
        "print('LOADED', [name for name in ('sqlalchemy', 'sqlmodel', 'holidays') if name in sys.modules], found[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.splitlines()[-1] == "LOADED [] 5", done.stderr


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["queue"], "queue"),
        (["--db", "show", "--today=2026-04-20", "queue", "show"], "queue"),
        (["days-off", "add", "--help"], "days-off"),
        (["help", "queue"], "help"),
        (["--help"], NO_COMMAND),
        (["--help", "queue"], NO_COMMAND),
        (["-h"], NO_COMMAND),
        (["--all", "queue"], None),
        (["--db"], None),
        (["qeueu"], NO_COMMAND),
        (["--version"], NO_COMMAND),
        (["--db", "x.db", "--version", "queue"], NO_COMMAND),
        ([], None),
    ],
)
def test_the_command_that_a_call_names(arguments: list[str], command: str | None) -> None:
    assert command_of(arguments) == command


def test_each_command_alone_is_what_it_is_among_all() -> None:
    """What it is called with, and what its help says; and the help of all of them has each."""
    everything = typer.Typer()
    add_commands(everything)
    found = typer.main.get_group(everything).commands
    assert sorted(found) == sorted(commands())
    for name, whole in found.items():
        alone = typer.Typer()
        alone.callback()(lambda: None)
        add_commands(alone, name)
        ((only, command),) = typer.main.get_group(alone).commands.items()
        assert (only, command.help) == (name, whole.help)
        assert [parameter.opts for parameter in command.params] == [parameter.opts for parameter in whole.params]


def test_a_closed_pipe_is_no_fault() -> None:
    done = subprocess.run(
        f"{sys.executable} -m feedback_tui --help | head -1",
        shell=True, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ([], {}),
        (["--db", "x.db", "--as", "Sam"], {"--db": "x.db", "--as": "Sam"}),
        (["--db=x.db", "--today=2026-04-20"], {"--db": "x.db", "--today": "2026-04-20"}),
        (["queue"], None),
        (["--db", "x.db", "queue"], None),
        (["--help"], None),
        (["--db"], None),
        (["--all"], None),
    ],
)
def test_without_a_command_there_is_nothing_to_parse(arguments: list[str], found: dict[str, str] | None) -> None:
    assert interface_options(arguments) == found


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ({"--today": "soon"}, 2, "is not a date"),
        ({"--db": "/"}, 1, "it is a folder"),
    ],
)
def test_the_short_way_says_what_is_wrong(
    options: dict[str, str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert open_at_once(options) == code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["--db", "queue"], ["demo"]])
def test_without_a_terminal_the_interface_is_refused_at_once(tmp_path: Path, arguments: list[str]) -> None:
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    environment.pop("TEXTUAL_DRIVER", None)
    done = subprocess.run(
        [sys.executable, "-m", "feedback_tui", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "The interface needs a terminal" in done.stderr


def test_showing_a_case_loads_no_input_of_a_step() -> None:
    program = (
        "import sys\n"
        "import feedback_tui.cli.show, feedback_tui.cli.show_text, feedback_tui.desk.case.page\n"
        "print([name for name in sys.modules if name.startswith('feedback_tui.models.inputs.')])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.strip() == "[]"
