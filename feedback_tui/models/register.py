"""The tables of the register as a whole: settings, counters, calendars, and texts and figures of a year."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field

from feedback_tui.enums import YearSection
from feedback_tui.models.base import TableModel, word


class Setting(TableModel, table=True):
    """One setting of the register; the council's profile (TOML) has the key ``profile``."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True, max_length=60)
    value: str


class ReferenceCounter(TableModel, table=True):
    """The last reference number given in a year."""

    __tablename__ = "reference_counter"

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int = 0


class DayOffRow(TableModel, table=True):
    """A bank holiday or closure day of this register."""

    __tablename__ = "day_off"

    day: date = Field(primary_key=True)
    why: str = Field(max_length=120)
    closure: bool = False
    """True for one of the council's own closure days."""


class WorkingDay(TableModel, table=True):
    """A working day of the council with its ordinal number, so that working days between two dates can be counted by a
    join."""

    __tablename__ = "working_day"

    day: date = Field(primary_key=True)
    ordinal: int = Field(unique=True)


class CalendarDay(TableModel, table=True):
    """A working day by law, with the number of working days up to and including it, by law and for the council.

    `WorkingDay` has the council's count alone; the law's count ignores closure days.
    """

    __tablename__ = "calendar_day"
    __table_args__ = ({"sqlite_with_rowid": False},)

    calendar: str = Field(primary_key=True, max_length=40)
    """The nation whose bank holidays it counts by (`rules.nations`). One a register as yet: the place for
    those of services."""
    day: date = Field(primary_key=True)
    in_law: int
    """Working days by law: all but weekends and bank holidays. Rises by one each row."""
    for_council: int
    """Working days of the council: does not rise on its closure days."""


class TypedFigure(TableModel, table=True):
    """A figure of a year that the register does not hold: from an earlier report, or council-wide activity."""

    __tablename__ = "typed_figure"

    year: str = Field(primary_key=True, max_length=7)
    name: str = Field(primary_key=True, max_length=60)
    value: str = Field(max_length=40)
    """A decimal number as typed."""


class YearText(TableModel, table=True):
    """One recommendation, quote or other paragraph that an officer wrote for the report of a year. It is published, so
    it must not name anyone."""

    __tablename__ = "year_text"
    __table_args__ = (UniqueConstraint("year", "section", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    year: str = Field(max_length=7)
    section: YearSection = Field(sa_column=word(YearSection))
    position: int
    """From 1, without gaps."""
    text: str = Field(sa_column=Column(Text, nullable=False))
