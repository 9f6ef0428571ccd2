"""Hands everything that one person holds to another. A preview shows the result and what is refused."""

from __future__ import annotations

from textual.content import Content

from feedback_tui.actions import Place
from feedback_tui.casework.bulk import BulkResult, hand_over_each
from feedback_tui.desk.investigators import BOTH, PARTS, handing_over, held_by
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.screens.shared.form_screen import FormScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.form import Filled, FormField
from feedback_tui.widgets.key_bindings import screen_bindings


class HandOverScreen(FormScreen[BulkResult]):
    """Hands over everything of one officer or investigator."""

    PLACE = Place.FORM
    BINDINGS = screen_bindings(Place.FORM)

    def __init__(self, services: Services, name: str) -> None:
        super().__init__(services)
        self._holder = name

    @property
    def where(self) -> str:
        return f"Hand all over · {self._holder}"

    @property
    def draft_name(self) -> str:
        return f"hand over {self._holder.casefold()}"

    def on_mount(self) -> None:
        offered = self.services.register.profile.vocabulary.investigators
        self.show_form(
            (
                FormField("to", "To", Entry.NAME, required=True, vocabulary=offered),
                FormField("of", "From", Entry.LINE, self._holder, required=True),
                FormField("as_what", "As", Entry.CHOICE, BOTH, vocabulary=PARTS),
                FormField("reason", "Why", Entry.LINE, help="she leaves on Friday"),
            )
        )

    def look_ahead(self) -> None:
        form = self.form
        if form is None:
            return
        filled = form.read()
        self.read("ahead", lambda: self._try(filled, check=True), self._foretell)

    def _foretell(self, found: BulkResult) -> None:
        lines: list[tuple[str, str]] = [(f"{len(found.done)} would be handed over\n", "bold $accent")]
        lines += [(f"{fit(case.reference, 14)}✓\n", "$text-success") for case in found.done]
        lines += [
            (f"{fit(case.reference, 14)}stays: {one_line(case.why_left, 200)}\n", "$text-warning")
            for case in found.left
        ]
        self.foretell(Content.assemble(*lines) if found.cases else Content("Nothing that is open is with them."))

    def _try(self, filled: Filled, *, check: bool) -> BulkResult:
        actor = self.services.actor()
        as_what, to = filled.text("as_what"), filled.text("to").strip()
        held = held_by(actor.register, filled.text("of"))
        moves = handing_over(held, to or "someone else", actor.today, as_what, filled.text("reason"))
        return hand_over_each(actor, moves, check=check)

    def save(self, filled: Filled) -> BulkResult:
        return self._try(filled, check=False)

    def saved(self, done: BulkResult) -> None:
        left = f", {len(done.left)} left as they were" if done.left else ""
        self.say(f"{len(done.done)} handed over{left}.")
        for case in done.left:
            self.say(f"{case.reference} was left: {case.why_left}", "warning", seconds=12)
        self.dismiss(None)
