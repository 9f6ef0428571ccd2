"""All tables, so that their relationships resolve: import this before reading the first row."""

from __future__ import annotations

from feedback_tui.models.case import Case, ComplaintPoint, PartOfStage, Stage, StageFinding
from feedback_tui.models.contact import Attachment, Chase, Contact
from feedback_tui.models.deadline import Deadline, Extension
from feedback_tui.models.event import Event, Words
from feedback_tui.models.ombudsman import OmbudsmanRecord
from feedback_tui.models.people import Party, Person
from feedback_tui.models.redress import Action, Learning, Remedy
from feedback_tui.models.register import (
    CalendarDay,
    DayOffRow,
    ReferenceCounter,
    Setting,
    TypedFigure,
    WorkingDay,
    YearText,
)
from feedback_tui.models.view_log import Viewing

TABLES = (
    Action,
    Attachment,
    CalendarDay,
    Case,
    Chase,
    ComplaintPoint,
    Contact,
    DayOffRow,
    Deadline,
    Event,
    Extension,
    Learning,
    OmbudsmanRecord,
    PartOfStage,
    Party,
    Person,
    ReferenceCounter,
    Remedy,
    Setting,
    Stage,
    StageFinding,
    TypedFigure,
    Viewing,
    Words,
    WorkingDay,
    YearText,
)
