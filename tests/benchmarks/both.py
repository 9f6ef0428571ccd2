"""The same register in a file and on a server of this machine: what an officer waits for, and the ratio.

``python -m tests.benchmarks.both [CASES]``. Each reading is done in turn on the two, and the best of five is taken.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import create_engine

from feedback_tui.casework.duty import Duty
from feedback_tui.casework.import_cases import import_cases
from feedback_tui.desk.case import case_page
from feedback_tui.desk.find import find
from feedback_tui.desk.queue import queue, queue_counts
from feedback_tui.exchange.copying import copy_register
from feedback_tui.exchange.fictional import fictional_register
from feedback_tui.exchange.register_csv import read_rows
from feedback_tui.reports.figures import figures_of
from feedback_tui.rules.months import reporting_year
from feedback_tui.rules.profile import load_profile, profile_text
from feedback_tui.storage.register import Register, create_register, open_register
from tests.postgres import server

TODAY = date(2026, 7, 3)
TURNS = 5


def main(cases: int) -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder, server() as own:
        file = create_register(str(Path(folder) / "register.db"), profile_text("westmarch"))
        profile = load_profile("westmarch")
        import_cases(
            Duty(file, "Sam", TODAY), read_rows(fictional_register(cases, TODAY, profile=profile), profile, TODAY)
        )
        url = own.url.replace("postgresql", "postgresql+psycopg")
        engine = create_engine(f"{url}/postgres", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE desk TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
        begun = time.monotonic()
        copy_register(file.where, f"{own.url}/desk")
        print(f"{cases:,} cases; copied to the server and compared in {time.monotonic() - begun:.0f} s")
        on_server = open_register(f"{own.url}/desk")
        with on_server.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
        reference = queue(file, TODAY, limit=1)[0].reference
        readings: dict[str, Callable[[Register], object]] = {
            "first page of the queue": lambda register: queue(register, TODAY, limit=50),
            "counts of the queue": lambda register: queue_counts(register, TODAY),
            "a case": lambda register: case_page(register, reference, TODAY),
            "find two words": lambda register: find(register, "carer late", most=20),
            "the year": lambda register: figures_of(register, reporting_year("2025/26"), TODAY),
        }
        print(f"{'':26}{'file':>9}{'server':>9}{'ratio':>7}")
        for what, read in readings.items():
            best = [float("inf"), float("inf")]
            for _ in range(TURNS):
                for number, register in enumerate((file, on_server)):
                    begun = time.monotonic()
                    read(register)
                    best[number] = min(best[number], time.monotonic() - begun)
            print(f"{what:26}{best[0] * 1000:7.1f}ms{best[1] * 1000:7.1f}ms{best[1] / best[0]:7.2f}")
        file.close()
        on_server.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 20_000)
