"""Functions for any text: making it safe to store and show, and folding names for comparison.

Terminals obey control characters in what they print: ``ESC ] 0 ;`` in a name renames the window, ``OSC 52`` writes the
clipboard. Bidirectional controls make a text read as another. Such characters are replaced by visible ones on input and
again on output. Zero-width joiners stay, because emoji and Indic scripts need them.
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
"""What a spreadsheet reads as a formula at the start of a cell."""


def _visible(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    if code == 0x7F:
        return "␡"
    return "�"


def safe_text(text: str) -> str:
    """Returns `text` with all characters that act on a terminal or reorder text replaced by visible ones.

    Newline and tab stay; CR and CRLF become newline. A second call changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSAFE.sub(_visible, text.replace("\r\n", "\n").replace("\r", "\n"))


def readable(text: str) -> str | None:
    """Returns text from the system (an argument, a variable, a name) with all its characters; None if it is not UTF-8.

    Python keeps undecodable bytes as lone surrogates, and so also UTF-8 if the system's encoding is narrower.
    """
    if not _SURROGATE.search(text):
        return text
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeError:
        return None


def one_line(text: str, width: int | None = None) -> str:
    """Returns `text` safe and on one line, with white space collapsed; cut to `width` characters, including the
    ellipsis."""
    line = " ".join(safe_text(text).split())
    if width is not None and len(line) > width:
        return line[: max(width - 1, 0)].rstrip() + "…"
    return line


def guarded(text: str) -> str:
    """Returns `text`, with a quote before it if a spreadsheet would run it as a formula, or if it is such text already
    behind quotes."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """Returns `text` without the quote that `guarded` added; other quotes stay."""
    return text[1:] if text[:1] == "'" and _RUNS.match(text) else text


_JOINERS = re.compile(
    "['`´‘’‛′ʹʻʼʽʾʿˈ＇՚׳·"  # apostrophes, and characters typed or scanned instead
    "\\-\u00ad\u058a\u05be\u2010-\u2015\u2212\ufe58\ufe63\uff0d"  # hyphens
    "\u200b-\u200d\u2060\u0640]"  # zero-width characters, and the Arabic character that only lengthens a word
)
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n"}
    | {"ƀ": "b", "ɨ": "i", "ɉ": "j", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ə": "e", "ǝ": "e", "ĳ": "ij", "ĸ": "k", "ſ": "s"}
)
"""Letters that Unicode does not decompose; only small letters, because folded text has no others."""


def folded(text: str) -> str:
    """Returns `text` as names are compared: lower case, without accents, apostrophes and hyphens, white space
    collapsed.

    Uses Unicode's compatibility folding, and a table for letters that it leaves alone (Ł, Ø, Æ). O’Hara and OHARA,
    Łukasz and Lukasz, Weiß and Weiss, Smith-Jones and SmithJones are equal. A second call changes nothing.
    """
    if text.isascii():
        return " ".join(_JOINERS.sub("", text.lower()).split())
    # Apostrophes are removed first, because decomposition turns some into a space or another character.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _JOINERS.sub("", text)).casefold())
    plain = "".join(sign for sign in _JOINERS.sub("", apart) if not unicodedata.combining(sign))
    return " ".join(plain.translate(_PLAIN_LETTERS).split())


_MAY_BE_FOLDED = re.compile(r"[^\x00-\x7f]|\w['`-]\w")
_MARKS_AROUND = re.compile(r"^\W+|\W+$")


def folded_words(text: str) -> list[str]:
    """Returns the folded words of `text`, each once, if folding changes more than upper and lower case.

    The word index splits words at apostrophes and hyphens and folds only some accents; without these words it would
    find neither OHara nor Lukasz.
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
