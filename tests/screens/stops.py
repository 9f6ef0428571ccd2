"""Every screen of the program, and the way to each: for what must hold of all of them.

A walk goes from one to the next in one running program. `test_every_screen.py` holds that no screen is left out.
"""

from __future__ import annotations

import pkgutil
import shutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Input

import feedback_tui.screens
from feedback_tui.casework.bulk import BulkResult, CaseResult
from feedback_tui.enums import Contact, StepKey, YearSection
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import year_of
from feedback_tui.saved_filters import keep_filter
from feedback_tui.screens import open_screens
from feedback_tui.screens.admin.day_calculator import CalculatorScreen
from feedback_tui.screens.admin.days_off import DaysOffScreen
from feedback_tui.screens.admin.job import JobScreen
from feedback_tui.screens.admin.lock import LockScreen, UnlockScreen
from feedback_tui.screens.bulk.bulk_step import BulkResultScreen, BulkStepScreen
from feedback_tui.screens.case.caller_lookup import WhereScreen
from feedback_tui.screens.case.case import CaseScreen
from feedback_tui.screens.case.explain_dates import ExplainScreen
from feedback_tui.screens.help.guides import GuidesScreen
from feedback_tui.screens.help.help import HelpScreen
from feedback_tui.screens.help.jump import JumpScreen
from feedback_tui.screens.help.tour import OfferScreen, Tour, leave_tour
from feedback_tui.screens.help.welcome import WelcomeScreen
from feedback_tui.screens.queue.cases import CasesScreen
from feedback_tui.screens.queue.find import FindScreen
from feedback_tui.screens.queue.goto import GotoScreen
from feedback_tui.screens.queue.hand_over import HandOverScreen
from feedback_tui.screens.queue.investigators import InvestigatorsScreen
from feedback_tui.screens.queue.learning_ledger import LearningScreen
from feedback_tui.screens.queue.morning import MorningScreen
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.screens.shared.list_screen import ListScreen
from feedback_tui.screens.shared.saved_filters import SavedFiltersScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.screens.steps.call_form import ContactScreen
from feedback_tui.screens.steps.intake import IntakeScreen
from feedback_tui.screens.steps.letter import LetterScreen
from feedback_tui.screens.steps.letters import LettersScreen
from feedback_tui.screens.steps.step_menu import StepsScreen
from feedback_tui.screens.steps.step_screen import StepScreen
from feedback_tui.screens.year.drilldown import BehindScreen
from feedback_tui.screens.year.year import YearScreen
from feedback_tui.screens.year.year_export import ExportScreen
from feedback_tui.screens.year.year_span import SpanScreen
from feedback_tui.screens.year.year_texts import ParagraphScreen, QuotesScreen, YearWordsScreen
from feedback_tui.widgets.form import Form
from tests.screens.desk import Desk
from tests.screens.stock import Say, Stock, as_it_is


def screens() -> Iterator[type[Screen[Any]]]:
    """Every screen of the program."""
    for module in pkgutil.walk_packages(feedback_tui.screens.__path__, "feedback_tui.screens."):
        for found in vars(import_module(module.name)).values():
            if isinstance(found, type) and issubclass(found, Screen) and found.__module__ == module.name:
                yield found


@dataclass
class Walk:
    """A running program on the stock, going from screen to screen."""

    desk: Desk
    stock: Stock
    state: Path
    """The state folder of the program."""
    say: Say = field(default=as_it_is)

    @property
    def queue(self) -> QueueScreen:
        """Where every walk starts."""
        found = self.desk.app.screen_stack[1]
        assert isinstance(found, QueueScreen)
        return found

    @property
    def services(self) -> Services:
        """Those of the session."""
        return self.queue.services

    async def to(self, stop: Stop, *, words: bool = True) -> None:
        """Goes to the screen of `stop`, and waits until its `words` are there and nothing on it moves any more."""
        desk = self.desk
        await stop.go(self)
        await desk.until(lambda: type(desk.app.screen) is stop.screen)
        if words:
            await desk.shows(*stop.until)
        await self.rest()

    async def rest(self) -> None:
        """Waits until no reading is under way and the screen stands still."""
        desk, seen = self.desk, [""]
        while seen[-2:] != [desk.text] * 2:
            await desk.until(self._nothing_is_awaited)
            seen.append(desk.text)
            await desk.pilot.pause()
            await desk.rest()

    def _nothing_is_awaited(self) -> bool:
        """Whether every reading is done, and the case beside a list is that of its row: it is read after a pause."""
        front = self.desk.app.screen
        if isinstance(front, ListScreen) and not front.shows_case_of_row:
            return False
        return all(worker.is_finished for worker in self.desk.app.workers)

    async def home(self) -> None:
        """Goes back to the queue as it stood at the start, with nothing said in a corner."""
        app, queue = self.desk.app, self.queue
        leave_tour(app)
        while app.screen is not queue:
            front = app.screen
            front.dismiss(None)
            await self.desk.until(lambda front=front: front not in app.screen_stack)  # type: ignore[misc]
        shutil.rmtree(self.state / "drafts", ignore_errors=True)
        queue.do_unfilter()
        queue.do_unmark()
        queue.table.focus()
        # The rows come back first: the cursor stays on its case until then.
        await self.rest()
        queue.table.move_to(0)
        app.clear_notifications()
        await self.rest()


HOSTILE_MARK = "[Zq]"
"""What every hostile word holds."""
Way = Callable[[Walk], Awaitable[object]]


@dataclass(frozen=True)
class Stop:
    """A screen, and how it is reached from the queue."""

    name: str
    screen: type[Screen[Any]]
    until: tuple[str, ...]
    """Words that stand on it once it is there; in a walk over hostile words they are not asked for."""
    go: Way


def _keys(*keys: str) -> Way:
    async def go(walk: Walk) -> None:
        await walk.desk.press(*keys)

    return go


def _door(opens: Callable[..., object], *given: Any) -> Way:
    """Through the door of this name, as a key goes."""

    async def go(walk: Walk) -> None:
        opens(walk.desk.app, walk.services, *given)

    return go


def _case(opens: Callable[..., object], which: str, *given: Any) -> Way:
    async def go(walk: Walk) -> None:
        opens(walk.desk.app, walk.services, getattr(walk.stock, which), *given)

    return go


def _step(which: str, step: StepKey) -> Way:
    return _case(open_screens.open_step, which, step)


def _typed(keys: tuple[str, ...], words: str) -> Way:
    """By keys, and then words into the field that has the focus."""

    async def go(walk: Walk) -> None:
        desk = walk.desk
        await desk.press(*keys)
        await desk.until(lambda: isinstance(desk.app.focused, Input))
        await desk.put(words if walk.say is as_it_is else HOSTILE_MARK)

    return go


async def _filters(walk: Walk) -> None:
    for name, text in (("the north, late", "team:north overdue"), ("money", "theme:charging")):
        keep_filter(walk.say(name), walk.say(text))
    open_screens.open_saved_filters(walk.desk.app, walk.services, walk.say("due<fri"), lambda _: None)


async def _many(walk: Walk) -> None:
    cases = {1: walk.stock.overdue, 3: walk.stock.running}
    open_screens.open_bulk_step(walk.desk.app, walk.services, cases, StepKey.ALLOCATE, lambda _: None)


async def _many_done(walk: Walk) -> None:
    reference, why = walk.stock.running, walk.say("acknowledge: not possible, it is acknowledged already")
    result = BulkResult((CaseResult(reference, why),))
    walk.desk.app.push_screen(BulkResultScreen(walk.services, result, StepKey.ACKNOWLEDGE))


async def _hand_over(walk: Walk) -> None:
    walk.desk.app.push_screen(HandOverScreen(walk.services, walk.say("P. Jones")))


def _year(screen: Callable[..., Screen[Any]], *given: Any) -> Way:
    """A screen of the year's, for the year that runs."""

    async def go(walk: Walk) -> None:
        walk.desk.app.push_screen(screen(walk.services, year_of(walk.services.today()), *given))

    return go


async def _export(walk: Walk) -> None:
    today = walk.services.today()
    walk.desk.app.push_screen(ExportScreen(walk.services, figures_of(walk.stock.register, year_of(today), today)))
    await walk.desk.shows("File or folder")
    form = walk.desk.screen.query_one(Form)
    form.put({"name": "year.html"})
    await walk.desk.until(lambda: walk.desk.text.count("year.html") == 2)


async def _tour_itself(walk: Walk) -> None:
    Tour(walk.desk.app).start()


def _push(screen: Callable[[Walk], Screen[Any]]) -> Way:
    async def go(walk: Walk) -> None:
        walk.desk.app.push_screen(screen(walk))

    return go


async def _cover(walk: Walk) -> None:
    walk.desk.app.cover()


async def _seen(walk: Walk) -> None:
    open_screens.open_case(walk.desk.app, walk.services, walk.stock.answered)
    await walk.desk.until(lambda: "Next" in walk.desk.text)
    # The page is as long as it will be: its end is where it then is.
    await walk.rest()
    await walk.desk.press("end")


async def _stay(walk: Walk) -> None:
    """Where every walk starts."""


D = open_screens
STOPS: tuple[Stop, ...] = (
    Stop("queue", QueueScreen, ("Overdue · 7", "ASC-26-0003", "Charged for"), _stay),
    Stop("queue-grouped", QueueScreen, ("by team", "Financial Assessments · "), _keys("equals_sign")),
    Stop("queue-filtered", QueueScreen, ("2 rows", "Gwen Price"), _typed(("slash",), "bruises")),
    Stop("queue-marked", QueueScreen, ("2 cases marked",), _keys("asterisk", "down", "down", "asterisk")),
    Stop("today", MorningScreen, ("Overdue", "Due today"), _keys("1")),
    Stop("cases", CasesScreen, ("ASC-26-0009", "When will"), _keys("0")),
    Stop("case", CaseScreen, ("Next", "Joan Tudor"), _case(D.open_case, "running")),
    Stop("case-ombudsman", CaseScreen, ("Next", "Elsie Morgan"), _case(D.open_case, "decided")),
    Stop("who-looked", CaseScreen, ("Looked at, latest first", "pkaur"), _seen),
    Stop("steps", StepsScreen, ("Handling",), _case(D.open_steps, "overdue")),
    Stop("explain", ExplainScreen, ("Not counted",), _case(D.open_explain, "running")),
    Stop("intake", IntakeScreen, ("Six months end",), _keys("n")),
    Stop("acknowledge", StepScreen, ("What this does to the dates",), _step("overdue", StepKey.ACKNOWLEDGE)),
    Stop("respond", StepScreen, ("Finding", "Signed by"), _step("running", StepKey.RESPOND)),
    Stop("stage-2", StepScreen, ("What this does to the dates",), _step("review", StepKey.ACKNOWLEDGE_REVIEW)),
    Stop("ombudsman", StepScreen, ("Decision",), _step("running", StepKey.OMBUDSMAN)),
    Stop("redress", StepScreen, ("What exactly",), _step("answered", StepKey.REDRESS)),
    Stop("learn", StepScreen, ("Learned",), _step("answered", StepKey.LEARN)),
    Stop("hold", StepScreen, ("Look again",), _step("running", StepKey.HOLD)),
    Stop("undo", StepScreen, ("The last step",), _step("held", StepKey.UNDO)),
    Stop("call", ContactScreen, ("What was said",), _case(D.open_contact, "running", Contact.CALL_FROM)),
    Stop("letters", LettersScreen, ("Acknowledgement",), _case(D.open_letters, "running")),
    Stop("letter", LetterScreen, ("Still to be written in",), _case(D.open_letter, "overdue", "acknowledgement")),
    Stop("many", BulkStepScreen, ("2 cases", "Each is a step of its own"), _many),
    Stop("many-done", BulkResultScreen, ("0 cases acknowledged", "1 left as it was"), _many_done),
    Stop("where-are-we", WhereScreen, ("May be told", "F2 logs the call"), _case(D.open_where, "running")),
    Stop("find", FindScreen, ("ASC-26-0003",), _typed(("f3",), "respite")),
    Stop("goto", GotoScreen, ("ASC-26-0003",), _typed(("g",), "tudor")),
    Stop("learning", LearningScreen, ("Lou West",), _keys("J")),
    Stop("investigators", InvestigatorsScreen, ("P. Jones", "late"), _keys("I")),
    Stop("hand-over", HandOverScreen, ("From", "Jones"), _hand_over),
    Stop("year", YearScreen, ("Feedback received", "pieces of feedback"), _keys("Y")),
    Stop("year-report", YearScreen, ("Open and overdue",), _door(D.open_year, "Open and overdue")),
    Stop("behind", BehindScreen, ("ASC-26-",), _year(BehindScreen, "feedback.total", "Feedback received")),
    Stop("span", SpanScreen, ("2026/27",), _year(SpanScreen)),
    Stop("write-year", ExportScreen, ("year.html",), _export),
    Stop("year-words", YearWordsScreen, ("Recommendations",), _year(YearWordsScreen)),
    Stop("paragraph", ParagraphScreen, ("Paragraph",), _year(ParagraphScreen, YearSection.PROGRESS, None)),
    Stop("quotes", QuotesScreen, ("So kind to Mum",), _year(QuotesScreen)),
    Stop("kept-filters", SavedFiltersScreen, ("the north, late",), _filters),
    Stop("days-off", DaysOffScreen, ("The days off ahead",), _keys("B")),
    Stop("working-days", CalculatorScreen, ("working days",), _typed(("W",), "10")),
    Stop("import", JobScreen, ("Cases from a CSV file",), _door(D.open_job, "import_register")),
    Stop("export", JobScreen, ("CSV",), _door(D.open_job, "export_register")),
    Stop("backup", JobScreen, ("verified",), _door(D.open_job, "backup")),
    Stop("guides", GuidesScreen, ("For officers",), _door(D.open_guides)),
    Stop("help", HelpScreen, ("Keys · queue",), _keys("question_mark")),
    Stop("palette", CommandPalette, ("New",), _keys("ctrl+p")),
    Stop("jump", JumpScreen, (), _keys("ctrl+o")),
    Stop("tour-offer", OfferScreen, ("take the tour",), _push(lambda walk: OfferScreen())),
    Stop("tour", QueueScreen, ("Tour 1 of",), _tour_itself),
    Stop("welcome", WelcomeScreen, ("Shropshire",), _push(lambda walk: WelcomeScreen("/home/jo/complaints.db"))),
    Stop(
        "unlock",
        UnlockScreen,
        ("or no register",),
        _push(lambda walk: UnlockScreen("/home/jo/complaints.db")),
    ),
    Stop("lock", LockScreen, ("is covered",), _cover),
)
"""In the order of a walk; those of the queue leave it as they found it."""
