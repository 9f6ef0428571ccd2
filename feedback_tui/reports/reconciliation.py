"""Every table's total against its base, and what explains a difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from feedback_tui.reports.figure_rows import (
    By,
    Complaints,
    Counts,
    Cut,
    Feedback,
    Group,
    Learning,
    Ombudsman,
    Outcomes,
    Reconciled,
    Timeliness,
)

VALUES = {
    By.PROCEDURE: "procedure",
    By.TEAM: "team",
    By.PROVIDER: "provider",
    By.CATEGORY: "category",
    By.SUBCATEGORY: "sub-category",
    By.THEME: "theme",
    By.CHANNEL: "channel",
    By.CORRESPONDENT: "complainant's role",
}
"""What one value of a cut is called in a sentence."""


def reconcile(
    feedback: Feedback,
    complaints: Complaints,
    stage_1: Timeliness,
    outcomes: Outcomes,
    groups: Mapping[str, Group],
    ombudsman: Ombudsman,
    learning: Learning,
    compliments: Mapping[str, Cut],
    enquiries: Cut,
) -> Iterator[Reconciled]:
    """A row for each table, in the order of the report."""
    yield from _feedback(feedback)
    yield from _complaints(complaints)
    yield from _stage_1(outcomes, stage_1, complaints.investigations)
    yield from _groups(groups, complaints.cases)
    yield _ombudsman(ombudsman)
    yield _learning(learning)
    yield reconcile_cut("compliments.by_team", compliments["by_team"], "team")
    yield reconcile_cut("compliments.by_source", compliments["by_source"], "source")
    yield reconcile_cut("enquiries.by_role", enquiries, "role")


def _feedback(feedback: Feedback) -> Iterator[Reconciled]:
    """Kinds, months and quarters against everything received."""
    for name, counts in (
        ("by_kind", feedback.by_kind),
        ("by_month", feedback.by_month),
        ("by_quarter", feedback.by_quarter),
    ):
        yield _plain(f"feedback.{name}", counts, feedback.total)


def _complaints(complaints: Complaints) -> Iterator[Reconciled]:
    """Each cut against the complaint cases; investigations against cases."""
    for by, cut in complaints.by.items():
        yield reconcile_cut(f"complaints.{by}", cut, VALUES[by])
    providers = complaints.provider_subcategories
    yield reconcile_cut("complaints.with_provider.by_subcategory", providers, VALUES[By.SUBCATEGORY])
    closed = complaints.not_investigated
    not_investigated = [f"{reason} {count}" for reason, count in closed.counts.items()]
    if closed.without:
        not_investigated.append(f"no reason recorded {closed.without}")
    explained = (
        [f"{closed.base} closed without an investigation ({', '.join(not_investigated)})"] if closed.base else []
    )
    if complaints.not_yet_investigated:
        explained.append(f"{complaints.not_yet_investigated} open and not yet investigated")
    yield reconcile_cut("complaints.refused", complaints.refused, "reason for not accepting it")
    yield Reconciled("complaints.investigations", complaints.investigations, complaints.cases, "; ".join(explained))


def _stage_1(outcomes: Outcomes, stage_1: Timeliness, investigations: int) -> Iterator[Reconciled]:
    """Outcomes against investigations and reviews, responses against investigations, bands against responses."""
    yield _plain("outcomes.stage_1", outcomes.stage_1, investigations)
    yield _plain("outcomes.stage_2", outcomes.stage_2, outcomes.reviews)
    by_procedure = {key: sum(counts.values()) for key, counts in outcomes.by_procedure.items()}
    unsettled = investigations - sum(by_procedure.values())
    yield _plain("outcomes.by_procedure", by_procedure, investigations, f"{unsettled} under no procedure")
    by_team = {team: sum(counts.values()) for team, counts in outcomes.by_team.items()}
    yield reconcile_cut("outcomes.by_team", Cut(by_team, investigations, outcomes.without_team), "team")
    unanswered = investigations - stage_1.responded
    explained = f"{unanswered} investigated, no response sent" if unanswered else ""
    yield Reconciled("stage_1.responded", stage_1.responded, investigations, explained)
    unknown = stage_1.responded - sum(stage_1.bands.values())
    yield _plain("stage_1.bands", stage_1.bands, stage_1.responded, f"{unknown} with no working days on record")


def _groups(groups: Mapping[str, Group], cases: int) -> Iterator[Reconciled]:
    """The groups of procedures together against all complaint cases."""
    counts = {name: group.cases for name, group in groups.items()}
    left = cases - sum(counts.values())
    yield _plain("groups", counts, cases, f"{left} under no procedure of the profile")


def _ombudsman(ombudsman: Ombudsman) -> Reconciled:
    """Not accepted and investigated against received."""
    total = ombudsman.not_accepted + ombudsman.investigated
    return Reconciled("ombudsman.received", total, ombudsman.received, "")


def _learning(learning: Learning) -> Reconciled:
    """Points of learning against the cases that have any."""
    areas, total = learning.by_area, learning.by_area.total
    explained = []
    if more := areas.base - learning.cases:
        explained.append(f"{more} further points of cases that have several")
    if areas.without:
        explained.append(f"{areas.without} with no area recorded")
    return Reconciled("learning.by_area", total, learning.cases, "; ".join(explained))


def reconcile_cut(table: str, cut: Cut, value: str) -> Reconciled:
    """A cut against its cases: those without a value, and those counted again under a second one."""
    explained = []
    if cut.without:
        explained.append(f"{_cases(cut.without)} with no {value} recorded")
    if cut.repeated:
        explained.append(f"{cut.repeated} counted again: cases with more than one {value}")
    return Reconciled(table, cut.total, cut.base, "; ".join(explained))


def _plain(table: str, counts: Counts, base: int, otherwise: str = "") -> Reconciled:
    total = sum(counts.values())
    return Reconciled(table, total, base, otherwise if total != base else "")


def _cases(count: int) -> str:
    return f"{count} case" if count == 1 else f"{count} cases"
