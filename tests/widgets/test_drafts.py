"""Drafts: nobody else can read them, a broken one is passed over, and nothing typed is lost on the way."""

from __future__ import annotations

import os
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from feedback_tui.widgets.drafts import Drafts

TODAY = date(2026, 4, 15)
HOSTILE = {"description": "[/] O'Brien – شكوى 👩‍👩‍👧\nsecond line"}


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "state" / "drafts", "/somewhere/register.db", "jsmith")


def test_what_is_kept_is_found_again_as_typed(drafts: Drafts) -> None:
    assert drafts.keep("intake", HOSTILE, TODAY, {}) is None
    found = drafts.find("intake")
    assert found is not None
    assert found.words == HOSTILE
    drafts.drop("intake")
    assert drafts.find("intake") is None


def test_a_date_typed_on_another_day_keeps_what_it_meant(drafts: Drafts) -> None:
    drafts.keep("intake", {"received_on": "yesterday", "description": "x"}, TODAY, {"received_on": date(2026, 4, 14)})
    found = drafts.find("intake")
    assert found is not None
    assert found.on(TODAY) == {"received_on": "yesterday", "description": "x"}
    assert found.on(TODAY + timedelta(days=1)) == {"received_on": "2026-04-14", "description": "x"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_this_user_can_read_a_draft_and_its_name_tells_nothing(drafts: Drafts, tmp_path: Path) -> None:
    folder = tmp_path / "state" / "drafts"
    folder.mkdir(parents=True, mode=0o777)
    drafts.keep("respond ASC-26-0001", HOSTILE, TODAY, {})
    (file,) = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "ASC" not in file.name


def test_a_draft_belongs_to_one_officer_on_one_register(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep("intake", HOSTILE, TODAY, {})
    folder = tmp_path / "state" / "drafts"
    assert Drafts(folder, "/somewhere/register.db", "pkaur").find("intake") is None
    assert Drafts(folder, "/elsewhere/register.db", "jsmith").find("intake") is None


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", '{"words": 3, "kept_at": "x"}', '{"kept_at": "2026-04-02T10:00:00"}']
)
def test_a_broken_draft_is_passed_over(drafts: Drafts, tmp_path: Path, broken: str) -> None:
    drafts.keep("intake", HOSTILE, TODAY, {})
    (file,) = (tmp_path / "state" / "drafts").iterdir()
    file.write_text(broken)
    assert drafts.find("intake") is None


def test_control_characters_that_got_into_a_draft_do_not_come_out_of_it(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep("intake", {"description": "a\x1b]0;PWNED\x07b"}, TODAY, {})
    found = drafts.find("intake")
    assert found is not None
    assert "\x1b" not in found.words["description"]


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    trouble = Drafts(tmp_path / "file" / "drafts", "r", "o").keep("intake", HOSTILE, TODAY, {})
    assert trouble is not None
    assert trouble.startswith("the draft could not be kept")
