"""Every user action as a QAction with its stable name."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.ui.shortcuts import KEYS


def later_reason() -> str:
    """Why a slot whose function is not there yet can't be used."""
    return QCoreApplication.translate("Actions", "Comes in a later version.")


def _commit_composition() -> None:
    """End the syllable that is being composed before anything acts or moves the focus."""
    if QGuiApplication.focusObject() is not None:
        QGuiApplication.inputMethod().commit()


class Actions(QObject):
    """Owns the actions of a window; actions that are not there yet are disabled and say so."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        for name, key in KEYS.items():
            action = QAction(window)
            action.setObjectName(name)
            action.setAutoRepeat(False)
            action.triggered.connect(_commit_composition)
            if not key.shared:
                action.setShortcuts([QKeySequence(text) for text in key.keys])
            action.setEnabled(not key.later)
            window.addAction(action)
            self._actions[name] = action
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def retranslate(self) -> None:
        """Words in the language of now."""
        for name, key in KEYS.items():
            words = QCoreApplication.translate("Actions", key.words)
            self._actions[name].setText(words)
            self._actions[name].setToolTip(f"{words}\n{later_reason()}" if key.later else words)
