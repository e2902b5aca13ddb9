"""Declining with a reason: by key and digit, what the caller hears, what the history says."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.domain.call import Outcome
from desktop.ui.call.line_words import kept_text
from desktop.ui.history.rows import status_of
from desktop.ui.main_window import MainWindow
from tests.ui.call.test_second_line import press
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import talk


def key(desk: Desk, which: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    desk.do(lambda: QTest.keyClick(focus, which))


@pytest.mark.parametrize(
    ("digit", "code", "row", "kept"),
    [
        (Qt.Key.Key_1, 486, "Declined · heard busy", "Busy"),
        (Qt.Key.Key_2, 603, "Declined", "Declined"),
        (Qt.Key.Key_3, 480, "Declined · heard not here", "Not here"),
    ],
)
def test_a_digit_says_what_the_caller_hears_and_the_history_keeps_it(
    make_window: WindowFactory, digit: Qt.Key, code: int, row: str, kept: str
) -> None:
    window, desk = make_window(language="en")
    assert not window.action("decline_with").isEnabled()
    desk.do(desk.phone.ring)
    before = QApplication.focusWidget()
    press(window, desk, "decline_with")
    assert window.column.card.refusing
    key(desk, digit)
    assert ("reject", "c1", code) in desk.phone.told
    assert not window.column.card.refusing
    assert QApplication.focusWidget() is before
    assert not window.action("decline_with").isEnabled()
    (call,) = desk.run(desk.records.calls(5))
    assert call.outcome is Outcome.REJECTED
    assert status_of(call, None) == (row, False)
    assert kept_text(call, None) == f"You declined it; the caller heard: {kept}"


def test_the_row_goes_with_the_caller_and_with_escape(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(desk.phone.ring)
    press(window, desk, "decline_with")
    key(desk, Qt.Key.Key_Escape)
    assert not window.column.card.refusing
    assert str(window.situation) == "ringing"
    press(window, desk, "decline_with")
    desk.do(desk.phone.hung_up_by_caller)
    assert not window.column.card.refusing
    (call,) = desk.run(desk.records.calls(5))
    assert call.outcome is Outcome.MISSED
    assert not [told for told in desk.phone.told if told[0] == "reject"]


def test_the_row_closes_also_when_who_had_the_focus_is_gone(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(desk.phone.ring)
    gone = QLineEdit(window)
    gone.show()
    desk.do(gone.setFocus)
    press(window, desk, "decline_with")
    shiboken6.delete(gone)  # type: ignore[no-untyped-call]
    key(desk, Qt.Key.Key_1)
    assert not window.column.card.refusing
    assert ("reject", "c1", 486) in desk.phone.told


def test_f8_says_busy_at_once_and_who_waits_beside_a_call_can_be_told_why(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(desk.phone.ring)
    press(window, desk, "end")
    assert desk.phone.told[-1] != ("reject", "c1", 603)
    assert ("reject", "c1", 486) in desk.phone.told
    waits(window, desk)
    press(window, desk, "decline_with")
    key(desk, Qt.Key.Key_3)
    assert ("reject", "c2", 480) in desk.phone.told
    assert str(window.situation) == "talking"
    outcomes = {call.id: call.outcome for call in desk.run(desk.records.calls(5))}
    assert outcomes["c2"] is Outcome.REJECTED


def waits(window: MainWindow, desk: Desk) -> None:
    """The agent speaks with c3, c2 waits."""
    desk.services.calls.call_waiting = True
    talk(desk, "c3")
    desk.do(lambda: desk.phone.ring("c2", "sip:01099998888@city"))
    assert window.column.card.notice_text.startswith("Second call")
