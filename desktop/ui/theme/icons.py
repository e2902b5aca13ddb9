"""Line icons from `resources/icons`, drawn in the colour that is asked for; pixmaps are kept, parsing is dear."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import paths


@functools.cache
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@functools.lru_cache(maxsize=512)
def pixmap(name: str, colour: str, side: float, ratio: float) -> QPixmap:
    """Icon `name` in `colour` (`#rrggbb`), `side` logical pixels wide. Raises OSError for an unknown name."""
    picture = QPixmap(max(1, round(side * ratio)), max(1, round(side * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


def draw(painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
    """Draw icon `name` into the square `box`."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(box.topLeft(), pixmap(name, colour.name(), box.width(), ratio))
