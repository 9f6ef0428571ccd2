"""Makes the command of a step from its record: arguments, options, help, and the input.

`--help` needs only the record, so it does not load the verb or the model of its input.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from feedback_tui.cli.shared import Format, FormatOption, Reference, date_option, place
from feedback_tui.cli.step_result import print_result
from feedback_tui.rules.lifecycle.ask import Ask, Entry, Flag
from feedback_tui.rules.lifecycle.step import Step

ON_TODAY = "today"
OF_EVERY_STEP = ("context", "reference", "format")


def step_command(step: Step) -> Callable[..., None]:
    """Returns the function from which Typer makes the command of a step. The command raises UnknownWord,
    ValidationError and what the verb raises."""
    asked = [ask for ask in step.asks if not ask.of_the_form_alone]

    def command(**given: Any) -> None:
        from feedback_tui.casework.step_verbs import input_of, verb_of

        context, reference, format = (given[name] for name in OF_EVERY_STEP)
        actor = place(context).actor()
        said = {ask.name: _value(ask, given[_name(ask)], actor.today) for ask in asked}
        # Values that are not given are left out, so that the input's defaults apply.
        values = {name: value for name, value in said.items() if value is not None}
        print_result(verb_of(step)(actor, reference, input_of(step).model_validate(values)), format)

    command.__name__ = step.command.replace("-", "_")
    command.__doc__ = step.sentence
    parameters = [
        Parameter("context", Parameter.KEYWORD_ONLY, annotation=typer.Context),
        Parameter("reference", Parameter.KEYWORD_ONLY, annotation=Reference),
        *(_parameter(ask) for ask in sorted(asked, key=lambda ask: not ask.argument)),
        Parameter("format", Parameter.KEYWORD_ONLY, annotation=FormatOption, default=Format.TEXT),
    ]
    # Typer reads a function's signature, and this function's signature is built here.
    command.__dict__["__signature__"] = Signature(parameters)
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    return command


def _name(ask: Ask) -> str:
    """Returns the name of the parameter, changed if it would equal one that every step has."""
    return f"other_{ask.name}" if ask.name in OF_EVERY_STEP else ask.name


def _parameter(ask: Ask) -> Parameter:
    """Returns one argument or option, as Typer reads it from a signature."""
    needed = ask.required and not ask.may_be_left_out
    default: Any = Parameter.empty if needed else None
    help = ask.option_help or ", ".join(ask.offered) or _sentence(ask.help or ask.label)
    if ask.rule:
        help = f"{help.removesuffix('.')} (2009 Regulations, {ask.rule})."
    kind: Any = str if needed else str | None
    names = ask.options or (f"--{ask.name.replace('_', '-')}",)
    option: Any
    if ask.argument:
        kind = list[str] | None if ask.several else int if ask.number else str
        option = typer.Argument(metavar=ask.argument, help=help, min=1 if ask.number else None)
    elif ask.entry is Entry.DATE:
        kind, option = (date if needed else date | None), date_option(*names, help=help)
    elif ask.flag is Flag.MAY_BE_UNKNOWN:
        both = names if "/" in names[0] else (f"{names[0]}/--no-{names[0].removeprefix('--')}",)
        kind, option = bool | None, typer.Option(*both, help=help)
    elif ask.flag is Flag.NO_UNLESS_SAID:
        kind, default, option = bool, False, typer.Option(*names, help=help)
    elif ask.number:
        kind, option = (int if needed else int | None), typer.Option(*names, min=1, help=help)
    elif ask.several:
        kind, option = list[str] | None, typer.Option(*names, help=help)
    else:
        option = typer.Option(*names, help=help)
    return Parameter(_name(ask), Parameter.KEYWORD_ONLY, annotation=Annotated[kind, option], default=default)


def _value(ask: Ask, given: Any, today: date) -> Any:
    """Returns the value of an option or argument for the step's input; None if it was not given. Raises UnknownWord."""
    if given is None and ask.entry is Entry.DATE and ask.begins == ON_TODAY:
        return today
    text = ask.entry is not Entry.DATE and ask.flag is None and not (ask.number or ask.several or ask.offered)
    # If only the form requires a text, the verb reports that it is missing, with the reason.
    return "" if given is None and ask.required and text else ask.value(given)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else ""
