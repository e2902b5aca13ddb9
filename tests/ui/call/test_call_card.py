from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop.domain.call import Call, CallState, Direction
from desktop.domain.events import PhoneLost
from desktop.domain.phone import EngineRestarted, PhoneReady, Registration, SoundState
from desktop.ui import messages
from desktop.ui.call.notices import NoticeBoard, Reason
from desktop.ui.call.words import clock_text, name_of, who
from desktop.ui.main_window import MainWindow
from tests.ui.conftest import WindowFactory
from tests.ui.phone_fakes import START


def _words(window: MainWindow) -> list[str]:
    return [label.text() for label in window.column.card.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("seconds", "text"), [(-3, "00:00"), (0, "00:00"), (64, "01:04"), (3599, "59:59"), (3723, "1:02:03")]
)
def test_clock(seconds: int, text: str) -> None:
    assert clock_text(seconds) == text


def _call(remote: str, name: str = "") -> Call:
    return Call("c", Direction.INCOMING, remote, name, CallState.INCOMING, START)


def test_who_is_masked_unless_the_settings_say_otherwise(make_window: WindowFactory) -> None:
    make_window(language="en")
    assert who(_call("sip:01012344720@city"), mask=True) == "010-••••-4720"
    assert who(_call("sip:01012344720@city"), mask=False) == "01012344720"
    assert who(_call("sip:0212345678@city"), mask=True) == "02-••••-5678"
    assert who(_call("sip:0311234567@city"), mask=True) == "031-••••-4567"
    assert who(_call("sip:anonymous@anonymous.invalid"), mask=True) == "Number withheld"
    assert name_of(_call("sip:1@c", "010 1234 4720"), mask=True) == "010-••••-4720"
    assert name_of(_call("sip:kim@c", "Kim"), mask=True) == "Kim"
    assert name_of(_call("sip:kim@c", "kim"), mask=True) == ""


def test_the_card_through_a_call(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert "Waiting for calls" in _words(window)
    desk.do(desk.phone.ring)
    assert {"Incoming call", "010-••••-4720", "24 h 0 · 30 days 0 · 6 months 0"} <= set(_words(window))
    assert window.column.card.buttons["answer"].kind == "primary"
    assert window.column.card.buttons["end"].text() == "Decline"
    desk.do(window.action("answer").trigger)
    assert window.column.card.buttons["end"].kind == "ink"
    assert window.column.card.buttons["end"].text() == "Hang up"
    assert not window.action("answer").isEnabled()
    desk.do(window.action("mute").trigger)
    assert "Muted · the caller can't hear you" in _words(window)
    assert window.column.card.buttons["mute"].kind == "chosen"
    desk.do(window.action("hold").trigger)
    assert "On hold · neither hears the other" in _words(window)
    desk.do(window.action("end").trigger)
    assert "Call ended" in _words(window)
    assert not window.action("end").isEnabled()


def test_decline_refuses_and_counts_nothing_as_talk(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(desk.phone.ring)
    desk.do(window.action("end").trigger)
    assert ("reject", "c1", 486) in desk.phone.told
    assert str(window.situation) == "idle"


def test_a_missed_call_is_counted(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(desk.phone.ring)
    desk.do(desk.phone.hung_up_by_caller)
    assert "1 missed call today" in _words(window)


def test_earlier_calls_are_counted_when_it_rings_again(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    desk.do(desk.phone.hung_up_by_caller)
    desk.do(lambda: desk.services.wrap_up.set_category("주정차"))
    desk.run(desk.services.wrap_up.finish())
    desk.clock.go(3600)
    desk.do(lambda: desk.phone.ring("c2"))
    assert {"24 h 1 · 30 days 1 · 6 months 1", "Last topic  주정차"} <= set(_words(window))


def test_not_registered_counts_down_and_goes(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(lambda: desk.phone.say(Registration("failed", 503, "", 12.0)))
    assert window.column.card.notice_text == "Calls can't reach you. Trying again in 12 s."
    assert window.light_bar.phone.state == "fail"
    desk.do(lambda: desk.phone.say(Registration("registered", 200)))
    assert window.column.card.notice_text == ""
    assert window.light_bar.phone.state == "ok"


@pytest.mark.parametrize("problem", ["no_devices", "microphone_gone", "speaker_gone"])
def test_sound_that_is_gone_is_said_until_it_is_back(make_window: WindowFactory, problem: str) -> None:
    window, desk = make_window()
    desk.do(lambda: desk.phone.say(SoundState("", "", problem)))
    assert window.column.card.notice_text == messages.sound_sentence(SoundState("", "", problem)) != ""
    desk.do(lambda: desk.phone.say(SoundState("mic", "ear")))
    assert window.column.card.notice_text == ""


def test_a_call_that_the_engine_lost_is_told_and_called_again_by_one_key(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.clock.moment = datetime.now(UTC)  # of old calls no write-up is asked for
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    desk.do(lambda: desk.phone.say(EngineRestarted("killed", 400)))
    desk.do(lambda: desk.phone.say(PhoneReady("sip:x", "127.0.0.1", 5060)))
    assert window.column.card.notice_text == "The call was lost. Notes and records are safe."
    assert str(window.situation) == "wrap_up"
    assert window.action("redial").isEnabled()
    desk.do(window.action("redial").trigger)
    assert desk.phone.told[-2:] == [("dial", "sip:01012344720@city"), ("availability", 486)]
    assert str(window.situation) == "talking"
    desk.do(lambda: desk.phone.say(replace(desk.phone.reports["out"], state=CallState.CONFIRMED)))
    assert window.column.card.notice_text == ""
    desk.do(lambda: desk.phone.hung_up_by_caller("out"))
    written: list[str] = []
    for _ in range(2):
        assert str(window.situation) == "wrap_up"
        now = desk.services.wrap_up.open
        assert now is not None
        written.append(now.call_id)
        desk.do(lambda: window.wrap_up.choose("교통", "answered"))
        desk.do(window.action("done").trigger)
    assert sorted(written) == ["c1", "out"]
    assert str(window.situation) == "idle"


def test_a_phone_that_is_gone_is_told(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(lambda: desk.services.bus.publish(PhoneLost("killed")))
    assert "being started again" in window.column.card.notice_text


def test_the_most_urgent_notice_wins() -> None:
    shown: list[Reason | None] = []
    board = NoticeBoard(shown.append)
    board.put("speech", Reason("speech"))
    board.put("audio", Reason("audio"))
    board.put("settings", Reason("settings"))
    assert shown[-1] == Reason("audio")
    board.put("audio", None)
    assert shown[-1] == Reason("settings")
    board.put("settings", None)
    board.put("speech", None)
    assert shown[-1] is None
    with pytest.raises(ValueError, match="unknown"):
        board.put("weather", Reason("rain"))


def test_digits_typed_on_the_card_are_sent_to_whoever_is_heard(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    mute = window.column.card.buttons["mute"]
    desk.do(lambda: QTest.keyClicks(mute, "1"))
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    desk.phone.told.clear()
    desk.do(lambda: QTest.keyClicks(mute, "4#*"))
    desk.do(lambda: QTest.keyClicks(window.column.notes.edit, "12"))
    desk.settle()
    sent = [each for each in desk.phone.told if each[0] == "digits"]
    assert [each[-1] for each in sent] == ["4", "#", "*"], "what is typed into the notes is text"
    assert "Keys 4#*" in _words(window)
    desk.do(window.action("end").trigger)
    desk.do(lambda: desk.phone.ring("c2"))
    desk.do(window.action("answer").trigger)
    assert not any(word.startswith("Keys") for word in _words(window)), "they were of the call before"
