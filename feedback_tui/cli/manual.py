"""The manual page, made from the commands: ``feedback-tui help --man``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from feedback_tui import __version__
from feedback_tui.cli.command_help import ALSO_CALLED, first_paragraph
from feedback_tui.cli.commands import Group, commands
from feedback_tui.cli.global_options import GLOBAL_OPTIONS

ENVIRONMENT = (
    ("FEEDBACK_TUI_DB", "The register to work on, where --db does not name one."),
    ("FEEDBACK_TUI_OFFICER", "Who is working, where --as does not say so; otherwise the user of the system."),
)
EXIT_STATUS = (
    ("0", "It was done."),
    ("1", "Something was wrong with the data, and a sentence on standard error says what."),
    ("2", "The command was used wrongly."),
)


def manual_page(program: Any) -> str:
    """Returns the manual page in the language of man: every command with its arguments and options.

    `program` is the parser with all commands.
    """
    return "".join(f"{line}\n" for line in _page(program))


def _page(program: Any) -> Iterator[str]:
    yield f'.TH FEEDBACK\\-TUI 1 "" "feedback\\-tui {__version__}" "Feedback TUI"'
    yield from _section("NAME", [f"feedback\\-tui \\- {_text('a complaints desk for the terminal')}"])
    usage = " ".join(f"[{option.name} {option.value}]" for option in GLOBAL_OPTIONS if option.value)
    yield from _section("SYNOPSIS", [f".B feedback\\-tui\n{_text(usage)} [COMMAND] ..."])
    words = "Without a command it opens the terminal interface. Standard output is data, standard error is talk."
    yield from _section("DESCRIPTION", [_text(first_paragraph(program.help)), ".PP", _text(words)])
    names = [(f"{option.name} {option.value or ''}".strip(), option.help) for option in GLOBAL_OPTIONS]
    yield from _section("OPTIONS", _terms(names))
    for group in Group:
        yield from _section(f"COMMANDS: {group.upper()}", [])
        for command in commands().values():
            if command.group is group:
                yield from _command(command.name, command.name, program.commands[command.name])
    yield from _section("ENVIRONMENT", _terms(ENVIRONMENT))
    yield from _section("EXIT STATUS", _terms(EXIT_STATUS))


def _command(name: str, top: str, command: Any) -> Iterator[str]:
    """Yields the lines for a command, and for its own commands."""
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    places = " ".join(_argument(param) for param in arguments)
    yield f".SS {_text(f'{name} {places}'.strip())}"
    for paragraph in (command.help or "").split("\n\n"):
        yield from (_text(" ".join(paragraph.split())), ".PP")
    yield from _terms((_argument(param), param.help) for param in arguments if param.help)
    yield from _terms(
        (_option(param, top), _said(param))
        for param in command.params
        if param.param_type_name == "option" and not param.hidden and "--help" not in param.opts
    )
    for own, found in getattr(command, "commands", {}).items():
        yield from _command(f"{name} {own}", top, found)


def _argument(param: Any) -> str:
    name = (param.metavar or param.name.strip("_").upper()).strip("[]")
    return str(name if param.required else f"[{name}]")


def _option(param: Any, top: str) -> str:
    """Returns the names of an option that the help shows, with its value."""
    hidden = {each for names in ALSO_CALLED.get(top, {}).values() for each in names}
    names = [each for each in (*param.opts, *param.secondary_opts) if each not in hidden]
    return ", ".join(names) + ("" if param.is_flag else f" {param.metavar or param.name.upper()}")


def _said(param: Any) -> str:
    """Returns the help of an option, with its allowed words."""
    choices = [str(getattr(each, "value", each)) for each in getattr(param.type_descriptor, "choices", None) or ()]
    listed = f"One of: {', '.join(choices)}." if choices else ""
    return " ".join(part for part in (param.help, listed, "Required." if param.required else "") if part)


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    yield f".SH {_text(heading)}"
    yield from lines


def _terms(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, words in pairs:
        yield from (".TP", f".B {_text(term)}", _text(words) or "\\&")


def _text(words: str) -> str:
    """Returns text as plain ASCII for man: no line is read as a request, and hyphens can be copied."""
    safe = words.replace("\\", "\\e").replace("-", "\\-")
    safe = re.sub(r"[^\x00-\x7f]", lambda found: f"\\[u{ord(found[0]):04X}]", safe)
    return re.sub(r"^([.'])", r"\\&\1", safe)
