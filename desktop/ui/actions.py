"""Every user action as a QAction with its stable name and the keys that it has now."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui import shortcuts
from desktop.ui.key_table import KEYS
from desktop.ui.shortcuts import KeyProblem
from desktop.ui.theme.look import retranslate


def commit_composition() -> None:
    """End the syllable that is being composed before anything acts or moves the focus."""
    if QGuiApplication.focusObject() is not None:
        QGuiApplication.inputMethod().commit()


class Actions(QObject):
    """Owns the actions of a window. `wanted` is the option `keys` of the settings."""

    def __init__(self, window: QWidget, wanted: str = "") -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self.problems: tuple[KeyProblem, ...] = ()
        self._wanted = wanted
        self._read()
        for name in KEYS:
            action = QAction(window)
            action.setObjectName(name)
            action.setAutoRepeat(False)
            action.triggered.connect(commit_composition)
            window.addAction(action)
            self._actions[name] = action
        self._bind()
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def follow(self, wanted: str) -> None:
        """Other keys hold from now on; every cap and every text that names one follows."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        before = {name: shortcuts.shown(name) for name in KEYS}
        self._read()
        self._bind()
        moved = {was: shortcuts.shown(name) for name, was in before.items() if was != shortcuts.shown(name)}
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        for widget in application.allWidgets():
            rekey = getattr(widget, "rekey", None)
            if callable(rekey):
                rekey(moved)
            widget.update()  # lists paint their keys
        retranslate(application)

    def retranslate(self) -> None:
        """Words in the language of now."""
        for name, key in KEYS.items():
            words = QCoreApplication.translate("Actions", key.words)
            self._actions[name].setText(words)
            self._actions[name].setToolTip(words)

    def _read(self) -> None:
        keys, self.problems = shortcuts.read(self._wanted)
        shortcuts.use(keys)

    def _bind(self) -> None:
        for name, key in KEYS.items():
            if not key.shared:
                keys = shortcuts.key_map().keys(name)
                self._actions[name].setShortcuts([QKeySequence(each) for each in keys])
