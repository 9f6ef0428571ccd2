"""Fields for a vocabulary: a choice of a few words on one line, and a line that suggests words while typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Region
from textual.reactive import reactive
from textual.widget import Widget

from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.fields import LineField, Typed

LONGEST_LIST = 8


def matching(words: str, vocabulary: Sequence[str]) -> list[str]:
    """Returns the words of the vocabulary that contain every word of `words`, ignoring upper and lower case. First
    those that begin with `words`, then those in which each part begins a word, then the rest; the whole vocabulary for
    ""."""
    typed = words.casefold().split()
    if not typed:
        return list(vocabulary)

    def rank(candidate: str) -> int | None:
        plain = candidate.casefold()
        if not all(part in plain for part in typed):
            return None
        if plain.startswith(" ".join(typed)):
            return 0
        starts = plain.replace("-", " ").replace("/", " ").split()
        return 1 if all(any(start.startswith(part) for start in starts) for part in typed) else 2

    ranked = [(found, index) for index, word in enumerate(vocabulary) if (found := rank(word)) is not None]
    return [vocabulary[index] for _, index in sorted(ranked)]


class ChoiceField(Widget, can_focus=True):
    """A closed vocabulary on one line, all in view if it fits; arrows or first letters choose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("home", "move(-99)", show=False),
        Binding("end", "move(99)", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("enter", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    DEFAULT_CSS = """
    ChoiceField { height: 1; width: 1fr; background: $background; }
    ChoiceField:focus { background: $primary 18%; }
    ChoiceField.-wrong { background: $error 22%; }
    """
    chosen: reactive[int] = reactive(0)

    def __init__(self, vocabulary: Sequence[str], words: str = "") -> None:
        super().__init__()
        self.vocabulary = tuple(vocabulary)
        self._shown = tuple(one_line(word) or "–" for word in vocabulary)
        self._typed = ""
        self.echo = ""
        """What the last letter changed, shown beside the field, so that a letter typed into the wrong field is
        noticed."""
        self.set_reactive(ChoiceField.chosen, self._place(words))

    @property
    def words(self) -> str:
        return self.vocabulary[self.chosen]

    def put(self, words: str) -> None:
        self.chosen = self._place(words)

    def _place(self, words: str) -> int:
        plain = words.strip().casefold()
        return next((place for place, word in enumerate(self.vocabulary) if word.casefold() == plain), 0)

    def watch_chosen(self) -> None:
        self.post_message(Typed())

    def action_move(self, by: int) -> None:
        self.echo = ""
        self.chosen = max(0, min(self.chosen + by, len(self.vocabulary) - 1))

    def on_blur(self) -> None:
        self._typed = self.echo = ""

    def on_key(self, event: events.Key) -> None:
        if not event.is_printable or event.character is None:
            return
        event.stop()
        for typed in (self._typed + event.character.casefold(), event.character.casefold()):
            fitting = [place for place, word in enumerate(self.vocabulary) if word.casefold().startswith(typed)]
            if fitting:
                # The same letter again chooses the next word that begins with it.
                later = [place for place in fitting if place > self.chosen]
                here = self.chosen in fitting and len(typed) > 1
                self._typed = typed
                found = self.chosen if here else (later or fitting)[0]
                if found != self.chosen:
                    self.echo = f"“{typed}” chose {self._shown[found]}; it was {self._shown[self.chosen]}"
                self.chosen = found
                return
        self._typed = ""

    def _spans(self) -> list[tuple[int, int, int]]:
        """Returns (first cell, end, position in the vocabulary) of each word."""
        spans, column = [], 0
        for place, word in enumerate(self._shown):
            size = cell_len(word) + 2
            spans.append((column, column + size, place))
            column += size
        return spans

    def render(self) -> Content:
        mark = "bold $block-cursor-foreground on $primary" if self.has_focus else "bold $primary on $primary 15%"
        if self._spans()[-1][1] > self.size.width:
            count = f" {self.chosen + 1} of {len(self.vocabulary)} "
            quiet = "$text-muted"
            return Content.assemble(("‹", quiet), (f" {self._shown[self.chosen]} ", mark), ("›", quiet), (count, quiet))
        parts: list[tuple[str, str]] = []
        for place, word in enumerate(self._shown):
            # Brackets mark the chosen word, so that colour is not the only sign.
            here = place == self.chosen
            parts.append((f"[{word}]" if here else f" {word} ", mark if here else "$text-muted"))
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        self.focus()
        if self._spans()[-1][1] > self.size.width:
            # Only one word is in view, between two arrows.
            self.action_move(-1 if event.x == 0 else 1)
            return
        for start, end, place in self._spans():
            if start <= event.x < end:
                self.chosen = place


class Suggesting(Protocol):
    """A field that suggests words."""

    @property
    def region(self) -> Region:
        """The region of the field on the screen."""

    def take(self, word: str) -> object:
        """Fills in a word chosen from the list."""


class Suggestions(Widget):
    """The short list at a field that suggests words. One serves a whole form; it never has the focus."""

    DEFAULT_CSS = """
    Suggestions {
        overlay: screen; constrain: inside inflect; display: none;
        width: auto; height: auto; background: $panel; color: $foreground;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        self._lit: int | None = None
        self._for: Suggesting | None = None

    @property
    def is_open(self) -> bool:
        """Whether the list is in view."""
        return bool(self.display and self._words)

    @property
    def lit(self) -> str | None:
        """The highlighted word, which Tab and Enter take; None if there is none."""
        return self._words[self._lit] if self.is_open and self._lit is not None else None

    def open(self, field: Suggesting, words: Sequence[str], *, lit: bool, above: bool = False) -> None:
        """Shows `words` beneath `field`, or above it; with `lit` the first is highlighted."""
        self._for, self._words, self._lit = field, list(words), (0 if lit and words else None)
        self.display = bool(self._words)
        region = field.region
        lines = min(len(self._words), LONGEST_LIST) + (len(self._words) > LONGEST_LIST)
        self.absolute_offset = Offset(region.x, max(region.y - lines, 0) if above else region.bottom)
        self.refresh(layout=True)

    def close(self) -> None:
        """Hides the list."""
        self._words, self._lit, self.display = [], None, False

    def move(self, by: int) -> None:
        """Moves the highlight by `by` words, from the end to the beginning and back."""
        if self._words:
            self._lit = 0 if self._lit is None and by > 0 else ((self._lit or 0) + by) % len(self._words)
            self.refresh()

    def render(self) -> Content:
        lit = self._lit or 0
        first = max(0, min(lit - LONGEST_LIST + 2, len(self._words) - LONGEST_LIST))
        shown = self._words[first : first + LONGEST_LIST]
        width = min(max((cell_len(one_line(word)) for word in self._words), default=0), 56)
        lines = []
        for place, word in enumerate(shown, start=first):
            here = place == self._lit
            style = "bold $block-cursor-foreground on $primary" if here else "$foreground"
            lines.append(Content.assemble((f"{'▸' if here else ' '}{fit(word, width)} ", style)))
        more = len(self._words) - first - len(shown)
        if more > 0:
            lines.append(Content.assemble((f" … {more} more", "$text-muted")))
        return Content("\n").join(lines)

    def on_click(self, event: events.Click) -> None:
        first = max(0, min((self._lit or 0) - LONGEST_LIST + 2, len(self._words) - LONGEST_LIST))
        if self._for is not None and first + event.y < len(self._words):
            self._for.take(self._words[first + event.y])


class WordField(LineField):
    """A line over a vocabulary. Typing filters the list; Tab or Enter takes the highlighted word, Escape closes the
    list.

    An open vocabulary accepts any text. With `closed` the form refuses text that is not in it.
    """

    DEFAULT_CSS = """
    WordField { width: 34; }
    """

    def __init__(
        self,
        vocabulary: Sequence[str],
        words: str = "",
        *,
        suggestions: Suggestions,
        closed: bool = False,
        lights: bool = True,
    ) -> None:
        super().__init__(words, typed_over=lights or closed)  # a name is continued, not typed over
        self.vocabulary, self.closed = tuple(vocabulary), closed
        self._suggestions, self._lights = suggestions, lights

    def take(self, word: str) -> bool:
        """Fills in a word from the list. Returns whether that completes the field."""
        self.put(word)
        self.cursor_position = len(self.value)
        self._suggestions.close()
        return True

    def know(self, words: Sequence[str]) -> None:
        """Replaces the words that the field suggests."""
        known = tuple(dict.fromkeys(words))
        if known != self.vocabulary:
            self.vocabulary = known
            if self.has_focus and self.value.strip():
                self._suggest()

    def typed(self) -> None:
        if self.has_focus:
            self._suggest()

    def _suggest(self, *, everything: bool = False) -> None:
        typed = "" if everything else self.value
        found = matching(typed, self.vocabulary)
        whole = any(word.casefold() == typed.strip().casefold() for word in self.vocabulary)
        if found and not whole and (typed.strip() or everything):
            self._suggestions.open(self, found, lit=bool(typed.strip()) and (self._lights or self.closed))
        else:
            self._suggestions.close()

    def on_blur(self) -> None:
        self._suggestions.close()

    async def _on_key(self, event: events.Key) -> None:
        open_now = self._suggestions.is_open
        match event.key:
            case "down" | "up" if open_now:
                self._suggestions.move(1 if event.key == "down" else -1)
            case "down" if self.vocabulary:
                self._suggest(everything=True)
            case "escape" if open_now:
                self._suggestions.close()
            case "tab" | "enter" if open_now and self._suggestions.lit is not None:
                if self.take(self._suggestions.lit):
                    self.screen.focus_next()
            case _:
                return
        event.stop()
        event.prevent_default()
