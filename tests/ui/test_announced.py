"""What a screen reader says by itself, and how urgently; what the system shows while the window is behind others."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.call import Hold
from desktop.domain.events import MicrophoneJudged, PhoneLost, SpeechStateChanged, SuggestionOffered
from desktop.domain.faq import Suggestion
from desktop.domain.line_quality import MicrophoneTrouble
from desktop.domain.phone import Registration, SoundState
from desktop.domain.transcript import Leg, SpeechState
from desktop.ui import announcer
from desktop.ui.announcer import Announcer
from desktop.ui.history import row_list
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.phone_fakes import FakeClock
from tests.ui.protection_fakes import CRISIS, CURSE
from tests.ui.talking import FewAnswers, end, offer, say, talk

Spoken = list[tuple[str, bool]]


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> Spoken:
    """Every sentence and whether it is urgent."""
    found: Spoken = []

    def keep(_widget: QWidget, text: str, assertive: bool = False) -> None:
        found.append((text, assertive))

    for module in (announcer, row_list):
        monkeypatch.setattr(module, "say", keep)
    return found


def since(spoken: Spoken) -> Spoken:
    """What has been said since the last time."""
    said = spoken.copy()
    spoken.clear()
    return said


def panes_of(window: MainWindow) -> DeskPanes:
    assert isinstance(window.panes, DeskPanes)
    return window.panes


def press(window: MainWindow, desk: Desk, *names: str) -> None:
    for name in names:
        desk.do(window.action(name).trigger)


def test_a_call_from_its_ring_to_its_write_up(make_window: WindowFactory, spoken: Spoken) -> None:
    window, desk = make_window(language="en")
    desk.do(desk.phone.ring)
    assert since(spoken) == [("Incoming call: 010-••••-4720. F2 answers.", True)]
    press(window, desk, "answer")
    assert since(spoken) == []
    press(window, desk, "mute", "mute")
    heard = [("Muted · the caller can't hear you", False), ("Not muted · the caller hears you", False)]
    assert since(spoken) == heard
    press(window, desk, "hold")
    assert since(spoken) == [("On hold · neither hears the other", False)]
    press(window, desk, "hold")
    since(spoken)
    desk.do(lambda: desk.phone.ring("c2", "sip:0212345678@city"))
    assert since(spoken) == [("Second call: 02-••••-5678", True)]
    desk.do(lambda: desk.phone.hung_up_by_caller("c2"))
    since(spoken)
    end(desk)
    assert since(spoken) == [("Call ended", True)]
    desk.do(lambda: window.wrap_up.choose("주정차", "answered"))
    press(window, desk, "done")
    assert since(spoken) == [("The write-up is saved.", False)]


def test_hold_is_said_when_the_other_side_does_it(make_window: WindowFactory, spoken: Spoken) -> None:
    _, desk = make_window(language="en")
    talk(desk)
    since(spoken)
    desk.do(lambda: desk.phone.say(replace(desk.phone.media, hold=Hold.REMOTE)))
    assert since(spoken) == [("The other side has put you on hold", False)]


def test_a_caller_on_hold_who_hangs_up_is_told_once(make_window: WindowFactory, spoken: Spoken) -> None:
    window, desk = make_window(language="en")
    talk(desk)
    desk.do(lambda: desk.phone.ring("c2", "sip:0212345678@city"))
    press(window, desk, "answer")
    since(spoken)
    desk.do(lambda: desk.phone.hung_up_by_caller("c1"))
    assert since(spoken) == [("The caller on hold has hung up.", True)]


def test_a_lost_registration_is_said_once_and_its_end_too(make_window: WindowFactory, spoken: Spoken) -> None:
    _, desk = make_window(language="en")
    for seconds in (2.0, 4.0, 8.0):
        desk.do(partial(desk.phone.say, Registration("failed", 503, "", seconds)))
        desk.do(lambda: desk.phone.say(Registration("trying")))
    assert since(spoken) == [("Calls can't reach you. The server does not answer.", False)]
    desk.do(lambda: desk.phone.say(Registration("registered")))
    assert since(spoken) == [("Calls can reach you again.", False)]


def test_lost_sound_and_a_lost_phone_are_urgent(make_window: WindowFactory, spoken: Spoken) -> None:
    _, desk = make_window(language="en")
    talk(desk)
    since(spoken)
    desk.do(lambda: desk.phone.say(SoundState("", "", "no_devices")))
    desk.do(lambda: desk.services.bus.publish(MicrophoneJudged(MicrophoneTrouble.SILENT)))
    desk.do(lambda: desk.services.bus.publish(PhoneLost("crash")))
    said = since(spoken)
    assert [urgent for _, urgent in said] == [True] * len(said)
    words = " ".join(text for text, _ in said)
    assert "No sound device" in words
    assert "hear nothing from your microphone" in words
    assert "The phone" in words


def test_a_transcript_that_fails_is_said(make_window: WindowFactory, spoken: Spoken) -> None:
    _, desk = make_window(language="en")
    talk(desk)
    since(spoken)
    desk.services.transcript.state = SpeechState.RESTARTING
    desk.do(lambda: desk.services.bus.publish(SpeechStateChanged(SpeechState.RESTARTING, "")))
    assert [(text.split()[0], urgent) for text, urgent in since(spoken)] == [("Transcript", False)]


def test_hints_are_urgent_and_say_their_keys(make_window: WindowFactory, spoken: Spoken) -> None:
    window, desk = make_window(language="en")
    talk(desk)
    since(spoken)
    say(desk, f"이 {CURSE}야", 3)
    assert since(spoken) == [("Sounds like: Verbal abuse · 1. F12 begin. Esc no", True)]
    press(window, desk, "red_button")
    said = [text for text, _ in since(spoken)]
    assert "Evidence saved" in said
    assert sum(text.startswith("Say this: ") for text in said) == 1
    desk.clock.go(2)
    press(window, desk, "said_it", "calm")
    since(spoken)
    say(desk, CRISIS, 30)
    assert since(spoken) == [("This may be a crisis. F11 crisis call. Esc no", True)]
    press(window, desk, "crisis")
    assert any(text.startswith("Say this: ") for text, _ in since(spoken))


def test_a_report_is_said_once(make_window: WindowFactory, spoken: Spoken) -> None:
    window, desk = make_window(language="en")
    talk(desk)
    press(window, desk, "red_button")
    end(desk)
    since(spoken)
    for _ in range(3):
        desk.do(lambda: window.panes.choose(1))
    press(window, desk, "send_report")
    assert since(spoken) == [("The report is saved.", False)]


def test_a_suggestion_and_what_is_opened_are_said(
    make_window: WindowFactory, desk: Desk, spoken: Spoken
) -> None:
    desk.do(lambda: desk.services.faq.use(FewAnswers()))
    window, desk = make_window(language="en")
    talk(desk)
    since(spoken)
    offer(desk)
    assert since(spoken) == [
        ("Suggested from the call: 불법 주정차는 어떻게 신고하나요?. Ctrl+O opens it.", False)
    ]
    desk.services.faq.answers = FewAnswers()
    card = Suggestion("F1", "불법 주정차는 어떻게 신고하나요?", "소화전", 0.9)
    desk.do(lambda: desk.services.bus.publish(SuggestionOffered(card)))
    since(spoken)
    press(window, desk, "take_suggestion")
    assert since(spoken) == [("Open: 불법 주정차는 어떻게 신고하나요?", False)]


def test_rows_that_the_field_walks_through_are_said(
    make_window: WindowFactory, desk: Desk, spoken: Spoken
) -> None:
    desk.do(lambda: desk.services.faq.use(FewAnswers()))
    window, desk = make_window(language="en")
    field = panes_of(window).answers.field
    desk.do(lambda: field.setFocus())
    desk.do(lambda: field.setText("여권"))
    since(spoken)
    desk.do(lambda: QTest.keyClick(field, Qt.Key.Key_Down))
    assert [text.split("?")[0] for text, _ in since(spoken)] == ["여권을 다시 만들려면"]


def test_what_was_found_is_said_when_the_typing_pauses(
    make_window: WindowFactory, desk: Desk, spoken: Spoken
) -> None:
    desk.do(lambda: desk.services.faq.use(FewAnswers()))
    window, desk = make_window(language="en")
    field, typing = panes_of(window).answers.field, panes_of(window).faq
    desk.do(lambda: field.setFocus())
    for words, expected in (("여권", "1 found"), ("쀍", "Nothing for “쀍”. Use fewer words or browse.")):
        desk.do(partial(field.setText, words))
        since(spoken)
        desk.do(typing.tell_found)
        assert since(spoken) == [(expected, False)]


def test_lines_are_said_only_on_wish_and_only_those_of_others(
    make_window: WindowFactory, spoken: Spoken
) -> None:
    _, desk = make_window(language="en")
    talk(desk)
    since(spoken)
    say(desk, "수도가 안 나와요.", 3)
    assert since(spoken) == []
    desk.settings.change(read_transcript=True)
    say(desk, "언제 고치나요?", 8)
    say(desk, "확인하겠습니다.", 11, Leg.AGENT)
    assert since(spoken) == [("Caller: 언제 고치나요?", False)]


class Window(QWidget):
    """In front or behind, as the test says."""

    active = True

    def isActiveWindow(self) -> bool:
        return self.active


def test_the_urgent_is_shown_by_the_system_while_the_window_is_behind(qtbot: QtBot, spoken: Spoken) -> None:
    window, clock, shown = Window(), FakeClock(), list[str]()
    qtbot.addWidget(window)
    voice = Announcer(window, clock, shown.append)
    voice.say("Incoming call", assertive=True)
    window.active = False
    voice.say("Saved")
    voice.say("Call ended", assertive=True)
    voice.look()
    assert shown == ["Call ended"]
    window.active = True
    voice.look()
    voice.look()
    assert shown == ["Call ended", ""]
    since(spoken)
    voice.say_toast("Call ended.")
    clock.go(2)
    voice.say_toast("Call ended.")
    assert since(spoken) == [("Call ended.", False)]
