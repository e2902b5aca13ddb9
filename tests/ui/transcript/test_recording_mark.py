"""The window says that a call is recorded while it is true."""

from __future__ import annotations

from desktop.domain.recording import RecorderState
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import end, talk


def _mark(panes: DeskPanes) -> str:
    chip = panes.transcript._recorded
    return "" if chip.isHidden() else chip.text()


def _say(desk: Desk, state: RecorderState) -> None:
    desk.do(lambda: desk.recordings.recorder.say("c1", state))


def test_it_says_so_only_while_it_is_true(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    desk.services.recording._rules = type(desk.services.recording._rules)(
        desk.services.recording._rules.mode, 30, by_exchange=False
    )
    assert _mark(window.panes) == ""
    talk(desk)
    assert _mark(window.panes) == ""
    _say(desk, RecorderState.ON)
    assert _mark(window.panes) == "Recording"
    desk.run(desk.services.calls.toggle_hold())
    assert _mark(window.panes) == ""
    desk.run(desk.services.calls.toggle_hold())
    assert _mark(window.panes) == "Recording"
    _say(desk, RecorderState.FULL)
    assert _mark(window.panes) == ""
    assert (
        window.column.card.notice_text
        == "The disk is full: this call is not recorded. It goes on. Make room."
    )
    _say(desk, RecorderState.ON)
    assert _mark(window.panes) == "Recording"
    assert window.column.card.notice_text == ""
    end(desk)
    assert _mark(window.panes) == ""


def test_what_the_exchange_records_is_said_by_the_policy(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    talk(desk)
    assert _mark(window.panes) == "Recorded by the exchange"
    end(desk)
    assert _mark(window.panes) == ""
