"""Lines, their times and their marks."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop.ui.transcript.line import Line, Side, find_all, find_cause
from desktop.ui.transcript.model import TranscriptModel
from desktop.ui.transcript.times import length_text, line_time, timer_text


def test_cause_is_the_stretch_of_the_line_or_all_of_it() -> None:
    assert find_cause("앞은 안 보여요. 연락은 와요?", "연락은 와요?") == (10, 17)
    assert find_cause("연락은 와요?", "앞은 안 보여요. 연락은 와요?") == (0, 7)
    assert find_cause("다른 말입니다.", "연락은 와요?") is None
    assert find_cause("", "연락은 와요?") is None


def test_find_takes_every_place_without_regard_to_case() -> None:
    assert find_all("Bus, bus, BUS", "bus") == ((0, 3), (5, 8), (10, 13))
    assert find_all("버스", "  ") == ()


def test_practice_counts_from_zero_and_a_real_call_shows_the_clock() -> None:
    confirmed = datetime(2026, 11, 22, 5, 29, 30, tzinfo=UTC)
    local = confirmed.astimezone().strftime("%H:%M")
    assert line_time(9.0, confirmed, practice=True) == "00:09"
    assert line_time(9.0, confirmed, practice=False) == f"{local}:39"
    assert (length_text(151), length_text(3723), timer_text(67)) == ("2:31", "1:02:03", "01:07")


def test_a_late_line_goes_where_its_start_belongs() -> None:
    model = TranscriptModel()
    for start in (2.0, 8.0, 5.0, 5.0):
        model.add(Line(Side.CALLER, "", f"{start}", start))
    assert [line.start for line in model.lines] == [2.0, 5.0, 5.0, 8.0]


def test_the_newest_line_of_the_caller_is_the_cause_and_its_text_stays() -> None:
    model = TranscriptModel()
    for side, start in ((Side.CALLER, 1.0), (Side.AGENT, 2.0), (Side.CALLER, 3.0)):
        model.add(Line(side, "", "소화전 앞이에요.", start))
    assert model.mark_cause("소화전 앞이에요.") == 2
    assert model.lines[0].cause is None
    assert model.lines[2].text == "소화전 앞이에요."
    assert model.mark_cause("없는 말") == -1
