"""Describes a council's profile in words: its procedures, versions and limits, each figure with its source."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from feedback_tui.enums import DEADLINE_LABELS, Law, Unit
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.deadlines import limits_of
from feedback_tui.rules.limits import Allowance, Limit
from feedback_tui.rules.ombudsmen import Ombudsman
from feedback_tui.rules.procedures import Procedure, Profile, Version, Vocabulary
from feedback_tui.rules.profile_changes import kept, yes_or_no
from feedback_tui.rules.profile_values import listed
from feedback_tui.rules.sources import how_checked
from feedback_tui.rules.stage_rules import StageRules
from feedback_tui.text import one_line

WIDTH = 80
LABEL = 26
"""The width of the column with the deadline's name, left of a limit."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


def profile_lines(profile: Profile, width: int = WIDTH) -> list[str]:
    """Returns the profile as lines, at most `width` columns wide; a line that starts in the first column is a
    heading."""
    usual = profile.usual
    closures = [f"{long_date(day)} ({why})" for day, why in sorted(profile.closures.items())]
    found = textwrap.wrap(f"{profile.name} ({profile.key})", width)
    found += _indented(
        f"Source: {profile.source}",
        f"References: {profile.reference.format(year=26, number=1)}",
        f"Response-time bands, working days: {', '.join(_bands(profile.response_bands))}",
        f"Headline count: {', '.join(profile.headline) or 'none'}",
        f"A new case starts as: {usual.kind}, by {usual.channel}, {usual.procedure}",
        f"Consent that was asked for is due back: {_consent(usual.consent_days)}",
        f"Bank holidays of: {profile.calendar.label}",
        f"Closure days: {', '.join(closures) or 'none'}",
        f"Words of a closed case are kept: {kept(profile.retention)}",
        f"Who opened a case is recorded: {yes_or_no(profile.record_views)}",
        width=width,
    )
    for procedure in profile.procedures:
        found += ["", *_procedure(procedure, width)]
    for ombudsman in profile.ombudsmen:
        found += ["", *_ombudsman(ombudsman, profile, width)]
    found += ["", "Letters", *_indented(*_letters(profile), width=width)]
    offered = [f"{name}: {'; '.join(words)}" for name, words in _words(profile.vocabulary) if words]
    return [*found, "", "Words offered (others may be typed)", *_indented(*offered, width=width)]


def _letters(profile: Profile) -> Iterator[str]:
    council = profile.council
    reached = {"Address": council.address, "Telephone": council.telephone, "Email": council.email}
    for name, words in (reached | {"Signed by": council.signatory}).items():
        yield f"{name}: {words or 'not stated: shown as missing before a letter goes'}"
    own = {letter.key.casefold() for letter in profile.own_letters}
    yield "; ".join(f"{row.key}{' (its own)' if row.key.casefold() in own else ''}" for row in profile.letters)


def _ombudsman(ombudsman: Ombudsman, profile: Profile, width: int) -> Iterator[str]:
    own = ombudsman.key.casefold() in (each.key.casefold() for each in profile.own_ombudsmen)
    yield from textwrap.wrap(f"{ombudsman.name} ({ombudsman.key}){', its own' if own else ''}", width)
    at = ombudsman.reached
    decisions = "; ".join(f"{word.name} (counts as {word.counts_as})" for word in ombudsman.decisions.words)
    ways = {"website": at.website, "telephone": at.telephone, "hours": at.hours, "email": at.email, "post": at.post}
    reached = "; ".join(f"{name} {words or 'not stated'}" for name, words in ways.items())
    days = {"reply to an enquiry": ombudsman.reply, "comments on a draft decision": ombudsman.comments}
    yield from _indented(
        f"Looks at {ombudsman.looks_at}",
        f"Reached: {reached} [{at.cited}]",
        f"Time to complain: {ombudsman.time.months} months from {ombudsman.time.counts_from} [{ombudsman.time.cited}]",
        *(
            f"Days for the {what}: {stated.days or 'not stated, their letter names the date'} [{stated.cited}]"
            for what, stated in days.items()
        ),
        "Text for final letters: none of its own"
        if ombudsman.final_letter is None
        else f"Text for final letters: {one_line(ombudsman.final_letter.text, 60)} … [{ombudsman.final_letter.cited}]",
        f"Decisions: {decisions} [{ombudsman.decisions.cited}]",
        width=width,
    )


def _consent(days: int | None) -> str:
    return "the officer sets the date" if days is None else f"after {days} working days"


def _words(vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Teams", vocabulary.teams
    yield "Providers", vocabulary.providers
    yield "Categories", tuple(f"{top} > {', '.join(sub)}" if sub else top for top, sub in vocabulary.categories.items())
    yield "Themes", vocabulary.themes
    yield "Channels", vocabulary.channels
    yield "Learning areas", vocabulary.learning_areas
    yield "Redress", vocabulary.remedies
    yield "Compliment sources", vocabulary.compliment_sources
    yield "Investigators", vocabulary.investigators


def _procedure(procedure: Procedure, width: int) -> Iterator[str]:
    yield from textwrap.wrap(f"{procedure.name} ({procedure.key})", width)
    facts = [f"Counted in the reports under: {procedure.group}"]
    if procedure.regulations_2009:
        facts.append("Under the 2009 Regulations: one stage, six months at the outside")
    if procedure.names_provider:
        facts.append("The provider it is about is named")
    if procedure.ombudsman is not None:
        facts.append(f"Its complaints usually go to the Ombudsman {procedure.ombudsman}")
    if not procedure.adult_social_care:
        facts.append("Not for adult social care")
    yield from _indented(*facts, width=width)
    for version in procedure.versions:
        yield from _version(version, procedure, width)


def _version(version: Version, procedure: Procedure, width: int) -> Iterator[str]:
    stages = "one stage" if version.stages == 1 else f"{_NUMBERS[version.stages]} stages"
    since = long_date(version.in_force_from)
    under = "" if version.law in (Law.NONE, Law.REGULATIONS_2009) else f", under {version.law.label}"
    yield from _indented(
        f"Version {version.version}, in force from {since}: {stages}, then {version.then}{under}", width=width
    )
    for limit in limits_of(version, regulations_2009=procedure.regulations_2009):
        yield from _limit(limit, width)
    for stage in version.tables:
        yield from _indented(
            "; ".join([f"{stage.words}: entered by {stage.entered}", *_of_the_stage(stage)]), width=width, indent=4
        )
    facts = [f"Stage 2 is done by: {version.review_by}"] if version.review_by else []
    facts += [f"Its complaints usually go to the Ombudsman {version.ombudsman}"] if version.ombudsman else []
    facts += [_allowance(allowance) for allowance in version.extensions] or ["Extensions: not stated"]
    yield from _indented(*facts, width=width, indent=4)


def _of_the_stage(stage: StageRules) -> Iterator[str]:
    """Yields sentences on a stage's rules, apart from its name, how it is entered, and its times."""
    if (window := stage.asked_within) is not None:
        unit = window.unit.removesuffix("s") if window.count == 1 else window.unit
        yield f"asked for within {window.count} {unit} of the response before [{window.cited}]"
    if stage.may_be_skipped:
        yield "may be skipped by agreement"
    if stage.another:
        yield f"another {listed(stage.another, 'and')} than before"
    if stage.needs:
        needed = (str(part) if count == 1 else f"{count} {part}s" for part, count in stage.parts.items())
        yield f"needs {listed(needed, 'and')}"

    if stage.outcomes:
        yield f"its outcomes are {listed(stage.outcomes, 'and')}"


def _limit(limit: Limit, width: int) -> Iterator[str]:
    rule = limit.rule if limit.count is not None else "not stated"
    if limit.count is not None and limit.unit is Unit.WORKING_DAYS and not limit.closures_count:
        rule += ", closure days or not"
    yield from textwrap.wrap(
        f"{rule} [{limit.source}]{f', {limit.page}' if limit.page else ''}{how_checked(limit)}",
        width,
        initial_indent=f"    {DEADLINE_LABELS[limit.deadline]:<{LABEL - 4}}",
        subsequent_indent=" " * LABEL,
    )


def _allowance(allowance: Allowance) -> str:
    most = "up to the limit" if allowance.at_most is None else f"by at most {allowance.at_most} {allowance.unit}"
    tell = f"; the complainant is told {allowance.tell}" if allowance.tell else ""
    return f"Extension of stage {allowance.stage}: {most}; beyond that: {allowance.beyond}{tell}"


def _bands(ends: tuple[int, ...]) -> list[str]:
    starts = [0, *(end + 1 for end in ends)]
    return [*(f"{start}-{end}" for start, end in zip(starts, ends, strict=False)), f"{starts[-1]}+"]


def _indented(*facts: str, width: int, indent: int = 2) -> list[str]:
    found = []
    for fact in facts:
        found += textwrap.wrap(fact, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))
    return found
