"""The torture in short; ``make torture`` runs it at length."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture import damage, hostile, tampering, together
from tests.torture.count import Count

pytestmark = pytest.mark.of_a_file


def kept(count: Count, at_least: int) -> None:
    """The promise was put to the test, and no time broken."""
    assert count.broken == []
    assert count.tried >= at_least


def test_bits_that_flip(furnished_path: Path, tmp_path: Path) -> None:
    kept(damage.flips(furnished_path, tmp_path, 16), 16)


def test_registers_cut_short(furnished_path: Path, tmp_path: Path) -> None:
    kept(damage.truncations(furnished_path, tmp_path, 30), 30)


def test_a_damaged_backup_is_not_restored(furnished_path: Path, tmp_path: Path) -> None:
    kept(damage.backups(furnished_path, tmp_path, 50), 50)


def test_hostile_texts_come_back_as_they_were(tmp_path: Path) -> None:
    kept(hostile.run(tmp_path, 120), 120)


def test_tampering_with_a_register_is_found(furnished_path: Path, tmp_path: Path) -> None:
    (tmp_path / "tampered").mkdir()
    kept(tampering.run(furnished_path, tmp_path / "tampered", every=809), 15)


def test_four_officers_at_once(tmp_path: Path) -> None:
    kept(together.run(tmp_path, 4, 25), 100)


@pytest.mark.walk
@pytest.mark.skipif(sys.platform != "linux", reason="it forks, kills and limits files")
def test_processes_killed_power_cut_disks_full() -> None:
    """In a process of its own, since it forks."""
    names = [
        "kill",
        "kill-erasure",
        "kill-import",
        "kill-restore",
        "kill-migration",
        "power-cut",
        "power-control",
        "full-disk",
    ]
    command = [sys.executable, "-m", "tests.torture", *names, "--part", "30"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    tried = [int(number) for number in re.findall(r"([\d,]+) tried, 0 broken", done.stdout)]
    assert len(tried) == len(names), done.stdout
    assert min(tried) >= 2
