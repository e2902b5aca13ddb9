"""The list of lines: only visible rows are painted, heights are measured once per line and width."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.theme.look import look
from desktop.ui.transcript import bubble
from desktop.ui.transcript.line import Line, Side
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

    def __init__(self, table: SizeTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table

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
        painter.restore()


class LineList(QListView):
    """Follows the newest line until the reader scrolls up."""

    following_changed = Signal(bool)

    def __init__(self, model: TranscriptModel, follows: bool = True, parent: QWidget | None = None) -> None:
        """`follows`: whether it begins at the newest line; else at the oldest."""
        super().__init__(parent)
        self._follows = self._following = follows
        self._adding = False
        self._lines = model
        self._table = SizeTable(model, self)
        self._delegate = LineDelegate(self._table, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
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

    def _new_width(self) -> None:
        # The scroll bar's room is kept, so that its coming lays nothing out anew.
        bar = self.verticalScrollBar().sizeHint().width()
        self._table.set_width(self.width() - max(bar, look().space("s")))
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        if self._following:
            QTimer.singleShot(0, self.scrollToBottom)

    def _begin_change(self) -> None:
        self._adding = True

    def _end_change(self) -> None:
        self._adding = True
        self.updateGeometry()
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
