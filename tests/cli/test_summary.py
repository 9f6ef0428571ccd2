"""The year from the console: each format where it belongs, and no file of anyone's replaced by a folder of tables."""

from __future__ import annotations

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


def test_what_is_published_is_no_json(command: Command) -> None:
    assert command("summary", "2025/26", "--suppress", "5", "--format", "json").code == 2
    assert "are withheld" in " ".join(command("summary", "2025/26", "--suppress", "5").out.split())
