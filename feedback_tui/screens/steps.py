"""What can be done with a case now: each step with its key and what it asks for; the others with the reason why not."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import Place, of_step
from feedback_tui.desk.case import CasePage
from feedback_tui.rules.life import LIFE, refusal
from feedback_tui.screens import case_words, doors
from feedback_tui.screens.one_case import OneCaseScreen
from feedback_tui.widgets.cells import fit
from feedback_tui.widgets.keys import screen_bindings, shown_key
from feedback_tui.widgets.row_list import Page, RowList
from feedback_tui.words import StepKey

WORDS = 25


class StepsScreen(OneCaseScreen):
    """The ways on from where a case stands."""

    PLACE = Place.STEPS
    CSS_PATH = "steps.tcss"
    BINDINGS = screen_bindings(Place.STEPS)

    @property
    def where(self) -> str:
        return f"{self._reference} · what can be done"

    def body(self) -> Iterable[Widget]:
        yield Static("", id="steps-head")
        yield RowList(id="steps")
        with Page(id="steps-not"):
            yield Static("", id="steps-not-words")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """Reads the case anew: a step that was taken opens others."""
        self.read_case()

    def case_read(self, page: CasePage, *, first: bool) -> None:
        head = case_words.standing(page, self.services.today(), self.size.width - 4)
        self.query_one("#steps-head", Static).update(head)
        rows = self.query_one(RowList)
        rows.clear_options()
        refused: list[tuple[str, str]] = []
        for step in LIFE:
            key = f"{shown_key(of_step(step.key)):<1}"
            why = refusal(step.key, page.standing)
            if why is None:
                asks = (f" {step.asks}", "$text-muted")
                prompt = Content.assemble((f"{key}  ", "bold $primary"), (fit(step.words, WORDS), "bold"), asks)
                rows.add_option(Option(prompt, id=step.key.value.replace(" ", "_")))
            else:
                refused += [(f"{key}  {fit(step.words, WORDS)} ", "$text-disabled"), (f"{why}\n", "$text-muted")]
        if rows.option_count:
            rows.highlighted = 0
        heading = ("Not now, and why\n", "bold $accent")
        self.query_one("#steps-not-words", Static).update(
            Content.assemble(heading, *refused) if refused else Content("")
        )

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        if event.option_id is not None:
            self.take(StepKey(event.option_id.replace("_", " ")))

    def take(self, step: StepKey) -> None:
        if self.reference is not None:
            doors.open_step(self.app, self.services, self.reference, step, self._taken)

    def _taken(self, reference: str | None) -> None:
        if reference:
            self.dismiss(reference)
