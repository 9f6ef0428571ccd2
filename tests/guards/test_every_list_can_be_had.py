"""Every command that gives a list gives it as CSV and xlsx too, and to a file; the others are named with the reason."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.written import NOW, commands

NO_LIST = {
    **dict.fromkeys(("days", "where", "backup", "roles"), "gives one line, or a few of one thing"),
    **dict.fromkeys(("explain", "subject", "guides", "help", "profile check"), "gives a text to be read"),
    "check": "says whether the register is sound; what --year lists is had by summary YEAR --cases wobbles",
    "calendar": "writes a calendar, which is a format of its own",
    **dict.fromkeys(("import", "export", "copy", "restore"), "takes a whole register, in formats of their own"),
    **dict.fromkeys(("init", "demo", "serve"), "makes or opens a register"),
    **dict.fromkeys(("encrypt", "decrypt", "key change", "key remember", "key forget"), "changes the register's key"),
    **dict.fromkeys(("figure set", "figure remove", "figure import"), "changes the figures; figure list lists them"),
    **dict.fromkeys(("words add", "words change", "words remove"), "changes the words; words list lists them"),
    **dict.fromkeys(
        ("days-off add", "days-off remove", "days-off read", "days-off by-law"),
        "takes a step, and says what it moves or would move; the queue lists the dates as they are",
    ),
    "reallocate": "takes a step on each case, and says what became of it",
    "profile use": "changes the profile, and says what changes",
}
"""Commands without a list to have, and why."""


def _leaves() -> dict[str, Any]:
    found = {name.partition(" ")[2]: command for name, command in commands()}
    return {name: command for name, command in found.items() if name and not getattr(command, "commands", None)}


def _has_lists(command: Any) -> bool:
    formats: set[str] = set()
    options: set[str] = set()
    for param in command.params:
        if param.param_type_name == "option":
            options.update(param.opts)
            if "--format" in param.opts:
                choices = getattr(param.type_descriptor, "choices", None) or ()
                formats.update(getattr(choice, "value", choice) for choice in choices)
    return {"csv", "xlsx", "json"} <= formats and {"--output", "--overwrite"} <= options


def _is_of_one_case(name: str) -> bool:
    """Whether its JSON is one case: a step, or a case shown."""
    return f"{name} .reference" in (NOW / "json.txt").read_text("utf-8").splitlines()


def test_every_list_can_be_had_as_a_file() -> None:
    without = {name for name, command in _leaves().items() if not _has_lists(command) and not _is_of_one_case(name)}
    assert sorted(without - NO_LIST.keys()) == [], "give its list by cli/list_output.py, or say here why it has none"


@pytest.mark.parametrize("name", NO_LIST)
def test_what_is_named_here_is_a_command_without_a_list(name: str) -> None:
    assert not _has_lists(_leaves()[name])
