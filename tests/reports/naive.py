"""The summary worked out a second time, by hand as it were: plain loops over the cases, one question at a time.

Nothing here is shared with the reports. It knows what the outer interface says of each figure, and no SQL.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from feedback_tui.enums import Kind, Law, OmbudsmanDecision, Outcome, Status
from feedback_tui.rules.procedures import Profile
from tests.reports.building import Agreed, Approach, Given

Values = Callable[[Given], Iterable[str | None]]

TURNED_AWAY = {
    OmbudsmanDecision.NOT_ACCEPTED,
    OmbudsmanDecision.REFERRED_BACK,
    OmbudsmanDecision.CLOSED_AFTER_INITIAL_ENQUIRIES,
    OmbudsmanDecision.INCOMPLETE_OR_INVALID,
    OmbudsmanDecision.ADVICE_GIVEN,
}


def one_decimal(value: Fraction) -> float:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def mean(values: list[int]) -> float | None:
    return one_decimal(Fraction(sum(values), len(values))) if values else None


def spread(values: list[int]) -> dict[str, Any]:
    """The ends, the middle, and the quartiles as a spreadsheet has them."""
    quartiles: list[Any] = [None] * 3
    if values:
        quartiles = statistics.quantiles(values, method="inclusive") if len(values) > 1 else values * 3
    return {
        "n": len(values),
        "average": mean(values),
        "lowest": min(values, default=None),
        "lower_quartile": quartiles[0],
        "median": statistics.median(values) if values else None,
        "upper_quartile": quartiles[2],
        "highest": max(values, default=None),
    }


def tally(words: Iterable[str]) -> dict[str, int]:
    """How often each word stands there, without regard to case, under its most frequent (then first) spelling."""
    listed = list(words)
    found: dict[str, int] = {}
    for plain in {word.casefold() for word in listed}:
        spelt = [word for word in listed if word.casefold() == plain]
        best = sorted(set(spelt), key=lambda word: (-spelt.count(word), word))[0]
        found[best] = len(spelt)
    return found


def per_case(cases: list[Given], values: Values) -> tuple[dict[str, int], int]:
    """Cases under each word, and those with none; the spelling is chosen over all cases that use it."""
    users: dict[str, dict[str, set[int]]] = {}
    without = 0
    for number, case in enumerate(cases):
        words = [word for word in values(case) if word is not None]
        without += not words
        for word in words:
            users.setdefault(word.casefold(), {}).setdefault(word, set()).add(number)
    found = {}
    for spellings in users.values():
        best = sorted(spellings, key=lambda word: (-len(spellings[word]), word))[0]
        found[best] = len(set().union(*spellings.values()))
    return found, without


def investigated(case: Given) -> bool:
    return case.started_on is not None or case.responded_on is not None


def outcome_of(case: Given, outcome: Outcome | None) -> str:
    if outcome is not None:
        return str(outcome)
    if case.status is not Status.CLOSED:
        return "open"
    return "withdrawn" if case.closing_reason == "withdrawn" else "closed without outcome"


def outcomes(words: Iterable[str]) -> dict[str, int]:
    return {"open": 0} | tally(words)


CUTS: dict[str, Values] = {
    "by_procedure": lambda case: [case.procedure],
    "by_team": lambda case: [point.team for point in case.points],
    "by_provider": lambda case: [point.provider for point in case.points],
    "by_category": lambda case: [point.category for point in case.points],
    "by_subcategory": lambda case: [
        f"{point.category} > {point.subcategory}" if point.category and point.subcategory else None
        for point in case.points
    ],
    "by_theme": lambda case: [point.theme for point in case.points],
    "by_channel": lambda case: [case.channel],
    "by_correspondent": lambda case: [None if role is None else str(role) for role in case.roles],
}


def timeliness(cases: list[Given], bands: tuple[int, ...], start: date) -> dict[str, Any]:
    answered = [case for case in cases if case.responded_on is not None]
    days = [case.working_days for case in answered if case.working_days is not None]
    counts = {"responded": len(answered), "average_working_days": mean(days)}
    for name in ("target", "limit"):
        counts[f"within_{name}"] = counts[f"of_{name}"] = 0
    counts["within_extended"] = 0
    for case in answered:
        assert case.responded_on is not None
        in_extension = False
        for name, dues in (("target", case.targets), ("limit", case.limits)):
            live = [due for due in dues if not due.superseded]
            if not live:
                continue
            original = min(due.original for due in live)
            counts[f"of_{name}"] += 1  # type: ignore[operator]
            counts[f"within_{name}"] += case.responded_on <= original  # type: ignore[operator]
            now = max(due.as_it_stands for due in live)
            in_extension |= case.extended and original < case.responded_on <= now
        counts["within_extended"] += in_extension  # type: ignore[operator]
    banded, lower = {}, 0
    for upper in bands:
        banded[f"{lower}-{upper}"] = sum(1 for n in days if lower <= n <= upper)
        lower = upper + 1
    banded[f"{lower}+"] = sum(1 for n in days if n >= lower)
    by_month: dict[str, list[int]] = {f"{year}-{month:02}": [] for year, month in _months(start)}
    by_quarter: dict[str, list[int]] = {f"Q{number}": [] for number in (1, 2, 3, 4)}
    for case in answered:
        if case.working_days is not None:
            by_month[str(case.received_on)[:7]].append(case.working_days)
            by_quarter[f"Q{(case.received_on.month + 8) % 12 // 3 + 1}"].append(case.working_days)
    return {
        **counts,
        "bands": banded,
        "working_days": spread(days),
        "by_month": {label: spread(some) for label, some in by_month.items()},
        "by_quarter": {label: spread(some) for label, some in by_quarter.items()},
    }


def acknowledgement(cases: list[Given], as_of: date) -> dict[str, int]:
    within = of = 0
    for case in cases:
        done_on = case.acknowledged_on or case.responded_on
        due = case.acknowledgement
        if done_on is not None:
            of += 1
            within += due is not None and done_on <= due.original
        elif due is not None and due.as_it_stands < min(case.closed_on or as_of, as_of):
            of += 1
    return {"within": within, "of": of}


def kept(agreed: list[Agreed], as_of: date) -> dict[str, int]:
    of = [one for one in agreed if one.done_on or (one.due_on and one.due_on < as_of)]
    return {"within": sum(1 for one in of if one.done_on and one.due_on and one.done_on <= one.due_on), "of": len(of)}


def ombudsman(cases: list[Given], start: date, end: date, as_of: date) -> dict[str, Any]:
    received = [a for case in cases for a in case.approaches if a.received_on and start <= a.received_on <= end]
    made = [
        (case, approach)
        for case in cases
        for approach in case.approaches
        if approach.decided_on and approach.decision and start <= approach.decided_on <= end
    ]
    away = [a for a in received if a.decision in TURNED_AWAY]
    replies = [
        a for a in received if a.responded_on or (a.decided_on is None and a.due_on is not None and a.due_on < as_of)
    ]
    agreed = [
        one
        for case in cases
        for approach in case.approaches
        for one in agreed_in(case, approach, start, end, {OmbudsmanDecision.UPHELD})
        if one.due_on
    ]
    decided = tally(str(approach.decision) for _, approach in made)
    return {
        "received": len(received),
        "not_accepted": len(away),
        "investigated": len(received) - len(away),
        "awaiting": sum(1 for a in received if a.decision is None),
        "decided": decided,
        "upheld": decided.get("upheld", 0),
        "upheld_of": decided.get("upheld", 0) + decided.get("not upheld", 0),
        "replies": {
            "within": sum(1 for a in replies if a.responded_on and a.due_on and a.responded_on <= a.due_on),
            "of": len(replies),
        },
        "compliance": kept(agreed, as_of),
    }


def agreed_in(
    case: Given, approach: Approach, start: date, end: date, of_interest: set[OmbudsmanDecision]
) -> list[Agreed]:
    """The actions and redress that were agreed with the Ombudsman in this approach, decided from `start` to `end`."""

    def counts(one: Approach) -> bool:
        return one.decided_on is not None and start <= one.decided_on <= end and one.decision in of_interest

    if not counts(approach):
        return []
    decided = [(one.decided_on, number) for number, one in enumerate(case.approaches) if counts(one)]
    number = next(place for place, one in enumerate(case.approaches) if one is approach)
    first = number == min(decided, key=lambda one: (one[0] or end, one[1]))[1]
    since = approach.draft_on or approach.decided_on
    assert since is not None

    def by_dates(one: Agreed) -> bool:
        unknown = case.imported and one.set_on == (case.responded_on or case.received_on)
        older = [one.done_on, None if unknown or not one.due_on else one.set_on]
        return first and one.due_on is not None and one.due_on >= since and not any(d and d < since for d in older)

    actions = [one for one in case.actions if by_dates(one)]
    found = []
    for one in case.remedies:
        if one.approach is not None and one.approach <= len(case.approaches):
            before = one.done_on and approach.received_on and one.done_on < approach.received_on
            if one.approach == number + 1 and not before:
                found.append(one)
        elif by_dates(one):
            if not (one.offered_on and one.offered_on < since):
                found.append(one)
        elif case.imported and actions and not (one.due_on or one.done_on or one.offered_on):
            found.append(one)
    return [*found, *actions]


def decisions(cases: list[Given], start: date, end: date) -> list[dict[str, str]]:
    """What the Ombudsman took up and decided, with what was agreed in each."""
    taken_up = set(OmbudsmanDecision) - TURNED_AWAY
    taken = [
        (approach.decided_on, case.received_on, f"t-{number}", case, approach)
        for number, case in enumerate(cases, start=1)
        if case.status is not Status.VOID
        for approach in case.approaches
        if approach.decided_on and start <= approach.decided_on <= end and approach.decision in taken_up
    ]
    listed = []
    for _, _, _, case, approach in sorted(taken, key=lambda one: one[:3]):
        agreed = agreed_in(case, approach, start, end, taken_up)
        remedies = [one for one in agreed if any(one is other for other in case.remedies)]
        actions = [one for one in agreed if any(one is other for other in case.actions)]
        words = []
        for kind in sorted({one.word for one in remedies}, key=lambda word: (word is not None, word or "")):
            pence = sum(one.pence or 0 for one in remedies if one.word == kind)
            words.append(f"{kind or 'redress'}" + (f" £{pence / 100:,.2f}" if pence else ""))
        if actions:
            done = sum(1 for one in actions if one.done_on)
            words.append(f"{len(actions)} {'action' if len(actions) == 1 else 'actions'}, {done} done")
        about = sorted({point.category for point in case.points if point.category is not None})
        listed.append({"complaint": ", ".join(about), "decision": str(approach.decision), "agreed": "; ".join(words)})
    return listed


def stood(case: Given, day: date) -> Given:
    """The case as it stood at the end of `day`; one that had not come in is logged in error, and so counts nowhere."""

    def by(on: date | None) -> date | None:
        return on if on and on <= day else None

    def approach(one: Approach) -> Approach:
        came = one.received_on or one.decided_on
        if came and came > day:
            return Approach(None)
        return Approach(
            by(one.received_on),
            None if one.received_on and one.received_on > day else one.due_on,
            by(one.responded_on),
            by(one.decided_on),
            None if one.decided_on and one.decided_on > day else one.decision,
            by(one.draft_on),
        )

    def outcome(found: Outcome | None, answered: date | None) -> Outcome | None:
        later = answered > day if answered else closed_later
        return None if later else found

    def agreed(some: tuple[Agreed, ...]) -> tuple[Agreed, ...]:
        found = []
        for one in some:
            set_on = one.set_on if one.due_on else None
            agreed_on = set_on or case.responded_on
            if not (agreed_on and agreed_on > day):
                found.append(replace(one, done_on=by(one.done_on), offered_on=by(one.offered_on)))
        return tuple(found)

    if case.received_on > day:
        return case.but(status=Status.VOID, approaches=tuple(Approach(None) for _ in case.approaches))
    closed_later = case.closed_on is not None and case.closed_on > day
    status = case.status
    if status is Status.CLOSED and closed_later:
        status = Status.LOGGED
    late = case.responded_on is not None and case.responded_on > day
    return case.but(
        status=status,
        closed_on=by(case.closed_on),
        closing_reason=None if closed_later else case.closing_reason,
        not_accepted=None if closed_later else case.not_accepted,
        acknowledged_on=by(case.acknowledged_on),
        started_on=by(case.started_on),
        responded_on=by(case.responded_on),
        working_days=None if late else case.working_days,
        outcome=outcome(case.outcome, case.responded_on),
        review_outcome=outcome(case.review_outcome, case.review_responded_on),
        review_responded_on=by(case.review_responded_on),
        extended=case.extended and not (case.told_on and case.told_on > day),
        approaches=tuple(map(approach, case.approaches)),
        remedies=agreed(case.remedies),
        actions=agreed(case.actions),
        learning=() if late else case.learning,
    )


Typed = dict[str, dict[str, Decimal]]
"""Figures as typed: by year, then by name."""


def typed_words(typed: dict[str, Decimal], families: Iterable[str]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for name, value in typed.items():
        family, colon, word = name.partition(": ")
        if name == "activity":
            family, colon, word = "activity", ": ", "in all"
        if colon and family in families:
            found.setdefault(family, {})[word] = float(value)
    return found


ALWAYS = ("activity", "council")
COUNTED_FAMILIES = (
    "team", "procedure", "group", "channel", "theme", "average_working_days", "outcome", "group_investigations",
    "group_upheld", "group_upheld_of", "group_average_working_days",
)  # fmt: skip
WHOLE = (
    "feedback", "compliments", "enquiries", "complaints", "investigations", "average_working_days", "upheld",
    "upheld_of", "upheld_percent", "ombudsman",
)  # fmt: skip


def comparison(cases: list[Given], profile: Profile, start: date, as_of: date, typed: Typed) -> list[dict[str, Any]]:
    """The year that begins on `start` beside the years before."""
    running = start <= as_of < date(start.year + 1, 3, 31)
    there = [case for case in cases if case.status is not Status.VOID and case.received_on <= as_of]
    begins = min((case.received_on for case in there), default=None)
    years = []
    for back in range(5, -1, -1):
        first, last = date(start.year - back, 4, 1), date(start.year - back + 1, 3, 31)
        label = f"{first.year}/{last.year % 100:02}"
        given = typed.get(label, {})
        day = as_of
        if running and back:
            leap = (as_of.month, as_of.day) == (2, 29)
            day = as_of.replace(year=as_of.year - back, day=28 if leap else as_of.day)
        counted = None
        if back < 3:
            counted = counted_year(cases, profile, first, day if running else as_of)
            if back and not counted["feedback"] and not counted["ombudsman"]:
                counted = None
        if counted is not None:
            within = begins is not None and (begins - first).days > 14 and begins <= last
            counted["counted_from"] = str(begins) if within else None
            counted["counted_to"] = str(day) if running else None
            counted["parts"] |= typed_words(given, ALWAYS)
            years.append(counted)
        elif given:
            upheld, of = given.get("upheld"), given.get("upheld_of")
            if "upheld_percent" not in given and upheld is not None and of:
                given = {
                    **given,
                    "upheld_percent": Decimal(one_decimal(Fraction(upheld) * 100 / Fraction(of))).quantize(
                        Decimal("0.1")
                    ),
                }
            years.append(
                {
                    "label": label,
                    **{name: float(given[name]) if name in given else None for name in WHOLE},
                    "typed": True,
                    "counted_from": None,
                    "counted_to": None,
                    "parts": typed_words(given, (*COUNTED_FAMILIES, *ALWAYS)),
                }
            )
    return years


def counted_year(cases: list[Given], profile: Profile, start: date, as_of: date) -> dict[str, Any]:
    """One year as the register counts it."""
    found = summary(cases, profile, start, date(start.year + 1, 3, 31), as_of)
    complaints, ended = found["complaints"], found["code"]["all_complaints"]
    upheld = found["outcomes"]["stage_1"].get("upheld", 0)
    of = ended["with_outcome"]
    averages = {key: one["average_working_days"] for key, one in found["stage_1"].items() if key != "all"}
    groups = found["groups"]
    no_outcome = ("open", "closed without outcome")
    return {
        "label": found["year"]["label"],
        "feedback": found["feedback"]["total"],
        "compliments": found["feedback"]["by_kind"].get("compliment", 0),
        "enquiries": found["feedback"]["by_kind"].get("enquiry", 0),
        "complaints": complaints["cases"],
        "investigations": complaints["investigations"],
        "average_working_days": found["stage_1"]["all"]["average_working_days"],
        "upheld": upheld,
        "upheld_of": of,
        "upheld_percent": one_decimal(Fraction(100 * upheld, of)) if of else None,
        "ombudsman": found["ombudsman"]["received"],
        "typed": False,
        "parts": {
            "team": complaints["by_team"],
            "theme": complaints["by_theme"],
            "channel": complaints["by_channel"],
            "procedure": complaints["by_procedure"],
            "outcome": {word: n for word, n in found["outcomes"]["stage_1"].items() if word not in no_outcome},
            "group": {name: group["cases"] for name, group in groups.items()},
            "group_investigations": {name: group["investigations"] for name, group in groups.items()},
            "group_upheld": {name: group["outcomes"].get("upheld", 0) for name, group in groups.items()},
            "group_upheld_of": {
                name: sum(n for word, n in group["outcomes"].items() if word not in no_outcome)
                for name, group in groups.items()
            },
            "group_average_working_days": {
                name: average
                for name, group in groups.items()
                if (average := group["average_working_days"]) is not None
            },
            "average_working_days": {key: value for key, value in averages.items() if value is not None},
        },
    }


def extended(complaints: list[Given]) -> dict[str, Any]:
    put_off = [case for case in complaints if case.extended]
    told = sum(1 for case in put_off if case.told_on and case.told_on <= case.received_on)
    return {"cases": len(put_off), "told": {"within": told, "of": len(put_off)}}


def outcomes_by(inquiries: list[Given], values: Values) -> dict[str, dict[str, int]]:
    found = {}
    for word in per_case(inquiries, values)[0]:
        mine = [c for c in inquiries if word.casefold() in {v.casefold() for v in values(c) if v is not None}]
        found[word] = outcomes(outcome_of(case, case.outcome) for case in mine)
    return found


def with_provider(complaints: list[Given]) -> dict[str, Any]:
    def path(case: Given) -> list[str | None]:
        return [
            f"{point.category} > {point.subcategory}" if point.category and point.subcategory else None
            for point in case.points
            if point.provider is not None
        ]

    named = [case for case in complaints if any(point.provider for point in case.points)]
    found, without = per_case(named, path)
    return {"cases": len(named), "by_subcategory": found, "not_recorded": {"by_subcategory": without}}


def follow_up(complaints: list[Given], as_of: date) -> dict[str, Any]:
    remedies = [remedy for case in complaints for remedy in case.remedies]
    areas = [area for case in complaints for area in case.learning]
    actions = [action for case in complaints for action in case.actions]
    upheld = [case for case in complaints if investigated(case) and case.outcome in ("upheld", "partly upheld")]
    return {
        "remedies": {
            "by_type": tally(remedy.word for remedy in remedies if remedy.word is not None),
            "paid": sum(remedy.pence or 0 for remedy in remedies) / 100,
            "done": kept([remedy for remedy in remedies if remedy.due_on], as_of),
            "not_recorded": {"by_type": sum(1 for remedy in remedies if remedy.word is None)},
        },
        "learning": {
            "cases": sum(1 for case in complaints if case.learning),
            "of_upheld": {"cases": sum(1 for case in upheld if case.learning), "of": len(upheld)},
            "by_area": tally(area for area in areas if area is not None),
            "actions": {
                "due": len(actions),
                "done": sum(1 for action in actions if action.done_on),
                "overdue": sum(1 for a in actions if not a.done_on and a.due_on and a.due_on < as_of),
            },
            "not_recorded": {"by_area": areas.count(None)},
        },
    }


def divided(part: list[Given], whole: list[Given]) -> tuple[dict[str, Any], dict[str, int]]:
    """Every cut of `part`, with the spellings that `whole` has, and how many cases of it have no value."""
    cuts: dict[str, Any] = {}
    without = {}
    for name, values in CUTS.items():
        spelt = {word.casefold(): word for word in per_case(whole, values)[0]}
        found, without[name] = per_case(part, values)
        cuts[name] = {spelt[word.casefold()]: count for word, count in found.items()}
    return cuts, without


def summary(cases: list[Given], profile: Profile, start: date, end: date, as_of: date) -> dict[str, Any]:
    """What ``summary --format json`` has for one reporting year, but the comparison and the reconciliation."""
    cases = [stood(case, as_of) for case in cases]
    real = [case for case in cases if case.status is not Status.VOID]
    received = [case for case in real if start <= case.received_on <= end]
    complaints = [case for case in received if case.kind is Kind.COMPLAINT]
    inquiries = [case for case in complaints if investigated(case)]
    cuts, without = divided(complaints, complaints)
    ended = [case for case in complaints if not investigated(case) and case.status is Status.CLOSED]
    reasons = [case.closing_reason or case.outcome for case in ended]
    refused = [case.not_accepted for case in ended if case.closing_reason == "not accepted"]
    months = [f"{year}-{month:02}" for year, month in _months(start)]
    begun = sum(1 for label in months if date.fromisoformat(f"{label}-01") <= as_of) or 12
    praise = [case for case in received if case.kind is Kind.COMPLIMENT]
    asked = [case for case in received if case.kind is Kind.ENQUIRY]
    praise_team, no_team = per_case(praise, CUTS["by_team"])
    praise_source, no_source = per_case(praise, lambda case: [case.source])
    asked_role, no_role = per_case(asked, CUTS["by_correspondent"])
    groups: dict[str, Any] = {}
    for procedure in profile.procedures:
        keys = [other.key for other in profile.procedures if other.group == procedure.group]
        part = [case for case in complaints if case.procedure in keys]
        if part:
            their_cuts, their_without = divided(part, complaints)
            groups[procedure.group] = {
                "cases": len(part),
                "investigations": sum(1 for case in part if investigated(case)),
                **their_cuts,
                "outcomes": outcomes(outcome_of(case, case.outcome) for case in part if investigated(case)),
                **timeliness(part, profile.response_bands, start),
                "not_recorded": their_without,
            }
    appealed = ombudsman(real, start, end, as_of)
    appealed["decisions"] = decisions(cases, start, end)
    parts = {}
    for part_name in profile.headline:
        family, _, word = part_name.partition(":")
        parts[part_name] = {
            "kind": sum(1 for case in received if case.kind == word),
            "procedure": sum(1 for case in complaints if case.procedure == word),
            "group": groups.get(word, {}).get("cases", 0),
            "ombudsman": appealed["received"],
        }[family]
    regulated = {procedure.key for procedure in profile.procedures if procedure.regulations_2009}
    coded = {
        (procedure.key, version.version)
        for procedure in profile.procedures
        for version in procedure.versions
        if version.law is Law.LGSCO_CODE
    }
    reviews = [case for case in complaints if case.reviewed]
    return {
        "year": {"label": f"{start.year}/{end.year % 100:02}", "start": str(start), "end": str(end)},
        "as_of": str(as_of),
        "profile": profile.key,
        "feedback": {
            "total": len(received),
            "by_kind": tally(str(case.kind) for case in received),
            "by_month": {label: sum(1 for c in received if str(c.received_on)[:7] == label) for label in months},
            "by_quarter": {
                f"Q{number}": sum(1 for c in received if (c.received_on.month + 8) % 12 // 3 + 1 == number)
                for number in (1, 2, 3, 4)
            },
            "monthly_average": one_decimal(Fraction(len(received), begun)),
            "headline": {"count": sum(parts.values()), "of_activity": None, "parts": parts},
            "activities": {},
            "council_wide": {},
        },
        "complaints": {
            "cases": len(complaints),
            "investigations": len(inquiries),
            "not_investigated": tally(str(reason) for reason in reasons if reason),
            "refused": tally(str(why) for why in refused if why),
            "not_yet_investigated": len(complaints) - len(inquiries) - len(ended),
            **cuts,
            "with_provider": with_provider(complaints),
            "not_recorded": {"not_investigated": reasons.count(None), "refused": refused.count(None), **without},
        },
        "acknowledgement": acknowledgement(complaints, as_of),
        "extended": extended(complaints),
        "stage_1": {"all": timeliness(complaints, profile.response_bands, start)}
        | {
            key: timeliness([case for case in complaints if case.procedure == key], profile.response_bands, start)
            for key in {case.procedure for case in complaints if case.procedure is not None}
        },
        "outcomes": {
            "stage_1": outcomes(outcome_of(case, case.outcome) for case in inquiries),
            "stage_2": outcomes(outcome_of(case, case.review_outcome) for case in reviews),
            "reviews": len(reviews),
            "stage_2_refused": sum(1 for case in complaints if case.stage_2_refused_on),
            "by_procedure": outcomes_by(inquiries, CUTS["by_procedure"]),
            "by_team": outcomes_by(inquiries, CUTS["by_team"]),
            "not_recorded": {"by_team": per_case(inquiries, CUTS["by_team"])[1]},
        },
        "groups": groups,
        "ombudsman": appealed,
        **follow_up(complaints, as_of),
        "compliments": {
            "by_team": praise_team,
            "by_source": praise_source,
            "not_recorded": {"by_team": no_team, "by_source": no_source},
        },
        "enquiries": {
            "by_role": asked_role,
            "answered": per_case([case for case in asked if case.responded_on], CUTS["by_correspondent"])[0],
            "not_recorded": {"by_role": no_role},
        },
        "words": {},
        "code": {
            "under_the_code": code(
                [case for case in real if (case.procedure, case.version or "1") in coded], start, end, as_of
            )
            if coded
            else None,
            "all_complaints": code(real, start, end, as_of),
        },
        "regulation_18": {
            "under_the_regulations": reg_18([case for case in real if case.procedure in regulated], start, end, as_of),
            "all_complaints": reg_18(real, start, end, as_of),
        },
    }


def last_found(case: Given) -> Outcome | None:
    """What the review found, where it was answered and decided; else what stage 1 found."""
    reviewed = case.reviewed and case.review_responded_on is not None
    decided = case.review_outcome in ("upheld", "partly upheld", "not upheld")
    return case.review_outcome if reviewed and decided else case.outcome


def reg_18(cases: list[Given], start: date, end: date, as_of: date) -> dict[str, int]:
    received = [case for case in cases if case.kind is Kind.COMPLAINT and start <= case.received_on <= end]
    founded = [case for case in received if investigated(case) and last_found(case) in ("upheld", "partly upheld")]
    return {
        "received": len(received),
        "well_founded": len(founded),
        "ombudsman": ombudsman(cases, start, end, as_of)["received"],
    }


def code(cases: list[Given], start: date, end: date, as_of: date) -> dict[str, Any]:
    received = [case for case in cases if case.kind is Kind.COMPLAINT and start <= case.received_on <= end]
    ended = [case for case in received if not investigated(case) and case.status is Status.CLOSED]
    found = [case for case in received if investigated(case)]
    timely = timeliness(received, (), start)
    reviewed = [case for case in received if case.reviewed]
    due = []
    for case in reviewed:
        live = [limit.original for limit in case.review_limits if not limit.superseded]
        if live and case.review_responded_on:
            due.append(case.review_responded_on <= min(live))
    return {
        "received": len(received),
        "not_accepted": tally(
            str(case.closing_reason)
            for case in ended
            if case.closing_reason in ("not accepted", "signposted", "transferred", "no authority", "court or claim")
        ),
        "acknowledgement": acknowledgement(received, as_of),
        "stage_1": {"within": timely["within_limit"], "of": timely["of_limit"]},
        "extended": timely["within_extended"],
        "well_founded": sum(1 for case in found if case.outcome in ("upheld", "partly upheld")),
        "with_outcome": sum(
            1 for case in found if outcome_of(case, case.outcome) not in ("open", "closed without outcome")
        ),
        "reviews": len(reviewed),
        "stage_2": {"within": sum(due), "of": len(due)},
        "ombudsman": ombudsman(cases, start, end, as_of)["received"],
    }


def _months(start: date) -> list[tuple[int, int]]:
    return [(start.year + (start.month + n - 1) // 12, (start.month + n - 1) % 12 + 1) for n in range(12)]
