"""A screen with one form: drafts, errors at their fields, what the entry would do, and saving once."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import ValidationError
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.events import Event
from textual.timer import Timer
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Static

from feedback_tui.actions import BY_NAME
from feedback_tui.casework.refusals import BadInput, ChangedMeanwhile, Refused
from feedback_tui.desk.names import Colleagues, colleagues, people_named
from feedback_tui.screens.base import DeskScreen
from feedback_tui.screens.due import brief
from feedback_tui.screens.services import Services
from feedback_tui.text import safe_text
from feedback_tui.widgets.form import Filled, Form, FormField
from feedback_tui.widgets.keys import shown_key

D = TypeVar("D")
"""What saving gives back."""
PAUSE = 0.3
"""Seconds without a key before a draft is kept and the dates are counted."""
KEPT_EVERY = 1.0
"""Seconds of typing without a pause after which a draft is kept all the same."""
COLLEAGUES = {
    "officer": "officers",
    "investigator": "investigators",
    "signed_by": "signers",
    "action_owner": "investigators",
    "owner": "investigators",
    "approver": "signers",
}
"""Fields for colleagues by name, and which of those the register knows they suggest."""
PEOPLE = ("customer_name", "correspondent_name", "name")
"""Fields for the names of people in cases."""


class FormScreen(DeskScreen, Generic[D]):
    """Base of intake, of every step and of the days off. A subclass says which fields, and what they are saved as."""

    CSS_PATH: ClassVar[CSSPathType | None] = "form_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (136, "-wide")]

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._timer: Timer | None = None
        self._kept_at = 0.0
        self._first = ""
        self._saving = self._finished = self._ready = False

    def body(self) -> Sequence[Widget]:
        return (Static("", id="said"), FormBody(id="form-body"))

    # What a subclass says

    @property
    def draft_name(self) -> str:
        """The form's name among the drafts."""
        raise NotImplementedError

    def save(self, filled: Filled) -> D:
        """Takes the step; runs in a thread. Raises ValidationError, Refused."""
        raise NotImplementedError

    def saved(self, done: D) -> None:
        """Called once it is committed."""
        raise NotImplementedError

    def look_ahead(self) -> None:
        """Called when the officer pauses: shows what the entry would do."""

    def on_changed_meanwhile(self) -> None:
        """Called when another officer changed the case: reads it again, the words stay."""

    # The form

    @property
    def form(self) -> Form | None:
        """The form, once it is shown."""
        found = self.query("#form-place Form")
        return found.first(Form) if found else None

    def show_form(self, fields: Sequence[FormField], first: str = "") -> None:
        """Shows the form with its draft, if there is one, and puts the cursor in the field called `first`."""
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
        """Not before it stands; and what is typed after it is saved is meant for what comes then."""
        return self._ready and not self._saving

    def went_wrong(self, error: Exception) -> None:
        # A form that could not be read will never stand: the keys go on.
        self._ready = True
        super().went_wrong(error)

    # Names that the register knows

    def _ask_for_colleagues(self, form: Form) -> None:
        """Has the fields for colleagues suggest those who stand in the register."""
        if any(form.suggests(name) for name in COLLEAGUES):
            register = self.services.register
            self.read("colleagues", lambda: colleagues(register), self._know_colleagues, self._no_names)

    def _know_colleagues(self, found: Colleagues) -> None:
        if self.form is not None:
            for name, kind in COLLEAGUES.items():
                self.form.know(name, getattr(found, kind), beside=True)

    def _ask_for_people(self) -> None:
        """Has a field for someone's name suggest those who stand in the register, as it is typed."""
        form = self.form
        name = form.here if form is not None else None
        if form is None or name is None or name not in PEOPLE or not form.suggests(name):
            return
        register, typed = self.services.register, form.words[name]
        self.read("people", lambda: people_named(register, typed), lambda found: form.know(name, found), self._no_names)

    def _no_names(self, error: Exception) -> None:
        """Without suggestions a form is filled in all the same."""

    def _bring_back_draft(self, form: Form) -> None:
        draft = self.services.drafts.find(self.draft_name)
        if draft is None:
            return
        form.put(draft.on(self.services.today()))
        afresh = shown_key(BY_NAME["afresh"])
        self.remark(f"Draft of {draft.kept_at:%H:%M} on {brief(draft.kept_at)} brought back – {afresh} starts afresh.")

    def action_do(self, name: str) -> None:
        """Does the action once the field has taken in every key that was typed before it.

        The keys of a form overtake what was typed: without this, a quick hand saved all but the last words.
        """
        if self.focused is None:
            super().action_do(name)
        else:
            self.focused.call_later(super().action_do, name)

    def remark(self, words: str, *, wrong: bool = False) -> None:
        """Says something above the form; nothing: takes the line away."""
        said = self.query_one("#said", Static)
        said.update(Content(safe_text(words)))
        said.display = bool(words)
        said.set_class(wrong, "-wrong")

    def foretell(self, content: Content) -> None:
        """Shows what the entry would do."""
        self.query_one("#ahead", Static).update(content.rstrip())

    def on_form_changed(self, event: Form.Changed) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._paused)
        # Who types on and on has a draft too, should the machine stop.
        if monotonic() - self._kept_at > KEPT_EVERY:
            self.keep_draft()
        self._ask_for_people()
        self.stand()

    def _paused(self) -> None:
        self.keep_draft()
        self.look_ahead()

    def keep_draft(self) -> None:
        """Keeps what was typed; a form with nothing typed keeps nothing."""
        form = self.form
        if form is None or self._finished or self._saving:
            return
        self._kept_at = monotonic()
        drafts, today = self.services.drafts, self.services.today()
        if not form.typed:
            drafts.drop(self.draft_name)
        elif (trouble := drafts.keep(self.draft_name, form.typed, today, form.days)) is not None:
            self.remark(f"Save soon: {trouble}.", wrong=True)

    def leaving(self) -> None:
        self.keep_draft()

    def do_afresh(self) -> None:
        if self.form is not None:
            self.form.start_afresh()
            self.services.drafts.drop(self.draft_name)
            self.remark("")
            self.form.go_to(self._first)

    def do_back(self) -> None:
        self.leave(None)

    def leave(self, reference: str | None) -> None:
        """Goes back, with the reference of a case where there is one; what was typed is kept."""
        self.keep_draft()
        if self.form is not None and self.form.typed and not self._saving:
            self.say("What you typed is kept as a draft.")
        self.dismiss(reference)

    @property
    def busy(self) -> bool:
        """Whether the form is being saved, or is done."""
        return self._saving or self._finished

    def go_on_typing(self) -> None:
        """Takes more words after it was saved: the form stays for the next entry."""
        self._finished = False
        self.remark("")

    # Saving

    def do_save(self) -> None:
        form = self.form
        if form is None or self._saving or self._finished:
            return
        filled = form.read()
        if filled.problems:
            self.show_problems(filled.problems)
            return
        self.keep_draft()
        self._saving = True
        self.remark("Saving …")
        self.write(lambda: self.save(filled), self._committed, self._refused)

    def _committed(self, done: D) -> None:
        self._finished, self._saving = True, False
        if self._timer is not None:
            self._timer.stop()
        self.services.drafts.drop(self.draft_name)
        if self.was_left:
            self.say(f"{self.where}: saved.")
        else:
            self.saved(done)

    def _refused(self, error: Exception) -> None:
        self._saving = False
        if self.was_left:
            self.say(f"{self.where}: not saved. What you typed is kept as a draft.", "warning", seconds=12)
            if not isinstance(error, Refused | ValidationError):
                self.went_wrong(error)
            return
        match error:
            case BadInput():
                self.show_problems({problem.field: problem.words for problem in error.problems})
            case ValidationError():
                self.show_problems(problems_of(error))
            case ChangedMeanwhile():
                self.remark(str(error), wrong=True)
                self.on_changed_meanwhile()
            case Refused():
                self.remark(str(error), wrong=True)
            case _:
                self.remark("")
                self.went_wrong(error)

    def field_of(self, problem: str) -> str:
        """The field of the form that shows a problem of this field of the input."""
        return problem

    def show_problems(self, problems: dict[str, str]) -> None:
        """Shows every problem at its field; what has no field in view stands above the form."""
        assert self.form is not None
        rest = self.form.mark({self.field_of(name): words for name, words in problems.items()})
        count = "Something is" if len(problems) == 1 else f"{len(problems)} things are"
        self.remark(" ".join(rest) or f"{count} to be put right first. Nothing was saved yet.", wrong=True)


class FormBody(Container):
    """The form, and beside or beneath it what the entry would do."""

    def compose(self) -> ComposeResult:
        yield Container(id="form-place")
        with VerticalScroll(id="ahead-place", can_focus=False):
            yield Static("", id="ahead")


def problems_of(error: ValidationError) -> dict[str, str]:
    """What a validated input found wrong, by field."""
    found: dict[str, str] = {}
    for item in error.errors():
        loc: tuple[Any, ...] = item["loc"]
        name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
        words = item["msg"].removeprefix("Value error, ")
        found.setdefault(name, words[:1].lower() + words[1:])
    return found
