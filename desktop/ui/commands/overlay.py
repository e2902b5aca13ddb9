"""The overlay of commands and keys: a field, a line that explains, a list. It lies over the stage and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui.commands.command_list import CommandList
from desktop.ui.commands.rows import CommandRow, first_choice
from desktop.ui.faq.query_field import QueryField
from desktop.ui.theme.look import look
from desktop.ui.theme.tokens import RADIUS
from desktop.ui.widgets import Button, Elided, KeyCap, Label, col, row

WIDEST = 640
"""At 100 %: a key stays near the name that it belongs to."""
LOWEST = 220
"""At 100 %: less height than this is for field and list alone."""


class CommandOverlay(QWidget):
    """Passive. `over` is the part of the window that it may cover."""

    query_changed = Signal(str)
    chosen_changed = Signal()
    run_requested = Signal(int)

    def __init__(self, over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._over, self._window = over, parent
        self._title = Label("", "title")
        self._esc = KeyCap("Esc")
        self.change = Button("", icon="", kind="quiet", height="small", strong=False)
        self.field = QueryField("")
        self.list = CommandList()
        self._remark = Elided("", "caption", "text2")
        head = row()
        for widget in (self._title, self._esc):
            head.addWidget(widget)
        head.addStretch()
        head.addWidget(self.change)
        layout = col(self, margins=("m", "s", "m", "s"))
        layout.addLayout(head)
        layout.addWidget(self.field)
        layout.addWidget(self._remark)
        layout.addWidget(self.list, 1)
        self.field.query_changed.connect(self.query_changed)
        self.field.step_requested.connect(self._step)
        self.field.open_requested.connect(lambda: self.run_requested.emit(self.list.current))
        self.list.opened.connect(self.run_requested)
        over.installEventFilter(self)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Words changed."""
        self.change.setText(self.tr("Change keys"))
        self.field.setAccessibleName(self.tr("Find a command or a key"))
        self.field.setPlaceholderText(self.tr("A word or a key"))

    def open_with(self, title: str, rows: Sequence[CommandRow]) -> None:
        """Show these rows and an empty field with the focus; none is chosen, so that Enter alone does nothing."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self.field.clear()
        self.show_rows(rows)
        self.fit()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_rows(self, rows: Sequence[CommandRow], keep: str = "") -> None:
        """Replace the rows. The action `keep` stays chosen; else it is the first one, once something is typed."""
        self.list.show_rows(rows)
        kept = next((place for place, each in enumerate(rows) if keep and each.name == keep), -1)
        first = first_choice(rows) if self.field.query.strip() else -1
        self.list.choose(kept if kept >= 0 else first)
        self.chosen_changed.emit()

    def explain(self, text: str, important: bool = False) -> None:
        """The line between field and list."""
        self._remark.setText(text)
        self._remark.set_colour("warnText" if important else "text2")

    def fit(self) -> None:
        """Take the room that there is over the stage, with a rim of the stage left to see; where it is low, field and
        list have all of it."""
        now, over = look(), self._over
        low = over.height() < now.size(LOWEST)
        for widget in (self._title, self._esc, self.change):
            widget.setVisible(not low)
        rim = now.space("hair" if low else "m")
        corner = over.mapTo(self._window, QPoint(0, 0))
        width = min(over.width() - 2 * rim, now.size(WIDEST))
        self.setGeometry(
            corner.x() + (over.width() - width) // 2, corner.y() + rim, width, over.height() - 2 * rim
        )

    def restyle(self) -> None:
        """Sizes of text changed."""
        self.fit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside: there are the field and one button."""
        target = self.change if self.field.hasFocus() and not self.change.isHidden() else self.field
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The stage has another size or place."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and not self.isHidden():
            self.fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Surface with an edge that lifts it off what lies below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look().colour("surface"))
        painter.setPen(QPen(look().colour("accent"), 2))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, RADIUS["panel"], RADIUS["panel"])

    def _step(self, by: int) -> None:
        self.list.step(by)
        self.chosen_changed.emit()
