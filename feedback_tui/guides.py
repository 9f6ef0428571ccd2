"""The guides of the program: the pages of ``docs/``, which travel with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_FIRST = ("officers", "setting-up")
"""The guides that come first; the others follow by name."""
_FOR_PROGRAMMERS = ("architecture", "changing")
"""Pages for whoever changes the program: no guides for those who use it."""


@dataclass(frozen=True)
class Guide:
    """One guide."""

    name: str
    """Its file without the ending."""
    title: str
    path: Path

    def text(self) -> str:
        """The guide as Markdown, without its pictures: a terminal shows none."""
        lines = self.path.read_text("utf-8").splitlines()
        return "\n".join(line for line in lines if not line.startswith("![")) + "\n"


def guides() -> list[Guide]:
    """The guides, those that are read first first."""
    # In a checkout they stand beside the package; in a wheel they are packed into it.
    here = Path(__file__).parent
    folder = next((place for place in (here / "docs", here.parent / "docs") if place.is_dir()), None)
    files = sorted(file for file in folder.glob("*.md") if file.stem not in _FOR_PROGRAMMERS) if folder else []
    files.sort(key=lambda file: _FIRST.index(file.stem) if file.stem in _FIRST else len(_FIRST))
    return [Guide(file.stem, _title(file), file) for file in files]


def _title(file: Path) -> str:
    with file.open(encoding="utf-8") as lines:
        return next((line.removeprefix("# ").strip() for line in lines if line.startswith("# ")), file.stem)
