"""The yardstick for starting: a bare Textual app that reads 50 rows through SQLModel and shows them in a table."""

from __future__ import annotations

import sys

from sqlmodel import Field, Session, SQLModel, create_engine, select
from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Item(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    reference: str
    summary: str


class Bare(App[None]):
    """Shows the rows."""

    def compose(self) -> ComposeResult:
        yield DataTable()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("Reference", "Summary")
        with Session(create_engine(f"sqlite:///{sys.argv[1]}")) as session:
            for item in session.exec(select(Item).limit(50)):
                table.add_row(item.reference, item.summary)


def make(path: str) -> None:
    """Makes its database with 50 rows."""
    engine = create_engine(f"sqlite:///{path}")
    SQLModel.metadata.create_all(engine, tables=[Item.__table__])  # type: ignore[attr-defined]
    with Session(engine) as session:
        session.add_all(Item(reference=f"REF-{number:04}", summary="A row") for number in range(50))
        session.commit()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        make(sys.argv[1])
    else:
        Bare().run()
