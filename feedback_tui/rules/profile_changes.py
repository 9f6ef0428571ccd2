"""The differences between a council's changed profile and the one in use, and what may not change while cases use
it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from feedback_tui.enums import DEADLINE_LABELS, DeadlineKind, Kind, Law
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.limits import Allowance, Limit
from feedback_tui.rules.procedures import Procedure, Profile, Retention, Version
from feedback_tui.rules.stage_rules import StageRules

InUse = Iterable[tuple[str, str]]
"""Pairs of a procedure's key and a version of it that cases run under."""


def profile_changes(old: Profile, new: Profile) -> list[str]:
    """Returns a sentence for each difference; [] if the two are equal."""
    found = [
        *_of_the_council(old, new),
        *_of_the_letters(old, new),
        *_of_the_ombudsmen(old, new),
        *_of_the_procedures(old, new),
        *_of_the_words(old, new),
    ]
    return found or ([] if old == new else ["The order in which words or procedures are offered"])


def what_must_stay(old: Profile, new: Profile, in_use: InUse) -> list[str]:
    """Returns a sentence for each thing that the new profile may not remove or change, because cases keep the version
    they began under.

    Sources and vocabulary may be corrected, because they move no date. A law may be named that was missing; a separate
    step then counts the deadlines again that closure days had moved.
    """
    found = []
    procedures = {procedure.key: procedure for procedure in new.procedures}
    for key, name in sorted(set(in_use)):
        was, now = old.procedure(key), procedures.get(key)
        if now is None:
            found.append(f"cases run under {key}, and it is gone: keep it")
            continue
        version = next((version for version in now.versions if version.version == name), None)
        if version is None:
            found.append(f"cases run under version {name} of {key}, and it is gone: keep it beside the new one")
            continue
        differs = [*_rules(was, now), *_figures(was.version(name), version), *_left(was.version(name).law, version.law)]
        if differs:
            found.append(
                f"cases run under version {name} of {key}, and it changes ({'; '.join(differs)}): leave it as it was, "
                "and give what is new a version of its own, with the day it comes into force"
            )
    return list(dict.fromkeys(found))


def _left(was: Law, now: Law) -> Iterator[str]:
    """Yields a message if a version is no longer under a law whose deadlines closure days do not move."""
    if was is not now and was not in (Law.NONE, Law.REGULATIONS_2009):
        yield f"no longer under {was.label}"


def _of_the_council(old: Profile, new: Profile) -> Iterator[str]:
    for words, was, now in (
        ("Key", old.key, new.key),
        ("Name", old.name, new.name),
        ("Source", old.source, new.source),
        ("References", old.reference, new.reference),
        ("Response-time bands", _listed(old.response_bands), _listed(new.response_bands)),
        ("Bank holidays of", old.calendar.label, new.calendar.label),
        ("Headline count", _listed(old.headline), _listed(new.headline)),
        ("A new case starts as", _usual(old), _usual(new)),
        ("Words of a closed case are kept", kept(old.retention), kept(new.retention)),
        ("Who opened a case is recorded", yes_or_no(old.record_views), yes_or_no(new.record_views)),
        *(
            (f"Council's {field}", getattr(old.council, field) or "none", getattr(new.council, field) or "none")
            for field in type(new.council).model_fields
        ),
    ):
        if was != now:
            yield f"{words}: {was} → {now}"
    yield from (
        f"Closure day added: {long_date(day)}, {why}"
        for day, why in sorted(new.closures.items())
        if day not in old.closures
    )
    yield from (
        f"Closure day no longer named: {long_date(day)} (the register keeps it; take it back with days-off remove)"
        for day in sorted(old.closures)
        if day not in new.closures
    )


def kept(retention: Retention) -> str:
    """Returns how long text of closed cases is kept, in words: ``6 years; compliment 2 years; upheld 10 years``."""
    own = {kind: getattr(retention, kind.value) for kind in Kind}
    kinds = [f"{kind} {years} years" for kind, years in own.items() if years is not None]
    outcomes = [f"{outcome} {years} years" for outcome, years in retention.outcomes.items()]
    return "; ".join([f"{retention.years} years", *kinds, *outcomes])


def yes_or_no(holds: bool) -> str:
    """Returns a flag of a profile in words."""
    return "yes" if holds else "no"


def _of_the_letters(old: Profile, new: Profile) -> Iterator[str]:
    before, after = ({letter.key.casefold(): letter for letter in each.own_letters} for each in (old, new))
    yield from (f"Letter added: {letter.key}" for key, letter in after.items() if key not in before)
    yield from (f"Letter taken out: {letter.key}" for key, letter in before.items() if key not in after)
    changed = (letter.key for key, letter in after.items() if key in before and before[key] != letter)
    yield from (f"Letter changed: {key}" for key in changed)


def _of_the_ombudsmen(old: Profile, new: Profile) -> Iterator[str]:
    before, after = ({each.key.casefold(): each for each in profile.own_ombudsmen} for profile in (old, new))
    yield from (f"Ombudsman added: {each.key}" for key, each in after.items() if key not in before)
    yield from (f"Ombudsman taken out: {each.key}" for key, each in before.items() if key not in after)
    yield from (
        f"Ombudsman changed: {each.key}" for key, each in after.items() if key in before and before[key] != each
    )


def _usual(profile: Profile) -> str:
    given = profile.usual.model_dump(exclude_none=True)
    return ", ".join(str(value) for value in given.values())


def _of_the_procedures(old: Profile, new: Profile) -> Iterator[str]:
    before = {procedure.key: procedure for procedure in old.procedures}
    after = {procedure.key: procedure for procedure in new.procedures}
    yield from (f"Procedure taken out: {key}" for key in before if key not in after)
    for key, now in after.items():
        if key not in before:
            yield f"Procedure added: {key}, {now.name}"
            continue
        was = before[key]
        if was.name != now.name:
            yield f"{key}: called {was.name} → {now.name}"
        if was.group != now.group:
            yield f"{key}: counted under {was.group} → {now.group}"
        if was.names_provider is not now.names_provider:
            yield f"{key}: the provider it is about is {'named' if now.names_provider else 'not asked for'}"
        if was.ombudsman != now.ombudsman:
            yield f"{key}: Ombudsman {was.ombudsman or 'as its law has it'} → {now.ombudsman or 'as its law has it'}"
        yield from (f"{key}: {words}" for words in _rules(was, now))
        yield from _of_the_versions(was, now)


def _of_the_versions(was: Procedure, now: Procedure) -> Iterator[str]:
    before = {version.version: version for version in was.versions}
    after = {version.version: version for version in now.versions}
    yield from (f"{now.key}: version {name} taken out" for name in before if name not in after)
    for name, version in after.items():
        if name not in before:
            yield f"{now.key}: version {name}, in force from {long_date(version.in_force_from)}"
            continue
        told = list(_figures(before[name], version))
        if before[name].law is not version.law and version.law is not Law.REGULATIONS_2009:
            told.append(f"under {version.law.label}")
        if before[name].in_force_from != version.in_force_from:
            told.append(f"in force from {long_date(version.in_force_from)}")
        if before[name].ombudsman != version.ombudsman:
            told.append(f"Ombudsman {version.ombudsman or 'as the procedure has it'}")
        if not told and before[name] != version:
            told.append("sources and words")
        yield from (f"{now.key}, version {name}: {words}" for words in told)


def _rules(was: Procedure, now: Procedure) -> Iterator[str]:
    """Yields the changes of a procedure, apart from its versions, that affect the dates of its cases."""
    if was.regulations_2009 != now.regulations_2009:
        yield f"{'under' if now.regulations_2009 else 'not under'} the 2009 Regulations"
    # If a law is named that was missing, what the procedure applies to changes with it.
    if was.adult_social_care != now.adult_social_care and was.law is now.law:
        yield f"{'for' if now.adult_social_care else 'not for'} adult social care"
    if was.kinds != now.kinds:
        yield f"for {_listed(was.kinds)} → {_listed(now.kinds)}"


def _figures(was: Version, now: Version) -> Iterator[str]:
    """Yields the changes of a version that affect dates, or who may do what."""
    for kind in DeadlineKind:
        before, after = was.limit(kind), now.limit(kind)
        if _limit(before) != _limit(after):
            yield f"{DEADLINE_LABELS[kind]}: {_limit(before)} → {_limit(after)}"
        elif before and after and was.law is now.law and before.closures_count is not after.closures_count:
            yield f"{DEADLINE_LABELS[kind]}: closure days {'move it' if after.closures_count else 'do not move it'}"
    for stage in range(1, max(was.stages, now.stages, 2) + 1):
        first, second = was.allowance(stage), now.allowance(stage)
        if _allowance(first) != _allowance(second):
            yield f"extension of stage {stage}: {_allowance(first)} → {_allowance(second)}"
    for stage in range(1, min(was.stages, now.stages) + 1):
        yield from _stage(was.stage(stage), now.stage(stage))
    for words, one, other in (
        ("stages", was.stages, now.stages),
        ("then", was.then, now.then),
        ("Stage 2 is done by", was.review_by or "anyone", now.review_by or "anyone"),
    ):
        if one != other:
            yield f"{words}: {one} → {other}"


def _stage(was: StageRules, now: StageRules) -> Iterator[str]:
    """Yields the changes of a stage, apart from its times and its name."""
    for words, one, other in (
        ("entered by", was.entered, now.entered),
        ("asked for within", _window(was), _window(now)),
        ("may be skipped", yes_or_no(was.may_be_skipped), yes_or_no(now.may_be_skipped)),
        ("another person as", _listed(was.another), _listed(now.another)),
        ("needs", _listed(was.needs), _listed(now.needs)),
        ("outcomes", _listed(was.outcomes), _listed(now.outcomes)),
    ):
        if one != other:
            yield f"stage {was.number} {words}: {one} → {other}"


def _window(stage: StageRules) -> str:
    window = stage.asked_within
    return "any time" if window is None else f"{window.count} {window.unit}"


def _limit(limit: Limit | None) -> str:
    return "none" if limit is None else limit.rule


def _allowance(allowance: Allowance | None) -> str:
    if allowance is None:
        return "not stated"
    most = "up to the limit" if allowance.at_most is None else f"at most {allowance.at_most} {allowance.unit}"
    return f"{most}, beyond that {allowance.beyond}"


def _of_the_words(old: Profile, new: Profile) -> Iterator[str]:
    for field in type(new.vocabulary).model_fields:
        before, after = _offered(getattr(old.vocabulary, field)), _offered(getattr(new.vocabulary, field))
        label = field.replace("_", " ").capitalize()
        if more := [word for word in after if word not in before]:
            yield f"{label} added: {_listed(more)}"
        if fewer := [word for word in before if word not in after]:
            yield f"{label} no longer offered: {_listed(fewer)} (cases keep the word)"


def _offered(words: tuple[str, ...] | dict[str, tuple[str, ...]]) -> list[str]:
    if isinstance(words, dict):
        return [each for top, inner in words.items() for each in (top, *(f"{top} > {sub}" for sub in inner))]
    return list(words)


def _listed(words: Iterable[object]) -> str:
    return ", ".join(map(str, words)) or "none"
