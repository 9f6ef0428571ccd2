"""The two registers say what the reports say, counted in plain Python over their rows."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from tests.registers import shropshire, wigan
from tests.registers.checks import faults
from tests.registers.rows import CALENDAR, COLUMNS, Row, day, share, write

SHROPSHIRE, WIGAN = shropshire.build(), wigan.build()
COMPLAINTS = [of for of in SHROPSHIRE if of["kind"] == "complaint"]
INVESTIGATED = [of for of in COMPLAINTS if of["investigation_started_on"] or of["responded_on"]]
FORMAL = [of for of in WIGAN if of["procedure"].startswith("formal")]
WIGAN_COMPLAINTS = [of for of in WIGAN if of["kind"] == "complaint"]


def count(rows: Iterable[Row], column: str) -> Counter[str]:
    """How many rows have each value; a row with several values counts once under each."""
    return Counter(value for of in rows for value in set(of[column].split(";")) if value)


def average(rows: Iterable[Row]) -> float:
    taken = [CALENDAR.between(day(of, "received_on"), day(of, "responded_on")) for of in rows if of["responded_on"]]
    return sum(taken) / len(taken)


@pytest.mark.parametrize(("rows", "as_of"), [(SHROPSHIRE, shropshire.AS_OF), (WIGAN, wigan.AS_OF)])
def test_every_row_is_sound_on_the_day_the_register_is_looked_at(rows: list[Row], as_of: date) -> None:
    found = {of["reference"]: wrong for of in rows if (wrong := faults(of, as_of))}
    assert found == {}
    assert len({of["reference"] for of in rows}) == len(rows)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("received_on", "2023-06-01"), ("acknowledged_on", "2022-04-01"), ("responded_on", ""), ("outcome", ""),
        ("closing_reason", "withdrawn"), ("remedy_amount", "5.00;5.00"), ("ombudsman_decision", "upheld"),
        ("procedure", ""), ("description", ""), ("action_owner", "A;B;C"), ("team", "North;South;North"),
    ],
)  # fmt: skip
def test_the_checks_see_what_is_wrong(column: str, value: str) -> None:
    sound = next(of for of in COMPLAINTS if of["action"] and of["category"].count(";") == 1)
    assert faults(sound, shropshire.AS_OF) == []
    assert faults({**sound, column: value}, shropshire.AS_OF)


@pytest.mark.parametrize("build", [shropshire.build, wigan.build])
def test_a_builder_gives_the_same_rows_each_time(build: Callable[[], list[Row]]) -> None:
    assert build() == build()


@pytest.mark.parametrize(("name", "rows"), [("shropshire", SHROPSHIRE), ("wigan", WIGAN)])
def test_the_script_writes_the_rows_as_csv(name: str, rows: list[Row], tmp_path: Path) -> None:
    out = tmp_path / "register.csv"
    subprocess.run([sys.executable, "-m", f"tests.registers.{name}", str(out)], check=True, capture_output=True)
    with out.open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == rows
    write(rows, tmp_path / "again.csv")
    assert out.read_bytes() == (tmp_path / "again.csv").read_bytes()
    assert out.read_bytes().startswith(",".join(COLUMNS[:3]).encode())


def test_shropshire_totals_by_kind_and_month() -> None:
    assert Counter(of["kind"] for of in SHROPSHIRE) == {"complaint": 160, "compliment": 102, "comment": 14}
    assert len(SHROPSHIRE) / 12 == 23
    months = Counter(of["received_on"][:7] for of in SHROPSHIRE)
    assert [month for month, _ in months.most_common()][:2] == ["2022-10", "2022-06"]
    assert sorted(months, key=months.__getitem__)[:2] == ["2022-12", "2022-07"]
    in_order = [months[month] for month in sorted(months)]
    assert len(in_order) == 12
    quarters = [sum(in_order[n : n + 3]) for n in (0, 3, 6, 9)]
    assert min(quarters[0], quarters[3]) > max(quarters[1], quarters[2])
    assert (share(160, 276), share(102, 276)) == (58, 37)


def test_shropshire_cases_and_investigations() -> None:
    assert count(COMPLAINTS, "procedure") == {"statutory-adult": 92, "statutory-provider": 21, "corporate": 47}
    assert len(INVESTIGATED) == 156
    others = [of for of in COMPLAINTS if of not in INVESTIGATED]
    assert [of["closing_reason"] for of in others] == ["withdrawn"] * 4
    assert share(count(INVESTIGATED, "procedure")["statutory-provider"], 156) == 12


def test_shropshire_teams() -> None:
    teams = count(COMPLAINTS, "team")
    named = [teams[f"Social Work Team - {where}"] for where in ("North", "South", "Central")]
    assert sum(named) == 76
    assert [share(n, 156) for n in (*named, teams["Adult Services Business Support"])] == [24, 21, 4, 24]
    assert sum(teams.values()) == 156


def test_shropshire_categories_and_themes() -> None:
    heads = Counter(head for of in COMPLAINTS if (head := of["category"].partition(" > ")[0]))
    assert heads["Service Standards"] == 92
    assert share(92, 156) == 59
    subs = count(COMPLAINTS, "category")
    assert share(subs["Decisions > incorrect decision"], 156) == 29
    assert [name for name, _ in subs.most_common(3)][1:] == [
        "Service Standards > poor quality of work/service",
        "Service Standards > failure to provide a service/take action",
    ]
    about_providers = count([of for of in INVESTIGATED if of["procedure"] == "statutory-provider"], "category")
    assert about_providers.most_common(1)[0][0] == "Service Standards > poor quality of work/service"
    themes = count(COMPLAINTS, "theme").most_common()
    assert themes[0] == ("Arrangement for care at home", 22)
    assert {name: share(n, 156) for name, n in themes[:3]} == {
        "Arrangement for care at home": 14, "Care needs assessment": 10, "Care plans": 10,
    }  # fmt: skip
    assert [name for name, _ in themes[3:5]] == ["Discharge from hospital", "Placement in residential care"]
    autumn = [of for of in INVESTIGATED if "2022-10" <= of["received_on"][:7] <= "2022-12"]
    assert count(autumn, "theme").most_common(1)[0][0] == "Care plans"


def test_shropshire_outcomes() -> None:
    outcomes = count(INVESTIGATED, "outcome")
    assert sum(outcomes.values()) == 141
    assert [share(outcomes[word], 141) for word in ("upheld", "partly upheld", "not upheld")] == [35, 34, 28]
    assert len(INVESTIGATED) - 141 == 15


def test_shropshire_average_working_days() -> None:
    corporate = [of for of in INVESTIGATED if of["procedure"] == "corporate"]
    statutory = [of for of in INVESTIGATED if of["procedure"] != "corporate"]
    assert average(statutory) == 41
    assert average(corporate) == 31.5
    assert round(average(INVESTIGATED)) == 39
    by_quarter = [
        average([of for of in statutory if first <= of["received_on"][5:7] <= last])
        for first, last in (("04", "06"), ("07", "09"), ("10", "12"), ("01", "03"))
    ]
    assert by_quarter[0] > by_quarter[1] > by_quarter[2] < by_quarter[3]


def test_shropshire_learning() -> None:
    found = [of for of in COMPLAINTS if of["outcome"] in ("upheld", "partly upheld")]
    assert sum(bool(of["learning"]) for of in found) == sum(bool(of["learning"]) for of in COMPLAINTS) == 52
    assert share(52, len(found)) == 54
    areas = Counter(area for of in COMPLAINTS for area in of["learning_area"].split(";") if area)
    points = sum(areas.values())
    names = ("communication", "service quality", "finance", "delivery or non-delivery")
    assert [share(areas[name], points) for name in names] == [53, 17, 13, 11]


def test_shropshire_ombudsman() -> None:
    decided = [of for of in COMPLAINTS if "2022-04-01" <= of["ombudsman_decided_on"] <= "2023-03-31"]
    assert count(decided, "ombudsman_decision") == {
        "upheld": 9, "referred back": 4, "closed after initial enquiries": 1, "incomplete or invalid": 1,
        "advice given": 1, "not upheld": 1,
    }  # fmt: skip


def test_shropshire_compliments_and_acknowledgements() -> None:
    teams = count([of for of in SHROPSHIRE if of["kind"] == "compliment"], "team")
    social_work = sum(n for name, n in teams.items() if name.startswith("Social Work Team"))
    assert social_work > teams["Hospital Interface"] > teams["Occupational Therapy"]
    late = [of for of in COMPLAINTS if CALENDAR.between(day(of, "received_on"), day(of, "acknowledged_on")) > 3]
    assert late == []


def test_wigan_totals() -> None:
    assert Counter(of["kind"] for of in WIGAN) == {"complaint": 71 + 162, "enquiry": 177, "compliment": 602}
    assert (len(FORMAL), count(WIGAN, "procedure")["informal"]) == (71, 162)
    assert count(WIGAN, "compliment_source") == wigan.COMPLIMENT_SOURCES
    referred = [of for of in WIGAN if of["ombudsman_received_on"]]
    assert len(FORMAL) + 162 + len(referred) + 177 == wigan.HEADLINE == 425
    assert round(1000 * 425 / wigan.ACTIVITY) == 19
    assert {of["correspondent_role"] for of in WIGAN if of["kind"] == "enquiry"} == {"MP", "councillor"}


def test_wigan_outcomes_of_the_formal_complaints() -> None:
    assert count(FORMAL, "outcome") == {"upheld": 9, "partly upheld": 17, "not upheld": 38}
    assert sum(not of["responded_on"] for of in FORMAL) == 7
    found = [of for of in FORMAL if of["outcome"] in ("upheld", "partly upheld")]
    assert all(of["remedy"] and of["learning"] for of in found)


def test_wigan_channels_of_the_71_and_of_all_233() -> None:
    """9% letters cannot be of 71 (6 are 8.45%, 7 are 9.9%): it is 6 of 71 here, and 9% of the 233."""
    names = ("letter", "telephone", "email", "leaflet/web form")
    formal, every = count(FORMAL, "channel"), count(WIGAN_COMPLAINTS, "channel")
    assert [share(formal[name], 71) for name in names] == [8, 25, 21, 45]
    assert [share(every[name], 233) for name in names] == [9, 25, 21, 45]


def test_wigan_teams_and_causes() -> None:
    teams, causes = count(FORMAL, "team"), count(FORMAL, "category")
    assert teams.most_common(1)[0][0] == "Transfer of Care Hub"
    assert (teams["Innovation and Partnership"], teams["Safeguarding"]) == (1, 6)
    assert causes.most_common(1)[0][0] == "Decisions"
    assert len(causes) == 6
    assert sum(teams.values()) == sum(causes.values()) == 79


def test_wigan_ombudsman() -> None:
    referred = [of for of in WIGAN if of["ombudsman_received_on"]]
    assert all("2023-04-01" <= of["ombudsman_received_on"] <= "2024-03-31" for of in referred)
    assert all(of["ombudsman_decided_on"] <= "2024-03-31" for of in referred)
    assert count(referred, "ombudsman_decision") == {"not accepted": 7, "upheld": 3, "passed to PHSO": 1}
    assert len(referred) - 11 == 4
    assert [of["remedy_amount"] for of in WIGAN if of["remedy_amount"]] == [";2000.00"]
