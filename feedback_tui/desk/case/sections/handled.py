"""The section of handling: what was done at each stage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from feedback_tui.desk.case.contacts import ChaseView
from feedback_tui.desk.case.page import CasePage, StageView
from feedback_tui.desk.case.rows import PartView
from feedback_tui.desk.case.sections.line import Line, Section, dated, labelled, section
from feedback_tui.desk.due_words import brief
from feedback_tui.desk.tone import Tone
from feedback_tui.rules.dates import long_date
from feedback_tui.text import one_line


def stages(page: CasePage, today: date) -> Section:
    """Returns what was done at each stage, and when the case was reopened."""
    several = len(page.stages) > 1
    done = ((f"Stage {stage.number}" if several else "Handling", _stage(page, stage)) for stage in page.stages)
    reopened = dated("Reopened", page.reopened_on)
    return section("Handling", *done, ("The provider’s part", _provider(page)), ("", reopened))


def _provider(page: CasePage) -> Iterator[Line]:
    """Yields lines on a complaint about a registered provider: what was asked, sent, kept and received (2009
    Regulations, reg 11)."""
    answer = {None: "", True: "they agree", False: "they do not agree"}[page.provider_agreed]
    yield from dated("Asked", page.provider_asked_on)
    if page.provider_answered_on:
        yield from labelled("Answered", f"{long_date(page.provider_answered_on)}, {answer}")
    if page.provider_sent_on:
        to = f", to {one_line(page.provider_sent_to)}" if page.provider_sent_to else ""
        yield from labelled("Details sent", long_date(page.provider_sent_on) + to)
    yield from labelled("The council’s", page.provider_kept)
    yield from dated("Told of that", page.provider_told_on)
    yield from dated("Its answer", page.provider_response_on)


def _stage(page: CasePage, stage: StageView) -> Iterator[Line]:
    first = stage.number == 1
    yield from labelled("Called", one_line(stage.name))
    if not first:
        late = f", late: it could be asked for until {long_date(stage.ask_by)}" if stage.ask_by else ""
        yield from labelled("Asked for", long_date(stage.started_on) + (late if stage.asked_late else ""))
    if stage.officer and stage.officer != page.officer:
        yield from labelled("Officer", one_line(stage.officer))
    if acknowledged := stage.acknowledged_on or (page.acknowledged_on if first else None):
        by = f" · {one_line(page.acknowledged_by)}" if page.acknowledged_by and first else ""
        talk = f", discussion {page.discussion}" if page.discussion and first else ""
        yield from labelled("Acknowledged", f"{long_date(acknowledged)}{by}{talk}")
    yield from dated("Record sent", page.record_sent_on if first else None)
    # The head already shows the investigator of the latest stage.
    if stage.investigation_started_on or (stage.investigator and stage is not page.stages[-1]):
        begun = f"from {long_date(stage.investigation_started_on)}, " if stage.investigation_started_on else ""
        yield from labelled("Investigation", begun + (one_line(stage.investigator or "") or "no one named"))
    yield from dated("Record agreed", stage.record_agreed_on)
    for part in stage.parts:
        yield from labelled("Named", _named(part, stage))
    for chased in page.chases:
        if chased.stage_number == stage.number:
            yield from labelled("Chased", _chased(chased))
    if stage.draft_received_on:
        yield from labelled("Draft", f"received {long_date(stage.draft_received_on)}")
    yield from labelled("Checked", _by(stage.draft_checked_on, stage.draft_checked_by))
    yield from labelled("Signed off", _by(stage.signed_off_on, stage.signed_off_by))
    yield from dated("Panel held", stage.panel_held_on)
    yield from dated("Its report", stage.report_received_on)
    if stage.responded_on:
        by = f" · {one_line(stage.response_channel)}" if stage.response_channel else ""
        days = "" if stage.working_days_taken is None else f", after {stage.working_days_taken} working days"
        signed = f", signed by {one_line(stage.signed_by)}" if stage.signed_by else ""
        yield from labelled("Response sent", f"{long_date(stage.responded_on)}{by}{days}{signed}")
    if stage.answered_again_on:
        yield from labelled("Further response", f"{long_date(stage.answered_again_on)}, after it was reopened")
    yield from labelled("Outcome", stage.outcome and str(stage.outcome), Tone.BOLD)
    yield from labelled("", stage.outcome_reason, Tone.QUIET)
    if stage.skipped_on:
        agreed = f", agreed by {one_line(stage.skip_agreed_by)}" if stage.skip_agreed_by else ""
        gone_on = f"gone on to the next stage {long_date(stage.skipped_on)}{agreed}"
        yield from labelled("Not answered", gone_on, Tone.BOLD)
        yield from labelled("", stage.skip_reason, Tone.QUIET)
    if stage.next_stage_refused_on:
        asked = f", asked for {long_date(stage.next_stage_asked_on)}" if stage.next_stage_asked_on else ""
        refused = f"Stage {stage.number + 1} refused, told {long_date(stage.next_stage_refused_on)}{asked}"
        yield from labelled("Next stage", refused, Tone.BOLD)
        yield from labelled("", stage.next_stage_refusal, Tone.QUIET)


def _named(part: PartView, stage: StageView) -> str:
    """Who has a part; of one that several have, with its number."""
    several = part.position > 1 or sum(other.part is part.part for other in stage.parts) > 1
    which = f"{part.part} {part.position}" if several else str(part.part)
    independent = ", independent of the council" if part.independent else ""
    return f"{one_line(part.name)}, {which}, {brief(part.named_on)}{independent}"


def _chased(chased: ChaseView) -> str:
    told = f", escalated to {one_line(chased.escalated_to)}" if chased.escalated_to else ""
    again = f", again {brief(chased.next_on)}" if chased.next_on else ""
    why = f": {one_line(chased.why_late)}" if chased.why_late else ""
    return f"{long_date(chased.chased_on)}, {one_line(chased.investigator or '') or 'no one named'}{told}{again}{why}"


def _by(day: date | None, who: str | None) -> str | None:
    if day is None:
        return None
    return long_date(day) + (f", by {one_line(who)}" if who else "")
