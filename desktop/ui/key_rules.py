"""Which keys an action may have: those that no text field, input method or window manager needs for itself."""

from __future__ import annotations

import string

from PySide6.QtCore import QT_TRANSLATE_NOOP, QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

PORTABLE = QKeySequence.SequenceFormat.PortableText

NO_KEY: str = QT_TRANSLATE_NOOP("Keys", "That is no key that can be used here.")
TYPES_TEXT: str = QT_TRANSLATE_NOOP("Keys", "That key types or edits text. Hold Ctrl or Alt with it.")
EDITS_TEXT: str = QT_TRANSLATE_NOOP("Keys", "Text fields need that key to edit.")
OF_SYSTEM: str = QT_TRANSLATE_NOOP("Keys", "That key belongs to the system or its input method.")
OF_DESK: str = QT_TRANSLATE_NOOP("Keys", "That key means several things here and stays as it is.")
DIFFERS: str = QT_TRANSLATE_NOOP("Keys", "That key lies elsewhere on other keyboards. Leave Shift out.")

_SYSTEM = {
    *("F9", "Shift+F9", "Ctrl+F9", "Shift+F10"),  # Hanja in ibus and fcitx; the menu of a window
    *("Alt+Z", "Alt+`", "Ctrl+.", "Ctrl+;", "Ctrl+Shift+U"),  # UniKey, layouts, IBus
}
_EDITING = {f"Ctrl+{letter}" for letter in "ACVXZYUE"} | {"Ctrl+Shift+Z", "Ctrl+Shift+V"}
_DESK = {"Ctrl+Return", "Ctrl+Enter", "Esc", *(f"Ctrl+{digit}" for digit in range(1, 10))}
_LETTERS = frozenset(string.ascii_uppercase)
_SIGNS = frozenset("0123456789-=[]\\',/")
_FUNCTION = frozenset(f"F{number}" for number in range(1, 25))
_WITH_ALT = frozenset(("Return", "PgUp", "PgDown", "Home", "End"))
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


def text_of(pressed: QKeyCombination) -> str:
    """Qt's portable name of a key that was pressed, "" for a modifier alone."""
    if pressed.key() in (
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
    ):
        return ""
    return str(QKeySequence(pressed).toString(PORTABLE))


def normal(text: str) -> str:
    """The portable name of one key that a file or a person wrote, "" where it is none."""
    keys = QKeySequence.fromString(text, PORTABLE)
    one = keys.count() == 1 and keys[0].key() != Qt.Key.Key_unknown
    return str(keys.toString(PORTABLE)) if one else ""


def refusal(text: str) -> str:
    """Why no action may have this key: an English source of the context "Keys", "" where one may."""
    name = normal(text)
    if not name:
        return NO_KEY
    for taken, reason in ((_DESK, OF_DESK), (_SYSTEM, OF_SYSTEM), (_EDITING, EDITS_TEXT)):
        if name in taken:
            return reason
    pressed = QKeySequence.fromString(name, PORTABLE)[0]
    bare = QKeySequence(pressed.key()).toString(PORTABLE)
    held = pressed.keyboardModifiers()
    if held & ~(_SHIFT | _CTRL | _ALT) or (held & _CTRL and held & _ALT):
        return OF_SYSTEM  # Ctrl with Alt is AltGr on Windows, and switches desktops on Linux
    if bare in _FUNCTION:
        return OF_SYSTEM if held & _ALT else ""
    return _refusal_of_sign(bare, held)


def _refusal_of_sign(bare: str, held: Qt.KeyboardModifier) -> str:
    with_shift = bool(held & _SHIFT)
    if not held & (_CTRL | _ALT):
        return TYPES_TEXT
    if bare in _LETTERS:
        return ""
    if bare in _SIGNS:
        return DIFFERS if with_shift else ""
    if bare in _WITH_ALT:
        return "" if held == _ALT else EDITS_TEXT
    return NO_KEY if len(bare) == 1 else EDITS_TEXT
