"""The tour: a few steps through the program, done by the officer. It can be left at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static

from feedback_tui.actions import BY_NAME
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.services import Services
from feedback_tui.widgets.bars import TitleBar
from feedback_tui.widgets.key_bindings import shown_key

DEMO = "westmarch"
"""The profile of the fictional council. The tour logs a case, so it may run on no other register."""
LOOK = 0.1
"""Seconds between two checks of whether the officer has done the step."""
LEAVES = "f12"
_tours: WeakKeyDictionary[App[Any], Tour] = WeakKeyDictionary()


@dataclass(frozen=True)
class Leg:
    """One step of the tour."""

    words: str
    """The text of the step: what there is to see, and what to press. ``{name}`` is replaced by the key of that
    action."""
    done: Callable[[App[Any]], bool]
    """Returns whether the officer has done it."""


def _on(name: str) -> Callable[[App[Any]], bool]:
    """Returns a test whether the screen in front has this class name. By name, so that no screen is loaded early."""
    return lambda app: type(app.screen).__name__ == name


def _moved(app: App[Any]) -> bool:
    """Returns whether the queue's cursor was moved, on the queue or on a screen above it."""
    return any(getattr(table, "cursor", 0) > 0 for screen in app.screen_stack for table in screen.query("#queue"))


def _typed(app: App[Any]) -> bool:
    form = getattr(app.screen, "form", None)
    return form is not None and len(form.words.get("description", "")) >= 8


LEGS = (
    Leg(
        "This is the queue: what is due, the soonest first. {down} goes down a row, {up} up. Press {down}.",
        _moved,
    ),
    Leg("{open} opens the case under the cursor. Open it.", _on("CaseScreen")),
    Leg(
        "The case reads like a page; {section_after} goes from section to section. {explain} counts its dates day by "
        "day, with the rule and every holiday. Press {explain}.",
        _on("ExplainScreen"),
    ),
    Leg("{back} always goes back, and nothing typed is lost. Go back to the case.", _on("CaseScreen")),
    Leg("{steps} shows what can be done with it now, what cannot, and why not. Press it.", _on("StepsScreen")),
    Leg(
        "Type to find a step, {take} takes it. For now, go back to the queue: {back}, and {back} again.",
        _on("QueueScreen"),
    ),
    Leg("A letter has come. {new} logs it.", _on("IntakeScreen")),
    Leg("Type what they say, a few words. The rest is filled in, and the dates that follow are shown.", _typed),
    Leg(
        "{save_acknowledged} saves it as acknowledged today, {save} only saves it; {back} would keep it as a draft.",
        _on("QueueScreen"),
    ),
    Leg(
        "It stands in the queue. {step_undo} would take it back, on the record. {help} shows the keys of every screen, "
        "{palette} finds everything by name. Press {help}: with that the tour ends.",
        _on("HelpScreen"),
    ),
)


class TourBar(Static):
    """The bar above the screen with the current step of the tour."""

    DEFAULT_CSS = """
    TourBar { height: auto; padding: 0 2; background: $primary 18%; color: $foreground; }
    """

    def __init__(self, words: Content) -> None:
        super().__init__(words)
        self.words = words


class Tour:
    """One tour, from its first step to its last."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._leg = 0
        self._ended = False
        self._timer: Timer | None = None

    def start(self) -> None:
        """Starts the tour."""
        self._app.bind(LEAVES, "leave_tour", show=False)
        self._timer = self._app.set_interval(LOOK, self._look)
        # A fast officer can open and close a screen between two checks.
        self._app.screen_change_signal.subscribe(self._app, lambda _: self._look(), immediate=True)
        self._look()

    def leave(self) -> None:
        """Ends the tour, at any step."""
        self._ended = True
        if self._timer is not None:
            self._timer.stop()
        self._app.screen_change_signal.unsubscribe(self._app)
        for screen in self._app.screen_stack:
            screen.query(TourBar).remove()

    def _look(self) -> None:
        # A scheduled check can still run after the tour or the program has ended.
        if self._ended or not self._app.screen_stack:
            return
        while LEGS[self._leg].done(self._app):
            self._leg += 1
            if self._leg == len(LEGS):
                self.leave()
                self._app.notify("That was the tour. Nothing here is real: try things.", markup=False)
                return
        screen, words = self._app.screen, self._words()
        if not isinstance(screen, DeskScreen):
            return
        bars, titles = list(screen.query(TourBar)), list(screen.query(TitleBar))
        if not titles:
            # A screen that is being opened or closed has no title bar; the next check finds it.
            return
        if not bars:
            screen.mount(TourBar(words), after=titles[0])
        elif bars[0].words != words:
            bars[0].words = words
            bars[0].update(words)

    def _words(self) -> Content:
        keys = {name: shown_key(action) or action.words for name, action in BY_NAME.items()}
        return Content.assemble(
            (f"Tour {self._leg + 1} of {len(LEGS)}  ", "bold $primary"),
            LEGS[self._leg].words.format_map(keys),
            (f"  ({LEAVES.upper()} leaves the tour)", "$text-muted"),
        )


class OfferScreen(ModalScreen[bool]):
    """Offers the tour. Its result is whether it is accepted."""

    CSS_PATH = "../styles/tour.tcss"
    BINDINGS = [
        Binding("enter,y", "dismiss(True)", "Take it", show=False),
        Binding("escape,n,q", "dismiss(False)", "Look around alone", show=False),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="offer") as box:
            box.border_title = Content(" A fictional council ")
            yield Static(
                Content(
                    "Nothing here is real: try whatever you like. The tour takes three minutes and shows the "
                    "queue, a case, its dates, and how a complaint is logged."
                )
            )
            yield Choice("⏎    take the tour", True)
            yield Choice("esc  look around alone (the tour is under ^p, by its name)", False)


class Choice(Static):
    """One answer; a click gives it."""

    def __init__(self, words: str, answer: bool) -> None:
        super().__init__(Content(words))
        self._answer = answer

    def on_click(self, event: Click) -> None:
        assert isinstance(self.screen, OfferScreen)
        self.screen.dismiss(self._answer)


def start_tour(app: App[Any], services: Services) -> None:
    """Starts the tour, on the fictional council only, because it logs a case; otherwise shows a message."""
    if services.register.profile.key != DEMO:
        app.notify("The tour goes through the fictional council: feedback-tui demo opens it.", markup=False)
        return
    leave_tour(app)
    _tours[app] = Tour(app)
    _tours[app].start()


def leave_tour(app: App[Any]) -> None:
    """Ends the tour, if one is running."""
    if (tour := _tours.pop(app, None)) is not None:
        tour.leave()


def offer_tour(app: App[Any], services: Services) -> None:
    """Asks whether the officer wants the tour, and starts it if so."""
    app.push_screen(OfferScreen(), lambda taken: start_tour(app, services) if taken else None)
