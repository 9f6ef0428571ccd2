"""A table of rows that reads only the pages in view, so its cost does not grow with the register.

It reads the count of every group, and pages of `PAGE` rows. After each reading the cursor is on the same row as before,
found by its key.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.key_bindings import list_bindings, use_own_keys
from feedback_tui.widgets.table_columns import GAP, Column, widths, worth_showing
from feedback_tui.widgets.table_groups import Group, Lines, Run
from feedback_tui.widgets.table_source import Folded, Source, folded_position

__all__ = ["PAGE", "CaseTable", "Group"]

Row = TypeVar("Row")
PAGE = 128
KEPT_PAGES = 12
_HEADINGS = 1
_CURSOR = 1
_MARK = 2


class CaseTable(ScrollView, Generic[Row], can_focus=True):
    """Rows in groups, with a cursor and marks. Draws line by line; text is never read as markup."""

    BINDINGS: ClassVar[list[BindingType]] = [*list_bindings()]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"table--{part}" for part in ("headings", "group", "cursor", "mark", "late", "today", "soon", "quiet", "strong")
    }
    DEFAULT_CSS = """
    CaseTable {
        background: $background; color: $foreground;
        scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: scroll;
        & > .table--headings { color: $text-muted; text-style: underline; }
        & > .table--group { color: $text-muted; text-style: bold; }
        & > .table--cursor { background: $primary 22%; }
        & > .table--mark { color: $primary; }
        & > .table--late { color: $text-error; text-style: bold; }
        & > .table--today { color: $text-warning; text-style: bold; }
        & > .table--soon { color: $text-warning; }
        & > .table--quiet { color: $text-muted; }
        & > .table--strong { text-style: bold; }
    }
    """

    class Highlighted(Message):
        """The cursor moved to another row, or its row was read again. `row` is None on a folded group or in an empty
        table."""

        def __init__(self, row: Any) -> None:
            self.row = row
            super().__init__()

    class Opened(Message):
        """The officer asked to open the row under the cursor."""

        def __init__(self, row: Any) -> None:
            self.row = row
            super().__init__()

    class Failed(Message):
        """Reading from the source raised `error`."""

        def __init__(self, error: Exception) -> None:
            self.error = error
            super().__init__()

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        *,
        marked: Callable[[Row], bool] = lambda row: False,
        empty: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        use_own_keys(self, list_bindings)
        self._every_column, self._key, self._marked, self.empty = tuple(columns), key, marked, empty
        self._columns = self._every_column
        """The columns shown: those that differ between the rows read so far, and those that are always shown."""
        self.marking = False
        """Whether each row has room for a mark."""
        self._source: Source[Row] | None = None
        self._lines = Lines()
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._asked: set[int] = set()
        self._reading = 0
        self._cursor = 0
        self._cursor_key: Hashable | None = None
        self._read_once = False
        self.awaited = True
        """Whether the rows of the latest `use`, `expect` or `go_to` have not been read yet."""
        self.read_at: datetime | None = None
        """When the rows shown were read (local time); None before the first reading."""
        self.is_behind = False
        """Whether the last reading failed, so that the rows shown may be out of date."""

    # What it shows

    @property
    def count(self) -> int:
        """The number of rows, in folded groups too."""
        return self._lines.count

    @property
    def cursor(self) -> int:
        """The position of the row under the cursor, from 0."""
        return self._cursor

    @property
    def row(self) -> Row | None:
        """The row under the cursor; None if it has not been read yet, or on a folded group."""
        run = self._lines.run_of(self._cursor)
        return None if run is None or run.folded else self._row_at(self._cursor)

    def use(self, source: Source[Row]) -> None:
        """Shows another source. The cursor stays on its row if the new source has it."""
        self.awaited = self.awaited or source != self._source
        self._source = source
        self.read_again()

    def expect(self) -> None:
        """Announces that another source will follow: the result of a reading in progress is ignored."""
        self._reading += 1
        self.awaited = True

    def go_to(self, key: Hashable) -> None:
        """Unfolds all groups and puts the cursor on the row with this key, once it has been read."""
        self._lines = self._lines.with_folded(frozenset())
        self._cursor_key, self.awaited = key, True
        self.read_again()

    def read_again(self) -> None:
        """Reads the groups and the page under the cursor again, in a worker thread. Without a source it does
        nothing."""
        if self._source is None:
            return
        self._reading += 1
        source, reading, key, near = self._source, self._reading, self._cursor_key, self._cursor
        self.run_worker(
            lambda: self._read(source, reading, key, near),
            thread=True,
            exclusive=True,
            group=f"{self.id}-read",
            exit_on_error=False,
        )

    def _read(self, source: Source[Row], reading: int, key: Hashable | None, near: int) -> None:
        try:
            groups = source.groups()
            if reading != self._reading:
                return  # A newer reading has begun: nobody needs these rows.
            count = sum(group.count for group in groups)
            place = folded_position(key, groups) if isinstance(key, Folded) else None
            if key is not None and count and not isinstance(key, Folded):
                place = source.locate(key, near)
            cursor = place if place is not None else min(near if key is not None else 0, max(count - 1, 0))
            page = cursor // PAGE
            rows = {page: source.rows(page * PAGE, PAGE)} if count else {}
        except Exception as error:
            if reading == self._reading:
                self.awaited, self.is_behind = False, True
                self.post_message(self.Failed(error))
            return
        self.call_later(self._arrived, reading, groups, cursor, rows)

    def _arrived(self, reading: int, groups: list[Group], cursor: int, rows: dict[int, Sequence[Row]]) -> None:
        if reading != self._reading:
            return
        self._lines = Lines(groups, self._lines.folded)
        self._cursor, self._read_once, self.awaited = cursor, True, False
        self.read_at, self.is_behind = datetime.now().astimezone(), False
        self._pages.clear()
        self._asked.clear()
        self._pages.update(rows)
        self._choose_columns()
        self._resize()
        self._after_move()

    def _row_at(self, place: int) -> Row | None:
        page = self._pages.get(place // PAGE)
        if page is None:
            self._ask(place // PAGE)
            return None
        return page[place % PAGE] if place % PAGE < len(page) else None

    def _ask(self, page: int) -> None:
        if page in self._asked or self._source is None:
            return
        self._asked.add(page)
        source, reading = self._source, self._reading

        def read() -> None:
            try:
                rows = source.rows(page * PAGE, PAGE)
            except Exception as error:
                self.post_message(self.Failed(error))
                return
            self.call_later(self._page_arrived, reading, page, rows)

        self.run_worker(read, thread=True, group=f"{self.id}-page", exit_on_error=False)

    def _choose_columns(self) -> None:
        read = [row for page in self._pages.values() for row in page]
        self._columns = worth_showing(self._every_column, read)

    def _page_arrived(self, reading: int, page: int, rows: Sequence[Row]) -> None:
        if reading != self._reading:
            return
        self._asked.discard(page)
        self._pages[page] = rows
        while len(self._pages) > KEPT_PAGES:
            oldest = next(kept for kept in self._pages if kept not in (page, self._cursor // PAGE))
            del self._pages[oldest]
        self._choose_columns()
        if page == self._cursor // PAGE:
            self._told_of_cursor()
        self.refresh()

    # Lines and rows

    def _resize(self) -> None:
        self.virtual_size = Size(self.size.width, self._lines.height + _HEADINGS)
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        self._resize()

    def line_of(self, place: int) -> int:
        """Returns the line that a row is drawn on, counted from 0 below the column headings."""
        return self._lines.line_of(place)

    def at_line(self, line: int) -> Group | int | None:
        """Returns what is on a line: the group of a heading, the position of a row, or None."""
        found = self._lines.at_line(line)
        return found.group if isinstance(found, Run) else found

    @property
    def _gutter(self) -> int:
        """The number of cells left of the columns: one for the cursor, and two for marks if there are any."""
        return _CURSOR + (_MARK if self.marking else 0)

    @property
    def places_in_view(self) -> list[tuple[int, int]]:
        """The rows in view, each as (line of the widget, position of the row)."""
        lines = range(_HEADINGS, self.scrollable_content_region.height)
        found = ((line, self._lines.at_line(line - _HEADINGS + self.scroll_offset.y)) for line in lines)
        return [(line, place) for line, place in found if isinstance(place, int)]

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        given = widths(self._columns, width - self._gutter)
        if y == 0:
            return self._headings(given, width)
        found = self._lines.at_line(y - _HEADINGS + self.scroll_offset.y)
        if isinstance(found, Run):
            return self._heading(found, width)
        if found is None:
            return self._nothing(y, width)
        return self._row(found, given, width)

    def _headings(self, given: list[int], width: int) -> Strip:
        style = self.get_component_rich_style("table--headings")
        plain = self.rich_style
        segments = [Segment(" " * self._gutter, plain)]
        for column, size in zip(self._columns, given, strict=True):
            if size:
                segments += [Segment(fit(column.heading, size), style), Segment(" " * GAP, plain)]
        return Strip(segments).adjust_cell_length(width, plain)

    def _heading(self, run: Run, width: int) -> Strip:
        group, here = run.group, run.folded and run.place == self._cursor
        under = self._under(here)
        style = self.get_component_rich_style(f"table--{group.tone}" if group.tone else "table--group") + under
        rule = self.get_component_rich_style("table--quiet") + under
        cursor = self._cursor_sign(run.place) if here else " "
        words = f"{cursor}{'▸ ' if run.folded else ''}{one_line(group.heading)} · {group.count} "
        room = max(width - cell_len(words) - 1, 0)
        return Strip([Segment(words, style), Segment("─" * room, rule)]).adjust_cell_length(width, self.rich_style)

    def _nothing(self, y: int, width: int) -> Strip:
        if y == 2 and self._read_once and not self.count and self.empty:
            return Strip([Segment(fit(f"  {self.empty}", width), self.get_component_rich_style("table--quiet"))])
        return Strip.blank(width, self.rich_style)

    def _row(self, place: int, given: list[int], width: int) -> Strip:
        row = self._row_at(place)
        here = place == self._cursor
        under = self._under(here)
        base = self.rich_style + under
        sign = self.get_component_rich_style("table--mark", partial=True) + under
        segments = [Segment(self._cursor_sign(place), sign if here else base)]
        if self.marking:
            marked = row is not None and self._marked(row)
            segments.append(Segment("● " if marked else "  ", base + sign if marked else base))
        if row is None:
            segments.append(Segment(fit("…", width - self._gutter), base))
            return Strip(segments)
        for column, size in zip(self._columns, given, strict=True):
            if not size:
                continue
            tone = column.tone(row) if column.tone else ""
            style = base
            if tone:
                style = base + self.get_component_rich_style(f"table--{tone}", partial=True) + under
            if here and not tone:
                style = style + Style(bold=True)
            segments += [Segment(fit(column.words(row), size, column.cut), style), Segment(" " * GAP, base)]
        return Strip(segments).adjust_cell_length(width, base)

    def _under(self, here: bool) -> Style:
        """Returns the style of the row under the cursor: a background only, so that a tone keeps its colour."""
        return Style(bgcolor=self.get_component_rich_style("table--cursor").bgcolor) if here else Style()

    def _cursor_sign(self, place: int) -> str:
        return " " if place != self._cursor else "▌" if self.has_focus else "│"

    # Folding

    @property
    def folded(self) -> frozenset[str]:
        """The headings of the folded groups."""
        return self._lines.folded

    def fold(self, folded: frozenset[str]) -> None:
        """Folds exactly these groups. If the cursor's group is among them, the cursor moves to its heading."""
        self._lines = self._lines.with_folded(folded)
        run = self._lines.run_of(self._cursor)
        if run is not None and run.folded:
            self._cursor = run.place
        self._resize()
        self._after_move()

    @property
    def heading(self) -> str:
        """The heading of the cursor's group; "" if it has none."""
        run = self._lines.run_of(self._cursor)
        return run.group.heading if run is not None else ""

    @property
    def headings(self) -> list[str]:
        """The headings of all groups that have rows."""
        return [group.heading for group in self._lines.groups if group.heading and group.count]

    # The cursor

    def move_to(self, place: int) -> None:
        """Moves the cursor to the row at this position, or to the first or last row if there is none."""
        place = max(0, min(place, self.count - 1))
        if place != self._cursor and self.count:
            self._cursor = place
            self._after_move()

    def _after_move(self) -> None:
        if self.count:
            line = self.line_of(self._cursor)
            top = line - 1 if isinstance(self._lines.at_line(line - 1), Run) else line
            # A group's heading scrolls into view with its first row, below the line of column headings.
            self.scroll_to_region(
                Region(0, top, 1, line - top + 1 + _HEADINGS), animate=False, force=True, x_axis=False
            )
        self._told_of_cursor()
        self.refresh()

    def _told_of_cursor(self) -> None:
        row, run = self.row, self._lines.run_of(self._cursor)
        if row is not None:
            self._cursor_key = self._key(row)
            self.post_message(self.Highlighted(row))
        elif run is not None and run.folded:
            self._cursor_key = Folded(run.group.heading)
            self.post_message(self.Highlighted(None))
        elif not self.count:
            self._cursor_key = None
            self.post_message(self.Highlighted(None))

    @property
    def _page_length(self) -> int:
        return max(self.scrollable_content_region.height - _HEADINGS - 1, 1)

    def _step(self, by: int) -> None:
        stop = max(0, min(self._lines.stop_of(self._cursor) + by, self._lines.stops - 1))
        self.move_to(self._lines.place_of(stop))

    def action_up(self) -> None:
        self._step(-1)

    def action_down(self) -> None:
        self._step(1)

    def action_page_up(self) -> None:
        self._step(-self._page_length)

    def action_page_down(self) -> None:
        self._step(self._page_length)

    def action_first(self) -> None:
        self.move_to(0)

    def action_last(self) -> None:
        self.move_to(self._lines.place_of(self._lines.stops - 1))

    def on_click(self, event: Click) -> None:
        found = self._lines.at_line(event.y - _HEADINGS + self.scroll_offset.y) if event.y >= _HEADINGS else None
        if isinstance(found, Run):
            self.move_to(found.place)
            self.fold(self.folded ^ {found.group.heading})
            return
        if found is None:
            return
        again = found == self._cursor
        self.move_to(found)
        if again and self.row is not None:
            self.post_message(self.Opened(self.row))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()
