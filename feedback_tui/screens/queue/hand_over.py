"""Hands everything that one person holds to another. A preview shows the result and what is refused."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from feedback_tui.actions import Place
from feedback_tui.casework.bulk import Tried, hand_over_each
from feedback_tui.desk.investigators import BOTH, PARTS, handing_over, held_by
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.screens.shared.form_screen import FormScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.form import Filled, FormField
from feedback_tui.widgets.key_bindings import screen_bindings


@dataclass(frozen=True)
class HandedOver:
    """The result for each case."""

    tried: tuple[Tried, ...]


class HandOverScreen(FormScreen[HandedOver]):
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

    def _foretell(self, found: HandedOver) -> None:
        fits = [row for row in found.tried if row.done]
        lines: list[tuple[str, str]] = [(f"{len(fits)} would be handed over\n", "bold $accent")]
        lines += [(f"{fit(row.reference, 14)}✓\n", "$text-success") for row in fits]
        lines += [
            (f"{fit(row.reference, 14)}stays: {one_line(row.why_not, 200)}\n", "$text-warning")
            for row in found.tried
            if not row.done
        ]
        self.foretell(Content.assemble(*lines) if found.tried else Content("Nothing that is open is with them."))

    def _try(self, filled: Filled, *, check: bool) -> HandedOver:
        actor = self.services.actor()
        as_what, to = filled.text("as_what"), filled.text("to").strip()
        held = held_by(actor.register, filled.text("of"))
        moves = handing_over(held, to or "someone else", actor.today, as_what, filled.text("reason"))
        return HandedOver(tuple(hand_over_each(actor, moves, check=check)))

    def save(self, filled: Filled) -> HandedOver:
        return self._try(filled, check=False)

    def saved(self, done: HandedOver) -> None:
        left = [row for row in done.tried if not row.done]
        self.say(f"{len(done.tried) - len(left)} handed over" + (f", {len(left)} left as they were." if left else "."))
        for row in left:
            self.say(f"{row.reference} was left: {row.why_not}", "warning", seconds=12)
        self.dismiss(None)
