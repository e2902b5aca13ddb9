"""Palette first, one short style sheet for what a palette can't say."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from desktop.ui.theme.tokens import CONTRAST, RADIUS, THEMES


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
        role.ToolTipBase: "ink",
        role.ToolTipText: "onInk",
        role.Light: "surface",
        role.Midlight: "subtle",
        role.Mid: "line",
        role.Dark: "control",
        role.Shadow: "line",
        role.BrightText: "text",
    }
    for key, name in pairs.items():
        result.setColor(key, QColor(colours[name]))
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, QColor(colours["disabledText"]))
    return result


def style_sheet(theme: str, control: int, pad: int, drop: int) -> str:
    """Edges, radii and focus; selectors by class or property, no descendants.

    A focus edge is 2 px instead of 1; the padding gives that pixel back, so that nothing moves.
    """
    h, r = THEMES[theme], RADIUS
    band = f"1px solid {h['line']}" if theme in CONTRAST else "none"
    return f"""
    QFrame[card="true"] {{ background: {h["surface"]}; border: 1px solid {h["line"]};
        border-radius: {r["panel"]}px; }}
    QFrame[ringing="true"] {{ background: {h["accentSoft"]}; border-color: {h["accent"]}; }}
    QFrame[band="true"] {{ background: {h["subtle"]}; border: {band}; border-radius: {r["control"]}px; }}
    QFrame[rule="true"] {{ background: {h["line"]}; border: none; max-height: 1px; min-height: 1px; }}
    QLineEdit, QTextEdit, QComboBox {{ background: {h["surface"]}; border: 1px solid {h["control"]};
        border-radius: {r["control"]}px; padding: 0 {pad}px; selection-background-color: {h["accent"]};
        selection-color: {h["onAccent"]}; }}
    QLineEdit, QComboBox {{ min-height: {control - 2}px; max-height: {control - 2}px; }}
    QTextEdit {{ padding: {pad - 2}px {pad - 3}px; }}
    QLineEdit:focus, QComboBox:focus {{ border: 2px solid {h["accent"]};
        padding: 0 {pad - 1}px; min-height: {control - 4}px; max-height: {control - 4}px; }}
    QTextEdit:focus {{ border: 2px solid {h["accent"]}; padding: {pad - 3}px {pad - 4}px; }}
    QComboBox::drop-down {{ border: none; width: {drop}px; }}
    QScrollArea {{ background: transparent; border: none; }}
    QListView {{ background: {h["surface"]}; border: none; outline: none; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {h["control"]}; border-radius: 3px; min-height: 32px; margin: 2px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QToolTip {{ background: {h["ink"]}; color: {h["onInk"]}; border: none; padding: 4px 8px; }}
    """
