"""The people of a case, what it is, and who may open it, by command."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Command

CASE = "ASC-26-0001"
LOGGED = (
    *("log", "--kind", "complaint", "--received", "2026-04-13", "--channel", "telephone", "--description", "Late"),
    *("--customer-name", "Ann Lee", "--correspondent-name", "Bea Lee", "--correspondent-role", "family"),
    *("--relationship", "daughter", "--authority", "consent requested", "--consent-due-on", "2026-04-27"),
)
PEOPLE = (
    ("add-person", CASE, "--name", "Cy Lee", "--role", "carer", "--safe-contact", "By text"),
    ("correct-person", CASE, "3", "--name", "Cyril Lee", "--interpreter", "Polish"),
    ("authority", CASE, "2", "consent received", "--words", "A signed form"),
    ("limit-contact", CASE, "3", "warning", "--reason", "Forty calls", "--review-on", "2026-07-10"),
    ("death", CASE, "1", "--on", "2026-04-19", "--carried-on-by", "2"),
    ("same-person", CASE, "2", "OTHER-1"),
    ("not-same-person", CASE, "2", "--reason", "Two of a name"),
)
WHAT_IT_IS = (
    ("correct", CASE, "--reason", "Read again", "--description", "Very late"),
    ("correct", CASE, "--reason", "They said so", "--happened-on", "2026-04-01"),
    ("correct", CASE, "--reason", "They do not know", "--not-known", "happened-on"),
    ("point", CASE, "1", "--team", "North"),
    ("point", CASE, "--text", "The bill"),
    ("point", CASE, "2", "--remove"),
    ("joint", CASE, "County Hospital", "--consent-on", "2026-04-20"),
    ("attach", CASE, "The letter", "DMS 4711"),
    ("change-kind", CASE, "enquiry", "--reason", "An MP asked"),
    ("restrict", CASE, "Sam", "Kim", "--reason", "A colleague's aunt"),
)


@pytest.fixture
def logged(command: Command) -> Command:
    """A register with two cases."""
    assert command(*LOGGED).code == 0
    assert command("log", "--kind", "comment", "--received", "2026-04-13", "--customer-name", "Bea Lee",
                   "--reference", "OTHER-1").code == 0  # fmt: skip
    return command


def test_every_command_is_taken_and_the_register_is_sound(logged: Command) -> None:
    for arguments in (*PEOPLE, *WHAT_IT_IS):
        done = logged(*arguments)
        assert (done.code, done.out.strip()) == (0, CASE), done.err
    page = logged("show", CASE, "--format", "json").json
    assert [(each["name"], each["interpreter"], each["no_letters"]) for each in page["people"]] == [
        ("Ann Lee", "", "they died on Sun 19 April 2026"),
        ("Bea Lee", "", None),
        ("Cyril Lee", "Polish", None),
    ]
    assert (page["kind"], page["points"][0]["team"], len(page["points"])) == ("enquiry", "North", 1)
    shown = logged("show", CASE).out
    for words in (
        "Mind: Restricted: only Sam, Kim",
        "Cyril Lee – Safe contact: By text",
        "description: “Late” → “Very late”",
    ):
        assert words in " ".join(shown.split())
    assert logged("check").code == 0


@pytest.mark.parametrize(
    "ending",
    [
        ("settle", CASE, "--oral", "--satisfied", "--on", "2026-04-14"),
        ("decline", CASE, "employment", "--words", "About pay", "--ombudsman-told"),
        ("pass-on", CASE, "County Hospital", "--transferred"),
        ("join", CASE, "other-1", "--reason", "The same visit"),
    ],
    ids=lambda ending: ending[0],
)
def test_each_early_end_closes_a_case_once(logged: Command, ending: tuple[str, ...]) -> None:
    assert logged(*ending).out.strip() == CASE
    assert logged("show", CASE, "--format", "json").json["status"] == "closed"
    again = logged(*ending)
    assert (again.code, again.out) == (1, "")
    assert "it is closed" in again.err or "only what was just logged" in again.err


@pytest.mark.of_a_file
def test_another_officer_is_told_whom_to_ask(logged: Command) -> None:
    logged("restrict", CASE, "Sam", "--reason", "An aunt")
    told = logged("--as", "Lou", "show", CASE)
    assert (told.code, told.out) == (1, "")
    assert "restricted: ask Sam" in told.err
