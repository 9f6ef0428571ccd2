"""The command palette: the actions of the current screen, with the reason where one is not possible."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from feedback_tui.actions import Action, at
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.widgets.key_bindings import shown_key


class DeskCommands(Provider):
    """The actions of the screen beneath the palette."""

    def _judged(self) -> list[tuple[Action, str | None]]:
        """Returns the actions of the screen beneath, each with why it is not possible now, or None."""
        screen = self.screen
        if not isinstance(screen, DeskScreen):
            return []
        situation = screen.situation()
        actions = [action for action in at(screen.PLACE) if action.in_palette and action.name != "palette"]
        return [(action, action.why_not(situation)) for action in actions]

    async def discover(self) -> Hits:
        for action, why in self._judged():
            if why is None:
                yield DiscoveryHit(_display(action), partial(self._do, action), action.words, action.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for action, why in self._judged():
            if (score := max(map(matcher.match, _findable(action, query)))) <= 0:
                continue
            if why is None:
                yield Hit(1 + score, _display(action), partial(self._do, action), action.words, action.help)
            else:
                # Actions that are not possible are found too, after the others, and give the reason when chosen.
                no = Content.assemble((f"{action.words}  – not now", "$text-disabled"))
                yield Hit(score / 2, no, partial(self._do, action), action.words, f"Not now: {why}.")

    def _do(self, action: Action) -> None:
        screen = self.screen
        assert isinstance(screen, DeskScreen)
        screen.action_do(action.name)


def _findable(action: Action, query: str) -> list[str]:
    """Returns the texts that a query is compared with: the action's name, and each synonym that begins with the
    query."""
    return [action.words, *(word for word in action.also.split() if word.startswith(query.strip().casefold()))]


def _display(action: Action) -> Content:
    return Content.assemble(action.words, (f"  {shown_key(action)}", "$text-muted"))
