from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from desktop.domain.agent import AgentState
from desktop.domain.events import SpeechStateChanged
from desktop.domain.line_quality import MicrophoneTrouble
from desktop.domain.phone import AudioReport, Registration, SoundState
from desktop.domain.transcript import SpeechRemark, SpeechState
from desktop.ui import messages
from desktop.ui.bars.top_bar import TopBar
from tests.ui.conftest import WindowFactory
from tests.ui.talking import talk


def _words(bar: TopBar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize(
    ("state", "shape", "word"),
    [
        ("none", "off", "No account"),
        ("registered", "ok", "Registered"),
        ("trying", "warn", "Connecting"),
        ("failed", "fail", "Not registered"),
        ("unregistered", "off", "Signed off"),
    ],
)
def test_the_phone_light(make_window: WindowFactory, state: str, shape: str, word: str) -> None:
    window, desk = make_window(language="en")
    desk.do(lambda: desk.phone.say(Registration(state)))
    light = window.light_bar.phone
    assert (light.state, light.text()) == (shape, word)


@pytest.mark.parametrize("state", list(SpeechState))
def test_the_transcript_light_knows_every_state(make_window: WindowFactory, state: SpeechState) -> None:
    window, desk = make_window(language="en")
    desk.services.transcript.state = state
    desk.do(lambda: desk.services.bus.publish(SpeechStateChanged(state)))
    light = window.light_bar.transcript
    assert light.text()
    assert (light.state in ("warn", "fail")) == (
        state not in (SpeechState.OFF, SpeechState.UNSUITED, SpeechState.LOADING, SpeechState.READY)
    )
    if light.state in ("warn", "fail"):
        assert light.toolTip() != light.text(), "a light that is not fine says what to do"


@pytest.mark.parametrize("remark", list(SpeechRemark))
def test_the_transcript_light_that_is_fine_still_says_what_is_to_be_said(
    make_window: WindowFactory, remark: SpeechRemark
) -> None:
    window, desk = make_window(language="en")
    desk.services.transcript.detail = remark.value
    desk.do(lambda: desk.services.bus.publish(SpeechStateChanged(SpeechState.READY, remark.value)))
    light = window.light_bar.transcript
    assert light.state == "ok"
    assert messages.speech_remark(remark.value)
    assert messages.speech_remark(remark.value) in light.toolTip()


def test_without_a_microphone_the_light_is_broken(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(lambda: desk.phone.say(SoundState("", "", "no_devices")))
    assert window.light_bar.microphone.state == "fail"
    assert window.light_bar.microphone.text() == "No microphone"


def test_levels_move_the_bars_of_their_side(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    desk.do(lambda: desk.phone.say(AudioReport("c1", "caller", True, -10.0, 0)))
    assert window.light_bar.caller._level == 5
    assert window.light_bar.microphone._level == 0


def test_the_top_bar_says_state_and_what_follows(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert window.top_bar.state.text() == "Ready"
    desk.do(desk.phone.ring)
    assert window.top_bar.state.text() == "Ringing"
    desk.do(window.action("answer").trigger)
    assert window.top_bar.state.text() == "On call"
    assert "Next: Ready" in _words(window.top_bar)
    desk.do(window.action("end").trigger)
    assert window.top_bar.state.text() == "Wrap-up"
    assert "1 call today" in _words(window.top_bar)


def test_the_state_menu_covers_nothing(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(window.action("state").trigger)
    menu = window.state_menu
    assert menu.isVisible()
    assert window.top_bar.isAncestorOf(menu)
    desk.do(window.action("state").trigger)
    assert not menu.isVisible()


def test_the_state_menu_closes_also_when_who_had_the_focus_is_gone(
    make_window: WindowFactory,
) -> None:
    window, desk = make_window()
    gone = QLineEdit(window)
    gone.show()
    desk.do(gone.setFocus)
    assert QApplication.focusWidget() is gone
    desk.do(window.action("state").trigger)
    shiboken6.delete(gone)  # type: ignore[no-untyped-call]
    desk.do(lambda: QTest.keyClick(window.state_menu, Qt.Key.Key_2))
    assert not window.state_menu.isVisible()
    assert desk.services.agent.state is AgentState.BREAK


def test_reports_that_wait_are_counted(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    desk.do(window.action("red_button").trigger)
    assert window.light_bar.reports.text() == "1 report to send"


def test_a_microphone_without_sound_is_said_in_light_and_card(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    talk(desk)
    light, card = window.light_bar.microphone, window.column.card
    desk.clock.go(8)
    desk.do(lambda: desk.phone.say(AudioReport("c1", "agent", False, -90.0, 0)))
    assert (light.text(), light.state) == ("Microphone silent", "warn")
    assert card.notice_text == light.toolTip() == messages.microphone_sentence(MicrophoneTrouble.SILENT)
    desk.do(lambda: desk.phone.say(AudioReport("c1", "agent", True, -20.0, 0)))
    assert (light.text(), light.state, card.notice_text) == ("Microphone", "ok", "")


@pytest.mark.parametrize(
    ("registration", "words"),
    [
        (Registration("failed", 503, "", 5.0), "Trying again in 5 s. The server does not answer."),
        (Registration("failed", 401, ""), "Calls can't reach you. The server refuses user name or password."),
        (Registration("failed", 503, "x", 5.0, "expired"), "The server's certificate has expired. Tell IT."),
        (Registration("failed", 486, "x", 5.0), "The server says 486."),
        (Registration("failed", 503, "x", 5.0, "not_found"), "The server's name was not found."),
        (Registration("failed", 503, "x", 1.0, "offline"), "This computer has no network."),
        (Registration("failed", 503, "x", 0.2, "woken"), "This computer was asleep."),
        (Registration("failed", 401, "x", 0.0, "no_digest"), "a proof of the password that this phone"),
        (
            Registration("registered", 200, server="two.test (192.0.2.2:5060)"),
            "way of two.test (192.0.2.2:5060).",
        ),
    ],
)
def test_the_phone_light_names_the_cause(
    make_window: WindowFactory, registration: Registration, words: str
) -> None:
    window, desk = make_window(language="en")
    desk.do(lambda: desk.phone.say(registration))
    assert words in window.light_bar.phone.toolTip()
