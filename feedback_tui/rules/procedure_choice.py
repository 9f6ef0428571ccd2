"""Which procedure a complaint can have: a statutory complaint cannot be handled under another.

A council's corporate procedure, and the Ombudsman's Code, do not apply to adult social care: a complaint of which any
part is about it falls under the 2009 Regulations. A complaint to Adult Services without such a part is corporate
(Shropshire's annual report), so nothing is refused before the officer has said which it is.
"""

from __future__ import annotations

from feedback_tui.rules.procedures import Procedure, Profile
from feedback_tui.rules.profile_values import listed


def statutory_procedures(profile: Profile) -> list[Procedure]:
    """Returns this council's procedures under the 2009 Regulations, in the profile's order."""
    return [procedure for procedure in profile.procedures if procedure.regulations_2009]


def question_for(profile: Profile, key: str) -> str | None:
    """Returns the question for an officer who chooses this procedure; None if it can be used for any complaint.

    Raises UnknownProcedure.
    """
    if profile.procedure(key).adult_social_care:
        return None
    return "Is any part of it about adult social care?"


def refuse_procedure(profile: Profile, key: str, *, about_adult_social_care: bool) -> str | None:
    """Returns a sentence if this procedure cannot be chosen, with the one that applies; otherwise None.

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
