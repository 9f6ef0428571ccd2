"""The line that lists show of a case: its first words without the greeting."""

from __future__ import annotations

import re
from functools import cache

from feedback_tui.text import one_line

SUMMARY_WIDTH = 100
"""The most characters of the line made from a description."""

_SOMEONE = (
    r"(?:(?:(?:sirs?|madams?)\s*(?:/|or|and)\s*(?:sirs?|madame?s?)|sirs?|madame?s?|all|both|there|again|everyone|everybody"
    r"|team|folks|colleagues?|(?:the\s+)?(?:[\w’'&-]+\s+){0,4}"
    r"(?:team|department|council|office|officers?|managers?|services|relations))\b)"
)
"""Addressees that end a greeting even without a comma."""
_END = r"[ \t]*(?:[,.:;!–—\n]|-\s|$)\s*"
_NAMED = r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|cllr)\.?\s+)?[^\n,.:;!?–—]{0,60}?"
_GREETING = rf"""\s*(?:
        dear\s+(?:{_SOMEONE}(?:{_END}|\s+)|{_NAMED}{_END})
      | (?:hi|hiya|hey|hello|greetings)(?![\w’'-])
        (?:\s+{_SOMEONE}(?:{_END}|\s+)|{_END}|\s+(?-i:[A-Z])[\w’'-]*[ \t]*[,\n]\s*|\s+)
      | good\s+(?:morning|afternoon|evening|day)(?![\w’'-])
        (?:\s+(?:to\s+you\s+)?{_SOMEONE}(?:{_END}|\s+)|{_END}|\s+{_NAMED}[,\n]\s*|\s+(?=(?-i:[A-Z])|(?:i|my|we)\b))
      | to\s+whom(?:so)?(?:ever)?\s+(?:it|this)\s+(?:may|might)\s+concerns?(?:{_END}|\s+)
      | (?:fao|for\s+the\s+attention\s+of|attn\.?)[:\s]\s*{_NAMED}[,.:;\n]\s*
      | i\s+(?:do\s+)?(?:hope|trust)\s+(?:that\s+)?(?:this|you)\b[^\n,.;!?]{{0,50}}
        \b(?:well|you)(?:\s+today)?[,.;!\n]\s*
    )"""
_MOST = 4
"""The most greetings in a row: “FAO complaints. Dear Sir, good morning, I hope you are well.”"""


@cache
def _greeting() -> re.Pattern[str]:
    """Returns the pattern of a greeting. It is compiled at first use, because that takes longer than reading a page."""
    return re.compile(_GREETING, re.IGNORECASE | re.VERBOSE)


def without_greeting(text: str) -> str:
    """Returns `text` without its greeting: “Dear Sir or Madam, my mother …” becomes “my mother …”.

    Text that consists only of a greeting is returned unchanged.
    """
    rest = text
    for _ in range(_MOST):
        found = _greeting().match(rest)
        if found is None or not found.end():
            break
        rest = rest[found.end() :]
    return rest if rest.strip(" \t\n,.…") else text


def first_words(description: str) -> str:
    """Returns the line for lists if nobody wrote one: the first words of the description without the greeting."""
    return one_line(without_greeting(description), SUMMARY_WIDTH)


def is_made(summary: str, description: str) -> bool:
    """Returns whether a case's line was made from its description, with or without the greeting (older versions kept
    it)."""
    return summary in (first_words(description), one_line(description, SUMMARY_WIDTH))
