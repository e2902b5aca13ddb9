"""The list of lines: only visible rows are painted, heights are measured once per line and width."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.transcript import bubble, details
from desktop.ui.transcript.line import Detail, Line, Side
from desktop.ui.transcript.model import LINE_ROLE, Index, TranscriptModel

_RESIZE_MS = 60
_NEAR_END = 8


class SizeTable(QObject):
    """Sizes of all rows, each measured once per width. It hears of changes before the view does."""

    def __init__(self, model: TranscriptModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.width, self.total = 500, 0
        self.sizes: list[QSize] = []
        model.rowsInserted.connect(self._inserted)
        model.dataChanged.connect(self._changed)
        model.modelReset.connect(self.measure)

    def set_width(self, width: int) -> None:
        """Lay all rows out for another width."""
        if width != self.width:
            self.width = width
            self.measure()

    def measure(self) -> None:
        """Width, fonts or all lines changed."""
        self.sizes = [self._size(line) for line in self._model.lines]
        self.total = sum(size.height() for size in self.sizes)

    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        new = [self._size(line) for line in self._model.lines[first : last + 1]]
        self.sizes[first:first] = new
        self.total += sum(size.height() for size in new)

    def _changed(self, first: QModelIndex, last: QModelIndex) -> None:
        for row in range(first.row(), last.row() + 1):
            size = self._size(self._model.lines[row])
            self.total += size.height() - self.sizes[row].height()
            self.sizes[row] = size

    def _size(self, line: Line) -> QSize:
        return QSize(self.width, bubble.line_height(line, self.width))


class LineDelegate(QStyledItemDelegate):
    """Paints lines. Qt asks the size of every row at every insert, so sizes come from the table."""

    def __init__(self, table: SizeTable, model: TranscriptModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._table, self._lines = table, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Size of a row."""
        return self._table.sizes[index.row()]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        line: Line = index.data(LINE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        width = self._table.width
        box.setWidth(width)
        if line.side is Side.DESK:
            bubble.paint_remark(painter, box, line.text)
        else:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            bubble.paint_speech(painter, box, line, bubble.lay_out_line(line, width), focused)
            newest = self._lines.newest_detail() if line.details else None
            if any(detail is newest for detail in line.details):
                corner = bubble.chips_corner(line, box)
                details.paint_key(painter, line.details, corner, width, shown("copy_detail"))
        painter.restore()


class LineList(QListView):
    """Follows the newest line until the reader scrolls up. `detail_chosen` carries the `Detail` that was clicked."""

    following_changed = Signal(bool)
    detail_chosen = Signal(Detail)

    def __init__(self, model: TranscriptModel, follows: bool = True, parent: QWidget | None = None) -> None:
        """`follows`: whether it begins at the newest line; else at the oldest."""
        super().__init__(parent)
        self._follows = self._following = follows
        self._adding = False
        self._lines = model
        self._table = SizeTable(model, self)
        self._delegate = LineDelegate(self._table, model, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_RESIZE_MS)
        self._resized.timeout.connect(self._new_width)
        model.rowsAboutToBeInserted.connect(self._begin_change)
        model.rowsInserted.connect(self._end_change)
        model.modelReset.connect(self._reset)
        model.dataChanged.connect(self._end_change)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def laid_out(self) -> bool:
        """Whether every line has the width of now."""
        return not self._resized.isActive()

    @property
    def following(self) -> bool:
        """Whether the newest line is kept in sight."""
        return self._following

    def follow(self) -> None:
        """Go to the newest line and stay there."""
        self._set_following(True)
        self.scrollToBottom()

    def restyle(self) -> None:
        """Sizes of text changed."""
        self._table.measure()
        self._new_width()

    def content_height(self) -> int:
        """Height of all lines."""
        return self._table.total

    def sizeHint(self) -> QSize:
        """As high as the lines: the strip of running speech follows the last one."""
        return QSize(look().size(400), self.content_height() + 2)

    def minimumSizeHint(self) -> QSize:
        """At least a line."""
        return QSize(look().size(120), min(self.content_height() + 2, look().size(60)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width is laid out when the resizing has paused; a new height at once."""
        super().resizeEvent(event)
        if event.oldSize().width() <= 0:
            self._new_width()
        elif event.oldSize().width() != event.size().width():
            self._resized.start()
        if self._following:
            self.scrollToBottom()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus begins at the newest line in sight, not at the first one of the call."""
        if not self.currentIndex().isValid():
            seen = self.indexAt(QPoint(look().space("s"), self.viewport().height() - look().space("m")))
            last = self._lines.index(self._lines.rowCount() - 1)
            self.selectionModel().setCurrentIndex(
                seen if seen.isValid() else last, QItemSelectionModel.SelectionFlag.NoUpdate
            )
        super().focusInEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A chip can be clicked."""
        super().mouseMoveEvent(event)
        over = self.detail_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a chip chooses it."""
        super().mouseReleaseEvent(event)
        chosen = self.detail_at(event.position().toPoint())
        if chosen is not None and event.button() is Qt.MouseButton.LeftButton:
            self.detail_chosen.emit(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses among the chips of the line that has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._offer_details(self.currentIndex())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key and the right button offer the chips of a line."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self._offer_details(self.currentIndex() if by_key else self.indexAt(event.pos()))

    def detail_at(self, point: QPoint) -> Detail | None:
        """The chip at a point of the viewport."""
        index = self.indexAt(point)
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line) or not line.details:
            return None
        box = QRectF(self.visualRect(index))
        box.setWidth(self._table.width)
        place = details.at(line.details, bubble.chips_corner(line, box), box.width(), QPointF(point))
        return line.details[place] if place >= 0 else None

    def _offer_details(self, index: QModelIndex) -> None:
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line) or not line.details:
            return
        if len(line.details) == 1:
            self.detail_chosen.emit(line.details[0])
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for detail in line.details:
            words = details.shown_words(detail).replace("&", "&&")
            menu.addAction(words).triggered.connect(partial(self.detail_chosen.emit, detail))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def _new_width(self) -> None:
        # The scroll bar's room is kept, so that its coming lays nothing out anew.
        bar = self.verticalScrollBar().sizeHint().width()
        self._table.set_width(self.width() - max(bar, look().space("s")))
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        if self._following:
            QTimer.singleShot(0, self, self.scrollToBottom)

    def _begin_change(self) -> None:
        self._adding = True

    def _end_change(self) -> None:
        self._adding = True
        self.updateGeometry()
        # The key that copies a chip stands at one line only, and has moved.
        self.viewport().update()
        if self._following:
            self.scrollToBottom()
        self._adding = False

    def _reset(self) -> None:
        self._set_following(self._follows)
        self._end_change()

    def _scrolled(self, value: int) -> None:
        if not self._adding and self.isVisible():
            self._set_following(value >= self.verticalScrollBar().maximum() - _NEAR_END)

    def _set_following(self, following: bool) -> None:
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)
