"""What a caller names: masked chips, and one key or click puts the real value into the notes."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop.domain.transcript import Leg
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from desktop.ui.transcript import bubble, details
from desktop.ui.transcript.model import LINE_ROLE
from desktop.ui.transcript.view import TranscriptView
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import end, say, talk

WHERE = "한들로 5길 9 앞에 12가 3456이 서 있어요."


def _talking(make_window: WindowFactory, **settings: bool) -> tuple[MainWindow, TranscriptView, Desk]:
    window, desk = make_window(language="en", **settings)
    assert isinstance(window.panes, DeskPanes)
    talk(desk)
    return window, window.panes.transcript, desk


def _chips(view: TranscriptView) -> list[list[str]]:
    return [[details.shown_words(detail) for detail in line.details] for line in view.model.lines]


def _point_of(view: TranscriptView, row: int, chip: int) -> QPoint:
    """The middle of a chip in the viewport."""
    QApplication.processEvents()
    line = view.model.lines[row]
    box = QRectF(view.list.visualRect(view.model.index(row)))
    box.setWidth(view.list._heights.width)
    corner: QPointF = bubble.chips_corner(line, box)
    return details.places(line.details, box.width())[chip].translated(corner).center().toPoint()


def test_chips_are_masked_and_the_caller_s_alone(make_window: WindowFactory) -> None:
    _window, view, desk = _talking(make_window)
    say(desk, WHERE, 1)
    say(desk, "12가 3456 말씀이시죠?", 4, Leg.AGENT)
    assert _chips(view) == [["Address 한들로 •길 •", "Plate 12가 ••56"], []]
    spoken = view.model.index(0).data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert "Plate 12가 ••56" in spoken


def test_chips_are_plain_where_the_settings_say_so(make_window: WindowFactory) -> None:
    _window, view, desk = _talking(make_window, mask_numbers=False)
    say(desk, "010-1234-5678이에요.", 1)
    assert _chips(view) == [["Phone 010-1234-5678"]]


def test_the_row_is_higher_by_the_chips(make_window: WindowFactory) -> None:
    _window, view, desk = _talking(make_window)
    say(desk, "네 그렇습니다", 1)
    say(desk, "12가 3456이요", 4)
    plain, with_chip = map(view.list._heights.height, range(2))
    assert with_chip - plain >= details.height(view.model.lines[1].details, view.list._heights.width)


def test_a_click_copies_the_real_value_and_undo_takes_it_back(make_window: WindowFactory) -> None:
    window, view, desk = _talking(make_window)
    say(desk, WHERE, 1)
    place = _point_of(view, 0, 1)
    desk.do(lambda: QTest.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=place))
    assert window.notes.text == "Plate 12가 3456"
    assert [detail.copied for detail in view.model.lines[0].details] == [False, True]
    desk.do(window.action("undo").trigger)
    assert window.notes.text == ""
    assert not any(detail.copied for detail in view.model.lines[0].details)


def test_one_key_copies_the_newest_and_then_what_is_left(make_window: WindowFactory) -> None:
    window, view, desk = _talking(make_window)
    say(desk, "번호는 010-1234-5678이에요.", 1)
    say(desk, WHERE, 4)
    for _ in range(4):
        desk.do(window.action("copy_detail").trigger)
    assert window.notes.text.splitlines() == [
        "Address 한들로 5길 9",
        "Plate 12가 3456",
        "Phone 010-1234-5678",
    ]
    say(desk, "그러니까 12가 3456이요.", 9)
    assert view.model.lines[2].details[0].copied
    assert view.model.newest_detail() is None


@pytest.mark.parametrize("place", ["notes", "search", "transcript"])
def test_the_key_works_wherever_the_focus_is(make_window: WindowFactory, place: str) -> None:
    window, view, desk = _talking(make_window)
    assert isinstance(window.panes, DeskPanes)
    say(desk, "12가 3456이요", 1)
    targets = {"notes": window.notes.edit, "search": window.panes.answers.field, "transcript": view.list}
    desk.do(targets[place].setFocus)
    desk.do(lambda: QTest.keyClick(targets[place], Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier))
    assert window.notes.text == "Plate 12가 3456"


def test_the_menu_key_offers_the_chips_of_the_line(make_window: WindowFactory) -> None:
    window, view, desk = _talking(make_window)
    say(desk, WHERE, 1)
    desk.do(lambda: view.list.setFocus())
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    desk.do(lambda: QApplication.sendEvent(view.list.viewport(), asked))
    menu = view.list.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Address 한들로 •길 •", "Plate 12가 ••56"]
    desk.do(menu.actions()[1].trigger)
    menu.close()
    assert window.notes.text == "Plate 12가 3456"


def test_enter_copies_the_only_chip_of_the_line(make_window: WindowFactory) -> None:
    window, view, desk = _talking(make_window)
    say(desk, "12가 3456이요", 1)
    desk.do(lambda: view.list.setFocus())
    desk.do(lambda: QTest.keyClick(view.list, Qt.Key.Key_Return))
    assert window.notes.text == "Plate 12가 3456"


def test_after_the_call_the_key_still_works_for_the_write_up(make_window: WindowFactory) -> None:
    window, _view, desk = _talking(make_window)
    say(desk, "12가 3456이요", 1)
    end(desk)
    assert window.action("copy_detail").isEnabled()
    desk.do(window.action("copy_detail").trigger)
    assert window.notes.text == "Plate 12가 3456"


def test_no_log_hears_what_was_named(make_window: WindowFactory, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    window, view, desk = _talking(make_window)
    say(desk, "번호는 010-9876-5432예요.", 1)
    desk.do(window.action("copy_detail").trigger)
    assert "9876" in window.notes.text
    assert "9876" not in caplog.text
    assert "9876" not in repr(view.model.index(0).data(LINE_ROLE).details)


def test_a_line_is_copied_as_it_was_said_without_what_was_found_in_it(make_window: WindowFactory) -> None:
    _window, view, desk = _talking(make_window)
    say(desk, WHERE, 3)
    view.mark()
    view.list.setFocus()
    view.list.setCurrentIndex(view.model.index(0))
    QTest.keyClick(view.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    (line,) = view.model.lines
    assert QApplication.clipboard().text() == f"Caller {line.time} {WHERE}"
