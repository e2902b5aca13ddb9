"""Quotes of the report are heard again from the recording of the call."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import end, say, talk


def _report(make_window: WindowFactory) -> tuple[MainWindow, DeskPanes, Desk]:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    talk(desk)
    say(desk, "당장 지우라고.", 3)
    desk.do(window.action("red_button").trigger)
    desk.settle()
    return window, window.panes, desk


def _enter(desk: Desk, panes: DeskPanes) -> None:
    panes.evidence.quotes.choose(0)
    desk.do(lambda: QTest.keyClick(panes.evidence.quotes, Qt.Key.Key_Return))
    desk.settle()


def test_enter_plays_a_quote_after_the_call(make_window: WindowFactory) -> None:
    _window, panes, desk = _report(make_window)
    desk.recordings.shelf.put("c1")
    end(desk)
    _enter(desk, panes)
    ((call_id, begin, until),) = desk.recordings.playback.played
    assert call_id == "c1"
    assert 2.5 < begin < 3.0
    assert until > 3.0
    assert not panes.evidence.quotes.rows.rows[0].heard, "hearing it is no tick"


def test_a_click_on_the_left_plays(make_window: WindowFactory) -> None:
    _window, panes, desk = _report(make_window)
    desk.recordings.shelf.put("c1")
    end(desk)
    quotes = panes.evidence.quotes
    place = QPoint(10, quotes.row_height() // 2)
    desk.do(lambda: QTest.mouseClick(quotes.viewport(), Qt.MouseButton.LeftButton, pos=place))
    desk.settle()
    assert len(desk.recordings.playback.played) == 1


def test_without_a_recording_it_is_said(make_window: WindowFactory) -> None:
    window, panes, desk = _report(make_window)
    end(desk)
    _enter(desk, panes)
    assert desk.recordings.playback.played == []
    assert window.toast.text == "There is no recording of this."


def test_a_headset_that_does_not_work_is_said(make_window: WindowFactory) -> None:
    window, panes, desk = _report(make_window)
    desk.recordings.shelf.put("c1")
    desk.recordings.playback.broken = True
    end(desk)
    _enter(desk, panes)
    assert window.toast.text == "The recording can't be played. Check the headset."
