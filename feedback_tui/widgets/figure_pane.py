"""Text and tables of figures, with a cursor that moves from figure to figure; Enter asks for the cases behind one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from feedback_tui.widgets.key_bindings import list_bindings, use_own_keys

WIDEST = 110
"""The most cells used for a line: longer lines are harder to read."""


@dataclass(frozen=True)
class Spot:
    """A figure on the pane: its place, key and title, and the first line and column it is drawn at."""

    place: tuple[str, int, int]
    key: str
    title: str
    line: int
    column: int
    width: int = 1
    lines: int = 1


class FigurePane(ScrollView, can_focus=True):
    """A pane of Rich renderables; a ``figure`` entry in a style's meta marks the cells that can be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *list_bindings(),
        Binding("left,h", "across(-1)", show=False),
        Binding("right,l", "across(1)", show=False),
        Binding("enter,space", "choose", show=False),
    ]
    DEFAULT_CSS = """
    FigurePane { height: 1fr; padding: 0 1; scrollbar-size: 1 1; }
    """

    class Chosen(Message):
        """The officer asked for the cases behind a figure."""

        def __init__(self, key: str, title: str) -> None:
            self.key, self.title = key, title
            super().__init__()

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        use_own_keys(self, list_bindings)
        self._parts: Sequence[RenderableType] = ()
        self._lines: list[list[Segment]] = []
        self._spots: list[Spot] = []
        self._at: tuple[str, int, int] | None = None

    def show(self, parts: Sequence[RenderableType], *, same: bool = False) -> None:
        """Shows these renderables. `same` means the same figures counted again: the cursor and the scroll position
        stay."""
        self._parts = parts
        if not same:
            self._at = None
        self._lay_out()
        if not same:
            self.scroll_to(0, 0, animate=False)

    def go_to(self, table: str) -> None:
        """Scrolls the table with this key to the top, and puts the cursor on its first figure."""
        spot = next((spot for spot in self._spots if spot.place[0] == table), None)
        if spot is not None:
            self._at = spot.place
        heading = next((y for y, line in enumerate(self._lines) if table in map(_table, line)), None)
        if heading is not None:
            self.scroll_to(0, heading, animate=False)
        self.refresh()

    @property
    def has_figures(self) -> bool:
        """Whether there is a figure to choose."""
        return bool(self._spots)

    @property
    def spot(self) -> Spot | None:
        """The figure under the cursor, or None."""
        return next((spot for spot in self._spots if spot.place == self._at), None)

    def _lay_out(self) -> None:
        # The scrollbar takes its column only once the lines are known, so that column is always left free.
        width = min(self.content_region.width - self.scrollbar_size_vertical, WIDEST)
        if width <= 0:
            return
        self._lines = laid_out(self.app.console, self._parts, width)
        self._spots = _spots(self._lines)
        self.virtual_size = Size(max(map(_length, self._lines), default=0), len(self._lines))
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        width, left, line = self.size.width, self.scroll_offset.x, y + self.scroll_offset.y
        if line >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        segments = self._lines[line]
        if self.has_focus and self._at is not None:
            segments = [self._lit(segment) for segment in segments]
        strip = Strip(segments).extend_cell_length(left + width).crop(left, left + width)
        return strip.apply_style(self.rich_style)

    def _lit(self, segment: Segment) -> Segment:
        if segment.style is None or _place(segment.style) != self._at:
            return segment
        return Segment(segment.text, segment.style + Style(reverse=True))

    # Moving

    def on_focus(self) -> None:
        if self._at is None and self._spots:
            top = self.scroll_offset.y
            self._go(next((spot for spot in self._spots if spot.line >= top), self._spots[-1]))
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def action_down(self) -> None:
        here = self.spot
        if here is None:
            self.scroll_down(animate=False)
        else:
            below = [spot for spot in self._spots if spot.line > here.line]
            self._nearest(below, min((spot.line for spot in below), default=0), here)

    def action_up(self) -> None:
        here = self.spot
        if here is None:
            self.scroll_up(animate=False)
            return
        above = [spot for spot in self._spots if spot.line < here.line]
        if not above:
            self.scroll_home(animate=False)
        self._nearest(above, max((spot.line for spot in above), default=0), here)

    def _nearest(self, spots: Sequence[Spot], line: int, here: Spot) -> None:
        on_line = [spot for spot in spots if spot.line == line]
        if on_line:
            self._go(min(on_line, key=lambda spot: abs(spot.column - here.column)))

    def action_across(self, steps: int) -> None:
        """Moves to the next figure on the same line (1), or the previous (-1)."""
        here = self.spot
        beside = [spot for spot in self._spots if here is not None and spot.line == here.line]
        if here is not None and 0 <= beside.index(here) + steps < len(beside):
            self._go(beside[beside.index(here) + steps])

    def action_page_down(self) -> None:
        self._page(1)

    def action_page_up(self) -> None:
        self._page(-1)

    def _page(self, pages: int) -> None:
        here, height = self.spot, max(self.size.height - 1, 1)
        self.scroll_relative(y=pages * height, animate=False)
        if here is not None:
            wanted = here.line + pages * height
            self._go(min(self._spots, key=lambda spot: (abs(spot.line - wanted), abs(spot.column - here.column))))

    def action_first(self) -> None:
        self.scroll_home(animate=False)
        if self._spots:
            self._go(self._spots[0], scroll=False)

    def action_last(self) -> None:
        if self._spots:
            self._go(self._spots[-1])
        self.scroll_end(animate=False)

    def _go(self, spot: Spot, *, scroll: bool = True) -> None:
        self._at = spot.place
        if scroll:
            figure = Region(spot.column, spot.line, spot.width, spot.lines + 1)
            self.scroll_to_region(figure, animate=False, force=True)
        self.refresh()

    def action_choose(self) -> None:
        """Posts `Chosen` for the figure under the cursor."""
        if (spot := self.spot) is not None:
            self.post_message(self.Chosen(spot.key, spot.title))

    def on_click(self, event: Click) -> None:
        found = _place(event.style)
        if found not in [spot.place for spot in self._spots]:
            return
        again = found == self._at
        self._at = found
        self.refresh()
        if again:
            self.action_choose()


def laid_out(console: Console, parts: Iterable[RenderableType], width: int) -> list[list[Segment]]:
    """Returns the lines of these parts, at most `width` wide. A table in which that would break a figure is as wide as
    it needs to be."""
    lines = []
    for part in parts:
        needed = max(width, getattr(part, "least_width", 0))
        options = console.options.update(width=needed, height=None, highlight=False, markup=False)
        for line in console.render_lines(part, options, pad=False):
            lines.append([segment for segment in line if not segment.control])
    return lines


def _length(line: Sequence[Segment]) -> int:
    return sum(segment.cell_length for segment in line)


def _table(segment: Segment) -> str | None:
    """Returns the key of the table whose caption this is; None for anything else."""
    found = None if segment.style is None else segment.style.meta.get("table")
    return found if isinstance(found, str) else None


def _figure(style: Style) -> tuple[str, int, int, str, str] | None:
    found = style.meta.get("figure")
    return found if isinstance(found, tuple) else None


def _place(style: Style) -> tuple[str, int, int] | None:
    found = _figure(style)
    return None if found is None else found[:3]


def _spots(lines: Sequence[Sequence[Segment]]) -> list[Spot]:
    """Returns the figures on these lines, in order. A figure that spans several lines starts where its first line
    does."""
    found: dict[tuple[str, int, int], Spot] = {}
    for y, line in enumerate(lines):
        x = 0
        for segment in line:
            figure = _figure(segment.style) if segment.style is not None else None
            if figure is not None and figure[3] and segment.text.strip():
                place, was = figure[:3], found.get(figure[:3])
                if was is None:
                    found[place] = Spot(place, figure[3], figure[4], y, x, segment.cell_length)
                else:
                    found[place] = replace(was, lines=y - was.line + 1)
            x += segment.cell_length
    return sorted(found.values(), key=lambda spot: (spot.line, spot.column))
