"""Rows of a settings page: words at the left, a control at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme.look import look
from desktop.ui.widgets import Choices, Icon, Label, Paragraph, col, row


class FieldRow(QWidget):
    """`set_words` names the control, also for screen readers."""

    def __init__(self, control: QWidget, locked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self._name = Label("", "body")
        self._hint = Paragraph("", "caption", "text3")
        # On Linux the name of a combo box is what is chosen: only its label says what for.
        self._name.setBuddy(control)
        words = col(gap="")
        words.addStretch()
        words.addWidget(self._name)
        words.addWidget(self._hint)
        words.addStretch()
        side = row(gap="s")
        fixed = control.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed
        side.addWidget(control, 0 if fixed else 1)
        if fixed:
            side.addStretch()
        if locked:
            side.addWidget(Icon("lock", "text3", 16))
        line = row(self, gap="l", margins=("", "xs", "", "xs"))
        line.addLayout(words, 5)
        line.addLayout(side, 6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.restyle()

    def set_words(self, name: str, hint: str = "") -> None:
        """Name and hint."""
        self._name.setText(name)
        self._hint.set(hint)
        self._hint.setVisible(bool(hint))
        if isinstance(self.control, Choices):
            self.control.set_question(name, hint)
        else:
            self.control.setAccessibleName(name)
            self.control.setAccessibleDescription(hint)

    def restyle(self) -> None:
        self.setMinimumHeight(look().control + look().space("l"))
