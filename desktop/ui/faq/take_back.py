"""Takes back what was put into the notes, while it still stands there as it came."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit

from desktop.ui.panes_contract import PaneHooks


def take_back(hooks: PaneHooks, text: str) -> None:
    """Remove the last place of `text` from the notes; what the agent has changed in it meanwhile stays."""
    hooks.focus_notes()
    notes = QApplication.focusWidget()
    if not isinstance(notes, QTextEdit):
        return
    whole = notes.toPlainText()
    at = whole.rfind(text)
    if at < 0:
        return
    begin = at - 1 if at and whole[at - 1] == "\n" else at
    cursor = QTextCursor(notes.document())
    cursor.setPosition(_units(whole[:begin]))
    cursor.setPosition(_units(whole[: at + len(text)]), QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()


def _units(text: str) -> int:
    """Length as Qt counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
