"""The command palette: what can be done on this screen now, and nothing else."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from feedback_tui.actions import Action, at
from feedback_tui.screens.base import DeskScreen
from feedback_tui.widgets.keys import shown_key


class DeskCommands(Provider):
    """The actions that the screen beneath the palette allows."""

    def _possible(self) -> list[Action]:
        screen = self.screen
        if not isinstance(screen, DeskScreen):
            return []
        situation = screen.situation()
        return [
            action
            for action in at(screen.PLACE)
            if action.in_palette and action.name != "palette" and action.why_not(situation) is None
        ]

    async def discover(self) -> Hits:
        for action in self._possible():
            yield DiscoveryHit(_display(action), partial(self._do, action), action.words, action.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for action in self._possible():
            if (score := matcher.match(action.words)) > 0:
                yield Hit(score, _display(action), partial(self._do, action), action.words, action.help)

    def _do(self, action: Action) -> None:
        screen = self.screen
        assert isinstance(screen, DeskScreen)
        screen.action_do(action.name)


def _display(action: Action) -> Content:
    return Content.assemble(action.words, (f"  {shown_key(action)}", "$text-muted"))
