from __future__ import annotations

import ast
import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTextEdit, QWidget

import desktop.ui
from desktop.domain.agent import AgentState
from desktop.domain.call import Hold
from desktop.ui.key_table import KEYS
from desktop.ui.main_window import MainWindow
from desktop.ui.preferences.pages import PAGES
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk


def _press(window: MainWindow, desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    target = QApplication.focusWidget() or window
    desk.do(lambda: QTest.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier))


CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_a_whole_call_by_keys_alone(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(desk.phone.ring)
    assert str(window.situation) == "ringing"
    _press(window, desk, Qt.Key.Key_F2)
    assert str(window.situation) == "talking"
    _press(window, desk, Qt.Key.Key_F3)
    _press(window, desk, Qt.Key.Key_F4)
    call = desk.services.calls.current
    assert call is not None
    assert call.muted
    assert call.hold is Hold.LOCAL
    _press(window, desk, Qt.Key.Key_1, ALT)
    assert window.notes.edit.hasFocus()
    desk.do(lambda: QTest.keyClicks(window.notes.edit, "plate 4720"))
    _press(window, desk, Qt.Key.Key_F8)
    assert str(window.situation) == "wrap_up"
    assert desk.run(desk.records.notes("c1")) == "plate 4720"


def test_focus_stays_while_it_rings(make_window: WindowFactory) -> None:
    window, desk = make_window()
    _press(window, desk, Qt.Key.Key_3, ALT)
    before = QApplication.focusWidget()
    desk.do(desk.phone.ring)
    assert before is not None
    assert QApplication.focusWidget() is before


def test_ctrl_enter_does_nothing_in_the_second_after_the_caller_hung_up(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    desk.do(lambda: window.notes.focus())
    desk.do(desk.phone.hung_up_by_caller)
    desk.do(lambda: window.wrap_up.choose("주정차", "answered"))
    _press(window, desk, Qt.Key.Key_Return, CTRL)
    assert str(window.situation) == "wrap_up"
    desk.clock.go(1.5)
    window.notes.focus()
    _press(window, desk, Qt.Key.Key_Return, CTRL)
    assert str(window.situation) == "idle"


def test_f6_goes_round_the_places_and_alt_digits_go_there(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    _press(window, desk, Qt.Key.Key_1, ALT)
    seen = []
    for _ in range(3):
        _press(window, desk, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert len(set(seen)) >= 2
    assert seen[-1] is window.notes.edit or window.notes.edit in seen


def test_state_menu_takes_a_digit_and_gives_the_focus_back(make_window: WindowFactory) -> None:
    window, desk = make_window()
    _press(window, desk, Qt.Key.Key_3, ALT)
    before = QApplication.focusWidget()
    _press(window, desk, Qt.Key.Key_S, ALT)
    assert window.state_menu.isVisible()
    _press(window, desk, Qt.Key.Key_2)
    assert desk.services.agent.state is AgentState.BREAK
    assert not window.state_menu.isVisible()
    assert QApplication.focusWidget() is before
    assert ("availability", 480) in desk.phone.told


def test_a_state_chosen_in_a_call_is_what_follows(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    _press(window, desk, Qt.Key.Key_S, ALT)
    _press(window, desk, Qt.Key.Key_3)
    assert desk.services.agent.state is AgentState.ON_CALL
    assert desk.services.agent.queued is AgentState.OFF


def test_dialling_in_the_slot_of_the_card(make_window: WindowFactory) -> None:
    window, desk = make_window()
    _press(window, desk, Qt.Key.Key_D, CTRL)
    field = window.column.card.dial_field
    assert field.hasFocus()
    desk.do(lambda: QTest.keyClicks(field, "0101234"))
    _press(window, desk, Qt.Key.Key_Return)
    assert ("dial", "0101234") in desk.phone.told
    assert window.column.card.buttons["end"].isEnabled()


def test_escape_closes_one_layer_and_never_a_call(make_window: WindowFactory) -> None:
    window, desk = make_window()
    _press(window, desk, Qt.Key.Key_D, CTRL)
    _press(window, desk, Qt.Key.Key_Escape)
    assert not window.column.card.dialling
    desk.do(window.action("settings").trigger)
    _press(window, desk, Qt.Key.Key_Escape)
    assert str(window.situation) == "idle"
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    for _ in range(3):
        _press(window, desk, Qt.Key.Key_Escape)
    assert str(window.situation) == "talking"


def test_a_call_can_be_answered_while_settings_are_open(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(window.action("settings").trigger)
    desk.do(desk.phone.ring)
    assert str(window.situation) == "settings"
    _press(window, desk, Qt.Key.Key_F2)
    assert str(window.situation) == "talking"


def test_no_two_actions_share_a_key(make_window: WindowFactory) -> None:
    window, _ = make_window()
    bound = [QKeySequence(key) for name, each in KEYS.items() if not each.shared for key in each.keys]
    assert len({key.toString() for key in bound}) == len(bound)
    for name, each in KEYS.items():
        if not each.shared:
            assert window.action(name).shortcuts() == [QKeySequence(key) for key in each.keys]


def _nameless(window: MainWindow) -> list[str]:
    found = []
    for kind in (QAbstractButton, QLineEdit, QTextEdit, QComboBox):
        for widget in window.findChildren(kind):
            if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisible() or _of_qt(widget):
                continue
            if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())):
                found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def test_every_control_has_a_name_in_every_situation(make_window: WindowFactory) -> None:
    window, desk = make_window()
    assert _nameless(window) == []
    desk.do(window.action("settings").trigger)
    for page in PAGES:
        desk.do(partial(window.settings_stage.show_page, page))
        assert _nameless(window) == [], page
    for step in (desk.phone.ring, window.action("answer").trigger, window.action("red_button").trigger):
        desk.do(step)
        assert _nameless(window) == [], window.situation
    desk.do(window.action("change_type").trigger)
    assert _nameless(window) == []
    desk.do(window.panes.escape)
    desk.do(window.action("crisis").trigger)
    assert str(window.situation) == "crisis"
    assert _nameless(window) == []
    desk.do(desk.phone.hung_up_by_caller)
    assert _nameless(window) == []
    desk.do(window.close_report)
    assert str(window.situation) == "wrap_up"
    assert _nameless(window) == []


def _of_qt(widget: QWidget) -> bool:
    return isinstance(widget.parent(), QComboBox) or "qt_" in widget.objectName()


def test_labels_take_plain_text_only(make_window: WindowFactory) -> None:
    window, _ = make_window()
    rich = [label for label in window.findChildren(QLabel) if label.textFormat() != Qt.TextFormat.PlainText]
    assert [label.text() for label in rich] == []
    assert not window.notes.edit.acceptRichText()


def test_hostile_text_stays_text(make_window: WindowFactory) -> None:
    window, desk = make_window()
    name = "<img src=x><b>Kim</b>\u202e"
    desk.do(lambda: desk.phone.ring("c9", "sip:kim@city", name))
    shown = [label.text() for label in window.column.card.findChildren(QLabel)]
    assert name in shown
    window.grab()


def test_nothing_waits_inside_the_window() -> None:
    """No nested loop: no exec(), no processEvents()."""
    folder = Path(desktop.ui.__file__).parent
    found = []
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("exec", "exec_", "processEvents"):
                found.append(f"{file.name}:{node.lineno}")
    assert found == []


def test_numbers_are_masked_everywhere(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(lambda: desk.phone.ring("c1", "sip:01012344720@city", "010-1234-4720"))
    desk.do(window.action("answer").trigger)
    labels = [label.text() for label in window.findChildren(QLabel)]
    hidden = [f"{each.toolTip()} {each.accessibleName()}" for each in window.findChildren(QWidget)]
    words = " ".join([*labels, *hidden])
    assert "010-••••-4720" in words
    assert not re.search(r"010-?1234-?4720", words)


def test_theme_and_language_change_while_it_runs(make_window: WindowFactory) -> None:
    window, desk = make_window(language="ko", theme="light")
    assert window.column.card.buttons["answer"].text() == "받기"
    desk.settings.change(language="en", theme="dark")
    desk.do(window.settings_changed)
    assert window.column.card.buttons["answer"].text() == "Answer"
    assert window.top_bar.settings.text() == "Settings"
    assert window.palette().window().color().name() == "#12171a"
    assert window.windowTitle() == "Dasan Desk"


def test_closing_is_asked_for_and_then_done(make_window: WindowFactory) -> None:
    window, desk = make_window()
    asked = []
    window.closing.connect(lambda: asked.append(True))
    desk.do(window.close)
    assert asked == [True]
    assert window.isVisible()
    desk.do(window.let_close)
    assert not window.isVisible()
