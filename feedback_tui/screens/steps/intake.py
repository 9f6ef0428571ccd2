"""The form for new feedback: the text first, most other fields filled in, and a preview of the deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from textual.content import Content

from feedback_tui.actions import Place, Situation
from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import StepResult
from feedback_tui.casework.close import void
from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.casework.log import log
from feedback_tui.desk.case.known_people import Known, known_of
from feedback_tui.desk.case.saved_already import SavedStep
from feedback_tui.desk.due_words import brief, when_in_words
from feedback_tui.desk.earlier_cases import EarlierCase, earlier_cases
from feedback_tui.enums import DeadlineKind, Kind, Role, StepKey
from feedback_tui.models.inputs.stages import Acknowledgement, Reason
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.deadlines import DueDate, Facts, due_dates, limits_of
from feedback_tui.screens.shared.form_screen import FormScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.screens.steps.batch_entry import KEPT, TAKEN_BACK, Pile, left_over
from feedback_tui.screens.steps.intake_form import FIRST, NOT_SETTLED, SHOWS, intake_fields, new_case
from feedback_tui.screens.steps.step_screen import next_in_words
from feedback_tui.storage.errors import RegisterError
from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.form import Filled
from feedback_tui.widgets.key_bindings import screen_bindings

QUIET = "$text-muted"
MOST_EARLIER = 6


class IntakeScreen(FormScreen[StepResult]):
    """Logs one piece of feedback. Its result is the reference, or None."""

    PLACE = Place.INTAKE
    BINDINGS = screen_bindings(Place.INTAKE)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._acknowledged = False
        self._not_acknowledged = ""
        self._earlier: list[EarlierCase] = []
        self._known: list[Known] = []
        self._earlier_of = ("", "")
        """The name and contact that were searched for last."""
        self._pile, self._next = Pile(), False
        self._as_saved: dict[str, str] = {}

    @property
    def where(self) -> str:
        entered = self._pile.in_words()
        return f"New feedback · {entered}" if entered else "New feedback"

    @property
    def draft_name(self) -> str:
        return "intake"

    def is_this(self, saved: SavedStep, words: Mapping[str, str]) -> bool:
        said = " ".join(words.get(FIRST, "").split())
        return saved.step is StepKey.LOG and " ".join(saved.description.split()) == said

    def on_mount(self) -> None:
        register = self.services.register
        fields = intake_fields(register.profile, self.services.officer, self.services.today(), register.calendar)
        self.show_form(fields, FIRST)

    def situation(self) -> Situation:
        kind = self.form.words["kind"] if self.form is not None else ""
        return Situation(facts=frozenset({kind, *(["entered"] if self._pile.last else [])}))

    def field_of(self, problem: str) -> str:
        return SHOWS.get(problem, problem)

    # The preview

    def look_ahead(self) -> None:
        form = self.form
        if form is None:
            return
        name = form.words["customer_name"].strip() or form.words["correspondent_name"].strip()
        asked = (name, form.words["contact"].strip())
        if asked != self._earlier_of:
            self._earlier_of, self._earlier, self._known = asked, [], []
            if any(asked):
                self.read("earlier", lambda: self._look_for(*asked), self._earlier_found)
        self._show_ahead()

    def _look_for(self, name: str, contact: str) -> tuple[list[EarlierCase], list[Known]]:
        register = self.services.register
        found = earlier_cases(register, name, MOST_EARLIER, contact)
        return found, known_of(register, name, contact) if found else []

    def _earlier_found(self, found: tuple[list[EarlierCase], list[Known]]) -> None:
        self._earlier, self._known = found
        self._show_ahead()

    def _show_ahead(self) -> None:
        self.foretell(Content.assemble(*self._dates(), *self._earlier_lines()))

    def _dates(self) -> list[tuple[str, str]]:
        form = self.form
        assert form is not None
        filled = form.read()
        received = filled.day("received_on")
        if filled.text("kind") != Kind.COMPLAINT:
            return [(f"Logging {_a(filled.text('kind'))} starts no deadline.\n", QUIET)]
        if received is None:
            return [("The dates show here once the day of receipt is known.\n", QUIET)]
        dues = [due for due in self._due(received, filled.text("procedure")) if due.due_on is not None]
        today, calendar = self.services.today(), self.services.register.calendar
        said: list[tuple[str, str]] = [("These dates follow\n", "bold $accent")]
        for due in dues:
            assert due.due_on is not None
            days = calendar.counting(closures=due.limit.closures_count)
            far = when_in_words(due.due_on, days.between(today, due.due_on), today)
            late = due.due_on < today
            said += [
                (fit(due.deadline.label, 19), ""),
                (f"{long_date(due.due_on)}", "bold $text-error" if late else "bold"),
            ]
            said += [(f"  {far}\n", "$text-error" if late else QUIET)]
        return said

    def _due(self, received: date, procedure_key: str) -> list[DueDate]:
        register = self.services.register
        version, under_2009 = None, False
        if procedure_key and procedure_key != NOT_SETTLED:
            procedure = register.profile.procedure(procedure_key)
            version, under_2009 = procedure.version_on(received), procedure.regulations_2009
        limits = limits_of(version, regulations_2009=under_2009)
        found = due_dates(limits, Facts(received_on=received, consent_on=received), register.calendar)
        return [due for due in found if due.deadline is not DeadlineKind.OMBUDSMAN_REPLY]

    def _earlier_lines(self) -> list[tuple[str, str]]:
        if not self._earlier:
            return []
        name, contact = self._earlier_of
        said: list[tuple[str, str]] = []
        for known in self._known:
            said += [
                (f"{one_line(f'{known.name}, {known.reference}: {line}', 200)}\n", "bold $text-warning")
                for line in known.lines
            ]
        said.append((f"Earlier cases of {one_line(name or contact, 30)}\n", "bold $accent"))
        for case in self._earlier:
            said += [(f"{case.reference}", "bold"), (f"  {case.kind}, {case.status}, {brief(case.received_on)}", QUIET)]
            said.append((f"  {one_line(case.summary, 30)}\n", ""))
        return said

    # Saving

    def do_save(self) -> None:
        self._go_on(acknowledged=False, following=False)

    def do_save_acknowledged(self) -> None:
        self._go_on(acknowledged=True, following=False)

    def do_save_next(self) -> None:
        self._go_on(acknowledged=False, following=True)

    def _go_on(self, *, acknowledged: bool, following: bool) -> None:
        if self.form is None or self.busy:
            return
        self._acknowledged, self._next, self._as_saved = acknowledged, following, self.form.words
        super().do_save()

    def save(self, filled: Filled) -> StepResult:
        actor, new = self.services.actor(), new_case(filled)
        done = log(actor, new)
        if not self._acknowledged:
            return done
        if new.correspondent_role is Role.ANONYMOUS:
            self._not_acknowledged = "they are anonymous, and cannot be written to."
            return done
        # Nobody said whether a discussion was offered, so it is left out; the officer can record it.
        told = Acknowledgement(on=actor.today, channel=new.channel)
        try:
            return acknowledge(actor, done.reference, told, done.version)
        except (StepNotAllowed, RegisterError) as error:
            # The case is logged. Raising here would count as a failed save, and saving again would log it twice.
            self._not_acknowledged = str(error)
            return done

    def saved(self, done: StepResult) -> None:
        what = "logged and acknowledged" if self._acknowledged else "logged"
        if self._not_acknowledged:
            self.say(f"{done.reference} logged, but not acknowledged: {self._not_acknowledged}", "warning", seconds=12)
        else:
            self.say(f"{done.reference} {what}. {next_in_words(done, self.services)}", seconds=8)
        if self._next:
            self._begin_next(done.reference)
        else:
            self.dismiss(done.reference)

    # Entering several

    def _begin_next(self, reference: str) -> None:
        """Prepares the form for the next entry. The fields in `KEPT` stay, and so does text typed while saving."""
        form = self.form
        assert form is not None
        more = left_over(self._as_saved, form.words)
        self._pile.add(reference, self._as_saved)
        form.begin_with({name: self._as_saved[name] for name in KEPT if name in self._as_saved})
        form.put(more)
        self.go_on_typing()
        self.say_where()
        form.go_to(FIRST)
        self.look_ahead()

    def do_take_back(self) -> None:
        form, last = self.form, self._pile.last
        if form is None or last is None or self.busy:
            return
        if form.typed:
            self.remark(
                "Save what stands here, or empty it with ^n: the last one comes back into the form.", wrong=True
            )
            return
        actor = self.services.actor()
        self.write(
            lambda: void(actor, last, Reason(on=actor.today, reason=TAKEN_BACK)), self._taken_back, self.went_wrong
        )

    def _taken_back(self, done: StepResult) -> None:
        assert self.form is not None
        self.form.put(self._pile.take_back())
        self.remark(f"{done.reference} is marked as logged in error; its words stand here again.")
        self.say_where()
        self.form.go_to(FIRST)

    def do_back(self) -> None:
        self.leave(self._pile.last)


def _a(kind: str) -> str:
    return f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}"
