"""What follows a finding: remedies (on screen: redress), learning, and actions."""

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import Field, Relationship, SQLModel

from feedback_tui.models.base import belongs_to, personal

if TYPE_CHECKING:
    from feedback_tui.models.case import Case


class Remedy(SQLModel, table=True):
    """What puts it right: an apology, a payment, a reassessment."""

    __tablename__ = "remedy"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    kind: str | None = Field(default=None, max_length=120)
    amount_pence: int | None = None
    due_on: date | None = None
    done_on: date | None = None

    case: "Case" = Relationship(back_populates="remedies")


class Learning(SQLModel, table=True):
    """One thing that was learned, in its area."""

    __tablename__ = "learning"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    area: str | None = Field(default=None, max_length=120)
    text: str = Field(default="", sa_column=personal())

    case: "Case" = Relationship(back_populates="learning")


class Action(SQLModel, table=True):
    """What will be done about it, by whom, by when, and when it was done."""

    __tablename__ = "action"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(default=None, sa_column=belongs_to("feedback_case"))
    position: int = 1
    text: str = Field(default="", sa_column=personal())
    owner: str | None = Field(default=None, max_length=120)
    due_on: date | None = None
    done_on: date | None = None

    case: "Case" = Relationship(back_populates="actions")
