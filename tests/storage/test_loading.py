"""What is loaded behind the first screen is loaded once, whoever needs it first."""

from __future__ import annotations

import subprocess
import sys

import pytest

from feedback_tui.storage.register import Register

pytestmark = pytest.mark.of_a_file

PROGRAM = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from feedback_tui.storage.register import open_register

register = open_register({where!r})
assert "sqlalchemy" not in sys.modules
together = Barrier(8)

def read(number):
    together.wait()
    with register.reading() as session:
        return session.connection().exec_driver_sql("SELECT count(*) FROM day_off").scalar()

with ThreadPoolExecutor(8) as pool:
    print(len(set(pool.map(read, range(8)))))
"""


def test_eight_first_readings_at_once(shropshire: Register) -> None:
    program = PROGRAM.format(where=shropshire.where)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300, check=False)
    assert (done.stdout, done.stderr) == ("1\n", "")
