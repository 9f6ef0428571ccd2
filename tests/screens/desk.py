"""The program under a test's hands: press keys, wait until something shows, read the screen as a person would."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any, Self

from textual.events import Key, Paste
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from feedback_tui.app import FeedbackApp
from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.investigate import investigate
from feedback_tui.casework.log import log
from feedback_tui.desk.case.page import CasePage, case_page
from feedback_tui.enums import Kind, Role
from feedback_tui.models.inputs.stages import Acknowledgement, InvestigationStart, NewCase, PointInput
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.storage.register import Register
from feedback_tui.widgets.form import Form
from tests.screens.rest import LOOK, at_rest

TODAY = date(2026, 4, 15)
"""A Wednesday; Easter Monday was on the 6th."""
OFFICER = "jsmith"
RECORDED = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
PATIENCE = 60.0
"""Seconds that a test waits for what it expects to see: far more than it takes, for a machine that is busy."""
LONG = "Social Work Team - North"
HOSTILE = (
    "[/] [bold red]x[/bold red]",
    "[Complaint] re bins [@click=app.quit]y[/]",
    "O'Brien & “50%” ; DROP TABLE \\",
    "شكوى بشأن الرعاية المنزلية",
    "日本語の苦情 👩‍👩‍👧 é",
    "\x1b]0;PWNED\x07\x1b[31mred\x9b2J",
    "‮desrever⁦",
)


def fill(register: Register) -> None:
    """Cases: one overdue for its acknowledgement, one due today, one investigated, a compliment."""
    actor = Actor(register, OFFICER, TODAY, now=lambda: RECORDED)

    def new(received_on: date, description: str, name: str, **more: Any) -> str:
        given: dict[str, Any] = {
            "kind": Kind.COMPLAINT,
            "received_on": received_on,
            "channel": "email",
            "procedure": "statutory-adult",
            "description": description,
            "customer_name": name,
            "correspondent_name": name,
            "correspondent_role": Role.CUSTOMER,
            "points": (PointInput(team=LONG, theme="Communication"),),
        }
        return log(actor, NewCase(**{**given, **more})).reference

    new(date(2026, 4, 8), "Carers came two hours late", "Margaret Hughes")
    new(date(2026, 4, 10), "Nobody rang back", "Alan Pritchard", officer="pkaur")
    third = new(date(2026, 3, 16), "Charged for respite that was not booked", "Joan Tudor-Evans")
    acknowledge(actor, third, Acknowledgement(on=date(2026, 3, 17), channel="letter"))
    investigate(actor, third, InvestigationStart(on=date(2026, 3, 20), investigator="P. Jones"))
    new(date(2026, 4, 1), "Thank you", "Siân O'Brien", kind=Kind.COMPLIMENT, procedure=None)


class Desk:
    """The running program."""

    def __init__(
        self,
        register: Register,
        size: tuple[int, int],
        today: Callable[[], date],
        app: FeedbackApp | None = None,
        begins: tuple[str, ...] = ("Overdue", "Nothing is open"),
    ) -> None:
        self.register = register
        self.app = app or FeedbackApp(register, register.where, OFFICER, today)
        self._running = self.app.run_test(size=size, notifications=True)
        self._today, self._begins = today, begins
        self.said: list[str] = []
        """What the program told the officer in a corner, also what has gone from there since."""
        self._notify, self.app.notify = self.app.notify, self._listen  # type: ignore[method-assign]

    def _listen(self, message: str, **named: Any) -> None:
        self.said.append(message)
        self._notify(message, **named)

    async def __aenter__(self) -> Self:
        self.pilot: Pilot[None] = await self._running.__aenter__()
        await self.until(lambda: any(words in self.text for words in self._begins))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._running.__aexit__(kind, error, trace)

    @property
    def screen(self) -> DeskScreen:
        found = self.app.screen
        assert isinstance(found, DeskScreen), found
        return found

    @property
    def ended(self) -> bool:
        """Whether the program was asked to end."""
        return self.app._exit

    @property
    def fault(self) -> Exception | None:
        """The fault that it ended by; None: none."""
        return self.app._exception

    @property
    def text(self) -> str:
        """What stands on the screen, as plain lines."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return "\n".join(strip.text for strip in strips)

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.text.splitlines()]

    def line(self, words: str) -> str:
        """The first line on the screen that holds `words`."""
        return next((line for line in self.lines if words in line), "")

    async def press(self, *keys: str) -> Self:
        """Presses keys, each once the one before it has come to rest."""
        for key in keys:
            self.send(key)
            await self.rest()
        return self

    async def tab_to(self, field: str) -> Self:
        """Presses Tab until the cursor stands in this field of the form, wherever that is on it."""
        await self.until(lambda: any(form.here for form in self.app.screen.query(Form)))
        form = self.app.screen.query_one(Form)
        for _ in form.fields:
            if form.here == field:
                return self
            await self.press("tab")
        assert form.here == field, f"Tab does not lead to {field}"
        return self

    async def type(self, words: str) -> Self:
        """Types words that stand on keys, in one burst."""
        return await self.burst(*words)

    async def burst(self, *keys: str) -> Self:
        """Presses keys as a quick hand does, none waiting for what the one before it does."""
        for key in keys:
            self.send(key)
        await self.rest()
        return self

    def send(self, key: str) -> None:
        """Sends a key, and waits for nothing."""
        name = _character_to_key(key) if len(key) == 1 else key
        self.app.post_message(Key(name, key if len(key) == 1 else key_to_character(key)))

    async def put(self, words: str) -> Self:
        """Puts words into the field with the focus, as a paste does."""
        assert isinstance(self.app.focused, Input | TextArea)
        self.app.post_message(Paste(words))
        await self.rest()
        return self

    async def click(self, column: int, line: int) -> Self:
        """Clicks a cell of the screen."""
        await self.rest()
        await self.pilot.click(offset=(column, line))
        await self.rest()
        return self

    async def rest(self) -> None:
        """Waits until everything that was set going has come to rest: keys, threads, messages, the drawing."""
        await at_rest(self.pilot)

    async def until(self, condition: Callable[[], object]) -> None:
        """Waits for a condition; fails, showing the screen, when it does not come."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while not condition():
            assert self.fault is None, f"it ended by a fault: {self.fault!r}"
            assert loop.time() < end, f"it never came; the screen shows:\n{self.text}\nsaid: {self.said}"
            await asyncio.sleep(LOOK)

    async def shows(self, *words: str) -> None:
        """Waits until all these words stand on the screen, wherever they wrap."""
        await self.until(lambda: all(word in self.text or word in " ".join(self.text.split()) for word in words))

    async def tells(self, words: str) -> None:
        """Waits until the program says these words in a corner."""
        await self.until(lambda: any(words in said for said in self.said))

    async def hush(self) -> None:
        """Has what was said in a corner go now: for seconds it would stand before what the test waits to see."""
        self.app.clear_notifications()
        await self.rest()

    def form_words(self, name: str) -> str:
        """The words in a field of the form in front."""
        return self.screen.query_one(Form).words[name]

    def case(self, reference: str) -> CasePage:
        """A case as it stands in the register."""
        return case_page(self.register, reference, self._today())
