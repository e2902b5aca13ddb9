"""How the window looks now: theme, text size, language. Widgets ask `look()` while they paint or lay themselves out.

`apply` changes it for the whole application at run time: it sets font and palette (the style sheet only once), then
calls `restyle()` on every widget that has it and, after a change of language, `retranslate()`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from desktop.ui.theme import tokens
from desktop.ui.theme.fonts import families
from desktop.ui.theme.palette import palette, recolour, style_sheet
from desktop.ui.theme.scripts import face_language

Theme = Literal["light", "dark", "contrast_light", "contrast_dark"]
Layout = Literal["broad", "wide", "columns", "pair", "compact"]
"""Four columns, with calls beside the middle; three columns, more of everything; three columns; the phone and one
pane; a strip of buttons and one pane."""


@dataclass(frozen=True, slots=True)
class Look:
    """`text` is the factor of all text (1.0 is 100 %); `layout` follows the window's size in letters."""

    theme: Theme = "light"
    text: float = 1.0
    language: str = "ko"
    layout: Layout = "columns"

    @property
    def contrast(self) -> bool:
        """Whether everything has an edge that can be seen, a soft ground too."""
        return self.theme in tokens.CONTRAST

    def edge(self, name: str) -> str:
        """The token of an edge; "" where there is none, which in high contrast no ground is without."""
        return name or ("control" if self.contrast else "")

    @property
    def wide(self) -> bool:
        """Whether there is room to show more of everything."""
        return self.layout in ("wide", "broad")

    @property
    def broad(self) -> bool:
        """Whether calls stand beside the middle, which would only be stretched."""
        return self.layout == "broad"

    @property
    def folded(self) -> bool:
        """Whether one pane is seen at a time, with tabs."""
        return self.layout in ("pair", "compact")

    @property
    def compact(self) -> bool:
        """Whether the phone is a strip of buttons and the notes are a pane."""
        return self.layout == "compact"

    def hex(self, name: str) -> str:
        """A token as `#rrggbb`."""
        return tokens.THEMES[self.theme][name]

    def colour(self, name: str) -> QColor:
        """A token as a colour."""
        return QColor(self.hex(name))

    def size(self, pixels: float) -> int:
        """A measure that holds text: grows with it."""
        return round(pixels * self.text)

    def space(self, name: str) -> int:
        """A distance by its name: grows at half the text's speed."""
        return round(tokens.SPACE[name] * (1 + (self.text - 1) / 2))

    @property
    def control(self) -> int:
        """Height of a control."""
        return round(tokens.CONTROL_HEIGHT * (1 + (self.text - 1) * 0.62))

    @property
    def small_control(self) -> int:
        """Height of a control in a heading or a card."""
        return round(self.control * 0.86)

    @property
    def call_button(self) -> int:
        """Height of answer and end."""
        return round(self.control * 1.16)

    @property
    def red_button(self) -> int:
        """Height of the red button."""
        return round(self.control * 1.44)

    def column(self, name: str) -> int:
        """Width of the `phone` or the `task` column, and where it is broad of the one `beside` the middle."""
        widths = tokens.BROAD_COLUMN if self.broad else tokens.WIDE_COLUMN if self.wide else tokens.COLUMN
        return self.size(widths[name])

    def font(self, style: str, tabular: bool = False, said: str = "") -> QFont:
        """A font of the type scale; `tabular` wherever digits change. `said` is a text from outside, whose script
        chooses the face."""
        return QFont(_font(style, tabular, self.text, face_language(said, self.language)))

    def leading(self, style: str, said: str = "") -> float:
        """Distance of two base lines in pixels, in the script of `said`."""
        pixels, _, factor = tokens.TYPE[style]
        if face_language(said, self.language) == "th":
            factor = max(factor, tokens.THAI_LEADING)
        return self.size(pixels) * factor


@functools.cache
def _font(style: str, tabular: bool, text: float, language: str) -> QFont:
    pixels, weight, _ = tokens.TYPE[style]
    font = QFont(families(language))
    font.setPixelSize(round(pixels * text))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


class Changes(QObject):
    """Tells those that are no widgets, after the widgets have been told; `folding` before that, to move widgets."""

    folding = Signal()
    restyled = Signal()
    retranslated = Signal()


_now = Look()
_changes: Changes | None = None


def look() -> Look:
    """The look in force."""
    return _now


def changes() -> Changes:
    """Signals of `apply`."""
    global _changes
    if _changes is None:
        _changes = Changes()
    return _changes


def apply(application: QApplication, wanted: Look) -> None:
    """Make `wanted` the look of all windows. The translation must have been installed before."""
    global _now
    before, _now = _now, wanted
    first = not application.styleSheet()
    if first and application.style().name() != "fusion":
        application.setStyle("Fusion")
    recoloured = first or before.theme != wanted.theme
    if recoloured:
        application.setPalette(palette(wanted.theme))
    resized = (before.text, before.language, before.layout) != (wanted.text, wanted.language, wanted.layout)
    if first or (before.text, before.language) != (wanted.text, wanted.language):
        application.setFont(wanted.font("body"))
    if first:
        application.setStyleSheet(style_sheet())
    # Fonts come last: a sheet that is set, and a new parent, give widgets back what they had under an earlier sheet.
    changes().folding.emit()
    for widget in application.allWidgets():
        if recoloured and not first:
            recolour(widget)
        restyle = getattr(widget, "restyle", None)
        if callable(restyle):
            restyle()
        if resized:
            widget.updateGeometry()  # many hint at sizes by the look without keeping any of it
        widget.update()
    changes().restyled.emit()
    if before.language != wanted.language:
        retranslate(application)


def retranslate(application: QApplication) -> None:
    """Let all say their words anew: the language, or a key that the words name, is another one."""
    for widget in application.allWidgets():
        own = getattr(widget, "retranslate", None)
        if callable(own):
            own()
    changes().retranslated.emit()


@contextmanager
def polished_once(application: QApplication) -> Iterator[None]:
    """For a whole window that is made within: its parts get the style sheet at the end, not anew with each place."""
    sheet = application.styleSheet()
    application.setStyleSheet("")
    try:
        yield
    finally:
        application.setStyleSheet(sheet)


def layout_for(width: int, height: int, text: float) -> Layout:
    """The layout of a window of this size in pixels, measured in letters of body text."""
    letter = tokens.TYPE["body"][0] * text
    columns = width / letter
    needed = tokens.COLUMN_HEIGHT["fixed"] + tokens.COLUMN_HEIGHT["text"] * text
    # The phone column never scrolls: where it is higher than the window, it folds, however wide the window is.
    if height < needed or columns < tokens.LETTERS["pair"]:
        return "compact"
    if columns < tokens.LETTERS["columns"]:
        return "pair"
    if columns < tokens.LETTERS["wide"]:
        return "columns"
    return "wide" if columns < tokens.LETTERS["broad"] else "broad"
