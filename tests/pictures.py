"""The pictures of the docs, made by the program itself on the fictional council: ``make pictures``."""

from __future__ import annotations

import asyncio
import os
import tempfile
from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from feedback_tui.app import FeedbackApp
from feedback_tui.cli.main import run
from feedback_tui.storage.register import open_register

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
TODAY = date(2026, 11, 18)  # a Wednesday
SIZES = {"": (132, 38), "-80x24": (80, 24)}
SHOTS: dict[str, tuple[str, ...]] = {
    "queue": (),
    "case": ("down", "down", "down", "down", "down", "down", "down", "enter"),
    "intake": ("n",),
    "next-step": ("down", "down", "down", "down", "down", "down", "down", "space"),
    "explain": ("down", "down", "down", "down", "down", "down", "down", "e"),
    "year": ("Y",),
    "help": ("question_mark",),
}


async def settle(pilot: Pilot[None]) -> None:
    """Waits until every reading has arrived and been painted."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def take(where: str, name: str, keys: tuple[str, ...], size: tuple[int, int]) -> str:
    """One screen as SVG."""
    app = FeedbackApp(open_register(where), where, "Sam Reed", lambda: TODAY)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        return app.export_screenshot(title=f"feedback-tui · {name}")


def main() -> None:
    """Writes every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        where = str(Path(folder) / "demo.db")
        run(["--db", where, "--today", TODAY.isoformat(), "--as", "Sam Reed", "demo", "--no-open"])
        for name, keys in SHOTS.items():
            for suffix, size in SIZES.items():
                picture = asyncio.run(take(where, name, keys, size))
                (FOLDER / f"{name}{suffix}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
