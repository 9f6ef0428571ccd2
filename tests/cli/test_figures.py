"""Figures of earlier years from the console."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from feedback_tui.casework.errors import InvalidInput
from feedback_tui.cli import typed_figures
from feedback_tui.cli.shared import Place
from feedback_tui.exchange.register_csv import BadRegister


def run(register: str, *arguments: str) -> Result:
    app = typer.Typer()
    app.add_typer(typed_figures.figure_commands, name="figure")
    place = Place(register, date(2023, 4, 20), "Sam")
    return CliRunner().invoke(app, ["figure", *arguments], obj=place)


def test_set_list_and_remove(register_place: str) -> None:
    assert run(register_place, "set", "2021/22", "investigations", "156").exit_code == 0
    assert run(register_place, "set", "2021/22", "upheld_percent", "21%").exit_code == 0
    listed = run(register_place, "list")
    assert [line.split() for line in listed.stdout.splitlines()] == [
        ["2021/22", "investigations", "156"],
        ["2021/22", "upheld_percent", "21"],
    ]
    assert run(register_place, "remove", "2021/22", "investigations").exit_code == 0
    assert '"name": "upheld_percent"' in run(register_place, "list", "--format", "json").stdout


def test_a_file_is_read_whole_or_not_at_all(register_place: str, tmp_path: Path) -> None:
    file = tmp_path / "years.csv"
    file.write_text("name,year,value\nombudsman,2020/21,7\n\nombudsman,2021/22,12\n")
    assert run(register_place, "import", str(file), "--check").exit_code == 0
    assert run(register_place, "list").stdout == ""
    assert run(register_place, "import", str(file)).exit_code == 0
    assert len(run(register_place, "list").stdout.splitlines()) == 2
    file.write_text("year,name,value\n2020/21,compliments,235\n2020/21,moons,7\n")
    assert isinstance(run(register_place, "import", str(file)).exception, InvalidInput)
    assert len(run(register_place, "list").stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"year,figure\n", "names the columns"),
        (b"year,name,value\n2020/21,ombudsman\n", "2 cells under 3 columns"),
        (b"year,name,value\n\xff", "not UTF-8"),
        (b'year,name,value\n"2020/21', "not CSV"),
        (b"", "names the columns"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(register_place: str, tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "years.csv"
    file.write_bytes(content)
    failed = run(register_place, "import", str(file)).exception
    assert isinstance(failed, BadRegister)
    assert why in str(failed)
