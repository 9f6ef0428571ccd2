"""Importing rows whose cases are in the register already: the same changes nothing, other content is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from feedback_tui.casework.actor import find_case
from feedback_tui.casework.importing.case_to_row import cases_in_order
from feedback_tui.casework.importing.import_cases import Conflicts, Imported, import_cases
from feedback_tui.casework.log import log
from feedback_tui.enums import (
    Kind,
    Status,
    StepKey,
)
from feedback_tui.models.inputs.stages import NewCase
from feedback_tui.models.register_row import ActionRow, PointRow, RegisterRow
from feedback_tui.storage.register import Register
from tests.casework.cases import RECEIVED, everything
from tests.casework.test_import import ROW, TODAY, imported
from tests.conftest import actor_on


class TestAgain:
    """What is there already."""

    def test_the_same_rows_change_nothing(self, shropshire: Register) -> None:
        rows = [ROW, replace(ROW, reference="B", kind=Kind.COMMENT, procedure=None)]
        actor = actor_on(shropshire, TODAY)
        import_cases(actor, rows[:1])
        assert import_cases(actor, rows) == Imported(1, 1)
        before = everything(shropshire)
        assert import_cases(actor_on(shropshire, date(2025, 1, 6), "Kim"), rows[::-1]) == Imported(0, 2)
        assert everything(shropshire) == before

    def test_a_case_logged_by_hand_is_found_too(self, shropshire: Register) -> None:
        actor = actor_on(shropshire, TODAY)
        log(actor, NewCase(kind=Kind.COMMENT, received_on=RECEIVED, reference="X-1", description="Fine"))
        row = RegisterRow(reference="x-1", kind=Kind.COMMENT, received_on=RECEIVED, description="Fine")
        with pytest.raises(Conflicts, match="x-1: reference"):
            import_cases(actor, [row])
        assert import_cases(actor, [replace(row, reference="X-1")]) == Imported(0, 1)

    def test_other_content_is_a_conflict_and_all_of_them_are_reported(self, shropshire: Register) -> None:
        actor = actor_on(shropshire, TODAY)
        import_cases(actor, [ROW, replace(ROW, reference="B"), replace(ROW, reference="C")])
        before = everything(shropshire)
        rows = [
            replace(ROW, line=2, channel="letter", points=(PointRow(category="Staff"),)),
            replace(ROW, line=3, reference="B"),
            replace(ROW, line=4, reference="C", actions=(ActionRow("Train", None, None, None),)),
            replace(ROW, line=5, reference="NEW"),
        ]
        with pytest.raises(Conflicts) as caught:
            import_cases(actor, rows)
        assert [(each.line, each.reference, each.columns) for each in caught.value.conflicts] == [
            (2, "ASC-24-0007", ("channel", "team", "provider", "category", "theme")),
            (4, "C", ("action", "action_owner", "action_due_on", "action_done_on")),
        ]
        assert "2 cases are in the register already and say something else there" in str(caught.value)
        assert "line 4, C: action" in str(caught.value)
        assert everything(shropshire) == before

    def test_a_case_logged_in_error_is_not_brought_back(self, shropshire: Register) -> None:
        imported(shropshire)
        actor = actor_on(shropshire, TODAY)
        with actor.transaction() as work:
            case = find_case(work, ROW.reference)
            case.status = Status.VOID
            work.record(StepKey.VOID, case, TODAY, from_status=Status.ACKNOWLEDGED)
        with pytest.raises(Conflicts, match="ASC-24-0007: was marked as logged in error"):
            import_cases(actor, [ROW])
        with shropshire.reading() as session:
            assert cases_in_order(session) == []
