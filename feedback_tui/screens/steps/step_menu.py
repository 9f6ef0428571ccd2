"""The menu of steps: those that are likely next, the others by topic, then those not possible with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import Place, of_step
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.sections.head import standing
from feedback_tui.enums import StepKey
from feedback_tui.rules.lifecycle.lifecycle import HEADINGS, LIFE, likely, refusal, step_now
from feedback_tui.rules.lifecycle.step import Step
from feedback_tui.screens.shared.case_sections import section_content
from feedback_tui.screens.shared.one_case_screen import OneCaseScreen
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.fields import Typed
from feedback_tui.widgets.filter_field import NarrowField
from feedback_tui.widgets.key_bindings import screen_bindings, shown_key
from feedback_tui.widgets.row_list import RowList
from feedback_tui.widgets.vocabulary_fields import matching

WORDS = 27
NEXT, OTHERS, NOT_NOW = "Next", "Others", "Not now, and why"


def by_heading(page: CasePage) -> Iterator[tuple[str, list[Step]]]:
    """Yields the steps under their headings: those likely next, the other possible ones, those not possible."""
    steps = {step.key: step for step in LIFE if refusal(step.key, page.standing) is None}
    yield NEXT, [steps.pop(step.key) for step in likely(page.standing)]
    for heading, rows in HEADINGS:
        yield heading, [steps.pop(row.key) for row in rows if row.key in steps]
    yield OTHERS, list(steps.values())
    yield NOT_NOW, [step for step in LIFE if refusal(step.key, page.standing) is not None]


def narrowed(page: CasePage, typed: str) -> list[Step]:
    """Returns the steps that match `typed` by key, name or what they ask for; possible ones first."""
    by_words = {step_now(step.key, page.standing).words: step for step in LIFE}
    keyed = [step for step in LIFE if shown_key(of_step(step.key)) == typed.strip()]
    named = [by_words[words] for words in matching(typed, list(by_words))]
    by_asks = {f"{step.asks_for} {step.past} {step.key}": step for step in LIFE}
    asking = [by_asks[words] for words in matching(typed, list(by_asks))]
    found = dict.fromkeys([*keyed, *named, *asking])
    return sorted(found, key=lambda step: refusal(step.key, page.standing) is not None)


class StepsScreen(OneCaseScreen):
    """The steps of a case: typing filters them, Enter takes the highlighted one."""

    PLACE = Place.STEPS
    CSS_PATH = "../styles/steps.tcss"
    BINDINGS = screen_bindings(Place.STEPS)

    @property
    def where(self) -> str:
        return f"{self._reference} · what can be done"

    def body(self) -> Iterable[Widget]:
        yield Static("", id="steps-head")
        yield NarrowField(placeholder="type to find: its name, its key, what it asks for")
        yield RowList(id="steps")
        yield Static("", id="steps-said")

    def on_mount(self) -> None:
        field = self.query_one(NarrowField)
        field.rows = self.query_one(RowList)
        field.focus()

    def on_screen_resume(self) -> None:
        self.read_case()

    def case_read(self, page: CasePage, *, first: bool) -> None:
        head = section_content(standing(page, self.services.today()), self.size.width - 4)
        self.query_one("#steps-head", Static).update(head)
        self._show(page)

    def on_typed(self, event: Typed) -> None:
        if self._page is not None:
            self._show(self._page)

    def _show(self, page: CasePage) -> None:
        rows, typed = self.query_one(RowList), self.query_one(NarrowField).words.strip()
        rows.clear_options()
        if typed:
            rows.add_options([self._row(step, page) for step in narrowed(page, typed)])
            if not rows.option_count:
                rows.add_option(Option(Content("Nothing has these words."), disabled=True))
        else:
            for heading, steps in by_heading(page):
                if steps:
                    rows.add_option(Option(Content.assemble((heading, "bold $accent")), disabled=True))
                    rows.add_options([self._row(step, page) for step in steps])
        rows.action_first()

    def _row(self, step: Step, page: CasePage) -> Option:
        key, why = shown_key(of_step(step.key)), refusal(step.key, page.standing)
        rest = max(self.size.width - WORDS - 12, 10)
        styles = ("bold $primary", "bold", "$text-muted") if why is None else ("$text-disabled",) * 3
        prompt = Content.assemble(
            (f" {fit(key, 3)}", styles[0]),
            (f"{fit(step_now(step.key, page.standing).words, WORDS)} ", styles[1]),
            (fit(step.asks_for if why is None else why, rest), styles[2]),
        )
        return Option(prompt, id=step.key.value.replace(" ", "_"))

    def on_option_list_option_highlighted(self, event: RowList.OptionHighlighted) -> None:
        """Shows the full text of a row that may be cut."""
        if self._page is None or event.option_id is None:
            return
        step = step_now(StepKey(event.option_id.replace("_", " ")), self._page.standing)
        why = refusal(step.key, self._page.standing)
        words = f"{step.words} asks for: {step.asks_for}." if why is None else f"{step.words}: not now, {why}."
        self.query_one("#steps-said", Static).update(Content(words))

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        if event.option_id is not None:
            self.choose(StepKey(event.option_id.replace("_", " ")))

    def choose(self, key: StepKey) -> None:
        """Opens the form of a step, or shows why it is not possible now."""
        if (why := of_step(key).why_not(self.situation())) is not None:
            self.say(f"{of_step(key).words_in(self.situation())}: not now, {why}.", "warning")
        else:
            self.take(key)

    def do_take(self) -> None:
        self.query_one(RowList).action_select()

    def do_back(self) -> None:
        field = self.query_one(NarrowField)
        if field.words:
            field.put("")
        else:
            self.dismiss(None)

    def take(self, step: StepKey) -> None:
        if self.reference is not None:
            self.services.navigation.open_step(self.app, self.services, self.reference, step, self._taken)

    def _taken(self, reference: str | None) -> None:
        if reference:
            self.dismiss(reference)
