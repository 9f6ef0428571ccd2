"""Whose case it is, in rows and on the page: the complainant, else the customer, as they may be seen."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from feedback_tui.casework.hold import hold
from feedback_tui.casework.restrict import restrict
from feedback_tui.cli.main import run
from feedback_tui.desk.case_list import cases
from feedback_tui.desk.queue.fast_first_page import queue_at_once
from feedback_tui.desk.queue.queue import queue
from feedback_tui.enums import OtherProcess, Role
from feedback_tui.models.inputs.early_closure import Restriction
from feedback_tui.models.inputs.stages import Hold
from feedback_tui.storage.register import Register
from tests.casework.cases import RECEIVED, Casework
from tests.places import for_officer

HELD = Hold(on=RECEIVED, process=OtherProcess.COURT, reason="A hearing", look_again_on=date(2024, 4, 8))


@pytest.mark.parametrize(
    ("people", "who", "instead"),
    [
        ({"customer_name": "Ann Lee"}, "Ann Lee", ""),
        ({"customer_name": "Ann Lee", "correspondent_name": "Bo Lee", "correspondent_role": Role.FAMILY}, "Bo Lee", ""),
        ({"customer_name": "Ann Lee", "correspondent_role": Role.FAMILY}, "Ann Lee", ""),
        ({"customer_name": "Ann Lee", "correspondent_role": Role.ANONYMOUS}, None, "anonymous"),
        ({"correspondent_role": Role.ANONYMOUS}, None, "anonymous"),
        ({"correspondent_name": "anonymous", "correspondent_role": Role.FAMILY}, "anonymous", ""),
        ({"contact": "0161 496 0000"}, None, ""),
        ({}, None, ""),
    ],
)
def test_whose_case_it_is(shropshire: Register, people: dict[str, Any], who: str | None, instead: str) -> None:
    case = Casework(shropshire).log(**people)
    (row,), (listed,) = queue(shropshire, RECEIVED), cases(shropshire, RECEIVED)
    assert (row.who, row.who_instead) == (listed.who, listed.who_instead) == (who, instead)
    assert case.page().whose == (who or instead)
    if shropshire.in_a_file:
        assert queue_at_once(shropshire.where, RECEIVED, shropshire.reader) == [row]


def test_of_a_restricted_case_others_see_no_name(shropshire: Register, capfd: pytest.CaptureFixture[str]) -> None:
    case = Casework(shropshire).log(customer_name="Ann Lee", description="Secret words")
    given = Restriction(on=RECEIVED, officers=("Sam Reed",), reason="A colleague's mother")
    restrict(case.actor(RECEIVED), case.reference, given)
    for reader, who, instead in (("Sam Reed", "Ann Lee", ""), ("Kim Ode", None, "restricted")):
        shropshire.reader = reader
        (row,), (listed,) = queue(shropshire, RECEIVED), cases(shropshire, RECEIVED)
        assert (row.who, row.who_instead) == (listed.who, listed.who_instead) == (who, instead)
        assert ("Secret" in row.summary) == (who is not None)
    where = for_officer(shropshire.where, "Kim Ode")
    told = ["--db", where, "--today", RECEIVED.isoformat(), "--as", "Kim Ode", "queue"]
    assert run([*told, "--format", "json"]) == 0
    (given_out,) = json.loads(capfd.readouterr().out)
    assert (given_out["who"], given_out["on_hold"], given_out["service"]) == (None, None, None)
    assert run(told) == 0
    out = capfd.readouterr().out
    assert "Ann" not in out
    assert "restri" in out


def test_a_case_on_hold_says_for_what_and_until_when(shropshire: Register) -> None:
    case = Casework(shropshire).log(description="Dear Sir, nobody came")
    hold(case.actor(RECEIVED), case.reference, HELD)
    (row,), (listed,) = queue(shropshire, RECEIVED), cases(shropshire, RECEIVED)
    for one in (row, listed):
        assert (one.on_hold, one.hold_until) == ("court", date(2024, 4, 8))
        assert one.stands_at == "on hold (court, look again by Mon 8 April 2024)"
        assert one.about == "On hold: court to 8 Apr · nobody came"
    assert case.page().stands_at == row.stands_at


class TestInShort:
    """The line that someone wrote, in the register (CSV) only where there is one."""

    def test_it_goes_out_and_comes_in_again(self, shropshire: Register, wigan: Register) -> None:
        from feedback_tui.casework.importing.import_cases import import_cases
        from feedback_tui.exchange.register_csv import read_rows, register_csv
        from tests.conftest import actor_on

        Casework(shropshire).log(description="Dear Sir, nobody came", reference="A")
        plain, _ = register_csv(shropshire)
        assert "summary" not in plain
        Casework(shropshire).log(description="Dear Sir, it is late", summary="Hughes, missed calls", reference="B")
        text, _ = register_csv(shropshire)
        header, *lines = text.splitlines()
        assert header.split(",")[-1] == "summary"
        assert [line.rsplit(",", 1)[1] for line in lines] == ["", ['"Hughes', ' missed calls"'][1]]
        import csv
        import io

        rows = list(csv.DictReader(io.StringIO(text)))
        assert [row["summary"] for row in rows] == ["", "Hughes, missed calls"]
        for row in rows:
            row["procedure"] = "informal"
        import_cases(actor_on(wigan, RECEIVED), read_rows(rows, wigan.profile, RECEIVED))
        assert {row.reference: row.summary for row in cases(wigan, RECEIVED)} == {
            "A": "nobody came",
            "B": "Hughes, missed calls",
        }

    def test_it_is_corrected_and_taken_away(self, shropshire: Register) -> None:
        from feedback_tui.casework.correct import correct
        from feedback_tui.models.inputs.early_closure import CaseCorrection

        case = Casework(shropshire).log(description="Dear Sir, nobody came")

        def put(**given: str) -> str:
            correct(case.actor(RECEIVED), case.reference, CaseCorrection(reason="x", **given))
            return case.page().summary

        assert put(description="Dear Sir, somebody came") == "somebody came"
        assert put(summary="Hughes, carer") == "Hughes, carer"
        assert put(description="Dear Sir, nobody came after all") == "Hughes, carer"
        assert put(summary="") == "nobody came after all"
