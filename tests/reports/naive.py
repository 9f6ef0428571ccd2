"""The summary worked out a second time, by hand as it were: plain loops over the cases, one question at a time.

Nothing here is shared with the reports. It knows what the outer interface says of each figure, and no SQL.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from feedback_tui.enums import Kind, Law, Outcome, Status
from feedback_tui.rules.procedures import Profile
from tests.reports.building import Given
from tests.reports.naive_counts import (
    CUTS,
    Values,
    acknowledgement,
    investigated,
    mean,
    months_from,
    one_decimal,
    outcome_of,
    outcomes,
    per_case,
    quarters,
    tally,
    timeliness,
)
from tests.reports.naive_ombudsman import decisions, follow_up, ombudsman
from tests.reports.naive_past import stood


def extended(complaints: list[Given]) -> dict[str, Any]:
    put_off = [case for case in complaints if case.extended]
    told = sum(1 for case in put_off if case.told_on and case.told_on <= case.received_on)
    return {"cases": len(put_off), "told": {"within": told, "of": len(put_off)}}


def under_each(part: list[Given], whole: list[Given], values: Values) -> dict[str, list[Given]]:
    """The cases of `part` under each of their words, as these are spelt in `whole`."""
    found = {}
    for word in per_case(whole, values)[0]:
        mine = [c for c in part if word.casefold() in {v.casefold() for v in values(c) if v is not None}]
        if mine:
            found[word] = mine
    return found


def outcomes_by(inquiries: list[Given], complaints: list[Given], values: Values) -> dict[str, dict[str, int]]:
    return {
        word: outcomes(outcome_of(case, case.outcome) for case in mine)
        for word, mine in under_each(inquiries, complaints, values).items()
    }


def answered_by(complaints: list[Given], values: Values) -> dict[str, dict[str, Any]]:
    answered = [case for case in complaints if case.responded_on is not None]
    found = {}
    for word, mine in under_each(answered, complaints, values).items():
        days = [case.working_days for case in mine if case.working_days is not None]
        found[word] = {"responded": len(mine), "with_days": len(days), "average_working_days": mean(days)}
    return found


def stage_2(complaints: list[Given], bands: tuple[int, ...], months: list[str]) -> dict[str, Any]:
    """The reviews as the first responses are counted, but for months and quarters."""
    reviewed = [
        case.but(
            responded_on=case.review_responded_on,
            working_days=case.review_working_days,
            targets=case.review_targets,
            limits=case.review_limits,
            extended=False,
        )
        for case in complaints
        if case.reviewed
    ]
    names: list[str | None] = ["all", *{case.procedure for case in reviewed if case.procedure is not None}]
    found = {}
    for name in names:
        mine = [case for case in reviewed if name in ("all", case.procedure)]
        all_of_it = timeliness(mine, bands, months)
        found[str(name)] = {key: one for key, one in all_of_it.items() if key not in ("by_month", "by_quarter")}
    return found


def reopened(case: Given) -> bool:
    return any(not one.undone for one in case.reopenings) or case.reopened_on is not None or answered_again(case)


def answered_again(case: Given) -> bool:
    return case.answered_again_on is not None or (case.reviewed and case.review_answered_again_on is not None)


def answered_since(case: Given) -> bool:
    answers = [case.responded_on, case.review_responded_on if case.reviewed else None]
    after = any(
        answer is not None and answer >= one.on for answer in answers for one in case.reopenings if not one.undone
    )
    return answered_again(case) or (case.reopened_on is None and after)


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


def divided(part: list[Given], whole: list[Given]) -> tuple[dict[str, Any], dict[str, int]]:
    """Every cut of `part`, with the spellings that `whole` has, and how many cases of it have no value."""
    cuts: dict[str, Any] = {}
    without = {}
    for name, values in CUTS.items():
        spelt = {word.casefold(): word for word in per_case(whole, values)[0]}
        found, without[name] = per_case(part, values)
        cuts[name] = {spelt[word.casefold()]: count for word, count in found.items()}
    return cuts, without


def summary(
    cases: list[Given], profile: Profile, start: date, end: date, as_of: date, label: str = ""
) -> dict[str, Any]:
    """What ``summary --format json`` has for a span, but the comparison and the reconciliation.

    Without a `label` the span is a reporting year.
    """
    cases = [stood(case, as_of) for case in cases]
    real = [case for case in cases if case.status is not Status.VOID]
    received = [case for case in real if start <= case.received_on <= end]
    complaints = [case for case in received if case.kind is Kind.COMPLAINT]
    inquiries = [case for case in complaints if investigated(case)]
    cuts, without = divided(complaints, complaints)
    ended = [case for case in complaints if not investigated(case) and case.status is Status.CLOSED]
    reasons = [case.closing_reason or case.outcome for case in ended]
    refused = [case.not_accepted for case in ended if case.closing_reason == "not accepted"]
    months = months_from(start, end)
    begun = sum(1 for label in months if date.fromisoformat(f"{label}-01") <= as_of) or len(months)
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
                **timeliness(part, profile.response_bands, months),
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
    regulated: set[str | None] = {procedure.key for procedure in profile.procedures if procedure.regulations_2009}
    if regulated:
        regulated.add(None)
    coded = {
        (procedure.key, version.version)
        for procedure in profile.procedures
        for version in procedure.versions
        if version.law is Law.LGSCO_CODE
    }
    reviews = [case for case in complaints if case.reviewed]
    return {
        "year": {"label": label or f"{start.year}/{end.year % 100:02}", "start": str(start), "end": str(end)},
        "as_of": str(as_of),
        "profile": profile.key,
        "feedback": {
            "total": len(received),
            "by_kind": tally(str(case.kind) for case in received),
            "by_month": {label: sum(1 for c in received if str(c.received_on)[:7] == label) for label in months},
            "by_quarter": {
                label: sum(1 for c in received if f"Q{(c.received_on.month + 8) % 12 // 3 + 1}" == label)
                for label in quarters(months)
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
            "reopened": sum(1 for case in complaints if reopened(case)),
            "answered_since": sum(1 for case in complaints if answered_since(case)),
            **cuts,
            "with_provider": with_provider(complaints),
            "not_recorded": {"not_investigated": reasons.count(None), "refused": refused.count(None), **without},
        },
        "acknowledgement": acknowledgement(complaints, as_of),
        "extended": extended(complaints),
        "stage_1": {"all": timeliness(complaints, profile.response_bands, months)}
        | {
            key: timeliness([case for case in complaints if case.procedure == key], profile.response_bands, months)
            for key in {case.procedure for case in complaints if case.procedure is not None}
        },
        "stage_2": stage_2(complaints, profile.response_bands, months),
        "teams": answered_by(complaints, CUTS["by_team"]),
        "providers": answered_by(complaints, CUTS["by_provider"]),
        "outcomes": {
            "stage_1": outcomes(outcome_of(case, case.outcome) for case in inquiries),
            "stage_2": outcomes(outcome_of(case, case.review_outcome) for case in reviews),
            "reviews": len(reviews),
            "stage_2_refused": sum(1 for case in complaints if case.stage_2_refused_on),
            "by_procedure": outcomes_by(inquiries, complaints, CUTS["by_procedure"]),
            "by_team": outcomes_by(inquiries, complaints, CUTS["by_team"]),
            "by_provider": outcomes_by(inquiries, complaints, CUTS["by_provider"]),
            "not_recorded": {name: per_case(inquiries, CUTS[name])[1] for name in ("by_team", "by_provider")},
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
            "under_the_regulations": reg_18(
                [case for case in real if case.procedure in regulated], complaints, start, end, as_of
            ),
            "all_complaints": reg_18(real, complaints, start, end, as_of),
        },
    }


def last_found(case: Given) -> Outcome | None:
    """What the review found, where it was answered and decided; else what stage 1 found."""
    reviewed = case.reviewed and case.review_responded_on is not None
    decided = case.review_outcome in ("upheld", "partly upheld", "not upheld")
    return case.review_outcome if reviewed and decided else case.outcome


def reg_18(cases: list[Given], complaints: list[Given], start: date, end: date, as_of: date) -> dict[str, Any]:
    received = [case for case in cases if case.kind is Kind.COMPLAINT and start <= case.received_on <= end]
    founded = [case for case in received if investigated(case) and last_found(case) in ("upheld", "partly upheld")]
    return {
        "received": len(received),
        "well_founded": len(founded),
        "ombudsman": ombudsman(cases, start, end, as_of)["received"],
        "by_category": {
            word: len(mine) for word, mine in under_each(received, complaints, CUTS["by_category"]).items()
        },
        "learning_points": sum(len(case.learning) for case in received),
        "actions": sum(len(case.actions) for case in received),
        "actions_done": sum(1 for case in received for action in case.actions if action.done_on),
        "not_recorded": {"by_category": per_case(received, CUTS["by_category"])[1]},
    }


def code(cases: list[Given], start: date, end: date, as_of: date) -> dict[str, Any]:
    received = [case for case in cases if case.kind is Kind.COMPLAINT and start <= case.received_on <= end]
    ended = [case for case in received if not investigated(case) and case.status is Status.CLOSED]
    found = [case for case in received if investigated(case)]
    timely = timeliness(received, (), months_from(start, end))
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
        "findings": sum(1 for case in found if case.outcome in ("upheld", "partly upheld", "not upheld")),
        "with_outcome": sum(
            1 for case in found if outcome_of(case, case.outcome) not in ("open", "closed without outcome")
        ),
        "reviews": len(reviewed),
        "stage_2": {"within": sum(due), "of": len(due)},
        "ombudsman": ombudsman(cases, start, end, as_of)["received"],
    }
