"""The guides of the program: the pages of ``docs/``, which are packaged with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_FIRST = ("officers", "setting-up")
"""The guides listed first; the others follow by name."""
_FOR_PROGRAMMERS = ("architecture", "changing")
"""Pages for programmers, which are not guides."""


@dataclass(frozen=True)
class Guide:
    """One guide."""

    name: str
    """The file name without suffix."""
    title: str
    path: Path

    def text(self) -> str:
        """Returns the guide as Markdown without pictures, because a terminal cannot show them."""
        lines = self.path.read_text("utf-8").splitlines()
        return "\n".join(line for line in lines if not line.startswith("![")) + "\n"


def guides() -> list[Guide]:
    """Returns the guides in the order of the list."""
    # In a checkout the pages are beside the package; in a wheel they are inside it.
    here = Path(__file__).parent
    folder = next((place for place in (here / "docs", here.parent / "docs") if place.is_dir()), None)
    files = sorted(file for file in folder.glob("*.md") if file.stem not in _FOR_PROGRAMMERS) if folder else []
    files.sort(key=lambda file: _FIRST.index(file.stem) if file.stem in _FIRST else len(_FIRST))
    return [Guide(file.stem, _title(file), file) for file in files]


def _title(file: Path) -> str:
    with file.open(encoding="utf-8") as lines:
        return next((line.removeprefix("# ").strip() for line in lines if line.startswith("# ")), file.stem)
