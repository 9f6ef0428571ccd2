"""Every key of a profile is told of: `profile show` says what it is, and `profile use` says that it changes."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from feedback_tui.rules.letters import Council
from feedback_tui.rules.procedures import Procedure, Profile, Retention, Usual, Vocabulary
from feedback_tui.rules.profile import profile_text, read_profile
from feedback_tui.rules.profile_changes import profile_changes
from feedback_tui.rules.profile_description import profile_lines

TOML = profile_text("shropshire")
LETTER = '\n[[letter]]\nkey = "ours"\nname = "Ours"\nsubject = "Ours"\ntext = """\nDear {recipient}\n"""\n'
OMBUDSMAN = """
[[ombudsman]]
key = "icas"
name = "Another Ombudsman"
looks_at = "anything"
reached = { telephone = "0300 1", source = "Ours" }
time = { months = 6, from = "final response", source = "Ours" }
reply = { days = 21, source = "Ours" }
comments = { not_stated = true, source = "Ours" }
decisions = { source = "Ours", word = [{ name = "fault", recorded_as = "upheld", counts_as = "upheld" }] }
"""
CHANGED: dict[str, tuple[str, str]] = {
    "key": ('key = "shropshire"', 'key = "ours"'),
    "name": ('name = "Shropshire', 'name = "Salop'),
    "source": ('source = "Customer', 'source = "Our Customer'),
    "reference": ('"ASC-{', '"AC-{'),
    "response_bands": ("[25, 65]", "[20, 65]"),
    "headline": ('"kind:compliment", ', ""),
    "usual.kind": ('kind = "complaint"', 'kind = "concern"'),
    "usual.channel": ('channel = "email"', 'channel = "letter"'),
    "usual.procedure": ('procedure = "statutory-adult"', 'procedure = "corporate"'),
    "usual.consent_days": ('channel = "email"', 'channel = "email"\nconsent_days = 10'),
    **{
        f"vocabulary.{name}": (f"{name} = [", f'{name} = ["Another", ')
        for name in ("teams", "themes", "channels", "learning_areas", "remedies", "compliment_sources")
    },
    **{
        f"vocabulary.{name}": ("[vocabulary]\n", f'[vocabulary]\n{name} = ["Another"]\n')
        for name in ("providers", "investigators")
    },
    "vocabulary.categories": ('"Policy" = [', '"Another" = []\n"Policy" = ['),
    "calendar": ('source = "Customer', 'calendar = "scotland"\nsource = "Customer'),
    "closures": ("[usual]", '[closures]\n2026-12-29 = "Closed"\n\n[usual]'),
    **{
        f"retention.{name}": ("[usual]", f"[retention]\n{name} = 3\n\n[usual]")
        for name in ("years", "complaint", "concern", "compliment", "comment", "enquiry")
    },
    "retention.outcomes": ("[usual]", "[retention]\noutcomes = { upheld = 10 }\n\n[usual]"),
    "record_views": ("\n[usual]", "\nrecord_views = true\n\n[usual]"),
    **{
        f"council.{name}": (f'{name} = ""', f'{name} = "Something"')
        for name in ("address", "telephone", "email", "signatory")
    },
    "own_ombudsmen": ("[vocabulary]\n", f"{OMBUDSMAN}\n[vocabulary]\n"),
    "procedures.ombudsman": ('key = "corporate"', 'key = "corporate"\nombudsman = "housing-ombudsman"'),
    "own_letters": ("[vocabulary]\n", f"{LETTER}\n[vocabulary]\n"),
    "procedures": ('count = 25, source = "Report 2022/23, section 2, Stage 1: aim"', 'count = 20, source = "Ours"'),
    "procedures.key": ('key = "statutory-provider"', 'key = "provider"'),
    "procedures.name": ('name = "Statutory complaint, adult', 'name = "Complaint, adult'),
    "procedures.group": (
        'group = "statutory"\nregulations_2009 = true\n\n',
        'group = "ours"\nregulations_2009 = true\n\n',
    ),
    "procedures.names_provider": ("names_provider = true\n", ""),
}
"""Each key, and a change of it: what stands in the profile, and what stands there instead."""


def changed(key: str) -> Profile:
    before, after = CHANGED[key]
    assert before in TOML
    return read_profile(TOML.replace(before, after, 1))


@pytest.mark.parametrize("key", CHANGED)
def test_a_changed_key_is_told_of(key: str) -> None:
    old, new = read_profile(TOML), changed(key)
    told = profile_changes(old, new)
    assert told
    assert not told[0].startswith("The order"), "a line of its own says what changes"
    assert profile_lines(new) != profile_lines(old)


def test_every_key_is_tried() -> None:
    """A key that is added is told of in `rules.profile_changes` and `rules.profile_description`, and tried here."""
    groups: dict[str, type[BaseModel]] = {
        "": Profile,
        "usual.": Usual,
        "vocabulary.": Vocabulary,
        "retention.": Retention,
        "council.": Council,
    }
    every = {f"{path}{name}" for path, shape in groups.items() for name in shape.model_fields}
    every |= {f"procedures.{name}" for name in Procedure.model_fields}
    whole = {"usual", "vocabulary", "retention", "council"}
    # Its law and what it is for are tried with the law, its versions with their limits.
    elsewhere = {f"procedures.{name}" for name in ("kinds", "law", "regulations_2009", "adult_social_care", "versions")}
    assert every - whole - elsewhere == set(CHANGED)


def test_how_long_words_are_kept_is_said_before_it_changes() -> None:
    assert profile_changes(read_profile(TOML), changed("retention.compliment")) == [
        "Words of a closed case are kept: 6 years → 6 years; compliment 3 years"
    ]
    assert profile_changes(read_profile(TOML), changed("record_views")) == ["Who opened a case is recorded: no → yes"]


def test_another_order_is_a_change_too() -> None:
    new = read_profile(TOML.replace('"email", "telephone", "letter"', '"telephone", "email", "letter"', 1))
    assert profile_changes(read_profile(TOML), new) == ["The order in which words or procedures are offered"]
    assert profile_changes(new, new) == []
