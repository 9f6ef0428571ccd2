"""The whole register as JSON: out and in again, row by row the same, and refused where anything was changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.enums import Outcome
from feedback_tui.exchange import register_json
from feedback_tui.exchange.demo import fictional_register
from feedback_tui.exchange.register_csv import read_rows, register_csv
from feedback_tui.exchange.register_json import BadExport, ReadBack, read_json, write_json
from feedback_tui.models.case import Case
from feedback_tui.models.inputs.stages import PointInput
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.backend.server_roles import MANAGER
from feedback_tui.storage.bulk import replace_empty
from feedback_tui.storage.errors import NoRegister, RegisterError, ServerRefuses
from feedback_tui.storage.make_roles import make_roles
from feedback_tui.storage.register import Register, create_register, open_register
from tests.casework.cases import RECEIVED, Casework
from tests.conftest import MakeRegister, actor_on
from tests.places import SERVER, copy_of, drop, everything_in, login_of, made_once, one_at_a_time

TODAY = date(2026, 7, 3)
Document = dict[str, Any]
Change = Callable[[Document], object]


@pytest.fixture
def busy(either: None, tmp_path: Path) -> Iterator[Register]:
    """A register with imported cases and one that went its way by the verbs, words of every kind in it."""
    register = open_register(copy_of(made_once("busy", _busy), tmp_path))
    yield register
    register.close()
    drop(register.where)


def _busy(place: str) -> None:
    create_register(place, profile_text("westmarch")).close()
    register = open_register(place)
    rows = read_rows(fictional_register(60, TODAY), register.profile, TODAY)
    import_cases(actor_on(register, TODAY), rows)
    case = Casework(register).log(
        description="=1+1 'quoted' [red]x[/red] \x1b]0;PWNED\x07 大文 a;b",
        wanted="An apology",
        customer_name="Łucja",
        contact="01743 1",
        procedure=register.profile.procedures[0].key,
        points=(PointInput(text="The first", team="North", provider="Brook House"), PointInput(text="The second")),
    )
    case.acknowledge(date(2024, 3, 6), promised_on=date(2024, 4, 1))
    case.investigate(date(2024, 3, 8))
    case.respond(date(2024, 3, 28), Outcome.UPHELD, Outcome.NOT_UPHELD, signed_by="Director")
    register.close()


@pytest.fixture
def exported(busy: Register, tmp_path: Path) -> Path:
    """Its export."""
    assert write_json(busy, tmp_path / "all.json") == 61
    return tmp_path / "all.json"


def changed(exported: Path, change: Change) -> Path:
    """The export with something changed."""
    document = json.loads(exported.read_text("utf-8"))
    change(document)
    other = exported.with_name("changed.json")
    other.write_text(json.dumps(document), "utf-8")
    return other


def test_nothing_is_lost_and_nothing_is_added(busy: Register, exported: Path, place: str, tmp_path: Path) -> None:
    assert read_json(exported, place) == ReadBack(61, 0)
    assert everything_in(place) == everything_in(busy.where)
    again = open_register(place)
    try:
        assert again.profile == busy.profile
        assert check(again).findings == ()
        assert register_csv(again) == register_csv(busy)
        write_json(again, tmp_path / "again.json")
    finally:
        again.close()
    assert (tmp_path / "again.json").read_bytes() == exported.read_bytes()


def test_a_new_folder_is_made_for_it(exported: Path, tmp_path: Path) -> None:
    assert read_json(exported, str(tmp_path / "new" / "register.db")) == ReadBack(61, 0)


def test_work_goes_on_where_it_was(busy: Register, exported: Path, place: str) -> None:
    read_json(exported, place)
    register = open_register(place)
    try:
        assert _next(register) == _next(busy)
        assert check(register).findings == ()
    finally:
        register.close()


def _next(register: Register) -> list[tuple[int, str, list[int]]]:
    """The numbers that the next two cases get: their own, their reference, those of their parts."""
    got = []
    for _ in range(2):
        case = Casework(register).log(
            RECEIVED, procedure=register.profile.procedures[0].key, customer_name="Bo", points=(PointInput(text="x"),)
        )
        with register.reading() as session:
            found = session.exec(select(Case).where(Case.reference == case.reference)).one()
            rows: list[Any] = [*found.points, *found.parties, *found.stages, *found.deadlines]
            got.append((found.id or 0, found.reference, [row.id for row in rows]))
    return got


def test_an_empty_register_is_replaced_and_kept(
    busy: Register, exported: Path, make_register: MakeRegister, tmp_path: Path
) -> None:
    empty = make_register("wigan")
    where = empty.where
    empty.close()
    done = read_json(exported, where)
    assert (done.new, done.unchanged) == (61, 0)
    assert done.kept is not None
    assert everything_in(where) == everything_in(busy.where)
    if SERVER:
        # There it is an export, which is read as any other.
        read_json(done.kept, kept := str(tmp_path / "kept.db"))
    else:
        kept = str(done.kept)
    assert open_register(kept).profile.key == "wigan"
    register = open_register(where)
    assert _next(register) == _next(busy)
    assert check(register).findings == ()
    with pytest.raises(Exception, match="events are never changed"), register.transaction("sam") as work:
        work.session.connection().exec_driver_sql("DELETE FROM event")
    register.close()


@pytest.mark.of_a_server
def test_no_register_that_someone_has_open_is_exchanged(
    exported: Path, make_register: MakeRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would go on with the profile that they read."""
    monkeypatch.setattr(replace_empty, "GONE_AFTER", 0.2)
    empty = make_register("wigan")
    before = everything_in(empty.where)
    watch = empty.watch()
    with pytest.raises(RegisterError, match=r"Someone else has .* open"):
        read_json(exported, empty.where)
    watch.close()
    assert everything_in(empty.where) == before
    assert [path.name for path in exported.parent.glob("*.json")] == ["all.json"], "nothing was to be kept"


@pytest.mark.of_a_server
def test_an_empty_register_is_the_owners_to_exchange(exported: Path, make_register: MakeRegister) -> None:
    empty = make_register("wigan")
    with one_at_a_time():
        make_roles(empty.where)
    before = everything_in(empty.where)
    empty.close()
    with pytest.raises(ServerRefuses, match="Your login may not do that"):
        read_json(exported, login_of(empty.where, "mia", MANAGER))
    assert everything_in(empty.where) == before
    assert [path.name for path in exported.parent.glob("*.json")] == ["all.json"], "nothing was to be kept"


@pytest.mark.of_a_server
@pytest.mark.parametrize(
    "change",
    [
        lambda it: _tables(it)["person"][0].update(name="A\0B"),
        lambda it: _tables(it)["reference_counter"][0].update(last=2**40),
    ],
)
def test_what_a_file_holds_and_a_server_does_not_take_leaves_the_database_as_empty_as_it_was(
    exported: Path, place: str, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_json, "require_sound", lambda *_: None)
    with pytest.raises(RegisterError, match="has a value that a server does not take"):
        read_json(changed(exported, change), place)
    with pytest.raises(NoRegister):
        open_register(place)


def test_the_same_export_again_changes_nothing(busy: Register, exported: Path) -> None:
    before = everything_in(busy.where)
    assert read_json(exported, busy.where) == ReadBack(0, 61)
    assert everything_in(busy.where) == before


def test_a_register_with_other_cases_is_left_as_it_is(exported: Path, make_register: MakeRegister) -> None:
    other = make_register("shropshire")
    Casework(other).log()
    before = everything_in(other.where)
    with pytest.raises(BadExport, match="holds 1 case already, and was left as it is"):
        read_json(exported, other.where)
    assert everything_in(other.where) == before


def test_only_looking_makes_nothing(exported: Path, place: str) -> None:
    assert read_json(exported, place, check_only=True) == ReadBack(61, 0)
    with pytest.raises(NoRegister):
        open_register(place)


def test_what_was_changed_makes_nothing_on_either(exported: Path, place: str) -> None:
    with pytest.raises(BadExport, match="nothing was imported"):
        read_json(changed(exported, lambda it: _tables(it)["event"].pop()), place)
    with pytest.raises(NoRegister):
        open_register(place)


@pytest.mark.of_a_file
def test_it_is_for_this_user_only(exported: Path) -> None:
    assert exported.stat().st_mode & 0o777 == 0o600


def _tables(document: Document) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = document["tables"]
    return found


@pytest.mark.of_a_file
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda it: it.update(format="other"), "not the JSON of a register"),
        (lambda it: it.update(schema="9999"), "a later version of this program"),
        (lambda it: it.pop("tables"), "has no tables"),
        (lambda it: _tables(it).pop("stage"), "stage: this table is missing"),
        (lambda it: _tables(it).update(extra=[]), "extra: there is no such table"),
        (lambda it: it["tables"]["stage"].append(3), "a row is an object"),
        (lambda it: _tables(it)["stage"][0].pop("number"), "stage row 1, number: this column is missing"),
        (lambda it: _tables(it)["stage"][0].update(x=1), "stage row 1, x: there is no such column"),
        (lambda it: _tables(it)["stage"][2].update(started_on="soon"), "stage row 3, started_on: a date"),
        (lambda it: _tables(it)["stage"][2].update(started_on=None), "stage row 3, started_on: it cannot be empty"),
        (lambda it: _tables(it)["stage"][0].update(number="1"), "stage row 1, number: a whole number"),
        (lambda it: _tables(it)["stage"][0].update(number=2**64), "stage row 1, number: a whole number"),
        (lambda it: _tables(it)["feedback_case"][0].update(kind="grumble"), "kind: one of complaint, concern"),
        (lambda it: _tables(it)["feedback_case"][0].update(description="\ud800"), "description: a text is expected"),
        (lambda it: _tables(it)["feedback_case"][0].update(changed_at="2024-01-01"), "changed_at: a moment in UTC"),
        (lambda it: _tables(it)["deadline"][0].update(fixed_by_hand=1), "fixed_by_hand: true or false"),
        (lambda it: _tables(it)["feedback_case"][0].update(description="Changed"), "nothing was imported"),
        (lambda it: _tables(it)["stage"].pop(), "nothing was imported"),
        (lambda it: _tables(it)["event"].pop(), "nothing was imported"),
        (lambda it: _tables(it)["event"][3].update(officer="Someone"), "Event 4 is not what was recorded"),
        (lambda it: _tables(it)["words"][0].update(text="Other words"), "nothing was imported"),
        (lambda it: _tables(it)["setting"][0].update(value="key = 1"), "nothing was imported"),
    ],
)
def test_what_was_changed_is_refused_and_makes_nothing(
    exported: Path, tmp_path: Path, change: Change, said: str
) -> None:
    with pytest.raises(BadExport, match=said):
        read_json(changed(exported, change), str(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()


@pytest.mark.of_a_file
@pytest.mark.parametrize(
    "change",
    [
        lambda it: _tables(it)["stage"].append(dict(_tables(it)["stage"][0])),
        lambda it: _tables(it)["stage"][0].update(case_id=10**6),
        lambda it: _tables(it)["feedback_case"].pop(0),
    ],
)
def test_rows_that_do_not_belong_together_are_refused(exported: Path, tmp_path: Path, change: Change) -> None:
    with pytest.raises((BadExport, RegisterError), match="othing was imported"):
        read_json(changed(exported, change), str(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("text", ["", "[]", '"x"', "{", "nonsense", "[" * 100_000, "\x00", '{"format": 1}'])
def test_what_is_no_export_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.json").write_text(text, "utf-8")
    with pytest.raises(BadExport):
        read_json(tmp_path / "bad.json", str(tmp_path / "new.db"))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(BadExport, match="cannot be read"):
            read_json(path, str(tmp_path / "new.db"))
    (tmp_path / "bad.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadExport, match="not the JSON of a register"):
        read_json(tmp_path / "bad.json", str(tmp_path / "new.db"))
