"""The four Ombudsman cases of Wigan's report, entered by keyboard: from the letter to the year's table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feedback_tui.enums import OmbudsmanStatus
from feedback_tui.reports.figure_rows import Within
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import reporting_year
from feedback_tui.screens.queue.queue import QueueScreen
from feedback_tui.storage.register import Register
from tests.registers.wigan_words import DECIDED, Decided
from tests.screens.desk import Desk

pytestmark = pytest.mark.walk

LOGGED, REPLIED = date(2023, 6, 5), date(2023, 8, 31)
DECISION = date(2023, 11, 6)


class Officer:
    """Whoever types: a step is opened by its key, filled in field by field, and saved."""

    def __init__(self, desk: Desk, day: list[date]) -> None:
        self.desk, self.day = desk, day

    async def step(self, key: str, label: str, *fields: str) -> None:
        """Opens the form of a step, types into its fields in order (empty: goes on), and saves: a refusal keeps it."""
        await self.desk.press(key)
        await self.desk.shows(label)
        for number, words in enumerate(fields):
            if number:
                await self.desk.press("tab")
            if words:
                await self.desk.press("end", "ctrl+u")
                await self.desk.put(words)
        await self.desk.press("ctrl+s")
        await self.desk.until(lambda: isinstance(self.desk.app.screen, QueueScreen))

    async def case(self, case: Decided, reference: str) -> None:
        """One case of the report, day by day."""
        self.day[0] = LOGGED
        await self.step("n", "What they say", case.complaint)
        await self.desk.until(lambda: "▌" in self.desk.line(reference))
        self.day[0] = REPLIED
        await self.step("o", "We replied", "7/8", "", "23 011 22", "", "today")
        self.day[0] = DECISION
        decided = ("", "", "", "", "", "", "today", case.decision, "", "Care", case.complaint, case.action or "none")
        await self.step("o", "They decided", *decided)
        amounts = case.amount.split(";")
        for number, kind in enumerate(kind for kind in case.remedy.split(";") if kind):
            which = ("new",) if number else ()
            amount = amounts[number].strip() if number < len(amounts) else ""
            costs = (amount,) if kind != "apology" else ()
            by = f"+{case.within_days}d"
            await self.step("F", "Redress", *which, kind, *costs, "", by)
        self.day[0] = DECISION + timedelta(days=21)
        for _ in filter(None, case.remedy.split(";")):
            await self.step("f", "What shows it", "", "", "Letter")


async def test_the_ombudsman_cases_of_wigans_report(wigan: Register) -> None:
    day = [LOGGED]
    async with Desk(wigan, (100, 40), lambda: day[0]) as d:
        officer = Officer(d, day)
        for number, case in enumerate(DECIDED, start=1):
            reference = f"CRT-23-{number:04}"
            await officer.case(case, reference)
            if case.remedy:
                await d.press("space")
                await d.shows("type to find")
                await d.type("complied")
                await d.press("enter")
                await d.shows("Complied on")
                await d.press("ctrl+s")
                await d.tells(f"{reference}: complied with")
            await d.until(lambda: isinstance(d.app.screen, QueueScreen))
        pages = [d.case(f"CRT-23-{number:04}") for number in range(1, 5)]
    statuses = [page.ombudsman[0].status for page in pages]
    assert statuses == [
        OmbudsmanStatus.COMPLIED, OmbudsmanStatus.COMPLIED, OmbudsmanStatus.DECIDED, OmbudsmanStatus.COMPLIED,
    ]  # fmt: skip
    found = figures_of(wigan, reporting_year("2023/24"), date(2024, 4, 1))
    assert (found.ombudsman.received, found.ombudsman.not_accepted) == (4, 0)
    assert found.ombudsman.decided == {"upheld": 3, "passed to PHSO": 1}
    assert found.ombudsman.replies == Within(4, 4)
    assert found.ombudsman.compliance == Within(5, 5)
    assert found.remedies.paid_pence == 200_000
    assert [(one.complaint, one.decision, one.agreed) for one in found.ombudsman.decisions] == [
        (case.complaint, case.decision, case.action or "none") for case in DECIDED
    ]
