"""One short message at the bottom of the middle, with an undo; the window places it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.theme.look import look
from desktop.ui.theme.tokens import RADIUS
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.focus import give_focus
from desktop.ui.widgets.layouts import row
from desktop.ui.widgets.paragraph import Paragraph

SHOWN_MS = 6000
KEPT = 20


class Toast(QWidget):
    """Shows one text at a time for 6 s, longer while its button has the focus; keeps the last ones in `past`."""

    def __init__(self, undo_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.past: list[str] = []
        self._undo: Callable[[], object] | None = None
        self._text = Paragraph()
        self._button = Button(self.tr("Undo"), undo_key, kind="quiet", strong=False, height="small")
        self._button.clicked.connect(self.undo)
        self._button.installEventFilter(self)
        line = row(self, margins=("l", "xs", "xs", "xs"))
        line.addWidget(self._text, 1)
        line.addWidget(self._button)
        self._before: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._expire)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown, "" for nothing."""
        return self._text.text() if not self.isHidden() else ""

    @property
    def can_undo(self) -> bool:
        """Whether Alt+U has something to take back."""
        return self._undo is not None

    def show_text(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Replace what is shown."""
        self.past = [*self.past[-KEPT + 1 :], text]
        if undo is None:
            self._give_focus_back()
        self._undo = undo
        self._text.set(text)
        self.setAccessibleName(text)
        self._button.setVisible(undo is not None)
        self.fit(self.width())
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS)

    def fit(self, width: int) -> None:
        """Take this width, and the height that the whole text needs in it."""
        now = look()
        free = width - now.space("l") - now.space("xs")
        if self._undo is not None:
            free -= self._button.sizeHint().width() + now.space("s")
        height = self._text.heightForWidth(max(free, now.size(80)))
        self._text.setFixedHeight(height)
        self.setFixedSize(width, max(now.control, height) + now.space("s"))

    def stand_in(self, pane: QWidget) -> None:
        """Stand near the lower edge of a pane of the same window."""
        now = look()
        corner = pane.mapTo(self.window(), pane.rect().bottomLeft())
        width = min(pane.width() - now.size(48), now.size(520))
        self.fit(max(width, 200))
        left = corner.x() + (pane.width() - width) // 2
        self.move(left, corner.y() - now.size(64) - self.height())

    def undo(self) -> None:
        """Take back what the text names, once."""
        work, self._undo = self._undo, None
        self._give_focus_back()
        self.hide()
        if work is not None:
            work()

    def retranslate(self) -> None:
        self._button.setText(self.tr("Undo"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not self.isHidden():
            self._timer.start(SHOWN_MS)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look().colour("surface"))
        painter.setPen(look().colour("control"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, RADIUS["panel"], RADIUS["panel"])

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is self._button:
            self._before = old

    def _give_focus_back(self) -> None:
        """The button goes: Qt would hand its focus to the next widget, which may be a call button."""
        before, self._before = self._before, None
        if self._button.hasFocus():
            self._button.clearFocus()
            if before is not None:
                give_focus(before)

    def _expire(self) -> None:
        if not self._button.hasFocus():
            self._undo = None
            self.hide()
