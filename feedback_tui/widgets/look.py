"""The looks of the program: calm, dark or light. Colour never says anything that words or signs do not."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="desk-dark",
    primary="#6fb7b0",
    secondary="#8aa9d6",
    accent="#d9b26f",
    foreground="#d5dbe1",
    background="#12171d",
    surface="#1c2630",
    panel="#212d38",
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
        "block-cursor-foreground": "#12171d",
        "block-cursor-text-style": "bold",
        "border": "#6fb7b0",
        "border-blurred": "#33414d",
        "scrollbar": "#33414d",
        "scrollbar-hover": "#455664",
        "scrollbar-background": "#161d24",
    },
)
LIGHT = Theme(
    name="desk-light",
    primary="#0d6b68",
    secondary="#2f5f9e",
    accent="#8a5b00",
    foreground="#1f262c",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e7e4dc",
    success="#2c6e38",
    warning="#8a5b00",
    error="#ac2330",
    dark=False,
    variables={
        "text-muted": "#626b72",
        "text-disabled": "#9a9f9f",
        "text-error": "#a11b29",
        "text-warning": "#7d5200",
        "text-success": "#24632f",
        "input-selection-background": "#0d6b68 25%",
        "block-cursor-background": "#0d6b68",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "border": "#0d6b68",
        "border-blurred": "#c9c4b8",
        "scrollbar": "#c9c4b8",
        "scrollbar-background": "#efece5",
    },
)
LOOKS = (DARK, LIGHT)
