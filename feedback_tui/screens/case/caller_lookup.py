"""“Where are we?”: what is next in a caller's case, who has it, and what the caller may be told. It can log the
call."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from feedback_tui.actions import BY_NAME, Place, Situation
from feedback_tui.casework.errors import StepNotAllowed
from feedback_tui.desk.case.caller_lookup import WhereWeAre, where_we_are
from feedback_tui.desk.case.sections.caller import caller_section
from feedback_tui.desk.earlier_cases import EarlierCase, find_references
from feedback_tui.enums import Contact
from feedback_tui.screens.queue.goto import GotoScreen
from feedback_tui.screens.shared.case_sections import section_content
from feedback_tui.screens.shared.services import Services
from feedback_tui.widgets.key_bindings import screen_bindings, shown_key
from feedback_tui.widgets.row_list import RowList


class WhereScreen(GotoScreen):
    """Finds a caller's case. Its result is the reference of a case to open, or None."""

    PLACE = Place.WHERE
    CSS_PATH = "../styles/where.tcss"
    BINDINGS = screen_bindings(Place.WHERE)
    ASKS = "the caller's surname, or a reference"

    def __init__(self, services: Services, reference: str | None = None) -> None:
        super().__init__(services)
        self._meant = reference
        self._answered: WhereWeAre | None = None

    @property
    def where(self) -> str:
        return "Where are we?"

    def body(self) -> Iterable[Widget]:
        yield from super().body()
        with VerticalScroll(id="answer", can_focus=False):
            yield Static("", id="answer-words")

    def on_mount(self) -> None:
        super().on_mount()
        if (meant := self._meant) is not None:
            self._found_for = None
            register = self.services.register
            self.read("found", lambda: find_references(register, meant)[:1], lambda found: self.arrived("", found))

    def situation(self) -> Situation:
        return Situation(self.lit)

    def arrived(self, words: str, found: list[EarlierCase]) -> None:
        # A caller is waiting for an answer, so open cases come first.
        super().arrived(words, sorted(found, key=lambda case: not case.status.is_open))
        if not found:
            self._say(None)

    def on_option_list_option_highlighted(self, event: RowList.OptionHighlighted) -> None:
        self._ask()

    def on_screen_resume(self) -> None:
        self._ask()

    def _ask(self) -> None:
        reference, register, today = self.lit, self.services.register, self.services.today()
        if reference is not None:
            self.read("answer", lambda: where_we_are(register, reference, today), self._say, self._no_answer)

    def _no_answer(self, error: Exception) -> None:
        self._say(None)
        if isinstance(error, StepNotAllowed):
            self.query_one("#answer-words", Static).update(Content(str(error)))
        else:
            self.went_wrong(error)

    def _say(self, found: WhereWeAre | None) -> None:
        self._answered = found
        words = Content("") if found is None else told(found, self.services, self.size.width - 6)
        self.query_one("#answer-words", Static).update(words)
        self.stand()

    # Actions

    def do_log_call(self) -> None:
        self._log(Contact.CALL_FROM)

    def do_log_try(self) -> None:
        self._log(Contact.FAILED_TRY)

    def _log(self, kind: Contact) -> None:
        if self.lit is not None:
            self.services.navigation.open_contact(self.app, self.services, self.lit, kind)

    def do_open_lit(self) -> None:
        self.action_open_found()


def told(found: WhereWeAre, services: Services, width: int) -> Content:
    """Returns the answer: what is next, the last contact, who has the case, and what each person may be told."""
    page, today = found.page, services.today()
    title = Content.assemble((f"{page.reference}  {page.kind}\n", "bold $primary"))
    words = section_content(caller_section(found, today), width)
    call, failed = shown_key(BY_NAME["log_call"]), shown_key(BY_NAME["log_try"])
    keys = Content.assemble((f"\n\n{call} logs the call, {failed} a try that failed.", "$text-muted"))
    return title + words + keys
