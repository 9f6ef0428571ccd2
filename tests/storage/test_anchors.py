"""A record that was made anew as a whole, or whose end was cut off, is found by what was kept elsewhere."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from feedback_tui.storage.audit.anchors import Anchor, NoAnchor, read_anchor, read_anchors
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.audit.check_findings import Health
from feedback_tui.storage.maintenance.backup import backup, backups, backups_folder
from feedback_tui.storage.register import Register, create_register, open_register
from tests.torture.tampering import Tampering, apply, made_anew

pytestmark = pytest.mark.of_a_file


def health_of(path: Path, *anchors: Anchor) -> Health:
    register = open_register(str(path))
    try:
        return check(register, anchors)
    finally:
        register.close()


def backed_up(path: Path) -> Anchor:
    """A backup in the register's own folder, and its anchor."""
    register = open_register(str(path))
    backup(register)
    register.close()
    newest = backups(str(path))[0]
    return Anchor(newest.last_event, newest.head)


def rechain(path: Path, *before: str) -> None:
    """The attack: the first event a microsecond later, and the whole chain made anew; `before`: statements first."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        events = [dict(row) for row in connection.execute("SELECT * FROM event ORDER BY id")]
    apply(path, Tampering("", (*((sql, ()) for sql in before), *made_anew(events))))


def cut(path: Path, events: int) -> None:
    """Takes the last events away, of one note, with what they changed."""
    with closing(sqlite3.connect(path)) as connection:
        last = connection.execute("SELECT max(id) FROM event").fetchone()[0]
    apply(path, Tampering("", (("DELETE FROM event WHERE id > ?", (last - events,)),)))


def test_a_chain_made_anew_as_a_whole_is_found_by_a_backup(furnished_path: Path) -> None:
    backed_up(furnished_path)
    assert health_of(furnished_path).sound
    rechain(furnished_path)
    health = health_of(furnished_path)
    assert (health.sound, health.strangers) == (False, 0)
    ((finding,)) = health.findings
    assert finding.part == "backups"
    assert "made anew" in finding.words


@pytest.mark.parametrize(
    "hidden",
    [
        "UPDATE setting SET value = 'another' WHERE key = 'register'",
        "DELETE FROM setting WHERE key = 'register'",
        "UPDATE event SET recorded_at = replace(recorded_at, '2026', '2025')",
    ],
)
def test_it_is_found_too_where_the_identity_or_every_moment_was_changed(furnished_path: Path, hidden: str) -> None:
    backed_up(furnished_path)
    rechain(furnished_path, hidden)
    assert any("made anew" in finding.words for finding in health_of(furnished_path).findings)


def test_a_record_of_one_event_made_anew_is_found_by_the_identity(empty_path: Path) -> None:
    backed_up(empty_path)
    rechain(empty_path)
    assert [finding.part for finding in health_of(empty_path).findings] == ["backups"]


def test_a_register_that_took_the_place_of_another_is_no_finding(
    furnished_path: Path, furnished: Register, tmp_path: Path
) -> None:
    backed_up(furnished_path)
    furnished_path.unlink()
    create_register(str(furnished_path), furnished.profile_toml, "Sam").close()
    health = health_of(furnished_path)
    assert (health.sound, health.anchors, health.strangers) == (True, 0, 1)
    assert "1 of another register" in "\n".join(health.lines)


def test_an_anchor_kept_elsewhere_finds_what_the_folder_of_backups_no_longer_tells(furnished_path: Path) -> None:
    anchor = backed_up(furnished_path)
    assert health_of(furnished_path, anchor).given == 1
    shutil.rmtree(backups_folder(furnished_path))
    rechain(furnished_path)
    assert [finding.part for finding in health_of(furnished_path).findings] == [], "nothing beside it tells"
    assert [finding.part for finding in health_of(furnished_path, anchor).findings] == ["anchors"]


def test_a_cut_tail_is_found_where_the_backups_were_removed_or_their_list_was_edited(furnished_path: Path) -> None:
    anchor = backed_up(furnished_path)
    (manifest,) = backups_folder(furnished_path).glob("*.json")
    stored = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**stored, "set_aside": "2026-04-20T00:00:00+00:00"}), "utf-8")
    cut(furnished_path, 1)
    plain = health_of(furnished_path)
    assert not any(finding.part == "backups" for finding in plain.findings)
    assert "1 set aside when an earlier one was restored" in "\n".join(plain.lines)
    (found,) = [each for each in health_of(furnished_path, anchor).findings if each.part == "anchors"]
    assert f"The record ends at event {anchor.number - 1}" in found.words


def test_anchors_are_read_from_manifests_folders_and_lists(furnished_path: Path, tmp_path: Path) -> None:
    anchor = backed_up(furnished_path)
    folder = backups_folder(furnished_path)
    (manifest,) = folder.glob("*.json")
    listed = tmp_path / "kept.txt"
    broken = f"{anchor.hash[:30]}\n  {anchor.hash[30:]}"
    listed.write_text(f"kept on 1 May\n{anchor.number}:{broken}, in the safe\nat 12:30\n", "utf-8")
    assert [str(each) for file in (folder, manifest, listed) for each in read_anchors(file)] == [str(anchor)] * 3
    (tmp_path / "empty.txt").write_text("12:30 in the afternoon", "utf-8")
    for file, said in ((tmp_path / "empty.txt", "There is no anchor"), (tmp_path / "gone", "cannot be read")):
        with pytest.raises(NoAnchor, match=said):
            read_anchors(file)


@pytest.mark.parametrize(
    "text", ["", "12", "12:", ":" + "a" * 64, "12:" + "a" * 15, "12:" + "g" * 64, "12:" + "a" * 65]
)
def test_what_is_no_anchor_is_refused(text: str) -> None:
    with pytest.raises(NoAnchor):
        read_anchor(text)


def test_the_beginning_of_a_hash_is_enough(furnished_path: Path) -> None:
    anchor = backed_up(furnished_path)
    assert health_of(furnished_path, read_anchor(f"{anchor.number}:{anchor.hash[:16].upper()}")).given == 1
    other = "0" if anchor.hash[0] != "0" else "1"
    assert not health_of(furnished_path, read_anchor(f"{anchor.number}:{other}{anchor.hash[1:16]}")).sound
