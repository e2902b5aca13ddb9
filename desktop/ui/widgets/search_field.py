"""A line to search in: icon, words, key cap."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import icons
from desktop.ui.theme.look import look
from desktop.ui.widgets.field import Field
from desktop.ui.widgets.key_cap import draw_key, key_width


class SearchField(Field):
    """A line edit with a magnifier at the left and its key at the right, both painted on top."""

    def __init__(self, key: str = "", parent: QWidget | None = None) -> None:
        self._key = key
        super().__init__(parent)

    def rekey(self, moved: Mapping[str, str]) -> None:
        """Keys have changed: `moved` gives the new cap of an old one."""
        if self._key in moved:
            self._key = moved[self._key]
            self.restyle()
            self.update()

    def restyle(self) -> None:
        now = look()
        self.setFont(now.font("speech"))
        right = round(key_width(self._key)) + now.size(6) if self._key else 0
        self.set_room(now.size(22), right)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = now.size(18)
        left = now.space("s") + 2
        place = QRectF(left, (self.height() - side) // 2, side, side)
        icons.draw(painter, "search", place, now.colour("text3"))
        if self._key:
            draw_key(
                painter, self._key, self.width() - now.space("s"), self.height() / 2, now.colour("text3")
            )
