"""What the list offers while nothing is searched: one shelf of several, chosen by Left and Right or a click."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.faq.flow import FlowLayout
from desktop.ui.theme.look import look
from desktop.ui.theme.tokens import RADIUS
from desktop.ui.widgets import Button, TabGroup
from desktop.ui.widgets.focus import draw_focus_ring

Shelf = Literal["often", "favourites", "recent", "browse", "changed", "mine"]
TURNED_BY = "← →"
SHELVES: tuple[Shelf, ...] = ("often", "favourites", "recent", "browse", "changed", "mine")


class ShelfTab(Button):
    """The name of a shelf; the chosen one is filled and underlined."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", TURNED_BY, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def restyle(self) -> None:
        """As wide when chosen as when not."""
        self.setFont(look().font("captionStrong", tabular=True))
        self.setFixedHeight(max(30, look().size(30)))

    def sizeHint(self) -> QSize:
        """The name and a little air."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(width) + look().size(14), self.height())

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(look().size(30), self.height())

    def shown_words(self) -> str:
        """The name as it is painted."""
        room = self.width() - 4
        return str(self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill, name, bar."""
        now, box = look(), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(now.colour("control") if now.contrast else Qt.PenStyle.NoPen)
            painter.setBrush(now.colour("accentSoft" if self.isChecked() else "subtle"))
            painter.drawRoundedRect(box, RADIUS["control"], RADIUS["control"])
        if self.isChecked():
            painter.fillRect(QRectF(8, box.bottom() - 2, box.width() - 16, 2), now.colour("accent"))
        painter.setFont(self.font())
        painter.setPen(now.colour("accentText" if self.isChecked() else "text2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.shown_words())
        if self.hasFocus():
            draw_focus_ring(painter, box, RADIUS["control"])


class ShelfBar(QWidget):
    """All shelves side by side. `changed` counts what is new since the last shift."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = {shelf: ShelfTab() for shelf in SHELVES}
        self._group = TabGroup(list(self.tabs.values()), follows=True, parent=self)
        self._changed = 0
        line = FlowLayout(self)
        for shelf, tab in self.tabs.items():
            line.addWidget(tab)
            tab.clicked.connect(lambda _on=False, shelf=shelf: self.chosen.emit(shelf))
        self.show_chosen("often")
        self.retranslate()

    def retranslate(self) -> None:
        """Words changed."""
        changed = self.tr("Changed {count}").replace("{count}", str(self._changed))
        words: dict[Shelf, str] = {
            "often": self.tr("Often"),
            "favourites": self.tr("Favourites"),
            "recent": self.tr("Recent"),
            "browse": self.tr("Browse"),
            "changed": changed if self._changed else self.tr("Changed"),
            "mine": self.tr("Mine"),
        }
        for shelf, tab in self.tabs.items():
            tab.setText(words[shelf])

    def show_chosen(self, chosen: Shelf) -> None:
        """Mark a shelf as the one that is seen."""
        self._group.show_chosen(self.tabs[chosen])

    def show_changed(self, count: int) -> None:
        """How many answers are new or different."""
        self._changed = count
        self.retranslate()
