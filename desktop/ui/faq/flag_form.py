"""Below the answer: what is the matter with it, and a note for its owner."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.domain.own_answers import Fault
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Band, Button, Choices, Field, Label, col, row

FAULTS: tuple[Fault, ...] = ("outdated", "wrong")


class FlagForm(Band):
    """One choice and one line; the focus begins in the line."""

    keep_requested = Signal()
    drop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label("", "captionStrong", "text2")
        self._faults = Choices(["", ""], [], columns=2)
        self._note = Field()
        self._keep = Button("", shown("keep_form"), kind="primary", height="small")
        self._drop = Button("", "Esc", kind="quiet", height="small", strong=False)
        keys = row(gap="xs")
        keys.addWidget(self._keep)
        keys.addWidget(self._drop)
        keys.addStretch()
        layout = col(self, gap="xs", margins=("m", "s", "m", "s"))
        for part in (self._title, self._faults, self._note):
            layout.addWidget(part)
        layout.addLayout(keys)
        self._note.returnPressed.connect(self.keep_requested)
        self._drop.clicked.connect(self.drop_requested)
        self.retranslate()

    def bind(self, keep: QAction) -> None:
        """Let the window's action keep the flag."""
        self._keep.clicked.connect(keep.trigger)

    def retranslate(self) -> None:
        """Words changed."""
        self._title.setText(self.tr("What is the matter with this answer?"))
        self._faults.set_question(self._title.text())
        self._faults.set_words([self.tr("Outdated"), self.tr("Wrong")])
        self._note.setPlaceholderText(self.tr("For the owner: what is different? No caller's data."))
        self._note.setAccessibleName(self.tr("Note for the owner"))
        self._keep.setText(self.tr("Keep the flag"))
        self._drop.setText(self.tr("Cancel"))
        self.setAccessibleName(self._title.text())

    def open(self, fault: Fault, note: str) -> None:
        """Show it with these values; the cursor goes into the note."""
        self._faults.set_index(FAULTS.index(fault))
        self._note.setText(note)
        self.show()
        self._note.setFocus()

    @property
    def fault(self) -> Fault:
        """What was chosen."""
        return FAULTS[max(0, self._faults.index)]

    @property
    def note(self) -> str:
        """What was written."""
        return self._note.text()
