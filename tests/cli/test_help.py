"""Help: every command in a group, whole sentences at 80 columns, the same for `help COMMAND`, and a manual page."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

from feedback_tui.cli.command_help import ALSO_CALLED, first_paragraph
from feedback_tui.cli.commands import Group
from feedback_tui.cli.commands import commands as every_command
from feedback_tui.cli.global_options import GLOBAL_OPTIONS
from feedback_tui.cli.main import run
from feedback_tui.cli.startup import interface_options
from tests.cli.conftest import Command
from tests.contract.written import commands

EVERY = dict(commands())
Printed = Callable[..., str]
NAMES = [name.removeprefix("feedback-tui").split() for name in EVERY]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Printed:
    """What a call prints in a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    def printed_by(*arguments: str) -> str:
        assert run([*arguments]) == 0
        return capsys.readouterr().out

    return printed_by


def test_the_help_lists_every_command_once_in_its_group(printed: Printed) -> None:
    sections = dict(re.findall(r"^([\w ]+):\n((?:  .*\n)+)", printed("--help"), re.MULTILINE))
    for group in Group:
        listed = re.findall(r"^  (\S+)", sections[group], re.MULTILINE)
        assert listed == [command.name for command in every_command().values() if command.group is group]


@pytest.mark.parametrize("call", NAMES, ids=" ".join)
def test_help_says_whole_sentences_at_80_columns(call: list[str], printed: Printed) -> None:
    text = printed(*call, "--help")
    assert max(map(len, text.splitlines())) <= 80
    assert not re.search(r"\w(\.\.\.|…)$", text, re.MULTILINE), "cut off"
    command = EVERY[" ".join(["feedback-tui", *call])]
    said = "".join(text.split())
    for own in [command, *getattr(command, "commands", {}).values()]:
        sentence = first_paragraph(own.help)
        assert sentence.endswith(".")
        assert "".join(sentence.split()) in said
    assert printed("help", *call) == text


def test_the_sentences_of_the_list_are_those_of_each_command() -> None:
    for name, command in every_command().items():
        assert first_paragraph(EVERY[f"feedback-tui {name}"].help) == command.help
        assert command.help[0].isupper()
        assert command.help.endswith(".")


def test_a_word_that_is_no_command_is_compared_with_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["help", "qeueu"]) == 2
    assert (
        capsys.readouterr().err == "No such command 'qeueu'. Did you mean 'queue', 'quote'?\nSee: feedback-tui --help\n"
    )
    assert run(["show"]) == 2
    assert capsys.readouterr().err == "Missing argument 'REFERENCE'.\nSee: feedback-tui help show\n"


@pytest.mark.parametrize(
    ("command", "shown", "hidden"),
    [
        (command, shown, each)
        for command, names in ALSO_CALLED.items()
        for shown, other in names.items()
        for each in other
    ],
)
def test_a_name_of_an_option_that_is_not_shown_works_all_the_same(
    command: str, shown: str, hidden: str, printed: Printed
) -> None:
    found = EVERY[f"feedback-tui {command}"].params
    (option,) = [param for param in found if shown in param.opts]
    assert hidden in option.opts
    names = set(re.findall(r"--[\w-]+", printed(command, "--help").partition("Options:")[2]))
    assert shown in names
    assert hidden not in names
    # The help that was printed takes nothing away.
    assert hidden in option.opts


def test_an_option_by_its_older_and_its_newer_name_does_the_same(command: Command) -> None:
    by_name = [command("erase", name, "--format", "json") for name in ("--check", "--dry-run")]
    assert by_name[0] == by_name[1]
    assert by_name[0].code == 0
    dates = [
        command("explain", "--procedure", "corporate", received, "2026-04-20", "--profile", "shropshire")
        for received in ("--received", "--received-on")
    ]
    assert dates[0] == dates[1]
    assert dates[0].code == 0


def test_one_list_of_options_before_the_command_serves_both_parsers() -> None:
    params = {param.opts[0]: param for param in EVERY["feedback-tui"].params}
    for option in GLOBAL_OPTIONS:
        assert (params[option.name].help, params[option.name].is_flag) == (option.help, option.value is None)
        if option.value is not None:
            assert interface_options([option.name, "x"]) == {option.name: "x"}
    own = {"--install-completion", "--show-completion", "--help", "-h"}
    assert set(params) - own == {option.name for option in GLOBAL_OPTIONS}


def test_the_help_of_all_loads_no_command() -> None:
    program = (
        "import sys\n"
        "from feedback_tui.cli.main import run\n"
        "before = set(sys.modules)\n"
        "code = run(['--help'])\n"
        "from feedback_tui.cli.commands import commands\n"
        "modules = {f'feedback_tui.cli.{each.module}' for each in commands().values() if each.module}\n"
        "print('LOADED', sorted(modules & set(sys.modules)), code)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.splitlines()[-1] == "LOADED [] 0"


def test_the_manual_page_has_every_command_and_option_that_help_shows(printed: Printed) -> None:
    page = printed("help", "--man")
    assert page.startswith(".TH FEEDBACK\\-TUI 1 ")
    plain = page.replace("\\-", "-").replace("\\e", "\\").replace("\\&", "")
    plain = re.sub(r"\\\[u([0-9A-F]{4})\]", lambda found: chr(int(found[1], 16)), plain)
    headings = re.findall(r"^\.SS (.*)$", plain, re.MULTILINE)
    for name in EVERY:
        short = name.removeprefix("feedback-tui").strip()
        assert not short or any(each == short or each.startswith(f"{short} ") for each in headings), name
    for command in every_command().values():
        assert command.help in plain
    for option in ("--db PATH-OR-URL", "--outcome-reason TEXT", "--extended-to DATE", "FEEDBACK_TUI_DB"):
        assert f".B {option}" in plain or f", {option}" in plain
    assert "--dry-run" not in plain


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_manual_page_is_what_man_can_read(printed: Printed) -> None:
    page = printed("help", "--man").encode()
    done = subprocess.run(["groff", "-man", "-ww", "-z", "-Tutf8"], input=page, capture_output=True, check=True)
    assert done.stderr == b""
