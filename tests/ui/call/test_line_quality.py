"""What the window says of the line of a call, and what stands in the history afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.call import Call, CallState, Direction
from desktop.domain.line_quality import LineFacts, LineTrouble
from desktop.domain.phone import AudioReport, FlowReport, QualityReport
from desktop.ui.call.line_words import kept_text, line_sentence
from desktop.ui.panes import DeskPanes
from desktop.ui.widgets import Chip, Light
from tests.ui.conftest import WindowFactory
from tests.ui.phone_fakes import START
from tests.ui.talking import talk

GOOD = QualityReport(
    "c1", 0.2, 0.1, 3.0, 24.0, 4.3, 4.2, recent_loss_rx=0.0, recent_mos_rx=4.3, recent_mos_tx=4.2
)
POOR = replace(GOOD, recent_mos_rx=2.4)
FLOWS = FlowReport("c1", rtp_in=True, rtp_out=True)


def seen(light: Light) -> tuple[str, str]:
    return light.text(), light.state


def test_the_lights_say_what_comes_and_what_leaves(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    lights, card = window.light_bar, window.column.card
    assert not lights.sent.isVisible(), "no call"
    talk(desk)
    assert seen(lights.caller) == ("Caller audio", "off"), "nothing is known yet"
    desk.do(lambda: desk.phone.say(FLOWS))
    assert (seen(lights.caller), seen(lights.sent)) == (("Caller audio", "ok"), ("Your audio", "ok"))
    desk.do(lambda: desk.phone.say(replace(FLOWS, rtp_in=False)))
    assert seen(lights.caller) == ("No caller audio", "fail")
    assert card.notice_text == line_sentence(LineTrouble.NOTHING_IN) == lights.caller.toolTip()
    desk.do(lambda: desk.phone.say(replace(FLOWS, rtp_out=False)))
    assert seen(lights.sent) == ("Nothing is sent", "fail")
    desk.do(lambda: desk.phone.say(FLOWS))
    assert card.notice_text == ""
    desk.do(window.action("mute").trigger)
    desk.do(lambda: desk.phone.say(AudioReport("c1", "agent", True, -25.0, 0)))
    assert seen(lights.sent) == ("Muted", "off"), "what was said before the mute"
    desk.clock.go(1)
    desk.do(lambda: desk.phone.say(AudioReport("c1", "agent", True, -25.0, 0)))
    assert seen(lights.sent) == ("Announcement", "ok"), "shown from what is really sent"
    desk.clock.go(2)
    desk.do(lambda: desk.phone.say(AudioReport("c1", "agent", False, -90.0, 0)))
    assert seen(lights.sent) == ("Muted", "off")
    desk.do(window.action("mute").trigger)
    desk.do(lambda: desk.phone.say(replace(FLOWS, rtp_in=False)))
    desk.do(window.action("hold").trigger)
    assert (seen(lights.caller), card.notice_text) == (("On hold", "off"), ""), "on hold nothing is missing"
    desk.do(window.action("end").trigger)
    assert not lights.sent.isVisible()


def test_a_caller_of_whom_only_silence_comes_is_shown_then_said(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    talk(desk)
    desk.do(lambda: desk.phone.say(FLOWS))

    def silence(seconds: float) -> None:
        desk.clock.go(seconds)
        desk.do(lambda: desk.phone.say(AudioReport("c1", "caller", False, -90.0, 0)))

    silence(3.1)
    assert seen(window.light_bar.caller) == ("Caller silent", "warn")
    assert window.column.card.notice_text == ""
    silence(5)
    assert window.column.card.notice_text.startswith("Only silence comes from the other side")
    desk.do(lambda: desk.phone.say(AudioReport("c1", "caller", True, -30.0, 0)))
    assert seen(window.light_bar.caller) == ("Caller audio", "ok")
    assert window.column.card.notice_text == ""


def test_a_poor_line_is_said_in_words_until_it_is_well(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    card, lights = window.column.card, window.light_bar

    def chips() -> list[str]:
        return [chip.text() for chip in card.findChildren(Chip) if chip.isVisibleTo(card)]

    talk(desk)
    desk.do(lambda: desk.phone.say(GOOD))
    assert "Good line" in chips()
    assert "round trip 24.0 ms · MOS in 4.3 · MOS out 4.2" in lights.caller.toolTip()
    desk.do(lambda: desk.phone.say(POOR))
    assert card.notice_text == line_sentence(LineTrouble.POOR_IN)
    assert seen(lights.caller) == ("Caller breaks up", "warn")
    desk.do(lambda: desk.phone.say(replace(GOOD, recent_mos_tx=2.0)))
    assert seen(lights.sent) == ("You break up", "warn")
    desk.do(lambda: desk.phone.say(GOOD))
    assert (card.notice_text, seen(lights.sent)[1]) == ("", "off")
    assert "Good line" in chips()


def test_chips_that_change_at_once_never_become_windows(make_window: WindowFactory) -> None:
    _, desk = make_window(language="en")
    talk(desk)
    shown: list[QObject] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    watch, program = Watch(), QApplication.instance()
    assert program is not None
    program.installEventFilter(watch)

    def change() -> None:
        for report in (GOOD, POOR, GOOD):
            desk.phone.say(report)

    desk.do(change)
    desk.settle()
    program.removeEventFilter(watch)
    assert shown == []


def test_a_call_read_again_says_how_it_ended_and_how_its_line_was(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    panes = window.panes
    assert isinstance(panes, DeskPanes)
    talk(desk)
    desk.do(lambda: desk.phone.say(GOOD))
    desk.do(window.action("hold").trigger)
    desk.clock.go(65)
    desk.do(window.action("hold").trigger)
    desk.do(desk.phone.hung_up_by_caller)
    desk.settle()
    facts = desk.run(desk.records.line_facts("c1"))
    call = desk.run(desk.records.call("c1"))
    assert call is not None
    assert kept_text(call, facts).startswith(
        "The other side ended it · in the call 01:05 · they were on hold 01:05 · "
    )
    assert "lost in 0.2 % · lost out 0.1 % · jitter 3.0 ms" in kept_text(call, facts)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cause": "busy", "code": 486}, "Busy (486)"),
        ({"cause": "normal", "ended_by": "local"}, "You ended it"),
        ({"cause": "connection lost", "code": 408, "confirmed": START}, "The connection was lost"),
        ({"cause": "engine", "ended_by": "network"}, "The phone broke down here"),
        ({"cause": "something new", "ended_by": "network"}, "The network ended it"),
        ({"cause": "", "ended_by": ""}, ""),
    ],
)
def test_an_end_in_plain_words(make_window: WindowFactory, changes: dict[str, object], words: str) -> None:
    make_window(language="en")
    call = Call("c", Direction.OUTGOING, "sip:1@h", "", CallState.DISCONNECTED, START)
    assert kept_text(call.changed(**changes), None) == words
    assert kept_text(call.changed(**changes), LineFacts("c", silent_s=4)).endswith(
        "nothing arrived for 00:04"
    )
