"""Design tokens: every colour, distance and type size, and the pairs that must be readable.

Colours are opaque `#rrggbb`; sizes are logical pixels at 100 % text.
"""

from __future__ import annotations

LIGHT: dict[str, str] = {
    "window": "#EFF2F4",
    "surface": "#FFFFFF",
    "subtle": "#F3F6F7",
    "line": "#D9E0E4",
    "control": "#7B8A94",
    "text": "#172127",
    "text2": "#465660",
    "text3": "#5C6B75",
    "accent": "#0B6A75",
    "accentHover": "#085560",
    "onAccent": "#FFFFFF",
    "accentSoft": "#E0F0F1",
    "accentText": "#0A5F69",
    "ink": "#2B3940",
    "inkHover": "#1B272D",
    "onInk": "#FFFFFF",
    "warnSoft": "#FFF2D1",
    "warnText": "#6E4300",
    "warnLine": "#B26F00",
    "danger": "#C4162A",
    "dangerHover": "#A50F21",
    "onDanger": "#FFFFFF",
    "dangerText": "#B31226",
    "dangerSoft": "#FDECEC",
    "careSoft": "#E9ECFA",
    "careText": "#32408F",
    "careLine": "#5563B8",
    "disabledText": "#84919A",
}

DARK: dict[str, str] = {
    "window": "#12171A",
    "surface": "#1B2226",
    "subtle": "#252E33",
    "line": "#323D43",
    "control": "#77868F",
    "text": "#E7ECEE",
    "text2": "#B7C2C8",
    "text3": "#98A6AE",
    "accent": "#4DBFC9",
    "accentHover": "#77D3DB",
    "onAccent": "#06262A",
    "accentSoft": "#173A3F",
    "accentText": "#7AD7DF",
    "ink": "#D5DDE1",
    "inkHover": "#EEF2F4",
    "onInk": "#1B2226",
    "warnSoft": "#3B2D0E",
    "warnText": "#F4CB74",
    "warnLine": "#CF962B",
    "danger": "#D52B3D",
    "dangerHover": "#BF2536",
    "onDanger": "#FFFFFF",
    "dangerText": "#FF8A92",
    "dangerSoft": "#3D1C20",
    "careSoft": "#262C4A",
    "careText": "#BAC4FF",
    "careLine": "#7D8BE0",
    "disabledText": "#6F7D86",
}

CONTRAST_LIGHT: dict[str, str] = {
    "window": "#FFFFFF",
    "surface": "#FFFFFF",
    "subtle": "#FFFFFF",
    "line": "#5E5E5E",
    "control": "#000000",
    "text": "#000000",
    "text2": "#000000",
    "text3": "#2E2E2E",
    "accent": "#004A52",
    "accentHover": "#002F34",
    "onAccent": "#FFFFFF",
    "accentSoft": "#E3F6F7",
    "accentText": "#003A40",
    "ink": "#000000",
    "inkHover": "#3A3A3A",
    "onInk": "#FFFFFF",
    "warnSoft": "#FFF3C9",
    "warnText": "#4A2C00",
    "warnLine": "#7A4700",
    "danger": "#98001A",
    "dangerHover": "#740013",
    "onDanger": "#FFFFFF",
    "dangerText": "#86000F",
    "dangerSoft": "#FFEFEF",
    "careSoft": "#ECEFFF",
    "careText": "#1C2670",
    "careLine": "#3340A0",
    "disabledText": "#5E5E5E",
}

CONTRAST_DARK: dict[str, str] = {
    "window": "#000000",
    "surface": "#000000",
    "subtle": "#000000",
    "line": "#8F8F8F",
    "control": "#FFFFFF",
    "text": "#FFFFFF",
    "text2": "#FFFFFF",
    "text3": "#E2E2E2",
    "accent": "#5CE6EF",
    "accentHover": "#A5F3F8",
    "onAccent": "#000000",
    "accentSoft": "#002F34",
    "accentText": "#98F2F8",
    "ink": "#FFFFFF",
    "inkHover": "#D6D6D6",
    "onInk": "#000000",
    "warnSoft": "#332300",
    "warnText": "#FFDE9A",
    "warnLine": "#FFC247",
    "danger": "#FF8A92",
    "dangerHover": "#FFB0B6",
    "onDanger": "#000000",
    "dangerText": "#FFB3B8",
    "dangerSoft": "#3A0008",
    "careSoft": "#12164A",
    "careText": "#D8DEFF",
    "careLine": "#AAB4FF",
    "disabledText": "#A6A6A6",
}

THEMES = {
    "light": LIGHT,
    "dark": DARK,
    "contrast_light": CONTRAST_LIGHT,
    "contrast_dark": CONTRAST_DARK,
}
CONTRAST = ("contrast_light", "contrast_dark")
"""Themes in which text reaches 7 and every edge, also that of a panel, 4.5; soft grounds have edges there."""

SPACE = {"hair": 1, "xs": 4, "s": 8, "head": 10, "m": 12, "l": 16, "xl": 24}
"""Distances; they grow at half the speed of the text."""

RADIUS = {"key": 4, "control": 6, "panel": 8, "bubble": 10}
CONTROL_HEIGHT = 36
COLUMN = {"phone": 316, "task": 404}
WIDE_COLUMN = {"phone": 340, "task": 520}
BROAD_COLUMN = {"phone": 340, "task": 640, "beside": 420}
LETTERS = {"pair": 72, "columns": 93, "wide": 120, "broad": 160}
"""From how many letters of body text a window has which layout."""
COLUMN_HEIGHT = {"fixed": 146, "text": 484}
"""What the phone column needs with both bars and the practice strip: pixels, and pixels that grow with the text."""

TYPE: dict[str, tuple[int, int, float]] = {
    "key": (11, 400, 1.35),
    "caption": (12, 400, 1.35),
    "captionStrong": (12, 600, 1.35),
    "body": (14, 400, 1.45),
    "bodyStrong": (14, 600, 1.45),
    "speech": (15, 400, 1.5),
    "speechStrong": (15, 600, 1.5),
    "title": (16, 600, 1.35),
    "number": (20, 600, 1.2),
    "timer": (22, 600, 1.1),
    "say": (21, 600, 1.45),
}
"""Type scale: size in pixels, weight, line height as a factor."""

THAI_LEADING = 1.6
"""The least factor for lines with Thai, which has marks above and below its letters."""

TEXT_PAIRS = [
    ("text", "surface"), ("text", "window"), ("text", "subtle"), ("text", "accentSoft"), ("text", "warnSoft"),
    ("text", "careSoft"), ("text2", "surface"), ("text2", "subtle"), ("text2", "window"), ("text2", "accentSoft"),
    ("text3", "surface"), ("text3", "window"), ("text3", "subtle"), ("text3", "accentSoft"),
    ("accentText", "surface"), ("accentText", "subtle"), ("accentText", "accentSoft"), ("onAccent", "accent"),
    ("onAccent", "accentHover"), ("onInk", "ink"), ("onInk", "inkHover"), ("warnText", "warnSoft"),
    ("warnText", "surface"), ("onDanger", "danger"), ("onDanger", "dangerHover"), ("dangerText", "surface"),
    ("dangerText", "dangerSoft"), ("careText", "careSoft"), ("careText", "surface"),
    ("warnText", "subtle"), ("careText", "subtle"),
]  # fmt: skip
"""Text on ground; at least 4.5 in every theme, 7 in those of high contrast."""

EDGE_PAIRS = [
    ("control", "surface"), ("control", "window"), ("control", "subtle"), ("control", "accentSoft"),
    ("accent", "surface"), ("accent", "window"), ("accent", "accentSoft"), ("warnLine", "warnSoft"),
    ("warnLine", "surface"), ("danger", "surface"), ("danger", "window"), ("careLine", "careSoft"),
    ("careLine", "surface"), ("surface", "text"),
]  # fmt: skip
"""Edges of controls, focus and meaningful marks; at least 3.0, in high contrast 4.5."""

PANEL_EDGES = [("line", "surface"), ("line", "window"), ("line", "subtle")]
"""Edges of panels and of what can't be pressed just now: quiet, but at least 4.5 in high contrast."""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` after WCAG 2.2, 0 to 1."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
