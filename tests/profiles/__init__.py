"""Profiles for the tests that are no council's: procedures of several stages, beside those that are shipped."""

from __future__ import annotations

from pathlib import Path

from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import create_register
from tests.places import made_once

FILES = Path(__file__).parent
CHILDREN, NATIONS = ((FILES / f"{name}.toml").read_text("utf-8") for name in ("children", "nations"))


def with_children(profile: str) -> str:
    """The TOML of a shipped profile, with the procedures of children's services beside its own."""
    return f"{profile_text(profile)}\n{CHILDREN[CHILDREN.index('[[procedure]]') :]}"


def empty_of(name: str, toml: str) -> str:
    """An empty register of this profile, made once a session. Copy it; never open it."""
    return made_once(f"empty_{name}", lambda place: create_register(place, toml).close())
