"""What is being said just now gets a quiet mark at most."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat

from desktop.domain.events import AbuseHeard, SegmentCommitted
from desktop.domain.transcript import Leg, Segment
from desktop.services.murmur_watch import EVERY_S
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from desktop.ui.transcript import bubble
from desktop.ui.transcript.line import Running, Side
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.protection_fakes import CRISIS, CURSE, FakeDetector
from tests.ui.talking import murmur, say, talk


def talking(make_window: WindowFactory) -> tuple[MainWindow, DeskPanes, Desk]:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    talk(desk)
    return window, window.panes, desk


def marks(panes: DeskPanes) -> list[str]:
    """The words that are underlined in what is being said."""
    return [said.text[a:b] for said in panes.transcript.strip._said for a, b in said.glimpsed]


def test_words_of_running_speech_are_underlined_and_nothing_else_happens(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    heard: list[object] = []
    desk.services.bus.subscribe(AbuseHeard, heard.append)
    murmur(desk, f"이 {CURSE}", 3)
    assert marks(panes) == [CURSE]
    state = desk.services.protection.state
    assert (state.hits, state.open_hits, heard) == ((), (), [])
    assert window.column.card.notice_text == ""
    assert window.toast.past == []
    assert CURSE not in panes.transcript.strip.accessibleName()
    desk.clock.go(EVERY_S)
    murmur(desk, "이 명찰이", 3)
    assert marks(panes) == [], "it was heard wrong"
    desk.clock.go(EVERY_S)
    murmur(desk, f"이 {CURSE}", 3)
    say(desk, "이 명찰이 뭐예요.", 3)
    assert marks(panes) == []
    assert desk.services.protection.state.hits == ()
    murmur(desk, f"{CURSE} 같은", 7)
    assert marks(panes) == [CURSE], "the next sentence is looked at from its first word"
    say(desk, f"{CURSE} 같은 게.", 7)
    assert marks(panes) == []
    assert len(desk.services.protection.state.hits) == 1


def test_it_is_not_looked_at_with_every_letter(make_window: WindowFactory) -> None:
    _window, panes, desk = talking(make_window)
    detector = desk.services.protection._detector
    assert isinstance(detector, FakeDetector)
    for end in range(1, 9):
        murmur(desk, f"이 {CURSE}야 정말"[:end], 3)
    assert detector.glances == 1
    desk.clock.go(EVERY_S)
    murmur(desk, f"이 {CURSE}야 정말", 3)
    assert (detector.glances, marks(panes)) == (2, [CURSE])
    murmur(desk, f"{CURSE}야 {CURSE}", 3)
    assert (detector.glances, marks(panes)) == (2, [CURSE, CURSE]), "the mark goes with its words"


def test_the_agent_and_a_caller_in_crisis_are_not_looked_at(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    detector = desk.services.protection._detector
    assert isinstance(detector, FakeDetector)
    murmur(desk, f"{CURSE}라고 하셨나요", 3, Leg.AGENT)
    desk.do(window.action("crisis").trigger)
    murmur(desk, f"{CRISIS} {CURSE}", 5)
    assert (detector.glances, marks(panes)) == (0, [])


def test_a_line_is_shown_before_it_is_judged(make_window: WindowFactory) -> None:
    _window, panes, desk = talking(make_window)
    heard: list[object] = []
    desk.services.bus.subscribe(AbuseHeard, heard.append)
    segment = Segment("c1", Leg.CALLER, f"이 {CURSE}", 0.9, 3.0, 5.0)

    def commit() -> tuple[int, int]:
        desk.services.bus.publish(SegmentCommitted(segment))
        return panes.transcript.model.rowCount(), len(heard)

    assert desk.do(commit) == (1, 0)
    assert (panes.transcript.model.rowCount(), len(heard)) == (1, 1)


def test_the_mark_is_a_dashed_line_without_ground_or_tone() -> None:
    running = Running(Side.CALLER, "0:03", "이 멍청이야", 4, ((2, 5),))
    formats = bubble.lay_out_running(running, 400).layout.formats()
    dashed = QTextCharFormat.UnderlineStyle.DashUnderline
    marked = [each for each in formats if each.format.underlineStyle() is dashed]
    assert [(each.start, each.length) for each in marked] == [(2, 2), (4, 1)]
    assert all(each.format.background().style() is Qt.BrushStyle.NoBrush for each in formats)


@pytest.mark.parametrize("doubtful", [True, False])
def test_a_strike_does_not_stand_on_a_word_that_was_not_trusted(
    make_window: WindowFactory, doubtful: bool
) -> None:
    _window, _panes, desk = talking(make_window)
    before = "저기요 아까부터 계속 기다리고 있는데요 "
    said = before + CURSE
    doubts = ((len(before), len(said)),) if doubtful else ((0, 3),)
    segment = Segment("c1", Leg.CALLER, said, 0.9, 30.0, 32.0, doubts)
    assert not segment.unsure
    desk.do(partial(desk.services.bus.publish, SegmentCommitted(segment)))
    assert desk.services.protection.counters["malicious"] == int(not doubtful)
