"""The nations of the United Kingdom, by whose bank holidays working days are counted.

Source: GOV.UK, bank holidays (www.gov.uk/bank-holidays.json), which has three divisions: England and Wales are one.
"""

from __future__ import annotations

from typing import Final

from feedback_tui.vocabulary import Word


class Nation(Word):
    """A nation with bank holidays of its own; a profile's key ``calendar``."""

    ENGLAND = "england"
    SCOTLAND = "scotland"
    WALES = "wales"
    NORTHERN_IRELAND = "northern-ireland"

    @property
    def label(self) -> str:
        """Its name in a sentence: ``Northern Ireland``."""
        return self.value.replace("-", " ").title()

    @property
    def division(self) -> str:
        """The division of the list on GOV.UK that has its bank holidays."""
        return _ENGLAND_AND_WALES if self in (Nation.ENGLAND, Nation.WALES) else self.value

    @property
    def subdivision(self) -> str:
        """Its code in the ``holidays`` package."""
        return _SUBDIVISIONS[self]


_ENGLAND_AND_WALES: Final = "england-and-wales"
_SUBDIVISIONS: Final = {
    Nation.ENGLAND: "ENG",
    Nation.SCOTLAND: "SCT",
    Nation.WALES: "WLS",
    Nation.NORTHERN_IRELAND: "NIR",
}
