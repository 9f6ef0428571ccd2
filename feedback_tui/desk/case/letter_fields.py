"""The values of a letter's placeholders, from a case. A value that the case does not have is left empty, and becomes a
gap in the letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from feedback_tui.desk.case.page import CasePage, DeadlineView, PointView, StageView
from feedback_tui.desk.case.people import PersonView
from feedback_tui.desk.queue.owed_kinds import AIMS, DUE_BY
from feedback_tui.enums import ClosingReason, Contact, DeadlineKind, Kind, Outcome, Part, Role, StagePart, StepKey
from feedback_tui.rules.case_summary import is_made
from feedback_tui.rules.letters import FilledLetter, Letter, fill
from feedback_tui.rules.ombudsmen import Ombudsman
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.stage_rules import PANEL
from feedback_tui.text import one_line

_FIRST = (Part.COMPLAINANT, Part.REPRESENTATIVE, Part.CUSTOMER)
NOT_ACCEPTED, STAGE_REFUSED, REPRESENTATIVE_REFUSED = "not-accepted", "stage-refused", "representative-refused"
"""The keys of letters that refuse something; the case has the reasons."""
_FOUND = {
    Outcome.UPHELD: "We have found your complaint upheld.",
    Outcome.PARTLY_UPHELD: "We have found your complaint partly upheld.",
    Outcome.NOT_UPHELD: "We have found your complaint not upheld.",
    Outcome.NO_FINDING: "We have come to no finding on your complaint.",
    Outcome.WITHDRAWN: "Your complaint was withdrawn.",
    Outcome.RESOLVED_INFORMALLY: "Your complaint was resolved informally.",
}
_CLOSED_AS = {
    ClosingReason.WITHDRAWN: "You told us that you do not want to take it further, and we have closed it.",
    ClosingReason.CANNOT_BE_REACHED: "We have not been able to reach you, and have closed it. You can come back to us.",
    ClosingReason.NO_AUTHORITY: "We have not had the agreement that we need to go on, and have closed it.",
    ClosingReason.COURT_OR_CLAIM: "It is now dealt with by a court or as a claim, and we have closed it here.",
    ClosingReason.DUPLICATE: "We are dealing with it together with another complaint that we have from you.",
}


@dataclass(frozen=True)
class LetterTo:
    """A letter to write: to whom, when, and what the officer adds to the values of the case."""

    letter: Letter
    person: int | None = None
    """The number of the recipient; None: the complainant."""
    officer: str = ""
    reason: str = ""
    next_update_on: date | None = None
    reply_by: date | None = None


def letters_for(page: CasePage, profile: Profile) -> tuple[list[Letter], list[Letter]]:
    """Returns the council's letters: those that fit the case's kind, status and stage, and the others."""
    fits = [row for row in profile.letters if row.fits(page.kind, page.status, page.standing.stage)]
    return fits, [row for row in profile.letters if row not in fits]


def goes_to(page: CasePage, letter: Letter | None = None) -> int | None:
    """Returns the number of the person a letter goes to by default: the complainant, else a representative, else the
    customer.

    Skips people without a name and people who cannot be written to. None if nobody is left.
    """
    reached = [(each.position, each) for each in page.people if each.name and may_go_to(each, letter)]
    reached.sort(key=lambda pair: _FIRST.index(pair[1].part))
    return reached[0][0] if reached else None


def may_go_to(person: PersonView, letter: Letter | None) -> bool:
    """Whether this letter may go to a person. The refusal of a representative goes to one who was refused alone, though
    they have left the case by that."""
    if letter is not None and letter.key == REPRESENTATIVE_REFUSED:
        return person.refusal_told_on is not None and person.died_on is None
    return person.no_letters is None


def write(page: CasePage, profile: Profile, wanted: LetterTo, today: date) -> FilledLetter:
    """Returns the letter filled in from the case, with the list of what is missing."""
    return fill(wanted.letter, dict(_words(page, profile, wanted, today)))


def _words(page: CasePage, profile: Profile, wanted: LetterTo, today: date) -> Iterator[tuple[str, str]]:
    number = wanted.person or goes_to(page, wanted.letter)
    person = page.people[number - 1] if number is not None and number <= len(page.people) else None
    stage = _stage_of(page, wanted.letter)
    ombudsman = profile.ombudsman_for(page.procedure, page.procedure_version, page.ombudsman_key)
    council = profile.council
    yield "date", _day(today)
    yield "reference", page.reference
    yield "recipient", person.name if person else ""
    yield "customer", _customer(page)
    yield "officer", wanted.officer or page.officer
    yield "signatory", (stage and (stage.signed_by or stage.signed_off_by)) or council.signatory
    yield "council", profile.name
    yield "council_address", council.address
    yield "council_telephone", council.telephone
    yield "council_email", council.email
    yield "subject_matter", str(page.kind)
    yield "received_on", _day(page.received_on)
    yield "received_by", one_line(page.channel or "")
    yield "points", _points(page)
    yield "record", _record(page)
    yield "wanted", one_line(page.wanted)
    yield "outcome_sought", _outcome_sought(page)
    yield "six_months_end", _day(_due(page, DeadlineKind.STATUTORY_LIMIT))
    yield "period_told", _day(_due(page, DeadlineKind.RESPONSE_PROMISED))
    yield "extended_from", _day(page.extensions[-1].extended_from if page.extensions else None)
    yield "reason", wanted.reason or _reason(page, wanted.letter, person)
    yield "next_update", _day(wanted.next_update_on or _due(page, DeadlineKind.NEXT_UPDATE))
    yield "reply_by", _day(_reply_by(page, wanted))
    yield "consent_of", _customer(page) if _for_another(page, person) else ""
    yield "remedial_action", _remedial_action(page)
    yield "way_on", _way_on(page, wanted.letter.stage or page.standing.stage, ombudsman)
    yield "ombudsman", ombudsman.in_a_letter if ombudsman else f"[missing: how to reach the {_after(page)}]"
    yield "ombudsman_name", ombudsman.name if ombudsman else ""
    yield "complain_to", "Ombudsman" if ombudsman else _after(page)
    yield "closing", _closing(page)
    yield "closed_on", _day(page.closed_on)
    if stage is not None:
        yield from _of_the_stage(page, stage, today)


def _stage_of(page: CasePage, letter: Letter) -> StageView | None:
    """Returns the stage that a letter is about: the letter's own, or the latest. None if the case never reached the
    letter's own."""
    if letter.stage is None:
        return page.stages[-1]
    return next((stage for stage in page.stages if stage.number == letter.stage), None)


def _of_the_stage(page: CasePage, stage: StageView, today: date) -> Iterator[tuple[str, str]]:
    """Yields the places whose values come from this stage only."""
    first = stage.number == 1
    yield "stage", str(stage.number)
    yield "investigator", stage.investigator or ""
    yield "acknowledged_on", _day(stage.acknowledged_on or (page.acknowledged_on if first else None))
    yield "response_due", _day(_response_due(page, stage, today))
    yield "review_asked_on", "" if first else _day(stage.started_on)
    yield "stage_name", one_line(stage.name)
    yield "independent_person", _having(stage, StagePart.INDEPENDENT_PERSON)
    yield "adjudicating_officer", _having(stage, StagePart.ADJUDICATING_OFFICER)
    yield "panel", _having(stage, *PANEL)
    yield "panel_held_on", _day(stage.panel_held_on)
    yield "panel_report_on", _day(stage.report_received_on)
    yield "considered", _considered(stage)
    yield "conclusions", _conclusions(page, stage)
    yield "outcome", str(stage.outcome or "")


def _having(stage: StageView, *parts: StagePart) -> str:
    """Returns who has these parts in a stage, in their order; of several with their part: ``Cy (panel chair)``."""
    found = sorted((row for row in stage.parts if row.part in parts), key=lambda row: parts.index(row.part))
    if len(parts) == 1:
        return ", ".join(one_line(row.name) for row in found)
    return ", ".join(f"{one_line(row.name)} ({row.part})" for row in found)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def _customer(page: CasePage) -> str:
    return next((row.name for row in page.people if row.part is Part.CUSTOMER and row.name), "")


def _for_another(page: CasePage, person: PersonView | None) -> bool:
    """Returns whether the letter goes to somebody who complains for the customer."""
    if person is None:
        return False
    return person.role is not Role.CUSTOMER and person.name.casefold() != _customer(page).casefold()


def _due(page: CasePage, kind: DeadlineKind) -> date | None:
    return next((due.due_on for due in page.open_deadlines if due.kind is kind), None)


def _reply_by(page: CasePage, wanted: LetterTo) -> date | None:
    """Returns the date by which the recipient should reply: the due date of consent, or the date that the officer gave.
    Only the officer's in a final notice; None if there is none."""
    consent = None if wanted.letter.contact is Contact.FINAL_NOTICE else _due(page, DeadlineKind.CONSENT)
    return consent or wanted.reply_by


def _response_due(page: CasePage, stage: StageView, today: date) -> date | None:
    """Returns the first of these dates that has not passed: the end of the period told, the aim, the limit; None if all
    have passed."""
    owed = [due for due in page.open_deadlines if due.stage_number in (None, stage.number)]
    told: list[DeadlineView] = [due for due in owed if due.kind is DeadlineKind.RESPONSE_PROMISED]
    aims = [due for due in owed if due.kind in AIMS]
    limits = [due for due in owed if due.kind in DUE_BY]
    return next((due.due_on for due in (*told, *aims, *limits) if due.due_on >= today), None)


def _points(page: CasePage) -> str:
    """Returns what the complaint is about: the texts of its points, or its line “In short” if an officer wrote one.
    Without either it is "" (a gap in the letter). The text received is never used: it may have telephone numbers."""
    if not any(point.text for point in page.points):
        return "" if is_made(page.summary, page.description) else one_line(page.summary)
    texts = [_about(point) for point in page.points]
    if len(texts) == 1:
        return texts[0]
    return "\n" + "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))


def _record(page: CasePage) -> str:
    """Returns the written record of an oral complaint: what the complainant said, and what they want."""
    wanted = f"\nWhat you want to happen: {page.wanted}" if page.wanted else ""
    return page.description + wanted if page.description else ""


def _outcome_sought(page: CasePage) -> str:
    """Returns the sentence about what the complainant wants to happen, or asks for it if it is not recorded."""
    if page.wanted.strip():
        return f"You have told us what you would like to happen: {one_line(page.wanted)}"
    return "Please tell us what you would like to happen as a result of your complaint."


def _considered(stage: StageView) -> str:
    if not stage.investigator or not stage.investigation_started_on:
        return ""
    since = _day(stage.investigation_started_on)
    return f"{stage.investigator} looked into it from {since}. [missing: how it was considered]"


def _conclusions(page: CasePage, stage: StageView) -> str:
    """Returns the findings of this stage, one line a point; "" until every point has one and the stage has an
    outcome."""
    found = [(point, point.findings[stage.number]) for point in page.points if stage.number in point.findings]
    if len(found) != len(page.points) or stage.outcome is None:
        return ""
    taken_together = _FOUND[stage.outcome]
    if len(found) < 2:
        return f"{taken_together} [missing: why]"
    lines = [f"{point.position}. {_about(point)}: {finding}. [missing: why]" for point, finding in found]
    return "\n".join([*lines, f"Taken together, {taken_together[:1].lower()}{taken_together[1:]}"])


def _about(point: PointView) -> str:
    """Returns the text of a point on one line; a gap if it has none."""
    return one_line(point.text) or f"[missing: what point {point.position} is about]"


def _remedial_action(page: CasePage) -> str:
    lines = []
    for remedy in page.remedies:
        pounds = f" of £{remedy.amount_pence / 100:,.2f}" if remedy.amount_pence else ""
        lines.append(f"- {one_line(remedy.kind or 'redress')}{pounds}{_by(remedy.due_on, remedy.done_on)}")
    lines += [f"- {one_line(action.text)}{_by(action.due_on, action.done_on)}" for action in page.actions]
    return "\n".join(lines)


def _by(due_on: date | None, done_on: date | None) -> str:
    if done_on:
        return f" (done on {_day(done_on)})"
    return f" (by {_day(due_on)})" if due_on else ""


def _way_on(page: CasePage, stage: int, ombudsman: Ombudsman | None) -> str:
    """Returns what the complainant can do after this stage: ask for the next one, if there is one and it was not
    refused, and go to the Ombudsman."""
    if page.kind is not Kind.COMPLAINT:
        return "If there is more that we can do, please tell us."
    refused = any(row.number == stage and row.next_stage_refusal for row in page.stages)
    if page.standing.stages > stage and not refused:
        next_stage = (
            f"You can ask us to look at your complaint again (Stage {stage + 1}): please write or call, and tell us "
            "what you are not satisfied with."
        )
        right = f" You also have the right to go to the Ombudsman. {ombudsman.in_a_letter}" if ombudsman else ""
        return f"{next_stage}{right}"
    if ombudsman is None:
        return f"You have the right to go to the {_after(page)}. [missing: how to reach the {_after(page)}]"
    return f"You have the right to take your complaint to the Ombudsman. {ombudsman.in_a_final_letter}"


def _after(page: CasePage) -> str:
    """Returns what follows the last stage of its procedure: “Information Commissioner” where that is no Ombudsman."""
    return page.standing.then.partition(" (")[0]


def _closing(page: CasePage) -> str:
    if page.closing_reason is not None:
        return _CLOSED_AS.get(page.closing_reason, "")
    sent = (stage.answered_again_on or stage.responded_on for stage in reversed(page.stages))
    answered = next((on for on in sent if on), None)
    return f"We sent you our response on {_day(answered)}, and have now closed it." if answered else ""


def _reason(page: CasePage, letter: Letter, person: PersonView | None) -> str:
    """Returns the recorded reason: of the last extension for a holding letter, of the refusal for a letter of refusal;
    "" for any other letter."""
    if letter.key == NOT_ACCEPTED and page.not_accepted:
        declined = (event.words for event in reversed(page.timeline) if event.step is StepKey.DECLINE)
        return next((words for words in declined if words), "")
    if letter.key == STAGE_REFUSED:
        return page.stages[-1].next_stage_refusal
    if letter.key == REPRESENTATIVE_REFUSED:
        return person.authority_words if person else ""
    if letter.contact is Contact.HOLDING_LETTER and page.extensions:
        return page.extensions[-1].reason
    return ""
