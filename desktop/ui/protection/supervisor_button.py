"""The key that calls the supervisor, where the agent looks in a bad call."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.ui.key_table import KEYS
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Button

translate = QCoreApplication.translate


class SupervisorButton(Button):
    """Follows the window's action, and says when it can be pressed where it can't."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shown("supervisor"), kind="quiet", height="small", strong=False, parent=parent)
        self.retranslate()

    def bind(self, action: QAction) -> None:
        super().bind(action)
        action.enabledChanged.connect(self._say_when)
        self._say_when(action.isEnabled())

    def retranslate(self) -> None:
        """Its word is the action's."""
        self.setText(translate("Actions", KEYS["supervisor"].words))
        self._say_when(self.isEnabled())

    def _say_when(self, enabled: bool) -> None:
        self.set_reason("" if enabled else translate("Actions", KEYS["supervisor"].when))
