"""Computes the figures of a year, quarter or month. Renderers only show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlalchemy.engine import Connection
from sqlmodel import Session

from feedback_tui.enums import Kind, YearSection
from feedback_tui.reports.counting.as_it_stood import as_it_stood
from feedback_tui.reports.counting.code_return import Counted, as_code, under_the_code
from feedback_tui.reports.counting.comparison import compare, compared, earlier, parts_of
from feedback_tui.reports.counting.complaint_topics import About, count_about
from feedback_tui.reports.counting.complaints import (
    Divided,
    Procedures,
    Tallies,
    Tally,
    divide_complaints,
    every,
    tally_complaints,
    tally_stage,
    together,
)
from feedback_tui.reports.counting.counted_cases import LATER_STAGES, STAGES
from feedback_tui.reports.counting.feedback import (
    activity_typed,
    count_feedback,
    count_headline,
    typed_figures,
    words_of,
)
from feedback_tui.reports.counting.ombudsman import count_ombudsman, received_by_procedure
from feedback_tui.reports.counting.redress import (
    count_answered,
    count_compliments,
    count_enquiries,
    count_learning,
    count_remedies,
)
from feedback_tui.reports.counting.timeliness import (
    Responses,
    count_acknowledgements,
    count_extensions,
    count_responses,
)
from feedback_tui.reports.counting.year_texts import words_with_quotes, words_written
from feedback_tui.reports.declarations.declaration import counted_by_query, scopes_of
from feedback_tui.reports.declarations.figure_query import Asked
from feedback_tui.reports.declarations.span_query import Asking
from feedback_tui.reports.declarations.year import YEAR
from feedback_tui.reports.figure_rows import (
    By,
    Complaints,
    Cut,
    Figures,
    Group,
    Improvements,
    Outcomes,
    Return,
    Timeliness,
)
from feedback_tui.rules.months import Span
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.typed_figures import COUNCIL_WIDE
from feedback_tui.storage.audit.event_rows import last_event
from feedback_tui.storage.backend.server_timeouts import long_work

if TYPE_CHECKING:
    from feedback_tui.storage.register import Register

COMPARED_BY = {"team": By.TEAM, "theme": By.THEME, "channel": By.CHANNEL, "procedure": By.PROCEDURE}
"""What the last years are compared by besides their totals."""


@long_work()
def figures_of(register: Register, span: Span, as_of: date) -> Figures:
    """Returns the figures of an open register, read in one transaction. Raises RegisterError, HiddenCases."""
    register.require_all_cases()
    with register.reading() as session:
        number, last = last_event(session)
        return replace(figures(session, register.profile, span, as_of, register.reader), anchor=f"{number}:{last}")


def figures(session: Session, profile: Profile, span: Span, as_of: date, reader: str = "") -> Figures:
    """Returns the figures of what was received in `span`, and of the Ombudsman's decisions made in it.

    The register is counted as it was on `as_of`, the day that also decides what is overdue. The same cases give the
    same figures in any order. All cases are counted, but texts of cases that `reader` may not open are left out.
    """
    connection = session.connection()
    with as_it_stood(connection, as_of):
        return _figures(connection, profile, span, as_of, reader)


def _figures(connection: Connection, profile: Profile, span: Span, as_of: date, reader: str) -> Figures:
    tallies = tally_complaints(connection, span, as_of)
    everything = together(tallies, every)
    about = count_about(connection, span)
    divided = divide_complaints(
        connection,
        span,
        {procedure: tally.cases for procedure, tally in tallies.items()},
        [procedure.key for procedure in profile.procedures],
        about.words,
    )
    responses = {number: count_responses(connection, span, profile.response_bands, number=number) for number in STAGES}
    feedback = count_feedback(connection, span, as_of)
    groups = _groups(profile, tallies, divided, responses[1])
    ombudsman = count_ombudsman(connection, span, as_of, reader)
    approaches = received_by_procedure(connection, span)
    complaints = _complaints(everything, divided, about.provider_subcategories(divided[By.PROVIDER].having))
    later = {number: tally_stage(connection, span, number) for number in LATER_STAGES}
    outcomes = _outcomes(later, everything, tallies, about)
    acknowledged = count_acknowledgements(connection, span, as_of)
    counted = Counted(tallies, responses[1], acknowledged, later[2], responses[2])
    by_stage = {1: _by_procedure(complaints.by[By.PROCEDURE].counts, responses[1])} | {
        number: _by_procedure(
            [procedure.key for procedure in profile.procedures if procedure.key in reached], responses[number]
        )
        for number, reached in later.items()
    }
    stage_1 = by_stage[1]
    learning, followed = count_learning(connection, span, as_of, everything.found_well)
    compliments = count_compliments(connection, span, feedback.by_kind.get(Kind.COMPLIMENT, 0))
    enquiries = count_enquiries(connection, span, feedback.by_kind.get(Kind.ENQUIRY, 0))
    typed = typed_figures(connection, span.label)
    activities, activity = activity_typed(typed)
    found = Figures(
        span=span,
        as_of=as_of,
        profile=profile.key,
        council=profile.name,
        procedures={procedure.key: procedure.name for procedure in profile.procedures},
        feedback=feedback,
        headline=count_headline(
            profile,
            feedback.by_kind,
            complaints.by[By.PROCEDURE].counts,
            {name: group.cases for name, group in groups.items()},
            ombudsman.received,
            activity,
        ),
        activities=activities,
        council_wide=words_of(typed, COUNCIL_WIDE),
        complaints=complaints,
        acknowledgement=acknowledged.of(),
        extended=count_extensions(connection, span),
        responses=by_stage,
        teams=about.answered_by(By.TEAM),
        providers=about.answered_by(By.PROVIDER),
        outcomes=outcomes,
        groups=groups,
        ombudsman=ombudsman,
        remedies=count_remedies(connection, span, as_of),
        learning=learning,
        compliments=compliments,
        enquiries=enquiries,
        enquiries_answered=count_answered(connection, span),
        regulation_18=_return(under_the_regulations(profile), tallies, approaches, divided[By.CATEGORY], followed),
        all_complaints=_return(every, tallies, approaches, divided[By.CATEGORY], followed),
        code=under_the_code(connection, profile, span, as_of, counted),
        all_as_code=as_code(counted, approaches),
        comparison=compare(
            connection,
            profile,
            span,
            as_of,
            compared(
                span.label,
                kinds=feedback.by_kind,
                tally=everything,
                average=stage_1["all"].average_working_days,
                ombudsman=ombudsman.received,
                parts=_parts(profile, complaints, stage_1, tallies, groups),
            ),
        ),
        words=words_with_quotes(connection, span, reader),
        recommended_before=words_written(connection, earlier(span, 1).label).get(YearSection.RECOMMENDATIONS, ()),
    )
    asking = Asking(connection, profile, span, as_of)
    return replace(found, by_query=_by_query(found, asking), scopes=dict(scopes_of(YEAR, found, asking)))


def under_the_regulations(profile: Profile) -> Procedures:
    """Returns the predicate of the procedures under the 2009 Regulations. Cases without a settled procedure are under
    them too, where the council has any such procedure: the Regulations' days run from receipt."""
    keys: set[str | None] = {procedure.key for procedure in profile.procedures if procedure.regulations_2009}
    return (keys | {None} if keys else keys).__contains__


def _return(
    which: Procedures,
    tallies: Tallies,
    approaches: Mapping[str | None, int],
    categories: Divided,
    followed: Mapping[str | None, Improvements],
) -> Return:
    tally = together(tallies, which)
    those = [one for procedure, one in followed.items() if which(procedure)]
    return Return(
        received=tally.cases,
        well_founded=tally.well_founded,
        ombudsman=sum(count for procedure, count in approaches.items() if which(procedure)),
        by_category=categories.cut(which),
        improvements=Improvements(
            sum(one.learning_points for one in those),
            sum(one.actions for one in those),
            sum(one.actions_done for one in those),
        ),
    )


def _by_query(found: Figures, asking: Asking) -> dict[str, int]:
    """Counts the figures that need a query of their own, by key."""

    def count(asked: Asked) -> int:
        return int(asking.connection.execute(asked.select(func.count())).scalar_one())

    return {key: sum(map(count, asked)) for key, asked in counted_by_query(YEAR, found, asking)}


def _parts(
    profile: Profile,
    complaints: Complaints,
    stage_1: Mapping[str, Timeliness],
    tallies: Tallies,
    groups: Mapping[str, Group],
) -> dict[str, dict[str, Decimal]]:
    """Returns this year's parts for the comparison of years."""
    cuts = {family: complaints.by[by].counts for family, by in COMPARED_BY.items()}
    averages: dict[str | None, Decimal] = {
        key: timely.average_working_days for key, timely in stage_1.items() if timely.average_working_days is not None
    }
    of_groups = {
        name: found for name, group in groups.items() if (found := group.stage_1.average_working_days) is not None
    }
    return parts_of(profile, cuts, averages, tallies, of_groups)


def _complaints(everything: Tally, divided: dict[By, Divided], provider_subcategories: Cut) -> Complaints:
    return Complaints(
        cases=everything.cases,
        investigations=everything.investigations,
        not_investigated=everything.closed_uninvestigated(),
        refused=everything.refusals(),
        not_yet_investigated=everything.not_yet_investigated,
        reopened=everything.reopened,
        answered_since=everything.answered_since,
        by={by: cases.cut() for by, cases in divided.items()},
        provider_subcategories=provider_subcategories,
    )


def _outcomes(
    later: Mapping[int, Mapping[str | None, Counter[str]]], everything: Tally, tallies: Tallies, about: About
) -> Outcomes:
    stages = {1: everything}
    for number, reached in later.items():
        total: Counter[str] = sum(reached.values(), Counter())
        stages[number] = Tally(investigations=total.total(), outcomes=total)
    by_procedure = {
        key: tally.outcome_counts()
        for key, tally in sorted(tallies.items(), key=lambda item: item[0] or "")
        if key is not None and tally.investigations
    }
    (teams, with_team), (providers, with_provider) = about.outcomes_by(By.TEAM), about.outcomes_by(By.PROVIDER)
    return Outcomes(
        stages={number: tally.outcome_counts() for number, tally in stages.items()},
        reached={number: tally.investigations for number, tally in stages.items()},
        stage_2_refused=everything.next_stage_refused,
        by_procedure=by_procedure,
        by_team=teams,
        without_team=everything.investigations - with_team,
        by_provider=providers,
        without_provider=everything.investigations - with_provider,
    )


def _by_procedure(procedures: Iterable[str], responses: Responses) -> dict[str, Timeliness]:
    """Returns the timeliness of ``all``, then of each of these procedures."""
    return {"all": responses.timeliness()} | {key: responses.timeliness({key}.__contains__) for key in procedures}


def _groups(profile: Profile, tallies: Tallies, divided: dict[By, Divided], responses: Responses) -> dict[str, Group]:
    """Returns each group of procedures with cases, in the order of the profile."""
    members: dict[str, set[str | None]] = {}
    for procedure in profile.procedures:
        members.setdefault(procedure.group, set()).add(procedure.key)
    groups = {}
    for name, keys in members.items():
        tally = together(tallies, keys.__contains__)
        if tally.cases:
            groups[name] = Group(
                cases=tally.cases,
                investigations=tally.investigations,
                by={by: cases.cut(keys.__contains__) for by, cases in divided.items()},
                outcomes=tally.outcome_counts(),
                stage_1=responses.timeliness(keys.__contains__),
            )
    return groups
