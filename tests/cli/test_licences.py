"""Every package that the program stands on is locked, extras too, and its licence is listed."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from feedback_tui.cli.licences import licences_of
from feedback_tui.cli.main import run

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def pinned(name: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / name).read_text("utf-8")))


def test_the_licence_of_each_package_that_is_locked_and_installed_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["licences", "--format", "json"]) == 0
    listed = {each["name"].replace("_", "-").casefold(): each for each in json.loads(capsys.readouterr().out)}
    installed = {each.name.replace("_", "-").casefold() for each in metadata.distributions()}
    for name in pinned("requirements.lock"):
        assert name not in installed or name in listed
    assert all(each["licence"] and each["licence"] != "not stated" for each in listed.values())
    assert (listed["textual"]["licence"], listed["textual"]["needed_by"]) == ("MIT License", "feedback-tui")
    assert listed["psycopg"]["needed_by"] == "feedback-tui[postgres]"
    assert not {"pytest", "mypy", "ruff"} & listed.keys(), "tools are no part of it"
    assert run(["licences"]) == 0
    assert re.search(r"^textual +8\.2\.8 +MIT License +needed by feedback-tui$", capsys.readouterr().out, re.MULTILINE)


def test_no_licence_keeps_the_program_from_being_given_away() -> None:
    """Permissive, or for a library that stays a part by itself (LGPL, MPL)."""
    for each in licences_of("feedback-tui"):
        assert "AGPL" not in each.licence
        assert "GPL" not in each.licence or "LGPL" in each.licence or "Lesser" in each.licence, each


def test_the_constraints_hold_the_locks_versions_and_every_extra() -> None:
    held = pinned("constraints.txt")
    assert "--hash" not in (ROOT / "constraints.txt").read_text("utf-8")
    assert held == pinned("requirements-extras.lock")
    assert {name: held.get(name) for name in pinned("requirements.lock")} == pinned("requirements.lock")
    tools = pinned("requirements-dev.lock")
    assert {name: version for name, version in held.items() if tools.get(name, version) != version} == {}
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for extra, wanted in extras.items():
        for line in wanted if extra != "dev" else ():
            assert re.split(r"[\[>=<]", line)[0] in held, f"{extra}: run make lock"
