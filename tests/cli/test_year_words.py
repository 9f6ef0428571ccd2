"""The officers' own words for a year's report, from the console."""

from __future__ import annotations

from datetime import date

import typer
from typer.testing import CliRunner, Result

from feedback_tui.cli import year_texts
from feedback_tui.cli.shared import Place


def run(register: str, *arguments: str, given: str = "") -> Result:
    app = typer.Typer()
    app.add_typer(year_texts.words_commands, name="words")
    place = Place(register, date(2023, 4, 20), "Sam")
    return CliRunner().invoke(app, ["words", *arguments], obj=place, input=given)


def test_words_are_written_changed_listed_and_taken_out(register_place: str) -> None:
    assert run(register_place, "add", "2022/23", "recommendations", "Answer sooner").exit_code == 0
    assert run(register_place, "add", "2022/23", "General_Importance", "-", given="Fees are\nunclear").exit_code == 0
    assert run(register_place, "change", "2022/23", "recommendation", "1", "Answer in time").exit_code == 0
    assert run(register_place, "list", "2022/23").stdout.splitlines() == [
        "recommendations 1: Answer in time",
        "general importance 1: Fees are unclear",
    ]
    assert run(register_place, "remove", "2022/23", "recommendations", "1").exit_code == 0
    assert '"section": "general importance"' in run(register_place, "list", "2022/23", "--format", "json").stdout


def test_an_unknown_part_of_the_report_is_told(register_place: str) -> None:
    failed = run(register_place, "add", "2022/23", "poems", "Roses")
    assert failed.exit_code != 0
    assert "recommendations" in failed.output + str(failed.exception)
