"""Palette first, one short style sheet for what a palette can't say."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from desktop.ui.theme.tokens import CONTRAST, RADIUS, THEMES

_BY_ROLE = {
    "surface": "palette(base)",
    "subtle": "palette(alternate-base)",
    "line": "palette(mid)",
    "bandEdge": "palette(midlight)",
    "control": "palette(dark)",
    "accent": "palette(highlight)",
    "onAccent": "palette(highlighted-text)",
    "accentSoft": "palette(link-visited)",
    "ink": "palette(shadow)",
    "onInk": "palette(bright-text)",
}
"""Tokens as the style sheet names them. With colours of its own in it each theme would need a sheet of its own, and Qt
takes 30 microseconds of every widget for another sheet, whether it is seen and meant by it or not."""
_MEANT = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QListView, QScrollBar)
_MARKED = ("card", "band", "rule")


def palette(theme: str) -> QPalette:
    """All roles from the tokens."""
    role = QPalette.ColorRole
    colours = THEMES[theme]
    result = QPalette()
    pairs = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "subtle",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.Highlight: "accent",
        role.HighlightedText: "onAccent",
        role.Accent: "accent",
        role.PlaceholderText: "text3",
        role.Link: "accentText",
        role.LinkVisited: "accentSoft",
        role.ToolTipBase: "ink",
        role.ToolTipText: "onInk",
        role.Light: "surface",
        role.Midlight: "line" if theme in CONTRAST else "subtle",
        role.Mid: "line",
        role.Dark: "control",
        role.Shadow: "ink",
        role.BrightText: "onInk",
    }
    for key, name in pairs.items():
        result.setColor(key, QColor(colours[name]))
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, QColor(colours["disabledText"]))
    return result


def style_sheet() -> str:
    """Edges, radii and focus, the same in every look; selectors by class or property, no descendants.

    A focus edge is 2 px instead of 1; the padding gives that pixel back, so that nothing moves.
    """
    h, r = _BY_ROLE, RADIUS
    return f"""
    QFrame[card="true"] {{ background: {h["surface"]}; border: 1px solid {h["line"]};
        border-radius: {r["panel"]}px; }}
    QFrame[ringing="true"] {{ background: {h["accentSoft"]}; border-color: {h["accent"]}; }}
    QFrame[band="true"] {{ background: {h["subtle"]}; border: 1px solid {h["bandEdge"]};
        border-radius: {r["control"]}px; }}
    QFrame[rule="true"] {{ background: {h["line"]}; border: none; max-height: 1px; min-height: 1px; }}
    QLineEdit, QTextEdit, QPlainTextEdit, QComboBox {{ background: {h["surface"]}; border: 1px solid {h["control"]};
        border-radius: {r["control"]}px; padding: 0 1px; selection-background-color: {h["accent"]};
        selection-color: {h["onAccent"]}; }}
    QTextEdit, QPlainTextEdit {{ padding: 2px 1px; }}
    QLineEdit:focus, QComboBox:focus {{ border: 2px solid {h["accent"]}; padding: 0; }}
    QTextEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {h["accent"]}; padding: 1px 0; }}
    QComboBox::drop-down {{ border: none; }}
    QScrollArea {{ background: transparent; border: none; }}
    QListView {{ background: {h["surface"]}; border: none; outline: none; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {h["control"]}; border-radius: 3px; min-height: 32px; margin: 2px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QToolTip {{ background: {h["ink"]}; color: {h["onInk"]}; border: none; padding: 4px 8px; }}
    """


def recolour(widget: QWidget) -> None:
    """Let a widget that the sheet gives colours take those of another palette: the sheet asks for them only once."""
    if isinstance(widget, _MEANT) or (isinstance(widget, QFrame) and any(map(widget.property, _MARKED))):
        polish_anew(widget)


def polish_anew(widget: QWidget) -> None:
    """Let the sheet look at a widget again: colours of the palette or a property that it selects by have changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
