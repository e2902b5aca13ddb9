"""The parts of `bench/window.py`: a stopwatch that stops at the painting, keys of an input method, a bare window."""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import pairwise

import pytest
import qasync
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from bench.window_measure import stopwatch
from bench.window_measure.hangul_keys import steps
from bench.window_measure.lines import Talkers
from bench.window_measure.reactions import like
from bench.window_measure.stopwatch import PaintTimes, Stopwatch, compose, letter, press
from desktop.domain.transcript import Segment


class Timed(PaintTimes, QWidget):
    """A window with a field."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)


def test_an_input_method_composes_key_by_key_and_finishes_what_is_over() -> None:
    assert list(steps("각이 a")) == [
        ("ㄱ", ""), ("가", ""), ("각", ""), ("ㅇ", "각"), ("이", ""), ("", "이 "), ("", "a"),
    ]  # fmt: skip
    assert list(steps("가가"))[1:3] == [("가", ""), ("각", "")]
    assert list(steps("가가"))[3] == ("가", "가")


def test_the_stopwatch_stops_at_the_painting_that_shows_it(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopwatch, "PAUSE_S", (0.001, 0.002))
    monkeypatch.setattr(stopwatch, "LOST_S", 0.2)
    window = Timed()
    window.show()
    window.activateWindow()
    window.field.setFocus()

    async def times() -> list[float]:
        watch = Stopwatch(window)
        await asyncio.sleep(0.05)
        typed = await watch.time(partial(letter, window, "a"), lambda: window.field.text() == "a")
        composed = await watch.time(partial(compose, "ㄱ", "b"), lambda: window.field.text() == "ab")
        never = await watch.time(window.update, lambda: False)
        return [typed, composed, never]

    with qasync.QEventLoop(qapp, already_running=False) as loop:
        typed, composed, never = loop.run_until_complete(times())
    assert window.waits == []
    assert 0 < typed < 200
    assert 0 < composed < 200
    assert never == 200
    press(window, Qt.Key.Key_Backspace)
    assert window.field.text() == "a"
    shiboken6.delete(window)  # type: ignore[no-untyped-call]


def test_those_who_talk_say_each_stretch_once() -> None:
    talkers, heard = Talkers("c1", 1000), list[Segment]()
    talkers.listen(lambda *_: None, lambda _: None, heard.append, lambda _: None)
    for _ in range(20):
        talkers.commit()
    assert all(one.end < other.start for one, other in pairwise(heard))
    assert {len(segment.text.split()) > 3 for segment in heard} == {True}


@pytest.mark.parametrize(
    ("place", "baseline"),
    [
        ("hits, up and down", "list"),
        ("notes, a key", "text"),
        ("commands (100 %), opened", "page"),
        ("search", "field"),
    ],
)
def test_a_place_is_held_against_what_is_like_it(place: str, baseline: str) -> None:
    assert like(place) == baseline
