"""The register of Shropshire Council's Adult Services for 2022/23, rebuilt from its Customer Feedback Annual Report.

``python -m tests.registers.shropshire OUT.csv`` writes it. Every count that the report prints stands here once, with
its section and the arithmetic; what the report does not say (months, other teams, who wrote) is ours, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from random import Random

from feedback_tui.exchange.demo import people, prose
from tests.registers import shropshire_words as words
from tests.registers.rows import CALENDAR, Row, day, days_in_all, days_of_month, main, matched, mixed, put, row

YEAR = "2022/23"
AS_OF = date(2023, 5, 31)
"""The day the register is looked at: nothing in it was done later. The report, of August 2023, does not say its own."""

# 3: 276 in all = 14 comments + 102 compliments + 160 complaint cases; 276 / 12 = 23 a month. October and June are the
# busiest months, December and July the quietest, Q1 and Q4 the fullest quarters; the numbers by month are ours.
MONTHS = ("2022-04", "2022-05", "2022-06", "2022-07", "2022-08", "2022-09",
          "2022-10", "2022-11", "2022-12", "2023-01", "2023-02", "2023-03")  # fmt: skip
COMPLAINTS_BY_MONTH = (14, 13, 17, 9, 12, 13, 18, 13, 8, 15, 14, 14)  # 160: 44, 34, 39, 43 by quarter
COMPLIMENTS_BY_MONTH = (8, 8, 12, 6, 8, 8, 13, 8, 5, 9, 8, 9)  # 102
COMMENTS_BY_MONTH = (1, 1, 2, 1, 1, 1, 2, 1, 0, 1, 1, 2)  # 14
# 3: 92 + 21 + 47 = 160. By quarter ours.
ADULT, PROVIDER, CORPORATE = "statutory-adult", "statutory-provider", "corporate"
PROCEDURES = (
    {ADULT: 25, PROVIDER: 6, CORPORATE: 13},
    {ADULT: 20, PROVIDER: 4, CORPORATE: 10},
    {ADULT: 22, PROVIDER: 5, CORPORATE: 12},
    {ADULT: 25, PROVIDER: 6, CORPORATE: 12},
)
# 3: 156 investigations, so 160 - 156 = 4 cases were not investigated: here withdrawn before a team had them. The
# report calls all 160 investigations when it splits them. Two are about providers: 21 - 2 = 19, and 19 of 156 is the
# only way to its “provider complaints 12%” (12.2; 21 of 160 is 13.1, 21 of 156 is 13.5). The other two are corporate.
NOT_INVESTIGATED = ({PROVIDER: 1}, {CORPORATE: 1}, {PROVIDER: 1}, {CORPORATE: 1})
# 3: 141 had an outcome, so 156 - 141 = 15 are open; the report's 14 makes 155, neither 156 nor 160. Of the 15, 8 are
# corporate: 41 (statutory) and 31.5 (corporate) give 39 only with 36 corporate answers at most in 138, of 45 begun.
OPEN: tuple[dict[str, int], ...] = ({}, {}, {ADULT: 1, CORPORATE: 1}, {ADULT: 5, PROVIDER: 1, CORPORATE: 7})
# 3: “the remainder were withdrawn or had no finding”: 141 - 49 - 48 - 40 = 4 (2.8%); 3 withdrawn, 1 no finding.
WITHDRAWN: tuple[dict[str, int], ...] = ({CORPORATE: 1}, {CORPORATE: 1}, {CORPORATE: 1}, {})
# 3: upheld 35% = 49/141 (34.8), partly 34% = 48/141 (34.0), not upheld 28% = 40/141 (28.4).
OUTCOMES = {"upheld": 49, "partly upheld": 48, "not upheld": 40, "no finding": 1}
# 3: working days to answer stage 1: statutory 41, corporate 31.5, all 39. Statutory (92 - 6) + (19 - 1) = 104 answers,
# 41 × 104 = 4264; corporate 45 - 8 - 3 = 34, 31.5 × 34 = 1071; (4264 + 1071) / 138 = 38.66. Section 10, 2: statutory
# fell from quarter 1 to 3 and rose in 4; corporate “varied dramatically”. Each quarter's sum:
STATUTORY_DAYS = (1410, 1008, 850, 996)  # of 30, 24, 25, 25 answers: 47.0, 42.0, 34.0, 39.8
CORPORATE_DAYS = (456, 176, 360, 79)  # of 12, 8, 10, 4 answers: 38.0, 22.0, 36.0, 19.8
# 3: of the 156: North 24% = 37 (23.7), South 21% = 33 (21.2), Central 4% = 6 (3.8), together the 76 it prints;
# Business Support 24% = 38 (24.4), all 19 provider investigations among them. The others (42) ours.
TEAMS = {
    "Social Work Team - North": 37, "Social Work Team - South": 33, "Social Work Team - Central": 6,
    "Adult Services Business Support": 38, "Hospital Interface": 13, "Financial Assessments": 9,
    "Preparing for Adulthood": 5, "Occupational Therapy": 5, "Safeguarding": 3, "Mental Health Social Work": 3,
    "Reablement (START)": 2, "Sensory Impairment": 1, "Deprivation of Liberty Safeguards": 1,
}  # fmt: skip
SUPPORT = "Adult Services Business Support"
# 3: Service Standards 92 of 156 (59.0%), poor quality and failure to provide dominant in it; Decisions > incorrect
# decision 29% = 45 (28.8). Provider complaints: mainly poor quality. The other numbers ours: 137 + 19 = 156.
CATEGORIES = {
    "Service Standards > poor quality of work/service": 27,
    "Service Standards > failure to provide a service/take action": 26,
    "Service Standards > delay": 13,
    "Service Standards > poor communication": 9,
    "Decisions > incorrect decision": 45,
    "Charges > incorrect charge": 5,
    "Charges > information about charges": 2,
    "Staff > attitude or conduct": 6,
    "Policy > policy disagreed with": 4,
}
PROVIDER_CATEGORIES = {
    "Service Standards > poor quality of work/service": 14,
    "Service Standards > failure to provide a service/take action": 3,
    "Staff > attitude or conduct": 2,
}
SECOND_POINTS = 8  # of cases of poor quality: delay is a second point of theirs. Ours; the report's cuts are of cases.
# 3: Arrangement for care at home 14% = 22 (14.1), care needs assessment and care plans 10% = 16 each (10.3), then
# discharge and placement. Section 10, 3: in quarter 3 (38 investigations) care plans led. The other numbers ours.
THEMES = {
    "Arrangement for care at home": 22, "Care needs assessment": 16, "Care plans": 16, "Discharge from hospital": 14,
    "Placement in residential care": 13, "Quality of care": 11, "Charging for care": 11, "Communication": 10,
    "Financial assessment": 9, "Safeguarding": 8, "Equipment and adaptations": 7, "Direct payments": 6,
    "Respite care": 5, "Transition to adulthood": 4, "Support for carers": 4,
}  # fmt: skip
THEMES_IN_Q3 = {
    "Care plans": 8, "Discharge from hospital": 5, "Placement in residential care": 4, "Communication": 4,
    "Arrangement for care at home": 3, "Quality of care": 3, "Care needs assessment": 2, "Financial assessment": 2,
    "Safeguarding": 2, "Equipment and adaptations": 2, "Charging for care": 1, "Direct payments": 1, "Respite care": 1,
}  # fmt: skip
# 7: learning on “22% of all complaints (54% of upheld or partly upheld)”: 35 cases of 160, or 52 of 49 + 48 = 97
# (53.6%). Not both; here 52. Its shares by area decide it: 53, 17, 13 and 11% come out of 47 points or of 53 (28, 9, 7,
# 6 and 3 others), of no other number below 64. 53 points are 52 cases and one more; 35 cases would need 12 or 18 more.
LEARNING = 52
LEARNING_POINTS = {
    "communication": 28, "service quality": 9, "finance": 7, "delivery or non-delivery": 6, "record keeping": 3,
}  # fmt: skip
ACTIONS_DONE, ACTIONS_OVERDUE, ACTIONS_DUE = 26, 4, 6  # ours; nine more are the Ombudsman's, done
# 3: 17 decided in the year: 9 upheld, 4 referred back, 1 each of the rest. All on complaints of the year: ours.
# Section 10, 4: what was agreed with the Ombudsman was done, 100% at the end of the year.
OMBUDSMAN_INVESTIGATED = {"upheld": 9, "not upheld": 1}
OMBUDSMAN_TURNED_AWAY = {"closed after initial enquiries": 1, "incomplete or invalid": 1, "advice given": 1}
REFERRED_BACK = 4
REPLIES = (21, 26, 34, 28, 41, 27, 37, 24, 31, 28)  # calendar days: 6 of 10 in time; “delays” are reported, no number
PAYMENTS = (200, 500, 150, 300, 1000, 250, 100, 350, 400)  # ours, £3,250
REVIEWS = ("not upheld", "partly upheld", "not upheld", "upheld", "not upheld")  # ours
# 3: compliments: Social Work Teams most, then Hospital Interface. Numbers ours; section 5 gives eight, one of them for
# two teams, so that the table by team sums to 103.
COMPLIMENTS_BY_TEAM = {
    "Social Work Team - North": 18, "Social Work Team - South": 15, "Social Work Team - Central": 12,
    "Hospital Interface": 15, "Occupational Therapy": 8, "Enable": 7, "Financial Assessments": 6,
    "Preparing for Adulthood": 5, "Rapid Response": 5, "Sensory Impairment": 4, "Reablement (START)": 4,
    "Deprivation of Liberty Safeguards": 3,
}  # fmt: skip
# 4: the years before, which a register of this one does not hold and the council types in.
YEARS_BEFORE = {
    ("2020/21", "compliments"): "235", ("2021/22", "compliments"): "113",
    ("2020/21", "investigations"): "179", ("2021/22", "investigations"): "156",
    ("2020/21", "average_working_days"): "26", ("2021/22", "average_working_days"): "34",
    ("2020/21", "upheld_percent"): "14", ("2021/22", "upheld_percent"): "21",
    ("2020/21", "ombudsman"): "7", ("2021/22", "ombudsman"): "12",
}  # fmt: skip
# Ours from here.
CHANNELS = {"email": 62, "telephone": 38, "web form": 34, "letter": 14, "social worker": 8, "in person": 4}
CORRESPONDENTS = {
    "family": 78, "customer": 52, "carer": 8, "advocate": 6, "attorney": 4, "deputy": 4, "anonymous": 4, "friend": 2,
    "solicitor": 2,
}  # fmt: skip
ACKNOWLEDGED_AFTER = (0, 1, 1, 2, 3, 1, 2, 0, 1, 3)  # section 2: within 3 working days
LIKES = {
    "Hospital Interface": ("Discharge from hospital",),
    "Financial Assessments": ("Charging for care", "Financial assessment"),
    "Preparing for Adulthood": ("Transition to adulthood",),
    "Occupational Therapy": ("Equipment and adaptations",),
    "Safeguarding": ("Safeguarding",),
}


def build() -> list[Row]:
    """The 276 rows, in order of receipt."""
    rows = [*_complaints(), *_compliments(), *_comments()]
    rows.sort(key=lambda of: of["received_on"])
    numbers = dict.fromkeys(("22", "23"), 0)
    for of in rows:
        year = of["received_on"][2:4]
        numbers[year] += 1
        put(of, reference=f"ASC-{year}-{numbers[year]:04d}")
    return rows


def _complaints() -> list[Row]:
    quarters: list[list[Row]] = []
    for number, procedures in enumerate(PROCEDURES):
        kinds = mixed(procedures, f"procedures {number}")
        received = _received(COMPLAINTS_BY_MONTH, number)
        quarters.append(
            [row(kind="complaint", procedure=key, received_on=on) for key, on in zip(kinds, received, strict=True)]
        )
    every = [of for quarter in quarters for of in quarter]
    for position, of in enumerate(every):
        after = ACKNOWLEDGED_AFTER[position % len(ACKNOWLEDGED_AFTER)]
        put(of, acknowledged_on=CALENDAR.add(day(of, "received_on"), after))
    begun = [_begun(quarter, number) for number, quarter in enumerate(quarters)]
    _subjects(begun)
    _people(every)
    answered = [of for number, quarter in enumerate(begun) for of in _answered(quarter, number)]
    _outcomes(answered)
    _ombudsman(answered)
    _actions([of for of in answered if of["learning"] and not of["ombudsman_received_on"]])
    _reviews(answered)
    for position, of in enumerate(answered):
        last = day(of, "review_responded_on" if of["review_responded_on"] else "responded_on")
        closed = CALENDAR.add(last, position % 12)
        put(of, closed_on=closed if closed <= AS_OF else None)
    return every


def _received(by_month: tuple[int, ...], quarter: int | None = None) -> list[date]:
    months = range(12) if quarter is None else range(3 * quarter, 3 * quarter + 3)
    return [on for month in months if by_month[month] for on in days_of_month(MONTHS[month], by_month[month])]


def _begun(quarter: list[Row], number: int) -> list[Row]:
    """The complaints of a quarter that were investigated; the others are closed as withdrawn, without a team."""
    begun = list(quarter)
    for procedure, count in NOT_INVESTIGATED[number].items():
        for of in [of for of in quarter if of["procedure"] == procedure][1 : 1 + count]:
            put(of, closed_on=CALENDAR.add(day(of, "received_on"), 4), closing_reason="withdrawn")
            put(of, provider=words.PROVIDERS[0] if procedure == PROVIDER else "")
            begun.remove(of)
    for of in begun:
        put(of, investigation_started_on=CALENDAR.add(day(of, "acknowledged_on"), 2))
    return begun


def _subjects(begun: list[list[Row]]) -> None:
    """Team, category and theme of each investigation, its provider, and who investigates."""
    every = [of for quarter in begun for of in quarter]
    provider = [of for of in every if of["procedure"] == PROVIDER]
    others = [of for of in every if of["procedure"] != PROVIDER]
    teams = mixed({**TEAMS, SUPPORT: TEAMS[SUPPORT] - len(provider)}, "teams")
    categories = mixed(CATEGORIES, "categories")
    for of, team, category in zip(others, teams, categories, strict=True):
        put(of, team=team, category=category)
    for position, (of, category) in enumerate(zip(provider, mixed(PROVIDER_CATEGORIES, "provider"), strict=True)):
        put(of, team=SUPPORT, category=category, provider=words.PROVIDERS[position % len(words.PROVIDERS)])
    rest = {theme: count - THEMES_IN_Q3.get(theme, 0) for theme, count in THEMES.items()}
    for cases, themes in (([*begun[0], *begun[1], *begun[3]], rest), (begun[2], THEMES_IN_Q3)):
        for of, theme in zip(
            cases, matched(cases, themes, lambda of: LIKES.get(of["team"], ()), "themes"), strict=True
        ):
            put(of, theme=theme)
    poor = "Service Standards > poor quality of work/service"
    for of in [of for of in others if of["category"] == poor][::3][:SECOND_POINTS]:
        put(of, category=f"{poor};Service Standards > delay")
    for position, of in enumerate(every):
        names = words.INVESTIGATORS.get(of["team"], words.EVERY_OTHER_TEAM)
        put(of, investigating_officer=names[position % len(names)])


def _people(complaints: list[Row]) -> None:
    """Who wrote, how, and what: the report's seven examples, and invented ones."""
    rng = Random("shropshire people")
    examples = list(words.COMPLAINTS)
    channels, roles = mixed(CHANNELS, "channels"), mixed(CORRESPONDENTS, "correspondents")
    for of, channel, role in zip(complaints, channels, roles, strict=True):
        put(of, channel=channel, correspondent_role=role)
        if role != "anonymous":
            customer = people.name(rng)
            put(of, customer_name=customer)
            put(of, correspondent_name=customer if role == "customer" else people.relative(rng, customer))
        example = next((one for one in examples if one[0] == of["theme"] and role == "family"), None)
        if example is not None:
            examples.remove(example)
        others = prose.FAMILY if role in ("family", "carer") else prose.OTHERS
        about = prose.SELF if role == "customer" else others
        put(of, description=example[1] if example else prose.complaint(rng, of["theme"], about))


def _answered(begun: list[Row], number: int) -> list[Row]:
    """The investigations of a quarter that were answered, each in its days; some of the others were withdrawn."""
    waiting = list(begun)
    for procedure, count in WITHDRAWN[number].items():
        for of in [of for of in begun if of["procedure"] == procedure][2 : 2 + count]:
            ended = CALENDAR.add(day(of, "investigation_started_on"), 12)
            put(of, closed_on=ended, outcome="withdrawn", closing_reason="withdrawn")
            waiting.remove(of)
    still_open = []
    for procedure, count in OPEN[number].items():
        still_open += [of for of in waiting if of["procedure"] == procedure][-count:]
    answered = [of for of in waiting if of not in still_open]
    corporate = [of for of in answered if of["procedure"] == CORPORATE]
    statutory = [of for of in answered if of["procedure"] != CORPORATE]
    for cases, total in ((statutory, STATUTORY_DAYS[number]), (corporate, CORPORATE_DAYS[number])):
        spread = mixed(dict.fromkeys(enumerate(days_in_all(len(cases), total)), 1), f"days {number}")
        left = [taken for _, taken in spread]
        for of in reversed(cases):  # the latest first: they leave the fewest days to choose from
            received = day(of, "received_on")
            taken = next(taken for taken in left if CALENDAR.add(received, taken) <= AS_OF)
            left.remove(taken)
            put(of, responded_on=CALENDAR.add(received, taken))
    for position, of in enumerate([*statutory, *still_open]):
        _extension(of, position)
    return answered


def _extension(of: Row, position: int) -> None:
    """Past the aim of 25 working days the customer is told, before it passes, that more time is needed, and why."""
    received = day(of, "received_on")
    taken = CALENDAR.between(received, day(of, "responded_on") if of["responded_on"] else AS_OF)
    if of["procedure"] == CORPORATE or taken <= 25 or position % 9 == 8:
        return
    put(
        of,
        extended_to=CALENDAR.add(received, min(max(taken, 30), 65)),
        extension_reason=words.REASONS[position % len(words.REASONS)],
        extension_told_on=CALENDAR.add(received, 21 + position % 5),
    )


def _outcomes(answered: list[Row]) -> None:
    """Outcomes; for what was upheld or partly upheld an apology, learning in the report's areas, and actions."""
    for of, outcome in zip(answered, mixed(OUTCOMES, "outcomes"), strict=True):
        put(of, outcome=outcome)
    found = [of for of in answered if of["outcome"] in ("upheld", "partly upheld")]
    for of in found:
        put(of, remedy="apology")
    said = mixed({True: LEARNING, False: len(found) - LEARNING}, "learning")
    learned = [of for of, yes in zip(found, said, strict=True) if yes]
    texts = {area: cycle(texts) for area, texts in words.LEARNING.items()}
    areas = mixed(LEARNING_POINTS, "areas")
    for position, of in enumerate(learned):
        own = [areas.pop()] if position else [areas.pop(), areas.pop()]
        put(of, learning_area=";".join(own), learning=";".join(next(texts[area]) for area in own))


def _ombudsman(answered: list[Row]) -> None:
    """The 17: what the Ombudsman investigated had been upheld in some part, with learning, by September."""
    early = [of for of in answered if of["responded_on"] <= "2022-09-30"]
    taken_up = [of for of in early if of["learning"]][: sum(OMBUDSMAN_INVESTIGATED.values())]
    others = [of for of in early if of not in taken_up]
    payments = iter(PAYMENTS)
    for position, (of, decision) in enumerate(zip(taken_up, mixed(OMBUDSMAN_INVESTIGATED, "decisions"), strict=True)):
        received = day(of, "responded_on") + timedelta(days=20 + 3 * position)
        replied = received + timedelta(days=REPLIES[position])
        put(of, ombudsman_received_on=received, ombudsman_responded_on=replied)
        agreed = replied + timedelta(days=60 + position)
        put(of, ombudsman_decided_on=agreed, ombudsman_decision=decision)
        if decision == "upheld":
            put(of, remedy="apology;payment", remedy_amount=f";{next(payments)}.00")
            put(of, action="Carry out what the Ombudsman recommended", action_owner="Feedback and Insight Team")
            put(of, action_due_on=agreed + timedelta(days=28), action_done_on=agreed + timedelta(days=21))
    for of, decision in zip(others[5::7], mixed(OMBUDSMAN_TURNED_AWAY, "turned away"), strict=False):
        received = day(of, "responded_on") + timedelta(days=30)
        put(of, ombudsman_received_on=received)
        put(of, ombudsman_decided_on=received + timedelta(days=18), ombudsman_decision=decision)
    for of in others[2::9][:REFERRED_BACK]:
        # They came to the Ombudsman before the council had answered.
        received = day(of, "acknowledged_on") + timedelta(days=4)
        put(of, ombudsman_received_on=received)
        put(of, ombudsman_decided_on=received + timedelta(days=9), ombudsman_decision="referred back")


def _actions(learned: list[Row]) -> None:
    """Actions from learning: the earliest are overdue, the latest not due yet, those between are done."""
    by_answer = sorted(learned, key=lambda of: of["responded_on"])
    states = ["overdue"] * ACTIONS_OVERDUE + ["done"] * ACTIONS_DONE + ["due"] * ACTIONS_DUE
    acted = [*by_answer[: ACTIONS_OVERDUE + ACTIONS_DONE], *by_answer[-ACTIONS_DUE:]]
    for position, (of, state) in enumerate(zip(acted, states, strict=True)):
        answer = day(of, "responded_on")
        due = AS_OF + timedelta(days=7 + 5 * position % 30) if state == "due" else answer + timedelta(days=30)
        put(
            of,
            action=words.ACTIONS[position % len(words.ACTIONS)],
            action_owner=of["investigating_officer"],
            action_due_on=due,
            action_done_on=min(answer + timedelta(days=12 + position % 30), AS_OF) if state == "done" else None,
        )


def _reviews(answered: list[Row]) -> None:
    able = [of for of in answered if of["procedure"] == CORPORATE and not of["ombudsman_received_on"]]
    for of, outcome in zip(able[::4], REVIEWS, strict=False):
        asked = CALENDAR.add(day(of, "responded_on"), 12)
        put(of, review_requested_on=asked, review_responded_on=CALENDAR.add(asked, 22), review_outcome=outcome)


def _compliments() -> Iterator[Row]:
    rng = Random("shropshire compliments")
    examples = list(words.COMPLIMENTS)
    teams = mixed(COMPLIMENTS_BY_TEAM, "compliments")
    for on, team in zip(_received(COMPLIMENTS_BY_MONTH), teams, strict=True):
        example = next((one for one in examples if one[0].partition(";")[0] == team), None)
        if example is not None:
            examples.remove(example)
        teams_praised, role, sender, text = example or (
            team,
            rng.choice(("Social Worker", "Support Worker", "Occupational Therapist")),
            rng.choice(("family", "family", "customer", "health colleague")),
            prose.thanks(rng),
        )
        yield row(
            kind="compliment",
            received_on=on,
            channel=rng.choice(("email", "letter", "social worker")),
            team=teams_praised,
            recipient_role=role,
            correspondent_role=sender,
            correspondent_name=people.name(rng),
            compliment_source=rng.choice(("case management system", "sent direct")),
            description=text,
            closed_on=CALENDAR.add(on, 3),
        )


def _comments() -> Iterator[Row]:
    rng = Random("shropshire comments")
    for position, on in enumerate(_received(COMMENTS_BY_MONTH)):
        yield row(
            kind="comment",
            received_on=on,
            channel="web form",
            correspondent_role="customer",
            correspondent_name=people.name(rng),
            description=words.SUGGESTIONS[position % len(words.SUGGESTIONS)],
            acknowledged_on=CALENDAR.add(on, 2),
            closed_on=CALENDAR.add(on, 5 + position),
        )


if __name__ == "__main__":
    main(build)
