"""What a terminal sends, however it is split: the same keys, the same pastes, in the same order."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import BRACKETED_PASTE_END as END
from textual._xterm_parser import BRACKETED_PASTE_START as START
from textual.events import Key, Paste
from textual.message import Message

from feedback_tui.widgets import paste_parser
from feedback_tui.widgets.paste_parser import Decoder, PasteParser

words = st.text(st.sampled_from("ab \x1b[]~M201é\n"), max_size=40).filter(lambda text: "201~" not in text)
letters = st.text(st.sampled_from("abc é"), max_size=12)


def heard(parser: PasteParser, *parts: str) -> list[Message]:
    """All that a parser gives for these parts."""
    return [message for part in parts for message in (*(parser.feed(part) if part else ()), *parser.tick())]


def in_words(messages: list[Message]) -> list[str]:
    """Letters joined, each paste by itself in brackets."""
    said: list[str] = []
    for message in messages:
        if isinstance(message, Paste):
            said.append(f"<{message.text}>")
        elif isinstance(message, Key):
            assert message.is_printable, message
            if said and not said[-1].startswith("<"):
                said[-1] += message.character or ""
            else:
                said.append(message.character or "")
    return said


@given(before=letters, pasted=words, between=letters, again=words, cuts=st.lists(st.integers(0, 120), max_size=6))
def test_a_paste_is_taken_as_it_is_wherever_it_is_cut(
    before: str, pasted: str, between: str, again: str, cuts: list[int]
) -> None:
    stream = f"{before}{START}{pasted}{END}{between}{START}{again}{END}"
    places = [0, *sorted(cuts), len(stream)]
    parts = [stream[start:end] for start, end in itertools.pairwise(places)]
    expected = [*([before] if before else []), f"<{pasted}>", *([between] if between else []), f"<{again}>"]
    assert in_words(heard(PasteParser(), *parts)) == expected


def test_keys_are_read_as_textual_reads_them() -> None:
    keys = [message.key for message in heard(PasteParser(), "\x1b[A", "\x1bOP", "x", "\r") if isinstance(message, Key)]
    assert keys == ["up", "f1", "x", "enter"]


def test_a_paste_whose_end_never_comes_is_over_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(paste_parser, "monotonic", lambda: now[0])
    parser = PasteParser()
    assert in_words(heard(parser, f"{START}one \x1b two")) == []
    now[0] += paste_parser.LONGEST_PAUSE + 1
    assert in_words(heard(parser, "")) == ["<one \x1b two>"]
    assert in_words(heard(parser, "abc")) == ["abc"]


def decoded(*parts: bytes, pasting: bool = False) -> str:
    decoder = Decoder()
    return "".join(decoder.decode(part, pasting=pasting) for part in parts)


@given(text=st.text(max_size=30), cuts=st.lists(st.integers(0, 60), max_size=5))
def test_what_is_utf8_is_read_as_it_is_wherever_it_is_cut(text: str, cuts: list[int]) -> None:
    text = text.replace("\x1b[M", "")
    data = text.encode("utf-8", "replace")
    places = [0, *sorted(cuts), len(data)]
    parts = [data[start:end] for start, end in itertools.pairwise(places)]
    assert decoded(*parts) == data.decode()


@given(data=st.binary(), pasting=st.booleans())
def test_no_byte_ends_it(data: bytes, pasting: bool) -> None:
    decoder = Decoder()
    decoder.decode(data, pasting=pasting)
    for event in PasteParser().feed(decoder.decode(b" ", pasting=pasting)):
        assert isinstance(event, Message)


def test_an_old_report_of_the_mouse_is_no_text_also_where_it_is_cut() -> None:
    for cut in range(3, 6):  # An ESC is not held back: it may be the key.
        report = b"\x1b[M \xe1\xe2"
        assert decoded(b"a" + report[:cut], report[cut:] + b"b") == "ab"
    assert decoded(b"\x1b[M \xe1\xe2", pasting=True) != ""


def test_half_a_character_shows_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(paste_parser, "monotonic", lambda: now[0])
    decoder = Decoder()
    assert decoder.decode(b"Si\xe2", pasting=False) == "Si"
    assert decoder.overdue() == ""
    now[0] += paste_parser.HALF + 0.1
    assert decoder.overdue() == "�"
    assert decoder.overdue() == ""
    assert decoder.decode(b"n", pasting=False) == "n"
