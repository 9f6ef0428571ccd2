"""The Ombudsmen as data: those that come with the program, a council's own, and where each figure comes from."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.enums import Law, OmbudsmanDecision
from feedback_tui.rules.deadlines import NO_PROCEDURE_YET, SIX_MONTHS, Facts
from feedback_tui.rules.explain_dates import explain_procedure
from feedback_tui.rules.ombudsmen import NOT_INVESTIGATED, USUAL, common_ombudsmen
from feedback_tui.rules.procedures import UnknownOmbudsman
from feedback_tui.rules.profile import BadProfile, load_profile, profile_text, read_profile, shipped_profiles
from feedback_tui.rules.profile_description import profile_lines
from feedback_tui.rules.sources import Sourced
from feedback_tui.rules.working_days import england

SHROPSHIRE = profile_text("shropshire")
OWN = """
[[ombudsman]]
key = "{key}"
name = "{name}"
looks_at = "anything"
reached = {{ telephone = "0300 1", source = "Ours" }}
time = {{ months = 6, from = "final response", source = "Ours" }}
reply = {{ days = 21, source = "Ours" }}
comments = {{ not_stated = true, source = "Ours" }}
decisions = {{ source = "Ours", word = [{{ name = "fault", recorded_as = "{word}", counts_as = "upheld" }}] }}
"""


def own(key: str = "ours", name: str = "Our Ombudsman", word: str = "upheld") -> str:
    return SHROPSHIRE + OWN.format(key=key, name=name, word=word)


def read_or_second_hand(sourced: Sourced) -> bool:
    return (sourced.read_on is None) is not (sourced.checked is None)


def test_every_figure_that_is_shipped_was_read_or_is_second_hand() -> None:
    for key in shipped_profiles():
        for procedure in load_profile(key).procedures:
            for version in procedure.versions:
                for limit in version.limits:
                    assert read_or_second_hand(limit), (key, procedure.key, limit.deadline)
    for ombudsman in common_ombudsmen():
        for name, sourced in ombudsman.sources().items():
            assert read_or_second_hand(sourced), (ombudsman.key, name)
    assert read_or_second_hand(SIX_MONTHS)
    assert read_or_second_hand(NO_PROCEDURE_YET)


def test_each_says_how_long_and_from_when_and_how_it_is_reached() -> None:
    lgsco, housing, phso = common_ombudsmen()
    assert (lgsco.key, housing.key, phso.key) == ("lgsco", "housing-ombudsman", "phso")
    assert "12 months" in lgsco.how_long
    assert "first knew about the matter" in lgsco.how_long
    assert "from the date of our final response" in housing.how_long
    assert "first knew" in phso.how_long
    for words in ("Local Government and Social Care Ombudsman", "www.lgo.org.uk", "0300 061 0614", "10am to 4pm"):
        assert words in lgsco.in_a_letter
        assert words in lgsco.in_a_final_letter
    assert "You will need to provide it with a copy of this letter" in lgsco.in_a_final_letter
    assert "[missing: the telephone hours of the Housing Ombudsman]" in housing.contact


def test_their_words_count_as_the_words_of_the_register_do() -> None:
    for ombudsman in common_ombudsmen():
        for word in ombudsman.decisions.words:
            assert word.recorded_as.investigated is (word.counts_as != NOT_INVESTIGATED), (ombudsman.key, word.name)
    lgsco = common_ombudsmen()[0]
    assert [word.recorded_as for word in lgsco.decisions.words] == list(OmbudsmanDecision)
    assert [word.name for word in lgsco.decisions.words] == [str(word) for word in OmbudsmanDecision]


@pytest.mark.parametrize("key", shipped_profiles())
def test_the_law_of_a_procedure_has_a_usual_one(key: str) -> None:
    profile = load_profile(key)
    for procedure in profile.procedures:
        for version in procedure.versions:
            usual = profile.usual_ombudsman(procedure.key, version.version)
            assert usual is not None
            assert usual.key == USUAL[version.law] == "lgsco"
    unsettled = profile.usual_ombudsman(None, None)
    assert unsettled is not None
    assert unsettled.key == "lgsco"
    assert (USUAL[Law.HOUSING_CODE], USUAL[Law.DATA_PROTECTION_2018]) == ("housing-ombudsman", None)


def test_a_procedure_and_a_version_name_their_own() -> None:
    named = SHROPSHIRE.replace('key = "corporate"', 'key = "corporate"\nombudsman = "housing-ombudsman"')
    named = named.replace('version = "2"', 'version = "2"\nombudsman = "phso"')
    profile = read_profile(named)
    first, second = (profile.usual_ombudsman("corporate", version) for version in ("1", "2"))
    assert first is not None
    assert second is not None
    assert (first.key, second.key) == ("housing-ombudsman", "phso")


def test_a_council_adds_one_or_puts_its_own_in_the_place_of_a_common_one() -> None:
    assert [each.key for each in read_profile(own()).ombudsmen][-1] == "ours"
    replaced = read_profile(own(key="LGSCO", name="The Ombudsman"))
    assert replaced.ombudsman("lgsco").name == "The Ombudsman"
    assert len(replaced.ombudsmen) == 3
    with pytest.raises(UnknownOmbudsman, match="use lgsco, housing-ombudsman, phso"):
        load_profile("shropshire").ombudsman("nobody")


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        (own(word="not upheld"), "counts_as: “not upheld” of the register counts as not upheld"),
        (own(word="fault"), "“fault” is not known here: write upheld, not upheld"),
        (own() + OWN.format(key="Ours", name="x", word="upheld"), "there are two Ombudsmen ours"),
        (own().replace("months = 6", "months = 0"), "write a whole number from 1 to 120"),
        (own().replace("{ days = 21,", "{ days = 21, not_stated = true,"), "give either the days, or not_stated"),
        (own().replace('from = "final response"', 'from = "receipt"'), "write knowing of the matter or final response"),
        (SHROPSHIRE.replace('key = "corporate"', 'key = "corporate"\nombudsman = "x"'), "there is no Ombudsman x"),
        (
            SHROPSHIRE.replace("read_on = 2026-12-01", 'read_on = 2026-12-01, checked = "second-hand"', 1),
            "leave one of",
        ),
        (SHROPSHIRE.replace('checked = "second-hand"', 'checked = "yes"', 1), "write second-hand"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(toml: str, words: str) -> None:
    with pytest.raises(BadProfile) as caught:
        read_profile(toml)
    assert words in str(caught.value)
    assert all(problem.line for problem in caught.value.problems)


def test_explain_says_what_was_read_and_what_is_second_hand() -> None:
    explained = explain_procedure(
        load_profile("shropshire").procedure("statutory-adult"), Facts(date(2026, 4, 7)), england()
    )
    acknowledgement, target, *_ = explained.as_json()["deadlines"]
    assert acknowledgement["checked"] == "second-hand"
    assert "read_on" not in acknowledgement
    assert target["read_on"] == "2026-12-01"
    assert "checked" not in target
    told = "\n".join(explained.lines(200))
    assert "reg 13 (second-hand: its text was not read)" in told
    assert "Stage 1: aim (read on Tue 1 December 2026)" in told


def test_a_profile_in_words_tells_a_councils_own_from_those_that_come_with_the_program() -> None:
    lines = "\n".join(profile_lines(read_profile(own())))
    assert "Our Ombudsman (ours), its own" in lines
    assert lines.count(", its own") == 1
