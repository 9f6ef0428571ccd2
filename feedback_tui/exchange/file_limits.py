"""How large a file may be that is read: what packs a little into very much is refused in a sentence, in time.

The limits stand far above an honest list (20,000 rows of 60 columns are 1.2 million cells) and far below what takes a
machine's memory. Each refusal names its limit and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from feedback_tui.plain_error import PlainError

LARGEST_LIST = 100_000_000
"""Bytes of a spreadsheet as it stands in its file."""
MOST_UNPACKED = 250_000_000
"""Bytes of what is read of a spreadsheet, once it is unpacked."""
MOST_PARTS_OF_STYLE = 300_000
"""Elements of each part of a spreadsheet that is read as a whole: its styles, its list of sheets. Excel itself has at
most 65,490 styles of cells."""
MOST_ELEMENTS = 8_000_000
"""Elements of a sheet, or of a spreadsheet's table of texts: two to four for each cell."""
MOST_CELLS = 3_000_000
"""Cells with something in them, in a council's own list."""
MOST_COLUMNS = 500
"""Columns of a council's own list."""
LONGEST_ROW = 2_000_000
"""Characters of one row of a CSV file."""
LARGEST_JSON = 2_000_000_000
"""Bytes of the export of a whole register."""
FREE_VALUES, BYTES_A_VALUE = 1_000_000, 10
"""Values in such an export: so many in any, and one for so many bytes. Ours have about 21 bytes for each. What stands
in memory takes its room by the piece: a file of nothing but brackets would take fifty times its size."""
MOST_SECONDS = 600
"""How long reading one file may take."""


class TooLarge(PlainError):
    """A file is beyond a limit: the message says which, and what to do."""


class Clock:
    """Ends work that takes too long."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self._seconds = seconds
        self._end = monotonic() + seconds

    def look(self) -> None:
        """Raises TooLarge once the time is over."""
        if monotonic() > self._end:
            raise TooLarge(
                f"reading it took longer than {self._seconds / 60:g} minutes, which is the limit: divide the list, and "
                "import its parts one after another"
            )


class CsvLines(Iterator[str]):
    """The lines of a CSV text, for `csv.reader`, each with its end: LF, CR LF, or CR alone."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._size = text, 0, 0

    def begin_row(self) -> None:
        """To be called before each row is asked for: how long it may be is counted from here."""
        self._size = 0

    def __next__(self) -> str:
        """Raises TooLarge at a row beyond the limit: a quote that is never closed, or what is no list."""
        begin, text = self._at, self._text
        feed = text.find("\n", begin)
        end = len(text) if feed < 0 else feed + 1
        lone = text.find("\r", begin, end)
        if lone >= 0 and (feed < 0 or lone < feed - 1):
            end = lone + 1
        if end == begin:
            raise StopIteration
        self._at = end
        self._size += end - begin
        if self._size > LONGEST_ROW:
            raise TooLarge(
                f"this row has more than {LONGEST_ROW:,} characters, which is the limit: is there a quote that is "
                "opened and never closed?"
            )
        return text[begin:end]
