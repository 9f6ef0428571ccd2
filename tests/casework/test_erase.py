"""Erasure: people's words are gone for good and everywhere, the figures and the record stay, and nothing goes on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from feedback_tui.casework.actor import Actor, rehearse
from feedback_tui.casework.close import void
from feedback_tui.casework.erase import due_for_erasure, erase_due, erase_for_good, restore_backup
from feedback_tui.casework.notes import note
from feedback_tui.casework.undo import undo
from feedback_tui.enums import ClosingReason, Kind, Outcome, StepKey
from feedback_tui.models.base import is_personal
from feedback_tui.models.inputs.stages import ActionInput, Erasure, Note, Reason
from feedback_tui.models.tables import TABLES
from feedback_tui.storage.audit.change_capture import table_of
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.maintenance.backup import backup
from feedback_tui.storage.maintenance.erased_cases import list_beside
from feedback_tui.storage.register import Register, open_register
from tests.casework.cases import Casework, everything, refused
from tests.casework.test_words_apart import Typed
from tests.casework.test_words_apart import a_whole_life as a_whole_life_of
from tests.torture import erasing

D = date
LOGGED, CLOSED, NOW = D(2026, 4, 7), D(2026, 4, 14), D(2026, 5, 20)
WORDS = "Mother sat in the cold hall for two hours"


def a_closed_case(register: Register, **more: object) -> Casework:
    case = Casework(register).log(
        LOGGED, "corporate", description=WORDS, customer_name="Winifred Ashdown", contact="01234 567890", **more
    )
    case.close(CLOSED, reason=ClosingReason.SIGNPOSTED, words="Told Winifred Ashdown by telephone")
    return case


def erase_it(case: Casework, on: date = NOW, reason: str = "Article 17, asked for in writing") -> None:
    erase_for_good(
        case.actor(on), case.reference, Erasure(on=on, reason=reason, nevertheless="It was about someone else")
    )


def in_files(folder: Path, *words: str) -> list[str]:
    return erasing.hits(set(words), [path for path in folder.rglob("*") if path.is_file()])


def test_the_words_are_gone_and_all_else_stays(shropshire: Register) -> None:
    case = a_closed_case(shropshire)
    before = case.page(NOW)
    erase_it(case)
    page = case.page(NOW)
    assert (page.description, page.summary, page.people[0].name, page.people[0].contact) == ("", "", "", "")
    assert page.erased_on == NOW
    assert [event.words for event in page.timeline] == [None, None, "Article 17, asked for in writing"]
    assert (page.deadlines, page.stages, page.status, page.received_on) == (
        before.deadlines,
        before.stages,
        before.status,
        before.received_on,
    )
    assert (page.timeline[-1].step, page.timeline[-1].details) == (
        StepKey.ERASE,
        {"why": "asked", "nevertheless": "It was about someone else"},
    )
    health = check(shropshire)
    assert health.sound
    assert health.erased == 4
    if shropshire.in_a_file:
        assert in_files(shropshire.path.parent, WORDS, "Winifred Ashdown", "01234 567890", "by telephone") == []


def test_every_column_of_peoples_words_is_emptied(shropshire: Register) -> None:
    """Whatever table it stands in, and whatever is added later."""
    typed = Typed(["Ann", "Bea"])
    case = a_whole_life_of(shropshire, typed)
    erase_for_good(
        case.actor(D(2026, 6, 1)),
        case.reference,
        Erasure(on=D(2026, 6, 1), reason="Asked for", nevertheless="It was about someone else"),
    )
    with shropshire.reading() as session:
        for table in [table_of(model) for model in TABLES]:
            for column in filter(is_personal, table.columns):
                query = select(func.count()).select_from(table).where(column != "")
                assert session.execute(query).scalar_one() == 0, f"{table.name}.{column.name}"
    everywhere = "".join(str(row) for rows in everything(shropshire).values() for row in rows)
    assert [mark for mark in typed.marks if mark in everywhere] == []
    assert check(shropshire).sound


def test_nothing_goes_on_with_it_not_even_undo(shropshire: Register) -> None:
    case = a_closed_case(shropshire)
    erase_it(case)
    with refused(shropshire, "its words were erased", "20 May 2026"):
        undo(case.actor(NOW), case.reference)
    with refused(shropshire, "its words were erased"):
        case.reopen(NOW)
    with refused(shropshire, "its words were erased"):
        note(case.actor(NOW), case.reference, Note(on=NOW, words="Winifred rang again"))
    with refused(shropshire, "its words were erased"):
        erase_it(case)


def test_a_rehearsal_erases_nothing(shropshire: Register) -> None:
    case = a_closed_case(shropshire)
    before = everything(shropshire)
    given = Erasure(on=NOW, reason="Asked for", nevertheless="It was about someone else")
    rehearse(erase_for_good, case.actor(NOW), case.reference, given)
    erase_due(replace(case.actor(D(2040, 1, 1)), rehearsing=True))
    assert everything(shropshire) == before


def test_what_is_open_or_still_owes_something_is_not_erased(shropshire: Register) -> None:
    case = Casework(shropshire).log(LOGGED, "corporate", description=WORDS)
    with refused(shropshire, "once it is closed"):
        erase_it(case)
    case.investigate(D(2026, 4, 8))
    case.respond(D(2026, 4, 10), Outcome.UPHELD, actions=(ActionInput(text="Train", due_on=D(2026, 6, 1)),))
    case.close(CLOSED)
    with refused(shropshire, "it still owes something (Action, "):
        erase_it(case)
    (due,) = due_for_erasure(shropshire, D(2040, 1, 1))
    assert due.owes
    assert erase_due(case.actor(D(2040, 1, 1))).references == ()


def test_it_takes_a_reason_and_a_day_after_the_closing(shropshire: Register) -> None:
    case = a_closed_case(shropshire)
    with refused(shropshire, "Give the reason", field="reason"):
        erase_it(case, reason="")
    with refused(shropshire, "before the closing", field="on"):
        erase_for_good(
            case.actor(NOW),
            case.reference,
            Erasure(on=LOGGED, reason="Asked for", nevertheless="It was about someone else"),
        )


def test_the_rule_counts_years_from_the_closing_and_takes_what_was_logged_in_error(shropshire: Register) -> None:
    case = a_closed_case(shropshire)
    mistake = Casework(shropshire).log(LOGGED, "corporate", description=WORDS)
    void(mistake.actor(CLOSED), mistake.reference, Reason(on=CLOSED, reason="Twice"))
    assert [
        due.reference for due in due_for_erasure(shropshire, D(2032, 4, 13)) if due.reference == case.reference
    ] == []
    (due, *_) = due_for_erasure(shropshire, D(2032, 4, 14))
    assert (due.reference, due.ended_on, due.kept_until, due.owes) == (case.reference, CLOSED, D(2032, 4, 14), False)
    later = D(2050, 1, 1)
    done = erase_due(case.actor(later))
    assert done.references == (case.reference, mistake.reference)
    assert done.texts == 6
    assert due_for_erasure(shropshire, later) == []
    if shropshire.in_a_file:
        assert in_files(shropshire.path.parent, WORDS) == []


@pytest.mark.of_a_file
def test_a_backup_from_before_brings_no_words_back(shropshire: Register, tmp_path: Path) -> None:
    case, other = (
        a_closed_case(shropshire),
        Casework(shropshire).log(LOGGED, "corporate", description="The lift is out"),
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    kept = backup(shropshire, elsewhere / "kept.db")
    erase_it(case)
    shropshire.close()
    restore_backup(kept, shropshire.where, lambda register: Actor(register, "Kim Ode", NOW))
    register = open_register(shropshire.where)
    page = Casework(register, case.reference).page(NOW)
    assert (page.description, page.erased_on) == ("", NOW)
    assert (page.timeline[-1].officer, page.timeline[-1].details) == ("Kim Ode", {"why": "restored from a backup"})
    assert Casework(register, other.reference).page(NOW).description == "The lift is out"
    assert check(register).sound
    register.close()
    in_place = [shropshire.path, *shropshire.path.parent.glob("*-journal"), *shropshire.path.parent.glob("*-wal")]
    assert erasing.hits({WORDS}, in_place) == []


@pytest.mark.of_a_file
def test_the_list_of_what_was_erased_stands_outside_the_backups_and_names_no_one(shropshire: Register) -> None:
    """A register that is damaged beyond reading still does not bring back what was erased from it."""
    case = a_closed_case(shropshire)
    kept = backup(shropshire)
    erase_it(case)
    beside = list_beside(shropshire.path)
    (told,) = json.loads(beside.read_text("utf-8"))["erased"]
    assert (told["reference"], told["on"], set(told)) == (case.reference, "2026-05-20", {"reference", "on", "begun"})
    assert beside.stat().st_mode & 0o777 == 0o600
    shropshire.close()
    shropshire.path.write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)
    restore_backup(kept, shropshire.where, lambda register: Actor(register, "Kim Ode", NOW))
    register = open_register(shropshire.where)
    assert Casework(register, case.reference).page(NOW).erased_on == NOW
    register.close()


@pytest.mark.of_a_file
def test_a_backup_that_is_copied_over_the_register_by_hand_is_told(shropshire: Register) -> None:
    case = a_closed_case(shropshire)
    kept = backup(shropshire)
    content = kept.read_bytes()
    erase_it(case)
    shropshire.close()
    shropshire.path.write_bytes(content)
    register = open_register(shropshire.where)
    said = [finding.words for finding in check(register).findings if finding.part == "words"]
    assert said == [f"{case.reference} was erased on 2026-05-20, and has its words again: erase it once more."]
    register.close()


@pytest.mark.of_a_file
def test_a_case_that_was_open_in_the_backup_goes_on_without_its_words(shropshire: Register) -> None:
    case = Casework(shropshire).log(LOGGED, "corporate", description=WORDS)
    kept = backup(shropshire)
    case.close(CLOSED, reason=ClosingReason.SIGNPOSTED)
    erase_it(case)
    shropshire.close()
    restore_backup(kept, shropshire.where, lambda register: Actor(register, "Kim Ode", NOW))
    register = open_register(shropshire.where)
    again = Casework(register, case.reference)
    assert (again.page(NOW).description, again.page(NOW).erased_on) == ("", None)
    again.close(CLOSED, reason=ClosingReason.SIGNPOSTED)
    erase_it(again)
    assert check(register).sound
    register.close()


def test_a_person_who_stands_in_another_case_stays_there(shropshire: Register) -> None:
    case, other = a_closed_case(shropshire), a_closed_case(shropshire)
    with shropshire.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE party SET person_id = (SELECT min(id) FROM person) WHERE case_id = 2")
    erase_it(other)
    assert [person.name for person in case.page(NOW).people] == ["Winifred Ashdown"]
    assert [person.name for person in other.page(NOW).people] == [""]


def test_words_that_an_officer_gives_later_are_not_taken_for_those_erased(shropshire: Register) -> None:
    """The same reason as an erased one is a text of its own, with a salt of its own."""
    case = a_closed_case(shropshire)
    erase_it(case, reason="Told Winifred Ashdown by telephone")
    assert case.last_event().words == "Told Winifred Ashdown by telephone"
    assert check(shropshire).sound


@pytest.mark.of_a_file
def test_torture_in_short(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    count = erasing.run(tmp_path / "own", 60)
    assert count.broken == []
    assert count.tried > 60


class TestNoRightToErasure:
    """UK GDPR, article 17(3)(b): a complaint is kept until its retention has ended."""

    def test_it_says_so_and_what_to_answer(self, shropshire: Register) -> None:
        case = a_closed_case(shropshire)
        said = "No right to erasure holds before Wed 14 April 2032 (UK GDPR, article 17(3)(b))"
        with refused(shropshire, said, "within one month", "Information Commissioner", field="nevertheless"):
            erase_for_good(case.actor(NOW), case.reference, Erasure(on=NOW, reason="Asked for"))

    def test_the_reason_for_erasing_it_nevertheless_is_on_record(self, shropshire: Register) -> None:
        case = a_closed_case(shropshire)
        erase_it(case)
        assert case.last_event().details == {"why": "asked", "nevertheless": "It was about someone else"}

    def test_the_duty_is_that_of_its_law(self, shropshire: Register) -> None:
        case = Casework(shropshire).log(LOGGED)
        case.withdraw(CLOSED)
        with refused(shropshire, "regulation 17 of the 2009 Regulations asks for a record", field="nevertheless"):
            erase_for_good(case.actor(NOW), case.reference, Erasure(on=NOW, reason="Asked for"))

    @pytest.mark.parametrize("kind", [Kind.COMPLIMENT, Kind.COMMENT, Kind.ENQUIRY])
    def test_what_is_no_complaint_needs_no_more_than_the_reason(self, shropshire: Register, kind: Kind) -> None:
        case = Casework(shropshire).log(LOGGED, None, kind=kind)
        case.close(CLOSED)
        erase_for_good(case.actor(NOW), case.reference, Erasure(on=NOW, reason="Asked for"))
        assert case.last_event().details == {"why": "asked"}

    def test_from_the_end_of_its_retention_the_reason_is_enough(self, shropshire: Register) -> None:
        case, last = a_closed_case(shropshire), D(2032, 4, 13)
        with refused(shropshire, field="nevertheless"):
            erase_for_good(case.actor(last), case.reference, Erasure(on=last, reason="Asked for"))
        after = D(2032, 4, 14)
        erase_for_good(case.actor(after), case.reference, Erasure(on=after, reason="Asked for"))
        assert case.page(after).erased_on == after
