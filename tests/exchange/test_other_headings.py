"""A council's own list with other headings: proposed, corrected, kept; refused cell by cell under its own headings."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from feedback_tui.desk.case_list import cases
from feedback_tui.exchange.column_mapping import BadMapping, Headings, in_toml, proposed, read_mapping
from feedback_tui.exchange.council_lists import preview, read_list
from feedback_tui.exchange.import_export import bring_in
from feedback_tui.exchange.register_csv import BadRegister
from feedback_tui.storage.register import Register
from tests.casework.cases import everything
from tests.conftest import actor_on

TODAY = date(2024, 6, 3)
HEADINGS = ("Ref No", "Type", "Date Rec'd", "Complainant", "Service Area", "Outcome", "Date responded", "Owner")
ROWS = (
    ("C/1", "Complaint", "04.03.2024", "Ann; Lee", "North", "Justified", "28.03.2024", "x"),
    ("C/2", "compliment", "5.3.2024", "Bea", "South", "", "", "y"),
)
MAPPING = """
dates = "D.M.YYYY"
[columns]
"Ref No" = "reference"
"Type" = "kind"
"Date Rec'd" = "received_on"
"Complainant" = "correspondent_name"
"Service Area" = "team"
"Outcome" = "outcome"
"Date responded" = "responded_on"
"Owner" = ""
[fixed]
channel = "email"
[words.outcome]
"justified" = "upheld"
"""


def written(folder: Path, rows: tuple[tuple[str, ...], ...] = ROWS, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADINGS, *rows)), "utf-8")
    return path


def kept(folder: Path, text: str = MAPPING) -> Headings:
    path = folder / "map.toml"
    path.write_text(text, "utf-8")
    return read_mapping(path)


def with_procedure(folder: Path) -> Headings:
    """The mapping with the procedure that complaints have, and no other kind."""
    return kept(folder, MAPPING + '[for.complaint]\nprocedure = "statutory-adult"\n')


def test_what_is_plain_is_proposed_and_the_rest_is_left_out_and_it_is_kept_as_it_was(tmp_path: Path) -> None:
    found = proposed([*HEADINGS, "Team", "received on"])
    assert dict(found.columns) == {
        "Ref No": "reference", "Type": "kind", "Date Rec'd": "received_on", "Complainant": "correspondent_name",
        "Service Area": "team", "Outcome": "outcome", "Date responded": "responded_on", "Owner": "",
        "Team": "", "received on": "",
    }  # fmt: skip
    assert kept(tmp_path, in_toml(found)) == found
    own = with_procedure(tmp_path)
    assert kept(tmp_path, in_toml(own)) == own


def test_a_list_is_imported_by_its_mapping_through_the_rules_of_the_register(
    shropshire: Register, tmp_path: Path
) -> None:
    path, mapping = written(tmp_path), with_procedure(tmp_path)
    actor, before = actor_on(shropshire, TODAY), everything(shropshire)
    said = bring_in(actor, path, check=True, mapping=mapping)
    assert said == "2 cases can be imported, 0 are there already. Nothing was changed."
    assert everything(shropshire) == before
    assert bring_in(actor, path, mapping=mapping).startswith("2 cases imported")
    praise, case = cases(shropshire, TODAY)
    assert (praise.reference, praise.procedure) == ("C/2", None)
    assert (case.reference, case.received_on, case.team, case.outcome) == ("C/1", date(2024, 3, 4), "North", "upheld")
    assert bring_in(actor, path, mapping=mapping).startswith("0 cases imported, 2 are there already")


def test_every_bad_cell_is_told_under_the_heading_of_the_list(shropshire: Register, tmp_path: Path) -> None:
    rows = (
        ("C/1", "Moan", "04/03/2024", "", "", "Justified", "28.03.2024", ""),
        ("", "Complaint", "31.02.2024", "", "", "", "", ""),
    )
    before = everything(shropshire)
    with pytest.raises(BadRegister) as caught:
        bring_in(actor_on(shropshire, TODAY), written(tmp_path, rows), mapping=kept(tmp_path))
    told = [(bad.line, bad.column, bad.value) for bad in caught.value.problems]
    assert set(told) >= {
        (2, "Type", "Moan"), (2, "Date Rec'd", "04/03/2024"), (3, "Ref No", ""), (3, "Date Rec'd", "31.02.2024"),
    }  # fmt: skip
    assert len(told) == len(set(told))
    assert "is not a date as D.M.YYYY, the format that the mapping states" in str(caught.value)
    assert everything(shropshire) == before


@pytest.mark.parametrize("day", ["04.03.2024", "3/4/24", "March 2024"])
def test_a_date_of_another_format_is_refused_where_the_mapping_states_none(
    shropshire: Register, tmp_path: Path, day: str
) -> None:
    path = written(tmp_path, (("C/1", "compliment", day, "", "", "", "", ""),))
    with pytest.raises(BadRegister, match="write YYYY-MM-DD or DD/MM/YYYY"):
        bring_in(actor_on(shropshire, TODAY), path, mapping=kept(tmp_path, MAPPING.replace("D.M.YYYY", "")))


@pytest.mark.parametrize(
    ("change", "to", "said"),
    [
        ('"kind"', '"kin"', "“kin” is no column of the register: did you mean kind?"),
        ('"team"', '"kind"', "are both kind"),
        ("D.M.YYYY", "D.M", "no format of a date"),
        ("D.M.YYYY", "D de M YYYY", "no format of a date"),
        ("channel =", "kind =", "kind is fixed, and “Type” says it as well"),
        ("[fixed]", "[fixt]", "“fixt” is none of columns, dates"),
        ("[fixed]", "[for.moan]", "that is no kind of feedback"),
        ('"upheld"', "3", "[words.outcome] is a table of texts"),
        ("[columns]", "[columns", "is not TOML"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(tmp_path: Path, change: str, to: str, said: str) -> None:
    with pytest.raises(BadMapping) as caught:
        kept(tmp_path, MAPPING.replace(change, to, 1))
    assert said in str(caught.value)


def test_a_heading_that_came_or_went_is_told(shropshire: Register, tmp_path: Path) -> None:
    text = MAPPING.replace('"Owner" = ""', '"Boss" = ""').replace('"Type" = "kind"', '"Type" = ""')
    with pytest.raises(BadRegister) as caught:
        bring_in(actor_on(shropshire, TODAY), written(tmp_path), mapping=kept(tmp_path, text))
    said = str(caught.value)
    for words in (
        "“Boss” is in the mapping and not in the list",
        "“Owner” is in the list and not",
        "No heading is kind",
    ):
        assert words in said


def test_a_spreadsheet_has_real_dates_and_its_sheet_is_named(shropshire: Register, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Notes"])
    sheet = book.create_sheet("2023-24")
    sheet.append([None, None])
    sheet.append(["Ref No", "Type", "Date Rec'd", None])
    sheet.append([17.0, "Compliment", datetime.fromisoformat("2024-03-05T09:30"), None])
    path = tmp_path / "list.xlsx"
    book.save(path)
    mapping = Headings({"Ref No": "reference", "Type": "kind", "Date Rec'd": "received_on"}, "D.M.YY", "2023-24")
    found = read_list(path, sheet="2023-24")
    assert preview(found, mapping)[2] == ("Date Rec'd", "received_on", ("2024-03-05",))
    bring_in(actor_on(shropshire, TODAY), path, mapping=mapping)
    assert [(case.reference, case.received_on) for case in cases(shropshire, TODAY)] == [("17", date(2024, 3, 5))]
    with pytest.raises(BadRegister, match="is no sheet of it: there are “Sheet”, “2023-24”"):
        read_list(path, sheet="2022")
    path.write_bytes(b"PK\x03\x04 no more")
    with pytest.raises(BadRegister, match="no spreadsheet"):
        read_list(path)
