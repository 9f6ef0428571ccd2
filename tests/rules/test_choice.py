"""Which procedure a complaint may be put under."""

from __future__ import annotations

import pytest

from feedback_tui.rules.procedure_choice import question_for, refuse_procedure, statutory_procedures
from feedback_tui.rules.procedures import UnknownProcedure
from feedback_tui.rules.profile import load_profile, shipped_profiles

SHROPSHIRE, WIGAN, CODE = map(load_profile, ("shropshire", "wigan", "lgsco-code"))


def test_the_code_is_refused_for_social_care_with_the_procedure_that_applies() -> None:
    assert refuse_procedure(CODE, "lgsco-code", about_adult_social_care=True) == (
        "Complaint under the Code does not apply to adult social care, where the 2009 Regulations do: "
        "choose statutory-adult."
    )
    assert refuse_procedure(CODE, "lgsco-code", about_adult_social_care=False) is None


def test_shropshire_s_corporate_procedure_is_for_what_is_not_social_care() -> None:
    assert refuse_procedure(SHROPSHIRE, "corporate", about_adult_social_care=False) is None
    assert refuse_procedure(SHROPSHIRE, "Corporate", about_adult_social_care=True) == (
        "Corporate complaint does not apply to adult social care, where the 2009 Regulations do: "
        "choose statutory-adult or statutory-provider."
    )


def test_only_a_procedure_that_ends_where_social_care_begins_asks() -> None:
    assert question_for(SHROPSHIRE, "corporate") == "Is any part of it about adult social care?"
    assert question_for(CODE, "lgsco-code") == "Is any part of it about adult social care?"
    for profile in (SHROPSHIRE, WIGAN, CODE):
        for procedure in statutory_procedures(profile):
            assert question_for(profile, procedure.key) is None
            for about in (True, False):
                assert refuse_procedure(profile, procedure.key, about_adult_social_care=about) is None


@pytest.mark.parametrize("key", shipped_profiles())
def test_every_shipped_profile_has_a_procedure_for_social_care(key: str) -> None:
    assert statutory_procedures(load_profile(key))


def test_a_council_without_one_is_told_so() -> None:
    alone = CODE.model_copy(update={"procedures": CODE.procedures[:1]})
    found = refuse_procedure(alone, "lgsco-code", about_adult_social_care=True)
    assert found is not None
    assert found.endswith("and this profile has no statutory procedure to put it under.")


def test_a_procedure_that_is_not_there() -> None:
    with pytest.raises(UnknownProcedure, match="is not a procedure of"):
        question_for(WIGAN, "corporate")
