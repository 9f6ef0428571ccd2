"""The commands, by the file that has each: only what a call names is loaded, and taken apart for its options.

A command is the function of its name; a group of commands is a Typer of its name and ``_commands``.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword

import typer

from feedback_tui.cli.global_options import VERSION, WITH_VALUE

FILES: dict[str, tuple[str, ...]] = {
    "morning": ("today",),
    "show": ("queue", "show"),
    "cases": ("cases", "find"),
    "reports": ("report",),
    "summary": ("summary",),
    "stages": (
        "log", "acknowledge", "investigate", "extend", "respond", "withdraw", "close", "reopen", "void",
        "request-review", "acknowledge-review",
    ),
    "changes": (
        "allocate", "hold", "resume", "change-procedure", "correct-receipt", "note", "action-done", "redress-done",
        "undo",
    ),
    "ombudsman": ("ombudsman", "ombudsman-query", "ombudsman-draft", "complied"),
    "redress_and_learning": ("redress", "learn", "plan-action", "thank", "quote"),
    "contacts": ("contact", "next-update", "chase", "draft-received", "draft-checked", "sign-off"),
    "learning": ("learning",),
    "people": (
        "add-person", "correct-person", "authority", "death", "same-person", "not-same-person", "limit-contact",
    ),
    "early_closure": (
        "correct", "point", "change-kind", "joint", "restrict", "attach", "settle", "decline", "pass-on", "join",
    ),
    "letters": ("letter", "letters"),
    "investigators": ("chase-list", "reallocate"),
    "days_off": ("days-off",),
    "typed_figures": ("figure",),
    "year_texts": ("words",),
    "import_export": ("import", "export", "copy"),
    "admin": ("init", "demo", "check", "backup", "restore", "where"),
    "personal_data": ("erase", "erased", "subject"),
    "encryption": ("encrypt", "decrypt", "key"),
    "view_log": ("views",),
    "working_days": ("days", "explain"),
    "calendar_feed": ("calendar",),
    "profiles": ("profile",),
    "keys": ("keys",),
    "guides": ("guides",),
    "licences": ("licences",),
    "serve": ("serve",),
    "roles": ("roles",),
}  # fmt: skip
"""In the order of the help."""


NO_COMMAND = ""
"""The name that no command has: a call that is answered before any command is looked at."""


def command_of(arguments: Sequence[str]) -> str | None:
    """The command that a call names; None where it names none that there is: then all of them are told of."""
    left = iter(arguments)
    for word in left:
        if word in WITH_VALUE:
            next(left, None)
        elif word == VERSION.name:
            return NO_COMMAND
        elif not word.startswith("-"):
            return word if any(word in names for names in FILES.values()) else None
        elif word.partition("=")[0] not in WITH_VALUE:
            return None
    return None


def add_commands(app: typer.Typer, only: str | None = None) -> None:
    """Registers every command, or this one alone."""
    for file, names in FILES.items():
        for name in names:
            if only in (None, name):
                _add(app, file, name)


def _add(app: typer.Typer, file: str, name: str) -> None:
    found = vars(import_module(f"feedback_tui.cli.{file}"))
    written = name.replace("-", "_")
    if (group := found.get(f"{written}_commands")) is not None:
        app.add_typer(group, name=name)
    else:
        app.command(name)(found[f"{written}_" if iskeyword(written) else written])
