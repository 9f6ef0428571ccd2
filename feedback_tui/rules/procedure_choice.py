"""Which procedure a complaint may be put under: what is statutory is not handled under anything else.

A council's corporate procedure, and the Ombudsman's Code, end where adult social care begins: a complaint with any
part of it goes under the 2009 Regulations. A complaint to Adult Services that has none is corporate, as Shropshire's
report says; so nothing is refused before the officer has said which it is.
"""

from __future__ import annotations

from feedback_tui.rules.procedures import Procedure, Profile
from feedback_tui.rules.profile_values import listed


def statutory_procedures(profile: Profile) -> list[Procedure]:
    """The procedures of this council that stand under the 2009 Regulations, in the profile's order."""
    return [procedure for procedure in profile.procedures if procedure.regulations_2009]


def question_for(profile: Profile, key: str) -> str | None:
    """What to ask the officer who chooses this procedure; None where it may be used for anything.

    Raises UnknownProcedure.
    """
    if profile.procedure(key).adult_social_care:
        return None
    return "Is any part of it about adult social care?"


def refuse_procedure(profile: Profile, key: str, *, about_adult_social_care: bool) -> str | None:
    """Why this procedure cannot be chosen, and which one applies, as a sentence; None where it can.

    Raises UnknownProcedure.
    """
    chosen = profile.procedure(key)
    if chosen.adult_social_care or not about_adult_social_care:
        return None
    applying = [procedure.key for procedure in statutory_procedures(profile)]
    instead = (
        f"choose {listed(applying)}" if applying else "and this profile has no statutory procedure to put it under"
    )
    return f"{chosen.name} does not apply to adult social care, where the 2009 Regulations do: {instead}."
