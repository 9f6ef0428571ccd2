"""The themes: dark, light and high contrast. Colour never carries a meaning that text or signs do not.

The greys have almost no tint, because a terminal of 256 colours would turn a tint into plain blue or yellow.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="desk-dark",
    primary="#6fb7b0",
    secondary="#8aa9d6",
    accent="#d9b26f",
    foreground="#d5dbe1",
    background="#14171a",
    surface="#1f2327",
    panel="#282d32",
    success="#8fc08a",
    warning="#e0b060",
    error="#e5787f",
    dark=True,
    variables={
        "text-muted": "#8c99a6",
        "text-disabled": "#5f6c78",
        "text-error": "#ee8f95",
        "text-warning": "#e8be79",
        "text-success": "#9dcb98",
        "input-selection-background": "#6fb7b0 30%",
        "block-cursor-background": "#6fb7b0",
        "block-cursor-foreground": "#14171a",
        "block-cursor-text-style": "bold",
        "border": "#6fb7b0",
        "border-blurred": "#3c434a",
        "scrollbar": "#3c434a",
        "scrollbar-hover": "#4c555e",
        "scrollbar-background": "#191d20",
    },
)
LIGHT = Theme(
    name="desk-light",
    primary="#0d6b68",
    secondary="#2f5f9e",
    accent="#8a5b00",
    foreground="#1f262c",
    background="#fbfaf8",
    surface="#f2f1ef",
    panel="#e6e5e1",
    success="#2c6e38",
    warning="#8a5b00",
    error="#ac2330",
    dark=False,
    variables={
        "text-muted": "#5b646b",
        "text-disabled": "#84898b",
        "text-error": "#a11b29",
        "text-warning": "#7d5200",
        "text-success": "#24632f",
        "input-selection-background": "#0d6b68 25%",
        "block-cursor-background": "#0d6b68",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "border": "#0d6b68",
        "border-blurred": "#c6c4be",
        "scrollbar": "#c6c4be",
        "scrollbar-background": "#eeedea",
    },
)
CONTRAST = Theme(
    name="desk-high-contrast",
    primary="#00e5ff",
    secondary="#7fd4ff",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    success="#5fff5f",
    warning="#ffd700",
    error="#ff9a9a",
    dark=True,
    variables={
        "text-muted": "#e4e4e4",
        "text-disabled": "#bcbcbc",
        "text-error": "#ff9a9a",
        "text-warning": "#ffd700",
        "text-success": "#5fff5f",
        "input-selection-background": "#005fff",
        "block-cursor-background": "#ffff00",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "border": "#ffffff",
        "border-blurred": "#bcbcbc",
        "scrollbar": "#e4e4e4",
        "scrollbar-hover": "#ffffff",
        "scrollbar-background": "#262626",
    },
)
"""All pairs of text and background have a contrast of at least 7 to 1 (WCAG AAA)."""
LOOKS = (DARK, LIGHT, CONTRAST)
