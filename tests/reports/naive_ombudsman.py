"""The Ombudsman, redress, learning and actions, in plain loops over the cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from feedback_tui.enums import OmbudsmanDecision, Status
from tests.reports.building import Agreed, Approach, Given
from tests.reports.naive_counts import (
    investigated,
    kept,
    tally,
)

TURNED_AWAY = {
    OmbudsmanDecision.NOT_ACCEPTED,
    OmbudsmanDecision.REFERRED_BACK,
    OmbudsmanDecision.CLOSED_AFTER_INITIAL_ENQUIRIES,
    OmbudsmanDecision.INCOMPLETE_OR_INVALID,
    OmbudsmanDecision.ADVICE_GIVEN,
}


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
