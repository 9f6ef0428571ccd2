"""Finding a case again: by the name of someone in it, and by its reference."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.casework.close import void
from feedback_tui.desk.earlier_cases import EarlierCase, earlier_cases, find_references
from feedback_tui.enums import Kind, Role, Status
from feedback_tui.models.inputs.stages import Reason
from feedback_tui.storage.register import Register
from tests.casework.cases import RECEIVED, Casework


@pytest.fixture
def cases(shropshire: Register) -> dict[str, Casework]:
    """Cases of people with names alike."""
    return {
        "mother": Casework(shropshire).log(date(2024, 3, 1), customer_name="Ann O'Brien", description="No carer"),
        "daughter": Casework(shropshire).log(
            date(2024, 3, 2),
            customer_name="Ann O'Brien",
            correspondent_name="Bea O'Brien",
            correspondent_role=Role.FAMILY,
        ),
        "herself": Casework(shropshire).log(
            date(2024, 3, 3), None, kind=Kind.COMPLIMENT, customer_name="Ann O'Brien", correspondent_name="Ann O'Brien"
        ),
        "other": Casework(shropshire).log(customer_name="محمد علي", correspondent_name="100% Åström"),
    }


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("O'Brien", ["herself", "daughter", "mother"]),
        ("o'brien ANN", ["herself", "daughter", "mother"]),
        ("bea o'b", ["daughter"]),
        ("Ann Bea", []),  # no one person has both names
        ("محمد", ["other"]),
        ("ÅSTRÖM", ["other"]),
        ("100%", ["other"]),
        ("10%", []),
        ("A_n", []),
        ("o'", []),  # two letters would be half the register
        ("", []),
        ("  \t ", []),
        ("' OR 1=1 --", []),
    ],
)
def test_earlier_cases_of_the_same_people(cases: dict[str, Casework], name: str, found: list[str]) -> None:
    names = {case.reference: which for which, case in cases.items()}
    register = cases["mother"].register
    assert [names[row.reference] for row in earlier_cases(register, name)] == found


def test_a_case_in_a_few_words(cases: dict[str, Casework]) -> None:
    (row,) = earlier_cases(cases["mother"].register, "bea o'brien")
    assert row == EarlierCase(
        cases["daughter"].reference, Kind.COMPLAINT, date(2024, 3, 2), Status.LOGGED, "", "Bea O'Brien"
    )


def test_what_was_logged_in_error_is_no_earlier_case_and_no_more_than_asked_for(cases: dict[str, Casework]) -> None:
    register = cases["mother"].register
    herself = cases["herself"]
    void(herself.actor(RECEIVED), herself.reference, Reason(on=RECEIVED, reason="x"))
    assert [row.reference for row in earlier_cases(register, "brien", most=1)] == [cases["daughter"].reference]


def test_references_are_found_by_a_part_exact_ones_first(shropshire: Register) -> None:
    for reference in ("ASC-24-0012", "ASC-24-0120", "OLD_0012", "asc-24-001"):
        Casework(shropshire).log(reference=reference)
    assert [row.reference for row in find_references(shropshire, " ASC-24-001 ")] == ["asc-24-001", "ASC-24-0012"]
    assert [row.reference for row in find_references(shropshire, "0012")] == ["OLD_0012", "ASC-24-0012"]
    assert [row.reference for row in find_references(shropshire, "_")] == ["OLD_0012"]
    assert [row.reference for row in find_references(shropshire, "24", most=2)] == ["asc-24-001", "ASC-24-0120"]
    assert find_references(shropshire, "  ") == []
    assert find_references(shropshire, "%") == []
