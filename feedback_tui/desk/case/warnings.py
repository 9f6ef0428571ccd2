"""What a page shows besides the stages, as lines: warnings first, then links to other cases and bodies."""

from __future__ import annotations

from collections.abc import Iterator

from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.people import PersonView
from feedback_tui.desk.due_words import brief
from feedback_tui.enums import Authority, Part, Role
from feedback_tui.rules.dates import long_date

_WAITING = (Authority.CONSENT_REQUESTED, Authority.CONSENT_REFUSED)


def warnings(page: CasePage) -> list[str]:
    """Returns the warnings that an officer must read before writing or saying anything."""
    return list(dict.fromkeys(_warnings(page)))


def _warnings(page: CasePage) -> Iterator[str]:
    if page.for_officers:
        yield f"Restricted: only {', '.join(page.for_officers)} may open it"
    if page.safeguarding_on:
        yield f"Safeguarding concern raised on {long_date(page.safeguarding_on)}"
    if page.kept_since and page.keeping_review_on:
        why = f": {page.kept_for}" if page.kept_for else ""
        since, again = long_date(page.kept_since), long_date(page.keeping_review_on)
        yield f"Do not destroy, since {since}, looked at again on {again}{why}"
    for person in page.people:
        for line in person.needs:
            yield f"{person.called} – {line}"
        for known in person.known:
            for line in known.lines:
                yield f"{known.name} – {line} ({known.reference})"
    if any(person.died_on for person in page.people) and not _carries_on(page):
        yield "Someone has died, and who carries it on is not recorded: add the person, or record their authority"
    if page.joint_with and not page.sharing_consent_on:
        yield "Nothing is to be shared with the other body yet: they have not agreed to it"


def _carries_on(page: CasePage) -> bool:
    return any(
        person.part is not Part.CUSTOMER and person.ended_on is None and person.died_on is None
        for person in page.people
    )


def beside(page: CasePage) -> list[tuple[str, str]]:
    """Returns the links to other cases, bodies and documents, each as (label, text)."""
    found: list[tuple[str, str]] = []
    if page.joint_with:
        signs = f"; {page.joint_signatory} signs" if page.joint_signatory else ""
        shared = f"; sharing agreed {long_date(page.sharing_consent_on)}" if page.sharing_consent_on else ""
        found.append(("Joint with", f"{page.joint_with.replace(';', ', ')}; {page.joint_lead} leads{signs}{shared}"))
    if page.not_accepted:
        told = f", told {long_date(page.refusal_told_on)}" if page.refusal_told_on else ""
        found.append(("Not accepted", f"{page.not_accepted}{told}"))
    if page.passed_on_to:
        found.append(("Passed on to", page.passed_on_to))
    if page.ombudsman_key:
        name = f"{page.ombudsman_name} ({page.ombudsman_key})" if page.ombudsman_name else page.ombudsman_key
        found.append(("Ombudsman", f"{name}, chosen for this case"))
    if page.goes_on_as:
        found.append(("Goes on as", page.goes_on_as))
    if page.duplicates:
        found.append(("Duplicates", ", ".join(page.duplicates)))
    if page.system_reference:
        found.append(("System ref.", page.system_reference))
    return found + [("Document", f"{each.what}: {each.place}, noted {brief(each.noted_on)}") for each in page.documents]


def about_person(person: PersonView) -> list[str]:
    """Returns the lines beneath a person's name; their needs are in `warnings` instead."""
    found = [person.contact] if person.contact else []
    if person.preferred_contact:
        found.append(f"would rather be reached by {person.preferred_contact}")
    if person.relationship:
        found.append(f"to the customer: {person.relationship}")
    if person.authority and not (person.authority is Authority.OWN_COMPLAINT and person.role is Role.CUSTOMER):
        on = f" since {long_date(person.authority_on)}" if person.authority_on and _dated(person) else ""
        words = f" – {person.authority_words}" if person.authority_words else ""
        found.append(f"authority: {person.authority}{on}{words}")
    if person.refusal_told_on:
        found.append(f"not accepted as a representative, told {long_date(person.refusal_told_on)}")
    if person.persistence_reason:
        found.append(f"why contact is limited: {person.persistence_reason}")
    if person.may_be_told:
        found.append(f"may be told: {person.may_be_told}")
    if person.no_letters and person.role is not Role.ANONYMOUS:
        found.append(f"no letters: {person.no_letters}")
    if person.same_as:
        found.append(f"also in {', '.join(person.same_as)}")
    return found


def _dated(person: PersonView) -> bool:
    return person.authority in (*_WAITING, Authority.CONSENT_RECEIVED)
