"""Spreadsheets made by hand, as other programs make them, with what no spreadsheet library would write."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    "{more}</Types>"
)
STRINGS = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_KIND}.sharedStrings+xml"/>'
STYLES = (
    f'<styleSheet xmlns="{NAMESPACE}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
    "<borders><border/></borders>"
    '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
BOOK = (
    f'<workbook xmlns="{NAMESPACE}" xmlns:r="{_OFFICE}"><sheets><sheet name="Complaints" sheetId="1" r:id="rId1"/>'
    "</sheets></workbook>"
)
BOOK_RELATIONS = (
    f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """A sheet with these rows, as XML."""
    return f'<worksheet xmlns="{NAMESPACE}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def cell(place: str, text: object) -> str:
    """A cell with a text, or with a number."""
    if isinstance(text, int):
        return f'<c r="{place}"><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *texts: object) -> str:
    """A row from column A on; None is no cell."""
    cells = (cell(f"{chr(65 + at)}{number}", text) for at, text in enumerate(texts) if text is not None)
    return f'<row r="{number}">{"".join(cells)}</row>'


def written(path: Path, sheet_xml: str | bytes, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """A workbook with one sheet; `parts` are put beside the others, or in their place."""
    more = STRINGS if parts and "xl/sharedStrings.xml" in parts else ""
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES.replace("{more}", more),
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_RELATIONS,
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": sheet_xml,
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in every.items():
            archive.writestr(name, content)
    return path
