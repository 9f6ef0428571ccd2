"""Opening a case is written down where the council asks for it, once a day, and the page does not wait for it."""

from __future__ import annotations

from feedback_tui.casework.view_log import views_of
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import create_register
from tests.screens.desk import OFFICER, TODAY, Desk, fill


async def test_opening_a_case_is_written_down_once(place: str) -> None:
    toml = profile_text("shropshire").replace("\n[usual]", "\nrecord_views = true\n\n[usual]", 1)
    register = create_register(place, toml)
    fill(register)
    async with Desk(register, (80, 24), lambda: TODAY) as d:
        await d.press("enter")
        await d.shows("What they say")
        await d.until(lambda: views_of(register, "ASC-26-0001"))
        await d.press("escape", "enter")
        await d.shows("What they say")
        await d.press("end")
        await d.shows("Looked at, latest first", OFFICER)
    assert [view.officer for view in views_of(register, "ASC-26-0001")] == [OFFICER]
    register.close()
