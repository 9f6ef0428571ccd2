"""A part of a text is found whatever its capitals, in every language, as if each text were made small first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import literal, null, select

from feedback_tui.desk.filters.text_match import pattern
from feedback_tui.desk.filters.text_match_sql import contains
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.register import Register, create_register
from feedback_tui.text import safe_text

pytestmark = pytest.mark.of_a_file

LETTERS = st.text(st.sampled_from("aAbB kKsS%_/éÉßẞöÖİıΣς’😀\t"), max_size=8)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    opened = create_register(str(tmp_path_factory.mktemp("capitals") / "register.db"), profile_text("shropshire"))
    yield opened
    opened.close()


@given(texts=st.lists(LETTERS.map(safe_text), min_size=1, max_size=6), part=LETTERS.map(safe_text))
@example(texts=["Ödegård", "ÖDEGÅRD", "O'Degard"], part="ödegÅ")
@example(texts=["100%", "100", "1_0"], part="0%")
def test_a_part_is_found_as_in_small_letters(register: Register, texts: list[str], part: str) -> None:
    with register.reading() as session:
        found = session.execute(select(*(contains(literal(text), pattern(part)) for text in texts))).one()
        nothing = session.execute(select(contains(null(), pattern(part)))).scalar()
    assert list(map(bool, found)) == [part.lower() in text.lower() for text in texts]
    assert nothing is None
