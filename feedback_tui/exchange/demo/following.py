"""What follows a response in the demo: outcome, redress, learning and actions, Stage 2, the Ombudsman, closing."""

from __future__ import annotations

from random import Random

from feedback_tui.exchange.demo.council import Council, Terms
from feedback_tui.exchange.demo.days import Days

Row = dict[str, str]
_OUTCOMES = (("upheld", 0.29), ("partly upheld", 0.64), ("not upheld", 0.965), ("no finding", 1.0))
_REVIEW_OUTCOMES = ("not upheld", "not upheld", "not upheld", "partly upheld", "upheld")
_DECISIONS = (
    ("upheld", 0.42), ("not upheld", 0.54), ("closed after initial enquiries", 0.68), ("referred back", 0.82),
    ("not accepted", 0.90), ("incomplete or invalid", 0.94), ("advice given", 0.97), ("discontinued", 1.0),
)  # fmt: skip
_TURNED_AWAY = frozenset(
    {"closed after initial enquiries", "referred back", "not accepted", "incomplete or invalid", "advice given"}
)
_LEARNING = {
    "communication": (
        "Families are to be told of a change of worker before it happens",
        "The outcome of a reassessment has to be shared within a week",
        "Progress was made but nobody told the customer, so each stage is to be confirmed in writing",
        "The wording of the letter was not understood and has been made plainer",
    ),
    "finance": (
        "Care that has ended must be ended in the payments system on the same day",
        "The likely cost of care is to be explained at the first visit, and noted",
        "The twelve weeks' disregard was overlooked, and a check was added to the form",
    ),
    "delivery": (
        "Support named in a plan has to be commissioned when the plan is signed",
        "A carer's assessment is to be offered at the same time as the customer's",
        "The waiting list is reviewed weekly for people left without any care",
    ),
    "record": (
        "Telephone calls are to be noted on the day, with what was agreed",
        "The address is to be checked at every contact",
    ),
    "": (
        "Cases of a worker who is away for long are to be given to a colleague",
        "Reflective supervision on how distress is met",
        "Discharge planning starts with the ward on the day of the referral",
        "The provider's log of visits is compared with the invoices each month",
    ),
}
_ACTIONS = (
    "Remind the team at its next meeting", "Rewrite the standard letter", "Agree new visit times with the provider",
    "Audit ten cases for the same fault", "Book refresher training", "Change the form", "Brief the duty officers",
    "Put it on the agenda of the provider forum", "Review the case allocation when staff are away",
)  # fmt: skip


class Following:
    """Writes what follows a response into a row. Nothing done is dated after `until`; due dates may be."""

    def __init__(self, council: Council, days: Days, until: int, rng: Random) -> None:
        self.council, self.days, self.until, self.rng = council, days, until, rng

    def write(self, row: Row, responded: int, terms: Terms, *, informal: bool) -> None:
        """Writes the outcome of a response sent on day `responded`, and everything that follows by the last day."""
        rng = self.rng
        row["outcome"] = "resolved informally" if informal else _draw(rng, _OUTCOMES)
        if row["outcome"] in ("upheld", "partly upheld"):
            self._redress(row)
            if rng.random() < 0.54:
                self._learn(row, responded)
        last: int | None = responded
        if terms.reviewed and rng.random() < 0.12:
            last = self._review(row, responded)
        if rng.random() < 0.05:
            self._ombudsman(row, responded)
        if last is not None and rng.random() < 0.93:
            closed = self.days.add(last, rng.randint(0, 15))
            if closed <= self.until:
                row["closed_on"] = self.days.text[closed]

    def with_ombudsman(self, row: Row, responded: int) -> None:
        """Sets the Ombudsman's enquiry to 25 days before the last day, so that the reply is due in three."""
        for column in ("ombudsman_responded_on", "ombudsman_decided_on", "ombudsman_decision"):
            row[column] = ""
        row["ombudsman_received_on"] = self.days.text[max(self.until - 25, responded)]

    def action_owed(self, row: Row, responded: int) -> None:
        """Sets one action due on the last day, and one due ten days earlier; neither is done."""
        text, until = self.days.text, self.until
        row["outcome"] = "upheld"
        self._redress(row)
        row["learning_area"] = self.council.areas.names[0]
        row["learning"] = self._lesson(row["learning_area"])
        row["action"] = f"{_ACTIONS[0]};{_ACTIONS[3]}"
        row["action_owner"] = f"{self._owner(row)};{self._owner(row)}"
        row["action_due_on"] = f"{text[max(until - 10, responded)]};{text[until]}"
        row["action_done_on"] = ""

    def _redress(self, row: Row) -> None:
        rng = self.rng
        agreed, amounts = (["apology"], [""]) if rng.random() < 0.9 else ([], [])
        if rng.random() < 0.12:
            agreed.append("payment")
            amounts.append(f"{rng.choice((100, 150, 200, 250, 300, 500, 750, 1000))}.00")
        if self.council.remedies and rng.random() < 0.3:
            agreed.append(rng.choice(self.council.remedies))
            amounts.append("")
        row["remedy"] = ";".join(agreed)
        row["remedy_amount"] = ";".join(amounts) if any(amounts) else ""

    def _learn(self, row: Row, responded: int) -> None:
        rng, text = self.rng, self.days.text
        areas = [self.council.areas.draw(rng) for _ in range(1 if rng.random() < 0.85 else 2)]
        row["learning_area"] = ";".join(areas)
        row["learning"] = ";".join(self._lesson(area) for area in areas)
        if rng.random() < 0.4:
            return
        due = self.days.add(responded, rng.randint(5, 45))
        done = min(due + rng.randint(-10, 12), self.until) if rng.random() < 0.94 else self.until + 1
        row["action"] = rng.choice(_ACTIONS)
        row["action_owner"] = self._owner(row)
        row["action_due_on"] = text[due]
        if due <= self.until + 5 and responded <= done <= self.until:
            row["action_done_on"] = text[done]

    def _review(self, row: Row, responded: int) -> int | None:
        """Writes Stage 2. Returns the day of its response; `responded` if no review was requested by the last day; None
        while it is under way."""
        asked = self.days.add(responded, self.rng.randint(3, 25))
        if asked > self.until:
            return responded
        row["review_requested_on"] = self.days.text[asked]
        answered = self.days.add(asked, self.rng.randint(10, 35))
        if answered > self.until:
            return None
        row["review_responded_on"] = self.days.text[answered]
        row["review_outcome"] = self.rng.choice(_REVIEW_OUTCOMES)
        return answered

    def _ombudsman(self, row: Row, responded: int) -> None:
        rng, text, until = self.rng, self.days.text, self.until
        received = self.days.add(responded, rng.randint(8, 70))
        if received > until:
            return
        row["ombudsman_received_on"] = text[received]
        decision = _draw(rng, _DECISIONS)
        decided = received + rng.randint(7, 30)
        if decision not in _TURNED_AWAY:
            replied = received + (rng.randint(14, 28) if rng.random() < 0.8 else rng.randint(29, 45))
            if replied > until:
                return
            row["ombudsman_responded_on"] = text[replied]
            decided = replied + rng.randint(30, 160)
        if decided <= until:
            row["ombudsman_decided_on"], row["ombudsman_decision"] = text[decided], decision

    def _lesson(self, area: str) -> str:
        plain = area.casefold()
        return self.rng.choice(next(found for word, found in _LEARNING.items() if word in plain))

    def _owner(self, row: Row) -> str:
        return self.council.investigators[row["team"].partition(";")[0]][0]


def _draw(rng: Random, ends: tuple[tuple[str, float], ...]) -> str:
    roll = rng.random()
    return next(word for word, end in ends if roll < end)
