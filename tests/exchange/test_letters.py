"""A letter as a file: whole, under a name of ours, and never over another."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from feedback_tui.exchange.letter_files import NotALetterFile, letter_docx, letter_name, save_letter, write_letter

TEXT = "Your complaint\n\nDear Bea\nLee\n\nشكوى & <b>\x0b"


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("ASC-26-0001", "ASC-26-0001-holding-2026-04-20"),
        ("../../etc/passwd", "etc-passwd-holding-2026-04-20"),
        ("A/1 \x1b[31m", "A-1-31m-holding-2026-04-20"),
        ("…", "letter-holding-2026-04-20"),
    ],
)
def test_the_name_is_ours(reference: str, name: str) -> None:
    assert letter_name(reference, "holding", date(2026, 4, 20)) == name


def test_no_file_is_written_over(tmp_path: Path) -> None:
    first = save_letter(tmp_path, "a", "One", ".txt")
    second = save_letter(tmp_path, "a", "Two", ".txt")
    assert (first.name, second.name) == ("a.txt", "a-2.txt")
    assert first.read_text("utf-8") == "One\n"
    assert first.stat().st_mode & 0o077 == 0
    with pytest.raises(NotALetterFile, match="is there already"):
        write_letter(first, "Three")
    with pytest.raises(NotALetterFile, match="\\.txt or \\.docx"):
        write_letter(tmp_path / "a.pdf", "Three")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-2.txt", "a.txt"]


def test_a_document_says_what_the_text_says() -> None:
    document = Document(io.BytesIO(letter_docx(TEXT)))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "Your complaint",
        "Dear Bea\nLee",
        "شكوى & <b>\ufffd",
    ]
    assert document.paragraphs[0].runs[0].bold
