"""Erasure on a server: no table and no file of a table has the words; a backup from before does not bring them back."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from feedback_tui.casework.erase import erase_again, erased_from
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend.server_roles import MANAGER
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.maintenance.erased_cases import as_list, read_kept_list
from feedback_tui.storage.maintenance.vacuum_erased import leave_no_trace
from feedback_tui.storage.make_roles import make_roles
from feedback_tui.storage.register import Register, open_register
from tests.casework.cases import Casework
from tests.casework.test_erase import NOW, WORDS, a_closed_case, erase_it
from tests.conftest import actor_on
from tests.places import drop, everything_in, login_of, new_place, one_at_a_time
from tests.postgres import programs
from tests.torture.erasing import hits

pytestmark = pytest.mark.of_a_server
ERASED = {WORDS, "Winifred Ashdown", "01234 567890", "by telephone"}


def in_tables(register: Register) -> list[str]:
    """Where the files of the database have one of the erased words, once all that is in memory is written to them."""
    with register.engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        data = connection.exec_driver_sql("SHOW data_directory").scalar_one()
        number = connection.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()").scalar()
    return hits(ERASED, [path for path in Path(data, "base", str(number)).iterdir() if path.is_file()])


def test_no_file_of_a_table_has_the_words(shropshire: Register) -> None:
    case = a_closed_case(shropshire)
    Casework(shropshire).log(description="Another", customer_name="Bo Day")
    with shropshire.engine.begin() as connection:
        # The planner keeps some of the values of each column.
        connection.exec_driver_sql("ANALYZE")
    assert in_tables(shropshire)
    erase_it(case)
    assert in_tables(shropshire) == []
    assert check(shropshire).sound


def test_what_someone_still_sees_is_told_and_taken_away_later(
    shropshire: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_closed_case(shropshire)
    with psycopg.connect(shropshire.where) as reader:
        # It has looked at no table: it holds none of them, only the moment.
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT 1")
        with monkeypatch.context() as impatient:
            impatient.setattr("feedback_tui.storage.maintenance.vacuum_erased.TRIES", 1)
            with pytest.raises(RegisterError, match=r"The words were erased, .* Someone has been reading since before"):
                erase_it(case)
        assert in_tables(shropshire)
    # As often as it takes: the server lets go of what the reader saw once it has noticed that they left.
    leave_no_trace(shropshire)
    assert in_tables(shropshire) == []


def test_a_manager_is_told_that_the_traces_are_the_owners_to_take_away(shropshire: Register) -> None:
    case = a_closed_case(shropshire)
    with one_at_a_time():
        make_roles(shropshire.where)
    theirs = open_register(login_of(shropshire.where, "mia", MANAGER))
    try:
        with pytest.raises(RegisterError, match=r"The words were erased, .* Only the owner of the database"):
            erase_it(Casework(theirs, case.reference, officer="mia"))
    finally:
        theirs.close()
    assert not any(word in str(everything_in(shropshire.where)) for word in ERASED)


def test_a_dump_from_before_is_put_back_and_what_was_erased_is_erased_in_it(
    shropshire: Register, tmp_path: Path, run_tool: Callable[..., None]
) -> None:
    """As the guide says: `pg_dump`, `pg_restore`, `check`, and `erase --again` with the list that was kept apart."""
    case, other = a_closed_case(shropshire), Casework(shropshire).log(description="The lift is out")
    before = everything_in(shropshire.where)
    run_tool("pg_dump", "--format=custom", f"--file={tmp_path / 'feedback.dump'}", shropshire.where)
    erase_it(case)
    (tmp_path / "erased.json").write_text(as_list(erased_from(shropshire)), "utf-8")
    assert not any(word in (tmp_path / "erased.json").read_text("utf-8") for word in ERASED)
    place = new_place(tmp_path)
    run_tool("pg_restore", f"--dbname={place}", str(tmp_path / "feedback.dump"))
    restored = open_register(place)
    try:
        assert check(restored).findings == ()
        assert everything_in(place) == before
        listed = read_kept_list(tmp_path / "erased.json")
        assert erase_again(actor_on(restored, NOW), listed).references == (case.reference,)
        assert erase_again(actor_on(restored, NOW), listed).references == ()
        assert in_tables(restored) == []
        assert Casework(restored, other.reference).page(NOW).description == "The lift is out"
        assert check(restored).findings == ()
    finally:
        restored.close()
        drop(place)


@pytest.fixture
def run_tool() -> Callable[..., None]:
    """Runs one of the server's own programs."""

    def run(name: str, *arguments: str) -> None:
        done = subprocess.run([str(programs() / name), *arguments], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")

    return run
