"""The migrations make on a server what they made there when each was released."""

from __future__ import annotations

import pytest

from tests.storage import migrated
from tests.storage.released import REGISTERS

pytestmark = pytest.mark.of_a_server
KEPT = sorted(path.name.split(".")[0] for path in REGISTERS.glob("*.server-schema.txt"))


@pytest.mark.parametrize("released", KEPT)
def test_the_migrations_still_make_each_kept_schema(released: str) -> None:
    assert migrated.on_the_server(released) == migrated.kept_server_schema(released).read_text("utf-8")
