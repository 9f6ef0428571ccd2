"""Which law a procedure is under, and which of its times a council's closure days may move."""

from __future__ import annotations

from datetime import date

import pytest

from feedback_tui.enums import DeadlineKind, Law
from feedback_tui.rules.deadlines import SIX_MONTHS, Facts, counts_closures, due_dates, limits_of
from feedback_tui.rules.explain_dates import explain_procedure
from feedback_tui.rules.laws import CountedByLaw
from feedback_tui.rules.procedures import Procedure
from feedback_tui.rules.profile import BadProfile, load_profile, profile_text, read_profile, shipped_profiles
from feedback_tui.rules.working_days import both_counts, england

D, K = date, DeadlineKind
CHRISTMAS = {D(2026, 12, day): "Offices closed" for day in (29, 30, 31)}
COUNCIL = england().with_closures(CHRISTMAS)
ADULT = profile_text("shropshire")
SET_BY_LAW = {
    ("shropshire", "statutory-adult", "1"): {K.ACKNOWLEDGEMENT},
    ("shropshire", "statutory-provider", "1"): {K.ACKNOWLEDGEMENT},
    ("shropshire", "corporate", "1"): set[DeadlineKind](),
    ("shropshire", "corporate", "2"): {
        *(K.ACKNOWLEDGEMENT, K.STAGE_1_LIMIT, K.STAGE_2_ACKNOWLEDGEMENT, K.STAGE_2_LIMIT)
    },
    ("wigan", "informal", "1"): {K.ACKNOWLEDGEMENT},
    ("wigan", "formal-simple", "1"): {K.ACKNOWLEDGEMENT},
    ("wigan", "formal-multiple", "1"): {K.ACKNOWLEDGEMENT},
    ("wigan", "formal-complex", "1"): {K.ACKNOWLEDGEMENT},
    ("lgsco-code", "lgsco-code", "1"): {
        *(K.ACKNOWLEDGEMENT, K.STAGE_1_LIMIT, K.STAGE_2_ACKNOWLEDGEMENT, K.STAGE_2_LIMIT)
    },
    ("lgsco-code", "statutory-adult", "1"): {K.ACKNOWLEDGEMENT},
}
"""What reg 13 and the Code set, of every limit in working days; all others are the councils' own figures."""


def dates(procedure: Procedure, facts: Facts) -> dict[DeadlineKind, date | None]:
    limits = limits_of(procedure.version_on(facts.received_on), regulations_2009=procedure.regulations_2009)
    return {due.deadline: due.due_on for due in due_dates(limits, facts, COUNCIL)}


def test_closures_move_the_councils_own_times_and_never_those_of_the_law() -> None:
    found = dates(load_profile("shropshire").procedure("statutory-adult"), Facts(D(2026, 12, 24)))
    assert found[K.ACKNOWLEDGEMENT] == D(2026, 12, 31)
    assert found[K.STATUTORY_LIMIT] == D(2027, 6, 23)
    assert found[K.STAGE_1_TARGET] == COUNCIL.add(D(2026, 12, 24), 25) == D(2027, 2, 5)
    # The Code: 5 days to acknowledge, 10 from the acknowledgement; 5, and 20 from that.
    facts = Facts(
        D(2026, 12, 23),
        acknowledged_on=D(2026, 12, 24),
        review_requested_on=D(2026, 12, 28),
        review_acknowledged_on=D(2026, 12, 28),
    )
    found = dates(load_profile("lgsco-code").procedure("lgsco-code"), facts)
    assert found[K.ACKNOWLEDGEMENT] == D(2027, 1, 4)
    assert found[K.STAGE_1_LIMIT] == D(2027, 1, 12)
    assert found[K.STAGE_2_ACKNOWLEDGEMENT] == D(2027, 1, 5)
    assert found[K.STAGE_2_LIMIT] == D(2027, 1, 26)


@pytest.mark.parametrize("key", shipped_profiles())
def test_each_limit_of_each_shipped_procedure(key: str) -> None:
    profile, by_law = load_profile(key), CountedByLaw(profile_text(key))
    under = {"westmarch": "shropshire"}.get(key, key)
    for procedure in profile.procedures:
        for version in procedure.versions:
            expected = SET_BY_LAW[under, procedure.key, version.version]
            for kind in K:
                in_law = kind is K.STATUTORY_LIMIT or kind in expected
                assert counts_closures(version, kind) is not in_law, (procedure.key, kind)
                if version.limit(kind) is not None or kind is K.STATUTORY_LIMIT:
                    assert by_law(procedure.key, version.version, kind) is in_law
    assert by_law(None, None, K.ACKNOWLEDGEMENT)
    assert not counts_closures(None, K.ACKNOWLEDGEMENT)
    assert not SIX_MONTHS.closures_count


@pytest.mark.parametrize(
    ("replaced", "law"),
    [
        (("", ""), Law.REGULATIONS_2009),
        (("regulations_2009 = true", 'law = "regulations-2009"'), Law.REGULATIONS_2009),
        (("regulations_2009 = true", 'law = "regulations-2009"\nregulations_2009 = true'), Law.REGULATIONS_2009),
        (("regulations_2009 = true", ""), Law.NONE),
        (("regulations_2009 = true", 'law = "none"'), Law.NONE),
        (("regulations_2009 = true", 'law = "public-health-2012"'), Law.PUBLIC_HEALTH_2012),
        (("regulations_2009 = true", 'law = "children-2006"'), Law.CHILDREN_2006),
    ],
)
def test_the_law_is_read_from_its_key_or_from_the_old_one(replaced: tuple[str, str], law: Law) -> None:
    procedure = read_profile(ADULT.replace(*replaced, 1)).procedure("statutory-adult")
    assert (procedure.law, procedure.versions[0].law) == (law, law)
    assert procedure.regulations_2009 is (law is Law.REGULATIONS_2009)
    assert procedure.adult_social_care is (law in (Law.REGULATIONS_2009, Law.NONE))


def test_figures_of_the_code_are_the_codes_where_no_law_is_named() -> None:
    """Profiles stored before procedures named their law."""
    unnamed = ADULT.replace('law = "lgsco-code"\n', "")
    assert unnamed != ADULT
    assert [v.law for v in read_profile(unnamed).procedure("corporate").versions] == [Law.NONE, Law.LGSCO_CODE]
    own = unnamed.replace('from = "acknowledgement", count = 10', 'from = "acknowledgement", count = 9')
    assert [v.law for v in read_profile(own).procedure("corporate").versions] == [Law.NONE, Law.NONE]
    said = ADULT.replace('law = "lgsco-code"', 'law = "none"')
    assert [v.law for v in read_profile(said).procedure("corporate").versions] == [Law.NONE, Law.NONE]


@pytest.mark.parametrize(
    ("replaced", "line", "words"),
    [
        (
            ("regulations_2009 = true", 'law = "regulation-2009"'),
            56,
            "law: “regulation-2009” is not known here: write regulations-2009, children-2006, public-health-2012, "
            "lgsco-code, housing-code, data-protection-2018 or none",
        ),
        (("regulations_2009 = true", "law = 2009"), 56, "law: write regulations-2009"),
        (
            ("regulations_2009 = true", 'law = "lgsco-code"\nregulations_2009 = true'),
            57,
            "regulations_2009: law says lgsco-code: leave regulations_2009 out",
        ),
        (
            ("regulations_2009 = true", 'law = "lgsco-code"\nadult_social_care = true'),
            57,
            "adult_social_care: the Ombudsman’s Complaint Handling Code does not apply to adult social care",
        ),
        (
            ('from = "receipt", count = 3, source', 'from = "receipt", count = 3, closures_count = true, source'),
            63,
            "closures_count: this time is set by the 2009 Regulations: closure days never move it",
        ),
        (
            ("in_force_from = 2009-04-01", 'law = "none"\nin_force_from = 2009-04-01'),
            60,
            "law: under the 2009 Regulations a procedure is in every version",
        ),
    ],
)
def test_a_wrong_law_is_refused_with_its_line(replaced: tuple[str, str], line: int, words: str) -> None:
    written = ADULT.replace(*replaced, 1)
    with pytest.raises(BadProfile) as error:
        read_profile(written)
    (told,) = [str(problem) for problem in error.value.problems]
    assert told.startswith(f"line {line}: {words}")


def test_a_limit_of_the_councils_own_says_itself_whether_closures_count() -> None:
    written = ADULT.replace('count = 25, source = "Report', 'count = 25, closures_count = false, source = "Report', 1)
    found = dates(read_profile(written).procedure("statutory-adult"), Facts(D(2026, 12, 24)))
    assert (found[K.STAGE_1_TARGET], found[K.STAGE_1_LIMIT]) == (D(2027, 2, 2), COUNCIL.add(D(2026, 12, 24), 65))


def test_explain_names_a_closure_that_was_not_counted_and_why() -> None:
    adult = load_profile("shropshire").procedure("statutory-adult")
    explained = explain_procedure(adult, Facts(D(2026, 12, 24)), COUNCIL)
    told = "\n".join(explained.deadlines[0].lines())
    assert "31 December 2026" in told.splitlines()[0]
    assert "Closure days of the council do not move it, since it is set by the 2009" in told
    assert "29 December 2026 (Offices closed)" in told.replace("\n    ", " ")
    acknowledgement, target, *_ = explained.as_json()["deadlines"]
    assert [off["date"] for off in acknowledgement["closures_not_counted"]] == [day.isoformat() for day in CHRISTMAS]
    assert [off["date"] for off in acknowledgement["skipped"]] == [f"2026-12-{day}" for day in (25, 26, 27, 28)]
    assert "closures_not_counted" not in target
    assert "2026-12-29" in {off["date"] for off in target["skipped"]}


def test_both_counts_are_what_the_calendars_count() -> None:
    off = {day: day in COUNCIL.closures for day in COUNCIL.days_off}
    counts = {day: (law, own) for day, law, own in both_counts(off, D(2026, 1, 1), D(2027, 3, 31))}
    start, end = D(2026, 12, 24), D(2027, 1, 29)
    (law, own), (law_then, own_then) = counts[start], counts[end]
    assert law_then - law == COUNCIL.law.between(start, end) == england().between(start, end)
    assert own_then - own == COUNCIL.between(start, end) == law_then - law - 3
    assert D(2026, 12, 25) not in counts
