"""A screen with one form: saving exactly once, errors at their fields, and a preview of the result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import ValidationError
from textual.timer import Timer

from feedback_tui.actions import BY_NAME
from feedback_tui.casework.errors import ConflictError, InvalidInput, StepNotAllowed
from feedback_tui.models.inputs.problem_words import problem_words
from feedback_tui.screens.shared.drafted_form import DraftedForm
from feedback_tui.screens.shared.services import Services
from feedback_tui.storage.errors import InDoubt
from feedback_tui.storage.register import Register
from feedback_tui.widgets.drafts import Draft
from feedback_tui.widgets.form import Filled
from feedback_tui.widgets.key_bindings import shown_key
from feedback_tui.widgets.steps_in_doubt import Doubt, digest_of

if TYPE_CHECKING:
    from feedback_tui.desk.case.saved_already import SavedStep

D = TypeVar("D")
"""The result of saving."""
SLOW = 2.0
"""Seconds of saving after which the elapsed time is shown."""
IN_DOUBT = (
    "The server went away in the moment of saving: whether it was saved is not known. It is asked as soon as it "
    "answers, and you are told; what you typed is kept."
)


class FormScreen(DraftedForm, Generic[D]):
    """Base of the forms for intake, steps and days off. A subclass defines the fields and how they are saved."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._waiting: Timer | None = None
        self._left_at: str | None = None
        self._saving_since = 0.0
        self._looking = self._save_after_looking = False
        """Whether a check is running if the restored draft was saved before; and whether to save when it ends."""
        self._may_be_saved = ""
        """The message that the restored text may be saved already; "" once it was shown on saving."""

    # For subclasses

    def save(self, filled: Filled) -> D:
        """Saves the form; called in a thread. Raises ValidationError; StepNotAllowed; RegisterError."""
        raise NotImplementedError

    def saved(self, done: D) -> None:
        """Called after the save was committed."""
        raise NotImplementedError

    def is_this(self, saved: SavedStep, words: Mapping[str, str]) -> bool:
        """Returns whether a recorded step is the one that a draft with these `words` was being saved as."""
        return True

    def on_changed_meanwhile(self) -> None:
        """Called when another officer changed the case: reads it again and keeps the typed text."""

    def draft_was_being_saved(self, draft: Draft, since: datetime) -> None:
        """Checks whether the draft was saved, because the program ended while it was being saved."""
        register, officer = self.services.register, self.services.officer

        def found(steps: list[SavedStep]) -> None:
            saved = [step.reference for step in steps if self.is_this(step, draft.words)]
            save = self._end_looking()
            if saved:
                names = ", ".join(dict.fromkeys(reference for reference in saved if reference))
                self._may_be_saved = f"This was probably saved already{f': {names}' if names else ''}"
                self.remark(
                    f"{self._may_be_saved}, before the program ended. Look there first; "
                    f"{shown_key(BY_NAME['afresh'])} empties the form.",
                    wrong=True,
                )
                return
            if self._draft is not None:
                self._draft.was_not_saved()
            if save:
                self._save()

        self._looking = True
        self.read("saved already", lambda: _steps_since(register, officer, since), found, self._not_known)

    def _end_looking(self) -> bool:
        """Ends the check. Returns whether the officer tried to save meanwhile."""
        save = self._save_after_looking
        self._looking = self._save_after_looking = False
        return save

    def _not_known(self, error: Exception) -> None:
        self._end_looking()
        self._may_be_saved = "This was being saved when the program ended, and whether it was is not known"
        self.remark(f"{self._may_be_saved}: look before you save it again.", wrong=True)

    # Saving

    def do_save(self) -> None:
        """Saves the form. If the restored text may have been saved before, that is checked first, so that it is not
        saved twice. If it was found on record, only a second press saves it, because the first may have come before the
        message."""
        if self._looking:
            self._save_after_looking = True
            self.remark("Looking whether this was saved already …")
        elif self._may_be_saved and self._is_as_it_came_back():
            key = shown_key(BY_NAME["save"])
            self.remark(f"{self._may_be_saved}. Look there first; {key} once more saves it again.", wrong=True)
            self._may_be_saved = ""
        else:
            self._save()

    def _is_as_it_came_back(self) -> bool:
        found = self._draft.found if self._draft is not None else None
        return found is not None and self.form is not None and self.form.typed == found.words

    def _save(self) -> None:
        form = self.form
        if form is None or self._saving or self._finished:
            return
        filled = form.read()
        if filled.problems:
            self.show_problems(filled.problems)
            return
        self.keep_draft(saving=True)
        typed = digest_of(form.typed)
        self._begin_saving()
        self.write(lambda: self._saved_once(filled, typed), self._committed, self.refused)

    def _begin_saving(self) -> None:
        self._saving, self._saving_since = True, monotonic()
        self.remark("Saving …")
        self._waiting = self.set_interval(1.0, self._say_it_takes)

    def _end_saving(self) -> None:
        self._saving = False
        if self._waiting is not None:
            self._waiting.stop()
        form = self.form
        if form is not None and form.disabled:
            form.disabled = False
            form.go_to(self._left_at or self._first)

    def _say_it_takes(self) -> None:
        """Shows how long saving takes. The form is disabled, because text typed now would not be saved."""
        taken, back, form = monotonic() - self._saving_since, shown_key(BY_NAME["back"]), self.form
        if not self._saving or taken < SLOW:
            return
        self.remark(f"Saving … for {taken:.0f} seconds now. {back} leaves the form: what you typed is kept.")
        if form is not None and not form.disabled:
            self._left_at, form.disabled = form.here, True

    def _saved_once(self, filled: Filled, typed: str) -> D:
        """Saves in a thread, and updates the draft in the same thread, because the program may end before the callback.

        A step in doubt is checked first and never saved twice. Raises SavedBefore; InDoubt; and what `save` raises.
        """
        try:
            return self._saved_if_new(filled, typed)
        except Exception:
            # A step in doubt is recorded separately, so the draft's mark can go.
            if self._draft is not None:
                self._draft.was_not_saved()
            raise

    def _saved_if_new(self, filled: Filled, typed: str) -> D:
        doubts = self.services.doubts
        if (doubt := doubts.find(self.draft_name)) is not None:
            saved = self.services.register.was_saved(doubt.event)
            doubts.drop(self.draft_name)
            if saved:
                raise SavedBefore(doubt, same=typed == doubt.typed)
        try:
            done = self.save(filled)
        except InDoubt as error:
            doubts.keep(Doubt(self.draft_name, self.where, datetime.now().astimezone(), typed, error.event))
            raise
        if self._draft is not None:
            self._draft.drop()
        return done

    @property
    def in_doubt(self) -> Doubt | None:
        """The step sent from this form of which it is not known whether it was saved; None if there is none or while
        saving."""
        return None if self._saving else self.services.doubts.find(self.draft_name)

    def doubt_is_over(self, saved: bool) -> None:
        """Shows whether the step in doubt was saved, once that is known. If it was, the form is treated as saved
        before; otherwise a remark says how to save it. Does nothing if this form has no step in doubt."""
        if (doubt := self.services.doubts.drop(self.draft_name)) is None:
            return
        if saved:
            same = self.form is not None and digest_of(self.form.typed) == doubt.typed
            self._was_saved(SavedBefore(doubt, same=same))
        else:
            key = shown_key(BY_NAME["save"])
            self.remark(f"What you sent at {doubt.at:%H:%M} was not saved: {key} saves it.", wrong=True)

    def _was_saved(self, before: SavedBefore) -> None:
        """Called when the earlier text turns out to be saved: closes the form, unless it holds other text now."""
        if not before.same:
            self.remark(str(before), wrong=True)
            return
        self._finished = True
        if self._timer is not None:
            self._timer.stop()
        if self._draft is not None:
            self._draft.drop()
        self._let_draft_go()
        self.say(f"{before.doubt.title}: it was saved, at {before.doubt.at:%H:%M}.", seconds=12)
        if not self.was_left:
            self.dismiss(None)

    def _committed(self, done: D) -> None:
        self._end_saving()
        self._finished = True
        if self._timer is not None:
            self._timer.stop()
        if self._draft is not None:
            self._draft.drop()
        if self.was_left:
            self._let_draft_go()
            self.say(f"{self.where}: saved.")
        else:
            self.saved(done)

    def refused(self, error: Exception) -> None:
        self._end_saving()
        if isinstance(error, SavedBefore):
            self._was_saved(error)
            return
        if isinstance(error, InDoubt):
            self.say(IN_DOUBT, "warning", seconds=12)
            if self.was_left:
                self._let_draft_go()
            else:
                self.remark(IN_DOUBT, wrong=True)
            return
        if self.was_left:
            self._let_draft_go()
            kept = f"could not be kept: {self.not_kept}" if self.not_kept else "is kept as a draft"
            self.say(f"{self.where}: not saved. What you typed {kept}.", "warning", seconds=12)
            if not isinstance(error, StepNotAllowed | ValidationError):
                self.went_wrong(error)
            return
        match error:
            case InvalidInput():
                self.show_problems({problem.field: problem.words for problem in error.problems})
            case ValidationError():
                self.show_problems(problems_of(error))
            case ConflictError():
                self.remark(str(error), wrong=True)
                self.on_changed_meanwhile()
            case StepNotAllowed():
                self.remark(str(error), wrong=True)
            case _:
                self.remark("")
                self.went_wrong(error)

    def field_of(self, problem: str) -> str:
        """Returns the form's field that shows problems of this field of the input."""
        return problem

    def show_problems(self, problems: dict[str, str]) -> None:
        """Shows each problem at its field, and problems without a visible field above the form."""
        assert self.form is not None
        rest = self.form.mark({self.field_of(name): words for name, words in problems.items()})
        count = "Something is" if len(problems) == 1 else f"{len(problems)} things are"
        self.remark(" ".join(rest) or f"{count} to be put right first. Nothing was saved yet.", wrong=True)


class SavedBefore(Exception):
    """The text sent before was saved after all; `same` says that it equals the text in the form now."""

    def __init__(self, doubt: Doubt, *, same: bool) -> None:
        super().__init__(
            f"What you sent at {doubt.at:%H:%M} was saved after all. Nothing was saved now: save again only what is to "
            "be added."
        )
        self.doubt, self.same = doubt, same


def problems_of(error: ValidationError) -> dict[str, str]:
    """Returns the messages of a validation error by field, the first for each."""
    found: dict[str, str] = {}
    for item in error.errors():
        loc: tuple[Any, ...] = item["loc"]
        name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
        words = problem_words(item)
        found.setdefault(name, words[:1].lower() + words[1:])
    return found


def _steps_since(register: Register, officer: str, since: datetime) -> list[SavedStep]:
    from feedback_tui.desk.case.saved_already import steps_since

    return steps_since(register, officer, since)
