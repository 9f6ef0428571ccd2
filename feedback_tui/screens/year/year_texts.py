"""The texts that officers write for the report of a year: recommendations, progress, matters of general importance,
quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import Place
from feedback_tui.casework.year_texts import YearParagraph, add_words, change_words, remove_words, year_words
from feedback_tui.desk.list_columns import YEAR_WORDS
from feedback_tui.desk.report_quotes import Praise, praise
from feedback_tui.enums import YearSection
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.rules.months import Span
from feedback_tui.rules.report_spans import step
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.form_screen import FormScreen
from feedback_tui.screens.shared.screen_list import ScreenList
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.row_list import RowList

HEADINGS = {
    YearSection.RECOMMENDATIONS: "Recommendations for the coming year",
    YearSection.PROGRESS: "Progress with the recommendations of the year before",
    YearSection.GENERAL_IMPORTANCE: "Matters of general importance (regulation 18)",
    YearSection.QUOTES: "Quotes from compliments",
}
Line = tuple[YearSection, YearParagraph | None]


class YearWordsScreen(DeskScreen):
    """The paragraphs of one year, by part. They are published, so they must not name anyone."""

    PLACE = Place.YEAR_WORDS
    CSS_PATH = "../styles/lookup.tcss"
    BINDINGS = screen_bindings(Place.YEAR_WORDS)

    def __init__(self, services: Services, year: Span) -> None:
        super().__init__(services)
        self._year = year
        self._lines: list[Line] = []

    @property
    def where(self) -> str:
        return f"Words for {self._year.label}"

    def body(self) -> Iterable[Widget]:
        yield Static(Content("They are published with the year: nobody is to be named in them."), id="found-said")
        yield RowList(id="found")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._read()

    def _read(self) -> None:
        register, year, before = self.services.register, self._year.label, step(self._year, -1).label
        self.read("words", lambda: (year_words(register, year), year_words(register, before)), self._arrived)

    def _arrived(self, found: tuple[list[YearParagraph], list[YearParagraph]]) -> None:
        now, before = found
        rows, options = self.query_one(RowList), []
        place = rows.highlighted or 0
        self._lines = []
        recommended = [one.text for one in before if one.section is YearSection.RECOMMENDATIONS]
        for section, heading in HEADINGS.items():
            self._lines.append((section, None))
            options.append(Option(Content.assemble((heading, "bold $accent"))))
            if section is YearSection.PROGRESS:
                told = [f"  was recommended: {one_line(text)}" for text in recommended]
                if told:
                    options[-1] = Option(
                        Content.assemble((heading, "bold $accent"), *((f"\n{line}", "$text-muted") for line in told))
                    )
            for paragraph in now:
                if paragraph.section is section:
                    self._lines.append((section, paragraph))
                    options.append(Option(Content(f"  {paragraph.position}. {one_line(paragraph.text)}")))
        rows.clear_options()
        rows.add_options(options)
        rows.highlighted = min(place, len(options) - 1)

    def lists(self) -> Sequence[ScreenList]:
        register, year = self.services.register, self._year.label
        count = sum(1 for _, paragraph in self._lines if paragraph is not None)
        return (ScreenList("Words for the year", YEAR_WORDS, lambda: year_words(register, year), count, year),)

    @property
    def _lit(self) -> Line:
        place = self.query_one(RowList).highlighted or 0
        return self._lines[place] if place < len(self._lines) else (YearSection.RECOMMENDATIONS, None)

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        event.stop()
        self.do_words_change()

    def do_words_change(self) -> None:
        section, paragraph = self._lit
        self.app.push_screen(ParagraphScreen(self.services, self._year, section, paragraph))

    def do_words_add(self) -> None:
        self.app.push_screen(ParagraphScreen(self.services, self._year, self._lit[0], None))

    def do_words_remove(self) -> None:
        section, paragraph = self._lit
        if paragraph is None:
            self.say("A heading cannot be taken out: stand on a paragraph.")
            return
        actor, year = self.services.actor(), self._year.label
        self.write(
            lambda: remove_words(actor, year, section, paragraph.position),
            lambda was: self._changed(f"Taken out: {one_line(was.text, 60)}"),
            self.went_wrong,
        )

    def _changed(self, words: str) -> None:
        self.say(words)
        self._read()

    def do_words_quote(self) -> None:
        self.app.push_screen(QuotesScreen(self.services, self._year))


class ParagraphScreen(FormScreen[YearParagraph]):
    """The form of one paragraph, new or changed."""

    PLACE = Place.FORM
    BINDINGS = screen_bindings(Place.FORM)

    def __init__(self, services: Services, year: Span, section: YearSection, paragraph: YearParagraph | None) -> None:
        super().__init__(services)
        self._year, self._section, self._paragraph = year, section, paragraph

    @property
    def where(self) -> str:
        return f"{HEADINGS[self._section]}, {self._year.label}"

    @property
    def draft_name(self) -> str:
        which = "new" if self._paragraph is None else str(self._paragraph.position)
        return f"year {self._year.label} {self._section} {which}"

    def on_mount(self) -> None:
        words = "" if self._paragraph is None else self._paragraph.text
        self.show_form((FormField("text", "Paragraph", Entry.WORDS, words, required=True, lines=6),))

    def save(self, filled: Filled) -> YearParagraph:
        actor, text = self.services.actor(), filled.text("text")
        if self._paragraph is None:
            return add_words(actor, self._year.label, self._section, text)
        return change_words(actor, self._year.label, self._section, self._paragraph.position, text)

    def saved(self, done: YearParagraph) -> None:
        self.dismiss(None)


class QuotesScreen(DeskScreen):
    """The compliments that have a quote without names. Each can be added to the report or removed."""

    PLACE = Place.CHOICE
    CSS_PATH = "../styles/lookup.tcss"
    BINDINGS = screen_bindings(Place.CHOICE)

    def __init__(self, services: Services, year: Span) -> None:
        super().__init__(services)
        self._year = year
        self._praise: list[Praise] = []
        self._chosen: dict[str, int] = {}

    @property
    def where(self) -> str:
        return f"Quotes for {self._year.label}"

    def body(self) -> Iterable[Widget]:
        yield Static("", id="found-said")
        yield RowList(id="found")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()
        self._read()

    def _read(self) -> None:
        register, year = self.services.register, self._year
        self.read("quotes", lambda: (praise(register, year), year_words(register, year.label)), self._arrived)

    def _arrived(self, found: tuple[list[Praise], list[YearParagraph]]) -> None:
        self._praise, paragraphs = found
        self._chosen = {one.text: one.position for one in paragraphs if one.section is YearSection.QUOTES}
        rows = self.query_one(RowList)
        place = rows.highlighted or 0
        rows.clear_options()
        rows.add_options([Option(self._row(one)) for one in self._praise])
        if self._praise:
            rows.highlighted = min(place, len(self._praise) - 1)
        said = "No compliment has words without names yet: write them on the compliment, as its quote."
        if self._praise:
            chosen = sum(1 for one in self._praise if one_line(one.paragraph) in self._chosen)
            puts = f"Enter puts a quote into the report of {self._year.label}, or takes it out"
            said = f"{puts}: {chosen} of {len(self._praise)} chosen."
        self.query_one("#found-said", Static).update(Content(said))

    def _row(self, one: Praise) -> Content:
        mark = "[x]" if one_line(one.paragraph) in self._chosen else "[ ]"
        return Content.assemble((f"{mark} ", "bold"), one_line(one.paragraph), (f"  {one.reference}", "$text-muted"))

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        text = one_line(self._praise[event.option_index].paragraph)
        actor, year, position = self.services.actor(), self._year.label, self._chosen.get(text)

        def change() -> YearParagraph:
            if position is None:
                return add_words(actor, year, YearSection.QUOTES, text)
            return remove_words(actor, year, YearSection.QUOTES, position)

        self.write(change, lambda _: self._read(), self.went_wrong)
