"""Imported, the two registers' summaries print the published figures; where a report contradicts itself, what adds up.

The last day of each register stands in for today. Every assertion is on the document of ``summary --format json``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.casework.typed_figures import YearFigure, set_figures
from feedback_tui.enums import StepKey
from feedback_tui.exchange.register_csv import read_register
from feedback_tui.models.register import TypedFigure
from feedback_tui.reports.document.report import paper
from feedback_tui.reports.drilldown.cases import cases_behind
from feedback_tui.reports.figures import figures_of
from feedback_tui.reports.renderers.as_json import document
from feedback_tui.rules.months import quarter, reporting_year
from feedback_tui.storage.register import Register, open_register
from tests.places import copy_of, drop, empty_place
from tests.registers import shropshire, wigan
from tests.registers.rows import share, write
from tests.reports.attacker import assert_nothing_is_worked_out

Document = dict[str, Any]


@contextmanager
def imported(built: ModuleType, profile: str, folder: Path) -> Iterator[Register]:
    """The register of a builder in a database of its own."""
    file = folder / f"{profile}.csv"
    write(built.build(), file)
    register = open_register(copy_of(empty_place(profile), folder))
    try:
        actor = Actor(register, "Test Officer", built.AS_OF)
        import_cases(actor, read_register(file, register.profile, built.AS_OF))
        yield register
    finally:
        register.close()
        drop(register.where)


def type_in(register: Register, figures: Mapping[tuple[str, str], str]) -> None:
    """Writes figures that a register cannot hold: of years before it, and of the council's activity."""
    with register.transaction("Test Officer") as work:
        work.session.add_all(
            TypedFigure(year=label, name=name, value=value) for (label, name), value in figures.items()
        )
        work.record_register(StepKey.SET_UP, shropshire.AS_OF)


@pytest.fixture(scope="module")
def shropshire_register(either: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with imported(shropshire, "shropshire", tmp_path_factory.mktemp("shropshire")) as register:
        type_in(register, shropshire.YEARS_BEFORE)
        yield register


@pytest.fixture(scope="module")
def wigan_register(either: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with imported(wigan, "wigan", tmp_path_factory.mktemp("wigan")) as register:
        # 3.1: the activity that the 425 points of feedback are a share of; the council types it.
        type_in(register, {(wigan.YEAR, "activity"): str(wigan.ACTIVITY)})
        yield register


@pytest.fixture(scope="module")
def year(shropshire_register: Register) -> Document:
    return document(figures_of(shropshire_register, reporting_year(shropshire.YEAR), shropshire.AS_OF))


@pytest.fixture(scope="module")
def wigan_year(wigan_register: Register) -> Document:
    return document(figures_of(wigan_register, reporting_year(wigan.YEAR), wigan.AS_OF))


def test_shropshire_feedback(year: Document) -> None:
    """Section 3: 276 in all, 23 a month, October and June busiest, December and July quietest, Q1 and Q4 fullest."""
    feedback = year["feedback"]
    assert feedback["total"] == 276
    assert feedback["by_kind"] == {"complaint": 160, "compliment": 102, "comment": 14}
    assert feedback["monthly_average"] == 23
    months = sorted(feedback["by_month"], key=feedback["by_month"].get)
    assert months[:2] == ["2022-12", "2022-07"]
    assert months[-2:] == ["2022-06", "2022-10"]
    assert sorted(feedback["by_quarter"], key=feedback["by_quarter"].get)[-2:] == ["Q4", "Q1"]
    assert (share(160, 276), share(102, 276)) == (58, 37)


def test_shropshire_cases_and_investigations(year: Document) -> None:
    """160 cases “led to” 156 investigations, yet the report splits 160 into 92 + 21 + 47 *investigations*.

    What adds up: 92 + 21 + 47 are cases; four of them were withdrawn before they were investigated.
    """
    complaints = year["complaints"]
    assert complaints["by_procedure"] == {"statutory-adult": 92, "statutory-provider": 21, "corporate": 47}
    assert (complaints["cases"], complaints["investigations"]) == (160, 156)
    assert complaints["not_investigated"] == {"withdrawn": 4}
    assert complaints["cases"] == complaints["investigations"] + sum(complaints["not_investigated"].values())
    groups = year["groups"]
    assert [groups[name]["cases"] for name in ("statutory", "corporate")] == [113, 47]
    assert [groups[name]["investigations"] for name in ("statutory", "corporate")] == [111, 45]


def test_shropshire_provider_complaints(year: Document) -> None:
    """“Provider complaints 12%”: 21 of 160 cases is 13.1%, 21 of 156 is 13.5%.

    What adds up: 21 cases are 13% of 160; 12% is possible of investigations alone, 19 of 156, as here, where two of
    the four that were withdrawn were about providers.
    """
    cases = year["complaints"]["by_procedure"]["statutory-provider"]
    assert (cases, share(cases, 160)) == (21, 13)
    still_open = sum(quarter_open.get("statutory-provider", 0) for quarter_open in shropshire.OPEN)
    investigated = year["stage_1"]["statutory-provider"]["responded"] + still_open
    assert (investigated, share(investigated, 156)) == (19, 12)


def test_shropshire_teams(year: Document) -> None:
    """24% North, 21% South, 4% Central, 76 together, 24% Business Support: of the 156 that a team had."""
    teams = year["complaints"]["by_team"]
    community = [teams[f"Social Work Team - {where}"] for where in ("North", "South", "Central")]
    assert sum(community) == 76
    assert [share(n, 156) for n in (*community, teams["Adult Services Business Support"])] == [24, 21, 4, 24]
    assert year["complaints"]["not_recorded"]["by_team"] == 4
    assert sum(teams.values()) == 156


def test_shropshire_categories_and_themes(year: Document) -> None:
    """Service Standards 92 of 156 (59%), Decisions > incorrect decision 29%, themes 14, 10 and 10%."""
    complaints = year["complaints"]
    assert complaints["by_category"]["Service Standards"] == 92
    assert share(92, 156) == 59
    subs = complaints["by_subcategory"]
    assert share(subs["Decisions > incorrect decision"], 156) == 29
    standards = sorted((sub for sub in subs if sub.startswith("Service Standards")), key=subs.get, reverse=True)
    assert standards[:2] == [
        "Service Standards > poor quality of work/service",
        "Service Standards > failure to provide a service/take action",
    ]
    themes = list(complaints["by_theme"].items())
    assert themes[0] == ("Arrangement for care at home", 22)
    assert {name: share(n, 156) for name, n in themes[:3]} == {
        "Arrangement for care at home": 14, "Care needs assessment": 10, "Care plans": 10,
    }  # fmt: skip
    assert [name for name, _ in themes[3:5]] == ["Discharge from hospital", "Placement in residential care"]


def test_shropshire_autumn_is_led_by_care_plans(shropshire_register: Register) -> None:
    """Section 10, 3: in quarter 3 care planning was the top theme."""
    autumn = quarter(reporting_year(shropshire.YEAR), 3)
    figures: Document = document(figures_of(shropshire_register, autumn, shropshire.AS_OF))
    assert next(iter(figures["complaints"]["by_theme"])) == "Care plans"


def test_shropshire_working_days(year: Document, shropshire_register: Register) -> None:
    """Statutory 41, corporate 31.5, all 39 (38.7); statutory falls from quarter 1 to 3 and rises in 4."""
    assert year["groups"]["statutory"]["average_working_days"] == 41
    assert year["groups"]["corporate"]["average_working_days"] == 31.5
    assert year["stage_1"]["all"]["average_working_days"] == 38.7
    assert round(year["stage_1"]["all"]["average_working_days"]) == 39
    whole = reporting_year(shropshire.YEAR)
    averages = [
        figures_of(shropshire_register, quarter(whole, n), shropshire.AS_OF).groups["statutory"].stage_1
        for n in (1, 2, 3, 4)
    ]
    assert [str(one.average_working_days) for one in averages] == ["47.0", "42.0", "34.0", "39.8"]


def test_shropshire_acknowledgements(year: Document) -> None:
    """Section 2: within 3 working days."""
    assert year["acknowledgement"] == {"within": 160, "of": 160}


def test_shropshire_outcomes(year: Document) -> None:
    """141 outcomes and “14 open” make 155, neither 156 nor 160.

    What adds up: 141 + 15 open = 156 investigations; 35, 34 and 28% are of the 141.
    """
    outcomes = year["outcomes"]["stage_1"]
    assert outcomes.pop("open") == 15
    assert outcomes == {"upheld": 49, "partly upheld": 48, "not upheld": 40, "no finding": 1, "withdrawn": 3}
    assert sum(outcomes.values()) == 141
    assert [share(outcomes[word], 141) for word in ("upheld", "partly upheld", "not upheld")] == [35, 34, 28]


def test_shropshire_years_side_by_side(year: Document) -> None:
    """Section 4. “35% upheld (compared to 21% in 2022/23)” and “156 investigations during 2021/22” name the other year.

    What adds up: 35% is 2022/23's and 21% the year's before; each has 156 investigations, under its own label.
    """
    years = year["comparison"]
    assert [one["label"] for one in years] == ["2020/21", "2021/22", "2022/23"]
    assert [one["compliments"] for one in years] == [235, 113, 102]
    assert [one["investigations"] for one in years] == [179, 156, 156]
    assert [round(one["average_working_days"]) for one in years] == [26, 34, 39]
    assert [round(one["upheld_percent"]) for one in years] == [14, 21, 35]
    assert [one["ombudsman"] for one in years] == [7, 12, 17]
    assert (years[-1]["feedback"], years[-1]["upheld"], years[-1]["upheld_of"]) == (276, 49, 141)


def test_shropshire_learning(year: Document) -> None:
    """Learning on “22% of all complaints (54% of upheld or partly upheld)”: 35 cases and 52 cases, not both.

    What adds up: 52 of 97 upheld or partly upheld (54%), which are 33% of the 160. The shares by area, 53, 17, 13 and
    11%, are of 53 learning points: of 52 or of 35 points they could not be.
    """
    learning = year["learning"]
    assert learning["cases"] == 52
    assert learning["of_upheld"] == {"cases": 52, "of": 97}
    assert (share(52, 97), share(52, 160)) == (54, 33)
    points = sum(learning["by_area"].values())
    assert points == 53
    areas = ("communication", "service quality", "finance", "delivery or non-delivery")
    assert [share(learning["by_area"][area], points) for area in areas] == [53, 17, 13, 11]


def test_shropshire_ombudsman(year: Document) -> None:
    """17 decided in the year; upheld, of those investigated, 9 of 10; what was agreed is done, 100%."""
    ombudsman = year["ombudsman"]
    assert ombudsman["decided"] == {
        "upheld": 9, "not upheld": 1, "referred back": 4, "closed after initial enquiries": 1,
        "incomplete or invalid": 1, "advice given": 1,
    }  # fmt: skip
    assert (ombudsman["received"], ombudsman["investigated"], ombudsman["awaiting"]) == (17, 10, 0)
    assert ombudsman["compliance"]["within"] == ombudsman["compliance"]["of"] >= 9
    assert ombudsman["replies"] == {"within": 6, "of": 10}
    assert year["remedies"]["paid"] == 3250


def test_shropshire_compliments(year: Document) -> None:
    """The Social Work Teams have most, then Hospital Interface. One compliment praises two teams: 103 under 102."""
    teams = year["compliments"]["by_team"]
    community = sum(n for name, n in teams.items() if name.startswith("Social Work Team"))
    others = sorted((n for name, n in teams.items() if not name.startswith("Social Work Team")), reverse=True)
    assert community > teams["Hospital Interface"] == others[0]
    assert sum(teams.values()) == 103
    assert sum(year["compliments"]["by_source"].values()) == 102


def test_wigan_headline(wigan_year: Document) -> None:
    """425 points of feedback = 71 + 162 + 15 + 177, without the 602 compliments; 1.9% of 22,475.

    The report dates the 17,327 interventions before that “2023/24”; the 22,475 are this year's.
    """
    headline = wigan_year["feedback"]["headline"]
    assert headline["count"] == 425
    assert sorted(headline["parts"].values()) == [15, 71, 162, 177]
    assert headline["of_activity"] == 22_475
    assert round(1000 * 425 / 22_475) == 19
    assert wigan_year["feedback"]["by_kind"] == {"complaint": 233, "compliment": 602, "enquiry": 177}


def test_wigan_formal_and_informal(wigan_year: Document) -> None:
    groups = wigan_year["groups"]
    assert (groups["formal"]["cases"], groups["informal"]["cases"]) == (71, 162)
    assert groups["informal"]["outcomes"] == {"resolved informally": 162, "open": 0}


def test_wigan_outcomes_of_the_formal_complaints(wigan_year: Document) -> None:
    """“Not upheld has decreased by 53%”: from 23 to 38 is an increase of 65%.

    What adds up: 38 of the 71 are not upheld, and 53.5% is their share.
    """
    outcomes = wigan_year["groups"]["formal"]["outcomes"]
    assert outcomes == {"upheld": 9, "partly upheld": 17, "not upheld": 38, "open": 7}
    assert sum(outcomes.values()) == wigan_year["groups"]["formal"]["investigations"] == 71
    assert round(1000 * 38 / 71) == 535
    assert round(100 * (38 - 23) / 23) == 65


def test_wigan_channels(wigan_year: Document) -> None:
    """Letter 9, telephone 25, email 21, leaflet or web form 45%; “email and the web form most popular”.

    What adds up: after the web form comes the telephone, not email. Of the 71 formal complaints 6 letters are 8.45%,
    and no count of 71 is 9%; of all 233 complaints the four shares come out as printed.
    """
    formal, every = wigan_year["groups"]["formal"]["by_channel"], wigan_year["complaints"]["by_channel"]
    assert formal == {"leaflet/web form": 32, "telephone": 18, "email": 15, "letter": 6}
    names = ("letter", "telephone", "email", "leaflet/web form")
    assert [share(formal[name], 71) for name in names] == [8, 25, 21, 45]
    assert [share(every[name], 233) for name in names] == [9, 25, 21, 45]
    assert sorted(formal, key=formal.get, reverse=True)[:2] == ["leaflet/web form", "telephone"]
    assert not any(share(n, 71) == 9 for n in range(72))


def test_wigan_teams_and_causes(wigan_year: Document) -> None:
    """4.3: several teams on one complaint, so that the table exceeds the 71; the Hub and decisions have most."""
    formal = wigan_year["groups"]["formal"]
    assert next(iter(formal["by_team"])) == "Transfer of Care Hub"
    assert (formal["by_team"]["Innovation and Partnership"], formal["by_team"]["Safeguarding"]) == (1, 6)
    assert next(iter(formal["by_category"])) == "Decisions"
    assert sum(formal["by_team"].values()) == sum(formal["by_category"].values()) == 79


def test_wigan_ombudsman(wigan_year: Document) -> None:
    """15 referrals “= 3% of the complaints”: 15 of 71 is 21%, of 233 6%, of the 425 points 4%.

    What adds up: 15 received = 7 not accepted + 8 investigated, of which 4 decided and 4 waiting; a share says of what.
    """
    ombudsman = wigan_year["ombudsman"]
    assert (ombudsman["received"], ombudsman["not_accepted"], ombudsman["investigated"]) == (15, 7, 8)
    assert ombudsman["awaiting"] == 4
    assert ombudsman["decided"] == {"upheld": 3, "not accepted": 7, "passed to PHSO": 1}
    assert [share(15, base) for base in (71, 233, 425)] == [21, 6, 4]
    assert 3 not in [share(15, base) for base in (71, 233, 425)]
    assert ombudsman["compliance"]["within"] == ombudsman["compliance"]["of"] == 3


def test_wigan_redress_and_learning(wigan_year: Document) -> None:
    """£2,000 paid; an apology and learning with each of the 26 upheld or partly upheld."""
    assert wigan_year["remedies"]["paid"] == 2000
    assert wigan_year["remedies"]["by_type"]["charge waived or refunded"] == 2
    assert wigan_year["learning"]["of_upheld"] == {"cases": 26, "of": 26}
    assert sum(wigan_year["learning"]["by_area"].values()) == 29


def test_wigan_compliments_and_enquiries(wigan_year: Document) -> None:
    assert wigan_year["compliments"]["by_source"] == {
        "Mosaic": 402, "sent direct": 110, "Wigan Safeguarding Adults Board": 90,
    }  # fmt: skip
    assert wigan_year["enquiries"]["by_role"] == {"MP": 72, "councillor": 105}
    assert sum(wigan_year["enquiries"]["by_role"].values()) == 177


def test_shropshire_provider_complaints_are_about_quality(year: Document) -> None:
    """“Service standards – poor quality of work/service forms the main category” of provider complaints."""
    found = year["complaints"]["with_provider"]
    assert (found["cases"], next(iter(found["by_subcategory"]))) == (
        21,
        "Service Standards > poor quality of work/service",
    )


def test_shropshire_averages_by_quarter_and_procedure(year: Document) -> None:
    """Section 10, 2: statutory falls from quarter 1 to 3 and rises in 4; corporate “varied dramatically”."""
    quarters = year["groups"]["statutory"]["by_quarter"]
    assert [quarters[f"Q{n}"]["average"] for n in (1, 2, 3, 4)] == [47.0, 42.0, 34.0, 39.8]
    corporate = [year["stage_1"]["corporate"]["by_quarter"][f"Q{n}"]["average"] for n in (1, 2, 3, 4)]
    assert max(corporate) - min(corporate) > 15
    assert all(quarters[f"Q{n}"]["median"] is not None and quarters[f"Q{n}"]["n"] for n in (1, 2, 3, 4))


def test_shropshire_upheld_by_procedure_adds_up(year: Document) -> None:
    """35% upheld and 34% partly of the 141: so for the procedures together, each beside the other."""
    by = year["outcomes"]["by_procedure"]
    assert sum(one.get("upheld", 0) for one in by.values()) == 49
    assert sum(sum(one.values()) for one in by.values()) == 156
    teams = year["outcomes"]["by_team"]
    assert sum(sum(one.values()) for one in teams.values()) + year["outcomes"]["not_recorded"]["by_team"] == 156


def test_wigan_table_of_complaint_decision_and_action(wigan_year: Document) -> None:
    """Section 9.3: four decided of the eight investigated; £2,000, charges reduced and refunded, one passed to PHSO.

    The complaint stands in the words an officer sums it up in; where none are written, by its category.
    """
    table = wigan_year["ombudsman"]["decisions"]
    assert len(table) == 4
    assert sorted(one["decision"] for one in table) == ["passed to PHSO", "upheld", "upheld", "upheld"]
    assert sum("payment £2,000.00" in one["agreed"] for one in table) == 1
    assert sum("charge waived or refunded" in one["agreed"] for one in table) == 2
    assert all(one["complaint"] for one in table)


def test_wigan_changes_from_the_year_before(wigan_register: Register) -> None:
    """3.1 and 9.2: formal 71, 12 more; informal 162, 1 more; the Ombudsman 15, 8 more; the Hub’s 29% more.

    “Compliments have increased by 24%”: from 485 or 486 to 602, typed as 485.
    """
    before = {
        "group: formal": 59,
        "group: informal": 161,
        "ombudsman": 7,
        "compliments": 485,
        "team: Transfer of Care Hub": 14,
    }
    actor = Actor(wigan_register, "Test Officer", wigan.AS_OF)
    set_figures(actor, [YearFigure("2022/23", name, str(value)) for name, value in before.items()])
    whole = paper(figures_of(wigan_register, reporting_year(wigan.YEAR), wigan.AS_OF))
    changes = {
        (table.caption, row.label): row.cells[-1]
        for section in whole.sections
        for table in section.tables
        if table.columns[-1] == "Change"
        for row in table.rows
    }
    assert changes["The last years by group of procedures", "formal"] == "+12 (+20.3% of 59)"
    assert changes["The last years by group of procedures", "informal"] == "+1 (+0.6% of 161)"
    assert changes["The last years side by side", "Went to the Ombudsman"] == "+8 (+114.3% of 7)"
    assert changes["The last years side by side", "Compliments"] == "+117 (+24.1% of 485)"
    assert ("The last years by team", "Transfer of Care Hub") in changes


@pytest.mark.parametrize(
    "key", ["complaints.by_team.Safeguarding", "groups.formal.outcomes.upheld", "ombudsman.received"]
)
def test_wigan_figures_list_their_cases(wigan_register: Register, wigan_year: Document, key: str) -> None:
    count: Any = wigan_year
    for part in key.split("."):
        count = count[part]
    assert len(cases_behind(wigan_register, reporting_year(wigan.YEAR), wigan.AS_OF, key).lines) == count > 0


def test_nobody_works_out_what_is_withheld_of_shropshire(shropshire_register: Register) -> None:
    found = figures_of(shropshire_register, reporting_year(shropshire.YEAR), shropshire.AS_OF)
    assert_nothing_is_worked_out(found, shropshire_register.profile)


def test_nobody_works_out_what_is_withheld_of_wigan(wigan_register: Register) -> None:
    found = figures_of(wigan_register, reporting_year(wigan.YEAR), wigan.AS_OF)
    assert_nothing_is_worked_out(found, wigan_register.profile)
