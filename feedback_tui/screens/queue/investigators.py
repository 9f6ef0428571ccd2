"""What each investigator has and is late with. One key chases them; another hands everything over if one leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from feedback_tui.actions import BY_NAME, Place, Situation
from feedback_tui.casework.bulk import BulkResult, chase_each
from feedback_tui.desk.due_words import short_label
from feedback_tui.desk.investigators import Investigator, LateCase, investigators, late_cases, mail_to
from feedback_tui.desk.list_columns import INVESTIGATORS, LATE_IN_WORDS
from feedback_tui.models.inputs.contact import ChaseInput
from feedback_tui.rules.dates import long_date
from feedback_tui.screens.shared.base_screen import DeskScreen
from feedback_tui.screens.shared.screen_list import ScreenList
from feedback_tui.screens.shared.services import Services
from feedback_tui.text import one_line
from feedback_tui.widgets.cell_width import fit
from feedback_tui.widgets.key_bindings import screen_bindings, shown_key
from feedback_tui.widgets.row_list import RowList

CHASE_AGAIN_IN = 5
"""Working days until the next chase."""


class InvestigatorsScreen(DeskScreen):
    """The list of everyone who investigates, with what is overdue from each."""

    PLACE = Place.INVESTIGATORS
    CSS_PATH = "../styles/investigators.tcss"
    BINDINGS = screen_bindings(Place.INVESTIGATORS)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._found: list[Investigator] = []

    @property
    def where(self) -> str:
        return "Investigators"

    def body(self) -> Iterable[Widget]:
        yield RowList(id="investigators")
        with VerticalScroll(id="late", can_focus=False):
            yield Static("", id="late-words")

    def on_mount(self) -> None:
        self.query_one(RowList).focus()

    def on_screen_resume(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """Reads the investigators and their cases again."""
        register, today = self.services.register, self.services.today()
        self.read("investigators", lambda: investigators(register, today), self._show)

    def situation(self) -> Situation:
        facts = {"late"} if (one := self._lit) is not None and one.late else set()
        return Situation(facts=frozenset(facts | ({"investigator"} if self._lit else set())))

    @property
    def _lit(self) -> Investigator | None:
        rows = self.query(RowList)
        place = rows.first().highlighted if rows else None
        return self._found[place] if place is not None and place < len(self._found) else None

    def _show(self, found: list[Investigator]) -> None:
        rows, lit = self.query_one(RowList), self._lit
        self._found = found
        rows.clear_options()
        rows.add_options([Option(_row(one)) for one in found])
        names = [one.name for one in found]
        if found:
            rows.highlighted = names.index(lit.name) if lit is not None and lit.name in names else 0
        else:
            self.query_one("#late-words", Static).update(Content("No one investigates anything that is open."))
        self.stand()

    def on_option_list_option_highlighted(self, event: RowList.OptionHighlighted) -> None:
        if (one := self._lit) is not None:
            self.query_one("#late-words", Static).update(_late(one))
        self.stand()

    def on_option_list_option_selected(self, event: RowList.OptionSelected) -> None:
        self.do_chase_late()

    def lists(self) -> Sequence[ScreenList]:
        register, today = self.services.register, self.services.today()

        def late() -> list[LateCase]:
            return [case for one in investigators(register, today) for case in one.late]

        count = sum(len(one.late) for one in self._found)
        found = [
            ScreenList("investigators", INVESTIGATORS, lambda: investigators(register, today), len(self._found)),
            ScreenList("late cases", LATE_IN_WORDS, late, count),
        ]
        if (lit := self._lit) is not None:
            name = lit.name
            theirs = "late cases of the one lit"
            found.append(
                ScreenList(theirs, LATE_IN_WORDS, lambda: late_cases(register, name, today), len(lit.late), name)
            )
        return found

    # Chasing

    def do_chase_late(self) -> None:
        one = self._lit
        if one is None or not one.late:
            return
        actor, late = self.services.actor(), one.late
        again = self.services.register.calendar.add(actor.today, CHASE_AGAIN_IN)
        given = ChaseInput(on=actor.today, next_on=again)
        # Copying the mail twice on one day logs one chase.
        fresh = [case.reference for case in late if case.last_chased_on != actor.today]

        def chased(result: BulkResult) -> None:
            left = {case.reference for case in result.left}
            self.app.copy_to_clipboard(mail_to(one.name, [case for case in late if case.reference not in left], again))
            count = len(result.done)
            logged = f"{count} chase{'s' if count != 1 else ''} logged, again {long_date(again)}"
            self.say(f"A mail to {one.name} is on the clipboard; {logged if result.cases else 'chased today already'}.")
            for case in result.left:
                self.say(f"{case.reference} was left: {case.why_left}", "warning", seconds=12)
            self.look_again()

        self.write(lambda: chase_each(actor, fresh, given), chased, self.went_wrong)

    def do_hand_all_over(self) -> None:
        if (one := self._lit) is not None:
            from feedback_tui.screens.queue.hand_over import HandOverScreen

            self.app.push_screen(HandOverScreen(self.services, one.name))


def _row(one: Investigator) -> Content:
    late = f"{len(one.late)} late" if one.late else "none late"
    style = "bold $text-error" if one.late else "$text-muted"
    return Content.assemble((fit(one.name, 30), "bold"), f" {one.open} open  ", (late, style))


def _late(one: Investigator) -> Content:
    if not one.late:
        return Content.assemble((f"{one_line(one.name)} is late with nothing.", "$text-muted"))
    lines: list[tuple[str, str]] = []
    for case in one.late:
        chased = f", chased {case.chased} time{'s' if case.chased != 1 else ''}" if case.chased else ""
        lines += [
            (f"{case.reference}  ", "bold"),
            (f"{fit(short_label(case.deadline), 15)}{long_date(case.due_on)}, {case.days_late} late{chased}\n", ""),
            (f"{'':<4}{one_line(case.summary, 70)}\n", "$text-muted"),
        ]
    key = shown_key(BY_NAME["chase_late"])
    lines.append((f"\n{key} copies a mail with these references and dates, and logs the chases.", "$text-muted"))
    return Content.assemble(*lines)
