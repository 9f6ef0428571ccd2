"""The report as a Word document with real headings and tables, for the officer to finish."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from feedback_tui.reports.document.blocks import Paper, Section, Table
from feedback_tui.reports.document.number_format import shown
from feedback_tui.text import one_line

LANGUAGE = "en-GB"
FONT = "Arial"
INK = RGBColor(0x0B, 0x0C, 0x0C)
RULE = "B1B4B6"
WIDTH_CM = 16.0
"""The width of the text on an A4 page, in cm."""
LEAST_CM = 1.6
LETTER_CM = 0.21
"""The width of a letter in cm, rounded up so that figures do not wrap."""
SHORT_CM, LEAST_FOR_WORDS_CM = 2.2, 3.2
BOLD_CM = 0.26
"""The width of a letter in bold, for headings, in cm."""
TOGETHER = 16
"""The most lines of a table that is kept on one page."""
_NOT_IN_XML = re.compile("[\ufffe\uffff]")


def paper_as_docx(whole: Paper) -> bytes:
    """Returns a document as a .docx file."""
    document = Document()
    _set_up(document, whole)
    document.add_heading(plain(whole.title), level=0)
    document.add_paragraph(plain(whole.council), style="Subtitle")
    document.add_paragraph(plain(whole.about))
    for number, section in enumerate(whole.sections, start=1):
        _section(document, section, number)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain(words: str) -> str:
    """Returns `words` on one line, without characters that XML does not allow."""
    return _NOT_IN_XML.sub("\ufffd", one_line(words))


def _section(document: WordDocument, section: Section, number: int) -> None:
    document.add_heading(f"{number}. {plain(section.title)}", level=1)
    for paragraph in section.paragraphs:
        document.add_paragraph(plain(paragraph))
    for table in section.tables:
        _table(document, table)
    for part in section.written:
        document.add_heading(plain(part.title), level=2)
        for text in part.texts:
            document.add_paragraph(plain(text), style="Quote" if part.quoted else "List Bullet")


def _table(document: WordDocument, table: Table) -> None:
    document.add_paragraph(plain(table.caption), style="Caption").paragraph_format.keep_with_next = True
    lines = [table.columns, *((row.label, *map(shown, row.cells)) for row in table.rows)]
    grid = document.add_table(rows=len(lines), cols=len(table.columns))
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    grid.autofit = False
    _rules(grid)
    widths, style = _widths(table), document.styles["Table Text"].style_id
    for grid_column, width in zip(grid.columns, widths, strict=True):
        grid_column.width = width
    for place, (row, line) in enumerate(zip(grid._tbl.tr_lst, lines, strict=True)):
        _flag(row, "w:cantSplit")
        if place == 0:
            # The heading row is repeated on each page, and screen readers read it with each cell.
            _flag(row, "w:tblHeader")
        # python-docx searches for a row's cells anew on each access, which takes a second for each table.
        for column, (found, words) in enumerate(zip(row.tc_lst, line, strict=True)):
            cell: Any = _Cell(found, grid)
            cell.width = widths[column]
            paragraph = cell.paragraphs[0]
            # Set by id: by name, python-docx searches all styles of the template for each cell.
            paragraph._p.style = style
            # A short table, with its note, is kept on one page.
            paragraph.paragraph_format.keep_with_next = len(lines) <= TOGETHER or place == 0
            paragraph.add_run(plain(words)).bold = place == 0
            if not table.holds_words(column):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph(plain(table.note), style="Table Note")


def _widths(table: Table) -> list[Any]:
    """Returns the width of each column: figures as wide as needed, text shares the rest."""
    places = range(len(table.columns))
    figures: dict[int, float] = {}
    for place in places:
        if not table.holds_words(place):
            heading = max(map(len, table.columns[place].split()), default=0)
            widest = max((len(shown(row.cells[place - 1])) for row in table.rows), default=0)
            figures[place] = max(LEAST_CM, 0.4 + LETTER_CM * widest, 0.4 + BOLD_CM * heading)
    if sum(figures.values()) > WIDTH_CM - LEAST_FOR_WORDS_CM * (len(places) - len(figures)):
        # Too wide for one line, so long cells, such as a share with its numbers, wrap.
        figures = {place: min(width, SHORT_CM) for place, width in figures.items()}
    left = WIDTH_CM - sum(figures.values())
    each = max(left / (len(places) - len(figures)), 2 * LEAST_CM)
    return [Cm(figures.get(place, each)) for place in places]


def _set_up(document: WordDocument, whole: Paper) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    styles: Any = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    _language(normal)
    for name, size in (("Title", 24), ("Subtitle", 13), ("Heading 1", 16), ("Heading 2", 12), ("Caption", 10.5)):
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        style.font.italic = False
        # The template's headings use the theme's font, which overrides the name set here.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    styles["Heading 1"].paragraph_format.space_before = Pt(18)
    styles["Caption"].paragraph_format.space_before = Pt(10)
    for name, size, after in (("Table Text", 9, 1), ("Table Note", 9, 10)):
        style = styles.add_style(name, 1)
        style.base_style = normal
        style.font.size = Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(1), Pt(after)
    _page_number(page.footer.paragraphs[0])
    about = document.core_properties
    about.title, about.subject, about.language = plain(whole.title), plain(whole.council), LANGUAGE
    about.author = about.last_modified_by = plain(whole.council)
    about.comments = ""
    about.created = about.modified = datetime(whole.as_of.year, whole.as_of.month, whole.as_of.day)  # noqa: DTZ001


def _language(style: Any) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    style.element.get_or_add_rPr().append(language)


def _flag(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))


def _rules(grid: Any) -> None:
    """Sets thin lines between rows, and none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    grid._tbl.tblPr.append(borders)


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run: Any = paragraph.add_run()
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:instrText" if words else "w:fldChar")
        if words:
            part.text = words
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)
