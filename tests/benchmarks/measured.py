"""What the benchmarks measure with: seconds in turn, so that a busy machine is busy for both; a command's memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


def taken(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def in_turn(rounds: int, *works: Callable[[], object]) -> list[list[float]]:
    """Seconds that each of several things takes in each round; every round does all of them, the first one last in
    every other round: none is always the one that finds the disk warm."""
    found: list[list[float]] = [[] for _ in works]
    for number in range(rounds):
        order = range(len(works)) if number % 2 else reversed(range(len(works)))
        for place in order:
            found[place].append(taken(works[place]))
    return found


def ratio(ours: Sequence[float], bare: Sequence[float]) -> float:
    """The median of the ratios, pair by pair."""
    return statistics.median(a / b for a, b in zip(ours, bare, strict=True))


def against(goal: float, found: float) -> str:
    """The goal beside a ratio, and whether it is met."""
    return f"goal {goal:g}{'' if found <= goal else ', not met'}"


def shown(seconds: float) -> str:
    """Seconds as people read them."""
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.1f} s"


class Ran(NamedTuple):
    """What a command took."""

    seconds: float
    megabytes: float
    """The most memory that it held (Linux)."""


def ran(command: Sequence[str], environ: dict[str, str] | None = None) -> Ran:
    """Runs a command to its end. Raises CalledProcessError where it fails."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Ran(time.perf_counter() - started, used.ru_maxrss / 1024)
