"""The write-up as the agent does it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.agent import AgentState
from desktop.domain.wrapup import Result
from desktop.settings import Value
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import end, say, talk


def _ended(make_window: WindowFactory, **settings: Value) -> tuple[MainWindow, DeskPanes, Desk]:
    window, desk = make_window(language="en", **settings)
    assert isinstance(window.panes, DeskPanes)
    talk(desk)
    say(desk, "계량기의 숫자를 알려 달래요.", 1)
    desk.do(lambda: window.panes.choose(2))
    window.focus_notes()
    end(desk)
    return window, window.panes, desk


def _proposed(panes: DeskPanes) -> list[str]:
    return [button.text() for button in panes.wrap_up_view._categories.buttons if not button.isHidden()]


def test_category_of_the_answer_that_was_read_is_proposed_first(make_window: WindowFactory) -> None:
    _window, panes, _desk = _ended(make_window)
    assert _proposed(panes)[0] == "여권"
    assert len(_proposed(panes)) == 3


def test_digits_choose_and_done_saves_and_goes_on(make_window: WindowFactory) -> None:
    window, panes, desk = _ended(make_window)
    desk.do(lambda: panes.choose(1))
    desk.do(lambda: panes.choose(5))
    desk.do(window.action("done").trigger)
    kept = desk.run(desk.records.wrap_up("c1"))
    assert kept is not None
    assert (kept.category, kept.result, kept.saved) == ("여권", Result.TRANSFERRED, True)
    assert window.situation == "idle"
    assert desk.services.agent.state is AgentState.READY


@pytest.mark.parametrize("text", [100, 200])
def test_after_done_the_next_key_is_typed_into_the_search(make_window: WindowFactory, text: int) -> None:
    window, panes, desk = _ended(make_window, text_size=text)
    desk.do(lambda: window.wrap_up.choose("세금", "call_back"))
    desk.do(window.focus_notes)
    desk.do(lambda: QTest.keyClick(window.notes.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier))
    assert window.situation == "idle"
    assert QApplication.focusWidget() is panes.answers.field
    assert panes.answers.field.isVisible()
    desk.do(window.action("undo").trigger)
    focus = QApplication.focusWidget()
    back = window.notes.edit if text == 100 else panes.wrap_up_view.first_focus()
    assert focus is back, "a write-up that is back takes the keys again"
    assert not window.notes.edit.isReadOnly()


def test_who_reads_while_the_write_up_is_finished_goes_on_reading(make_window: WindowFactory) -> None:
    window, _panes, desk = _ended(make_window)
    desk.do(lambda: window.wrap_up.choose("세금", "call_back"))
    state = window.top_bar.state
    desk.do(state.setFocus)
    desk.do(window.action("done").trigger)
    assert window.situation == "idle"
    assert state.hasFocus()


def test_done_says_what_is_missing_and_nothing_is_lost(make_window: WindowFactory) -> None:
    window, panes, desk = _ended(make_window)
    desk.do(window.action("done").trigger)
    assert panes.wrap_up_view.isVisible()
    assert "type and an outcome" in panes.wrap_up_view._missing.text()
    desk.do(lambda: panes.choose(1))
    desk.do(window.action("done").trigger)
    assert "outcome" in panes.wrap_up_view._missing.text()
    desk.do(lambda: panes.choose(4))
    desk.do(window.action("done").trigger)
    assert window.situation == "idle"


def test_undo_opens_the_write_up_again_as_it_was(make_window: WindowFactory) -> None:
    window, panes, desk = _ended(make_window)
    desk.do(lambda: window.wrap_up.choose("세금", "call_back"))
    desk.do(window.action("done").trigger)
    desk.do(window.action("undo").trigger)
    assert window.situation == "wrap_up"
    assert "세금" in _proposed(panes)
    opened = desk.services.wrap_up.open
    assert opened is not None
    assert (opened.category, opened.result) == ("세금", Result.CALL_BACK)


def test_a_searched_category_takes_a_place_among_the_proposals(make_window: WindowFactory) -> None:
    _window, panes, desk = _ended(make_window)
    field = panes.wrap_up_view.other
    field.setFocus()
    desk.do(lambda: field.setText("ㅈㅈ"))
    desk.do(lambda: panes.wrap_up_view.search_requested.emit("ㅈㅈ"))
    desk.do(field._take_first)
    assert desk.services.wrap_up.open is not None
    assert desk.services.wrap_up.open.category == "주정차"
    assert "주정차" in _proposed(panes)


def test_time_counts_down_then_up_and_a_minute_can_be_added(make_window: WindowFactory) -> None:
    window, panes, desk = _ended(make_window)
    view = panes.wrap_up_view
    panes.wrap_up._tick()
    assert view._time.text() == "0:58"
    desk.clock.go(70)
    panes.wrap_up._tick()
    assert view._time.text() == "+0:12"
    assert not view._over.isHidden()
    desk.do(window.action("more_time").trigger)
    assert view._time.text() == "1:00"
    assert view._over.isHidden()


def test_last_button_says_what_follows(make_window: WindowFactory) -> None:
    _window, panes, desk = _ended(make_window)
    assert panes.wrap_up_view.done_button.text() == "Done, ready"
    desk.run(desk.services.agent.choose(AgentState.BREAK))
    assert panes.wrap_up_view.done_button.text() == "Done, break"


def test_key_lines_go_into_the_notes(make_window: WindowFactory) -> None:
    window, _panes, desk = _ended(make_window)
    desk.do(window.action("insert_lines").trigger)
    assert "계량기의 숫자를 알려 달래요." in window.notes.text


def test_levels_of_a_category_are_shown_with_a_mark_and_kept_as_they_are(make_window: WindowFactory) -> None:
    window, panes, desk = _ended(make_window)
    deep = "교통 > 주정차"
    desk.do(lambda: panes.wrap_up.set_category(deep))
    assert "교통 › 주정차" in _proposed(panes)
    desk.do(lambda: panes.choose(4))
    desk.do(window.action("done").trigger)
    kept = desk.run(desk.records.wrap_up("c1"))
    assert kept is not None
    assert kept.category == deep
    field = panes.wrap_up_view.other
    taken: list[str] = []
    field.chosen.connect(taken.append)
    field.show_matches([deep])
    field.setText("주정")
    field.returnPressed.emit()
    assert taken == [deep]
