"""Whatever the verbs make of a case, the register writes it, reads it again, and writes the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import settings

from feedback_tui.casework.importing.import_cases import Imported, import_cases
from feedback_tui.exchange.register_csv import read_register, register_csv
from feedback_tui.storage.register import open_register
from tests.casework.test_life_machine import AnyLife
from tests.conftest import actor_on
from tests.places import copy_of, drop, empty_place


class AnyExport(AnyLife):
    """The same walks, with the register carried over at their end."""

    def __init__(self) -> None:
        super().__init__()
        self.other = copy_of(empty_place("shropshire"), self.folder)

    def teardown(self) -> None:
        try:
            self.carry_over()
        finally:
            super().teardown()
            drop(self.other)

    def carry_over(self) -> None:
        text, count = register_csv(self.register)
        if not count:
            return
        rows = read_register(text.encode(), self.register.profile, self.today)
        assert import_cases(actor_on(self.register, self.today), rows) == Imported(0, count)
        other = open_register(self.other)
        try:
            import_cases(actor_on(other, self.today), rows)
            assert register_csv(other) == (text, count)
        finally:
            other.close()


TestAnyExport = AnyExport.TestCase
TestAnyExport.pytestmark = [pytest.mark.of_a_file, pytest.mark.walk]  # type: ignore[attr-defined]
TestAnyExport.settings = settings(max_examples=10, stateful_step_count=5, deadline=None)
