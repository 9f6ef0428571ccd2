"""On a server each role at the console: what every kind of command does for it, and the sentence that refuses the rest.

The table is what the guide says of the roles (docs/one-server.md).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from feedback_tui.cli.commands import command_of, commands
from feedback_tui.cli.main import run
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.backend.server_functions import KEEPER
from feedback_tui.storage.backend.server_roles import MANAGER, OFFICER, READER
from feedback_tui.storage.make_roles import make_roles
from tests.cli.conftest import TODAY, Command, Result
from tests.places import login_of, one_at_a_time

pytestmark = pytest.mark.of_a_server

OPEN, COMPLIMENT, RESTRICTED, CLOSED = "ASC-26-0001", "ASC-26-0002", "ASC-26-0003", "ASC-20-0001"
LOG = (
    "log", "--kind", "complaint", "--received", "2026-04-17", "--procedure", "statutory-adult", "--description",
    "No carer came", "--customer-name", "Ann Lee", "--team", "Enable",
)  # fmt: skip

DONE = ""
MAY_NOT = "Your login may not do that on postgresql://"
NO_CASE = f"There is no case {RESTRICTED}."
ASK = f"{RESTRICTED} is restricted: ask Sam. Only the officers named for it open it."
IS_HIDDEN = "1 restricted case is hidden from your login, and "
HIDDEN = IS_HIDDEN + "the figures would be short: a keeper prints them."
NOT_COMPARED = IS_HIDDEN + "what is imported could not be compared with it: a keeper imports."
NOT_WRITTEN = IS_HIDDEN + "nothing was written: ask a keeper."
NOT_COPIED = IS_HIDDEN + "the copy would be short: a keeper makes it."
NOT_CHECKED = IS_HIDDEN + "the register cannot be checked without: a keeper checks it."
NOT_ALL_HELD = IS_HIDDEN + "what is held on a person may stand there: a keeper looks."
THE_OWNERS = "Only the owner of the database and its tables may do that."
OF_A_FILE = "is on a PostgreSQL server, and this is for a register in a file"
IS_THERE = "exists already and was left as it is"
HAS_CASES = "already, and was left as it is: an export is read into a new or an empty register"


class Row(NamedTuple):
    """A command, and what a login of each role is told: done, or a part of the sentence that refuses."""

    arguments: tuple[str, ...]
    reader: str
    officer: str
    manager: str
    keeper: str


def _everyone(*arguments: str, told: str = DONE) -> Row:
    return Row(arguments, told, told, told, told)


def _casework(*arguments: str) -> Row:
    return Row(arguments, MAY_NOT, DONE, DONE, DONE)


def _managers(*arguments: str) -> Row:
    return Row(arguments, MAY_NOT, MAY_NOT, DONE, MAY_NOT)


def _of_every_case(*arguments: str, otherwise: str = HIDDEN) -> Row:
    return Row(arguments, otherwise, otherwise, otherwise, DONE)


TABLE = (
    # What is read.
    _everyone("where"),
    _everyone("today"),
    _everyone("queue"),
    _everyone("show", OPEN),
    Row(("show", RESTRICTED), NO_CASE, NO_CASE, NO_CASE, DONE),
    _everyone("cases"),
    _everyone("find", "carer"),
    _everyone("explain", OPEN),
    _everyone("days", "2026-04-01", "--add", "10"),
    _everyone("learning"),
    _everyone("views", OPEN),
    _everyone("chase-list"),
    _everyone("letters", OPEN),
    _everyone("letter", OPEN, "acknowledgement"),
    _everyone("calendar", "{folder}/deadlines.ics"),
    _everyone("figure", "list"),
    _everyone("words", "list", "2025/26"),
    _everyone("days-off", "list"),
    _everyone("profile", "show"),
    _everyone("keys"),
    _everyone("guides"),
    _everyone("licences"),
    _everyone("erased"),
    _everyone("erase", "--dry-run"),
    # What would be short of the cases that are hidden.
    _of_every_case("report", "open"),
    _of_every_case("report", "owed"),
    _of_every_case("report", "times"),
    _of_every_case("report", "ombudsman"),
    _of_every_case("report", "quarter"),
    _of_every_case("summary", "2026/27"),
    _of_every_case("summary", "2026/27", "--cases", "feedback.total"),
    _of_every_case("check", otherwise=NOT_CHECKED),
    _of_every_case("subject", "Ann Lee", otherwise=NOT_ALL_HELD),
    _of_every_case("copy", "{place}", "{folder}/copy.db", otherwise=NOT_COPIED),
    _of_every_case("import", "{folder}/rows.csv", "--check", otherwise=NOT_COMPARED),
    _of_every_case("import", "{folder}/rows.csv", otherwise=NOT_COMPARED),
    Row(("export", "{folder}/out.csv"), NOT_WRITTEN, NOT_WRITTEN, NOT_WRITTEN, DONE),
    Row(("export", "{folder}/out.json"), NOT_WRITTEN, NOT_WRITTEN, NOT_WRITTEN, DONE),
    # Casework.
    _casework(*LOG),
    _casework("acknowledge", OPEN),
    Row(("acknowledge", RESTRICTED), MAY_NOT, NO_CASE, NO_CASE, ASK),
    _casework("note", OPEN, "They rang"),
    _casework("undo", OPEN),
    _casework("contact", OPEN, "--kind", "call from them"),
    _casework("letter", OPEN, "acknowledgement", "--text", "{folder}/letter.txt", "--note"),
    _casework("add-person", OPEN, "--name", "Cy Lee", "--part", "representative"),
    _casework("correct-person", OPEN, "1", "--interpreter", "Polish"),
    _casework("investigate", OPEN, "--investigator", "Pat Lo"),
    _casework("provider", OPEN, "--asked-on", "2026-04-17", "--answer-due-on", "2026-05-01"),
    _casework("extend", OPEN, "--to", "2026-07-01", "--reason", "A nurse is away", "--agreed"),
    _casework("point", OPEN, "--text", "Two calls were missed"),
    _casework("plan-action", OPEN, "--action", "Brief the team", "--owner", "Jo", "--due-on", "2026-06-01"),
    _casework("correct", OPEN, "--wanted", "An apology", "--reason", "They rang"),
    _casework("ombudsman", OPEN, "--received-on", "2026-04-20"),
    _casework("choose-ombudsman", OPEN, "phso", "--reason", "About the hospital"),
    _casework("quote", COMPLIMENT, "Thank you"),
    _casework("thank", COMPLIMENT),
    _casework("restrict", COMPLIMENT, "Sam", "--reason", "A colleague"),
    _casework("figure", "set", "2021/22", "investigations", "156"),
    _casework("figure", "import", "{folder}/figures.csv"),
    _casework("words", "add", "2025/26", "recommendations", "Answer sooner"),
    # The register's own.
    _managers("days-off", "add", "2026-07-13", "Mourning"),
    _managers("profile", "use", "{folder}/profile.toml"),
    Row(
        ("erase", CLOSED, "--reason", "They asked", "--nevertheless", "Its own reason", "--yes"),
        MAY_NOT,
        MAY_NOT,
        THE_OWNERS,
        MAY_NOT,
    ),
    # What is not for the logins of the roles, or not for a server.
    _everyone("roles", told=MAY_NOT),
    _everyone("init", "--profile", "shropshire", told=IS_THERE),
    _everyone("demo", "--no-open", told=IS_THERE),
    _everyone("import", "{folder}/whole.json", told=HAS_CASES),
    *(
        _everyone(*arguments, told=OF_A_FILE)
        for arguments in (
            ("backup",), ("restore", "{folder}/rows.csv"), ("encrypt",), ("decrypt",), ("key", "change"),
        )
    ),
    Row(("reallocate", "--from", "Sam", "--to", "Kim"), MAY_NOT, DONE, DONE, ASK),
)  # fmt: skip


@pytest.fixture
def shared(command: Command, register_place: str, tmp_path: Path) -> Path:
    """A register with roles, whose owner is Sam: an open case, a compliment, one restricted to Sam, an old closed one.

    Gives the folder of the files that commands read.
    """
    asked = (
        LOG,
        ("note", OPEN, "A first note"),
        ("log", "--kind", "compliment", "--received", "2026-04-17", "--description", "Thank you"),
        LOG,
        ("log", "--kind", "compliment", "--received", "2020-01-02", "--customer-name", "Bo", "--reference", CLOSED),
        ("close", CLOSED, "--on", "2020-01-02"),
        ("export", str(tmp_path / "whole.json")),
        ("restrict", RESTRICTED, "Sam", "--reason", "A relative"),
    )
    for arguments in asked:
        done = command(*arguments)
        assert done.code == 0, (arguments, done.err)
    (tmp_path / "rows.csv").write_text("reference,kind,received_on\nA-1,comment,2026-04-02\n", "utf-8")
    (tmp_path / "figures.csv").write_text("year,name,value\n2021/22,compliments,156\n", "utf-8")
    (tmp_path / "letter.txt").write_text("Dear Ms Lee,\n\nWe have your complaint.\n", "utf-8")
    offered = '[vocabulary]\ninvestigators = ["Pat Lowe"]'
    (tmp_path / "profile.toml").write_text(profile_text("shropshire").replace("[vocabulary]", offered), "utf-8")
    with one_at_a_time():
        make_roles(register_place)
    return tmp_path


@pytest.fixture
def as_role(
    shared: Path, register_place: str, capfd: pytest.CaptureFixture[str]
) -> Callable[[str, tuple[str, ...]], Result]:
    """Runs a command as a login of a role; `{place}` and `{folder}` stand for the register and for Sam's files."""

    def run_it(role: str, arguments: tuple[str, ...]) -> Result:
        login = f"c_{role}"
        place = login_of(register_place, login, role)
        given = [each.replace("{place}", place).replace("{folder}", str(shared)) for each in arguments]
        capfd.readouterr()
        code = run(["--db", place, "--today", TODAY, "--as", login, *given])
        return Result(code, *capfd.readouterr())

    return run_it


@pytest.mark.parametrize("role", [READER, OFFICER, MANAGER, KEEPER])
def test_each_role_at_the_console(
    as_role: Callable[[str, tuple[str, ...]], Result], command: Command, role: str
) -> None:
    for row in TABLE:
        told = {READER: row.reader, OFFICER: row.officer, MANAGER: row.manager, KEEPER: row.keeper}[role]
        result = as_role(role, row.arguments)
        assert (result.code == 0) == (told == DONE), (row.arguments, result)
        assert told in result.err + result.out, (row.arguments, result)
        assert "Something went wrong" not in result.err, (row.arguments, result)
        assert "Traceback" not in result.err
    assert command("check").code == 0


def test_every_kind_of_command_is_in_the_table() -> None:
    """A command that is added later is tried as each role. The browser's server does not end by itself."""
    named = {command_of(row.arguments) for row in TABLE}
    called = {command.module for command in commands().values() if command.name in named}
    assert {command.module for command in commands().values()} - called == {"serve", "help"}


def test_a_reference_that_a_hidden_case_has_is_refused_plainly(
    as_role: Callable[[str, tuple[str, ...]], Result],
) -> None:
    taken = as_role(OFFICER, (*LOG, "--reference", RESTRICTED))
    assert taken.code == 1
    assert "That reference is taken by a case that is hidden from your login: use another." in taken.err
