"""A field of several lines. In a module of its own, because TextArea is slow to import and the queue does not use
it."""

from __future__ import annotations

from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.widgets import TextArea

from feedback_tui.text import safe_text
from feedback_tui.widgets.fields import Typed


class WordsField(TextArea):
    """Several lines of text. Tab moves to the next field; Enter starts a new line."""

    DEFAULT_CSS = """
    WordsField, WordsField:focus {
        border: none; padding: 0 1; height: auto; min-height: 2; max-height: 8; background: $surface;
        scrollbar-size-vertical: 1;
    }
    WordsField:focus { background: $primary 18%; }
    WordsField.-wrong { background: $error 22%; }
    """

    def __init__(self, words: str = "", *, lines: int = 3) -> None:
        super().__init__(safe_text(words), theme="css", highlight_cursor_line=False)
        self.cursor_blink = False
        self.styles.min_height = lines
        self.styles.max_height = max(lines, 8)

    @property
    def words(self) -> str:
        return self.text

    def put(self, words: str) -> None:
        self.text = safe_text(words)
        self.move_cursor(self.document.end)

    def edit(self, edit: Edit) -> EditResult:
        edit.text = safe_text(edit.text)
        return super().edit(edit)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(Typed())
