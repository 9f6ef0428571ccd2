"""Writes a letter to a file, as plain text or as a Word document. Files are never overwritten."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

from feedback_tui.plain_error import PlainError
from feedback_tui.storage.maintenance.atomic_files import write_new
from feedback_tui.text import safe_text

LANGUAGE = "en-GB"
KINDS = (".txt", ".docx")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]+")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOST = 1000


class NotALetterFile(PlainError, ValueError):
    """A letter cannot be written to this file name."""


def letter_name(reference: str, key: str, day: date) -> str:
    """Returns the name of a letter's file, without suffix: ``ASC-26-0001-acknowledgement-2026-04-20``."""
    parts = [_NOT_IN_A_NAME.sub("-", part).strip("-") or "letter" for part in (reference, key)]
    return f"{'-'.join(parts)}-{day.isoformat()}"


def save_letter(folder: Path, name: str, text: str, ending: str) -> Path:
    """Writes a letter into `folder` under the first free name (``name.txt``, ``name-2.txt``, …). Returns its path.

    Raises RegisterError if it cannot be written; NotALetterFile if there are too many of this name.
    """
    for number in range(1, _MOST):
        path = folder / f"{name}{'' if number == 1 else f'-{number}'}{ending}"
        if write_new(path, as_bytes(text, ending)):
            return path.absolute()
    raise NotALetterFile(f"{folder} holds {_MOST} letters of this name: tidy it first.")


def write_letter(path: Path, text: str) -> None:
    """Writes a letter to the named file. Raises NotALetterFile if it exists or is no .txt or .docx; RegisterError if it
    cannot be written."""
    ending = path.suffix.casefold()
    if ending not in KINDS:
        raise NotALetterFile(f"{path.name}: a letter is written to a file that ends in .txt or .docx.")
    if not write_new(path, as_bytes(text, ending)):
        raise NotALetterFile(f"{path} is there already, and was left as it is. Name another file.")


def as_bytes(text: str, ending: str) -> bytes:
    """Returns a letter as the content of a file with this suffix."""
    text = safe_text(text)
    return letter_docx(text) if ending == ".docx" else (text.rstrip("\n") + "\n").encode("utf-8", "replace")


def letter_docx(text: str) -> bytes:
    """Returns a letter as a Word document: the first line is the subject, in bold; each block of lines is a
    paragraph."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(12)
    language = normal.element.get_or_add_rPr()
    tag = language.makeelement(qn("w:lang"), {qn("w:val"): LANGUAGE})
    language.append(tag)
    subject, _, rest = _NOT_IN_XML.sub("\ufffd", text).partition("\n")
    document.core_properties.title = subject[:200]
    document.core_properties.author = ""
    document.add_paragraph().add_run(subject).bold = True
    for block in re.split(r"\n\s*\n", rest.strip("\n")):
        paragraph = document.add_paragraph()
        for number, line in enumerate(block.split("\n")):
            run = paragraph.add_run(line)
            if number < block.count("\n"):
                run.add_break()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
