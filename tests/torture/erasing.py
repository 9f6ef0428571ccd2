"""Erasure put to the test: every erased text is looked for, byte by byte, in every file beside the register, and the
figures of all years are what they were."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from feedback_tui.casework.actor import Actor
from feedback_tui.casework.erase import due_for_erasure, erase_due, restore_backup
from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.exchange.demo import fictional_register
from feedback_tui.exchange.register_csv import read_rows
from feedback_tui.reports.figures import figures_of
from feedback_tui.reports.renderers.as_json import document
from feedback_tui.rules.months import reporting_year
from feedback_tui.rules.profile import load_profile, profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.maintenance.backup import backup
from feedback_tui.storage.register import Register, create_register, open_register
from tests.torture.count import Count

WRITTEN = date(2019, 6, 28)
"""The day that the fictional cases were written."""
LATER = date(2030, 6, 30)
"""Many years later."""
YEARS = [reporting_year(year) for year in ("2016/17", "2017/18", "2018/19", "2019/20")]
SHORTEST = 12
"""A text of fewer characters may stand elsewhere for a reason of its own."""


def a_council(path: Path, cases: int) -> Register:
    """A register of fictional cases, all long past."""
    profile = load_profile("westmarch")
    register = create_register(str(path), profile_text("westmarch"), "Sam")
    rows = read_rows(fictional_register(cases, WRITTEN, profile=profile), profile, WRITTEN)
    import_cases(Actor(register, "Sam", WRITTEN), rows)
    return register


def texts_of(path: Path) -> dict[int, set[str]]:
    """The texts that the record names, case by case."""
    found: dict[int, set[str]] = {}
    with closing(sqlite3.connect(path)) as connection:
        for case_id, text in connection.execute("SELECT case_id, text FROM words WHERE text IS NOT NULL"):
            found.setdefault(case_id, set()).add(text)
    return found


def all_figures(register: Register) -> str:
    """The figures of every year that the register has cases of, as they are published."""
    return json.dumps([document(figures_of(register, span, LATER)) for span in YEARS], default=str)


def hits(texts: set[str], paths: list[Path]) -> list[str]:
    """Where any of these texts stands, byte by byte: as it is, and as JSON writes it."""
    found = []
    for path in paths:
        content = path.read_bytes()
        for text in texts:
            forms = {text.encode(), text.casefold().encode(), text.encode("utf-16-le")}
            forms |= {json.dumps(text, ensure_ascii=plain)[1:-1].encode() for plain in (True, False)}
            if any(form in content for form in forms):
                found.append(f"{path.name}: {text[:40]}")
    return found


def run(folder: Path, cases: int) -> Count:
    """Erases all that is due from a register of so many cases, then restores a backup from before it."""
    count = Count("An erased text stands in no file, and the figures of all years stay")
    path = folder / "register.db"
    register = a_council(path, cases)
    before, figures = texts_of(path), all_figures(register)
    kept = backup(register, folder.parent / "before.db")
    due = due_for_erasure(register, LATER)
    erased = erase_due(Actor(register, "Sam", LATER))
    count.tell("cases erased", len(erased.references))
    if set(erased.references) != {each.reference for each in due if not each.owes}:
        count.broken.append("other cases were erased than the dry run listed")
    _look(count, register, before, figures, "after the erasure")
    register.close()
    restore_backup(kept, str(path), lambda fresh: Actor(fresh, "Sam", LATER))
    for each in path.parent.glob("register.db-backups/*.db"):
        # What stood there before the restore is kept: it was erased too.
        count.tell("backups looked through", 1 if each.is_file() else 0)
    register = open_register(str(path))
    _look(count, register, before, figures, "after a restore")
    register.close()
    return count


def _look(count: Count, register: Register, before: dict[int, set[str]], figures: str, when: str) -> None:
    left: set[str] = set().union(*texts_of(register.path).values())
    # A name that an officer has too, or words that another case has as well, still stand there by right.
    still = "\0".join([*left, *_officers(register.path)]).casefold()
    gone = {text for text in set().union(*before.values()) if len(text) >= SHORTEST and text.casefold() not in still}
    count.tried += len(gone)
    files = [path for path in register.path.parent.rglob("*") if path.is_file()]
    count.broken += [f"{when}: {hit}" for hit in hits(gone, files)]
    if not gone:
        count.broken.append(f"{when}: nothing was erased")
    if all_figures(register) != figures:
        count.broken.append(f"{when}: the figures are not what they were")
    health = check(register)
    count.broken += [f"{when}: {finding.words}" for finding in health.findings]
    if not health.erased:
        count.broken.append(f"{when}: check counts no erased words")


def _officers(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT investigator FROM stage UNION SELECT owner FROM action UNION SELECT officer FROM event"
        return [str(name) for (name,) in connection.execute(sql)]
