"""That the benchmarks run, at sizes that take no time; what they measure is `make bench`'s."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from feedback_tui.exchange.demo import fictional_register
from feedback_tui.storage.audit.check import check
from tests.benchmarks import growth, keeping, measured, searching, stock

CASES = 40


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of stocks of its own, with a small one in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FEEDBACK_TUI_STOCKS", str(tmp_path_factory.mktemp("stocks")))
        yield stock.stock(CASES)


def test_a_stock_is_a_register_that_check_finds_sound_and_is_made_once(kept: Path) -> None:
    """Figures over a register that is not whole would be figures of something else."""
    with stock.opened(kept) as register:
        health = check(register)
    assert (health.findings, sum(health.cases.values()), health.events) == ((), CASES, CASES + 1)
    made = kept.stat().st_mtime_ns
    assert stock.stock(CASES).stat().st_mtime_ns == made


def test_rare_words_are_added_and_whoever_complains_again_keeps_the_name() -> None:
    """A thousand repeated letters have few words: an index of them is smaller and quicker than a council's."""
    plain = list(fictional_register(1500, stock.UNTIL))
    rows = list(stock.varied(row.copy() for row in plain))
    words = {word for row in rows for word in row["description"].split()}
    assert len(words) > 2 * len({word for row in plain for word in row["description"].split()})
    names: dict[str, set[str]] = {}
    for before, after in zip(plain, rows, strict=True):
        names.setdefault(before["customer_name"], set()).add(after["customer_name"])
    assert {len(found) for found in names.values()} == {1}
    assert list(islice(stock.varied(row.copy() for row in plain), 50)) == rows[:50]


def test_searching_and_keeping_run(kept: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A benchmark that no longer runs is found out when a figure is wanted."""
    searching.main(CASES, rounds=1)
    keeping.main(["read", str(kept)])
    for which in keeping.PLAINLY:
        keeping.main([which, str(kept), str(tmp_path / which)])
        assert (tmp_path / which).stat().st_size == kept.stat().st_size
    assert "search as you type, 40 cases" in capsys.readouterr().out


def test_the_ratio_is_that_of_the_pairs_and_a_missed_goal_is_said() -> None:
    """A machine that is slow for one round is slow for both of its measurements."""
    assert measured.ratio([2.0, 20.0, 2.2], [1.0, 10.0, 1.0]) == 2.0
    assert measured.against(1.2, 1.3) == "goal 1.2, not met"
    assert measured.against(1.2, 1.2) == "goal 1.2"
    assert len(measured.in_turn(3, lambda: None, lambda: None)[1]) == 3


def test_the_law_of_growth_is_the_one_that_fits() -> None:
    """A table that calls linear what is flat, or the other way round, is worse than none."""
    sizes = (100, 10_000, 1_000_000)
    assert growth.law(sizes, (0.010, 0.012, 0.011)) == "flat"
    assert growth.law(sizes, (0.021, 0.001, 0.002)) == "flat"
    assert growth.law(sizes, (0.010, 0.021, 0.034)) == "logarithmic"
    assert growth.law(sizes, (0.010, 0.020, 1.010)) == "linear"
    assert growth.law(sizes, (0.001, 0.100, 10.0)) == "linear"


def test_what_grows_is_measured_at_each_size(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each thing of the table is done to a register."""
    growth.main([CASES // 2, CASES], rounds=1)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(growth.THINGS) + 1
    assert lines[0].split() == ["cases", "20", "40"]
