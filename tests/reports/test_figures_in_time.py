"""Whether things were in time, on cases small enough to be counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.enums import Status
from tests.reports.building import (
    ANSWERED,
    AS_OF,
    Due,
    Given,
    read,
)


class TestTimeliness:
    def test_averages_the_days_and_puts_them_into_the_bands_of_the_profile(self) -> None:
        cases = [ANSWERED.but(working_days=days) for days in (0, 25, 26, 65, 66)]
        found = read(*cases, ANSWERED.but(procedure="corporate", working_days=1), at="stage_1")
        assert list(found) == ["all", "statutory-adult", "corporate"]
        assert found["statutory-adult"]["average_working_days"] == 36.4
        assert found["statutory-adult"]["bands"] == {"0-25": 2, "26-65": 2, "66+": 1}
        assert found["corporate"]["average_working_days"] == 1.0
        assert found["all"]["responded"] == 6

    def test_an_average_rounds_halves_up(self) -> None:
        # 20 cases: 1/20 = 0.05 is 0.1; banker's rounding, or a float, would give 0.0.
        cases = [ANSWERED.but(working_days=days) for days in (1, *[0] * 19)]
        assert read(*cases, at="stage_1.all.average_working_days") == 0.1

    def test_no_responses_have_no_average(self) -> None:
        assert read(Given(), at="stage_1.all.average_working_days") is None

    def test_says_the_median_and_how_far_the_days_lie_apart(self) -> None:
        # By hand: of 1, 2, 4, 8, 16, 32 the middle is 6; a quarter of the way along stands 2.5, three quarters 14.
        cases = [ANSWERED.but(working_days=days) for days in (32, 1, 2, 16, 4, 8)]
        assert read(*cases, at="stage_1.all.working_days") == {
            "n": 6,
            "average": 10.5,
            "lowest": 1,
            "lower_quartile": 2.5,
            "median": 6,
            "upper_quartile": 14,
            "highest": 32,
        }

    def test_days_stand_under_the_month_and_quarter_of_receipt(self) -> None:
        autumn = ANSWERED.but(received_on=date(2022, 10, 3), responded_on=date(2023, 1, 9), working_days=66)
        found = read(ANSWERED, autumn, at="stage_1.all")
        assert [found["by_quarter"][label]["average"] for label in ("Q1", "Q2", "Q3", "Q4")] == [20, None, 66, None]
        assert [label for label, days in found["by_month"].items() if days["n"]] == ["2022-06", "2022-10"]

    def test_in_time_is_on_the_due_date_and_against_the_original(self) -> None:
        due, day_after = date(2022, 7, 8), date(2022, 7, 11)
        on_it = ANSWERED.but(responded_on=due)
        late = ANSWERED.but(responded_on=day_after)
        moved = late.but(targets=(Due(due, day_after),))
        extended = moved.but(extended=True)
        assert read(on_it, late, at="stage_1.all.within_target") == 1
        assert read(on_it, late, at="stage_1.all.within_limit") == 2
        assert read(moved, at="stage_1.all.within_target") == 0
        assert read(moved, at="stage_1.all.within_extended") == 0
        assert read(extended, at="stage_1.all.within_target") == 0
        assert read(extended, at="stage_1.all.within_extended") == 1
        assert read(extended.but(responded_on=date(2022, 7, 12)), at="stage_1.all.within_extended") == 0
        assert read(on_it.but(extended=True), at="stage_1.all.within_extended") == 0

    def test_a_date_that_the_procedure_does_not_have_judges_nothing(self) -> None:
        found = read(ANSWERED, ANSWERED.but(procedure="corporate", targets=()), at="stage_1")
        assert (found["corporate"]["within_target"], found["corporate"]["of_target"]) == (0, 0)
        assert (found["all"]["within_target"], found["all"]["of_target"]) == (1, 1)
        assert (found["all"]["within_limit"], found["all"]["of_limit"]) == (2, 2)

    def test_a_superseded_date_judges_nothing(self) -> None:
        moved = ANSWERED.but(limits=(Due(date(2022, 6, 8), superseded=True), Due(date(2022, 9, 5))))
        assert read(moved, at="stage_1.all.within_limit") == 1

    @pytest.mark.parametrize(
        ("case", "counted"),
        [
            (ANSWERED, (1, 1)),
            (ANSWERED.but(acknowledged_on=date(2022, 6, 9)), (0, 1)),
            (Given(acknowledgement=Due(date(2022, 6, 8))), (0, 1)),
            (Given(acknowledgement=Due(date(2022, 6, 8), AS_OF)), (0, 0)),
            (Given(acknowledgement=Due(AS_OF)), (0, 0)),
            (ANSWERED.but(acknowledged_on=None), (0, 1)),
            (ANSWERED.but(acknowledged_on=None, responded_on=date(2022, 6, 8)), (1, 1)),
            (
                Given(acknowledgement=Due(date(2022, 6, 8)), status=Status.CLOSED, closed_on=date(2022, 6, 8)),
                (0, 0),
            ),
            (
                Given(acknowledgement=Due(date(2022, 6, 8)), status=Status.CLOSED, closed_on=date(2022, 6, 9)),
                (0, 1),
            ),
        ],
    )
    def test_acknowledged_or_overdue_for_it(self, case: Given, counted: tuple[int, int]) -> None:
        within, of = counted
        assert read(case, at="acknowledgement") == {"within": within, "of": of}
