"""A list of rows of one height, each painted by a function: calls, hits, quotes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QTextCharFormat, QTextLayout
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

from desktop.ui.announcer import say
from desktop.ui.theme.look import look

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
_ROW = int(Qt.ItemDataRole.UserRole)
_SPOKEN = tuple(
    int(role)
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
)


class Rows(QAbstractListModel, Generic[Row]):
    """Any rows; `spoken` gives what a screen reader says of one."""

    def __init__(self, spoken: Callable[[Row], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spoken = spoken
        self.rows: list[Row] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """The row, or its words."""
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        return self._spoken(row) if role in _SPOKEN else None

    def show(self, rows: Sequence[Row]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def update(self, rows: Sequence[Row]) -> None:
        """Replace as many rows by as many others, in their places."""
        self.rows = list(rows)
        self.dataChanged.emit(self.index(0), self.index(len(rows) - 1), [])

    def put(self, place: int, row: Row) -> None:
        """Replace one row."""
        self.rows[place] = row
        index = self.index(place)
        self.dataChanged.emit(index, index, [])


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, owner: RowList[Row]) -> None:
        super().__init__(owner)
        self._owner = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, self._owner.height_of(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        self._owner.paint_row(painter, box, index.row(), bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()


class RowList(QListView, Generic[Row]):
    """Up and Down move, Enter or a click opens. Subclasses say how high a row is and paint it."""

    opened = Signal(int)

    def __init__(self, spoken: Callable[[Row], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Rows[Row] = Rows(spoken, self)
        self.setModel(self.rows)
        self.setItemDelegate(_RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows; the list begins at its top."""
        self.rows.show(rows)
        self.scrollToTop()
        self.updateGeometry()

    @property
    def current(self) -> int:
        """The chosen row, -1 for none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Make a row the chosen one; -1 chooses none."""
        if row < 0:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            self.setCurrentIndex(self.rows.index(min(row, len(self.rows.rows) - 1)))

    def step(self, by: int) -> None:
        """Choose the next or the previous row."""
        if self.rows.rows:
            self.choose(max(0, min(len(self.rows.rows) - 1, self.current + by)))
            if not self.hasFocus():  # the cursor is in a field above
                say(self, str(self.currentIndex().data()))

    def row_height(self) -> int:
        """Height of every row in pixels."""
        return look().size(55)

    def height_of(self, place: int) -> int:
        """Height of the row at `place`; another than the others only where item sizes are not uniform."""
        return self.row_height()

    def paint_row(self, painter: QPainter, box: QRectF, place: int, chosen: bool) -> None:
        """Paint the row at `place`; subclasses do."""
        raise NotImplementedError

    def restyle(self) -> None:
        """Sizes of text changed."""
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as all rows."""
        return QSize(look().size(200), self.row_height() * len(self.rows.rows) + 2)

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return QSize(look().size(80), min(self.row_height(), self.sizeHint().height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.current >= 0:
                self.opened.emit(self.current)
            return
        super().keyPressEvent(event)


def paint_chosen(painter: QPainter, box: QRectF) -> None:
    """The ground of a chosen row, told by a bar too."""
    ui, inside = look(), box.adjusted(0.5, 0.5, -0.5, -1.5)
    painter.setPen(ui.colour("accent") if ui.contrast else Qt.PenStyle.NoPen)
    painter.setBrush(ui.colour("accentSoft"))
    painter.drawRoundedRect(inside, 6, 6)
    bar = QRectF(inside.left(), inside.top() + 8, ui.size(3), inside.height() - 16)
    painter.fillRect(bar, ui.colour("accent"))


def paint_text(
    painter: QPainter,
    text: str,
    style: str,
    colour: str,
    box: QRectF,
    marks: Sequence[tuple[int, int]] = (),
    right: bool = False,
) -> None:
    """One elided line of text with marked stretches, vertically centred in `box`."""
    ui, font = look(), look().font(style, tabular=True, said=text)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, box.width())
    if not marks:
        painter.setFont(font)
        painter.setPen(ui.colour(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        return
    kept = len(shown) - 1 if shown.endswith("…") and not text.endswith("…") else len(shown)
    layout = QTextLayout(shown, font)
    text_colour, edge = ui.colour("accentText"), ui.colour("accent")
    layout.setFormats(
        [_mark(start, min(end, kept), text_colour, edge) for start, end in marks if start < kept]
    )
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(box.width() + 40)
    layout.endLayout()
    painter.setPen(ui.colour(colour))
    layout.draw(painter, QRectF(box.left(), box.center().y() - line.height() / 2, 1, 1).topLeft())


def _mark(start: int, end: int, colour: QColor, edge: QColor) -> QTextLayout.FormatRange:
    part, form = QTextLayout.FormatRange(), QTextCharFormat()
    form.setForeground(colour)
    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    form.setUnderlineColor(edge)
    part.start, part.length, part.format = start, max(0, end - start), form
    return part
