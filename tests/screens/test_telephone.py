"""“Where are we?” on the telephone, and the investigators who are late: counted in keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from feedback_tui.enums import Contact, DeadlineKind
from feedback_tui.screens.case.caller_lookup import WhereScreen
from feedback_tui.screens.queue.investigators import InvestigatorsScreen
from tests.screens.desk import Desk

MakeDesk = Callable[..., Desk]


async def test_a_caller_is_answered_and_the_call_logged(desk: MakeDesk) -> None:
    async with desk() as d:
        await d.until(lambda: "ASC-26-0001" in d.text)
        await d.press("Q")
        await d.until(lambda: isinstance(d.app.screen, WhereScreen) and "ASC-26-0001" in d.text)
        await d.shows("Acknowledge by Mon 13 April 2026", "Last contact Wed 8 April 2026, received", "With jsmith")
        await d.press("escape", "Q", *"tudor")
        await d.shows("ASC-26-0003", "May be told", "Joan Tudor-Evans (customer, complainant): all of it")
        await d.press("f2")
        await d.shows("What was said")
        await d.press("ctrl+s")
        await d.tells("ASC-26-0003: call from them logged")
        await d.until(lambda: isinstance(d.app.screen, WhereScreen))
        await d.shows("Last contact Wed 15 April 2026, call from them")
        await d.press("f3")
        await d.shows("failed try")
        await d.press("ctrl+s")
        await d.shows("1 failed try since")
        await d.press("f4")
        await d.shows("Charged for respite")
        kinds = [row.kind for row in d.case("ASC-26-0003").contacts]
        assert kinds == [Contact.CALL_FROM, Contact.FAILED_TRY]


async def test_an_investigator_is_chased_with_one_key_and_hands_everything_over(desk: MakeDesk) -> None:
    later = date(2026, 5, 20)
    async with desk(today=lambda: later) as d:
        await d.until(lambda: "ASC-26-0003" in d.text)
        await d.press("I")
        await d.until(lambda: isinstance(d.app.screen, InvestigatorsScreen) and "P. Jones" in d.text)
        await d.shows("1 open", "1 late", "ASC-26-0003", "Charged for respite")
        await d.press("K")
        await d.tells("A mail to P. Jones is on the clipboard; 1 chase logged, again Thu 28 May 2026")
        assert "- ASC-26-0003: response due Wed 22 April 2026" in d.app.clipboard
        assert "respite" not in d.app.clipboard
        await d.shows("chased 1 time")
        await d.press("K")
        await d.tells("chased today already")
        (row,) = d.case("ASC-26-0003").chases
        assert (row.chased_on, row.next_on) == (later, date(2026, 5, 28))
        assert DeadlineKind.CHASE in [due.kind for due in d.case("ASC-26-0003").open_deadlines]
        await d.press("A")
        await d.shows("Hand all over")
        await d.type("R. Shah")
        await d.hush()
        await d.shows("1 would be handed over")
        assert d.case("ASC-26-0003").stages[0].investigator == "P. Jones", "shown, not done"
        await d.press("ctrl+s")
        await d.tells("1 handed over.")
        assert d.case("ASC-26-0003").stages[0].investigator == "R. Shah"
        await d.shows("R. Shah")
