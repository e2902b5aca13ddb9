"""The transcript as the agent sees it."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.events import SegmentCommitted, SpeechStateChanged
from desktop.domain.transcript import Leg, Segment, SpeechLevel, SpeechState
from desktop.ui.panes import DeskPanes
from desktop.ui.transcript import bubble
from desktop.ui.transcript.line import Line, Running, Side
from desktop.ui.transcript.view import TranscriptView
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import end, murmur, offer, say, talk


def _panes(make_window: WindowFactory) -> tuple[DeskPanes, Desk]:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    talk(desk)
    return window.panes, desk


def _texts(panes: DeskPanes) -> list[str]:
    return [line.text for line in panes.transcript.model.lines]


def test_running_speech_stands_below_until_its_line_comes(make_window: WindowFactory) -> None:
    panes, desk = _panes(make_window)
    murmur(desk, "여기 소화전", 1)
    assert panes.transcript.strip.text() == "여기 소화전"
    murmur(desk, "안녕하세요", 1, Leg.AGENT)
    assert panes.transcript.strip.text() == "여기 소화전\n안녕하세요"
    say(desk, "여기 소화전 앞이에요.", 1)
    assert _texts(panes) == ["여기 소화전 앞이에요."]
    assert panes.transcript.strip.text() == "안녕하세요"


def test_unsure_words_are_told_and_a_cause_is_underlined(make_window: WindowFactory) -> None:
    panes, desk = _panes(make_window)
    say(desk, "소화전 앞에 차가 있어요.", 1)
    say(desk, "흰색 승합차고요.", 4, confidence=0.2)
    offer(desk, cause="소화전 앞에 차가 있어요.")
    first, second = panes.transcript.model.lines
    assert first.cause == (0, len(first.text))
    assert not first.unsure
    assert second.unsure


def test_words_that_were_not_trusted_are_paler_and_the_others_are_not(make_window: WindowFactory) -> None:
    panes, desk = _panes(make_window)
    segment = Segment("c1", Leg.CALLER, "소화전 앞에 차가 있어요.", 0.9, 1.0, 3.0, ((8, 10),))
    desk.do(lambda: desk.services.bus.publish(SegmentCommitted(segment)))
    (line,) = panes.transcript.model.lines
    assert not line.unsure
    (pale,) = bubble.lay_out_line(line, 400).layout.formats()
    assert (pale.start, pale.length) == (8, 2)
    assert pale.format.underlineStyle() is QTextCharFormat.UnderlineStyle.DotLine


def test_scrolling_up_stops_following_and_counts_new_lines(make_window: WindowFactory) -> None:
    panes, desk = _panes(make_window)
    for number in range(30):
        say(desk, f"{number} 번째 줄입니다.", number * 3)
    view = panes.transcript
    QApplication.processEvents()
    bar = view.list.verticalScrollBar()
    assert view.list.following
    assert bar.value() == bar.maximum() > 0
    bar.setValue(0)
    say(desk, "새 줄입니다.", 100)
    assert bar.value() == 0
    assert view.jump_button.kind == "primary"
    assert view.jump_button.text() == "Jump to live · 1"
    view.jump_to_live()
    assert bar.value() == bar.maximum()
    assert view.jump_button.text() == "Jump to live"
    assert view.jump_button.kind == "normal"


def test_a_list_that_is_taken_away_is_not_scrolled_any_more(make_window: WindowFactory, qtbot: QtBot) -> None:
    _panes(make_window)
    view = TranscriptView()
    view.citizen.run(Running(Side.CALLER, "0:03", "여기 소화전", 4, ()))
    view.list.restyle()
    shiboken6.delete(view)  # type: ignore[no-untyped-call]
    with qtbot.capture_exceptions() as raised:
        QApplication.processEvents()
    assert raised == []


def test_find_walks_from_the_newest_place_and_escape_closes(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    talk(desk)
    for start, text in ((1, "버스 정류장이요."), (5, "택시 말고요."), (9, "막차 버스요.")):
        say(desk, text, start)
    assert isinstance(window.panes, DeskPanes)
    window.action("find_in_call").trigger()
    window.panes.transcript._find.field.setText("버스")
    assert [bool(line.found) for line in window.panes.transcript.model.lines] == [True, False, True]
    assert window.panes.transcript._find._count.text() == "2 / 2"
    assert window.panes.escape()
    assert not any(line.found for line in window.panes.transcript.model.lines)


def test_mark_marks_the_newest_line_and_a_second_time_takes_it_back(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    talk(desk)
    say(desk, "중요한 말입니다.", 1)
    assert isinstance(window.panes, DeskPanes)
    model = window.panes.transcript.model
    window.action("mark").trigger()
    assert model.lines[0].marked
    assert bubble.tag_words(model.lines[0]) == "⚑ marked"
    window.action("mark").trigger()
    assert not model.lines[0].marked


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SpeechState.NO_MODEL, "No speech model"),
        (SpeechState.UNSUITED, "does not know this call's words"),
        (SpeechState.RESTARTING, "restarting"),
        (SpeechState.FAILED, "Calls and search work"),
        (SpeechState.LOADING, "loading"),
    ],
)
def test_the_pane_says_what_is_missing(make_window: WindowFactory, state: SpeechState, words: str) -> None:
    panes, desk = _panes(make_window)
    desk.do(lambda: desk.services.bus.publish(SpeechStateChanged(state)))
    assert words in panes.transcript._notice.text()
    assert not panes.transcript._notice.isHidden()
    desk.do(lambda: desk.services.bus.publish(SpeechStateChanged(SpeechState.READY)))
    assert panes.transcript._notice.isHidden()


@pytest.mark.parametrize(
    ("level", "words", "tone"),
    [
        (SpeechLevel.SLOWER, "more slowly", "plain"),
        (SpeechLevel.SEGMENTS, "sentence by sentence", "plain"),
        (SpeechLevel.SMALLER, "smaller speech model", "plain"),
        (SpeechLevel.LATER, "after the call", "warn"),
        (SpeechLevel.FULL, "loudness", "warn"),
    ],
)
def test_each_level_of_a_busy_machine_is_said(
    make_window: WindowFactory, level: SpeechLevel, words: str, tone: str
) -> None:
    panes, desk = _panes(make_window)
    desk.do(lambda: desk.services.bus.publish(SpeechStateChanged(SpeechState.DEGRADED, "", level)))
    notice = panes.transcript._notice
    assert words in notice.text()
    assert notice._tone == tone


def test_how_far_behind_it_is_and_how_much_of_the_rest_is_written(make_window: WindowFactory) -> None:
    panes, desk = _panes(make_window)
    pace, notice = desk.services.transcript.pace, panes.transcript._notice
    desk.do(lambda: pace.lagged("c1", 6.2, 4.0))
    assert notice.text() == "Transcript 6 s behind · filled in after the call"
    desk.do(lambda: pace.lagged("other", 60.0, 40.0))
    assert notice.text() == "Transcript 6 s behind · filled in after the call"
    later = SpeechStateChanged(SpeechState.DEGRADED, "", SpeechLevel.LATER)
    desk.do(lambda: desk.services.bus.publish(later))
    assert notice.text() == "Transcript 6 s behind · filled in after the call", "not the same thing twice"
    desk.do(lambda: pace.lagged("c1", 60.0, 40.0))
    end(desk)
    desk.do(lambda: desk.services.bus.publish(SpeechStateChanged(SpeechState.READY)))
    assert notice.text() == "Writing the rest of the call: 0 %"
    desk.do(lambda: pace.lagged("c1", 50.0, 10.0))
    assert notice.text() == "Writing the rest of the call: 75 %"
    desk.do(lambda: pace.lagged("c1", 0.0, 0.0))
    assert notice.isHidden()
    desk.do(lambda: pace.lagged("c1", 3.5, 2.0))
    assert notice.text() == "Writing the rest of the call: 95 %", (
        "the last words took longer than was thought"
    )


def test_a_voice_that_is_not_recognised_is_said(make_window: WindowFactory) -> None:
    panes, desk = _panes(make_window)
    pace, notice = desk.services.transcript.pace, panes.transcript._notice
    desk.do(lambda: desk.services.bus.publish(SpeechStateChanged(SpeechState.READY)))
    desk.do(lambda: pace.unread("c1", Leg.CALLER, True))
    assert notice.text() == "The caller's voice isn't recognised."
    assert notice._tone == "warn"
    desk.do(lambda: pace.unread("c1", Leg.AGENT, True))
    assert notice.text() == "The caller's voice isn't recognised. Your voice isn't recognised."
    desk.do(lambda: pace.unread("c1", Leg.CALLER, False))
    assert notice.text() == "Your voice isn't recognised."
    end(desk)
    assert notice.isHidden()


def test_words_that_are_lost_leave_a_remark(make_window: WindowFactory) -> None:
    panes, desk = _panes(make_window)
    desk.do(lambda: desk.services.transcript.pace.lost("c1", Leg.CALLER, 4.0, 11.2))
    desk.do(lambda: desk.services.transcript.pace.lost("c2", Leg.CALLER, 4.0, 11.2))
    (line,) = panes.transcript.model.lines
    assert (line.side, line.text) == (Side.DESK, "7 s of the caller's words are missing here")


def test_what_a_dead_speech_process_said_of_its_lag_is_forgotten(make_window: WindowFactory) -> None:
    panes, desk = _panes(make_window)
    desk.do(lambda: desk.services.transcript.pace.lagged("c1", 9.0, 9.0))
    desk.do(lambda: desk.services.bus.publish(SpeechStateChanged(SpeechState.RESTARTING)))
    assert "behind" not in panes.transcript._notice.text()


def test_lines_of_an_ended_call_stay_and_a_late_one_is_added(make_window: WindowFactory) -> None:
    panes, desk = _panes(make_window)
    say(desk, "처음 말입니다.", 1)
    end(desk)
    say(desk, "마지막 말입니다.", 4)
    assert _texts(panes) == ["처음 말입니다.", "마지막 말입니다."]
    assert panes.transcript.jump_button.isHidden()


def test_a_line_is_measured_once_however_many_follow(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shown, desk = _panes(make_window)
    measured: list[str] = []
    real = bubble.line_height

    def measure(line: Line, width: float) -> int:
        measured.append(line.text)
        return real(line, width)

    monkeypatch.setattr(bubble, "line_height", measure)
    for number in range(60):
        say(desk, f"{number} 번째 줄입니다.", number * 3)
        QApplication.processEvents()
    assert len(measured) <= 60 + 2


def test_a_call_that_ran_before_shows_what_was_kept(make_window: WindowFactory) -> None:
    from desktop.domain.events import CallConfirmed

    panes, desk = _panes(make_window)
    say(desk, "앞서 한 말입니다.", 1)
    call = desk.services.calls.current
    assert call is not None
    panes.transcript.show_lines([])
    desk.do(lambda: desk.services.bus.publish(CallConfirmed(call, resumed=True)))
    assert _texts(panes) == ["앞서 한 말입니다."]


def test_the_language_of_the_call_is_seen_and_changed_by_a_key(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    talk(desk)
    assert isinstance(window.panes, DeskPanes)
    chip = window.panes.transcript._language
    assert chip.text() == "한국어"
    for expected in ("English", "Tiếng Việt", "Монгол", "ไทย", "日本語", "한국어", "English"):
        desk.do(window.action("spoken_language").trigger)
        assert chip.text() == expected
    end(desk)
    desk.services.wrap_up.open = None
    talk(desk, "c2")
    assert chip.text() == "한국어", "the next caller is another one"
