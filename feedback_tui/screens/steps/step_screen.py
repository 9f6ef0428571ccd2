"""The form of one step of a case, with a preview of its effect on the deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import ValidationError
from textual.content import Content
from textual.events import Event

from feedback_tui.actions import BY_NAME, Place, of_step
from feedback_tui.casework.actor import DeadlineLine, StepResult, rehearse
from feedback_tui.casework.errors import InvalidInput, StepNotAllowed
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.saved_already import SavedStep
from feedback_tui.desk.case.sections.dates import dates
from feedback_tui.desk.case.sections.handled import stages
from feedback_tui.desk.case.sections.head import summary_of
from feedback_tui.desk.case.sections.timeline import meanwhile
from feedback_tui.desk.case.sections.told import complaint, people, points
from feedback_tui.desk.due_words import when_in_words
from feedback_tui.enums import StepKey
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.lifecycle import lifecycle
from feedback_tui.screens.shared.case_sections import joined, section_content
from feedback_tui.screens.shared.form_screen import FormScreen
from feedback_tui.screens.shared.one_case_screen import OneCaseScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.screens.steps.step_form import StepForm, about
from feedback_tui.screens.steps.step_forms import step_form
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.drafts import step_draft
from feedback_tui.widgets.form import Filled
from feedback_tui.widgets.key_bindings import screen_bindings, shown_key

LABEL = 22
BESIDE = 55
"""The width in cells of the preview."""
QUIET = "$text-muted"


class StepScreen(OneCaseScreen, FormScreen[StepResult]):
    """One step of one case. Its result is the reference once the step was taken, or None."""

    PLACE = Place.FORM
    BINDINGS = screen_bindings(Place.FORM)

    def __init__(self, services: Services, reference: str, step: StepKey, number: int | None = None) -> None:
        super().__init__(services, reference)
        self._step, self._number = step, number
        self._step_form: StepForm | None = None
        self._letter = ""
        self._known: int | None = None
        """The number of events when the form was opened, once a colleague has changed the case; otherwise None."""

    @property
    def where(self) -> str:
        return f"{of_step(self._step).words_in(self.situation())} · {self._reference}"

    @property
    def draft_name(self) -> str:
        return step_draft(self._step, self._reference or "")

    def is_this(self, saved: SavedStep, words: Mapping[str, str]) -> bool:
        return saved.step is self._step and saved.reference == self._reference

    def takes(self, event: Event) -> bool:
        return FormScreen.takes(self, event)

    def on_mount(self) -> None:
        self.read_case()

    def case_read(self, page: CasePage, *, first: bool) -> None:
        if not first:
            self.look_ahead()
            return
        why = lifecycle.refusal(self._step, page.standing)
        if why is not None:
            words = lifecycle.step_now(self._step, page.standing).words
            self.say(f"{page.reference} – {words}: not possible, {why}. {lifecycle.instead(page.standing)}", "warning")
            self.dismiss(None)
            return
        self._step_form = self.form_for(page)
        self.show_form(about(self._step_form.fields, self._number))
        if not self._step_form.fields and page.timeline:
            last, key = page.timeline[-1], shown_key(BY_NAME["save"])
            self.remark(
                f"The last step: {last.past}, {long_date(last.happened_on)}, {last.officer}. {key} takes it back."
            )

    def form_for(self, page: CasePage) -> StepForm:
        """Returns the form for this case."""
        return step_form(self._step, page, self.services.register.profile)

    def on_changed_meanwhile(self) -> None:
        if self._known is None and self._page is not None:
            self._known = len(self._page.timeline)
        self.read_case()

    def field_of(self, problem: str) -> str:
        return self._step_form.shows.get(problem, problem) if self._step_form else problem

    # The preview

    def look_ahead(self) -> None:
        form, page, chosen = self.form, self._page, self._step_form
        if form is None or page is None or chosen is None:
            return
        filled = form.read()
        if filled.problems:
            self._foretell(None)
            return
        actor, reference, version = self.services.actor(), page.reference, page.version

        def ahead() -> StepResult | None:
            try:
                return rehearse(chosen.verb, actor, reference, chosen.build(filled), version)
            except (ValidationError, InvalidInput):
                return None

        self.read("ahead", ahead, self._foretell, self._no_way)

    def _no_way(self, error: Exception) -> None:
        # The preview only shows the obstacle; saving reports it as an error.
        words = str(error) if isinstance(error, StepNotAllowed) else "The dates cannot be foretold just now."
        self.foretell(Content.assemble((words, "$text-warning")))

    def _foretell(self, done: StepResult | None) -> None:
        page = self._page
        if page is None:
            return
        today = self.services.today()
        wide = self.has_class("-wide")
        head = Content.assemble((summary_of(self.services.names.page(page)), QUIET), "\n")
        if self._known is not None:
            head = Content.assemble(head, section_content(meanwhile(page, self._known), BESIDE), "\n\n")
        # With enough room, the case itself is shown below the preview.
        beneath: list[Content | str] = []
        if wide:
            sections = (made(page, today) for made in (complaint, people, points, stages))
            beneath = ["\n\n", joined(sections, BESIDE)]
        if done is None:
            text = section_content(dates(page, today), BESIDE)
            hint = ("What this does to the dates shows here once the form is complete.\n", QUIET)
            self.foretell(Content.assemble(head, hint, text, *beneath))
            return
        changes = Content.assemble(*self._changes(page, done, today)).rstrip()
        self.foretell(Content.assemble(head, changes, *beneath))

    def _changes(self, page: CasePage, done: StepResult, today: date) -> list[tuple[str, str]]:
        said: list[tuple[str, str]] = [("What this does to the dates\n", "bold $accent")]
        before = list(page.open_deadlines)
        left = list(done.deadlines)
        for due in before:
            after = _take(left, due.kind, due.original_due_on)
            label = fit(due.kind.label, LABEL)
            if after is None and self._step is StepKey.UNDO:
                said.append((f"– {label}{long_date(due.due_on)}: taken away\n", "$text-warning"))
            elif after is None:
                said.append((f"✓ {label}{long_date(due.due_on)}: done or ended\n", "$text-success"))
            elif after.due_on != due.due_on:
                said.append((f"→ {label}{long_date(due.due_on)} → {long_date(after.due_on)}\n", "bold $text-warning"))
            else:
                said.append((f"  {label}{long_date(due.due_on)}: stays\n", QUIET))
        for fresh in left:
            far = _far(done, fresh, self.services)
            said.append((f"+ {fit(fresh.kind.label, LABEL)}{long_date(fresh.due_on)}, {far}\n", "bold $primary"))
        if done.remark:
            said.append((f"! {done.remark}\n", "$text-warning"))
        said += [(f"  {one}, no date: stays owed\n", "$text-warning") for one in done.undated if done.still_owed]
        if not before and not done.deadlines:
            said.append(("  No date is open, and none comes of it.\n", QUIET))
        if done.status is not page.status:
            said.append((f"  The case then stands at: {done.status}\n", "$foreground"))
        return said

    # Saving

    def save(self, filled: Filled) -> StepResult:
        assert self._step_form is not None
        assert self._page is not None
        given, self._letter = self._step_form.build(filled), self._step_form.letter(filled)
        return self._step_form.verb(self.services.actor(), self._page.reference, given, self._page.version)

    def saved(self, done: StepResult) -> None:
        if self._step is StepKey.ERASE:
            letters = [letter.key for letter in self.services.register.profile.letters]
            self.services.drafts.drop_case(done.reference, letters)
        self.say(f"{done.reference}: {self._what_was_done()}. {next_in_words(done, self.services)}")
        self.dismiss(done.reference)
        if self._letter:
            self.app.call_later(
                self.services.navigation.open_letter, self.app, self.services, done.reference, self._letter
            )

    def _what_was_done(self) -> str:
        """Returns the step in the words for the message after saving."""
        if self._step is StepKey.CONTACT and self.form is not None:
            return f"{self.form.words['kind']} logged"
        assert self._page is not None
        step = lifecycle.step_now(self._step, self._page.standing)
        return step.saved or step.past


def _take(lines: list[DeadlineLine], kind: object, original: date) -> DeadlineLine | None:
    """Removes from `lines` and returns the line of this kind, if possible with the same original date; None if there is
    none."""
    of_kind = [line for line in lines if line.kind is kind]
    found = next((line for line in of_kind if line.original_due_on == original), next(iter(of_kind), None))
    if found is not None:
        lines.remove(found)
    return found


def next_in_words(done: StepResult, services: Services) -> str:
    """Returns a sentence with what is owed next after a step."""
    today = services.today()
    if done.still_owed:
        return f"Still owed: {done.still_owed}."
    due = next((line for line in done.owed if line.due_on >= today), next(iter(done.owed), None))
    if due is None:
        return "Nothing with a date is owed now."
    return f"Next: {due.kind.label} by {long_date(due.due_on)}, {_far(done, due, services)}."


def _far(done: StepResult, due: DeadlineLine, services: Services) -> str:
    """Returns the distance of a deadline, in the working days that it is counted in."""
    register, today = services.register, services.today()
    closures = not register.counted_by_law(*done.under, due.kind)
    left = register.calendar.counting(closures=closures).between(today, due.due_on)
    return when_in_words(due.due_on, left, today)
