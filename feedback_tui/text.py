"""What is done to any text: made safe to store and to show, and folded so that names written differently are one.

A terminal obeys control characters that stand in what it is told to print: a name that holds ``ESC ] 0 ;`` renames the
window, ``OSC 52`` writes the clipboard. Bidirectional controls make a text read as another. So they are made visible,
on the way in and again on the way to a screen; zero-width joiners stay, emoji and Indic scripts need them.
"""

from __future__ import annotations

import os
import re
import unicodedata

_CONTROL_PICTURES = 0x2400
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_RUNS = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet takes for a formula at the beginning of a cell."""


def _visible(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    if code == 0x7F:
        return "␡"
    return "�"


def safe_text(text: str) -> str:
    """`text` with everything that could act on a terminal, or reorder it, replaced by a visible sign.

    Newline and tab stay; CR and CRLF become newline. Doing it twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(_visible, text.replace("\r\n", "\n").replace("\r", "\n"))


def readable(text: str) -> str | None:
    """What the system handed over (an argument, a variable, a name), with every character; None where it has bytes that
    are no UTF-8.

    Python keeps such bytes as lone surrogates. Where the system's own encoding is narrower, UTF-8 arrives so as well.
    """
    if not _SURROGATE.search(text):
        return text
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeError:
        return None


def one_line(text: str, width: int | None = None) -> str:
    """`text` safe and on one line, white space folded; cut to `width` characters with an ellipsis."""
    line = " ".join(safe_text(text).split())
    if width is not None and len(line) > width:
        return line[: max(width - 1, 0)].rstrip() + "…"
    return line


def guarded(text: str) -> str:
    """`text` as a spreadsheet shows it and does not run it: where it would, or where it is that behind quotes already,
    one quote stands before it."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """`text` without the quote that `guarded` put before it; any other stays."""
    return text[1:] if text[:1] == "'" and _RUNS.match(text) else text


_JOINERS = re.compile(
    "['`´‘’‛′ʹʻʼʽʾʿˈ＇՚׳·"  # apostrophes, and what is typed or scanned for one
    "\\-\u00ad\u058a\u05be\u2010-\u2015\u2212\ufe58\ufe63\uff0d"  # hyphens
    "\u200b-\u200d\u2060\u0640]"  # signs without a width, and the Arabic stroke that only lengthens
)
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n"}
    | {"ƀ": "b", "ɨ": "i", "ɉ": "j", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ə": "e", "ǝ": "e", "ĳ": "ij", "ĸ": "k", "ſ": "s"}
)
"""Letters that Unicode does not take apart into a plain one and its mark; small ones: what is folded has no others."""


def folded(text: str) -> str:
    """`text` as names are compared: small letters without marks, apostrophes and hyphens, white space folded.

    Unicode's compatibility folding, and letters that it leaves alone (Ł, Ø, Æ): O’Hara and OHARA, Łukasz and Lukasz,
    Weiß and Weiss, Smith-Jones and SmithJones are one. Doing it twice changes nothing.
    """
    if text.isascii():
        return " ".join(_JOINERS.sub("", text.lower()).split())
    # An apostrophe may be a sign of its own, or become a space or another sign when it is taken apart: it goes first.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _JOINERS.sub("", text)).casefold())
    plain = "".join(sign for sign in _JOINERS.sub("", apart) if not unicodedata.combining(sign))
    return " ".join(plain.translate(_PLAIN_LETTERS).split())


_MAY_BE_FOLDED = re.compile(r"[^\x00-\x7f]|\w['`-]\w")
_MARKS_AROUND = re.compile(r"^\W+|\W+$")


def folded_words(text: str) -> list[str]:
    """The words of `text` that folding changes by more than capitals, folded, each once.

    An index of words divides them at apostrophes and hyphens and knows the accents of some letters alone: by itself it
    finds neither OHara nor Lukasz.
    """
    if not _MAY_BE_FOLDED.search(text):
        return []
    found: dict[str, None] = {}
    for word in text.split():
        bare = _MARKS_AROUND.sub("", word)
        if not _MAY_BE_FOLDED.search(bare):
            continue
        plain = folded(bare)
        if plain and plain != bare.lower():
            found[plain] = None
    return list(found)
