"""The line of every value of a TOML text, against what ``tomllib`` reads in it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.rules.profile import profile_text, shipped_profiles
from feedback_tui.rules.toml_lines import Path, TomlLines

AWKWARD = '''\
# [not.a] = "table"
title."the = name" = """several
[[lines]]
of = 'text'""""   # with a quote at the end
dates = [ 2009-04-01, 1.5, # and a comment with ] in it
    "]", ["inner", { at = 2009-04-01 07:00:00, to.day = "a = b # c" }],
]
empty = []
none = {}

[[procedure]]
[[procedure]]
key = "x"
[procedure.usual]
kind = '\\'
[[procedure.version]]
"quoted \\u00e9" = true
[[procedure.version]]
limit = [ { count = 1 }, { count = 2 } ]
[a.b.c]
d = 1
'''


def every_path(value: object, path: Path = ()) -> Iterator[Path]:
    """The way to each value in what was read."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from every_path(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from every_path(inner, (*path, index))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title", "the = name"), 2),
        (("dates",), 5),
        (("dates", 1), 5),
        (("dates", 2), 6),
        (("dates", 3, 1, "to", "day"), 6),
        (("empty",), 8),
        (("none",), 9),
        (("procedure",), 11),
        (("procedure", 0), 11),
        (("procedure", 1), 12),
        (("procedure", 1, "key"), 13),
        (("procedure", 1, "usual", "kind"), 15),
        (("procedure", 1, "version", 0, "quoted é"), 17),
        (("procedure", 1, "version", 1, "limit", 1, "count"), 19),
        (("a", "b", "c", "d"), 21),
        # What stands nowhere: the nearest thing around it.
        (("procedure", 1, "version", 1, "limit", 1, "source"), 19),
        (("procedure", 0, "name"), 11),
        (("nowhere", 3), 1),
    ],
)
def test_the_line_of_a_value(path: Path, line: int) -> None:
    assert TomlLines(AWKWARD).of(path) == line


@pytest.mark.parametrize("text", [AWKWARD, *map(profile_text, shipped_profiles())])
def test_every_value_has_its_line(text: str) -> None:
    lines = TomlLines(text)
    rows = ["", *text.split("\n")]
    for path in every_path(tomllib.loads(text)):
        for name in path[-1:]:
            assert not isinstance(name, str) or name in rows[lines.of(path)] or "é" in name or path == ("a", "b")


def test_windows_line_ends() -> None:
    assert TomlLines(AWKWARD.replace("\n", "\r\n")).of(("a", "b", "c", "d")) == 21


keys = st.text("abcde", min_size=1, max_size=3)
scalars = st.one_of(
    st.integers(-9, 99).map(str),
    st.booleans().map(lambda flag: str(flag).lower()),
    st.sampled_from(['"a"', '"[x"', "'= }'", '"#"', "1979-05-27", "1.5e3", '"""a\nb"""', "'''\n]\n'''", '"\\""', '""']),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[\n" + ",\n".join(items) + "\n]"),
        st.dictionaries(keys, inner.filter(lambda text: "\n" not in text), max_size=2).map(
            lambda pairs: "{ " + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + " }"
        ),
    ),
    max_leaves=8,
)


@given(st.lists(st.tuples(st.sampled_from(["pair", "table", "array"]), keys, values), max_size=8))
def test_any_text_that_is_toml_is_followed_to_its_end(parts: list[tuple[str, str, str]]) -> None:
    written = {"pair": "{key} = {value}", "table": "[{key}.t]\nv = {value}", "array": "[[{key}.a]]\nv = {value} # ]"}
    text = "\n".join(written[kind].replace("{key}", key).replace("{value}", value) for kind, key, value in parts)
    try:
        found = tomllib.loads(text + "\nlast-one-of-all = 1")
    except tomllib.TOMLDecodeError:
        return
    lines = TomlLines(text + "\nlast-one-of-all = 1")
    last = next(path for path in every_path(found) if path and path[-1] == "last-one-of-all")
    assert lines.of(last) == text.count("\n") + 2
