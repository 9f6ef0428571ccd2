"""Texts that would act on a terminal, a spreadsheet, a page or a database, through every field, search and export:
nothing acts, nothing crashes, and what comes back is what was stored."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from feedback_tui.casework.importing.import_cases import import_cases
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import note
from feedback_tui.desk.case.page import case_page
from feedback_tui.desk.case_list import cases
from feedback_tui.desk.earlier_cases import earlier_cases, find_references
from feedback_tui.desk.filters.filter_parser import Setting, read_filter
from feedback_tui.desk.queue.queue import queue
from feedback_tui.desk.queue.queue_filter import QueueFilter
from feedback_tui.enums import Kind
from feedback_tui.exchange.register_csv import read_register, register_csv
from feedback_tui.exchange.register_json import read_json, write_json
from feedback_tui.models.inputs.stages import NewCase, Note, PointInput
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, create_register, open_register
from feedback_tui.text import one_line, safe_text
from tests.torture.count import Count, chance_of
from tests.torture.stock import RECEIVED, TODAY, actor_on

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys, or what makes a text read as another."""
RUNS = tuple("=+-@\t\r")
PIECES = (
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "'=1", "''", '"', '""', ",", "\n", "\r\n", "\r", "; x",
    "<script>alert(1)</script>", "&lt;", "</td>", "<!--", "]]>", "javascript:x", "{{7*7}}", "${x}", "%s%n", "%00",
    "\x1b]0;PWNED\x07", "\x1b]52;c;eA==\x07", "\x1b[31m", "\x9b2J", "\x00", "\x08\x08", "\x7f", "\u202e", "\u2066",
    "\ufeff", "\u2028", "\ud800", "\udfff", "[/]", "[bold red]", "[@click=app.quit]q[/]", ":smile:", "\\", "\\n",
    "'; DROP TABLE event; --", "O'Brien", "50%", "a_b", "%", "_", "/", "NEAR(a b)", '"a" OR', "-x", "^x", "x*", "()",
    "AND", "NOT", "a:b", "due:", "team:", "شكوى", "日本語", "👩‍👩‍👧", "e\u0301", "ﬁ", "İ", "ß", "क्‍ष", "x" * 300,
    "../../etc/passwd", "C:\\x", "NUL", "\U000e0001", "1e999", "2026-02-30", "9" * 30, "-0", "NaN", "None", "null",
)  # fmt: skip


def texts(count: int, seed: int = 7) -> Iterator[str]:
    """So many hostile texts, no two made alike."""
    chance = chance_of(seed)
    for number in range(count):
        yield str(number % 97) * (number % 2) + "".join(chance.choices(PIECES, k=chance.randrange(1, 5)))


def run(folder: Path, count: int) -> Count:
    """Puts so many texts through every field that takes words, then looks for them and exports them."""
    told = Count("A hostile text does nothing but stand there, and comes back as it was stored")
    register = create_register(str(folder / "register.db"), profile_text("shropshire"), "Sam")
    waiting = texts(count)
    try:
        while _one_case(told, register, [text for _, text in zip(range(10), waiting, strict=False)]):
            pass
        _looked_for(told, register, count)
        _out_and_in(told, register, folder)
        if not check(register).sound:
            told.broken.append("the register is not sound")
    finally:
        register.close()
    return told


def _one_case(told: Count, register: Register, given: list[str]) -> bool:
    if len(given) < 10:
        return False
    told.tried += len(given)
    actor = actor_on(register)
    words, wanted, contact, late, point, noted = given[:6]
    summary, customer, correspondent, officer = (one_line(text)[:100].strip() for text in given[6:])
    case = NewCase(
        kind=Kind.COMPLAINT, received_on=RECEIVED, procedure="corporate", description=words, wanted=wanted,
        contact=contact, late_reason=late, points=(PointInput(text=point),), summary=summary, customer_name=customer,
        correspondent_name=correspondent, officer=officer,
    )  # fmt: skip
    reference = log(actor, case).reference
    if said := safe_text(noted).strip():
        note(actor, reference, Note(on=RECEIVED, words=noted))
    page = case_page(register, reference, TODAY)
    pairs = [
        (page.description, safe_text(words).strip()), (page.wanted, safe_text(wanted).strip()),
        (page.late_reason, safe_text(late).strip()), (page.points[0].text, safe_text(point).strip()),
        (page.officer, officer or actor.officer), (page.summary if summary else "", summary),
    ]  # fmt: skip
    pairs += [(page.timeline[-1].words or "", said)] if said else []
    told.broken += [f"{stored!r} is not {meant!r}" for stored, meant in pairs if stored != meant]
    stands = [text for text, _ in pairs] + [person.name for person in page.people]
    told.broken += [f"{text!r} acts" for text in stands if ACTS.search(text)]
    return True


def _looked_for(told: Count, register: Register, count: int) -> None:
    """Each text in the places where officers type what they look for."""
    for text in texts(min(count, 400)):
        earlier_cases(register, text)
        find_references(register, text)
        queue(register, TODAY, QueueFilter(words=text), limit=5)
        cases(register, TODAY, read_filter(text, Setting(TODAY, register.calendar, "Sam")).wanted, limit=5)
        told.tell("searches")


def _out_and_in(told: Count, register: Register, folder: Path) -> None:
    text, count = register_csv(register)
    for row in csv.reader(io.StringIO(text)):
        told.tell("cells", len(row))
        told.broken += [f"the cell {cell[:40]!r} runs" for cell in row if cell.startswith(RUNS)]
        told.broken += [f"the cell {cell[:40]!r} acts" for cell in row if ACTS.search(cell)]
    again = create_register(str(folder / "again.db"), profile_text("shropshire"), "Sam")
    imported = import_cases(actor_on(again), read_register(text.encode(), register.profile, TODAY))
    if imported.new != count or register_csv(again)[0] != text:
        told.broken.append("the CSV did not come back as it was")
    again.close()
    write_json(register, folder / "all.json")
    json.loads((folder / "all.json").read_text("utf-8"))
    read_json(folder / "all.json", str(folder / "whole.db"))
    whole = open_register(str(folder / "whole.db"))
    if register_csv(whole)[0] != text:
        told.broken.append("the JSON did not come back as it was")
    whole.close()
