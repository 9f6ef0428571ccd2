"""Registers for the benchmarks, of any size: made once, by the import with all its checks, and kept outside the tree.

``python -m tests.benchmarks.stock [CASES …]`` makes them beforehand. They are the demo's invented cases (skewed teams
and themes, busy and quiet months, letters of many lengths, people who complain again), and on top of these rare words,
as real letters have them: places, medicines, workers, surnames. They stand in the user's cache folder, or in
``FEEDBACK_TUI_STOCKS``, each under a name that says what it was made with; `forget` removes them.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random

from platformdirs import user_cache_path
from sqlalchemy import event

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.exchange import demo
from feedback_tui.exchange.demo import Row, fictional_register
from feedback_tui.exchange.register_csv import read_rows
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.backend import schema, schema_version
from feedback_tui.storage.backend.sqlite_engine import open_engine
from feedback_tui.storage.register import Register, create_register, open_register

PROFILE = "westmarch"
UNTIL = date(2026, 9, 30)
"""The day that every stock ends on, and that benchmarks take for today: the same stock is the same register."""
AT_ONCE = 20_000
"""Cases imported together, so that making a stock needs no more memory for a million."""
REVISION = "1"
"""To be raised where what `varied` or `open_rows` makes is changed."""

_HEADS = (
    "Ash", "Black", "Cran", "Dun", "Elm", "Farn", "Gat", "Hazel", "Ivin", "Ken", "Lang", "Mar", "Nether", "Old", "Pen",
    "Quen", "Rad", "Stan", "Thorn", "Up", "Wal", "Wood", "Yel", "Bram",
)  # fmt: skip
_MIDDLES = ("", "a", "en", "er", "ing", "le", "o", "s", "ber", "der", "ham", "mer", "nor", "sel", "ter", "ver")
_TAILS = (
    "bourne", "bridge", "bury", "by", "combe", "cote", "dale", "don", "field", "ford", "gate", "grove", "hurst", "ley",
    "low", "mere", "minster", "more", "ness", "shaw", "stead", "stoke", "thorpe", "ton", "well", "wick", "wood",
)  # fmt: skip
_STEMS = ("amlo", "beto", "carva", "doxe", "flura", "gaba", "lisi", "metfo", "olan", "pera", "quetia", "rami", "ventra")
_ENDINGS = ("dipine", "lol", "mide", "nazole", "pril", "ridol", "statin", "tadine", "vir", "xaban", "zepam")
_SAID_TOO = (
    "This was at {number} {place} Road.", "The agency's branch in {place} told us to ring {other}.",
    "The prescription was for {medicine}, {number} mg.", "{worker} from the {place} office came instead.",
    "Our reference with {other} House is {letters}{number}.", "The nearest surgery is in {place}.",
    "We spoke to {worker} and, a week later, to someone called {other}.", "{medicine} was stopped without a reason.",
)  # fmt: skip


def stock(cases: int, *, say: Callable[[str], None] = lambda words: None) -> Path:
    """The register of so many invented cases, over two years. It is everyone's: read it, and write to a copy."""
    return _kept(f"cases-{cases}", lambda path: _fill(path, _invented(cases), say), say)


def open_stock(items: int, *, say: Callable[[str], None] = lambda words: None) -> Path:
    """A register in which so many complaints are open, and nothing else is."""
    return _kept(f"open-{items}", lambda path: _fill(path, open_rows(items), say), say)


@contextmanager
def opened(path: Path) -> Iterator[Register]:
    """A stock, open."""
    register = open_register(str(path))
    try:
        yield register
    finally:
        register.close()


def folder() -> Path:
    """Where stocks are kept."""
    named = os.environ.get("FEEDBACK_TUI_STOCKS")
    found = Path(named) if named else user_cache_path("feedback-tui") / "stocks"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def varied(rows: Iterable[Row]) -> Iterator[Row]:
    """The same cases with rare words in them, always the same ones.

    The demo's letters are put together from some nine hundred words; real ones go on having new ones.
    """
    rng = Random("rare words")
    for number, row in enumerate(rows):
        # Whoever complains again within a few hundred cases has the same name again; so have their relatives.
        age = number // 2000
        for column in ("customer_name", "correspondent_name"):
            row[column] = _renamed(row[column], age)
        if row["kind"] in ("complaint", "enquiry") and rng.random() < 0.7:
            row["description"] = f"{row['description']} {_rare(rng)}"
        yield row


def open_rows(items: int) -> Iterator[Row]:
    """Complaints that are acknowledged and wait for their answer, each with one of the demo's letters."""
    teams = ("Castle Locality", "Riverside Locality", "Hospital Discharge Team", "Mental Health")
    rng = Random(items)
    for number in range(items):
        yield {
            "reference": f"B-{number:07}",
            "kind": "complaint",
            "procedure": "statutory-adult",
            "received_on": (UNTIL - timedelta(days=number % 60 + 1)).isoformat(),
            "customer_name": _renamed("Jean Ashworth", number),
            "team": teams[number % len(teams)],
            "description": f"No carer came on {rng.randint(2, 9)} mornings. {_rare(rng)}",
            "acknowledged_on": UNTIL.isoformat(),
        }


def _invented(cases: int) -> Iterator[Row]:
    from feedback_tui.rules.profile import load_profile

    return varied(fictional_register(cases, UNTIL, profile=load_profile(PROFILE)))


def _renamed(name: str, age: int) -> str:
    first, _, last = name.rpartition(" ")
    number = int.from_bytes(sha256(f"{last} {age}".encode()).digest()[:4])
    return f"{first} {_place(number)}" if first and last.isascii() and last.isalpha() and number % 3 else name


def _place(number: int) -> str:
    rest, head = divmod(number, len(_HEADS))
    rest, middle = divmod(rest, len(_MIDDLES))
    return _HEADS[head] + _MIDDLES[middle] + _TAILS[rest % len(_TAILS)]


def _rare(rng: Random) -> str:
    return rng.choice(_SAID_TOO).format(
        place=_place(rng.getrandbits(32)),
        other=_place(rng.getrandbits(32)),
        worker=f"{rng.choice('ABCDEFGHJKLMNPRSTW')}. {_place(rng.getrandbits(32))}",
        medicine=(rng.choice(_STEMS) + rng.choice(_ENDINGS)).capitalize(),
        letters="".join(rng.choice("ABCDEFGHJKLM") for _ in range(3)),
        number=rng.randint(2, 9999),
    )


def _kept(name: str, fill: Callable[[Path], None], say: Callable[[str], None]) -> Path:
    """The stock of this name; made where there is none, and brought up where it is of an earlier schema."""
    kind = f"{name}-{_made_with()}"
    path = folder() / f"{kind}-{schema_version.HEAD}.db"
    if path.exists():
        return path
    earlier = sorted(folder().glob(f"{kind}-[0-9]*.db"))
    # Under another name until it is whole: one that was stopped half way is no stock.
    unfinished = path.with_suffix(f".{os.getpid()}")
    started = time.perf_counter()
    if earlier:
        earlier[-1].rename(unfinished)
        engine = open_engine(unfinished)
        schema.migrate(engine)
        engine.dispose()
    else:
        fill(unfinished)
    unfinished.rename(path)
    say(f"{path.name} made in {time.perf_counter() - started:.0f} s, {path.stat().st_size / 1e6:,.0f} MB")
    return path


def _made_with() -> str:
    """Eight figures for the generator and the profile: another one makes another register."""
    sources = sorted(Path(demo.__file__).parent.glob("*.py"))
    said = b"".join(source.read_bytes() for source in sources) + profile_text(PROFILE).encode()
    return sha256(REVISION.encode() + said).hexdigest()[:8]


def _fill(path: Path, rows: Iterator[Row], say: Callable[[str], None]) -> None:
    create_register(str(path), profile_text(PROFILE)).close()
    register = open_register(str(path))
    event.listen(register.engine, "connect", _hurried)
    register.engine.dispose()
    actor = Actor(register, "Benchmark", UNTIL)
    done = 0
    started = time.perf_counter()
    while lot := list(islice(rows, AT_ONCE)):
        import_cases(actor, read_rows(lot, register.profile, UNTIL))
        done += len(lot)
        if done % (10 * AT_ONCE) == 0:
            say(f"  {done:,} cases in {time.perf_counter() - started:.0f} s")
    register.close()


def _hurried(connection: sqlite3.Connection, _record: object) -> None:
    # A stock need not outlive a power cut while it is made.
    for setting in ("journal_mode = OFF", "synchronous = OFF", "secure_delete = OFF", "cache_size = -400000"):
        connection.execute(f"PRAGMA {setting}")


def forget() -> None:
    """Removes every stock."""
    shutil.rmtree(folder(), ignore_errors=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["forget"]:
        forget()
    for size in sys.argv[1:]:
        if size.isdigit():
            print(stock(int(size), say=lambda words: print(words, flush=True)))
