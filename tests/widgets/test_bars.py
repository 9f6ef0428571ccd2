"""The bar of keys: what can be done now, as much as fits, the ways out always."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from feedback_tui.actions import Place, Situation, at
from feedback_tui.enums import Kind, Status
from feedback_tui.rules.lifecycle.lifecycle import Standing
from feedback_tui.widgets.bars import KeyBar, TitleBar
from tests.screens.rest import at_rest

LOGGED = Standing(Kind.COMPLAINT, Status.LOGGED, acknowledged=False, answered=False)
CLOSED = Standing(Kind.COMPLAINT, Status.CLOSED, acknowledged=True, answered=True)


class BarApp(App[None]):
    """Both bars."""

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self.situation = situation
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield TitleBar("A council [/] of \x1b]0;x\x07 very many words indeed", "Queue", "jsmith · Thu 2 April 2026")
        yield KeyBar(at(Place.QUEUE), self.situation)

    def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        self.chosen.append(event.name)

    @property
    def lines(self) -> list[str]:
        return [strip.text for strip in self.screen._compositor.render_strips(self.size)]


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
async def test_the_bars_fit_any_width_and_help_always_stands(width: int) -> None:
    app = BarApp(Situation("ASC-26-0001", LOGGED))
    async with app.run_test(size=(width, 10)) as pilot:
        await at_rest(pilot)
        assert {len(line) for line in app.lines} == {width}
        assert "? Help" in app.lines[-1]
        assert "Queue" in app.lines[0]
        assert "\x1b" not in app.lines[0]


async def test_only_what_applies_now_stands_in_the_bar_and_a_click_does_it() -> None:
    app = BarApp(Situation("ASC-26-0001", LOGGED))
    async with app.run_test(size=(120, 10)) as pilot:
        await at_rest(pilot)
        bar = app.query_one(KeyBar)
        assert "step_acknowledge" in bar.shown
        await pilot.click(KeyBar, offset=(app.lines[-1].index("Acknowledge"), 0))
        await at_rest(pilot)
        assert app.chosen == ["step_acknowledge"]
        bar.stand(Situation("ASC-26-0001", CLOSED))
        await at_rest(pilot)
        assert "step_acknowledge" not in bar.shown
        assert "step_reopen" in bar.shown
