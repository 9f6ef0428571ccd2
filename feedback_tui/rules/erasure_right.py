"""When nobody has a right to the erasure of a case, and how to answer a request then.

UK GDPR, article 17(3)(b): there is no right to erasure if the data is needed for a legal obligation or a task in the
public interest. A council keeps each complaint until its retention period has ended. Article 12(4): a refused request
must be answered within one month, with the reasons and the right to complain to the Information Commissioner. The month
was read in the guide of the Information Commissioner's Office on 1 December 2026; the articles were read second-hand.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from feedback_tui.enums import Kind, Law
from feedback_tui.rules.dates import long_date

_PUBLIC_TASK: Final = "it is kept for the council's task of answering complaints"
_KEPT_FOR: Final[Mapping[Law, str]] = {
    Law.REGULATIONS_2009: "regulation 17 of the 2009 Regulations asks for a record of each complaint",
    Law.LGSCO_CODE: "the Ombudsman's Code asks for a full record of each complaint",
    Law.HOUSING_CODE: "the Housing Ombudsman's Code asks for a full record of each complaint",
}


def why_it_does_not_hold(kind: Kind, laws: Collection[Law], kept_until: date, on: date) -> str | None:
    """Returns a sentence that says why nobody has a right to the erasure of this case on the day `on`; None if there
    may be such a right: for a case that is not a complaint, and from the end of retention (`kept_until`).

    `laws` is the law of its procedure; while that is not settled, each possible law.
    """
    if kind is not Kind.COMPLAINT or on >= kept_until:
        return None
    (law,) = laws if len(laws) == 1 else (Law.NONE,)
    duty = _KEPT_FOR.get(law, _PUBLIC_TASK)
    return f"No right to erasure holds before {long_date(kept_until)} (UK GDPR, article 17(3)(b)): {duty}."


WHAT_TO_ANSWER: Final = (
    "Answer that within one month of the request, say that they may complain to the Information Commissioner, and note "
    "the answer."
)
"""The advice to the officer on answering a request for an erasure to which nobody has a right."""
