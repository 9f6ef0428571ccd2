"""The report as one self-contained HTML file, with accessible tables and SVG charts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from feedback_tui.reports.document.blocks import Paper, Section, Table
from feedback_tui.reports.document.number_format import shown
from feedback_tui.reports.renderers.charts import bars, line, stacked
from feedback_tui.text import one_line

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid; padding-bottom: .25rem; }
.wide { margin: 1.5rem 0 .25rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding-bottom: .25rem; }
th, td { padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8886; text-align: left; vertical-align: top;
  overflow-wrap: break-word; }
tbody th { font-weight: normal; }
blockquote { margin: .75rem 0; padding-left: 1rem; border-left: .25rem solid #1d70b8; }
.figure { text-align: right; }
.note { font-size: .875rem; margin-top: .25rem; }
svg { display: block; width: 100%; height: auto; margin: .75rem 0; }
svg text { font: 13px system-ui, sans-serif; fill: currentColor; }
svg .bar { fill: #1d70b8; }
svg .edge { stroke: currentColor; stroke-width: 1; }
svg .line { fill: none; stroke: #1d70b8; stroke-width: 2.5; }
svg .dot { fill: #1d70b8; }
svg .axis { stroke: #8886; stroke-width: 1; }
@media print { section { break-inside: avoid-page; } .wide { overflow: visible; } }
"""


def paper_as_html(whole: Paper) -> str:
    """Returns a document as HTML."""
    return "\n".join(_document(whole)) + "\n"


def _document(whole: Paper) -> Iterator[str]:
    title = plain(whole.title)
    yield "<!DOCTYPE html>"
    yield '<html lang="en-GB">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    # The policy forbids scripts and loading, whatever text the register holds.
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>{title} – {plain(whole.council)}</title>"
    yield f"<style>{STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield f"<header><h1>{title}</h1><p>{plain(whole.council)}</p><p>{plain(whole.about)}</p></header>"
    yield '<nav aria-label="Sections"><ol>'
    for number, section in enumerate(whole.sections, start=1):
        yield f'<li><a href="#section-{number}">{plain(section.title)}</a></li>'
    yield "</ol></nav>"
    yield "<main>"
    for number, section in enumerate(whole.sections, start=1):
        yield from _section(section, number)
    yield "</main>"
    yield "</body>"
    yield "</html>"


def plain(words: str) -> str:
    """Returns `words` on one line, escaped for HTML."""
    return escape(one_line(words))


def _section(section: Section, number: int) -> Iterator[str]:
    yield f'<section id="section-{number}" aria-labelledby="heading-{number}">'
    yield f'<h2 id="heading-{number}">{number}. {plain(section.title)}</h2>'
    for paragraph in section.paragraphs:
        yield f"<p>{plain(paragraph)}</p>"
    for place, table in enumerate(section.tables, start=1):
        yield from _table(table)
        if any(table.bars):
            yield from bars(table, f"chart-{number}-{place}")
        if any(map(any, table.parts)):
            yield from stacked(table, f"chart-{number}-{place}")
        if any(value is not None for value in table.trend):
            yield from line(table, f"chart-{number}-{place}")
    for part in section.written:
        yield f"<h3>{plain(part.title)}</h3>"
        if part.quoted:
            yield from (f"<blockquote><p>{plain(text)}</p></blockquote>" for text in part.texts)
        else:
            yield f"<ul>{''.join(f'<li>{plain(text)}</li>' for text in part.texts)}</ul>"
    yield "</section>"


def _table(table: Table) -> Iterator[str]:
    kinds = ["" if table.holds_words(place) else ' class="figure"' for place in range(len(table.columns))]
    # A table that is wider than the page is scrolled by itself, with the keyboard too: no word or number is broken.
    yield f'<div class="wide" role="region" tabindex="0" aria-label="{plain(table.caption)}">'
    yield "<table>"
    yield f"<caption>{plain(table.caption)}</caption>"
    heads = [f'<th scope="col"{kind}>{plain(heading)}</th>' for kind, heading in zip(kinds, table.columns, strict=True)]
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        cells = [f"<td{kind}>{plain(shown(cell))}</td>" for kind, cell in zip(kinds[1:], row.cells, strict=True)]
        yield f'<tr><th scope="row">{plain(row.label)}</th>{"".join(cells)}</tr>'
    yield "</tbody>"
    yield "</table>"
    yield "</div>"
    if table.note:
        yield f'<p class="note">{plain(table.note)}</p>'
