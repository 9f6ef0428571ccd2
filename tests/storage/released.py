"""The registers of released schemas, kept with the tests: ``make keep-register`` keeps one of the newest schema.

Each holds all that could be done then; beside it stand its exports and the figures of its year, as that version had
them. Nothing of what is kept is ever written anew.
"""

from __future__ import annotations

import lzma
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from feedback_tui.cli.main import run
from feedback_tui.rules.profile import profile_text
from feedback_tui.storage.backend import schema_version
from feedback_tui.storage.register import create_register
from tests.torture.stock import TODAY, furnish

REGISTERS = Path(__file__).with_name("registers")
YEAR = "2026/27"


def kept_schemas() -> list[str]:
    """The schema versions of which a register is kept, in order."""
    return sorted(path.name.removesuffix(".db.xz") for path in REGISTERS.glob("*.db.xz"))


def unpacked(schema: str, kind: str, folder: Path) -> Path:
    """A kept register (``db``) or its export (``json``), unpacked into a folder."""
    path = folder / f"register.{kind}"
    path.write_bytes(lzma.decompress((REGISTERS / f"{schema}.{kind}.xz").read_bytes()))
    return path


def written_by(register: Path, folder: Path, *names: str) -> dict[str, Path]:
    """What this program writes of a register, by name: ``json`` and ``csv`` (exports), ``figures.json`` (its year)."""
    files = {name: folder / f"of.{name}" for name in names}
    for name, file in files.items():
        call = ("summary", YEAR, "--format", "json", "--output") if name == "figures.json" else ("export",)
        code = run(["--db", str(register), "--today", str(TODAY), "--as", "Sam", *call, str(file)])
        assert code == 0, name
    return files


def main() -> None:
    """Keeps a register of the newest schema, unless one is kept."""
    if schema_version.HEAD in kept_schemas():
        sys.exit(f"A register of schema {schema_version.HEAD} is kept already, and stays as it is.")
    with TemporaryDirectory() as made:
        path = Path(made) / "register.db"
        register = create_register(str(path), profile_text("shropshire"), "Sam")
        furnish(register)
        register.close()
        for name, file in {"db": path, **written_by(path, Path(made), "json", "csv", "figures.json")}.items():
            packed = name in ("db", "json")
            target = REGISTERS / f"{schema_version.HEAD}.{name}{'.xz' if packed else ''}"
            target.write_bytes(lzma.compress(file.read_bytes(), preset=9) if packed else file.read_bytes())
    print(f"Kept: a register of schema {schema_version.HEAD} in {REGISTERS}.")


if __name__ == "__main__":
    main()
