"""The council's letters: refused with what would be right; filled in, and what is missing named."""

from __future__ import annotations

import pytest

from feedback_tui.enums import Kind, Status
from feedback_tui.rules.letters import (
    PLACES,
    Letter,
    UnknownLetter,
    common_letters,
    fill,
    gaps_in,
    missing_in,
)
from feedback_tui.rules.profile import BadProfile, load_profile, profile_text, read_profile, shipped_profiles

OWN = '''
[[letter]]
key = "{key}"
name = "Ours"
subject = "{subject}"
text = """
Dear {{recipient}}
{text}"""
{more}'''


def own(key: str = "ours", subject: str = "About it", text: str = "Yours", more: str = "") -> str:
    return profile_text("shropshire") + OWN.format(key=key, subject=subject, text=text, more=more)


@pytest.mark.parametrize("key", shipped_profiles())
def test_every_council_has_the_letters_that_the_work_asks_for(key: str) -> None:
    letters = load_profile(key).letters
    assert [letter.key for letter in letters] == [
        *("acknowledgement", "consent-request", "holding", "response", "stage-2-acknowledgement", "stage-2-response"),
        *("not-accepted", "final-notice", "closing", "stage-refused"),
        *("acknowledgement-record", "representative-refused"),
    ]


def test_the_response_says_what_regulation_14_asks_for() -> None:
    profile = load_profile("shropshire")
    for place in ("considered", "conclusions", "remedial_action", "way_on", "signatory"):
        assert f"{{{place}}}" in profile.letter("response").text
    assert profile.letter("response").text.count("{way_on}") == 1


def test_a_letter_of_its_own_stands_in_the_place_of_a_common_one() -> None:
    profile = read_profile(own(key="Holding"))
    assert profile.letter("holding").name == "Ours"
    assert len(profile.letters) == len(common_letters())
    assert read_profile(own()).letters[-1].name == "Ours"


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        (own(text="{who}"), "text: {who} is not a place that can be filled in: known are date, reference, recipient"),
        (own(subject="{nope}"), "subject: {nope} is not a place"),
        (own(text="a } b"), "a brace stands alone"),
        (own(text="{ reference }"), "{ reference } is not a place"),
        (own(more="stage = 7"), "stage: write a whole number from 1 to 6"),
        (own(more='when = ["open"]'), "“open” is not known here: write logged"),
        (own(more='contact = "call from them"'), "write letter or email to them, holding letter or final notice"),
        (own(more="sent = true"), "sent is not known here"),
        (own() + own().removeprefix(profile_text("shropshire")), "there are two letters ours"),
    ],
)
def test_a_wrong_letter_is_refused_with_its_line(toml: str, words: str) -> None:
    with pytest.raises(BadProfile) as caught:
        read_profile(toml)
    assert words in str(caught.value)
    assert all(problem.line > 100 for problem in caught.value.problems)


def test_what_cannot_be_filled_in_is_a_gap_and_named() -> None:
    letter = Letter.model_validate(
        {"key": "x", "name": "X", "subject": "{reference}", "text": "Dear {recipient}, {reason}. {reason}"}
    )
    filled = fill(letter, {"reference": "ASC-26-0001", "recipient": "Bea {reason} Lee"})
    assert filled.text.startswith("ASC-26-0001\n\nDear Bea {reason} Lee, [missing: the reason].")
    assert filled.missing == ("the reason",)
    assert len(gaps_in(filled.text)) == 2
    assert missing_in("Dear Bea") == []


def test_which_letters_fit_and_which_there_are() -> None:
    profile = load_profile("shropshire")

    def fits(status: Status, stage: int = 1) -> list[str]:
        return [letter.key for letter in profile.letters if letter.fits(Kind.COMPLAINT, status, stage)]

    assert fits(Status.LOGGED)[0] == "acknowledgement"
    assert "response" in fits(Status.INVESTIGATING)
    assert "stage-2-response" not in fits(Status.RESPONSE_SENT)
    assert "stage-2-response" in fits(Status.RESPONSE_SENT, 2)
    with pytest.raises(UnknownLetter, match="use acknowledgement, consent-request"):
        profile.letter("nonsense")


def test_no_place_has_words_that_would_end_its_gap() -> None:
    for words in PLACES.values():
        assert missing_in(f"[missing: {words}]") == [words]
