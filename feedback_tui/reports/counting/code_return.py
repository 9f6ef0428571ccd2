"""Counts what the Ombudsman's Complaint Handling Code asks an annual report for (part 8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from feedback_tui.enums import ClosingReason, Law
from feedback_tui.reports.counting.complaints import Procedures, Tallies, every, tally_complaints, tally_stage, together
from feedback_tui.reports.counting.counted_cases import under_versions
from feedback_tui.reports.counting.ombudsman import received_by_procedure
from feedback_tui.reports.counting.timeliness import InTime, Responses, count_acknowledgements, count_responses
from feedback_tui.reports.figure_rows import CLOSED_WITHOUT_OUTCOME, OPEN, CodeReturn
from feedback_tui.rules.months import Span
from feedback_tui.rules.procedures import Profile

REFUSED = (
    ClosingReason.NOT_ACCEPTED,
    ClosingReason.SIGNPOSTED,
    ClosingReason.TRANSFERRED,
    ClosingReason.NO_AUTHORITY,
    ClosingReason.COURT_OR_CLAIM,
)
"""Closing reasons for complaints that the council would not or could not take up."""


@dataclass(frozen=True)
class Counted:
    """The counts of some complaint cases, by procedure, that the Code's figures are read from."""

    tallies: Tallies
    responses: Responses
    acknowledged: InTime
    reviews: Mapping[str | None, Counter[str]]
    """The cases that came to Stage 2."""
    reviewed: Responses


def under_the_code(
    connection: Connection, profile: Profile, span: Span, as_of: date, everything: Counted
) -> CodeReturn | None:
    """Returns the figures of the complaints under versions of procedures that are under the Code; None if the council
    has none. `everything` counts all complaint cases: where all cases of a procedure are under versions that are, or
    none is, they are read from it."""
    versions = profile.under(Law.LGSCO_CODE)
    if not versions:
        return None
    approaches = received_by_procedure(connection, span, under_versions(versions))
    coded, mixed = set[str | None](), False
    for procedure, tally in everything.tallies.items():
        under = sum(count for version, count in tally.versions.items() if (procedure, version) in versions)
        mixed |= 0 < under < tally.cases
        if under:
            coded.add(procedure)
    if not mixed:
        return as_code(everything, approaches, coded.__contains__)
    also = under_versions(versions)
    counted = Counted(
        tally_complaints(connection, span, as_of, also),
        count_responses(connection, span, profile.response_bands, also),
        count_acknowledgements(connection, span, as_of, also),
        tally_stage(connection, span, 2, also),
        count_responses(connection, span, profile.response_bands, also, number=2),
    )
    return as_code(counted, approaches)


def as_code(counted: Counted, approaches: Mapping[str | None, int], which: Procedures = every) -> CodeReturn:
    """Returns the figures of the complaints under the selected procedures. `approaches` to the Ombudsman are those of
    these complaints alone."""
    tally = together(counted.tallies, which)
    return CodeReturn(
        received=tally.cases,
        not_accepted={why: count for why, count in tally.reasons().items() if why in REFUSED},
        acknowledgement=counted.acknowledged.of(which),
        stage_1=counted.responses.by_limit(which),
        extended=counted.responses.as_extended(which),
        well_founded=tally.found_well,
        findings=tally.findings,
        with_outcome=tally.investigations - tally.outcomes[OPEN] - tally.outcomes[CLOSED_WITHOUT_OUTCOME],
        reviews=sum(counts.total() for procedure, counts in counted.reviews.items() if which(procedure)),
        stage_2=counted.reviewed.by_limit(which),
        ombudsman=sum(approaches.values()),
    )
