"""A recording fed to the transcriber as a call would feed it, in real time or as fast as it goes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from desktop.adapters.stt.engine import Engine
from desktop.adapters.stt.sink import Sink
from desktop.adapters.stt.sound import WHISPER_RATE, resample
from desktop.adapters.stt.streaming import Transcriber
from desktop.adapters.stt.voice_activity import Samples

BLOCK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Recording:
    """The legs of one call at 8000 or 16000 Hz."""

    call: str
    clock_rate: int
    legs: Mapping[str, Samples]

    @classmethod
    def of(cls, call: str, clock_rate: int, legs: Mapping[str, Samples]) -> Recording:
        """A recording at any rate from 8 kHz on; what is neither 8 nor 16 kHz is brought to 16."""
        if clock_rate in (8000, WHISPER_RATE):
            return cls(call, clock_rate, legs)
        changed = {
            leg: np.clip(resample(sound.astype(np.float32), clock_rate, WHISPER_RATE), -32768, 32767)
            for leg, sound in legs.items()
        }
        return cls(call, WHISPER_RATE, {leg: sound.astype(np.int16) for leg, sound in changed.items()})

    @property
    def seconds(self) -> float:
        """Length of the longest leg."""
        return max((len(sound) for sound in self.legs.values()), default=0) / self.clock_rate

    def blocks(self) -> Iterator[tuple[float, list[tuple[str, int, Samples]]]]:
        """Blocks of 100 ms of every leg: the time at which they have been spoken, and leg, first, samples."""
        step = int(self.clock_rate * BLOCK_SECONDS)
        longest = max((len(sound) for sound in self.legs.values()), default=0)
        for at in range(0, longest, step):
            block = [(leg, at, sound[at : at + step]) for leg, sound in self.legs.items()]
            yield min(at + step, longest) / self.clock_rate, block


def transcribe(
    recording: Recording, engine: Engine, sink: Sink, drained: threading.Event, realtime: bool
) -> float:
    """Feed the whole recording and wait for its last segment (the sink sets `drained`); returns compute seconds."""
    if realtime:
        return _in_real_time(recording, engine, sink, drained)
    now = 0.0
    transcriber = Transcriber(sink, lambda: now)
    transcriber.set_engine(engine)
    for leg in recording.legs:
        transcriber.begin(recording.call, leg, recording.clock_rate)
    for moment, block in recording.blocks():
        for leg, first, samples in block:
            transcriber.feed(recording.call, leg, first, samples)
        now = moment
        while transcriber.work():
            pass
    transcriber.end(recording.call)
    while transcriber.work():
        pass
    return transcriber.compute_s


def _in_real_time(recording: Recording, engine: Engine, sink: Sink, drained: threading.Event) -> float:
    transcriber = Transcriber(sink)
    transcriber.set_engine(engine)
    for leg in recording.legs:
        transcriber.begin(recording.call, leg, recording.clock_rate)
    worker = threading.Thread(target=transcriber.run, name="transcriber", daemon=True)
    worker.start()
    started = time.monotonic()
    for moment, block in recording.blocks():
        time.sleep(max(0.0, started + moment - time.monotonic()))
        for leg, first, samples in block:
            transcriber.feed(recording.call, leg, first, samples)
    transcriber.end(recording.call)
    drained.wait()
    transcriber.close()
    worker.join()
    return transcriber.compute_s
