"""Keys are changed by pressing them; conflicts are named; whatever a file says, every action has a key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from desktop.ui.main_window import MainWindow
from desktop.ui.preferences.keys_page import KeyRow, KeysPage
from desktop.ui.shortcuts import key_map, shown
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.faq.test_answer_keys import press

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def _page(window: MainWindow, desk: Desk) -> KeysPage:
    desk.do(lambda: window.open_settings("keys"))
    page = window.settings_stage.page_of("keys")
    assert isinstance(page, KeysPage)
    return page


def _ask(desk: Desk, row: KeyRow) -> None:
    desk.do(row.key.click)
    assert row.key.listening
    assert row.key.hasFocus()


def test_a_pressed_key_holds_at_once_everywhere(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    page = _page(window, desk)
    _ask(desk, page.rows["settings"])
    press(desk, Qt.Key.Key_F4, CTRL)
    assert desk.settings.current.keys == "settings:Ctrl+F4"
    assert window.action("settings").shortcuts() == [QKeySequence("Ctrl+F4")]
    assert page.rows["settings"].key.text() == "Ctrl+F4"
    assert window.top_bar.settings.accessibleDescription() == "Ctrl+F4 · They are open"
    assert "Ctrl+F4" in window.toast.text
    press(desk, Qt.Key.Key_Comma, CTRL)
    assert window.situation == "settings"
    press(desk, Qt.Key.Key_F4, CTRL)
    assert str(window.situation) == "idle"
    desk.do(window.action("keys").trigger)
    assert {row.name: row.caps for row in window.overlay.list.rows.rows}["settings"] == ("Ctrl+F4",)
    desk.do(window.commands.close)
    desk.do(window.action("undo").trigger)
    assert desk.settings.current.keys == ""
    assert window.top_bar.settings.accessibleDescription() == "Ctrl+,"
    assert shown("settings") == "Ctrl+,"


def test_a_key_that_another_action_has_is_named_and_swapped_when_meant(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    page = _page(window, desk)
    row = page.rows["mute"]
    _ask(desk, row)
    press(desk, Qt.Key.Key_F4)
    assert desk.settings.current.keys == ""
    assert "F4 is the key of ‘Hold’" in row.hint.text()
    assert row.key.listening
    press(desk, Qt.Key.Key_F4)
    assert (shown("mute"), shown("hold")) == ("F4", "F3")
    assert page.rows["hold"].key.text() == "F3"
    assert not row.hint.isVisible()
    desk.do(page.rows["mute"].reset.click)
    assert "F3 is the key of ‘Hold’" in row.hint.text()
    desk.do(page.reset_all.click)
    assert desk.settings.current.keys == ""
    assert not page.reset_all.isEnabled()


def test_dangerous_keys_are_refused_and_escape_changes_nothing(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    page = _page(window, desk)
    row = page.rows["mute"]
    _ask(desk, row)
    for key, modifier in ((Qt.Key.Key_C, CTRL), (Qt.Key.Key_M, NONE), (Qt.Key.Key_F9, NONE)):
        press(desk, key, modifier)
        assert row.hint.isVisible()
        assert row.key.listening
    press(desk, Qt.Key.Key_Return, CTRL)
    assert "several things" in row.hint.text()
    press(desk, Qt.Key.Key_Escape)
    assert not row.key.listening
    assert not row.hint.isVisible()
    assert window.situation == "settings"
    assert desk.settings.current.keys == ""
    assert not page.rows["done"].key.isEnabled()


def test_a_call_comes_first(make_window: WindowFactory) -> None:
    window, desk = make_window()
    page = _page(window, desk)
    _ask(desk, page.rows["dial"])
    desk.do(desk.phone.ring)
    assert not page.rows["dial"].key.listening
    _ask(desk, page.rows["dial"])
    press(desk, Qt.Key.Key_F2)
    assert str(window.situation) == "talking"
    assert desk.settings.current.keys == ""


def test_rows_are_found_by_word_and_by_key(make_window: WindowFactory) -> None:
    window, desk = make_window(language="ko")
    page = _page(window, desk)
    desk.do(lambda: page.field.setText("ㅇㅅㄱ"))
    assert [name for name, row in page.rows.items() if row.isVisible()] == ["mute"]
    desk.do(lambda: page.field.setText("f12"))
    assert {name for name, row in page.rows.items() if row.isVisible()} == {"red_button", "said_it"}


def test_keys_of_the_file_hold_from_the_start_and_wrong_ones_are_told(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en", keys="red_button:F11 crisis:F12 mute:Ctrl+C dial:Alt+Q")
    assert window.top_bar.crisis.accessibleDescription() == "F12"
    assert window.light_bar.settings.isVisible()
    assert "mute:Ctrl+C" in window.light_bar.settings.toolTip()
    assert "F3" in window.light_bar.settings.toolTip()
    assert key_map().keys("dial") == ("Alt+Q",)
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    press(desk, Qt.Key.Key_F3)
    call = desk.services.calls.current
    assert call is not None
    assert call.muted
    desk.do(lambda: QTest.keyPress(window, Qt.Key.Key_F11))
    assert str(window.situation) == "abuse"
    desk.clock.go(2)
    desk.do(lambda: QTest.keyRelease(window, Qt.Key.Key_F11))
    press(desk, Qt.Key.Key_F12)
    assert str(window.situation) == "crisis"


def test_the_way_back_to_a_key_comes_before_it_for_tab_too(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    page = _page(window, desk)
    row = page.rows["mute"]
    _ask(desk, row)
    press(desk, Qt.Key.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert row.reset.isVisible()
    row.reset.setFocus()
    press(desk, Qt.Key.Key_Tab)
    assert row.key.hasFocus()
