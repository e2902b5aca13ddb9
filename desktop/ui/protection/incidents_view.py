"""Earlier incidents of the caller: what the warning at the ring stands on, and where one that is wrong is corrected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.history.rows import CallRow
from desktop.ui.history.view import CallRows
from desktop.ui.pages import PagePanel
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Button, Paragraph, ReasonField, Rule, row


class IncidentsView(PagePanel):
    """Passive. Enter on a row asks for the reason, Enter in the field gives it; on a corrected one it counts again."""

    chosen = Signal(int)
    reason_given = Signal(str)
    back_requested = Signal()
    retranslated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shown("pane_2"), margins=("l", "s", "l", "s"), gap="xs", parent=parent)
        self._hint = Paragraph("", "caption", "text2")
        self._empty = Paragraph("", "body", "text3")
        self.list = CallRows()
        self.reason = ReasonField()
        self._back = Button("", "Esc", kind="quiet", height="small", strong=False)
        for widget in (self._hint, self._empty, self.list, self.reason):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.body.addWidget(Rule())
        foot = row()
        foot.addStretch()
        foot.addWidget(self._back)
        self.body.addLayout(foot)
        self.list.opened.connect(self.chosen)
        self.reason.given.connect(self.reason_given)
        self._back.clicked.connect(self.back_requested)
        self.retranslate()
        self.show_rows([])

    def retranslate(self) -> None:
        """Words changed."""
        self.set_title(self.tr("Earlier incidents of this caller"))
        self.list.setAccessibleName(self.tr("Earlier incidents of this caller"))
        self._hint.set(
            self.tr("Enter: one that is wrong counts no more, or counts again. The reason is kept.")
        )
        self._empty.set(self.tr("No earlier incident of this caller is kept."))
        self.reason.set_words(self.tr("Why it counts no more, then Enter"))
        self._back.setText(self.tr("Back"))
        self.retranslated.emit()

    def show_rows(self, rows: Sequence[CallRow]) -> None:
        """Replace the incidents."""
        self.close_reason()
        self.list.show_rows(rows)
        for widget in (self.list, self._hint):
            widget.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if rows:
            self.list.choose(0)

    def close_reason(self) -> bool:
        """Take the field away, back to the list; whether it was there."""
        return self.reason.close_to(self.list)

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self.list if self.list.isVisibleTo(self) else self._back
