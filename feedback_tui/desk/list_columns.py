"""The columns of the lists read here: heading and value of each.

The names, in this order, are the JSON keys that commands print. Modules of the rows are imported for types only,
because the queue's first page must print without loading most of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedback_tui.lists.columns import ListColumn

if TYPE_CHECKING:
    from feedback_tui.casework.erase import DueForErasure
    from feedback_tui.casework.typed_figures import YearFigure
    from feedback_tui.casework.view_log import Viewed
    from feedback_tui.casework.year_texts import YearParagraph
    from feedback_tui.desk.case_list import CaseRow
    from feedback_tui.desk.data_quality import Wobble
    from feedback_tui.desk.find import FoundCase
    from feedback_tui.desk.investigators import Investigator, LateCase
    from feedback_tui.desk.learning_ledger import LedgerRow
    from feedback_tui.desk.queue.queue_row import QueueRow
    from feedback_tui.storage.maintenance.erased_cases import Erased


def column(name: str, heading: str, **more: Any) -> ListColumn[Any]:
    """Returns a column whose value is the row's attribute of the same name."""
    return ListColumn(name, heading, lambda row: getattr(row, name), **more)


def _who() -> ListColumn[Any]:
    """Returns the column of whose case it is; text in place of a name is shown to people only, not in JSON."""
    return column("who", "Who", words=lambda row: row.who or row.who_instead, holds_names=True)


QUEUE: tuple[ListColumn[QueueRow], ...] = (
    column("reference", "Reference"),
    column("kind", "Kind"),
    column("deadline", "What is due", words=lambda row: row.owed),
    column("due_on", "Due on"),
    column("original_due_on", "Due on at first"),
    column("working_days_left", "Working days left"),
    column("status", "Status"),
    column("team", "Team"),
    column("officer", "Officer"),
    column("investigator", "Investigator"),
    column("summary", "In short"),
    _who(),
    column("on_hold", "On hold for"),
    column("service", "Service"),
    column("hold_until", "Look at the hold again on", in_json=False),
)
CASES: tuple[ListColumn[CaseRow], ...] = (
    column("reference", "Reference"),
    column("kind", "Kind"),
    column("status", "Status"),
    column("procedure", "Procedure"),
    column("received_on", "Received on"),
    column("closed_on", "Closed on"),
    column("team", "Team"),
    column("officer", "Officer"),
    column("investigator", "Investigator"),
    column("outcome", "Outcome"),
    column("closing_reason", "Closed because"),
    column("summary", "In short"),
    _who(),
    column("on_hold", "On hold for"),
    column("hold_until", "Look at the hold again on", in_json=False),
)
FOUND: tuple[ListColumn[FoundCase], ...] = (
    column("reference", "Reference"),
    column("kind", "Kind"),
    column("status", "Status"),
    column("received_on", "Received on"),
    column("summary", "In short"),
    column("snippet", "Where the words stand"),
)
LEARNING: tuple[ListColumn[LedgerRow], ...] = (
    column("stand", "Stands"),
    column("case_id", "Case number", in_sheet=False),
    column("reference", "Reference"),
    column("kind", "Kind"),
    column("received_on", "Received on"),
    column("outcome", "Outcome"),
    column("team", "Team"),
    column("point", "Point"),
    column("finding", "Finding on the point"),
    column("learning", "Learning number", in_sheet=False),
    column("area", "Area"),
    column("learned", "Learned"),
    column("action", "Action number"),
    column("what", "Action"),
    column("owner", "Owner"),
    column("due_on", "Due on"),
    column("done_on", "Done on"),
    column("proof", "Proof"),
)
INVESTIGATORS: tuple[ListColumn[Investigator], ...] = (
    ListColumn("investigator", "Investigator", lambda one: one.name),
    column("open", "Open cases"),
    ListColumn("late", "Late cases", lambda one: len(one.late)),
)
LATE: tuple[ListColumn[LateCase], ...] = (
    column("reference", "Reference"),
    column("investigator", "Investigator"),
    column("deadline", "What is late", words=lambda case: case.deadline.label),
    column("due_on", "Due on"),
    column("days_late", "Working days late"),
    column("response_due_on", "Response due on"),
    column("chased", "Times chased"),
    column("last_chased_on", "Last chased on", in_json=False),
)
LATE_IN_WORDS: tuple[ListColumn[LateCase], ...] = (*LATE, column("summary", "In short", in_json=False))
"""Also with each case's summary, which a mail includes only on request."""
VIEWS: tuple[ListColumn[Viewed], ...] = (
    column("officer", "Officer"),
    column("viewed_at", "Looked at it at"),
)
TYPED_FIGURES: tuple[ListColumn[YearFigure], ...] = (
    column("year", "Year"),
    column("name", "What it counts"),
    column("value", "Value", words=lambda figure: int(figure.value) if figure.value.isdecimal() else figure.value),
)
YEAR_WORDS: tuple[ListColumn[YearParagraph], ...] = (
    column("year", "Year"),
    column("section", "Part"),
    column("position", "Paragraph"),
    column("text", "Text"),
)
DUE_FOR_ERASURE: tuple[ListColumn[DueForErasure], ...] = (
    column("reference", "Reference"),
    column("kind", "Kind"),
    column("ended_on", "Ended on"),
    column("kept_until", "Kept until"),
    column("texts", "Texts"),
    ListColumn("waits", "Waits: something is still owed", lambda each: each.owes),
    column("keeping_review_on", "Do not destroy: looked at again on"),
)
ERASED: tuple[ListColumn[Erased], ...] = (
    column("begun", "First event", in_sheet=False),
    column("reference", "Reference"),
    column("on", "Erased on"),
)
WOBBLES: tuple[ListColumn[Wobble], ...] = (
    column("what", "What leaves a figure uncertain"),
    column("reference", "Reference"),
    column("kind", "Kind"),
    column("received_on", "Received on"),
    column("status", "Status"),
    column("summary", "In short"),
)
