"""What is wrong with a value is said in plain words, and so is what would be right."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from feedback_tui.models.inputs.follow_up import RedressInput
from feedback_tui.models.inputs.problem_words import problem_words
from feedback_tui.models.inputs.stages import NewCase, OmbudsmanStep


@pytest.mark.parametrize(
    ("model", "given", "words"),
    [
        (OmbudsmanStep, {"category": "x" * 166}, "166 characters are too many: write at most 120"),
        (NewCase, {"kind": "complaint", "received_on": "2026-04-13", "description": "x" * 100_001},
         "100001 characters are too many: write at most 100,000"),
        (RedressInput, {"on": "2026-04-13", "kind": "payment", "amount": "1.234"}, "write at most 2 decimal places"),
        (RedressInput, {"on": "2026-04-13", "kind": "payment", "amount": "-1"}, "write 0 or more"),
        (RedressInput, {"on": "2026-04-13", "kind": "payment", "amount": "20000001"}, "write 20,000,000 or less"),
        (RedressInput, {"on": "2026-04-13", "kind": "payment", "amount": "lots"},
         "“lots” is not an amount in pounds: write 250 or 250.00."),
        (RedressInput, {"kind": "payment"}, "this is needed"),
        (OmbudsmanStep, {"category": "Care; food"}, "“;” and “ > ” cannot stand in a name"),
    ],
)  # fmt: skip
def test_each_kind_of_mistake_says_what_would_be_right(model: Any, given: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError) as raised:
        model.model_validate(given)
    assert [problem_words(error) for error in raised.value.errors()] == [words]
