"""Cases as pages, made for tests: every field of the page and of its rows is filled in by its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from itertools import islice
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from feedback_tui.desk.case.page import CasePage
from feedback_tui.enums import Authority, DeadlineState, Discussion, Kind, Outcome, Status
from feedback_tui.rules.lifecycle.lifecycle import Standing

TODAY = date(2026, 6, 1)
_CHOSEN: Mapping[str, tuple[object, object]] = {
    "state": (DeadlineState.OPEN, DeadlineState.MET),
    "authority": (Authority.CONSENT_RECEIVED, Authority.OWN_COMPLAINT),
    "discussion": (Discussion.ACCEPTED, Discussion.ACCEPTED),
    "findings": ({1: Outcome.UPHELD, 2: Outcome.NOT_UPHELD}, {}),
    "details": ({"told": "2026-05-04", "area": "words"}, {}),
    "moved": (frozenset({1}), frozenset()),
}
"""What its type alone does not say, for the first row of a kind and for the second."""


def filled_pages(text: str = "") -> Iterator[CasePage]:
    """Pages with every field filled in, of each kind and status that says something else, with two rows and one of each
    kind of row, and with rows of which only what must be there is. `text` stands before all words."""
    for number, bare in ((2, False), (1, False), (1, True)):
        whole = _page(number, bare=bare, text=text)
        for kind in (Kind.COMPLAINT, Kind.COMPLIMENT):
            for status in (Status.INVESTIGATING, Status.CLOSED):
                yield replace(whole, kind=kind, status=status)
                yield replace(whole, kind=kind, status=status, deadlines=(), description="", learning=())


@cache
def hints(kind: Any) -> dict[str, Any]:
    """The types of a dataclass's fields, by name."""
    found = get_type_hints(kind)
    return {each.name: found[each.name] for each in fields(kind)}


def row_kind(hint: Any) -> type | None:
    """The kind of row that a field holds several of; None where it holds none."""
    if get_origin(hint) is tuple and is_dataclass(kind := get_args(hint)[0]):
        assert isinstance(kind, type)
        return kind
    return None


def altered(value: Any, hint: Any) -> Iterator[Any]:
    """Other values that the field could have, none of them empty."""
    plain = _plain(hint)
    if isinstance(plain, type) and issubclass(plain, Enum):
        yield from islice((each for each in plain if each is not value), 2)
    elif plain is str:
        yield f"{value or ''} altered, at more length than a line that is cut has room for"
    elif plain is bool:
        yield not value
    elif plain is int:
        yield (value or 0) + 3
    elif plain is date:
        yield from ((value or TODAY) + timedelta(days) for days in (400, -400))
    elif plain is datetime:
        yield value + timedelta(400)
    elif get_origin(hint) is tuple:
        yield (*value, "altered")
    elif get_origin(hint) is dict:
        yield value | ({"altered": "words"} if get_args(hint)[0] is str else {3: Outcome.UPHELD})
    elif get_origin(hint) is frozenset:
        yield value | {99}
    else:
        raise AssertionError(f"{hint} has a type that no page had so far: say here how it may be another")


def _page(number: int, *, bare: bool, text: str) -> CasePage:
    standing = Standing(Kind.COMPLAINT, Status.INVESTIGATING, acknowledged=True, answered=False)
    page = _row(CasePage, 1, bare=False, text=text, rows=number, bare_rows=bare, standing=standing)
    assert isinstance(page, CasePage)
    return page


def _row(
    kind: type, number: int, *, bare: bool, text: str, rows: int = 1, bare_rows: bool = False, **known: object
) -> Any:
    made: dict[str, Any] = dict(known)
    for place, (name, hint) in enumerate(hints(kind).items()):
        if name in made:
            continue
        if (below := row_kind(hint)) is not None:
            made[name] = tuple(_row(below, each + 1, bare=bare_rows, text=text) for each in range(rows))
        else:
            made[name] = _value(name, hint, number, place, bare=bare, text=text)
    return kind(**made)


def _value(name: str, hint: Any, number: int, place: int, *, bare: bool, text: str) -> Any:
    plain = _plain(hint)
    if bare and plain is not hint:
        return None
    if name in _CHOSEN:
        return _CHOSEN[name][min(number, 2) - 1]
    if plain is str:
        return "" if bare else f"{text}{name} {number}"
    if plain is bool:
        return number == 1
    if plain is int:
        return number
    if plain is date:
        return date(2026, 1, 1) + timedelta(3 * place + number)
    if plain is datetime:
        return datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(place + number)
    if isinstance(plain, type) and issubclass(plain, Enum):
        return list(plain)[number % len(plain)]
    if get_origin(hint) is tuple:
        return () if bare else (f"{text}{name} {number}",)
    raise AssertionError(f"{name} has a type that no page had so far: say here how it is filled in")


def _plain(hint: Any) -> Any:
    """The type of what a field holds, where it holds something."""
    if get_origin(hint) in (Union, UnionType):
        return next(each for each in get_args(hint) if each is not type(None))
    return hint
