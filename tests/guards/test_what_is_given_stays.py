"""What a step is given stands in the register, on the case as printed, on its page and as JSON, and goes when undone.

The steps are those of the story (steps.txt): every field of every step, each with words or a day of its own. A switch
or a number need not stand anywhere as such: it does when the step with another value in that field does something else,
or is refused. The lists of exceptions are whole: an entry that holds no longer fails, too.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from feedback_tui.cli.show import case_json
from feedback_tui.cli.show_text import print_case
from feedback_tui.desk.case.page import CasePage
from feedback_tui.desk.case.sections import case_sections
from feedback_tui.models.register_row import EVERY_COLUMN
from feedback_tui.rules.dates import long_date, short_date
from feedback_tui.rules.profile import read_profile
from feedback_tui.screens.shared.case_sections import section_content
from tests.guards.inputs import values_in
from tests.guards.story import RECORD, TODAY, Otherwise, Played, Row, Tables, story, whole_story
from tests.profiles import with_children

Field = tuple[str, str]
"""A command and a field of what it gives."""
ON_THE_TIMELINE = {
    (command, field)
    for field, commands in {
        "on": "add-person allocate change-kind change-procedure correct-person "
        "joint learn not-same-person note plan-action point redress restrict "
        "same-person void",
        "reason": "allocate change-kind change-procedure choose-ombudsman correct correct-person correct-receipt hold "
        "join joint may-be-destroyed next-update not-same-person point reopen request-review request-stage restrict "
        "resume void withdraw",
        "words": "close complied death decline draft-checked note ombudsman-draft pass-on settle thank",
        "channel": "acknowledge-review acknowledge-stage",
        "told": "contact",
        "not_known": "correct",
        "log_anew": "ombudsman",
    }.items()
    for command in commands.split()
}
"""The days on which steps were taken, their reasons, and what only decides what a step does: the timeline has them, and
nothing else need."""
PROCEDURES = {procedure.key: procedure.name for procedure in read_profile(with_children("shropshire")).procedures}


def given(played: Played) -> Iterator[tuple[str, Any]]:
    """Each field that a line fills in, with its value."""
    for path, value, is_default in values_in(played.call.given):
        if not is_default and value not in (None, ""):
            yield path, value


def is_switch_or_number(value: object) -> bool:
    return isinstance(value, bool | int)


def changed(before: Tables, after: Tables) -> Iterator[Row]:
    """The rows that came or changed."""
    for name, rows in after.items():
        yield from (row for key, row in rows.items() if before[name].get(key) != row)


def in_tables(played: Played) -> set[str]:
    """The fields of which the value stands in a row that the step wrote."""
    written = json.dumps(list(changed(played.before, played.after)), default=str, ensure_ascii=False)
    found = set()
    for path, value in given(played):
        if is_switch_or_number(value):
            if path in played.otherwise and differs(played, path):
                found.add(path)
        elif stored(value) in written:
            found.add(path)
    return found


def stored(value: object) -> str:
    """A value as a row of a table has it, among others: an amount in pence."""
    return f'"amount_pence": {int(value * 100)}' if isinstance(value, Decimal) else str(value)


def differs(played: Played, path: str) -> bool:
    """Whether the step does something else, or is refused, with another value in this field."""
    other = played.otherwise[path]
    return other is None or effect(played.before, other) != effect(played.before, played)


def effect(before: Tables, did: Played | Otherwise) -> tuple[list[str], object]:
    """What a step wrote, without the ids of rows and the moment that it was done, and what its event tells of it."""
    rows = changed(before, {name: rows for name, rows in did.after.items() if name not in RECORD})
    last = did.page.timeline[-1]
    return sorted(str([(name, row[name]) for name in row if name not in BOOKKEEPING]) for row in rows), last.details


BOOKKEEPING = {"id", "changed_at", "version"}


def spoken(text: str) -> str:
    return " ".join(text.split())


def printed(page: CasePage) -> str:
    """A case as it is printed, without regard to where its lines end."""
    out = StringIO()
    with redirect_stdout(out):
        print_case(page, TODAY)
    return spoken(out.getvalue())


def on_the_page(page: CasePage) -> str:
    """A case as its page on the screen has it."""
    sections = (section_content(section, WIDE).plain for section in case_sections(page, TODAY))
    # The title bar has the reference.
    return spoken(" ".join((page.reference, *sections)))


WIDE = 400
"""Cells in which nothing is cut off."""


def shown(played: Played, words_of: Callable[[CasePage], str], *, timeline: bool) -> set[str]:
    """The fields of which the value is said of the case, or that make it say something else."""

    def words(page: CasePage) -> str:
        # What was tried before and taken back is no part of what a step does.
        return words_of(replace(page, timeline=page.timeline[-1:] if timeline else ()))

    text, found = words(played.page), set()
    for path, value in given(played):
        if is_switch_or_number(value):
            if path in played.otherwise:
                other = played.otherwise[path]
                if other is None or words(other.page) != text:
                    found.add(path)
        elif any(each in text for each in said(value)):
            found.add(path)
    return found


def said(value: object) -> tuple[str, ...]:
    """How a value may be printed."""
    if isinstance(value, date):
        return (value.isoformat(), spoken(short_date(value)), spoken(long_date(value)), f"{value.day} {value:%b %Y}")
    return (spoken(str(value)), *((PROCEDURES[value],) if value in PROCEDURES else ()))


def in_json(played: Played) -> set[str]:
    data, found = case_json(played.page), set()
    text = json.dumps(data, default=str, ensure_ascii=False)
    for path, value in given(played):
        if is_switch_or_number(value):
            other = played.otherwise.get(path)
            if path in played.otherwise and (other is None or plain(other.page) != plain(played.page)):
                found.add(path)
        elif stored(value) in text:
            found.add(path)
    return found


def plain(page: CasePage) -> str:
    """A case as JSON, without what tells one moment from another."""
    data: dict[str, Any] = case_json(replace(page, timeline=page.timeline[-1:]))
    for event in data["timeline"]:
        del event["number"], event["recorded_at"]
    return json.dumps({name: data[name] for name in data if name not in BOOKKEEPING}, default=str)


def missing(found_in: Callable[[Played], set[str]]) -> set[Field]:
    """The fields that no line of their command was found to leave anything of."""
    wanted: dict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = defaultdict(set)
    for played in story():
        wanted[played.command] |= {path for path, _ in given(played)}
        found[played.command] |= found_in(played)
    return {(command, path) for command, paths in wanted.items() for path in paths - found[command]}


def test_what_is_given_stands_in_the_register() -> None:
    assert missing(in_tables) == set()


def test_what_is_given_stands_in_the_case_as_json() -> None:
    assert missing(in_json) == set()


def test_what_is_given_is_told_by_show() -> None:
    assert missing(lambda played: shown(played, printed, timeline=True)) == set()
    left_out = missing(lambda played: shown(played, printed, timeline=False))
    assert sorted(left_out - ON_THE_TIMELINE) == [], "it is given, and whoever prints the case is not told"


def test_what_is_given_stands_on_the_page() -> None:
    assert missing(lambda played: shown(played, on_the_page, timeline=True)) == set()
    left_out = missing(lambda played: shown(played, on_the_page, timeline=False))
    assert sorted(left_out - ON_THE_TIMELINE) == [], "it is given, and the page does not say it"
    assert sorted(ON_THE_TIMELINE - left_out) == [], "it stands elsewhere, too: take it off the list"


def test_what_is_given_goes_when_it_is_undone() -> None:
    for played, after in whole_story().taken_back:
        assert of_its_case(played, after) == of_its_case(played, played.before), str(played)


def of_its_case(played: Played, tables: Tables) -> dict[str, list[str]]:
    """The rows of a step's case. A row that was taken out may come back with another id: no id of a point is told."""
    case = played.page.id
    people = {row["person_id"] for row in tables["party"].values() if row["case_id"] == case}
    found: dict[str, list[str]] = {}
    for name in tables.keys() - set(RECORD):
        own = {"feedback_case": {case}, "person": people}.get(name)
        rows = tables[name].items()
        mine = [row for key, row in rows if (key in own if own is not None else row["case_id"] == case)]
        left_out = BOOKKEEPING if name in ("feedback_case", "complaint_point") else ()
        found[name] = sorted(str([(key, row[key]) for key in row if key not in left_out]) for row in mine)
    return found


def test_a_register_made_of_the_export_is_the_same_row_by_row() -> None:
    assert whole_story().tables_again == whole_story().tables


def test_a_register_made_of_the_csv_writes_the_same_csv() -> None:
    assert whole_story().csv_again == whole_story().csv


def test_every_column_of_the_csv_has_what_was_given() -> None:
    rows = {row["reference"]: row for row in csv.DictReader(StringIO(whole_story().csv.removeprefix("\ufeff")))}
    assert IN_CSV.keys() == set(EVERY_COLUMN)
    for column, (reference, words) in IN_CSV.items():
        assert rows[reference][column] == words, column


FULL, REVIEW, STAGES = "FULL-1", "REVIEW-1", "STAGES-1"
IN_CSV = {
    "reference": (FULL, "FULL-1"),
    "kind": (FULL, "complaint"),
    "procedure": (FULL, "statutory-provider"),
    "received_on": (FULL, "2026-01-02"),
    "channel": (FULL, "corrected way in"),
    "customer_name": (FULL, "Log Customer"),
    "correspondent_name": (FULL, "Log Correspondent"),
    "correspondent_role": (FULL, "family"),
    "team": (FULL, "corrected team;changed team"),
    "provider": (FULL, "procedure provider;changed provider"),
    "category": (FULL, "start category > start subcategory;changed category > changed subcategory"),
    "theme": (FULL, "corrected theme;changed theme"),
    "description": (FULL, "corrected description"),
    "investigation_started_on": (FULL, "2026-01-08"),
    "investigating_officer": (FULL, "Allocate Investigator"),
    "acknowledged_on": (FULL, "2026-01-07"),
    "extended_to": (FULL, "2026-09-30"),
    "extension_reason": (FULL, "extend reason"),
    "extension_told_on": (FULL, "2026-01-09"),
    "responded_on": (FULL, "2026-02-24"),
    "outcome": (FULL, "partly upheld"),
    "review_requested_on": (REVIEW, "2026-05-12"),
    "review_responded_on": (REVIEW, "2026-05-14"),
    "review_outcome": (REVIEW, "partly upheld"),
    "ombudsman_received_on": (FULL, "2026-03-09"),
    "ombudsman_responded_on": (FULL, "2026-03-10"),
    "ombudsman_decided_on": (FULL, "2026-03-13"),
    "ombudsman_decision": (FULL, "upheld"),
    "remedy": (FULL, "payment;redress kind"),
    "remedy_amount": (FULL, "123.45;67.89"),
    "learning_area": (FULL, "respond area;learn area"),
    "learning": (FULL, "respond learning;learn words"),
    "action": (FULL, "respond action;replanned action;plan action"),
    "action_owner": (FULL, "Respond Owner;Replan Owner;Plan Owner"),
    "action_due_on": (FULL, "2026-07-06;2026-07-09;2026-07-08"),
    "action_done_on": (FULL, ";;2026-03-02"),
    "closed_on": ("WITHDRAW-1", "2026-05-20"),
    "closing_reason": ("WITHDRAW-1", "withdrawn"),
    "compliment_source": (FULL, "corrected source"),
    "recipient_role": (FULL, "corrected role"),
    "summary": (FULL, "corrected summary"),
    "findings": (FULL, "upheld;not upheld"),
    "stage_2_findings": (REVIEW, "upheld"),
    "stage_1_skipped_on": (STAGES, "2026-03-04"),
    "stage_2_skipped_on": ("LADDER-1", "2026-03-06"),
    "stage_3_requested_on": (STAGES, "2026-05-05"),
    "stage_3_responded_on": (STAGES, "2026-05-13"),
    "stage_3_outcome": (STAGES, "partly upheld"),
    "stage_3_findings": (STAGES, "upheld"),
    "answered_again_on": (FULL, "2026-03-27"),
    "review_answered_again_on": (REVIEW, "2026-05-19"),
}
"""Each column of the register as CSV with a case, and what the story gives for it."""
