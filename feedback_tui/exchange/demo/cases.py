"""Makes the rows of the demo, one case after another, each at a plausible stage on the last day of the register."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum, auto
from random import Random

from feedback_tui.exchange.demo import people, prose
from feedback_tui.exchange.demo.council import Council, Terms
from feedback_tui.exchange.demo.days import Days
from feedback_tui.exchange.demo.following import Following
from feedback_tui.exchange.demo.topics import ABOUT_ANOTHER, topic_of

Row = dict[str, str]
"""One case by register column; "" for an empty one."""

_ROLES = (
    ("customer", 0.36), ("family", 0.76), ("carer", 0.83), ("advocate", 0.87), ("attorney", 0.90), ("deputy", 0.92),
    ("friend", 0.945), ("solicitor", 0.965), ("anonymous", 1.0),
)  # fmt: skip
_STAFF = (
    "Social Worker", "Occupational Therapist", "Senior Practitioner", "Support Worker", "Duty Officer",
    "Financial Assessment Officer", "Reablement Assistant", "Best Interests Assessor", "Team Manager",
)  # fmt: skip
_NOT_TAKEN_ON = (
    "withdrawn", "withdrawn", "not accepted", "signposted", "signposted", "transferred", "duplicate", "no authority",
    "cannot be reached", "court or claim",
)  # fmt: skip
_REASONS = (
    "Waiting for the provider's records", "The investigating officer is on leave", "A second team has to answer",
    "A meeting with the family is to come first", "The matter is more complex than it looked",
    "Waiting for the hospital's part of the answer",
)  # fmt: skip
_SPOKEN = frozenset({"telephone", "in person", "social worker"})
REMEMBERED = 400
"""How many recent complainants are kept who may complain again; this limits the memory used."""


class Fate(Enum):
    """The state that a planned case must reach."""

    CHANCE = auto()
    NOT_ACKNOWLEDGED = auto()
    UNDER_WAY = auto()
    """Investigated, not answered, and its aim not extended."""
    WITH_OMBUDSMAN = auto()
    """Answered and closed; a reply to the Ombudsman's enquiry is due."""
    ACTION_OWED = auto()
    """Answered and closed; one action is due on the last day, another is overdue."""


@dataclass(frozen=True)
class Plan:
    """A complaint to make on a given day, with its procedure and the state to reach."""

    procedure: str
    fate: Fate


class Cases:
    """Makes rows. No step is dated after `until`, or before the step that it follows."""

    def __init__(self, council: Council, days: Days, until: int, rng: Random, blank: Row) -> None:
        self.council, self.days, self.until, self.rng, self.blank = council, days, until, rng, blank
        self.following = Following(council, days, until, rng)
        self._spoken = next((name for name in council.channels.names if name in _SPOKEN), council.channels.names[0])
        self._known: deque[tuple[str, str, str]] = deque(maxlen=REMEMBERED)

    def row(self, reference: str, received: int, plan: Plan | None = None) -> Row:
        """Returns the case received on day `received`: the planned complaint, or feedback of a random kind."""
        row = self.blank.copy()
        row["reference"] = reference
        row["received_on"] = self.days.text[received]
        row["channel"] = self.council.channels.draw(self.rng)
        if row["channel"] in _SPOKEN and not self.days.is_working(received):
            row["channel"] = self.council.channels.names[0]
        roll = 0.0 if plan else self.rng.random()
        if roll < 0.54:
            self._complaint(row, received, plan)
        elif roll < 0.78:
            self._compliment(row, received)
        elif roll < 0.87:
            self._enquiry(row, received)
        elif roll < 0.93:
            self._concern(row, received)
        else:
            self._comment(row, received)
        return row

    def _complaint(self, row: Row, received: int, plan: Plan | None) -> None:
        rng = self.rng
        row["kind"] = "complaint"
        procedure = plan.procedure if plan else self.council.procedures.draw(rng)
        terms = self.council.terms(procedure, self.days.dates[received])
        row["procedure"] = terms.key
        self._points(row, terms)
        theme = row["theme"].partition(";")[0]
        role = self._people(row, theme)
        spoken_of = prose.SELF if role == "customer" else prose.FAMILY if role in ("family", "carer") else prose.OTHERS
        row["description"] = prose.complaint(rng, theme, spoken_of)
        self._handle(row, received, terms, plan.fate if plan else Fate.CHANCE)

    def _handle(self, row: Row, received: int, terms: Terms, fate: Fate) -> None:
        rng, add, text, until = self.rng, self.days.add, self.days.text, self.until
        roll = rng.random()
        after = 0 if roll < 0.3 else 1 if roll < 0.66 else 2 if roll < 0.86 else 3 if roll < 0.96 else 5
        # Some limits count from the acknowledgement; on the day of receipt they end on the planned day.
        acknowledged = received if fate is Fate.UNDER_WAY else add(received, after)
        if fate is Fate.NOT_ACKNOWLEDGED or acknowledged > until:
            if rng.random() < 0.3:
                row["procedure"] = ""
            return
        row["acknowledged_on"] = text[acknowledged]
        if fate is Fate.CHANCE and rng.random() < 0.06:
            ended = add(acknowledged, rng.randint(1, 15))
            if ended <= until:
                row["closed_on"], row["closing_reason"] = text[ended], rng.choice(_NOT_TAKEN_ON)
                return
        started = add(acknowledged, rng.choice((0, 0, 1, 2, 3, 5)))
        informal = terms.group == "informal"
        if started > until:
            return
        if not informal:
            row["investigation_started_on"] = text[started]
            row["investigating_officer"] = rng.choice(self.council.investigators[row["team"].partition(";")[0]])
        base = acknowledged if terms.from_acknowledgement else received
        if fate is Fate.UNDER_WAY:
            return
        spread = rng.lognormvariate(-0.1 if terms.aim and terms.limit else -0.4, 0.45)
        taken = min(1 + int(terms.usual * spread), 124)
        responded = max(add(base, taken), started)
        if fate is not Fate.CHANCE:
            responded = min(responded, add(received, terms.usual))
        self._extension(row, base, started, taken, terms)
        if fate is Fate.CHANCE and rng.random() < 0.03:
            ended = add(started, rng.randint(2, 20))
            if ended <= min(until, responded):
                row["closed_on"], row["outcome"], row["closing_reason"] = text[ended], "withdrawn", "withdrawn"
                return
        if responded > until:
            return
        row["responded_on"] = text[responded]
        self.following.write(row, responded, terms, informal=informal)
        if fate is Fate.WITH_OMBUDSMAN:
            self.following.with_ombudsman(row, responded)
        elif fate is Fate.ACTION_OWED:
            self.following.action_owed(row, responded)

    def _extension(self, row: Row, base: int, started: int, taken: int, terms: Terms) -> None:
        due = terms.aim or terms.limit
        if due is None or terms.furthest is None or taken <= due or self.rng.random() < 0.15:
            return
        told = max(self.days.add(base, due - self.rng.randint(0, 4)), started)
        if told > self.until:
            return
        to = min(max(due + 5, taken + self.rng.randint(-4, 6)), terms.furthest)
        if to > due:
            row["extended_to"] = self.days.text[self.days.add(base, to)]
            row["extension_reason"] = self.rng.choice(_REASONS)
            row["extension_told_on"] = self.days.text[told]

    def _points(self, row: Row, terms: Terms) -> None:
        """Writes usually one point, sometimes two or three; then team, provider, category and theme are aligned by
        position."""
        rng, council = self.rng, self.council
        roll = rng.random()
        count = 1 if roll < 0.82 else 2 if roll < 0.95 else 3
        row["team"] = council.teams.draw(rng)
        for column, names in (("category", council.categories), ("theme", council.themes)):
            row[column] = ";".join(names.draw(rng) for _ in range(count)) if any(names.names) else ""
        if count > 1 and rng.random() < 0.6:
            row["team"] += "".join(f";{council.teams.draw(rng)}" for _ in range(count - 1))
        if terms.names_provider or rng.random() < 0.04:
            row["provider"] = council.providers.draw(rng) + ";" * (count - 1)

    def _people(self, row: Row, theme: str) -> str:
        """Writes the customer and the complainant; returns the complainant's role."""
        rng = self.rng
        if self._known and rng.random() < 0.12:
            customer, writer, role = self._known[int(len(self._known) * rng.random() ** 3)]
        else:
            roll = rng.random()
            role = next(role for role, end in _ROLES if roll < end)
            customer = people.name(rng)
            writer = people.relative(rng, customer) if role in ("family", "carer") else people.name(rng)
            if role != "anonymous":
                self._known.append((customer, writer, role))
        if role == "customer" and topic_of(theme) in ABOUT_ANOTHER:
            role, writer = "family", people.relative(rng, customer)
        row["correspondent_role"] = role
        if role != "anonymous":
            row["customer_name"] = customer
            row["correspondent_name"] = customer if role == "customer" else writer
        return role

    def _compliment(self, row: Row, received: int) -> None:
        rng = self.rng
        row["kind"] = "compliment"
        row["team"] = self.council.teams.draw(rng)
        row["recipient_role"] = rng.choice(_STAFF)
        row["compliment_source"] = self.council.sources.draw(rng)
        row["correspondent_role"] = rng.choice(("customer", "family", "family", "health colleague", "colleague"))
        row["correspondent_name"] = people.name(rng)
        if row["correspondent_role"] == "customer":
            row["customer_name"] = row["correspondent_name"]
        row["description"] = prose.thanks(rng)
        self._close(row, received, 10, 0.9)

    def _enquiry(self, row: Row, received: int) -> None:
        rng = self.rng
        row["kind"] = "enquiry"
        row["channel"] = self.council.channels.names[0]
        row["team"], row["theme"] = self.council.teams.draw(rng), self.council.themes.draw(rng)
        from_mp = rng.random() < 0.4
        row["correspondent_role"] = "MP" if from_mp else "councillor"
        row["correspondent_name"] = rng.choice(people.MPS if from_mp else people.COUNCILLORS)
        row["customer_name"] = people.name(rng)
        row["description"] = prose.enquiry(rng, row["theme"])
        responded = self.days.add(received, rng.randint(1, 18))
        if responded <= self.until:
            row["responded_on"] = self.days.text[responded]
            self._close(row, responded, 3, 0.95)

    def _concern(self, row: Row, received: int) -> None:
        rng = self.rng
        row["kind"] = "concern"
        row["channel"] = self._spoken
        row["team"] = self.council.teams.draw(rng)
        row["customer_name"] = row["correspondent_name"] = people.name(rng)
        row["correspondent_role"] = "customer"
        row["description"] = prose.concern(rng)
        self._close(row, received, 1, 1.0)

    def _comment(self, row: Row, received: int) -> None:
        rng = self.rng
        row["kind"] = "comment"
        row["team"] = self.council.teams.draw(rng) if rng.random() < 0.7 else ""
        row["correspondent_role"], row["correspondent_name"] = "customer", people.name(rng)
        row["description"] = prose.comment(rng)
        self._close(row, received, 15, 0.85)

    def _close(self, row: Row, after: int, within: int, chance: float) -> None:
        closed = self.days.add(after, self.rng.randint(0, within))
        if closed <= self.until and self.rng.random() < chance:
            row["closed_on"] = self.days.text[closed]
