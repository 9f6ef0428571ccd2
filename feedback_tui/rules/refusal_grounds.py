"""The grounds on which a complaint may be refused, by the law of its procedure.

For each law: its grounds with the paragraph, its time limit for complaining, what the complainant must be told, and
what to do if a reason is not a ground. The form, the verb, a page of the docs and the letters use this data. `read_on`
is the day on which the text of the law was read; None means that the rule was taken from another source.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from feedback_tui.enums import Law, NotAccepted
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.profile_values import listed

W = NotAccepted
_READ: Final = date(2026, 12, 1)


@dataclass(frozen=True)
class Ground:
    """One ground of refusal."""

    why: NotAccepted
    words: str
    """What the law says, in short."""
    citation: str = ""
    """The paragraph of the law: ``reg 8(1)(b)``; "" if no law has this ground."""
    way_on: bool = False
    """Whether the complainant must be told where they can take the refusal."""


@dataclass(frozen=True, kw_only=True)
class RefusalRules:
    """What one law says about refusing a complaint."""

    source: str
    read_on: date | None = None
    grounds: tuple[Ground, ...]
    always_way_on: bool = False
    """Whether every refusal must tell the complainant where they can take it."""
    told: str = ""
    """What the complainant must be told with a refusal, as the end of a sentence."""
    months: int | None = 12
    """The time limit for complaining, in months from the event or from learning of it; None if the law has none."""
    time_limit: str = ""
    """The paragraph with that limit; "" if no law sets it."""
    instead: Mapping[NotAccepted, str] = field(default_factory=dict)
    """For reasons that are not a ground under this law: what to do instead."""


_HOLD: Final = (
    "Put the case on hold for that process (hold), tell the complainant, and look at it again by a date; "
    "the six months run on."
)
_SEND_ON: Final = (
    "Send it to the responsible body whose it is (pass-on --transferred), and tell the complainant: it counts as made "
    "to that body (reg 6(5) and (6)). Care that people arrange themselves is signposted (pass-on)."
)
_NOT_THEIRS: Final = "the representative may not complain for the customer, or no consent came"
RULES: Final[Mapping[Law, RefusalRules]] = {
    Law.REGULATIONS_2009: RefusalRules(
        source="SI 2009/309, reg 8, as amended by SI 2009/1768; reg 5 and reg 12",
        read_on=_READ,
        told="the decision and its reasons in writing, as soon as reasonably practicable (reg 8(2))",
        time_limit="reg 12",
        grounds=(
            Ground(W.RESPONSIBLE_BODY, "a responsible body complains", "reg 8(1)(a)"),
            Ground(W.EMPLOYMENT, "an employee of a council or NHS body about their employment", "reg 8(1)(b)"),
            Ground(
                W.SAME_AS_SETTLED,
                "the same subject as an oral complaint settled by the end of the next working day",
                "reg 8(1)(d)",
            ),
            Ground(
                W.ALREADY_INVESTIGATED,
                "the same subject was investigated under these Regulations, or under those before them",
                "reg 8(1)(e)",
                way_on=True,
            ),
            Ground(
                W.WITH_OMBUDSMAN,
                "the same subject is being or was investigated by the Local or the Health Service Commissioner",
                "reg 8(1)(f)",
            ),
            Ground(
                W.FREEDOM_OF_INFORMATION,
                "an alleged failure to comply with a request under the Freedom of Information Act 2000",
                "reg 8(1)(g)",
            ),
            Ground(W.SUPERANNUATION, "a scheme under section 10 or 24 of the Superannuation Act 1972", "reg 8(1)(h)"),
            Ground(W.OUT_OF_TIME, "more than 12 months after the event, or after learning of it", "reg 12", True),
            Ground(W.NO_AUTHORITY, _NOT_THEIRS, "reg 5", way_on=True),
        ),
        instead={
            W.OTHER_PROCESS: _HOLD,
            W.PROCEEDINGS: _HOLD,
            W.PREJUDICE: _HOLD,
            W.NOT_OURS: _SEND_ON,
        },
    ),
    Law.CHILDREN_2006: RefusalRules(
        source="SI 2006/1738, reg 8 and reg 9; Children Act 1989, section 26(3)",
        told="the decision and its reasons in writing, and that it may be made again once the proceedings end (reg 8)",
        time_limit="reg 9",
        grounds=(
            Ground(
                W.PREJUDICE,
                "considering it would prejudice court, disciplinary or criminal proceedings",
                "reg 8",
                way_on=True,
            ),
            Ground(W.OUT_OF_TIME, "more than one year after the grounds arose", "reg 9", way_on=True),
            Ground(
                W.NO_AUTHORITY,
                "who complains is none of those named, and has no sufficient interest in the child's welfare",
                "Children Act 1989, section 26(3)",
                way_on=True,
            ),
            Ground(W.NOT_OURS, "about no function that these Regulations cover", "regs 3 to 5", way_on=True),
        ),
    ),
    Law.PUBLIC_HEALTH_2012: RefusalRules(
        source="SI 2012/3094, reg 25; reg 23 and reg 27",
        told="the decision and its reasons in writing, as soon as reasonably practicable (reg 25)",
        time_limit="reg 27",
        grounds=(
            Ground(W.RESPONSIBLE_BODY, "a responsible body complains", "reg 25"),
            Ground(W.EMPLOYMENT, "an employee about their employment", "reg 25"),
            Ground(
                W.SAME_AS_SETTLED,
                "the same subject as an oral complaint settled by the end of the next working day",
                "reg 25",
            ),
            Ground(W.ALREADY_INVESTIGATED, "the same subject was investigated under them", "reg 25", way_on=True),
            Ground(W.WITH_OMBUDSMAN, "the same subject is being or was investigated by the Ombudsman", "reg 25"),
            Ground(
                W.FREEDOM_OF_INFORMATION,
                "an alleged failure to comply with a request under the Freedom of Information Act 2000",
                "reg 25",
            ),
            Ground(W.OUT_OF_TIME, "more than 12 months after the event, or after learning of it", "reg 27", True),
            Ground(W.NO_AUTHORITY, _NOT_THEIRS, "reg 23", way_on=True),
        ),
        instead={W.OTHER_PROCESS: _HOLD, W.PROCEEDINGS: _HOLD, W.PREJUDICE: _HOLD},
    ),
    Law.LGSCO_CODE: RefusalRules(
        source="Complaint Handling Code of the Local Government and Social Care Ombudsman (2024), section 2",
        read_on=_READ,
        always_way_on=True,
        told="why it is not suitable for the complaints process, and the right to take that decision to the Ombudsman "
        "(2.4)",
        time_limit="2.2",
        grounds=(
            Ground(W.OUT_OF_TIME, "more than 12 months after the issue, or after becoming aware of it", "2.2"),
            Ground(W.ALREADY_INVESTIGATED, "the council's policy leaves out what it has considered before", "2.3"),
            Ground(W.PROCEEDINGS, "the council's policy leaves out what is before a court", "2.3"),
            Ground(W.OTHER_PROCESS, "the council's policy has another process for it: an appeal, a claim", "2.3"),
            Ground(W.WITH_OMBUDSMAN, "the council's policy leaves out what the Ombudsman looks at", "2.3"),
            Ground(W.NOT_OURS, "the council does not answer for it", "2.3"),
            Ground(W.NO_AUTHORITY, _NOT_THEIRS, "2.3"),
            Ground(W.EMPLOYMENT, "the council's policy leaves out what is about employment", "2.3"),
            Ground(W.FREEDOM_OF_INFORMATION, "the council's policy has another process for it", "2.3"),
            Ground(W.SUPERANNUATION, "the council's policy has another process for it", "2.3"),
        ),
    ),
    Law.HOUSING_CODE: RefusalRules(
        source="Complaint Handling Code of the Housing Ombudsman (1 April 2024), section 2",
        read_on=_READ,
        always_way_on=True,
        told="why it is not suitable for the complaints process, and the right to take that decision to the Housing "
        "Ombudsman (2.4)",
        time_limit="2.3",
        grounds=(
            Ground(W.OUT_OF_TIME, "the issue occurred over twelve months ago, or was known for so long", "2.2, 2.3"),
            Ground(W.PROCEEDINGS, "the claim form and particulars of claim were filed at court", "2.2"),
            Ground(W.ALREADY_INVESTIGATED, "considered under the complaints policy before", "2.2"),
            Ground(W.OTHER_PROCESS, "the landlord's policy has another process for it", "2.2"),
            Ground(W.WITH_OMBUDSMAN, "the landlord's policy leaves out what the Ombudsman looks at", "2.2"),
            Ground(W.NOT_OURS, "the landlord does not answer for it", "2.2"),
            Ground(W.NO_AUTHORITY, _NOT_THEIRS, "2.2"),
            Ground(W.EMPLOYMENT, "the landlord's policy leaves out what is about employment", "2.2"),
            Ground(W.FREEDOM_OF_INFORMATION, "the landlord's policy has another process for it", "2.2"),
            Ground(W.SUPERANNUATION, "the landlord's policy has another process for it", "2.2"),
        ),
    ),
    Law.DATA_PROTECTION_2018: RefusalRules(
        source="Data Protection Act 2018, section 164A",
        always_way_on=True,
        told="the outcome without undue delay, and the right to complain to the Information Commissioner",
        months=None,
        grounds=(
            Ground(W.NO_AUTHORITY, "who complains is not the person whose data it is, nor acts for them", "s 164A(1)"),
            Ground(W.NOT_OURS, "the council is not the controller of the data", "s 164A(1)"),
            Ground(W.ALREADY_INVESTIGATED, "the same complaint was answered before"),
        ),
        instead={W.OTHER_PROCESS: "Put the case on hold for that process (hold), and tell the complainant."},
    ),
    Law.NONE: RefusalRules(
        source="the council's own procedure",
        grounds=(
            Ground(W.EMPLOYMENT, "an employee about their employment"),
            Ground(W.ALREADY_INVESTIGATED, "considered before", way_on=True),
            Ground(W.WITH_OMBUDSMAN, "the Ombudsman looks at it"),
            Ground(W.FREEDOM_OF_INFORMATION, "a request for information, which has a process of its own"),
            Ground(W.SUPERANNUATION, "a pension, which has a process of its own"),
            Ground(W.OUT_OF_TIME, "more than 12 months after the event, or after learning of it", way_on=True),
            Ground(W.NO_AUTHORITY, _NOT_THEIRS, way_on=True),
            Ground(W.OTHER_PROCESS, "another process goes first or instead: an appeal, a claim", way_on=True),
            Ground(W.PROCEEDINGS, "legal proceedings have started", way_on=True),
            Ground(W.NOT_OURS, "the council does not answer for it"),
        ),
    ),
}
"""What each law says about refusing a complaint."""


def laws_of(profile: Profile, procedure: str | None, version: str | None) -> tuple[Law, ...]:
    """Returns the law of a case's procedure. While that is not settled: the laws of the newest versions of all the
    profile's procedures, in the profile's order."""
    if procedure is not None:
        return (profile.procedure(procedure).version(version or "1").law,)
    return tuple(dict.fromkeys(each.versions[-1].law for each in profile.procedures))


def grounds_under(laws: Sequence[Law]) -> tuple[Ground, ...]:
    """Returns the grounds that all these laws have, in the order of the first.

    With several laws (while the procedure is not settled) the grounds have no citation, and the complainant must be
    told with each of them where they can take the refusal.
    """
    first, *others = (RULES[law] for law in laws)
    if not others:
        return first.grounds
    common = set.intersection(*({ground.why for ground in rules.grounds} for rules in (first, *others)))
    return tuple(Ground(each.why, each.words, way_on=True) for each in first.grounds if each.why in common)


def ground_for(why: NotAccepted, laws: Sequence[Law]) -> Ground | None:
    """Returns the ground for this reason under all these laws; None if it is not a ground under one of them."""
    return next((ground for ground in grounds_under(laws) if ground.why is why), None)


def needs_way_on(ground: Ground, laws: Sequence[Law]) -> bool:
    """Returns whether the complainant must be told with this refusal where they can take it."""
    return ground.way_on or any(RULES[law].always_way_on for law in laws)


def why_no_ground(why: NotAccepted, laws: Sequence[Law]) -> str:
    """Returns sentences that say that a reason is not a ground under these laws, and what to do instead."""
    if len(laws) > 1:
        without = [law for law in laws if ground_for(why, (law,)) is None]
        named = listed([law.label for law in without], "and")
        settle = f"The procedure is not settled, and under {named} “{why}” is no ground: settle the procedure first."
        with_instead = [law for law in without if why in RULES[law].instead]
        return " ".join([settle, *(f"Under {law.label}: {_lower(RULES[law].instead[why])}" for law in with_instead)])
    (law,) = laws
    rules = RULES[law]
    if why in rules.instead:
        return f"Under {law.label} “{why}” is no ground to refuse. {rules.instead[why]}"
    grounds = ", ".join(ground.why for ground in rules.grounds)
    return f"Under {law.label} “{why}” is no ground to refuse. Its grounds are: {grounds}."


def _lower(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"


def time_limit(laws: Collection[Law]) -> tuple[int | None, str]:
    """Returns the time limit for complaining, in months (None if there is none), and its citation in brackets or "".

    While the procedure is not settled, it is twelve months without a citation.
    """
    if len(laws) != 1:
        return 12, ""
    (law,) = laws
    rules = RULES[law]
    return rules.months, f" ({rules.time_limit})" if rules.time_limit else ""
