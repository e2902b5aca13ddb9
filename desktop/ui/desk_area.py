"""Between the bars: the phone column and the stage, or, with large text on a small screen, strip, one pane and foot."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.call.phone_column import PhoneColumn
from desktop.ui.stage import Stage
from desktop.ui.theme.look import changes, look
from desktop.ui.widgets import col, row

_RED_SHARE, _SLOT_SHARE = 4, 9
"""Of the foot. No word changes the width of the red button."""


class DeskArea(QWidget):
    """Moves the parts of the phone between their two orders; the focus stays where it is."""

    def __init__(self, column: PhoneColumn, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column, self._stage = column, stage
        self._compact = False
        outer = col(self, margins=("s", "s", "s", "s"))
        self._top = row()
        self._foot = row()
        self._slot = col(gap="")
        line = row()
        line.addWidget(column)
        line.addWidget(stage, 1)
        outer.addLayout(self._top)
        outer.addLayout(line, 1)
        outer.addLayout(self._foot)
        changes().folding.connect(self.fold)
        changes().restyled.connect(self._measure_again)
        self.fold()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def fold(self) -> None:
        """Fold or unfold, as the look says."""
        if look().compact == self._compact:
            return
        self._compact = look().compact
        focus = QApplication.focusWidget()
        if self._compact:
            self._take_apart()
        else:
            self._put_together()
        # A widget that gets another parent is hidden for a moment and would lose the focus.
        for part in (self._column.card, self._column.red):
            part.show()
        if focus is not None and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _measure_again(self) -> None:
        """Layouts keep what a part asked for while it was moved and had its old sizes."""
        for part in (self._column.card, self._column.notes, self._column.red, self._column):
            if (layout := part.layout()) is not None:
                layout.invalidate()
            part.updateGeometry()

    def _take_apart(self) -> None:
        column = self._column
        self._top.addWidget(column.card)
        self._foot.addWidget(column.red, _RED_SHARE)
        self._foot.addLayout(self._slot, _SLOT_SHARE)
        column.card.fold(self._slot)
        self._stage.lend(column.notes)
        column.hide()

    def _put_together(self) -> None:
        self._foot.removeItem(self._slot)
        self._stage.lend(None)
        self._column.take_back()
        self._column.notes.show()
        self._column.show()
