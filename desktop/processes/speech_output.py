"""What the speech process tells the desk: JSON lines on standard output."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import IO, NoReturn

from desktop.adapters.stt.backlog import Waiting
from desktop.adapters.stt.governor import LATER, SEGMENTS, SLOWER, SMALLER
from desktop.adapters.system.json_line import json_line
from desktop.domain.transcript import Span

SECOND = 1.0
LAG_SHOWN = 3.0
LEVELS = {
    SLOWER: "The computer is busy: running speech is written less often.",
    SEGMENTS: "The computer is busy: words come sentence by sentence.",
    SMALLER: "The computer is busy: a smaller speech model writes for now.",
    LATER: "The computer is too busy: the rest is written after the call.",
}


class Output:
    """Events to the desk as JSON lines, from any thread; ends the process where the desk has gone."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def event(self, name: str, **fields: object) -> None:
        """Write one event."""
        moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        event = {"v": 1, "event": name, "time": moment, "mono": round(time.monotonic(), 6), **fields}
        line = json_line(event)
        try:
            with self._lock:
                self._stream.write(line)
                self._stream.flush()
        except OSError:
            leave(0)


class Reporter:
    """What the transcriber finds, told to the desk; acknowledgements go to the tap by `acknowledge`."""

    def __init__(
        self,
        output: Output,
        acknowledge: Callable[[str, str, int, bool], None],
        tell_voices: Callable[[], None],
        ended: Callable[[str], None],
        broken: Callable[[str], None],
    ) -> None:
        self._output = output
        self._ended = ended
        self.broken = broken
        self._acknowledge = acknowledge
        self._tell_voices = tell_voices
        self._fresh: set[tuple[str, str]] = set()

    def hypothesis(self, call: str, leg: str, text: str, stable: int, start: float, end: float) -> None:
        """Running speech."""
        times = {"start": round(start, 3), "end": round(end, 3)}
        self._output.event("hypothesis", call=call, leg=leg, text=text, stable=stable, **times)

    def segment(
        self,
        call: str,
        leg: str,
        text: str,
        confidence: float,
        start: float,
        end: float,
        doubts: tuple[Span, ...] = (),
    ) -> None:
        """Final text; its acknowledgement goes out at once, so that a successor says nothing twice."""
        sure = {"confidence": round(confidence, 3), "doubts": doubts}
        times = {"start": round(start, 3), "end": round(end, 3)}
        self._output.event("segment", call=call, leg=leg, text=text, **sure, **times)
        self._fresh.add((call, leg))

    def done(self, call: str, leg: str, sample: int) -> None:
        """Sound that is finished with."""
        at_once = (call, leg) in self._fresh
        self._fresh.discard((call, leg))
        self._acknowledge(call, leg, sample, at_once)

    def drained(self, call: str) -> None:
        """All of a call is out; the last of its speaking times goes before."""
        self._tell_voices()
        self._output.event("drained", call=call)
        self._ended(call)

    def gap(self, call: str, leg: str, start: float, end: float) -> None:
        """A stretch without sound: muted, on hold or lost."""
        self._output.event("gap", call=call, leg=leg, start=round(start, 3), end=round(end, 3))

    def lost(self, call: str, leg: str, start: float, end: float) -> None:
        """What was said here can't be written any more."""
        self._output.event("lost", call=call, leg=leg, start=round(start, 3), end=round(end, 3))

    def unread(self, call: str, leg: str, unread: bool) -> None:
        """Whether there is speech without text."""
        self._output.event("unread", call=call, leg=leg, unread=unread)


class Voices:
    """`voice` events: at a change, and once a second while somebody speaks."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._told: dict[tuple[str, str], tuple[bool, float, float]] = {}
        self._lock = threading.Lock()

    def tell(self, voices: list[tuple[str, str, bool, float]], at_once: bool = False) -> None:
        """Tell what is new since the last time; `at_once`: also within the second."""
        with self._lock:
            self._tell(voices, at_once)

    def _tell(self, voices: list[tuple[str, str, bool, float]], at_once: bool) -> None:
        now = time.monotonic()
        for call, leg, speaking, voiced in voices:
            was, heard, moment = self._told.get((call, leg), (False, 0.0, 0.0))
            if speaking == was and (voiced == heard or (now - moment < SECOND and not at_once)):
                continue
            self._told[call, leg] = (speaking, voiced, now)
            self._output.event("voice", call=call, leg=leg, speaking=speaking, voiced_s=round(voiced, 2))
        present = {(call, leg) for call, leg, _, _ in voices}
        self._told = {key: told for key, told in self._told.items() if key in present}


class Condition:
    """`state` events: how the model is, and the level where a busy machine takes something away from a good one."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._state, self._level = ("no_model", ""), 0
        self._told: tuple[str, str, int] | None = None

    def be(self, state: str, detail: str) -> None:
        """The model's state; always told."""
        self._state, self._told = (state, detail), None
        self._tell()

    def pace(self, level: int) -> None:
        """The governor's level; told where it makes a difference."""
        self._level = level
        self._tell()

    def _tell(self) -> None:
        state, detail = self._state
        told = (state, detail, 0)
        if self._level and state in ("ready", "degraded"):
            told = ("degraded", LEVELS[self._level], self._level)
        if told != self._told:
            self._told = told
            self._output.event("state", state=told[0], detail=told[1], level=told[2])


class Lags:
    """`lag` events: how far the text of a call is behind, at each change of what is shown."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._told: dict[str, tuple[float, float]] = {}

    def tell(self, waiting: dict[str, Waiting]) -> None:
        """Tell what is new; up to three seconds are nothing."""
        seen = {
            call: (round(of_call.lag, 1), round(of_call.sound, 1))
            for call, of_call in waiting.items()
            if of_call.lag > LAG_SHOWN
        }
        for call in self._told.keys() - seen.keys():
            self._output.event("lag", call=call, seconds=0.0, waiting_s=0.0)
        for call, (lag, sound) in seen.items():
            if self._told.get(call) != (lag, sound):
                self._output.event("lag", call=call, seconds=lag, waiting_s=sound)
        self._told = seen


def leave(code: int) -> NoReturn:
    """End at once: a decoding or loading thread is not waited for."""
    logging.shutdown()
    os._exit(code)
