"""The list of lines: only what is seen is laid out and painted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QMenu,
    QSizePolicy,
    QWidget,
)

from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.transcript import bubble, details
from desktop.ui.transcript.heights import Heights
from desktop.ui.transcript.line import Detail, Line, Side
from desktop.ui.transcript.model import LINE_ROLE, Index, TranscriptModel

_Hint, _Move = QAbstractItemView.ScrollHint, QAbstractItemView.CursorAction
_NEAR_END = 8
_STEP = 40
"""Pixels, at 100 %, that a click on an arrow of the scroll bar goes."""
_TALL = 4000
"""Pixels, at 100 %, more than a screen has: lines that are higher together change nothing around the list."""
_TRIES = 4
"""Rows that turn out lower than they were thought to be let others come in sight, and so on, but not for long."""


class LineList(QListView):
    """Follows the newest line until the reader scrolls up. `detail_chosen` carries the `Detail` that was clicked.

    Of QListView it keeps what a list is to hands and to screen readers. Where rows stand and how they are painted is
    its own: Qt asks every row for its size at every new line, which takes 0.4 s with 10,000 lines.
    """

    following_changed = Signal(bool)
    detail_chosen = Signal(Detail)

    def __init__(self, model: TranscriptModel, follows: bool = True, parent: QWidget | None = None) -> None:
        """`follows`: whether it begins at the newest line; else at the oldest."""
        super().__init__(parent)
        self._follows = self._following = follows
        self._adding = False
        self._lines = model
        self._settling = False
        self._asked = QSize()
        self._heights = Heights(model, self)
        self.setModel(model)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        # Qt moves what is painted already instead of painting it again only where nothing shines through.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        model.rowsAboutToBeInserted.connect(self._begin_change)
        model.rowsInserted.connect(self._inserted)
        model.modelReset.connect(self._reset)
        model.dataChanged.connect(self._end_change)

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
        self._heights.measure()
        self._new_width()

    def content_height(self) -> int:
        """Height of all lines."""
        return self._heights.total

    def sizeHint(self) -> QSize:
        """As high as the lines: the strip of running speech follows the last one."""
        return QSize(look().size(400), min(self.content_height() + 2, look().size(_TALL)))

    def minimumSizeHint(self) -> QSize:
        """At least a line."""
        return QSize(look().size(120), min(self.content_height() + 2, look().size(60)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is seen is laid out for the new width."""
        self._adding = True
        super().resizeEvent(event)
        self._new_width()
        self._adding = False

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
        """Enter chooses among the chips of the line that has the focus, Ctrl+C copies it."""
        if event.matches(QKeySequence.StandardKey.Copy):
            row = self.currentIndex().row()
            if row >= 0:
                # Qt's own copy is what a screen reader says, with all that is found in the line.
                QApplication.clipboard().setText(self._lines.said(self._lines.lines[row]))
            return
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
        box.setWidth(self._heights.width)
        place = details.at(line.details, bubble.chips_corner(line, box), box.width(), QPointF(point))
        return line.details[place] if place >= 0 else None

    # where rows stand, as QListView says it of its own
    def doItemsLayout(self) -> None:
        """Nothing is laid out ahead."""
        QAbstractItemView.doItemsLayout(self)
        self._settle()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """QListView would lay out and paint everything anew; `_inserted` does what is needed."""
        QAbstractItemView.rowsInserted(self, parent, start, end)

    def updateGeometries(self) -> None:
        """The scroll bar's range."""
        bar, high = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(high)
        bar.setSingleStep(look().size(_STEP))
        bar.setRange(0, max(0, self._heights.total - high))
        QAbstractItemView.updateGeometries(self)

    def verticalOffset(self) -> int:
        """Pixels above the first one that is seen."""
        return self.verticalScrollBar().value()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted, lay out what comes in sight. Whoever goes up follows no more."""
        self._scrolled()
        self.viewport().scroll(0, dy)
        self._settle()

    def visualRect(self, index: Index) -> QRect:
        """Where a row stands in the viewport."""
        row = index.row()
        if not 0 <= row < self._lines.rowCount():
            return QRect()
        top = self._heights.top(row) - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), self._heights.height(row))

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point of the viewport."""
        at = point.y() + self.verticalOffset()
        rows = self._heights.rows_between(at, at)
        return self._lines.index(rows[0]) if rows and 0 <= at < self._heights.total else QModelIndex()

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible) -> None:
        """Bring a row in sight."""
        row, high = index.row(), self.viewport().height()
        if not 0 <= row < self._lines.rowCount():
            return
        # What may be seen then is laid out before, so that the row stays where it is put.
        at = self._heights.top(row)
        self._heights.settle(self._heights.rows_between(at - high, at + 2 * high))
        self.updateGeometries()
        top, size, offset = self._heights.top(row), self._heights.height(row), self.verticalOffset()
        places = {
            _Hint.PositionAtTop: top,
            _Hint.PositionAtBottom: top + size - high,
            _Hint.PositionAtCenter: top - (high - size) // 2,
        }
        nearest = min(max(offset, top + size - high), top)
        self.verticalScrollBar().setValue(places.get(hint, nearest))
        self.viewport().update()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The row that a key goes to."""
        rows, row, high = self._lines.rowCount(), self.currentIndex().row(), self.viewport().height()
        if not rows:
            return QModelIndex()
        row = max(0, row)
        page = self._heights.rows_between(self._heights.top(row) - high, self._heights.top(row) + high)
        steps = {
            _Move.MoveUp: row - 1,
            _Move.MovePrevious: row - 1,
            _Move.MoveDown: row + 1,
            _Move.MoveNext: row + 1,
            _Move.MovePageUp: min(page[0] + 1, row - 1),
            _Move.MovePageDown: max(page[-1] - 1, row + 1),
            _Move.MoveHome: 0,
            _Move.MoveEnd: rows - 1,
        }
        return self._lines.index(max(0, min(rows - 1, steps.get(action, row))))

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """No line can be selected."""

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """No line is."""
        return QRegion()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines in sight."""
        painter = QPainter(self.viewport())
        seen, offset = event.rect(), self.verticalOffset()
        # Beyond the edge: at scales of 1.25 and 1.5 it may lie inside a pixel of the screen, which would keep the old.
        painter.fillRect(seen.adjusted(-1, -1, 1, 1), look().colour("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = self.currentIndex().row() if self.hasFocus() else -1
        for row in self._heights.rows_between(seen.top() + offset, seen.bottom() + offset):
            self._paint_line(painter, row, row == current)

    def _paint_line(self, painter: QPainter, row: int, focused: bool) -> None:
        line, width = self._lines.lines[row], self._heights.width
        box = QRectF(self.visualRect(self._lines.index(row)))
        box.setWidth(width)
        painter.save()
        if line.side is Side.DESK:
            bubble.paint_remark(painter, box, line.text)
        else:
            bubble.paint_speech(painter, box, line, bubble.lay_out_line(line, width), focused)
            newest = self._lines.newest_detail() if line.details else None
            if any(detail is newest for detail in line.details):
                corner = bubble.chips_corner(line, box)
                details.paint_key(painter, line.details, corner, width, shown("copy_detail"))
        painter.restore()

    def _seen(self) -> range:
        offset = self.verticalOffset()
        return self._heights.rows_between(offset, offset + self.viewport().height())

    def _anchor(self) -> tuple[int, int]:
        """The first row in sight whose height is no guess, and its place in the viewport."""
        seen = self._seen()
        row = next((each for each in seen if self._heights.known(each)), seen[0] if seen else 0)
        return row, self._heights.top(row) - self.verticalOffset()

    def _go_back(self, row: int, place: int) -> None:
        """Put a row where it was, or go to the end where that is followed."""
        self._settling = True
        for _ in range(_TRIES):
            self.updateGeometries()
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum() if self._following else self._heights.top(row) - place)
            if not self._heights.settle(self._seen()):
                break
        self._settling = False

    def _settle(self) -> None:
        """Lay out what is in sight; what was seen before stays in its place."""
        if not self._settling:
            row, place = self._anchor()
            if self._heights.settle(self._seen()) or self._adding:
                self._go_back(row, place)
                self.viewport().update()

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
        row, place = self._anchor()
        self._heights.set_width(self.width() - max(bar, look().space("s")))
        self._ask_for_room()
        self._go_back(row, place)
        self.viewport().update()

    def _ask_for_room(self) -> None:
        """Have the pane laid out anew where the lines want another height: of many lines that would be in vain."""
        wanted = self.sizeHint()
        if wanted != self._asked:
            self._asked = wanted
            self.updateGeometry()

    def _begin_change(self) -> None:
        self._adding = True

    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        """A line at the end, as nearly all are, is painted alone; one with chips takes the key from another line."""
        ends, high = first == last == self._lines.rowCount() - 1, self._lines.rowCount() > 1
        if not ends or not high or not self._following or self._lines.lines[first].details:
            self._end_change()
            return
        self._adding = True
        self._ask_for_room()
        self._go_back(*self._anchor())
        self.viewport().update(self.visualRect(self._lines.index(first)))
        self._adding = False

    def _end_change(self) -> None:
        self._adding = True
        self._ask_for_room()
        # The key that copies a chip stands at one line only, and has moved.
        self.viewport().update()
        self._settle()
        self._adding = False

    def _reset(self) -> None:
        self._set_following(self._follows)
        self._end_change()

    def _scrolled(self) -> None:
        bar = self.verticalScrollBar()
        if not self._adding and not self._settling and self.isVisible():
            self._set_following(bar.value() >= bar.maximum() - _NEAR_END)

    def _set_following(self, following: bool) -> None:
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)
