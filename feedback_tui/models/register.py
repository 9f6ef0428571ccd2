"""What belongs to the register as a whole: its settings, its counters, and the days off it counts with."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field

from feedback_tui.enums import YearSection
from feedback_tui.models.base import TableModel, word


class Setting(TableModel, table=True):
    """One setting of the register: the council's profile (TOML) stands under ``profile``."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True, max_length=60)
    value: str


class ReferenceCounter(TableModel, table=True):
    """The last number given in a year."""

    __tablename__ = "reference_counter"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int = 0


class DayOffRow(TableModel, table=True):
    """A bank holiday or a closure day that this register counts with."""

    __tablename__ = "day_off"

    day: date = Field(primary_key=True)
    why: str = Field(max_length=120)
    closure: bool = False
    """True for a closure day of the council's own."""


class WorkingDay(TableModel, table=True):
    """A working day with its ordinal: working days between two columns are a join."""

    __tablename__ = "working_day"

    day: date = Field(primary_key=True)
    ordinal: int = Field(unique=True)


ENGLAND = "england"
"""The calendar of England: the one that registers count with today."""


class CalendarDay(TableModel, table=True):
    """A working day of the law, and how many of either count there were up to and with it.

    Beside `WorkingDay`, which knows the council's count alone: the law's working days know no closure days.
    """

    __tablename__ = "calendar_day"
    __table_args__ = ({"sqlite_with_rowid": False},)

    calendar: str = Field(primary_key=True, max_length=40)
    day: date = Field(primary_key=True)
    in_law: int
    """Counted by the law: all but weekends and bank holidays. One more each day."""
    for_council: int
    """Counted as the council works: on its closure days there is none more."""


class TypedFigure(TableModel, table=True):
    """A figure of a year that the register does not hold: typed from an earlier report, or council-wide activity."""

    __tablename__ = "typed_figure"

    year: str = Field(primary_key=True, max_length=7)
    name: str = Field(primary_key=True, max_length=60)
    value: str = Field(max_length=40)
    """A decimal number as typed."""


class YearText(TableModel, table=True):
    """One recommendation, quote or other paragraph that an officer wrote for the report of a year. It is published:
    nobody is named in it."""

    __tablename__ = "year_text"
    __table_args__ = (UniqueConstraint("year", "section", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    year: str = Field(max_length=7)
    section: YearSection = Field(sa_column=word(YearSection))
    position: int
    """From 1, without a gap."""
    text: str = Field(sa_column=Column(Text, nullable=False))
