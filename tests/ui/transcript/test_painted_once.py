"""What is moved instead of painted again is the same picture: the display's against one that is painted afresh."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.transcript import Leg
from desktop.ui.panes import DeskPanes
from desktop.ui.theme.look import look
from desktop.ui.transcript.line import Line, Side
from desktop.ui.transcript.list_view import LineList
from desktop.ui.transcript.model import TranscriptModel
from tests.ui.conftest import WindowFactory
from tests.ui.talking import say, talk

SAID = (
    "네.",
    "여기 소화전 앞에 맨날 차를 대는 사람이 있어요. 단속을 하긴 하는 겁니까? 연락 주세요.",
    "한들로 5길 9 앞이요.",
)

SCALE = 1.5


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


def test_nothing_old_is_left_where_the_edge_lies_inside_a_pixel(qtbot: QtBot) -> None:
    view = LineList(TranscriptModel())
    qtbot.addWidget(view)
    view.resize(301, 101)
    wide, high = math.ceil(301 * SCALE), math.ceil(101 * SCALE)
    picture = QImage(wide, high, QImage.Format.Format_RGB32)
    picture.fill(QColor("magenta"))
    picture.setDevicePixelRatio(SCALE)
    view.viewport().render(picture, QPoint(0, 0), QRegion(), QWidget.RenderFlag(0))
    edges = [picture.pixelColor(at, high - 1) for at in range(0, wide, 50)]
    edges += [picture.pixelColor(wide - 1, at) for at in range(0, high, 50)]
    assert edges == [look().colour("surface")] * len(edges)


def test_a_line_more_than_a_screen_holds_asks_for_no_room(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    model = TranscriptModel()
    view = LineList(model)
    qtbot.addWidget(view)
    monkeypatch.setattr(LineList, "updateGeometry", lambda self: asked.append(self.content_height()))
    for number in range(300):
        model.add(Line(Side.CALLER, "", SAID[1], float(number)))
    assert asked[0] < 100
    assert 3900 < asked[-1] < 4100 < view.content_height()
    assert len(asked) == len(set(asked)) < 150
