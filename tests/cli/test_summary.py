"""The year from the console: each format where it belongs, and no file of anyone's replaced by a folder of tables."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.mark.parametrize("format", ["docx", "csv"])
def test_what_is_no_text_needs_a_place(command: Command, format: str) -> None:
    result = command("summary", "2025/26", "--format", format)
    assert result.code == 2
    assert "--output" in result.err


def test_a_document_is_written(command: Command, tmp_path: Path) -> None:
    result = command("summary", "2025/26", "--format", "docx", "--output", str(tmp_path / "year.docx"))
    assert (result.code, result.out) == (0, "")
    assert (tmp_path / "year.docx").read_bytes().startswith(b"PK")


def test_tables_go_into_a_folder_of_their_own(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    assert command("summary", "2025/26", "--format", "csv", "--output", str(folder)).code == 0
    assert (folder / "00-tables.csv").exists()
    again = command("summary", "2025/26", "--format", "csv", "--output", str(folder))
    assert again.code == 1
    assert "holds other files" in again.err


def test_what_is_published_may_be_json(command: Command) -> None:
    found = json.loads(command("summary", "2025/26", "--suppress", "5", "--format", "json").out)
    assert found["year"]["label"] == "2025/26"
    assert "are withheld" in " ".join(command("summary", "2025/26", "--suppress", "5").out.split())


@pytest.mark.parametrize(
    "span", [["2025/26 Q2"], ["2025-08"], ["--month", "2025-08"], ["--from", "2025-08-01", "--to", "2025-08-15"]]
)
def test_any_span_has_its_summary(command: Command, span: list[str]) -> None:
    result = command("summary", *span, "--format", "json")
    assert result.code == 0
    assert result.json["year"]["start"] in ("2025-07-01", "2025-08-01")


@pytest.mark.parametrize("span", [[], ["2025/26", "--from", "2025-08-01"], ["--to", "2025-08-01"], ["summer"]])
def test_a_span_that_is_none_is_wrong_usage(command: Command, span: list[str]) -> None:
    assert command("summary", *span).code == 2


def test_the_cases_behind_a_figure_are_listed(command: Command) -> None:
    for number in range(3):
        command("log", "--kind", "complaint", "--received", f"2026-04-0{number + 7}", "--description", "Late",
                "--channel", "email", "--team", "North")  # fmt: skip
    listed = command("summary", "2026/27", "--cases", "complaints.by_team.north", "--limit", "2")
    assert listed.code == 0
    assert [line.split()[1] for line in listed.out.splitlines()[1:]] == ["2026-04-07", "2026-04-08"]
    assert "complaints.by_team.north in 2026/27: 3 cases. The first 2 are listed." in listed.err
    as_json = command("summary", "2026/27", "--cases", "complaints.cases", "--format", "json").json
    assert [line["received_on"] for line in as_json] == ["2026-04-07", "2026-04-08", "2026-04-09"]
    wrong = command("summary", "2026/27", "--cases", "complaints.by_teem.North")
    assert wrong.code == 1
    assert "complaints.by_team.North" in wrong.err


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ("1900/01", "begins before 2000, from when working days can be counted"),
        ("1901/02 Q3", "begins before 2000"),
        ("1999/00", "begins before 2000"),
        ("1900-04", "begins before 2000"),
        ("1900-01-01 to 1900-02-01", "begins before 2000"),
        ("9999/00", "“9999/00” is not between 1900 and 2100"),
        ("0000/01", "“0000/01” is not between 1900 and 2100"),
        ("2025/27", "“2025/27” is not a year: 2025/26 would be"),
        ("202526", "is no span of a report: write a year (2025/26)"),
    ],
)
def test_a_span_that_no_register_has_is_a_plain_sentence(command: Command, span: str, said: str) -> None:
    result = command("summary", span)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


@pytest.mark.parametrize("span", ["2000/01", "2000-01", "2099/00", "2100-12"])
def test_the_first_and_last_years_of_all_are_reports_without_a_case(command: Command, span: str) -> None:
    assert command("summary", span).code == 0


@pytest.mark.parametrize("arguments", [("--month", "1900-04"), ("1900/01", "--quarter", "2"), ("--from", "1900-01-01")])
def test_options_name_no_such_span_either(command: Command, arguments: tuple[str, ...]) -> None:
    result = command("summary", *arguments)
    assert (result.code, "begins before 2000" in result.err) == (2, True)


@pytest.mark.parametrize("format", ["text", "markdown", "html", "docx"])
def test_what_withholds_small_counts_says_so(command: Command, tmp_path: Path, format: str) -> None:
    place = tmp_path / "year"
    assert command("summary", "2025/26", "--suppress", "5", "--format", format, "--output", str(place)).code == 0
    if format == "docx":
        with zipfile.ZipFile(place) as archive:
            found = archive.read("word/document.xml").decode()
    else:
        found = place.read_text("utf-8")
    assert "under 5 are withheld" in " ".join(found.split())
    assert "are withheld" not in command("summary", "2025/26").out


def test_a_working_report_as_json_has_figures_as_numbers_and_shares_in_words(command: Command) -> None:
    tables = {
        table["table"]: table["rows"] for table in command("report", "quarter", "--format", "json").json["tables"]
    }
    assert {(type(row["Number"]), row["Share"]) for row in tables["Feedback by month"]} == {(int, "–")}
    assert "Share(" not in str(tables)
