"""The looks: what is read stands out from what it is written on, by the measure of WCAG."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from feedback_tui.preferences import LOOKS as NAMES
from feedback_tui.widgets.themes import CONTRAST, LOOKS


def _light(color: Color) -> float:
    parts = [part / 255 for part in (color.r, color.g, color.b)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG between two colours."""
    lights = sorted((_light(Color.parse(one)), _light(Color.parse(other))))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_what_is_read_stands_out(look: Theme) -> None:
    least = 7.0 if look is CONTRAST else 4.5
    read = [look.foreground, look.primary, look.accent, look.variables["text-muted"]]
    read += [look.variables[f"text-{tone}"] for tone in ("error", "warning", "success")]
    for ground in (look.background, look.surface, look.panel):
        for words in read:
            assert ground is not None
            assert words is not None
            assert contrast(words, ground) >= least, (words, ground, contrast(words, ground))
    # What cannot be done now may be fainter, and is still read.
    assert contrast(look.variables["text-disabled"], str(look.background)) >= (7.0 if look is CONTRAST else 3.0)
    cursor = (look.variables["block-cursor-foreground"], look.variables["block-cursor-background"])
    assert contrast(*cursor) >= least


def test_a_file_of_preferences_can_name_every_look() -> None:
    assert set(NAMES.values()) == {look.name for look in LOOKS}
