"""The register of Wigan's adult social care for 2023/24, rebuilt from its Customer Relations Team's annual report.

``python -m tests.registers.wigan OUT.csv`` writes it. Every count that the report prints stands here once, with its
section and the arithmetic; what it does not say (months, teams, causes, days: charts are lost) is ours, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from random import Random

from feedback_tui.exchange.demo import people, prose
from tests.registers import wigan_words as words
from tests.registers.rows import CALENDAR, Row, day, days_in_all, days_of_month, main, mixed, put, row

YEAR = "2023/24"
AS_OF = date(2024, 5, 31)
"""The day the register is looked at, nothing in it was done later: the report is of May 2024."""

# 3.1: 71 formal complaints, 162 informal, 177 enquiries, 602 compliments; with the 15 of the Ombudsman
# 71 + 162 + 15 + 177 = 425 “points of feedback”, the compliments apart. By month ours, April first.
FORMAL_BY_MONTH = (6, 5, 6, 7, 5, 6, 6, 7, 4, 7, 6, 6)  # 71
INFORMAL_BY_MONTH = (13, 14, 13, 14, 12, 14, 15, 14, 11, 14, 14, 14)  # 162
ENQUIRIES_BY_MONTH = (14, 15, 15, 14, 13, 15, 16, 16, 12, 16, 15, 16)  # 177
COMPLIMENTS_BY_MONTH = (50, 49, 52, 48, 46, 51, 53, 52, 44, 53, 51, 53)  # 602
HEADLINE = 425
ACTIVITY = 22_475  # 4,247 + 1,416 + 3,463 + 5,426 + 7,923; 425 of them is its 1.9%
# 3.1: where the compliments were recorded, 402 + 110 + 90 = 602.
COMPLIMENT_SOURCES = {"Mosaic": 402, "sent direct": 110, "Wigan Safeguarding Adults Board": 90}
# 3.1: from MPs and councillors together 177; each by itself is ours.
ENQUIRIES = {"MP": 72, "councillor": 105}
# 6.3 has the three grades, but no numbers: ours. Half are of one or two issues, a third of several areas.
SIMPLE, MULTIPLE, COMPLEX = "formal-simple", "formal-multiple", "formal-complex"
GRADES = {SIMPLE: 38, MULTIPLE: 24, COMPLEX: 9}  # 71
# 7.1: 9 + 17 + 38 + 7 outstanding = 71.
OUTCOMES = {"upheld": 9, "partly upheld": 17, "not upheld": 38}
OPEN = {SIMPLE: 2, MULTIPLE: 3, COMPLEX: 2}  # 7, by grade ours
# 5.2: letter 9%, telephone 25%, email 21%, leaflet or web form 45%. Of the 71: 18 (25.4), 15 (21.1), 32 (45.1), which
# leaves 6 letters, 8.45%, printed as 9 so that it all sums to 100: no count of 71 is 9%. Of all 233 complaints every
# one comes out: 21 (9.0), 58 (24.9), 49 (21.0), 105 (45.1). Both hold here.
FORMAL_CHANNELS = {"letter": 6, "telephone": 18, "email": 15, "leaflet/web form": 32}
INFORMAL_CHANNELS = {"letter": 15, "telephone": 40, "email": 34, "leaflet/web form": 73}
# 4.3, 8.1 to 8.6: of the formal complaints most are the Transfer of Care Hub's and about decisions, Innovation and
# Partnership has one and Safeguarding six; quality is the providers', information and charges come next. A complaint
# may pertain to several teams and causes: 71 have 79 points. All other numbers ours.
HUB, MARKET = "Transfer of Care Hub", "Provider Management and Market Development"
FINANCE = "Community Accommodation Support Services (Finance)"
DECISIONS, QUALITY, CHARGES = "Decisions", "Quality of service and care", "Information and charges"
COMMUNICATION, DELAY, CONDUCT = "Communication", "Delay", "Staff conduct"
CAUSES = (DECISIONS, QUALITY, CHARGES, COMMUNICATION, DELAY, CONDUCT)  # 22, 17, 14, 12, 8, 6 points
POINTS = {
    HUB: (12, 1, 2, 2, 1, 0),
    "Wigan Locality": (2, 2, 1, 2, 1, 1),
    "Ashton Locality": (2, 1, 1, 2, 1, 1),
    "Leigh Locality": (2, 1, 2, 2, 2, 1),
    "Early Intervention and Prevention": (1, 1, 0, 1, 2, 1),
    MARKET: (0, 8, 1, 1, 0, 1),
    FINANCE: (1, 0, 6, 1, 0, 0),
    "Innovation and Partnership": (0, 0, 1, 0, 0, 0),
    "Safeguarding": (2, 2, 0, 0, 1, 1),
    "Community Adult Front Door": (0, 1, 0, 1, 0, 0),
}
PAIRS = (
    *[((HUB, DECISIONS), (FINANCE, CHARGES))] * 3,
    *[((HUB, DECISIONS), (MARKET, QUALITY))] * 3,
    (("Leigh Locality", COMMUNICATION), (FINANCE, CHARGES)),
    (("Ashton Locality", DECISIONS), (MARKET, QUALITY)),
)
# 6.5 is a lost picture: the days are ours. Sum by grade, of 36, 21 and 7 answers: 16, 29 and 52 on average.
DAYS = {SIMPLE: 576, MULTIPLE: 609, COMPLEX: 364}
# 6.2: informal ones within 5 working days, longer with the complainant's agreement. How many ours.
INFORMAL_DAYS = {0: 8, 1: 30, 2: 34, 3: 32, 4: 24, 5: 16, 7: 8, 9: 6, 12: 4}  # 162, 144 within 5
# 9.2: 15 referrals = 7 not accepted + 8 investigated; of the 8, 4 decided (section 9.3, words.DECIDED), 4 waiting.
NOT_ACCEPTED = {"formal": 5, "informal": 2}  # split ours
AWAITING = 4
# 7.3: every complaint upheld or partly upheld has an apology and its learning, 9 + 17 = 26. 10.1 has the areas; the
# numbers are ours: 29 points.
LEARNING_POINTS = {
    "communication": 8, "record keeping": 7, "right information at the right time": 6,
    "correct information held on systems": 4, "charges for care whilst in hospital": 4,
}  # fmt: skip
ACTIONS_DONE, ACTIONS_DUE = 12, 4  # ours
# Ours from here.
COMPLIMENTS_BY_TEAM = {
    HUB: 140, "Wigan Locality": 84, "Ashton Locality": 72, "Leigh Locality": 90,
    "Early Intervention and Prevention": 110, MARKET: 24, FINANCE: 20, "Innovation and Partnership": 14,
    "Safeguarding": 36, "Community Adult Front Door": 12,
}  # fmt: skip
INFORMAL_TEAMS = {
    HUB: 38, "Wigan Locality": 24, "Ashton Locality": 20, "Leigh Locality": 23,
    "Early Intervention and Prevention": 20, MARKET: 18, FINANCE: 15, "Community Adult Front Door": 4,
}  # fmt: skip
INFORMAL_CAUSES = {DECISIONS: 40, COMMUNICATION: 36, CHARGES: 30, DELAY: 28, QUALITY: 20, CONDUCT: 8}
CORRESPONDENTS = {"family": 120, "customer": 74, "carer": 18, "advocate": 9, "attorney": 7, "friend": 5}  # 233
ACKNOWLEDGED_AFTER = (0, 0, 0, 1, 0, 0, 1, 0, 2, 0)  # 6.1: the same day as a rule, always within three working days


def build() -> list[Row]:
    """The 71 + 162 + 177 + 602 = 1,012 rows, in order of receipt."""
    formal, informal = _formal(), _informal()
    _ombudsman(formal, informal)
    rows = [*formal, *informal, *_enquiries(), *_compliments()]
    rows.sort(key=lambda of: of["received_on"])
    numbers = dict.fromkeys(("23", "24"), 0)
    for of in rows:
        year = of["received_on"][2:4]
        numbers[year] += 1
        put(of, reference=f"CRT-{year}-{numbers[year]:04d}")
    return rows


def _received(by_month: tuple[int, ...]) -> list[date]:
    months = [f"2023-{month:02d}" for month in range(4, 13)] + [f"2024-{month:02d}" for month in range(1, 4)]
    return [on for month, count in zip(months, by_month, strict=True) for on in days_of_month(month, count)]


def _formal() -> list[Row]:
    grades, channels = mixed(GRADES, "grades"), mixed(FORMAL_CHANNELS, "formal channels")
    cases = []
    for position, on in enumerate(_received(FORMAL_BY_MONTH)):
        acknowledged = CALENDAR.add(on, ACKNOWLEDGED_AFTER[position % len(ACKNOWLEDGED_AFTER)])
        cases.append(
            row(
                kind="complaint",
                procedure=grades[position],
                received_on=on,
                channel=channels[position],
                acknowledged_on=acknowledged,
                investigation_started_on=CALENDAR.add(acknowledged, 1 + position % 3),
                investigating_officer=words.INVESTIGATORS[position % len(words.INVESTIGATORS)],
            )
        )
    _points(cases)
    _people(cases, mixed(CORRESPONDENTS, "correspondents")[:71])
    answered = _answers(cases)
    for of, outcome in zip(answered, mixed(OUTCOMES, "outcomes"), strict=True):
        put(of, outcome=outcome)
    _learning([of for of in answered if of["outcome"] in ("upheld", "partly upheld")])
    for position, of in enumerate(answered):
        put(of, closed_on=min(CALENDAR.add(day(of, "responded_on"), position % 10), AS_OF))
    return cases


def _points(cases: list[Row]) -> None:
    """Team and cause of each complaint; eight of those with several areas have two of each."""
    left = {(team, cause): n for team, counts in POINTS.items() for cause, n in zip(CAUSES, counts, strict=True)}
    several = [of for of in cases if of["procedure"] != SIMPLE][::3][: len(PAIRS)]
    for of, pair in zip(several, PAIRS, strict=True):
        for point in pair:
            left[point] -= 1
        put(of, team=";".join(team for team, _ in pair), category=";".join(cause for _, cause in pair))
    single = [of for of in cases if not of["team"]]
    for of, (team, cause) in zip(single, mixed(left, "points"), strict=True):
        put(of, team=team, category=cause)
    for position, of in enumerate(cases):
        put(of, theme=of["category"])
        name = words.PROVIDERS[position % len(words.PROVIDERS)]
        providers = [name if team == MARKET else "" for team in of["team"].split(";")]
        put(of, provider=";".join(providers) if any(providers) else "")


def _people(cases: list[Row], roles: list[str]) -> None:
    rng = Random(f"wigan people {len(cases)}")
    for of, role in zip(cases, roles, strict=True):
        customer = people.name(rng)
        writer = customer if role == "customer" else people.relative(rng, customer)
        about = prose.SELF if role == "customer" else prose.FAMILY if role in ("family", "carer") else prose.OTHERS
        put(of, customer_name=customer, correspondent_role=role, correspondent_name=writer)
        put(of, description=prose.complaint(rng, of["category"].partition(";")[0], about))


def _answers(cases: list[Row]) -> list[Row]:
    """The formal complaints that were answered, in the days of their grade, extended where that is past the limit."""
    answered = []
    for grade, total in DAYS.items():
        of_grade = [of for of in cases if of["procedure"] == grade]
        done = of_grade[: -OPEN[grade]]
        left = [taken for _, taken in mixed(dict.fromkeys(enumerate(days_in_all(len(done), total)), 1), grade)]
        for of in reversed(done):  # the latest first: they leave the fewest days to choose from
            received = day(of, "received_on")
            taken = next(taken for taken in left if CALENDAR.add(received, taken) <= AS_OF)
            left.remove(taken)
            put(of, responded_on=CALENDAR.add(received, taken))
        limit = {SIMPLE: 20, MULTIPLE: 30, COMPLEX: 30}[grade]
        for position, of in enumerate(of_grade):
            received = day(of, "received_on")
            taken = CALENDAR.between(received, day(of, "responded_on") if of["responded_on"] else AS_OF)
            if taken > limit:
                put(of, extended_to=CALENDAR.add(received, taken + 3 if of["responded_on"] else taken + 5))
                put(of, extension_reason=words.REASONS[position % len(words.REASONS)])
                put(of, extension_told_on=CALENDAR.add(received, limit - 2))
        answered += done
    return sorted(answered, key=lambda of: of["received_on"])


def _learning(found: list[Row]) -> None:
    """An apology and learning for each; three have two points; for some an action, done or due."""
    texts = {area: cycle(texts) for area, texts in words.LEARNING.items()}
    areas = mixed(LEARNING_POINTS, "areas")
    twice = len(areas) - len(found)
    for position, of in enumerate(found):
        own = [areas.pop() for _ in range(2 if position < twice else 1)]
        put(of, remedy="apology", learning_area=";".join(own), learning=";".join(next(texts[area]) for area in own))
    by_answer = sorted(found, key=lambda of: of["responded_on"])
    for position, of in enumerate([*by_answer[:ACTIONS_DONE], *by_answer[-ACTIONS_DUE:]]):
        due = day(of, "responded_on") + timedelta(days=42)
        is_done = position < ACTIONS_DONE
        put(of, action=words.ACTIONS[position % len(words.ACTIONS)], action_owner=of["investigating_officer"])
        put(of, action_due_on=due if is_done else max(due, AS_OF + timedelta(days=10 + position)))
        put(of, action_done_on=day(of, "responded_on") + timedelta(days=30) if is_done else None)


def _informal() -> list[Row]:
    channels, days = mixed(INFORMAL_CHANNELS, "informal channels"), mixed(INFORMAL_DAYS, "informal days")
    teams, causes = mixed(INFORMAL_TEAMS, "informal teams"), mixed(INFORMAL_CAUSES, "informal causes")
    cases = []
    for position, on in enumerate(_received(INFORMAL_BY_MONTH)):
        responded = CALENDAR.add(on, days[position])
        longer = days[position] > 5
        cases.append(
            row(
                kind="complaint",
                procedure="informal",
                received_on=on,
                channel=channels[position],
                team=teams[position],
                provider=words.PROVIDERS[position % 4] if teams[position] == MARKET else "",
                category=causes[position],
                theme=causes[position],
                acknowledged_on=min(CALENDAR.add(on, ACKNOWLEDGED_AFTER[position % 10]), responded),
                extended_to=CALENDAR.add(on, days[position]) if longer else None,
                extension_reason=words.REASONS[position % 3] if longer else "",
                extension_told_on=CALENDAR.add(on, 4) if longer else None,
                responded_on=responded,
                outcome="resolved informally",
                closed_on=responded,
            )
        )
    _people(cases, mixed(CORRESPONDENTS, "correspondents")[71:])
    return cases


def _ombudsman(formal: list[Row], informal: list[Row]) -> None:
    """The 15 referrals: the four decided ones as section 9.3 tells them, seven not accepted, four waiting."""
    early = [of for of in formal if of["responded_on"] and of["responded_on"] <= "2023-10-31"]
    for position, case in enumerate(words.DECIDED):
        of = next(
            of
            for of in early
            if case.team in of["team"]
            and not of["ombudsman_received_on"]
            and (not case.amount or of["outcome"] in ("upheld", "partly upheld"))
        )
        received = day(of, "responded_on") + timedelta(days=14 + position)
        decided = received + timedelta(days=100 + 7 * position)
        put(of, description=case.complaint, ombudsman_received_on=received)
        put(of, ombudsman_responded_on=received + timedelta(days=24 + position))
        put(of, ombudsman_decided_on=decided, ombudsman_decision=case.decision)
        if case.remedy:
            due = decided + timedelta(days=case.within_days)
            put(of, remedy=case.remedy, remedy_amount=case.amount, action=case.action, action_due_on=due)
            put(of, action_owner="Customer Relations Team", action_done_on=decided + timedelta(days=20))
    turned_away = [of for of in early if not of["ombudsman_received_on"]][::4][: NOT_ACCEPTED["formal"]]
    for of in [*turned_away, *informal[20::50][: NOT_ACCEPTED["informal"]]]:
        received = day(of, "responded_on") + timedelta(days=25)
        put(of, ombudsman_received_on=received)
        put(of, ombudsman_decided_on=received + timedelta(days=15), ombudsman_decision="not accepted")
    later = [of for of in formal if "2023-11-15" <= of["responded_on"] <= "2024-02-20"]
    for position, of in enumerate(later[::2][:AWAITING]):
        received = day(of, "responded_on") + timedelta(days=12 + position)
        put(of, ombudsman_received_on=received, ombudsman_responded_on=received + timedelta(days=26))


def _enquiries() -> Iterator[Row]:
    rng = Random("wigan enquiries")
    for on, role in zip(_received(ENQUIRIES_BY_MONTH), mixed(ENQUIRIES, "enquiries"), strict=True):
        cause = rng.choice(CAUSES)
        responded = CALENDAR.add(on, rng.randint(1, 12))
        yield row(
            kind="enquiry",
            received_on=on,
            channel="email",
            team=rng.choice(tuple(INFORMAL_TEAMS)),
            theme=cause,
            correspondent_role=role,
            correspondent_name=rng.choice(people.MPS if role == "MP" else people.COUNCILLORS),
            customer_name=people.name(rng),
            description=prose.enquiry(rng, cause),
            acknowledged_on=on,
            responded_on=responded,
            closed_on=responded,
        )


def _compliments() -> Iterator[Row]:
    rng = Random("wigan compliments")
    examples = list(words.COMPLIMENTS)
    teams, sources = mixed(COMPLIMENTS_BY_TEAM, "praised"), mixed(COMPLIMENT_SOURCES, "sources")
    for on, team, source in zip(_received(COMPLIMENTS_BY_MONTH), teams, sources, strict=True):
        example = next((one for one in examples if (one[0], one[3]) == (team, source)), None)
        if example is not None:
            examples.remove(example)
        _, role, sender, _, text = example or (
            team,
            rng.choice(("Social worker", "Occupational therapist", "Reablement worker", "Social care officer")),
            "colleague" if source.startswith("Wigan Safe") else rng.choice(("family", "family", "customer")),
            source,
            prose.thanks(rng),
        )
        yield row(
            kind="compliment",
            received_on=on,
            channel=rng.choice(("email", "letter", "telephone")),
            customer_name=people.name(rng) if source == "Mosaic" else "",
            correspondent_name=people.name(rng),
            correspondent_role=sender,
            team=team,
            recipient_role=role,
            compliment_source=source,
            description=text,
            closed_on=CALENDAR.add(on, 2),
        )


if __name__ == "__main__":
    main(build)
