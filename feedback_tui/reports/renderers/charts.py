"""SVG charts: bars, stacked bars and a line, each with a title and a sentence with its numbers.

Screen readers only read that sentence; the table before a chart has every figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from feedback_tui.reports.document.blocks import Table
from feedback_tui.reports.renderers.as_text import divided
from feedback_tui.text import one_line

BAR_HEIGHT, LABEL_WIDTH, CHART_WIDTH, NUMBER_WIDTH = 22, 220, 720, 70
LABEL_LENGTH = 27
LINE_HEIGHT, LINE_FOOT, LINE_TOP = 160, 26, 26
FILLS = ("#1d70b8", "#8eb8dc", "url(#{name}-lines)", "#f3f2f1", "url(#{name}-dots)", "#0b0c0c")
"""Fills that can be told apart in print and without colour: dark, medium, lined, light, dotted, black."""
KEY_GAP = 150


def bars(table: Table, name: str) -> Iterator[str]:
    """Yields a bar chart with one bar for each row."""
    most = max(table.bars)
    room = CHART_WIDTH - LABEL_WIDTH - NUMBER_WIDTH
    said = "; ".join(f"{row.label}: {count}" for row, count in zip(table.rows, table.bars, strict=True))
    yield from _begun(f"{table.caption}, as bars", said, name, BAR_HEIGHT * len(table.rows))
    for place, (row, count) in enumerate(zip(table.rows, table.bars, strict=True)):
        top, width = place * BAR_HEIGHT, room * count // most
        yield _label(row.label, top)
        yield _bar(LABEL_WIDTH, top, width)
        yield f'<text x="{LABEL_WIDTH + width + 8}" y="{top + 15}">{count}</text>'
    yield "</svg>"


def stacked(table: Table, name: str) -> Iterator[str]:
    """Yields a stacked bar for each row, divided by its counts, below a legend."""
    names = table.columns[1 : 1 + len(table.parts[0])]
    in_a_line = max((CHART_WIDTH - LABEL_WIDTH) // KEY_GAP, 1)
    head = BAR_HEIGHT * -(-len(names) // in_a_line) + 4
    room = CHART_WIDTH - LABEL_WIDTH - NUMBER_WIDTH
    fills = [FILLS[place % len(FILLS)].format(name=name) for place in range(len(names))]
    said = "; ".join(
        f"{row.label}: {', '.join(f'{word} {count}' for word, count in zip(names, counts, strict=True) if count)}"
        for row, counts in zip(table.rows, table.parts, strict=True)
    )
    yield from _begun(f"{table.caption}, as shares of a whole", said, name, head + BAR_HEIGHT * len(table.rows))
    yield (
        f'<defs><pattern id="{name}-lines" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#ffffff"></rect>'
        '<path d="M0,6 L6,0" stroke="#1d70b8" stroke-width="1.5"></path>'
        f'</pattern><pattern id="{name}-dots" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#ffffff"></rect><circle cx="3" cy="3" r="1.5" fill="#0b0c0c"></circle>'
        "</pattern></defs>"
    )
    for place, (word, fill) in enumerate(zip(names, fills, strict=True)):
        left, top = LABEL_WIDTH + place % in_a_line * KEY_GAP, place // in_a_line * BAR_HEIGHT
        yield f'<rect class="edge" x="{left}" y="{top + 4}" width="14" height="14" fill="{fill}"></rect>'
        yield f'<text x="{left + 20}" y="{top + 16}">{_words(word)}</text>'
    for place, (row, counts) in enumerate(zip(table.rows, table.parts, strict=True)):
        top, left = head + place * BAR_HEIGHT, LABEL_WIDTH
        yield _label(row.label, top)
        for fill, width in zip(fills, divided(counts, room), strict=True):
            if width:
                yield (
                    f'<rect class="edge" x="{left}" y="{top + 3}" width="{width}" height="{BAR_HEIGHT - 6}" '
                    f'fill="{fill}"></rect>'
                )
                left += width
        yield f'<text x="{LABEL_WIDTH + room + 8}" y="{top + 15}">{sum(counts)}</text>'
    yield "</svg>"


def line(table: Table, name: str) -> Iterator[str]:
    """Yields a line chart of a table's trend; the line has a gap for None."""
    known = [value for value in table.trend if value is not None]
    most, room = max(known) or 1, LINE_HEIGHT - 12 - LINE_TOP
    step = (CHART_WIDTH - 80) / max(len(table.trend) - 1, 1)
    points = [
        None if value is None else (40 + place * step, LINE_TOP + float((most - value) / most) * room)
        for place, value in enumerate(table.trend)
    ]
    said = "; ".join(
        f"{row.label}: {'none' if value is None else value}" for row, value in zip(table.rows, table.trend, strict=True)
    )
    yield from _begun(f"{table.caption}: averages as a line", said, name, LINE_HEIGHT + LINE_FOOT)
    yield f'<path class="axis" d="M40,{LINE_HEIGHT - 12} H{CHART_WIDTH - 40}"></path>'
    begun: list[str] = []
    for point in points:
        if point is None:
            begun.append("")
        else:
            begun.append(f"{'L' if begun and begun[-1] else 'M'}{point[0]:.1f},{point[1]:.1f}")
    yield f'<path class="line" d="{" ".join(filter(None, begun))}"></path>'
    for place, point in enumerate(points):
        x = 40 + place * step
        if point is not None:
            yield f'<circle class="dot" cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="3.5"></circle>'
            yield f'<text x="{x:.1f}" y="{point[1] - 7:.1f}" text-anchor="middle">{table.trend[place]}</text>'
        short = escape(one_line(table.rows[place].label)[:3])
        yield f'<text x="{x:.1f}" y="{LINE_HEIGHT + 8}" text-anchor="middle">{short}</text>'
    yield "</svg>"


def _begun(title: str, said: str, name: str, height: int) -> Iterator[str]:
    yield (
        f'<svg role="img" aria-labelledby="{name}-title {name}-desc" viewBox="0 0 {CHART_WIDTH} {height}" '
        'xmlns="http://www.w3.org/2000/svg">'
    )
    yield f'<title id="{name}-title">{_words(title)}</title>'
    yield f'<desc id="{name}-desc">{_words(said)}</desc>'


def _label(words: str, top: int) -> str:
    label = escape(one_line(words, LABEL_LENGTH))
    return f'<text x="{LABEL_WIDTH - 10}" y="{top + 15}" text-anchor="end">{label}</text>'


def _bar(left: int, top: int, width: int) -> str:
    return f'<rect class="bar" x="{left}" y="{top + 3}" width="{width}" height="{BAR_HEIGHT - 6}"></rect>'


def _words(words: str) -> str:
    return escape(one_line(words))
