"""The help of commands: whole sentences, and the same name everywhere for an option with the same meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup

ALSO_CALLED: dict[str, dict[str, tuple[str, ...]]] = {
    "allocate": {"--investigator": ("--investigating-officer",)},
    "authority": {"--consent-due-on": ("--due-on",)},
    "calendar": {"--investigator": ("--investigating-officer",)},
    "chase-list": {"--investigator": ("--investigating-officer",)},
    "erase": {"--check": ("--dry-run",)},
    "explain": {
        "--acknowledged": ("--acknowledged-on",),
        "--consent": ("--consent-on",),
        "--enquiry": ("--ombudsman-received-on",),
        "--received": ("--received-on",),
        "--review-acknowledged": ("--review-acknowledged-on",),
        "--review-requested": ("--review-requested-on",),
    },
    "export": {"--overwrite": ("--force",)},
    "investigate": {"--investigator": ("--investigating-officer",)},
    "learn": {"--learning-said": ("--said",)},
    "learning": {"--learning-area": ("--area",), "--action-owner": ("--owner",)},
    "letter": {"--text-file": ("--text",)},
    "limit-contact": {"--look-again-on": ("--review-on",)},
    "ombudsman": {"--agreed-action": ("--agreed",)},
    "queue": {"--investigator": ("--investigating-officer",)},
    "reopen": {"--promised-on": ("--promised",)},
    "request-review": {"--investigator": ("--investigating-officer",)},
    "sign-off": {"--signed-by": ("--by",)},
}
"""By command: the option name shown in the help, and names that also work but are not shown.

Options with the same meaning have the same shown name in every command. The other names come from earlier versions and
from the columns of the register.
"""


VALUES = {"str": "TEXT", "list[str]": "TEXT", "int": "NUMBER", "Path": "FILE"}
"""How the help describes the value of an option, by its type."""


class CommandHelp(TyperCommand):
    """A command whose help shows one name for each option in ALSO_CALLED."""

    def __init__(self, *, name: str | None, params: Sequence[Any], **others: Any) -> None:
        for shown, hidden in ALSO_CALLED.get(name or "", {}).items():
            option = next(each for each in params if {shown, *hidden} & {*each.opts})
            # The declared name stays first, because messages use it.
            option.opts += [each for each in (shown, *hidden) if each not in option.opts]
        name_values(params)
        super().__init__(name=name, params=[*params], **others)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        hidden = {each for names in ALSO_CALLED.get(self.name or "", {}).values() for each in names}
        declared = {option: option.opts for option in self.params if hidden & {*option.opts}}
        try:
            for option, names in declared.items():
                option.opts = [each for each in names if each not in hidden]
            super().format_options(ctx, formatter)
        finally:
            for option, names in declared.items():
                option.opts = names


class GroupHelp(TyperGroup):
    """A command with commands of its own; its help lists them with whole sentences."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for command in self.commands.values():
            name_values(command.params)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        found = {name: command for name, command in self.commands.items() if not command.hidden}
        rows = [(name, first_paragraph(command.help)) for name, command in found.items()]
        list_commands(formatter, "Commands", rows, max(map(len, found)))


def name_values(params: Sequence[Any]) -> None:
    """Sets the metavar of each option that declares none, from `VALUES`."""
    for param in params:
        if param.param_type_name == "option" and param.metavar is None and not param.is_flag:
            param.metavar = VALUES.get(param.bare_type())


def list_commands(formatter: Any, heading: str, rows: Sequence[tuple[str, str]], wide: int) -> None:
    """Writes commands with their help under a heading; names are padded to `wide` characters."""
    with formatter.section(heading):
        formatter.write_dl([(name.ljust(wide), words) for name, words in rows])


def first_paragraph(help: str | None) -> str:
    """Returns the first paragraph of a help text, on one line; "" for None."""
    return " ".join((help or "").partition("\n\n")[0].split())
