"""The line of a case in a list: what it says, from after the greeting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.rules.case_summary import SUMMARY_WIDTH, first_words, is_made, without_greeting
from feedback_tui.text import one_line


@pytest.mark.parametrize(
    "greeting",
    [
        "Dear Sir or Madam, ", "Dear Sir or Madam\n\n", "Dear Sir/Madam ", "DEAR SIR OR MADAM, ", "dear sir ",
        "Dear Sirs,\n", "Dear Mrs Jones,\n", "Dear Mr. Smith, ", "Dear Complaints Team, ", "Dear Customer Services ",
        "Dear Councillor Smith and team,\n", "Dear All - ", "Hi team,\n", "Hi team ", "Hi, ", "Hi there ", "Hello, ",
        "Hello Sarah, ", "Hey there! ", "To whom it may concern\n", "To Whom It May Concern: ", "Good morning, ",
        "Good morning ", "Good afternoon\n\n", "Good Morning team. ", "Good morning Mr Brown,\n",
        "Hi, good morning, ", "FAO Complaints Team: ", "Dear Sir, I hope this email finds you well. ",
        "To whomsoever it may concern, ",
    ],
)  # fmt: skip
def test_a_greeting_is_skipped(greeting: str) -> None:
    words = "My mother was left without her carer."
    assert without_greeting(greeting + words) == words
    assert first_words(greeting + words) == words
    # As a list had it before: on one line, and cut.
    assert without_greeting(one_line(greeting + words, SUMMARY_WIDTH)) == words


@pytest.mark.parametrize(
    "words",
    [
        "Hi-vis vests are missing", "Hidden charges on the bill", "Good morning club closed", "Dearth of carers",
        "Good day care centre", "I hope you can help. The bill is wrong", "The carer said: Dear Sir, go away",
        "Dear me the carer never came", "Dear Sir or Madam,", "Hello", "", "   ", "Highfield House, no hot water",
    ],
)  # fmt: skip
def test_what_is_no_greeting_stays_and_so_does_one_that_is_all_there_is(words: str) -> None:
    assert without_greeting(words) == words


@given(st.text())
def test_any_text_ends_as_it_did_and_is_known_again(text: str) -> None:
    assert text.endswith(without_greeting(text))
    assert is_made(first_words(text), text)
    assert is_made(one_line(text, SUMMARY_WIDTH), text)
    assert len(first_words(text)) <= SUMMARY_WIDTH


def test_what_someone_wrote_is_their_own() -> None:
    assert not is_made("Hughes, missed calls", "Dear Sir, nobody came.")
