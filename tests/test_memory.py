"""The program that is open all day looks for garbage; the one that starts does not. (``make memory``: 6,000 keys.)"""

from __future__ import annotations

import subprocess
import sys

MADE = 100_000
PROGRAM = f"""
import feedback_tui.__main__
from feedback_tui.gc_pause import look_for_garbage, wait_with_garbage
alive = 0
class Pair:
    # As widgets and messages do: two that point at each other.
    def __init__(self):
        global alive
        alive += 1
        self.other = [self]
    def __del__(self):
        global alive
        alive -= 1
def most():
    found = 0
    for _ in range({MADE}):
        Pair()
        found = max(found, alive)
    return found
wait_with_garbage()
print(most())
look_for_garbage()
print(most() - {MADE})
"""


def test_garbage_waits_for_the_start_and_no_longer() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=300)
    at_the_start, all_day = map(int, done.stdout.split())
    assert at_the_start == MADE, "nothing is looked for while it starts"
    assert all_day < MADE / 10
