"""Limits for files that are read, so that a small file that unpacks to very much is refused in time.

The limits are far above a real list (20,000 rows of 60 columns are 1.2 million cells) and far below a machine's memory.
Each refusal names its limit and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from feedback_tui.plain_error import PlainError

LARGEST_LIST = 100_000_000
"""The most bytes of a spreadsheet file."""
MOST_UNPACKED = 250_000_000
"""The most bytes read of a spreadsheet after unpacking."""
MOST_PARTS_OF_STYLE = 300_000
"""The most XML elements in each part of a spreadsheet that is read as a whole: styles, list of sheets. Excel itself has
at most 65,490 cell styles."""
MOST_ELEMENTS = 8_000_000
"""The most XML elements in a sheet, or in the table of texts: two to four for each cell."""
MOST_CELLS = 3_000_000
"""The most cells with content in a council's own list."""
MOST_COLUMNS = 500
"""The most columns of a council's own list."""
LONGEST_ROW = 2_000_000
"""The most characters in one row of a CSV file."""
LARGEST_JSON = 2_000_000_000
"""The most bytes of the JSON export of a register."""
FREE_VALUES, BYTES_A_VALUE = 1_000_000, 10
"""The most values in such an export: a fixed number, and one for each so many bytes. The program's own exports have
about 21 bytes for each value. Memory depends on the number of values: a file of brackets only would take fifty times
its size."""
MOST_SECONDS = 600
"""The most seconds for reading one file."""


class TooLarge(PlainError):
    """A file exceeds a limit; the message says which, and what to do."""


class Clock:
    """Stops work that takes too long."""

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
    """Iterates over the lines of a CSV text for `csv.reader`, each with its line end: LF, CR LF or CR."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._size = text, 0, 0

    def begin_row(self) -> None:
        """Restarts counting the length of a row. Call it before each row."""
        self._size = 0

    def __next__(self) -> str:
        """Returns the next line. Raises TooLarge if the row exceeds the limit, for example after a quote that is never
        closed."""
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
