"""What an officer on a server waits for where a tenth of the cases is restricted to others, and what the owner does.

``python -m tests.benchmarks.hidden [CASES]``. Each reading is done in turn by the two logins, and the best of nine is
taken: an officer is limited by policies, the owner of the tables is not.
"""

from __future__ import annotations

import sys
import time

import psycopg

from feedback_tui.desk.queue.queue import queue
from tests.benchmarks.both import LOGIN, READINGS, as_officer, on_server
from tests.benchmarks.stock import UNTIL, stock
from tests.postgres import server

TURNS = 9
EVERY = 10
"""Each so many-th case is restricted."""


def main(cases: int) -> None:
    """Prints the table."""
    path = stock(cases, say=print)
    with server("shared_buffers=1GB work_mem=64MB maintenance_work_mem=512MB max_wal_size=8GB") as own:
        owner = on_server(path, own)
        officer = as_officer(owner)
        with psycopg.connect(owner.where, autocommit=True) as connection:
            restricted = f"UPDATE feedback_case SET restricted_to = 'Someone Else' WHERE id % {EVERY} = 0"
            hidden = connection.execute(restricted.encode()).rowcount
            connection.execute("VACUUM ANALYZE")
        owner.reader = LOGIN
        reference = queue(owner, UNTIL, limit=1)[0].reference
        print(f"{cases:,} cases, {hidden:,} of them hidden from the officer")
        print(f"{'':26}{'owner':>11}{'officer':>11}{'more':>10}")
        for what, read in READINGS.items():
            if what == "the year":
                continue
            best = [float("inf"), float("inf")]
            for _ in range(TURNS):
                for number, register in enumerate((owner, officer)):
                    begun = time.perf_counter()
                    read(register, reference)
                    best[number] = min(best[number], time.perf_counter() - begun)
            more = (best[1] - best[0]) * 1000
            print(f"{what:26}{best[0] * 1000:9.1f}ms{best[1] * 1000:9.1f}ms{more:8.1f}ms", flush=True)
        owner.close()
        officer.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 60_000)
