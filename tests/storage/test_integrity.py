"""Check: nothing is said of a register that is sound, and everything of one that was changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.close import close_case
from feedback_tui.casework.erase import erase
from feedback_tui.casework.log import log
from feedback_tui.enums import Kind, StepKey
from feedback_tui.models.event import Event
from feedback_tui.models.inputs.stages import Closing, Erasure, NewCase
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.maintenance.backup import backup
from feedback_tui.storage.register import Register, create_register, open_register
from tests.torture.stock import RECEIVED, actor_on
from tests.torture.tampering import Tampering, apply, tamperings


def findings(path: Path) -> list[str]:
    register = open_register(str(path))
    told = [f"{finding.part}: {finding.words}" for finding in check(register).findings]
    register.close()
    return told


def changed(path: Path, sql: str) -> list[str]:
    apply(path, Tampering("", ((sql, ()),)))
    return findings(path)


def test_a_register_in_which_everything_happened_is_sound(furnished: Register) -> None:
    health = check(furnished)
    assert health.findings == ()
    assert health.sound
    assert health.cases == {"complaint": 9, "comment": 1, "compliment": 1, "concern": 1, "enquiry": 1}
    assert health.events == 92
    assert health.rows > 50
    assert health.texts > 40
    assert health.lines[-1] == "sound"
    if furnished.in_a_file:
        assert health.lines[1].startswith(f"engine     SQLite {sqlite3.sqlite_version}, journal ")


def test_every_step_that_a_verb_takes_was_taken(furnished: Register) -> None:
    """What the record is tampered with must have all its kinds of events in it."""
    with furnished.reading() as session:
        taken = set(session.exec(select(Event.step).distinct()).all())
    # An import is a register of its own; so are the lives of more than two stages (test_stages_machine), each checked.
    of_more_stages = {
        StepKey.SKIP_STAGE,
        StepKey.NAME_PART,
        StepKey.AGREE_RECORD,
        StepKey.PANEL_HELD,
        StepKey.PANEL_REPORT,
    }
    assert set(StepKey) - taken == {StepKey.IMPORT, *of_more_stages}


def test_a_new_register_is_sound(register: Register) -> None:
    health = check(register)
    assert health.sound
    assert (health.events, health.cases) == (1, {})


@pytest.mark.of_a_file
def test_check_changes_nothing(furnished: Register) -> None:
    before = furnished.path.read_bytes()
    check(furnished)
    assert furnished.path.read_bytes() == before


@pytest.mark.of_a_file
@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "UPDATE deadline SET due_on = '2027-01-01' WHERE id = 1",
            "rows: due_on of deadline 1 is 2027-01-01; the events say 2026-04-23.",
        ),
        (
            "UPDATE stage SET working_days_taken = 1 WHERE id = 1",
            "rows: working_days_taken of stage 1 is 1; the events say 21.",
        ),
        (
            "UPDATE feedback_case SET received_on = '20260420' WHERE id = 1",
            "rows: received_on of case 1 is 20260420; the events say 2026-04-20.",
        ),
        (
            "UPDATE feedback_case SET description = 'Ann Lee said nothing' WHERE id = 1",
            "rows: description of case 1 is not what was recorded.",
        ),
        (
            "UPDATE person SET contact = 'Ann Lee, 1 High St' WHERE id = 1",
            "rows: contact of person 1 is other; the events say empty.",
        ),
        ("DELETE FROM remedy WHERE id = 2", "rows: remedy 2 is gone, and no event took it away."),
        (
            "INSERT INTO person (id, name, contact) VALUES (99, 'Eve', '')",
            "rows: person 99 stands in the register, and no event made it.",
        ),
        (
            "UPDATE event SET officer = 'Pat' WHERE id = 3",
            "events: Event 3 is not what was recorded.",
        ),
        (
            "UPDATE event SET id = 99 WHERE id = 92",
            "events: The record has a gap before event 99: event 92 to 98 was removed.",
        ),
    ],
)
def test_a_change_behind_the_record_is_told(furnished_path: Path, sql: str, told: str) -> None:
    said = changed(furnished_path, sql)
    assert told in said
    assert not any("Ann Lee" in each or "High St" in each for each in said), "nobody's words on the screen"


@pytest.mark.of_a_file
def test_a_change_that_a_later_step_would_hide(furnished_path: Path) -> None:
    """A date is changed by hand; then a step of the program changes it again, and the last event agrees with it."""
    with closing(sqlite3.connect(furnished_path)) as connection:
        changes = connection.execute("SELECT changes FROM event WHERE step = 'reopen'").fetchone()[0]
    assert '"closed_on":"2026-05-02"' in changes
    # As if someone had set another closing date between the withdrawal and the reopening.
    forged = changes.replace("2026-05-02", "2026-05-03")
    apply(furnished_path, Tampering("", (("UPDATE event SET changes = ? WHERE step = 'reopen'", (forged,)),)))
    assert any("found closed_on of case 2 other than it had been left" in each for each in findings(furnished_path))


@pytest.mark.of_a_file
def test_the_profile_and_the_days_off_stand_on_the_record(furnished_path: Path) -> None:
    said = changed(furnished_path, "UPDATE setting SET value = replace(value, '25', '52')")
    assert said == ["register: The table setting is not what was recorded."]


@pytest.mark.of_a_file
def test_a_day_off_moved_with_all_that_follows_from_it(furnished_path: Path) -> None:
    """Someone who knows how working days are stored takes Christmas Day away, tables and all."""
    with closing(sqlite3.connect(furnished_path)) as connection:
        connection.execute("DELETE FROM day_off WHERE day = '2026-12-25'")
        connection.execute("DELETE FROM working_day WHERE day > '2026-12-24'")
        last = connection.execute("SELECT max(ordinal) FROM working_day").fetchone()[0]
        off = {row[0] for row in connection.execute("SELECT day FROM day_off")}
        days = (date.fromordinal(n) for n in range(date(2026, 12, 25).toordinal(), date(2061, 1, 1).toordinal()))
        kept = (day.isoformat() for day in days if day.weekday() < 5 and day.isoformat() not in off)
        connection.executemany("INSERT INTO working_day VALUES (?, ?)", ((d, last + n) for n, d in enumerate(kept, 1)))
        connection.commit()
    assert findings(furnished_path) == ["register: The table day_off is not what was recorded."]


def test_erased_words_are_no_finding(furnished: Register) -> None:
    """Who said it, when and on which case stays on the record; the words are gone."""
    health = check(furnished)
    assert health.erased >= 3
    assert health.sound


@pytest.mark.of_a_file
def test_words_that_no_event_erased_are_one(furnished_path: Path) -> None:
    gone = "UPDATE words SET text = NULL, salt = NULL WHERE digest = (SELECT reason FROM event WHERE step = 'note')"
    said, searched = changed(furnished_path, gone)
    assert said.startswith("words: ")
    assert said.endswith(" are gone, and no event erased them.")
    assert searched == "search: What is searched is not what one case says."


@pytest.mark.of_a_file
def test_erased_words_that_stand_there_again_are_one(furnished_path: Path) -> None:
    """The words of an erased case, put back from a copy, with the salt that proves them."""
    register = open_register(str(furnished_path))
    case = log(
        actor_on(register), NewCase(kind=Kind.COMMENT, received_on=RECEIVED, description="The ramp is too steep.")
    )
    close_case(actor_on(register), case.reference, Closing(on=RECEIVED))
    sql = "SELECT digest, salt FROM words WHERE text = 'The ramp is too steep.'"
    with closing(sqlite3.connect(furnished_path)) as connection:
        ((digest, salt),) = connection.execute(sql).fetchall()
    erase(
        actor_on(register),
        case.reference,
        Erasure(on=RECEIVED, reason="Asked for.", nevertheless="It was about someone else"),
    )
    register.close()
    back = f"UPDATE words SET salt = '{salt}', text = 'The ramp is too steep.' WHERE digest = '{digest}'"
    assert changed(furnished_path, back) == [
        f"words: The words {digest[:12]} were erased, and stand in the register again."
    ]


@pytest.mark.of_a_file
def test_a_backup_of_another_register_says_nothing_of_this_one(register: Register, tmp_path: Path) -> None:
    another = create_register(str(tmp_path / "another.db"), register.profile_toml)
    backup(register)
    backup(another, register.path.with_name(f"{register.path.name}-backups") / "another.db")
    another.close()
    health = check(register)
    assert (health.anchors, health.strangers, health.sound) == (1, 1, True)


@pytest.mark.of_a_file
def test_many_findings_are_counted_rather_than_listed(furnished_path: Path) -> None:
    register = open_register(str(furnished_path))
    register.close()
    apply(furnished_path, Tampering("", (("UPDATE event SET officer = 'x'", ()), ("DELETE FROM words", ()))))
    register = open_register(str(furnished_path))
    health = check(register)
    register.close()
    assert not health.sound
    assert len(health.findings) + health.untold > 50
    assert health.lines[-1].startswith("NOT SOUND: ")


@pytest.mark.of_a_file
def test_every_event_is_reached_by_the_tampering(furnished_path: Path) -> None:
    """The torture tampers with each field of each kind of event that the verbs write."""
    tried = {tampering.what.split(": ")[-1] for tampering in tamperings(furnished_path)}
    assert Event.model_fields.keys() <= tried


@pytest.mark.of_a_file
def test_others_can_write_between_the_parts_of_a_check(register: Register, sam: Actor) -> None:
    """A long check does not keep colleagues from saving: it holds no lock when it is done with a part."""
    log(sam, NewCase(kind=Kind.COMMENT, received_on=RECEIVED))
    assert check(register).sound
    with closing(sqlite3.connect(register.where, isolation_level=None, timeout=0)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("ROLLBACK")
