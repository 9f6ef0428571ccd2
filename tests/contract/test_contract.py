"""What release 0.1 promised stands; what the program promises now is written down."""

from __future__ import annotations

import pytest

from tests.contract.written import GROUPS, NEEDS, NOW, RELEASE, commands, contract

PARTS = ("commands", "json", "keys", "profile", "schema", "words")


@pytest.fixture(scope="module")
def now() -> dict[str, str]:
    return contract()


def lines(text: str) -> set[str]:
    return set(text.splitlines())


def released(part: str) -> set[str]:
    return lines((RELEASE / f"{part}.txt").read_text("utf-8"))


@pytest.mark.parametrize("part", PARTS)
def test_nothing_that_release_0_1_promised_is_taken_away(now: dict[str, str], part: str) -> None:
    promised = {line for line in released(part) if NEEDS not in line}
    assert sorted(promised - lines(now[part])) == [], "to take something away is a decision, and named"


@pytest.mark.parametrize("part", PARTS)
def test_what_was_there_asks_for_no_more_than_it_did(now: dict[str, str], part: str) -> None:
    before = released(part)
    new = {line for line in lines(now[part]) - before if NEEDS in line}
    assert [line for line in sorted(new) if line.split(NEEDS)[0] in before] == []


@pytest.mark.parametrize("part", PARTS)
def test_what_is_written_down_is_how_it_is(now: dict[str, str], part: str) -> None:
    written = lines((NOW / f"{part}.txt").read_text("utf-8"))
    assert sorted(written ^ lines(now[part])) == [], "make contract writes it down"


def test_the_keys_of_every_json_are_written_down(now: dict[str, str]) -> None:
    has_json = {name.partition(" ")[2] for name, command in commands() if "json" in _formats(command)}
    told = {" ".join(line.split(" ")[: 2 if line.split(" ")[0] in GROUPS else 1]) for line in lines(now["json"])}
    assert told == has_json


def _formats(command: object) -> list[str]:
    choices = [
        getattr(option.type_descriptor, "choices", None) or ()
        for option in getattr(command, "params", ())
        if "--format" in option.opts
    ]
    return [getattr(choice, "value", choice) for listed in choices for choice in listed]
