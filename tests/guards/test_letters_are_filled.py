"""Every place that a letter may have is filled in from a case that has got that far, and no other place is."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

from feedback_tui.desk.case.letter_fields import LetterTo, write
from feedback_tui.enums import Contact
from feedback_tui.rules.letters import PLACES, Letter, fill
from feedback_tui.rules.profile import read_profile
from tests.guards.story import OFFICER, TODAY, story
from tests.profiles import with_children

EVERY_PLACE = Letter.model_validate(
    {
        "key": "all",
        "name": "All",
        "subject": "All",
        "text": "".join(f"<{place}>{{{place}}}</{place}>\n" for place in PLACES),
    }
)
COUNCIL = ('address = ""', 'telephone = ""', 'email = ""', 'signatory = ""')


def filled() -> dict[str, set[str]]:
    """What the places of letters were filled in with, for every case of the story."""
    text = with_children("shropshire")
    for line in COUNCIL:
        text = text.replace(f"\n{line}", f"\n{line[:-1]}the council's\"")
    profile, found = read_profile(text), dict[str, set[str]]()
    holding = EVERY_PLACE.model_copy(update={"contact": Contact.HOLDING_LETTER})
    for played in story():
        for letter in (EVERY_PLACE, holding):
            wanted = LetterTo(letter, officer=OFFICER, reply_by=date(2026, 7, 31))
            with patch("feedback_tui.desk.case.letter_fields.fill", side_effect=fill) as fills:
                written = write(played.page, profile, wanted, TODAY).text
            for place, words in fills.call_args.args[1].items():
                if words:
                    found.setdefault(place, set()).add(words)
                    assert f"<{place}>{words.strip()}</{place}>" in written, place
    return found


def test_every_place_is_filled_in_and_every_place_that_is_filled_in_is_known() -> None:
    assert filled().keys() == PLACES.keys()
