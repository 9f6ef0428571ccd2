"""The base of a screen with a form: the form, its draft on disk, and the names that its fields suggest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.events import Event
from textual.timer import Timer
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Static

from feedback_tui.actions import BY_NAME
from feedback_tui.desk.due_words import brief
from feedback_tui.desk.name_suggestions import Colleagues, colleagues, people_named
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import safe_text
from feedback_tui.widgets.drafts import Draft, OpenDraft
from feedback_tui.widgets.form import Form, FormField
from feedback_tui.widgets.key_bindings import shown_key

PAUSE = 0.3
"""Seconds without a key before the preview is made."""
KEPT_WITHIN = 0.05
"""Seconds until a letter that follows another is kept in the draft. With delays of a busy machine it stays below
0.3."""
COLLEAGUES = {
    "officer": "officers",
    "investigator": "investigators",
    "signed_by": "signers",
    "action_owner": "investigators",
    "owner": "investigators",
    "approver": "signers",
}
"""Fields for colleagues, and which names from the register they suggest."""
PEOPLE = ("customer_name", "correspondent_name", "name")
"""Fields for the names of people in cases."""


class DraftedForm(DeskScreen):
    """A form whose text is kept on disk while it is typed, and is there again when the form is next opened."""

    CSS_PATH: ClassVar[CSSPathType | None] = "../styles/form_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (136, "-wide")]

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._timer: Timer | None = None
        self._keeping: Timer | None = None
        self._kept_at = 0.0
        self._draft: OpenDraft | None = None
        self.not_kept = ""
        """Why the draft could not be kept last time; "" if it was kept."""
        self._warned = False
        self._first = ""
        self._saving = self._finished = self._ready = False

    def body(self) -> Sequence[Widget]:
        return (Static("", id="said"), FormBody(id="form-body"))

    # For subclasses

    @property
    def draft_name(self) -> str:
        """The name of the form's draft."""
        raise NotImplementedError

    def look_ahead(self) -> None:
        """Called when the officer pauses: shows what the entry would do."""

    def draft_was_being_saved(self, draft: Draft, since: datetime) -> None:
        """Called for a restored draft that was being saved, from `since`, when the program ended."""

    # The form

    @property
    def form(self) -> Form | None:
        """The form; None until it is shown."""
        found = self.query("#form-place Form")
        return found.first(Form) if found else None

    def show_form(self, fields: Sequence[FormField], first: str = "") -> None:
        """Shows the form with its draft, if there is one, and puts the cursor in the field named `first`."""
        form = Form(fields, self.services.today(), self.services.register.calendar)
        self._first = first or (fields[0].name if fields else "")

        async def mount() -> None:
            await self.query_one("#form-place", Container).mount(form)
            self._bring_back_draft(form)
            form.go_to(self._first)
            self._ready = True
            self.look_ahead()
            self._ask_for_colleagues(form)

        self.call_next(self.while_open(mount))

    def takes(self, event: Event) -> bool:
        """Keys wait until the form is shown. While it is being saved they wait for the next screen, unless the server
        is slow: then they pass, so that the officer can leave."""
        return self._ready and (not self._saving or (self.form is not None and self.form.disabled))

    def went_wrong(self, error: Exception) -> None:
        # A form that could not be read will never be ready, so keys must not wait for it.
        self._ready = True
        super().went_wrong(error)

    # Suggested names

    def _ask_for_colleagues(self, form: Form) -> None:
        """Makes the fields for colleagues suggest the names in the register."""
        if any(form.suggests(name) for name in COLLEAGUES):
            register = self.services.register
            self.read("colleagues", lambda: colleagues(register), self._know_colleagues, self._no_names)

    def _know_colleagues(self, found: Colleagues) -> None:
        if self.form is not None:
            for name, kind in COLLEAGUES.items():
                self.form.know(name, getattr(found, kind), beside=True)

    def _ask_for_people(self) -> None:
        """Makes the field for a person's name suggest names in the register, while typing."""
        form = self.form
        name = form.here if form is not None else None
        if form is None or name is None or name not in PEOPLE or not form.suggests(name):
            return
        register, typed = self.services.register, form.words[name]
        self.read("people", lambda: people_named(register, typed), lambda found: form.know(name, found), self._no_names)

    def _no_names(self, error: Exception) -> None:
        """The form works without suggestions too."""

    # The restored draft

    def _bring_back_draft(self, form: Form) -> None:
        self._draft = opened = self.services.drafts.open(self.draft_name)
        draft = opened.found
        if draft is None:
            return
        form.put(draft.on(self.services.today()))
        self.remark(self._brought_back(draft, opened.others))
        if draft.saving_at is not None:
            self.draft_was_being_saved(draft, draft.saving_at)

    def _brought_back(self, draft: Draft, others: int) -> str:
        afresh = shown_key(BY_NAME["afresh"])
        more = f" {others} more {'is' if others == 1 else 'are'} kept of this form." if others else ""
        return f"Draft of {draft.kept_at:%H:%M} on {brief(draft.kept_at)} brought back – {afresh} starts afresh.{more}"

    def action_do(self, name: str) -> None:
        """Does the action after the field has received all keys typed before it.

        A form's keys would otherwise overtake typed letters, and the last words would not be saved.
        """
        if self.focused is None:
            super().action_do(name)
        else:
            self.focused.call_later(super().action_do, name)

    def remark(self, words: str, *, wrong: bool = False) -> None:
        """Shows a message above the form; "" hides it."""
        said = self.query_one("#said", Static)
        said.update(Content(safe_text(words)))
        said.display = bool(words)
        said.set_class(wrong, "-wrong")

    def foretell(self, content: Content) -> None:
        """Shows the preview of the entry."""
        self.query_one("#ahead", Static).update(content.rstrip())

    def on_form_changed(self, event: Form.Changed) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._paused)
        # At once for a single letter, but not for each letter of a fast sequence.
        if monotonic() - self._kept_at >= KEPT_WITHIN:
            self.keep_draft()
        elif self._keeping is None:
            self._keeping = self.set_timer(KEPT_WITHIN, self._keep_now)
        self._ask_for_people()
        self.stand()

    def _paused(self) -> None:
        self.look_ahead()

    def _keep_now(self) -> None:
        self._keeping = None
        self.keep_draft()

    def keep_draft(self, *, saving: bool = False) -> None:
        """Keeps the typed text as a draft; deletes the draft if nothing is typed."""
        form, draft = self.form, self._draft
        if form is None or draft is None or self._finished or self._saving:
            return
        before, self.not_kept, self._kept_at = self.not_kept, "", monotonic()
        if not form.typed and not saving:
            draft.drop()
        else:
            self.not_kept = draft.keep(form.typed, self.services.today(), form.days, saving=saving) or ""
        if self.not_kept and not before:
            self.remark(f"Save soon: {self.not_kept}.", wrong=True)
        elif before and not self.not_kept:
            self._warned = False
            self.remark("")

    def leaving(self) -> str:
        self.keep_draft()
        return self.not_kept

    def on_unmount(self) -> None:
        if not self._saving:
            self._let_draft_go()

    def _let_draft_go(self) -> None:
        """Makes the draft available to the next form that opens."""
        if self._draft is not None:
            self._draft.close()

    def do_afresh(self) -> None:
        if self.form is not None and self._draft is not None:
            self.form.start_afresh()
            self._draft.drop()
            self.remark("Another draft is kept: open the form again to have it." if self._draft.others else "")
            self.form.go_to(self._first)

    def do_back(self) -> None:
        self.leave(None)

    def leave(self, reference: str | None) -> None:
        """Leaves the form with the reference of a case, or None. Typed text is kept; if it cannot be, the first call
        only warns."""
        self.keep_draft()
        if self.form is not None and self.form.typed and not self._saving:
            if not self.not_kept:
                self.say("What you typed is kept as a draft.")
            elif not self._warned:
                self._warned = True
                back = shown_key(BY_NAME["back"])
                self.remark(f"Not kept: {self.not_kept}. Save it; {back} once more loses what you typed.", wrong=True)
                return
            else:
                self.say(f"What you typed was not kept: {self.not_kept}.", "warning", seconds=12)
        self.dismiss(reference)

    @property
    def busy(self) -> bool:
        """Whether the form is being saved or was saved."""
        return self._saving or self._finished

    def go_on_typing(self) -> None:
        """Opens the form for another entry after saving."""
        self._finished = False
        self.remark("")


class FormBody(Container):
    """The form, with the preview beside or beneath it."""

    def compose(self) -> ComposeResult:
        yield Container(id="form-place")
        with VerticalScroll(id="ahead-place", can_focus=False):
            yield Static("", id="ahead")
