"""The focus never jumps by itself: whatever happens while the agent types in a field, field, text and cursor stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

from desktop.domain.asked import Asked
from desktop.domain.consultation import Purpose
from desktop.domain.phone import Registration, SoundState, TextCame
from desktop.domain.transcript_events import AskedShown
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from desktop.ui.preferences.keys_page import KeysPage
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.phone_fakes import START
from tests.ui.protection_fakes import CURSE
from tests.ui.talking import FewAnswers, end, murmur, offer, say, talk

ASKED = Asked("c2", "c1", Purpose.SUPERVISOR, "Boss", START)
Event = tuple[str, Callable[[MainWindow, Desk], object]]


def _do(work: Callable[[MainWindow, Desk], object]) -> Callable[[MainWindow, Desk], object]:
    return lambda window, desk: desk.do(lambda: work(window, desk))


def _toast_goes(window: MainWindow, desk: Desk) -> None:
    desk.do(lambda: window.show_toast("여섯 초", lambda: None))
    desk.do(window.toast._expire)


def _press(name: str) -> Callable[[MainWindow, Desk], object]:
    return lambda window, desk: desk.do(window.action(name).trigger)


ANY_TIME: list[Event] = [
    ("a toast", _do(lambda window, _desk: window.show_toast("저장했습니다."))),
    ("a toast with a way back", _do(lambda window, _desk: window.show_toast("저장했습니다.", lambda: None))),
    ("a toast that goes", _toast_goes),
    ("registration lost", _do(lambda _window, desk: desk.phone.say(Registration("failed", 503, "", 12.0)))),
    ("registration back", _do(lambda _window, desk: desk.phone.say(Registration("registered")))),
    ("no sound", _do(lambda _window, desk: desk.phone.say(SoundState("", "", "no_devices")))),
    ("a text", _do(lambda _window, desk: desk.phone.say(TextCame("sip:01012344720@city", "내일")))),
]
IDLE: list[Event] = [
    *ANY_TIME,
    ("a call", _do(lambda _window, desk: desk.phone.ring())),
    ("a caller who gives up", _do(lambda _window, desk: desk.phone.hung_up_by_caller())),
]
CALL: list[Event] = [
    ("a line", lambda _window, desk: say(desk, "소화전 앞에 차가 있어요.", 3)),
    ("speech", lambda _window, desk: murmur(desk, "처리되면", 6)),
    ("a suggestion", lambda _window, desk: offer(desk)),
    ("a suggestion that goes", _do(lambda _window, desk: desk.services.faq.drop())),
    ("an insult", lambda _window, desk: say(desk, CURSE, 9)),
    ("somebody asked", _do(lambda _window, desk: desk.services.bus.publish(AskedShown(ASKED)))),
    ("the citizen again", _do(lambda _window, desk: desk.services.bus.publish(AskedShown(None)))),
    ("a second caller", _do(lambda _window, desk: desk.phone.ring("c2", "sip:0212345678@city"))),
    ("the second gone", _do(lambda _window, desk: desk.phone.hung_up_by_caller("c2"))),
    *ANY_TIME,
    ("the end", lambda _window, desk: end(desk)),
]


@dataclass(frozen=True)
class Case:
    """A field: how it is come to, which widget it is, and what happens while the agent types in it."""

    events: list[Event]
    find: Callable[[MainWindow, DeskPanes], QWidget]
    steps: list[Callable[[MainWindow, Desk], object]] = field(default_factory=list)


def _read_an_answer(window: MainWindow, desk: Desk) -> None:
    desk.do(lambda: _panes(window).answers.field.setText("여권"))
    desk.do(lambda: _panes(window).choose(1))


def _panes(window: MainWindow) -> DeskPanes:
    assert isinstance(window.panes, DeskPanes)
    return window.panes


def _keys_page(window: MainWindow) -> KeysPage:
    page = window.settings_stage.page_of("keys")
    assert isinstance(page, KeysPage)
    return page


def _settings(page: str) -> Callable[[MainWindow, Desk], object]:
    return lambda window, desk: desk.do(lambda: window.open_settings(page))


def _write_up(_window: MainWindow, desk: Desk) -> None:
    say(desk, "여권을 다시 만들고 싶어요.", 1)
    end(desk)


CASES: dict[str, Case] = {
    "search": Case(IDLE, lambda _w, panes: panes.answers.field, [_press("search")]),
    "calls": Case(IDLE, lambda _w, panes: panes.every.field, [_press("calls")]),
    "proposal": Case(IDLE, lambda _w, panes: panes.proposal.answer, [_press("propose_new")]),
    "flag": Case(
        IDLE,
        lambda _w, panes: panes.answers.flag_form._note,
        [_read_an_answer, _press("flag")],
    ),
    "dial": Case(IDLE, lambda window, _p: window.column.card.dial_field, [_press("dial")]),
    "palette": Case(IDLE, lambda window, _p: window.overlay.field, [_press("commands")]),
    "settings": Case(IDLE, lambda window, _p: _keys_page(window).field, [_settings("keys")]),
    "notes in a call": Case(CALL, lambda window, _p: window.notes.edit),
    "search in a call": Case(CALL, lambda _w, panes: panes.answers.field, [_press("search")]),
    "find in a call": Case(CALL, lambda _w, panes: panes.transcript._find.field, [_press("find_in_call")]),
    "calls in a call": Case(CALL, lambda _w, panes: panes.every.field, [_press("calls")]),
    "transfer": Case(CALL, lambda window, _p: window.column.card.dial_field, [_press("transfer")]),
    "palette in a call": Case(CALL, lambda window, _p: window.overlay.field, [_press("commands")]),
    "settings in a call": Case(CALL, lambda window, _p: _keys_page(window).field, [_settings("keys")]),
    "flag in a call": Case(
        CALL, lambda _w, panes: panes.answers.flag_form._note, [_read_an_answer, _press("flag")]
    ),
    "notes in abuse": Case(CALL, lambda window, _p: window.notes.edit, [_press("red_button")]),
    "notes after": Case(ANY_TIME, lambda window, _p: window.notes.edit, [_write_up]),
    "category": Case(ANY_TIME, lambda _w, panes: panes.wrap_up_view.other, [_write_up, _press("pane_3")]),
}
SIZES = {"columns": (1366, 768, 100), "pair": (1366, 768, 125), "compact": (1366, 768, 200)}


def _typed(widget: QWidget) -> tuple[str, int]:
    if isinstance(widget, QLineEdit):
        return widget.text(), widget.cursorPosition()
    assert isinstance(widget, QTextEdit)
    return widget.toPlainText(), widget.textCursor().position()


@pytest.mark.parametrize("layout", ["columns", "compact", pytest.param("pair", marks=pytest.mark.long)])
@pytest.mark.parametrize("name", CASES)
def test_focus_and_cursor_stay(make_window: WindowFactory, name: str, layout: str) -> None:
    case = CASES[name]
    width, height, text = SIZES[layout]
    window, desk = make_window(width, height, text_size=text)
    desk.do(lambda: desk.services.faq.use(FewAnswers()))
    desk.services.calls.call_waiting = True
    if case.events is not IDLE:
        talk(desk)
    for step in case.steps:
        step(window, desk)
    if name.startswith("notes"):
        desk.do(window.focus_notes)
    widget = case.find(window, _panes(window))
    widget.setFocus()
    assert QApplication.focusWidget() is widget
    desk.do(lambda: QTest.keyClicks(widget, "ab cd"))
    before = _typed(widget)
    assert before[0] == "ab cd"
    for what, happens in case.events:
        happens(window, desk)
        assert QApplication.focusWidget() is widget, what
        assert widget.isVisible(), what
        assert _typed(widget) == before, what
