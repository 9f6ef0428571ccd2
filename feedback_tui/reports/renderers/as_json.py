"""The figures as JSON: the keys of the outer interface, counts first. A key of a count is a word of the register."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from feedback_tui.reports.figure_rows import (
    By,
    CodeReturn,
    Complaints,
    Cut,
    DaysTaken,
    Figures,
    Group,
    Return,
    Timeliness,
    Within,
)

Json = dict[str, object]


def as_json(figures: Figures) -> str:
    """The document as text. Only ASCII stands in it, so that it is the same on any terminal and acts on none."""
    return json.dumps(document(figures), indent=2)


def document(figures: Figures) -> Json:
    """The document that ``summary --format json`` prints."""
    feedback, ombudsman, learning, outcomes = figures.feedback, figures.ombudsman, figures.learning, figures.outcomes
    return {
        "year": {
            "label": figures.span.label,
            "start": figures.span.start.isoformat(),
            "end": figures.span.end.isoformat(),
        },
        "as_of": figures.as_of.isoformat(),
        "profile": figures.profile,
        "feedback": {
            "total": feedback.total,
            "by_kind": dict(feedback.by_kind),
            "by_month": dict(feedback.by_month),
            "by_quarter": dict(feedback.by_quarter),
            "monthly_average": _number(feedback.monthly_average),
            "headline": {
                "count": figures.headline.count,
                "of_activity": _number(figures.headline.of_activity),
                "parts": dict(figures.headline.parts),
            },
            "activities": {name: _number(value) for name, value in figures.activities.items()},
        },
        "complaints": _complaints(figures.complaints),
        "acknowledgement": _within(figures.acknowledgement),
        "extended": {"cases": figures.extended.cases, "told": _within(figures.extended.told)},
        "stage_1": {procedure: _timeliness(timeliness) for procedure, timeliness in figures.stage_1.items()},
        "outcomes": {
            "stage_1": dict(outcomes.stage_1),
            "stage_2": dict(outcomes.stage_2),
            "reviews": outcomes.reviews,
            "by_procedure": {key: dict(counts) for key, counts in outcomes.by_procedure.items()},
            "by_team": {team: dict(counts) for team, counts in outcomes.by_team.items()},
            "not_recorded": {"by_team": outcomes.without_team},
        },
        "groups": {name: _group(group) for name, group in figures.groups.items()},
        "ombudsman": {
            "received": ombudsman.received,
            "not_accepted": ombudsman.not_accepted,
            "investigated": ombudsman.investigated,
            "awaiting": ombudsman.awaiting,
            "decided": dict(ombudsman.decided),
            "upheld": ombudsman.upheld,
            "upheld_of": ombudsman.upheld_or_not,
            "replies": _within(ombudsman.replies),
            "compliance": _within(ombudsman.compliance),
            "decisions": [
                {"complaint": one.complaint, "decision": one.decision, "agreed": one.agreed}
                for one in ombudsman.decisions
            ],
        },
        "remedies": {
            "by_type": dict(figures.remedies.by_type),
            "paid": figures.remedies.paid_pence / 100,
            "done": _within(figures.remedies.done),
            "not_recorded": {"by_type": figures.remedies.without_type},
        },
        "learning": {
            "cases": learning.cases,
            "of_upheld": {"cases": learning.upheld_cases, "of": learning.upheld},
            "by_area": dict(learning.by_area),
            "actions": {
                "due": learning.actions.due,
                "done": learning.actions.done,
                "overdue": learning.actions.overdue,
            },
            "not_recorded": {"by_area": learning.without_area},
        },
        "compliments": {
            **{by: dict(cut.counts) for by, cut in figures.compliments.items()},
            "not_recorded": {by: cut.without for by, cut in figures.compliments.items()},
        },
        "enquiries": {
            "by_role": dict(figures.enquiries.counts),
            "answered": dict(figures.enquiries_answered),
            "not_recorded": {"by_role": figures.enquiries.without},
        },
        "regulation_18": {
            "under_the_regulations": _return(figures.regulation_18),
            "all_complaints": _return(figures.all_complaints),
        },
        "code": {
            "under_the_code": _code(figures.code) if figures.code else None,
            "all_complaints": _code(figures.all_as_code),
        },
        "comparison": [
            {
                "label": year.label,
                "feedback": _number(year.feedback),
                "compliments": _number(year.compliments),
                "complaints": _number(year.complaints),
                "investigations": _number(year.investigations),
                "average_working_days": _number(year.average_working_days),
                "upheld": _number(year.upheld),
                "upheld_of": _number(year.upheld_of),
                "upheld_percent": _number(year.upheld_percent),
                "ombudsman": _number(year.ombudsman),
                "typed": year.typed,
                "parts": {
                    family: {word: _number(value) for word, value in words.items()}
                    for family, words in year.parts.items()
                },
            }
            for year in figures.comparison
        ],
        "words": {section.value: list(texts) for section, texts in figures.words.items()},
        "reconciliation": [
            {"table": row.table, "total": row.total, "base": row.base, "explained_by": row.explained_by}
            for row in figures.reconciliation
        ],
    }


def _complaints(complaints: Complaints) -> Json:
    return {
        "cases": complaints.cases,
        "investigations": complaints.investigations,
        "not_investigated": dict(complaints.not_investigated),
        "refused": dict(complaints.refused.counts),
        "not_yet_investigated": complaints.not_yet_investigated,
        **_cuts(complaints.by),
        "with_provider": {
            "cases": complaints.provider_subcategories.base,
            "by_subcategory": dict(complaints.provider_subcategories.counts),
            "not_recorded": {"by_subcategory": complaints.provider_subcategories.without},
        },
        "not_recorded": {
            "not_investigated": complaints.not_investigated_unexplained,
            "refused": complaints.refused.without,
            **{by.value: cut.without for by, cut in complaints.by.items()},
        },
    }


def _group(group: Group) -> Json:
    timeliness = _timeliness(group.stage_1)
    return {
        "cases": group.cases,
        "investigations": group.investigations,
        **_cuts(group.by),
        "outcomes": dict(group.outcomes),
        **timeliness,
        "not_recorded": {by.value: cut.without for by, cut in group.by.items()},
    }


def _cuts(cuts: Mapping[By, Cut]) -> Json:
    return {by.value: dict(cut.counts) for by, cut in cuts.items()}


def _timeliness(timeliness: Timeliness) -> Json:
    return {
        "responded": timeliness.responded,
        "average_working_days": _number(timeliness.average_working_days),
        "within_target": timeliness.within_target,
        "of_target": timeliness.of_target,
        "within_limit": timeliness.within_limit,
        "of_limit": timeliness.of_limit,
        "within_extended": timeliness.within_extended,
        "bands": dict(timeliness.bands),
        "working_days": _days(timeliness.days),
        "by_month": {label: _days(days) for label, days in timeliness.by_month.items()},
        "by_quarter": {label: _days(days) for label, days in timeliness.by_quarter.items()},
    }


def _days(days: DaysTaken) -> Json:
    return {
        "n": days.n,
        "average": _number(days.average),
        "lowest": days.lowest,
        "lower_quartile": _number(days.lower_quartile),
        "median": _number(days.median),
        "upper_quartile": _number(days.upper_quartile),
        "highest": days.highest,
    }


def _within(within: Within) -> Json:
    return {"within": within.within, "of": within.of}


def _return(counted: Return) -> Json:
    return {
        "received": counted.received,
        "well_founded": counted.well_founded,
        "ombudsman": counted.ombudsman,
    }


def _code(counted: CodeReturn) -> Json:
    return {
        "received": counted.received,
        "not_accepted": dict(counted.not_accepted),
        "acknowledgement": _within(counted.acknowledgement),
        "stage_1": _within(counted.stage_1),
        "extended": counted.extended,
        "well_founded": counted.well_founded,
        "with_outcome": counted.with_outcome,
        "reviews": counted.reviews,
        "stage_2": _within(counted.stage_2),
        "ombudsman": counted.ombudsman,
    }


def _number(value: Decimal | None) -> float | int | None:
    """A figure as JSON has it: whole where it was counted or typed whole, else with its decimals."""
    if value is None:
        return None
    return int(value) if value.as_tuple().exponent == 0 else float(value)
