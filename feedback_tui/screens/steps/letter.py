"""One letter: filled in from the case, edited in place, copied or saved to a file, and recorded on the case."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content
from textual.widgets.text_area import Selection

from feedback_tui.actions import Place
from feedback_tui.casework.actor import StepResult
from feedback_tui.desk.case.letter_fields import LetterTo
from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import StepKey
from feedback_tui.exchange.letter_files import letter_name, save_letter
from feedback_tui.rules.letters import gaps_in, missing_in
from feedback_tui.rules.lifecycle.lifecycle import BY_KEY
from feedback_tui.screens.shared.services import Services
from feedback_tui.screens.steps.declared_form import declared_form
from feedback_tui.screens.steps.special_forms.letter import AGAIN_IN, one_letter_form
from feedback_tui.screens.steps.step_form import StepForm
from feedback_tui.screens.steps.step_screen import StepScreen, next_in_words
from feedback_tui.text import one_line
from feedback_tui.widgets.drafts import letter_draft
from feedback_tui.widgets.key_bindings import screen_bindings
from feedback_tui.widgets.text_area_field import WordsField


class LetterScreen(StepScreen):
    """One of the council's letters for one case. Its result is the reference once the letter was recorded, or None."""

    PLACE = Place.LETTER
    BINDINGS = screen_bindings(Place.LETTER)

    def __init__(self, services: Services, reference: str, key: str) -> None:
        super().__init__(services, reference, StepKey.LETTER)
        self._key = services.register.profile.letter(key).key

    @property
    def where(self) -> str:
        return f"{self.services.register.profile.letter(self._key).name} · {self._reference}"

    @property
    def draft_name(self) -> str:
        return letter_draft(self._key, self._reference or "")

    def form_for(self, page: CasePage) -> StepForm:
        """Returns the form of the letter for today. The next update, or the reply, is proposed for ten working days
        later."""
        profile, today = self.services.register.profile, self.services.today()
        again = self.services.register.calendar.add(today, AGAIN_IN)
        wanted = LetterTo(profile.letter(self._key), None, self.services.officer, "", again, again)
        form = declared_form(BY_KEY[StepKey.LETTER], page, profile)
        return one_letter_form(form, page, profile, wanted, today)

    @property
    def _text(self) -> str:
        return self.form.words["text"] if self.form is not None else ""

    def foretell(self, content: Content) -> None:
        """Shows the preview, after a list of the letter's gaps."""
        missing = missing_in(self._text)
        lines = [f"  {one_line(each)}\n" for each in missing]
        head = (
            Content.assemble(("Still to be written in\n", "bold $text-warning"), *lines, "\n")
            if missing
            else Content.assemble(("✓ Nothing is missing\n\n", "$text-success"))
        )
        super().foretell(Content.assemble(head, content))

    def do_next_gap(self) -> None:
        """Selects the next gap, so that typing replaces it."""
        field = self.query("#form-place WordsField").first(WordsField)
        field.focus()
        row, column = field.selection.end
        after = sum(len(line) + 1 for line in field.text.split("\n")[:row]) + column
        gaps = gaps_in(field.text)
        if not gaps:
            self.say("Nothing is missing.")
            return
        start, end = next((gap for gap in gaps if gap[0] >= after), gaps[0])
        field.selection = Selection(_place(field.text, start), _place(field.text, end))

    # Copying and saving

    def do_copy_letter(self) -> None:
        if self._lacks("copied"):
            return
        self.app.copy_to_clipboard(self._text)
        self.say("The letter is on the clipboard. ^s notes it on the case.")

    def do_save_text(self) -> None:
        self._save_as(".txt")

    def do_save_word(self) -> None:
        self._save_as(".docx")

    def _save_as(self, ending: str) -> None:
        if self._lacks("saved"):
            return
        folder, text = Path.cwd(), self._text
        name = letter_name(self._reference or "", self._key, self.services.today())
        self.write(
            lambda: save_letter(folder, name, text, ending),
            lambda path: self.say(f"Written to {path}. ^s notes it on the case."),
            self.went_wrong,
        )

    def _lacks(self, what: str) -> bool:
        missing = missing_in(self._text)
        if missing:
            self.say(f"It is {what} once it is whole. Still to be written in: {', '.join(missing)}.", "warning")
        return bool(missing)

    def saved(self, done: StepResult) -> None:
        self.say(f"{done.reference}: letter noted. {next_in_words(done, self.services)}")
        self.dismiss(done.reference)


def _place(text: str, index: int) -> tuple[int, int]:
    """Returns the row and column of a character, both from 0."""
    before = text[:index]
    return before.count("\n"), index - (before.rfind("\n") + 1)
