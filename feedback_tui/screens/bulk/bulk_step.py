"""One step for all marked cases: its form, and then the result for each case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import Place, of_step
from feedback_tui.casework.bulk import BulkResult, each_case
from feedback_tui.desk.case.saved_already import SavedStep
from feedback_tui.enums import StepKey
from feedback_tui.rules.lifecycle.lifecycle import PAST
from feedback_tui.screens.bulk.bulk_forms import bulk_form
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.form_screen import FormScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.form import Filled
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.row_list import RowList

NAMED = 40
"""The most references that the form names."""


class BulkStepScreen(FormScreen[BulkResult]):
    """The form of one step for several cases."""

    PLACE = Place.FORM
    BINDINGS = screen_bindings(Place.FORM)

    def __init__(self, services: Services, cases: Mapping[int, str], step: StepKey, then: Callable[[BulkResult], None]):
        super().__init__(services)
        self._references = list(cases.values())
        self._step, self._then = step, then
        self._step_form = bulk_form(step, services.register.profile)

    @property
    def where(self) -> str:
        return f"{of_step(self._step).words} · {_cases(len(self._references))}"

    @property
    def draft_name(self) -> str:
        return f"{self._step} for many"

    def is_this(self, saved: SavedStep, words: Mapping[str, str]) -> bool:
        return saved.step is self._step

    def on_mount(self) -> None:
        self.show_form(self._step_form.fields)

    def look_ahead(self) -> None:
        named = ", ".join(self._references[:NAMED])
        more = len(self._references) - NAMED
        self.foretell(
            Content.assemble(
                (f"{of_step(self._step).words}: {_cases(len(self._references))}\n", "bold $accent"),
                f"{named}{f' and {more} more' if more > 0 else ''}\n",
                ("Each is a step of its own. What does not fit is left, and named with the reason.", "$text-muted"),
            )
        )

    def save(self, filled: Filled) -> BulkResult:
        given, verb, count = self._step_form.build(filled), self._step_form.verb, len(self._references)

        def progress(number: int) -> None:
            # Not waited for, so that the work continues if its screen was left.
            self.call_later(self.remark, f"{number} of {count} …")

        return each_case(
            self.services.actor(), self._references, lambda actor, reference: verb(actor, reference, given), progress
        )

    def saved(self, done: BulkResult) -> None:
        self._then(done)
        app, services, step = self.app, self.services, self._step
        self.dismiss(None)
        app.push_screen(BulkResultScreen(services, done, step))


class BulkResultScreen(DeskScreen):
    """The result for each case; refused ones first, with the reason."""

    PLACE = Place.CHOICE
    CSS_PATH = "../styles/lookup.tcss"
    BINDINGS = screen_bindings(Place.CHOICE)

    def __init__(self, services: Services, result: BulkResult, step: StepKey) -> None:
        super().__init__(services)
        self._result, self._step = result, step
        self._references = [case.reference for case in (*result.left, *result.done)]

    @property
    def where(self) -> str:
        return f"{of_step(self._step).words} · what became of each"

    def body(self) -> Iterable[Widget]:
        said = [f"{_cases(len(self._result.done))} {PAST[self._step]}"]
        if self._result.left:
            said.append(f"{len(self._result.left)} left as {'it was' if len(self._result.left) == 1 else 'they were'}")
        yield Static(Content.assemble((" · ".join(said), "bold")), id="many-said")
        rows = [
            Content.assemble(
                ("– ", "$text-warning"), (fit(left.reference, 14), "bold"), f" left: {one_line(left.why_left)}"
            )
            for left in self._result.left
        ]
        rows += [
            Content.assemble(("✓ ", "$text-success"), (fit(done.reference, 14), "bold"), f" {PAST[self._step]}")
            for done in self._result.done
        ]
        yield RowList(*(Option(row, id=f"case-{place}") for place, row in enumerate(rows)), id="found")

    def on_mount(self) -> None:
        rows = self.query_one(RowList)
        rows.highlighted = 0
        rows.focus()

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        self.services.navigation.open_case(self.app, self.services, self._references[event.option_index])


def _cases(count: int) -> str:
    return f"{count} case{'s' if count != 1 else ''}"
