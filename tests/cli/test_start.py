"""What a command may load: a console command starts light, and an error loads nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        (["summary", "2025/26"], ["textual", "alembic"]),
        (["queue"], ["textual", "alembic", "holidays"]),
        (["days", "2026-04-20", "--add", "3"], ["textual", "sqlmodel", "sqlalchemy"]),
        (
            ["explain", "--procedure", "corporate", "--received", "2026-04-20", "--profile", "shropshire"],
            ["textual", "sqlmodel", "sqlalchemy"],
        ),
        (["--help"], ["textual", "sqlmodel", "sqlalchemy", "pydantic"]),
    ],
)
def test_a_command_loads_no_more_than_it_needs(register_path: Path, arguments: list[str], forbidden: list[str]) -> None:
    program = (
        "import sys\n"
        "from feedback_tui.cli.main import run\n"
        f"code = run(['--db', {str(register_path)!r}, *{arguments!r}])\n"
        f"print('LOADED', [name for name in {forbidden!r} if name in sys.modules], code)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "LOADED [] 0", done.stderr


def test_a_closed_pipe_is_no_fault(register_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m feedback_tui --help | head -1",
        shell=True, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stderr == ""
