"""The one button: fill, edge, icon, word, key cap and focus ring are painted the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QEnterEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.theme import icons
from desktop.ui.theme.look import look
from desktop.ui.theme.tokens import RADIUS
from desktop.ui.widgets.focus import draw_focus_ring
from desktop.ui.widgets.key_cap import draw_key, key_width, spoken_key

KINDS: dict[str, tuple[str, str, str, str]] = {
    "primary": ("accent", "accent", "onAccent", "accentHover"),
    "ink": ("ink", "ink", "onInk", "inkHover"),
    "normal": ("surface", "control", "text", "subtle"),
    "quiet": ("", "", "accentText", "subtle"),
    "chosen": ("accentSoft", "accent", "accentText", "accentSoft"),
    "danger": ("danger", "danger", "onDanger", "dangerHover"),
    "dangerOutline": ("surface", "danger", "dangerText", "dangerSoft"),
    "care": ("careSoft", "careLine", "careText", "careSoft"),
    "warn": ("warnSoft", "warnLine", "warnText", "warnSoft"),
    "off": ("", "line", "disabledText", ""),
}
"""Kind of a button: fill, edge, text, fill under the pointer."""

ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
TIGHT = 1.15
"""Distance of two lines in a button, by the size of its letters."""
_THICK = ("dangerOutline", "chosen")


class Button(QAbstractButton):
    """A word with an icon and its key. Disabled, it is painted as `off`, whatever its kind.

    A screen reader presses it as a click does; one that can be checked too, which Qt by itself would only toggle.
    `height` is control, small, call, red or stacked; `stacked` puts the icon above the word. With `fixed` the button
    takes the share that its layout gives and never asks for more: the key cap goes first, then the word is elided.
    """

    def __init__(
        self,
        text: str = "",
        key: str = "",
        *,
        icon: str = "",
        kind: str = "normal",
        height: str = "control",
        left: bool = False,
        strong: bool = True,
        fixed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key, self._icon, self._kind, self._height = key, icon, kind, height
        self._left, self._strong, self._fill = left, strong, 0.0
        self._reason = self._purpose = ""
        self._brief, self._told, self._fixed = False, False, fixed
        self._walk: Callable[[Button, int], object] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        horizontal = QSizePolicy.Policy.Ignored if fixed or self.stacked else QSizePolicy.Policy.Preferred
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._toggled)
        self.restyle()
        self.setText(text)

    @property
    def stacked(self) -> bool:
        """Whether the icon stands above the word."""
        return self._height == "stacked"

    @property
    def kind(self) -> str:
        """How the button looks while it is enabled."""
        return self._kind

    def setText(self, text: str) -> None:
        super().setText(text)
        # An "&" of an answer's words is no key.
        self.setShortcut(QKeySequence())
        self.setAccessibleName(text)
        self._describe()
        self.updateGeometry()

    def set_kind(self, kind: str) -> None:
        """Change the look; the size stays."""
        if kind != self._kind:
            self._kind = kind
            self.update()

    def set_key(self, key: str) -> None:
        """Change the key cap."""
        self._key = key
        self._describe()
        self.updateGeometry()
        self.update()

    def rekey(self, moved: Mapping[str, str]) -> None:
        """Keys have changed: `moved` gives the new cap of an old one."""
        if self._key in moved:
            self.set_key(moved[self._key])

    def set_height(self, height: str) -> None:
        """Change the height, by its name."""
        self._height = height
        self.restyle()

    def set_brief(self, brief: bool) -> None:
        """Paint the icon alone: the word stays its name and its tool tip."""
        if brief != self._brief:
            self._brief = brief
            self.updateGeometry()
            self.update()

    def set_icon(self, icon: str) -> None:
        """Change the icon, "" for none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_reason(self, reason: str) -> None:
        """Say why the button can't be used; shown in the tool tip and read out."""
        self._reason = reason
        self._describe()

    def set_purpose(self, purpose: str) -> None:
        """Say what the word alone does not: the question it answers, what it does; in the tool tip and read out."""
        self._purpose = purpose
        self._describe()

    def setChecked(self, on: bool) -> None:
        """Show it as checked or not; nobody is told."""
        self._told = True
        super().setChecked(on)
        self._told = False

    def be_tab(self, walk: Callable[[Button, int], object]) -> None:
        """The name of a page: only `setChecked` says that it is shown. `walk` is called for arrows, with 1 or -1."""
        self._walk = walk
        self.setCheckable(True)
        self.setAutoExclusive(True)

    def nextCheckState(self) -> None:
        """A click: Qt tells of it when it is over."""
        if self._walk is None:
            self._told = True
            super().nextCheckState()
            self._told = False

    def _toggled(self, on: bool) -> None:
        group = self.group()
        # Of a group's exclusive ones the one that is given up has not been pressed.
        if self._told or not (on or group is None or not group.exclusive()):
            return
        if self._walk is not None:
            self.setChecked(not on)
        self.clicked.emit()

    def set_fill(self, share: float) -> None:
        """Fill the lower edge (a hold in progress), 0 to 1."""
        self._fill = share
        self.update()

    def bind(self, action: QAction) -> None:
        """Trigger `action` when pressed and follow its enabled state."""
        self.clicked.connect(action.trigger)
        action.enabledChanged.connect(self.setEnabled)
        self.setEnabled(action.isEnabled())

    def restyle(self) -> None:
        now = look()
        self.setFont(now.font("captionStrong" if self.stacked else "bodyStrong" if self._strong else "body"))
        heights = {
            "control": now.control,
            "small": now.small_control,
            "call": now.call_button,
            "red": now.red_button,
            "stacked": now.size(56),
        }
        self.setFixedHeight(heights[self._height])
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        if self._brief:
            return QSize(self.height(), self.height())
        return QSize(self.width_for(self.text()), self.height())

    def width_for(self, text: str) -> int:
        """Width in pixels that the button would like for `text`."""
        now = look()
        width = QFontMetricsF(self.font()).horizontalAdvance(text) + now.space("m") * 2
        if self._icon:
            width += now.size(18) + (now.space("s") if text else 0)
        if self._key:
            width += key_width(self._key) + now.space("s") * 1.5
        return round(width) + 4

    def minimumSizeHint(self) -> QSize:
        return QSize(self.height() if self._brief else look().size(44), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() in ARROWS and self._walk is not None:
            self._walk(self, 1 if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1)
        elif event.key() in ARROWS:
            event.ignore()  # Qt would walk to some neighbour; whoever holds the button knows the order
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = look()
        kind = self._kind if self.isEnabled() else "off"
        fill, edge, text, hover = KINDS[kind]
        edge = "" if self._kind == "quiet" and not now.contrast else now.edge(edge)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            fill = hover or fill
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, radius = self._box(), RADIUS["control"]
        painter.setBrush(now.colour(fill) if fill else Qt.BrushStyle.NoBrush)
        width = 2 if kind in _THICK else 1
        painter.setPen(QPen(now.colour(edge), width) if edge else Qt.PenStyle.NoPen)
        inset = width / 2 - 0.5
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
        colour = now.colour(text)
        if self._fill:
            self._paint_fill(painter, box, colour)
        painter.setFont(self.font())
        if self._brief:
            side = now.size(18)
            place = QRectF(0, 0, side, side)
            place.moveCenter(QRectF(self.rect()).center())
            icons.draw(painter, self._icon, place, colour)
        elif self.stacked:
            self._paint_stacked(painter, box, colour)
        else:
            self._paint_row(painter, box, colour)
        if self.hasFocus():
            draw_focus_ring(painter, box, radius)

    def _describe(self) -> None:
        more = [line for part in (self._purpose, self._reason) for line in part.splitlines()]
        self.setToolTip("\n".join((f"{self.accessibleName()}  {self._key}".strip(), *more)))
        self.setAccessibleDescription(" · ".join(filter(None, (spoken_key(self._key), *more))))

    def _paint_fill(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS["control"], RADIUS["control"])
        painter.save()
        painter.setClipPath(path)
        height = look().size(5)
        painter.fillRect(QRectF(box.left(), box.bottom() - height, box.width() * self._fill, height), colour)
        painter.restore()

    def _paint_stacked(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        now = look()
        side, metrics = now.size(20), QFontMetricsF(self.font())
        gap = now.size(3)
        top = box.top() + (box.height() - side - gap - metrics.height()) / 2
        icons.draw(
            painter, self._icon, QRectF(round(box.center().x() - side / 2), round(top), side, side), colour
        )
        painter.setPen(colour)
        line = QRectF(box.left(), top + side + gap, box.width(), metrics.height())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), self.shown_words())
        font = now.font("key")
        # A long key would lie over the icon: it is left to the tool tip.
        room = (box.width() - side) / 2 - 4
        if self._key and QFontMetricsF(font).horizontalAdvance(self._key) <= room:
            painter.setFont(font)
            corner = QRectF(box.left(), box.top() + 3, box.width() - 5, metrics.height())
            painter.drawText(corner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), self._key)

    def shown_words(self) -> str:
        """The word as it is painted: it ends in an ellipsis where there is no room for the whole."""
        if self._brief:
            return self.text()
        box = self._box()
        if self.stacked:
            metrics = QFontMetricsF(self.font())
            return str(metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width() - 4))
        return " ".join(self._row_words(box)[0])

    def _box(self) -> QRectF:
        return QRectF(self.rect()).adjusted(1, 1, -1, -1)

    def _room(self, box: QRectF, icon: bool, key: bool) -> float:
        """Width of a row that is left for words."""
        now = look()
        gap = now.space("s")
        beside = now.space("m") + gap + (now.size(18) + gap if icon else 0)
        return box.width() - beside - (key_width(self._key) + gap if key else 0)

    def _row_words(self, box: QRectF) -> tuple[list[str], bool, bool]:
        """Lines of words, and whether icon and key are shown. What is too long loses its key first; then it takes a
        second line where the button is high enough; then a call button, whose word says it too, loses its icon."""
        metrics, text, icon = QFontMetricsF(self.font()), self.text(), bool(self._icon)
        width = metrics.horizontalAdvance(text)
        if self._key and width <= self._room(box, icon, True):
            return [text], icon, True
        may_drop = icon and self._height == "call" and self._fixed
        for shown in (icon, False) if may_drop else (icon,):
            room = self._room(box, shown, False)
            if width <= room:
                return [text], shown, False
            lines = in_two(text, metrics, room)
            if lines and 2 * self._leading() <= box.height():
                return lines, shown, False
        words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self._room(box, icon, False))
        return [words], icon, False

    def _leading(self) -> float:
        return self.font().pixelSize() * TIGHT

    def _paint_row(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        now = look()
        metrics = QFontMetricsF(self.font())
        lines, icon, key = self._row_words(box)
        side, gap = now.size(18), now.space("s")
        marked = side + gap if icon else 0
        right = box.right() - gap
        if key:
            right = draw_key(painter, self._key, right, box.center().y(), colour) - gap
        start = box.left() + now.space("m")
        if not self._left and not self._key:
            widest = max(metrics.horizontalAdvance(line) for line in lines)
            start = box.left() + (box.width() - widest - marked) / 2
        if icon:
            place = QRectF(round(start), round(box.center().y() - side / 2), side, side)
            icons.draw(painter, self._icon, place, colour)
        painter.setFont(self.font())
        painter.setPen(colour)
        leading = self._leading() if len(lines) > 1 else box.height()
        top = box.center().y() - leading * len(lines) / 2
        for line in lines:
            area = QRectF(start + marked, top, right - start - marked + 4, leading)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), line)
            top += leading


def in_two(text: str, metrics: QFontMetricsF, room: float) -> list[str]:
    """The words in two lines that fit into `room`, the first as long as it can be; empty where they do not."""
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        lines = [" ".join(words[:count]), " ".join(words[count:])]
        if metrics.horizontalAdvance(lines[0]) <= room:
            return lines if metrics.horizontalAdvance(lines[1]) <= room else []
    return []
