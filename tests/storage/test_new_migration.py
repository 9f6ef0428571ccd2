"""``make migration``: the next number, a file that is frozen, and no register that is opened before it is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.backend import schema, schema_version
from feedback_tui.storage.errors import RegisterError
from feedback_tui.storage.register import create_register, open_register
from tests import new_migration
from tests.storage import migrated

pytestmark = pytest.mark.of_a_file


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A copy of the program's migrations; ``version.py`` stands beside their folder."""
    shutil.copy(schema_version.__file__, tmp_path / "version.py")
    return Path(shutil.copytree(schema.MIGRATIONS, tmp_path / "migrations")) / "versions"


def begin(migrations: Path, name: str) -> Path:
    return new_migration.begin(name, migrations, migrations.parents[1] / "version.py")


def test_it_has_the_next_number_and_raises_head(migrations: Path) -> None:
    path = begin(migrations, "the_day_it_was_told")
    following = f"{int(schema_version.HEAD) + 1:04}"
    assert path == migrations / f"{following}_the_day_it_was_told.py"
    text = path.read_text("utf-8")
    assert text.startswith('"""the day it was told"""\n')
    assert f'revision = "{following}"\ndown_revision = "{schema_version.HEAD}"\n' in text
    assert "imports nothing of the program" in text
    assert "feedback_tui" not in text
    assert f'HEAD = "{following}"\n' in (migrations.parents[1] / "version.py").read_text("utf-8")
    assert begin(migrations, "more").name == f"{int(following) + 1:04}_more.py"


@pytest.mark.parametrize("name", ["", "The_day", "the day", "the-day", "_day", "day_", "../day", "1_day", "a__b"])
def test_a_name_that_is_no_name_writes_nothing(migrations: Path, name: str) -> None:
    before = sorted(migrations.iterdir())
    with pytest.raises(ValueError, match="not a name"):
        begin(migrations, name)
    assert sorted(migrations.iterdir()) == before


def test_where_head_is_not_the_newest_nothing_is_written(migrations: Path) -> None:
    (migrations.parents[1] / "version.py").write_text('HEAD = "0007"\n', "utf-8")
    with pytest.raises(ValueError, match="put that right first"):
        begin(migrations, "more")
    assert len(list(migrations.glob("*_more.py"))) == 0


def test_it_refuses_to_run_until_it_is_written_and_then_runs(
    migrations: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "register.db"
    create_register(str(place), profile_text("shropshire"), "Sam").close()
    before = migrated.of_a_file(place)
    path = begin(migrations, "colours")
    monkeypatch.setattr(schema, "MIGRATIONS", migrations.parent)
    monkeypatch.setattr(schema_version, "HEAD", path.name.split("_")[0])
    with pytest.raises(RegisterError):
        open_register(str(place))
    assert migrated.of_a_file(place) == before
    written = path.read_text("utf-8").partition("    raise NotImplementedError")[0]
    path.write_text(f'{written}    op.execute("ALTER TABLE stage ADD COLUMN colour VARCHAR(10)")\n', "utf-8")
    open_register(str(place)).close()
    assert "colour VARCHAR(10)" in migrated.of_a_file(place)
