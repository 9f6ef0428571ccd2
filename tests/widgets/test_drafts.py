"""Drafts: nobody else can read them, a broken one is passed over, and nothing typed is lost on the way."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from feedback_tui.enums import Contact, StepKey
from feedback_tui.widgets.drafts import Draft, Drafts, contact_draft, letter_draft, step_draft
from feedback_tui.widgets.open_windows import ENDING

TODAY = date(2026, 4, 15)
HOSTILE = {"description": "[/] O'Brien – شكوى 👩‍👩‍👧\nsecond line"}
OWNER = ("/somewhere/register.db", "jsmith")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "drafts"


@pytest.fixture
def drafts(folder: Path) -> Drafts:
    return Drafts(folder, *OWNER)


def kept(drafts: Drafts, form: str, words: Mapping[str, str] = HOSTILE, **days: date) -> None:
    """A form that was left with these words in it."""
    draft = drafts.open(form)
    assert draft.keep(words, TODAY, days) is None
    draft.close()


def found(drafts: Drafts, form: str) -> Draft | None:
    """What the form begins with when it is opened; it is left again at once."""
    draft = drafts.open(form)
    draft.close()
    return draft.found


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def test_what_is_kept_is_found_again_as_typed(drafts: Drafts) -> None:
    kept(drafts, "intake")
    again = drafts.open("intake")
    assert again.found is not None
    assert again.found.words == HOSTILE
    again.drop()
    again.close()
    assert found(drafts, "intake") is None


def test_a_date_typed_on_another_day_keeps_what_it_meant(drafts: Drafts) -> None:
    kept(drafts, "intake", {"received_on": "yesterday", "description": "x"}, received_on=date(2026, 4, 14))
    again = found(drafts, "intake")
    assert again is not None
    assert again.on(TODAY) == {"received_on": "yesterday", "description": "x"}
    assert again.on(TODAY + timedelta(days=1)) == {"received_on": "2026-04-14", "description": "x"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_this_user_can_read_a_draft_and_its_name_tells_nothing(drafts: Drafts, folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o777)
    kept(drafts, "respond ASC-26-0001")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "ASC" not in file.name


def test_a_draft_belongs_to_one_officer_on_one_register(drafts: Drafts, folder: Path) -> None:
    kept(drafts, "intake")
    assert found(Drafts(folder, "/somewhere/register.db", "pkaur"), "intake") is None
    assert found(Drafts(folder, "/elsewhere/register.db", "jsmith"), "intake") is None


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", '{"words": 3, "kept_at": "x"}', '{"kept_at": "2026-04-02T10:00:00"}']
)
def test_a_broken_draft_is_passed_over(drafts: Drafts, folder: Path, broken: str) -> None:
    kept(drafts, "intake", {"description": "older"})
    older = drafts.open("intake")
    kept(drafts, "intake")
    (file,) = [each for each in files(folder) if "older" not in each.read_text()]
    file.write_text(broken)
    assert found(drafts, "intake") is None
    older.close()
    again = found(drafts, "intake")
    assert again is not None
    assert again.words == {"description": "older"}


def test_control_characters_that_got_into_a_draft_do_not_come_out_of_it(drafts: Drafts) -> None:
    kept(drafts, "intake", {"description": "a\x1b]0;PWNED\x07b"})
    again = found(drafts, "intake")
    assert again is not None
    assert "\x1b" not in again.words["description"]


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    draft = Drafts(tmp_path / "file" / "drafts", "r", "o").open("intake")
    trouble = draft.keep(HOSTILE, TODAY, {})
    assert trouble is not None
    assert trouble.startswith("the draft could not be kept")


def test_a_full_disk_is_said_and_leaves_what_was_kept_before(
    drafts: Drafts, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = drafts.open("intake")
    draft.keep({"description": "before"}, TODAY, {})

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        assert draft.keep(HOSTILE, TODAY, {}) == "the draft could not be kept: No space left on device"
    assert [file.suffix for file in folder.iterdir() if file.suffix != ENDING] == [".json"]
    draft.close()
    again = found(drafts, "intake")
    assert again is not None
    assert again.words == {"description": "before"}


def test_what_stands_in_a_folder_that_is_read_only_now_is_shown_all_the_same(
    drafts: Drafts, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(drafts, "intake")
    drafts.close()

    def may_not(folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    # As for anyone but root, who may write anywhere.
    monkeypatch.setattr("feedback_tui.widgets.drafts.Window", may_not)
    other = Drafts(folder, *OWNER).open("intake")
    assert other.found is not None
    assert other.found.words == HOSTILE
    assert other.keep(HOSTILE, TODAY, {}) == "the draft could not be kept: Permission denied"


def test_one_from_before_a_form_had_a_file_of_its_own_is_taken_up(drafts: Drafts, folder: Path) -> None:
    kept(drafts, "intake")
    (file,) = files(folder)
    file.rename(folder / f"{file.name.partition('-')[0]}.json")
    again = found(drafts, "intake")
    assert again is not None
    assert again.words == HOSTILE
    assert len(files(folder)) == 1


# Two windows

SECOND_WINDOW = """
import sys, time
from datetime import date
from pathlib import Path
from feedback_tui.widgets.drafts import Drafts
draft = Drafts(Path(sys.argv[1]), "/somewhere/register.db", "jsmith").open("intake")
assert draft.keep({"description": "second window"}, date(2026, 4, 15), {}) is None
print(draft.found.words["description"] if draft.found else "nothing", flush=True)
time.sleep(600)
"""


def test_two_windows_on_one_form_keep_two_drafts_and_what_one_leaves_the_next_takes_up(
    drafts: Drafts, folder: Path
) -> None:
    first = drafts.open("intake")
    assert first.keep({"description": "first window"}, TODAY, {}) is None
    second = subprocess.Popen([sys.executable, "-c", SECOND_WINDOW, str(folder)], stdout=subprocess.PIPE, text=True)
    assert second.stdout is not None
    assert second.stdout.readline().strip() == "nothing", "what another window has open is left to it"
    assert sorted("second" in file.read_text() for file in files(folder)) == [False, True]
    assert found(drafts, "intake") is None, "nor does a second form of the first window take it"
    assert first.keep({"description": "first window, more"}, TODAY, {}) is None
    second.send_signal(signal.SIGKILL)
    second.wait()
    second.stdout.close()
    # Killed: its draft is for the next form that opens, and the first still has its own.
    third = drafts.open("intake")
    assert third.found is not None
    assert (third.found.words, third.others) == ({"description": "second window"}, 0)
    third.drop()
    third.close()
    first.close()
    again = found(drafts, "intake")
    assert again is not None
    assert again.words == {"description": "first window, more"}


def test_the_latest_comes_back_first_and_the_others_after_it(drafts: Drafts, folder: Path) -> None:
    opened = [drafts.open("intake") for _ in range(3)]
    for number, draft in enumerate(opened):
        draft.keep({"description": str(number)}, TODAY, {})
        os.utime(files(folder)[-1])
    for draft in opened:
        draft.close()
    said = []
    for _ in range(3):
        draft = drafts.open("intake")
        assert draft.found is not None
        said.append((draft.found.words["description"], draft.others))
        draft.drop()
        draft.close()
    assert said == [("2", 2), ("1", 1), ("0", 0)]


def test_a_window_that_is_closed_leaves_no_file_but_its_drafts(drafts: Drafts, folder: Path) -> None:
    kept(drafts, "intake")
    assert len(list(folder.glob(f"*{ENDING}"))) == 1
    drafts.close()
    assert list(folder.glob(f"*{ENDING}")) == []
    (folder / f"0123456789ab{ENDING}").touch()
    assert found(Drafts(folder, *OWNER), "intake") is not None
    assert not (folder / f"0123456789ab{ENDING}").exists(), "that of one that was killed is swept away"


# Saving


def test_it_is_known_of_a_draft_whether_it_was_being_saved(drafts: Drafts) -> None:
    draft = drafts.open("intake")
    before = datetime.now(UTC)
    draft.keep(HOSTILE, TODAY, {}, saving=True)
    draft.close()
    again = drafts.open("intake")
    assert again.found is not None
    assert again.found.saving_at is not None
    assert before <= again.found.saving_at <= datetime.now(UTC)
    again.keep(HOSTILE, TODAY, {}, saving=True)
    again.was_not_saved()
    again.close()
    after = found(drafts, "intake")
    assert after is not None
    assert after.words == HOSTILE
    assert after.saving_at is None


def test_every_draft_of_a_case_goes_with_its_words(drafts: Drafts, folder: Path) -> None:
    forms = [
        step_draft(StepKey.NOTE, "ASC-26-0001"),
        contact_draft("ASC-26-0001", Contact.CALL_FROM),
        letter_draft("acknowledgement", "ASC-26-0001"),
    ]
    for form in (*forms, step_draft(StepKey.NOTE, "ASC-26-0002"), "intake"):
        kept(drafts, form)
    # One that another window has open goes too.
    other = Drafts(folder, *OWNER).open(forms[0])
    other.keep(HOSTILE, TODAY, {})
    drafts.drop_case("ASC-26-0001", ["acknowledgement"])
    assert len(files(folder)) == 2
    assert all(found(drafts, form) is None for form in forms)
