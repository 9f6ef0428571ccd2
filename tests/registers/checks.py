"""What is wrong with a row, by simple checks of its own: nothing here asks the program whether a row is right."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from tests.registers.rows import CALENDAR, COLUMNS, Row

KINDS = {"complaint", "concern", "compliment", "comment", "enquiry"}
OUTCOMES = {"upheld", "partly upheld", "not upheld", "no finding", "withdrawn", "resolved informally"}
DECISIONS = {
    "upheld", "not upheld", "not accepted", "referred back", "closed after initial enquiries", "incomplete or invalid",
    "advice given", "passed to PHSO", "discontinued",
}  # fmt: skip
REASONS = {
    "withdrawn", "not accepted", "signposted", "transferred", "duplicate", "no authority", "cannot be reached",
    "court or claim",
}  # fmt: skip
ROLES = {
    "customer", "family", "carer", "friend", "affected", "representative", "advocate", "attorney", "deputy", "executor",
    "solicitor", "MP", "councillor", "health colleague", "colleague", "provider", "anonymous",
}  # fmt: skip
DONE = (
    "received_on", "acknowledged_on", "investigation_started_on", "extension_told_on", "responded_on",
    "review_requested_on", "review_responded_on", "ombudsman_received_on", "ombudsman_responded_on",
    "ombudsman_decided_on", "action_done_on", "closed_on",
)  # fmt: skip
ORDERS = (
    ("received_on", "acknowledged_on", "investigation_started_on", "responded_on"),
    ("received_on", "responded_on", "closed_on"),
    ("responded_on", "review_requested_on", "review_responded_on", "closed_on"),
    ("received_on", "ombudsman_received_on", "ombudsman_responded_on", "ombudsman_decided_on"),
    ("investigation_started_on", "extension_told_on", "extended_to"),
    ("received_on", "extended_to"),
)
TOGETHER = (
    ("team", "provider", "category", "theme"),
    ("remedy", "remedy_amount"),
    ("learning_area", "learning"),
    ("action", "action_owner", "action_due_on", "action_done_on"),
)


def faults(of: Row, today: date) -> list[str]:
    """Everything wrong with a row on the day `today`; empty where it is sound."""
    found = []
    if set(of) != set(COLUMNS):
        found.append(f"columns: {set(of) ^ set(COLUMNS)}")
    found += [f"{column} in the future" for column in DONE for one in _dates(of[column]) if one > today]
    for order in ORDERS:
        given = [column for column in order if of[column]]
        found += [f"{after} before {before}" for before, after in pairwise(given) if of[after] < of[before]]
    for columns in TOGETHER:
        one_for_all = {1} if "team" in columns else set()
        sizes = {len(of[column].split(";")) for column in columns if of[column]} - one_for_all
        if len(sizes) > 1:
            found.append(f"{columns} not aligned: {[of[column] for column in columns]}")
    found += _words(of) + _steps(of)
    return found


def _dates(value: str) -> list[date]:
    return [date.fromisoformat(part) for part in value.split(";") if part]


def _words(of: Row) -> list[str]:
    closed = {
        "kind": KINDS, "outcome": OUTCOMES | {""}, "review_outcome": OUTCOMES | {""},
        "correspondent_role": ROLES | {""}, "ombudsman_decision": DECISIONS | {""}, "closing_reason": REASONS | {""},
    }  # fmt: skip
    return [f"{column}: {of[column]}" for column, words in closed.items() if of[column] not in words]


def _steps(of: Row) -> list[str]:
    found = []
    complaint = of["kind"] == "complaint"
    past_logging = any(of[column] for column in DONE[2:])
    if complaint and past_logging and not of["procedure"]:
        found.append("past logging without a procedure")
    if not complaint and (of["procedure"] or of["outcome"] or of["ombudsman_received_on"]):
        found.append(f"a {of['kind']} with what only a complaint has")
    if of["outcome"] and not (of["responded_on"] or of["closed_on"]):
        found.append("an outcome without an end")
    if complaint and of["responded_on"] and not of["outcome"]:
        found.append("a response without an outcome")
    if complaint and of["closed_on"] and not of["responded_on"] and not of["closing_reason"]:
        found.append("closed without an answer or a reason")
    if of["closing_reason"] and (of["responded_on"] or not of["closed_on"]):
        found.append("a closing reason on a case that was answered, or is open")
    if bool(of["ombudsman_decision"]) != bool(of["ombudsman_decided_on"]):
        found.append("a decision without its date, or a date without its decision")
    if bool(of["extended_to"]) != bool(of["extension_reason"]):
        found.append("an extension without its reason")
    if bool(of["review_responded_on"]) != bool(of["review_outcome"]):
        found.append("a review without its outcome")
    if of["review_requested_on"] and not of["review_responded_on"] and of["closed_on"]:
        found.append("closed while in review")
    if of["procedure"] == "statutory-provider" and not of["provider"]:
        found.append("the provider is not named")
    amounts = of["remedy_amount"].split(";")
    for position, remedy in enumerate(of["remedy"].split(";")):
        amount = amounts[position] if position < len(amounts) else ""
        if (remedy == "payment") != bool(amount):
            found.append(f"{remedy or 'no remedy'} of “{amount}”")
    if of["kind"] == "concern" and of["closed_on"]:
        received, closed = (date.fromisoformat(of[column]) for column in ("received_on", "closed_on"))
        if closed > CALENDAR.add(received, 1):
            found.append("a concern settled too late to be one")
    if not of["reference"] or not of["description"]:
        found.append("no reference, or nothing said")
    return found
