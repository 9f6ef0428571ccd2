"""The register in and out by command: checked first, imported whole, the same again changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_tui.cli.main import run
from feedback_tui.storage.maintenance.backup import backups
from tests.cli.conftest import Command
from tests.places import SERVER, for_officer

GOOD = (
    "reference,kind,received_on,procedure,team\n"
    "A-1,complaint,01/04/2026,statutory-adult,North\n"
    "A-2,comment,2026-04-02,,\n"
)
BAD = "reference,kind,received_on\nA-1,moan,01/04/2026\nA-2,comment,31/04/2026\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "register.csv"
    file.write_text(GOOD, encoding="utf-8")
    return file


def test_a_register_is_checked_imported_and_the_same_again_changes_nothing(
    command: Command, good: Path, register_place: str
) -> None:
    checked = command("import", str(good), "--check")
    assert (checked.code, checked.out) == (0, "")
    assert "2 cases can be imported" in checked.err
    assert command("queue", "--format", "json").json == []
    assert command("import", str(good)).err == "2 cases imported, 0 were there already.\n"
    assert len(command("queue", "--format", "json").json) == 2
    if not SERVER:
        assert len(backups(register_place)) == 1
    assert "0 cases imported, 2 are there already" in command("import", str(good)).err
    if not SERVER:
        assert len(backups(register_place)) == 1, "nothing was to be imported, and nothing to be kept"


def test_a_bad_register_imports_nothing_and_lists_every_cell(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(BAD, encoding="utf-8")
    refused = command("import", str(file))
    assert refused.code == 1
    for told in ("line 2", "kind", "moan", "use complaint", "line 3", "received_on", "31/04/2026"):
        assert told in refused.err
    assert command("queue", "--format", "json").json == []


def test_another_content_under_the_same_reference_is_a_conflict(command: Command, good: Path) -> None:
    command("import", str(good))
    good.write_text(GOOD.replace("North", "South"), encoding="utf-8")
    for arguments in (("--check",), ()):
        refused = command("import", str(good), *arguments)
        assert refused.code == 1
        assert "A-1" in refused.err
        assert "team" in refused.err
    assert command("show", "A-1", "--format", "json").json["points"][0]["team"] == "North"


def test_everything_goes_out_as_json_and_in_again(command: Command, good: Path, place: str, tmp_path: Path) -> None:
    command("import", str(good))
    command("acknowledge", "A-1", "--on", "2026-04-02")
    whole = tmp_path / "whole.json"
    assert command("export", str(whole)).code == 0
    assert command("export", str(whole)).code == 1
    assert run(["--db", place, "import", str(whole)]) == 0
    other = ("--db", for_officer(place, "Sam"))
    before = command("show", "A-1", "--format", "json").json
    again = command(*other, "show", "A-1", "--format", "json").json
    assert again == before
    assert [event["step"] for event in again["timeline"]] == ["import", "acknowledge"]
    assert "0 cases taken over, with the record of every step; 2 are" in command(*other, "import", str(whole)).err
    next_one = ("log", "--kind", "comment", "--received", "2026-04-17", "--channel", "email", "--description", "Next")
    assert command(*other, *next_one).out == command(*next_one).out


def test_the_template_names_the_columns(command: Command) -> None:
    printed = command("import", "--template")
    assert printed.out.startswith("reference,kind,procedure,received_on,")
    assert command("import").code == 2
    assert command("export", "register.txt").code == 2


def test_a_list_with_other_headings_is_proposed_kept_corrected_and_imported(command: Command, tmp_path: Path) -> None:
    listed, kept = tmp_path / "list.csv", tmp_path / "ours.toml"
    listed.write_text("Ref No,Date received,Type,Details,Priority\nA1,04.03.2026,compliment,Thanks,High\n")
    own = ("import", str(listed), "--map", str(kept))
    proposed = command(*own)
    assert (proposed.code, "left out" in proposed.out, "Nothing was imported" in proposed.err) == (0, True, True)
    refused = command(*own, "--check")
    assert refused.code == 1
    assert "line 2, Date received: “04.03.2026” is not a date" in refused.err
    kept.write_text(kept.read_text("utf-8").replace('dates = ""', 'dates = "DD.MM.YYYY"'), "utf-8")
    assert "1 cases can be imported" in command(*own, "--check").err
    assert "1 cases imported" in command(*own).err
    assert command("show", "a1", "--format", "json").json["received_on"] == "2026-03-04"
