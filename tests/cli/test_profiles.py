"""A changed profile for an existing register, from the console: shown, refused, used."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command

CHILDREN = str(Path(__file__).parent.parent / "profiles" / "children.toml")


def test_a_councils_profile_is_taken_out_changed_and_put_back(command: Command, tmp_path: Path) -> None:
    command("log", "--kind", "complaint", "--received", "2026-04-20", "--procedure", "statutory-adult")
    written = command("profile", "show", "--toml").out
    own = tmp_path / "own.toml"
    own.write_text(written.replace("[vocabulary]\n", '[vocabulary]\ninvestigators = ["Pat Lowe"]\n'))
    shown = command("profile", "use", str(own), "--check", "--format", "json").json
    assert shown == {
        "profile": "shropshire", "changes": ["Investigators added: Pat Lowe"], "moved": [], "applied": False,
    }  # fmt: skip
    assert "Pat Lowe" not in command("profile", "show").out
    done = command("profile", "use", str(own))
    assert (done.code, done.out) == (0, "Investigators added: Pat Lowe\n")
    assert "A case keeps the version that it began under." in done.err
    assert "Investigators: Pat Lowe" in command("profile", "show").out
    own.write_text(written.replace("count = 25", "count = 20"))
    refused = command("profile", "use", str(own))
    assert (refused.code, refused.out) == (1, "")
    assert "cases run under version 1 of statutory-adult" in refused.err
    assert command("profile", "use", str(tmp_path / "none.toml")).code == 1


def test_the_dates_of_a_case_are_explained(command: Command) -> None:
    command("log", "--kind", "complaint", "--received", "2026-04-20", "--procedure", "statutory-adult")
    shown = command("explain", "asc-26-0001")
    assert shown.out.startswith("Acknowledge: Thu 23 April 2026\n    3 working days from receipt, Mon 20 April 2026\n")
    assert "May Day" in shown.out
    found = command("explain", "ASC-26-0001", "--format", "json").json
    assert [(row["deadline"], row["due_on"]) for row in found][:2] == [
        ("acknowledgement", "2026-04-23"),
        ("stage_1_target", "2026-05-27"),
    ]
    assert command("explain").code == command("explain", "ASC-26-0001", "--procedure", "corporate").code == 2
    assert command("explain", "ASC-26-0009").code == 1


def test_the_dates_of_a_procedure_of_three_stages_are_explained(command: Command) -> None:
    """Without a register: the events are given, each by its name."""
    asked = ("explain", "--procedure", "children-statutory", "--received", "2026-04-02", "--profile", CHILDREN)
    assert [row["due_on"] for row in command(*asked, "--format", "json").json["deadlines"][3:8]] == [None] * 5
    events = ("stage_2_requested=2026-05-11", "stage-3-requested=31/08/2026", "panel_held=2026-10-01")
    found = command(*asked, *(word for event in events for word in ("--at", event)), "--format", "json").json
    assert {row["deadline"]: row["due_on"] for row in found["deadlines"][3:8]} == {
        "stage_2_target": "2026-06-16",
        "stage_2_limit": "2026-08-11",
        "stage_3_panel": "2026-10-12",
        "stage_3_report": "2026-10-08",
        "stage_3_reply": None,
    }
    early = command(*asked, "--at", "panel_held=2026-10-01")
    assert early.code == 1
    assert "cannot come before the request for Stage 3: give that day too" in early.err
    seventh = command(*asked, "--at", "stage_7_requested=2026-10-01")
    assert seventh.code == 1
    assert seventh.err.startswith("There is no stage 7: a procedure has at most 6: write acknowledged, consent,")
    assert command(*asked, "--at", "panel_held").code == 2
