"""Ctrl+K and F1: found by typing, done by Enter, given back by Esc, over the stage and never over the phone."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.ui.key_table import KEYS
from desktop.ui.main_window import MainWindow
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.geometry import place

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def _press(window: MainWindow, desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    target = QApplication.focusWidget() or window
    desk.do(lambda: QTest.keyClick(target, key, modifier))


def _open(window: MainWindow, desk: Desk) -> None:
    _press(window, desk, Qt.Key.Key_K, CTRL)
    assert window.commands.is_open
    assert window.overlay.field.hasFocus()


def _type(window: MainWindow, desk: Desk, text: str) -> None:
    desk.do(lambda: window.overlay.field.setText(text))


def _names(window: MainWindow) -> list[str]:
    return [row.name for row in window.overlay.list.rows.rows]


def _talk(desk: Desk, window: MainWindow) -> None:
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)


def test_every_action_is_listed_with_its_key(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    _open(window, desk)
    assert set(_names(window)) == set(KEYS) - {"commands"}
    rows = {row.name: row for row in window.overlay.list.rows.rows}
    assert rows["search"].caps == ("Ctrl+F", "/")
    assert rows["mute"].reason == "In a call"
    assert rows["search"].reason == ""
    usable = [not row.reason for row in window.overlay.list.rows.rows]
    assert usable == sorted(usable, reverse=True)


def test_typing_finds_and_enter_does(make_window: WindowFactory) -> None:
    window, desk = make_window(language="ko")
    _talk(desk, window)
    window.focus_notes()
    _open(window, desk)
    _type(window, desk, "ㅂㄹ")
    assert _names(window) == ["hold"]
    _press(window, desk, Qt.Key.Key_Return)
    assert not window.commands.is_open
    assert window.notes.edit.hasFocus()
    call = desk.services.calls.current
    assert call is not None
    assert call.on_hold


def test_what_is_being_composed_counts_and_keeps_its_keys(make_window: WindowFactory) -> None:
    window, desk = make_window(language="ko")
    _talk(desk, window)
    _open(window, desk)
    field = window.overlay.field
    desk.do(lambda: QApplication.sendEvent(field, QInputMethodEvent("볼", [])))
    assert "hold" in _names(window)
    before = window.overlay.list.current
    _press(window, desk, Qt.Key.Key_Down)
    assert window.overlay.list.current == before
    committed = QInputMethodEvent("", [])
    committed.setCommitString("보류")
    desk.do(lambda: QApplication.sendEvent(field, committed))
    assert field.text() == "보류"
    assert _names(window)[0] == "hold"


def test_what_makes_no_sense_now_says_when_it_does(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    said: list[str] = []
    window.announce = lambda text, assertive=False: said.append(text)  # type: ignore[method-assign]
    _open(window, desk)
    _type(window, desk, "hold")
    _press(window, desk, Qt.Key.Key_Return)
    assert window.commands.is_open
    assert said[-1] == "Not now · In a call"
    _type(window, desk, "no such thing")
    assert _names(window) == []
    assert "no such thing" in said[-1]
    _press(window, desk, Qt.Key.Key_Return)
    assert window.commands.is_open


def test_escape_and_the_key_itself_give_the_focus_back(make_window: WindowFactory) -> None:
    window, desk = make_window()
    _talk(desk, window)
    for key, modifier in ((Qt.Key.Key_Escape, NONE), (Qt.Key.Key_K, CTRL)):
        window.focus_notes()
        _open(window, desk)
        _press(window, desk, key, modifier)
        assert not window.commands.is_open
        assert window.notes.edit.hasFocus()
    assert window.situation == "talking"


def test_a_focus_that_is_gone_is_not_given_back(make_window: WindowFactory) -> None:
    window, desk = make_window()
    gone = QLineEdit(window)
    gone.show()
    gone.setFocus()
    _open(window, desk)
    shiboken6.delete(gone)  # type: ignore[no-untyped-call]
    _press(window, desk, Qt.Key.Key_Escape)
    assert not window.commands.is_open


def test_arrows_choose_and_headings_are_passed_over(make_window: WindowFactory) -> None:
    window, desk = make_window()
    _press(window, desk, Qt.Key.Key_F1)
    rows = window.overlay.list.rows.rows
    assert rows[0].heading
    seen = [window.overlay.list.current]
    while True:
        _press(window, desk, Qt.Key.Key_Down)
        if window.overlay.list.current == seen[-1]:
            break
        seen.append(window.overlay.list.current)
    assert seen[0] == -1  # Enter alone does nothing
    assert seen[1:] == [place for place, row in enumerate(rows) if not row.heading]
    assert {row.name for row in rows if row.name} == set(KEYS)
    _press(window, desk, Qt.Key.Key_Return)
    assert window.commands.is_open  # the last row is a key that is no action


def test_the_calls_own_keys_work_while_it_is_open(make_window: WindowFactory) -> None:
    window, desk = make_window()
    _open(window, desk)
    desk.do(desk.phone.ring)
    assert window.commands.is_open
    assert window.overlay.field.hasFocus()
    _press(window, desk, Qt.Key.Key_F2)
    assert str(window.situation) == "talking"
    assert window.commands.is_open
    _press(window, desk, Qt.Key.Key_F12)
    assert str(window.situation) == "abuse"
    assert not window.commands.is_open


def test_what_needs_the_stage_closes_it(make_window: WindowFactory) -> None:
    window, desk = make_window()
    _talk(desk, window)
    for name in ("calls", "search", "pane_1", "next_pane", "state", "settings", "crisis"):
        window.focus_notes()
        _open(window, desk)
        desk.do(window.action(name).trigger)
        assert not window.commands.is_open, name
        focus = QApplication.focusWidget()
        assert focus is not None, name
        assert focus.isVisible(), name


def test_done_rests_for_a_second_after_the_call(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    _talk(desk, window)
    desk.do(desk.phone.hung_up_by_caller)
    desk.do(lambda: window.wrap_up.choose("주정차", "answered"))
    _open(window, desk)
    _type(window, desk, "done")
    _press(window, desk, Qt.Key.Key_Return)
    assert window.situation == "wrap_up"
    desk.clock.go(2)
    _press(window, desk, Qt.Key.Key_Return, CTRL)
    assert window.situation == "wrap_up"  # the list is open: its own key is Enter alone
    _press(window, desk, Qt.Key.Key_Return)
    assert str(window.situation) == "idle"


@pytest.mark.parametrize(("size", "text"), [((1366, 697), 130), ((1920, 1040), 100)])
def test_it_covers_the_stage_only(make_window: WindowFactory, size: tuple[int, int], text: int) -> None:
    window, desk = make_window(*size, text_size=text)
    _talk(desk, window)
    before, whole = place(window, window.column), (window.width(), window.height())
    for key, modifier in ((Qt.Key.Key_K, CTRL), (Qt.Key.Key_F1, NONE)):
        _press(window, desk, key, modifier)
        overlay = place(window, window.overlay)
        assert place(window, window.stage).contains(overlay)
        for part in (window.column.card, window.column.red):
            assert not overlay.intersects(place(window, part))
        assert window.overlay.list.height() >= 6 * window.overlay.list.row_height()
    assert place(window, window.column) == before
    assert (window.width(), window.height()) == whole


def test_it_is_read_out_and_every_part_has_a_name(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    said: list[str] = []
    window.announce = lambda text, assertive=False: said.append(text)  # type: ignore[method-assign]
    _open(window, desk)
    assert said == ["All commands"]
    assert window.overlay.accessibleName() == "All commands"
    for part in (window.overlay.field, window.overlay.list, window.overlay.change):
        assert part.accessibleName()
    _press(window, desk, Qt.Key.Key_Down)
    row = window.overlay.list.chosen_row()
    assert row is not None
    assert said[-1].startswith(row.words)
    assert row.caps[0] in said[-1]
    _press(window, desk, Qt.Key.Key_Tab)
    assert window.overlay.change.hasFocus()
    _press(window, desk, Qt.Key.Key_Return)
    assert window.situation == "settings"
    assert window.settings_stage.page == "keys"
