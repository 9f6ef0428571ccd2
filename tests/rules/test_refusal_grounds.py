"""The grounds of refusal: which law has which, what is said where a reason is none, and nothing cited elsewhere."""

from __future__ import annotations

import re
from datetime import date

import pytest

from feedback_tui.enums import Law, NotAccepted
from feedback_tui.rules.profile import load_profile, shipped_profiles
from feedback_tui.rules.refusal_grounds import (
    RULES,
    ground_for,
    grounds_under,
    laws_of,
    needs_way_on,
    time_limit,
    why_no_ground,
)

W = NotAccepted
OF_2009 = {
    W.RESPONSIBLE_BODY: "reg 8(1)(a)",
    W.EMPLOYMENT: "reg 8(1)(b)",
    W.SAME_AS_SETTLED: "reg 8(1)(d)",
    W.ALREADY_INVESTIGATED: "reg 8(1)(e)",
    W.WITH_OMBUDSMAN: "reg 8(1)(f)",
    W.FREEDOM_OF_INFORMATION: "reg 8(1)(g)",
    W.SUPERANNUATION: "reg 8(1)(h)",
    W.OUT_OF_TIME: "reg 12",
    W.NO_AUTHORITY: "reg 5",
}
"""Regulation 8(1) is a closed list; (c), settled by the end of the next working day, is a step of its own."""


def test_the_2009_regulations_have_a_closed_list() -> None:
    assert {ground.why: ground.citation for ground in RULES[Law.REGULATIONS_2009].grounds} == OF_2009


@pytest.mark.parametrize(("why", "instead"), [(W.OTHER_PROCESS, "(hold)"), (W.NOT_OURS, "(reg 6(5) and (6))")])
def test_what_is_no_ground_there_says_what_to_do_instead(why: NotAccepted, instead: str) -> None:
    words = why_no_ground(why, (Law.REGULATIONS_2009,))
    assert f"Under the 2009 Regulations “{why}” is no ground to refuse." in words
    assert instead in words


@pytest.mark.parametrize("law", Law)
def test_every_law_has_grounds_and_says_where_it_has_them_from(law: Law) -> None:
    rules = RULES[law]
    assert rules.source
    assert len({ground.why for ground in rules.grounds}) == len(rules.grounds)
    assert not {ground.why for ground in rules.grounds} & rules.instead.keys()
    for why in set(NotAccepted) - {ground.why for ground in rules.grounds}:
        assert law.label in why_no_ground(why, (law,))


@pytest.mark.parametrize("law", [Law.LGSCO_CODE, Law.HOUSING_CODE])
def test_every_refusal_under_a_code_says_where_they_may_go(law: Law) -> None:
    assert all(needs_way_on(ground, (law,)) for ground in grounds_under((law,)))


def test_while_the_procedure_is_not_settled_only_what_is_a_ground_under_each_of_its_laws() -> None:
    laws = laws_of(load_profile("shropshire"), None, None)
    assert laws == (Law.REGULATIONS_2009, Law.LGSCO_CODE)
    found = grounds_under(laws)
    assert {ground.why for ground in found} == OF_2009.keys() - {W.RESPONSIBLE_BODY, W.SAME_AS_SETTLED}
    assert not any(ground.citation for ground in found)
    assert all(needs_way_on(ground, laws) for ground in found)
    assert "settle the procedure first" in why_no_ground(W.NOT_OURS, laws)


def test_while_it_is_not_settled_what_to_do_instead_is_said_for_the_law_that_says_it() -> None:
    said = why_no_ground(W.NOT_OURS, (Law.REGULATIONS_2009, Law.PUBLIC_HEALTH_2012, Law.LGSCO_CODE))
    assert "under the 2009 Regulations and the public health complaints regulations of 2012 “not ours”" in said
    assert "Under the 2009 Regulations: send it to the responsible body" in said
    assert "Under the public health" not in said
    both = why_no_ground(W.OTHER_PROCESS, (Law.REGULATIONS_2009, Law.CHILDREN_2006, Law.PUBLIC_HEALTH_2012))
    assert both.count("put the case on hold for that process") == 2
    assert "the 2009 Regulations, the Children Act 1989" in both


@pytest.mark.parametrize("key", shipped_profiles())
def test_the_regulations_of_2009_are_cited_for_their_procedures_alone(key: str) -> None:
    profile = load_profile(key)
    for procedure in profile.procedures:
        for version in procedure.versions:
            laws = laws_of(profile, procedure.key, version.version)
            assert laws == (version.law,)
            said = " ".join(
                [ground.citation for ground in grounds_under(laws)]
                + [why_no_ground(why, laws) for why in NotAccepted if ground_for(why, laws) is None]
                + [time_limit(laws)[1], RULES[version.law].told, RULES[version.law].source]
            )
            cited = re.search(r"reg (5|6|8|9|11|12)\b", said)
            assert bool(cited) is (version.law is Law.REGULATIONS_2009), (procedure.key, cited)


def test_each_law_has_its_own_time_limit() -> None:
    assert time_limit((Law.REGULATIONS_2009,)) == (12, " (reg 12)")
    assert time_limit((Law.LGSCO_CODE,)) == (12, " (2.2)")
    assert time_limit((Law.HOUSING_CODE,)) == (12, " (2.3)")
    assert time_limit((Law.CHILDREN_2006,)) == (12, " (reg 9)")
    assert time_limit((Law.DATA_PROTECTION_2018,)) == (None, "")
    assert time_limit((Law.NONE,)) == (12, "")
    assert time_limit((Law.REGULATIONS_2009, Law.LGSCO_CODE)) == (12, "")


def test_what_was_read_in_its_text_is_dated_and_the_rest_is_second_hand() -> None:
    read = {law for law, rules in RULES.items() if rules.read_on is not None}
    assert read == {Law.REGULATIONS_2009, Law.LGSCO_CODE, Law.HOUSING_CODE}
    assert all(rules.read_on in (None, date(2026, 12, 1)) for rules in RULES.values())
