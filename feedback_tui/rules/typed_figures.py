"""The figures of a year that a council types in: those of years before its register, and its activity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from feedback_tui.rules.profile_values import listed
from feedback_tui.text import one_line

COMPARED: Final[Mapping[str, str]] = {
    "feedback": "feedback received",
    "compliments": "compliments",
    "enquiries": "enquiries of MPs and councillors",
    "complaints": "complaint cases",
    "investigations": "investigations",
    "average_working_days": "average working days to respond",
    "upheld": "investigations upheld",
    "upheld_of": "investigations with an outcome, of which those were upheld",
    "upheld_percent": "share upheld in percent, where an earlier report states no number",
    "ombudsman": "complaints that went to the Ombudsman",
}
"""The figures by which years are compared, each with its meaning."""
ACTIVITY: Final = "activity"
"""The council's activity in the year, of which the headline is a share. Its parts are ``activity: NAME``."""
PART_OF_ACTIVITY: Final = f"{ACTIVITY}: "
FAMILIES: Final[Mapping[str, str]] = {
    "team": "complaint cases of a team",
    "procedure": "complaint cases under a procedure",
    "group": "complaint cases under a group of procedures",
    "channel": "complaint cases that came in by a channel",
    "theme": "complaint cases with a theme",
    "average_working_days": "average working days to respond under a procedure",
    "outcome": "investigations with an outcome: not upheld, withdrawn",
    "group_investigations": "investigations under a group of procedures",
    "group_upheld": "investigations upheld under a group of procedures",
    "group_upheld_of": "investigations with an outcome under a group of procedures",
    "group_average_working_days": "average working days to respond under a group of procedures",
}
"""Further figures for comparison, each with a word of the register: ``team: North``."""
COUNCIL_WIDE: Final = "council"
"""The family of figures of the whole council, such as ``council: complaints``. They are not part of the activity."""
NOT_WHOLE: Final = ("average_working_days", "group_average_working_days", "upheld_percent")
PARTS: Final = (
    ("upheld", "upheld_of"),
    ("compliments", "feedback"),
    ("enquiries", "feedback"),
    ("complaints", "feedback"),
    ("investigations", "complaints"),
)
PARTS_OF_A_GROUP: Final = (
    ("group_upheld", "group_upheld_of"),
    ("group_upheld_of", "group_investigations"),
    ("group_upheld", "group_investigations"),
    ("group_investigations", "group"),
)
"""The same names, for the figures of a group of procedures."""
"""Pairs of figures of which the first is a part of the second."""
LONGEST_NAME: Final = 60
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d{1,2})?", re.ASCII)


def figure_name(text: str) -> str:
    """Returns the name of a figure as stored. Raises ValueError, which lists the valid names."""
    line = one_line(text)
    plain = line.casefold().replace(" ", "_").replace("-", "_")
    if plain in COMPARED or plain == ACTIVITY:
        return plain
    family, colon, part = line.partition(":")
    family = family.strip().casefold().replace(" ", "_").replace("-", "_")
    if colon and family in (ACTIVITY, COUNCIL_WIDE, *FAMILIES) and part.strip():
        name = f"{family}: {part.strip()}"
        if len(name) > LONGEST_NAME:
            raise ValueError(f"a name after “{family}: ” has at most {LONGEST_NAME - len(family) - 2} characters")
        return name
    parts = [f"{family}: NAME" for family in (*FAMILIES, COUNCIL_WIDE)]
    known = listed([*COMPARED, *parts, ACTIVITY, f"“{PART_OF_ACTIVITY}assessments” for a part of it"])
    raise ValueError(f"“{one_line(text, 40)}” is no figure of a year: write {known}")


def figure_value(name: str, text: str) -> Decimal:
    """Returns the value typed for the figure `name`. Raises ValueError with what would be right."""
    found = _NUMBER.fullmatch(text.strip().removesuffix("%").rstrip() if name == "upheld_percent" else text.strip())
    if found is None:
        raise ValueError(f"“{one_line(text, 40)}” is not a number: write it as 1234 or 12.5")
    value = Decimal(found[0].replace(",", ""))
    not_whole = (family_of(name) or name) in NOT_WHOLE
    if not not_whole and value != value.to_integral_value():
        raise ValueError(f"{name} is a count: write a whole number")
    if name == "upheld_percent" and value > 100:
        raise ValueError("a share is 100 percent at most")
    return value if not_whole else value.to_integral_value()


def is_counted(name: str) -> bool:
    """Returns whether this figure can be counted from a register: all but the activity and the council-wide figures."""
    return (family_of(name) or name) not in (ACTIVITY, COUNCIL_WIDE)


def family_of(name: str) -> str:
    """Returns the family of a figure: ``team`` for ``team: North``; "" for the others."""
    family, colon, _ = name.partition(": ")
    return family if colon else ""


def contradictions(figures: Mapping[str, Decimal]) -> Iterable[str]:
    """Yields contradictions among the figures of one year: a part larger than its whole."""
    groups = {name.partition(": ")[2] for name in figures if family_of(name).startswith("group")}
    of_groups = ((f"{part}: {group}", f"{whole}: {group}") for group in groups for part, whole in PARTS_OF_A_GROUP)
    for part, whole in (*PARTS, *of_groups):
        if part in figures and whole in figures and figures[part] > figures[whole]:
            yield f"{part} is {figures[part]}, and {whole}, of which it is a part, only {figures[whole]}"
