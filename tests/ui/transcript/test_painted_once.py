"""What is moved instead of painted again is the same picture: the display's against one that is painted afresh."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.domain.transcript import Leg
from desktop.ui.panes import DeskPanes
from desktop.ui.transcript.list_view import LineList
from tests.ui.conftest import WindowFactory
from tests.ui.talking import say, talk

SAID = (
    "네.",
    "여기 소화전 앞에 맨날 차를 대는 사람이 있어요. 단속을 하긴 하는 겁니까? 연락 주세요.",
    "한들로 5길 9 앞이요.",
)


@pytest.mark.parametrize("lines", [1, 12])
def test_lines_that_come_at_the_end(make_window: WindowFactory, lines: int) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    talk(desk)
    view = window.panes.transcript.list
    for number in range(lines + 8):
        say(desk, SAID[number % 3], number * 3.0, Leg.CALLER if number % 2 else Leg.AGENT)
        QApplication.processEvents()
        if number >= lines:
            place = QRect(view.viewport().mapTo(window, QPoint(0, 0)), view.viewport().size())
            screen = QGuiApplication.primaryScreen().grabWindow(window.winId()).toImage()
            shown = screen.copy(place).convertToFormat(QImage.Format.Format_RGB32)
            afresh = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
            assert shown.size() == afresh.size()
            assert shown == afresh, number
    assert view.verticalScrollBar().maximum() > 0
    assert view.following


def test_a_new_line_is_painted_alone(make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    talk(desk)
    for number in range(20):
        say(desk, SAID[1], number * 3.0)
    QApplication.processEvents()
    painted: list[int] = []
    paint = LineList._paint_line

    def noting(self: LineList, painter: QPainter, row: int, focused: bool) -> None:
        painted.append(row)
        paint(self, painter, row, focused)

    monkeypatch.setattr(LineList, "_paint_line", noting)
    say(desk, SAID[1], 60.0)
    QApplication.processEvents()
    assert 20 in painted
    assert len(painted) <= 3, "those that are in sight already are moved"
