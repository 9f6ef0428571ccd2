"""Duties of the law that a case owes and that have no date of their own, each as a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.people import PersonView
from feedback_tui.desk.queue.owed_kinds import SIX_MONTHS_IN_VIEW
from feedback_tui.enums import Authority, DeadlineKind, Kind, Law, Part, Status
from feedback_tui.rules.channels import ORAL
from feedback_tui.rules.dates import long_date
from feedback_tui.rules.laws import cited

WHY_OWED = "The six months have passed: write to say why (regulation 14)"
RECORD_OWED = "Send them the written record of what they said"
TELL_WHAT_IS_KEPT = "Tell them which part the council handles itself, where it does (regulation 11)"
NOBODY_COMPLAINS = "Nobody complains in it now: add who does, or do not accept it (no authority)"
ASK_PROVIDER = "Ask whether the details may be sent to the provider, where it is registered (regulation 11)"
SEND_TO_PROVIDER = "Send the details to the provider: they agreed (regulation 11)"
_WITH_GROUNDS = (Authority.LACKS_CAPACITY, Authority.PARENT, Authority.FOR_A_CHILD)
_UNANSWERED = (Status.LOGGED, Status.ACKNOWLEDGED, Status.INVESTIGATING, Status.ON_HOLD)


def duties(page: CasePage) -> Iterator[str]:
    """Yields a sentence for what a complaint's stage still needs, and for each duty under the 2009 Regulations that
    is still open for an unanswered one. `WHY_OWED` is not among them; the page shows it beside the last contact."""
    for stage in page.stages:
        if stage.record_owed:
            yield f"Agree the written record of the complaint with them: times of Stage {stage.number} count from it"
        if stage.lacking and stage.number > 1:
            yield f"Stage {stage.number} needs {stage.lacking}: name them"
    if page.kind is not Kind.COMPLAINT or page.standing.stage != 1 or page.status not in _UNANSWERED:
        return
    laws = page.standing.laws or ()
    if may_owe_record(page) and page.record_sent_on is None:
        yield RECORD_OWED + cited("regulation 13(2)", laws)
    yield from _six_months(page, laws)
    complaining = (each for each in page.people if each.part is not Part.CUSTOMER)
    if refused(page) and all(each.ended_on is not None for each in complaining):
        yield NOBODY_COMPLAINS
    if set(laws) != {Law.REGULATIONS_2009}:
        return
    for person in page.people:
        if owes_grounds(person):
            yield f"Record the grounds on which {person.called} acts for the customer (regulation 5)"
    if page.provider_agreed and page.provider_sent_on is None:
        yield SEND_TO_PROVIDER
    elif page.provider_asked_on is None and any(point.provider for point in page.points):
        yield ASK_PROVIDER
    if page.provider_sent_on is not None and page.provider_told_on is None:
        yield TELL_WHAT_IS_KEPT


def owes_grounds(person: PersonView) -> bool:
    """Returns whether someone acts for a child or for somebody who lacks capacity, and no grounds are on record."""
    return person.authority in _WITH_GROUNDS and not person.authority_words and person.ended_on is None


def refused(page: CasePage) -> bool:
    """Returns whether someone was refused as the representative of the customer."""
    return any(each.refusal_told_on is not None for each in page.people)


def may_owe_record(page: CasePage) -> bool:
    """Returns whether a complaint was made orally and is, or may be, under the 2009 Regulations, which require that a
    written record is made and sent (reg 13(2))."""
    oral = (page.channel or "").strip().casefold() in ORAL
    return oral and Law.REGULATIONS_2009 in (page.standing.laws or ())


def _six_months(page: CasePage, laws: Collection[Law]) -> Iterator[str]:
    """Yields the sentence that asks to answer, or to agree a longer time: from 20 working days before the end of the
    six months, until such an agreement is recorded."""
    for due in page.open_deadlines:
        left = due.working_days_left
        if due.kind is not DeadlineKind.STATUTORY_LIMIT or left is None or not 0 <= left <= SIX_MONTHS_IN_VIEW:
            continue
        if due.agreed_to is None:
            ends = f"The six months end on {long_date(due.due_on)}"
            yield f"{ends}: answer by then, or agree a longer time with them before" + cited("regulation 14", laws)
