"""The speech process's end of the tap: hears, acknowledges by sample number."""

from __future__ import annotations

import time

import numpy as np

from desktop.adapters.stt.streaming import Transcriber
from desktop.adapters.tap.link import TapLink
from desktop.adapters.tap.protocol import Audio, Message, TapError

# A call that the engine does not name again in this time ended with the engine that had it.
AFTER_CONNECT = 3.0
AFTER_LOSS = 10.0
UNCONNECTED = 30.0


class TapFollower:
    """Follows one address at a time and feeds what it hears to the transcriber. Lives on one event loop."""

    def __init__(self, transcriber: Transcriber) -> None:
        self._transcriber = transcriber
        self._link = TapLink("speech", self._begin, self._take, self._lose)
        self._orphans: set[str] = set()
        self._deadline = time.monotonic() + UNCONNECTED
        self._heard: dict[tuple[str, str], int] = {}
        self._drained: set[str] = set()
        self._swept = False

    def follow(self, address: str, token: str) -> None:
        """Leave what was followed before and follow this; "" follows nothing."""
        self._link.follow(address, token)

    def note(self, call: str, leg: str, sample: int) -> None:
        """Everything before `sample` is done with; `flush` says so to the engine."""
        self._heard[call, leg] = sample

    def drained(self, call: str) -> None:
        """All of an ended call is text; `flush` says so to the engine."""
        self._drained.add(call)

    def flush(self) -> None:
        """Acknowledge what was noted since the last time."""
        if not self._link.connected:
            return
        for (call, leg), sample in self._heard.items():
            self._link.send({"tap": "ack", "call": call, "leg": leg, "sample": sample})
        self._heard.clear()
        for call in self._drained:
            self._link.send({"tap": "done", "call": call})
        self._drained.clear()

    def end_orphans(self) -> None:
        """End calls whose engine is gone, and delete what is nobody's on disk; to be called about once a second."""
        if time.monotonic() <= self._deadline:
            return
        orphans, self._orphans = self._orphans, set()
        for call in orphans:
            self._transcriber.end(call)
        if not self._swept:
            self._swept = True
            self._transcriber.sweep()

    def _begin(self) -> None:
        self._swept = False
        self._deadline = time.monotonic() + AFTER_CONNECT

    def _lose(self) -> None:
        self._transcriber.pause()
        self._orphans = self._transcriber.calls()
        self._deadline = time.monotonic() + AFTER_LOSS

    def _take(self, message: Message) -> None:
        if isinstance(message, Audio):
            whole = message.samples[: len(message.samples) // 2 * 2]
            samples = np.frombuffer(whole, "<i2").astype(np.int16)
            self._transcriber.feed(message.call, message.leg, message.first, samples)
            return
        call, leg, clock_rate = message.get("call"), message.get("leg"), message.get("clock_rate")
        if message.get("tap") == "end" and isinstance(call, str):
            self._orphans.discard(call)
            self._transcriber.end(call)
        elif message.get("tap") == "call" and isinstance(call, str) and isinstance(leg, str):
            self._orphans.discard(call)
            if not isinstance(clock_rate, int):
                raise TapError("a leg without a clock rate")
            self._transcriber.begin(call, leg, clock_rate, bytes.fromhex(str(message.get("key") or "")))
        elif message.get("tap") == "lost" and isinstance(call, str) and isinstance(leg, str):
            first, end = message.get("first"), message.get("end")
            if not isinstance(first, int) or not isinstance(end, int):
                raise TapError("a loss without its numbers")
            self._transcriber.lose(call, leg, first, end)
        else:
            raise TapError("unknown message")
