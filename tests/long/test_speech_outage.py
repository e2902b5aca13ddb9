"""A practice call in real time through the practice model, with the processor taken away for twenty seconds."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop.adapters.stt.acceptance import Decoding
from desktop.adapters.stt.engine import Engine
from desktop.adapters.stt.model_file import practice_model
from desktop.adapters.stt.models import load_engine
from desktop.adapters.stt.recording import Recording
from desktop.adapters.stt.sound import Floats
from desktop.adapters.stt.spool import Spool
from desktop.adapters.stt.streaming import Transcriber
from desktop.domain.practice_result import HeardSegment, lines_with_segment
from tests.adapters.stt.practice_call import RATE, practice_call
from tests.adapters.stt.scripted import Notes

pytestmark = [pytest.mark.long, pytest.mark.timeout(240)]

AT_S, AWAY_S = 10.0, 20.0
BACK_S, LAG_S = 30.0, 3.0


class Robbed:
    """The engine, whose first step after `AT_S` gets no processor for a while."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self.content = engine, engine.content
        self.speaking = engine.speaking
        self.begins = float("inf")
        self.ended = 0.0

    def decode(
        self, sound: Floats, *, final: bool, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        if not self.ended and time.monotonic() > self.begins:
            threading.Event().wait(AWAY_S)
            self.ended = time.monotonic()
        return self._engine.decode(sound, final=final, prefix=prefix, abort=abort)


def test_the_lag_of_twenty_seconds_is_caught_up_in_thirty(tmp_path: Path) -> None:
    engine, notes = Robbed(load_engine(practice_model(), "ko")), Notes()
    transcriber = Transcriber(notes, spool=Spool(tmp_path / "spool"))
    transcriber.set_engine(engine)
    call = practice_call("S01", narrow=True)
    recording = Recording.of("c1", RATE, call.legs)
    for leg in call.legs:
        transcriber.begin("c1", leg, RATE, bytes(32))
    worker = threading.Thread(target=transcriber.run, daemon=True)
    worker.start()
    started = time.monotonic()
    engine.begins = started + AT_S
    lags: list[tuple[float, float]] = []
    levels: list[int] = []
    for moment, block in recording.blocks():
        while time.monotonic() < started + moment:
            time.sleep(0.005)
        for leg, first, samples in block:
            transcriber.feed("c1", leg, first, samples)
        levels.append(transcriber.judge())
        waiting = transcriber.waiting().get("c1")
        lags.append((time.monotonic(), waiting.lag if waiting else 0.0))
    transcriber.end("c1")
    while not notes.ended:
        worker.join(0.05)
    transcriber.close()
    worker.join(10)
    worst = max(lag for _, lag in lags)
    late = [at for at, lag in lags if lag > LAG_S]
    figures = {
        "worst_lag_s": round(worst, 1),
        "back_s": round(max(late) - engine.ended, 1),
        "levels": max(levels),
    }
    print(json.dumps({"outage": figures}))
    assert worst > AWAY_S - 5
    assert max(late) - engine.ended < BACK_S
    segments = [HeardSegment(leg, text, start, end) for leg, text, start, end in notes.segments]
    for leg in call.legs:
        assert lines_with_segment(call.lines, segments, leg) >= 0.8 * sum(
            line.leg == leg for line in call.lines
        )
