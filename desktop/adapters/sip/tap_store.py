"""What was said in a call and is not yet acknowledged by the speech process: 60 s per leg, in memory only.

For speech there is a key for each call, with which the speech process seals what it puts on disk meanwhile: the key
outlives that process and nothing else.
"""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass, field

from desktop.adapters.tap.protocol import Audio, pack_audio, pack_control

KEEP_S = 60
CHUNK_BYTES = 32_000
KEY_BYTES = 32
KEEP_ENDED = 4
"""Ended calls that still wait for their acknowledgement; older ones are given up."""


@dataclass(slots=True)
class LegStore:
    """One leg: `parts` are (first sample, PCM) in order; `sent` is the number of the next sample to send.

    `fallen`: stretches (first sample, sample after the last) that fell out before they were acknowledged, before all
    parts; they are lost for who has not had them.
    """

    leg: str
    clock_rate: int
    parts: deque[tuple[int, bytes]] = field(default_factory=deque)
    fallen: list[tuple[int, int]] = field(default_factory=list)
    size: int = 0
    sent: int = 0
    announced: bool = False

    def add(self, first: int, pcm: bytes) -> None:
        """Keep a frame; the oldest fall out beyond 60 s."""
        self.parts.append((first, pcm))
        self.size += len(pcm)
        while self.size > KEEP_S * self.clock_rate * 2:
            oldest, content = self.parts.popleft()
            self.size -= len(content)
            self._let_fall(oldest, oldest + len(content) // 2)

    def _let_fall(self, first: int, end: int) -> None:
        if (
            self.fallen
            and self.fallen[-1][1] == first
            and (self.fallen[-1][0] < self.sent) == (first < self.sent)
        ):
            first = self.fallen.pop()[0]
        self.fallen.append((first, end))

    def acknowledge(self, sample: int) -> None:
        """Everything before `sample` is done with."""
        while self.parts and self.parts[0][0] + len(self.parts[0][1]) // 2 <= sample:
            self.size -= len(self.parts.popleft()[1])
        while self.fallen and self.fallen[0][1] <= sample:
            self.fallen.pop(0)

    def lost(self) -> tuple[int, int] | None:
        """The next stretch that can't be sent any more, once."""
        for first, end in self.fallen:
            if first >= self.sent:
                self.sent = end
                return first, end
        return None

    def pending(self) -> tuple[int, bytes] | None:
        """The next stretch to send: consecutive frames joined, one second at most."""
        pieces: list[bytes] = []
        first = follows = size = 0
        for number, pcm in self.parts:
            if number < self.sent:
                continue
            if pieces and (number != follows or size >= CHUNK_BYTES):
                break
            if not pieces:
                first = number
            pieces.append(pcm)
            follows, size = number + len(pcm) // 2, size + len(pcm)
        if not pieces:
            return None
        self.sent = follows
        return first, b"".join(pieces)


@dataclass(slots=True)
class CallStore:
    """The legs of one call."""

    legs: dict[str, LegStore] = field(default_factory=dict)
    key: str = ""
    ended: bool = False
    end_sent: bool = False
    done: bool = False


class TapStore:
    """All calls whose audio may still be wanted.

    `with_keys`: a call has a key, told with each of its legs, and is remembered until it is `done`.
    """

    def __init__(self, with_keys: bool = False) -> None:
        self._with_keys = with_keys
        self._calls: dict[str, CallStore] = {}

    def begin(self, call: str, leg: str, clock_rate: int) -> None:
        """A leg's audio begins."""
        if call not in self._calls:
            self._calls[call] = CallStore(key=secrets.token_hex(KEY_BYTES) if self._with_keys else "")
        self._calls[call].legs.setdefault(leg, LegStore(leg, clock_rate))

    def add(self, call: str, leg: str, first: int, pcm: bytes) -> None:
        """Sound of a leg that has begun."""
        store = self._calls.get(call)
        if store is not None and leg in store.legs:
            store.legs[leg].add(first, pcm)

    def end(self, call: str) -> None:
        """No more audio of this call."""
        if call in self._calls:
            self._calls[call].ended = True
        ended = [key for key, store in self._calls.items() if store.ended]
        for key in ended[:-KEEP_ENDED]:
            del self._calls[key]

    def acknowledge(self, call: str, leg: str, sample: int) -> None:
        """The speech process is done with everything before `sample`."""
        store = self._calls.get(call)
        if store is None or leg not in store.legs:
            return
        store.legs[leg].acknowledge(sample)
        self._forget(call)

    def finish(self, call: str) -> None:
        """All of an ended call is text: its key is not needed any more."""
        if call in self._calls:
            self._calls[call].done = True
            self._forget(call)

    def _forget(self, call: str) -> None:
        store = self._calls[call]
        over = store.done or not self._with_keys
        if store.end_sent and over and not any(leg.parts for leg in store.legs.values()):
            del self._calls[call]

    def rewind(self) -> None:
        """A new speech process: everything that was not acknowledged is sent again."""
        for store in self._calls.values():
            store.end_sent = False
            for leg in store.legs.values():
                leg.sent, leg.announced = 0, False

    def take(self) -> bytes | None:
        """The next frames for the wire, or None where nothing waits."""
        for call, store in list(self._calls.items()):
            for leg in store.legs.values():
                if not leg.announced:
                    leg.announced = True
                    told = {"tap": "call", "call": call, "leg": leg.leg, "clock_rate": leg.clock_rate}
                    return pack_control({**told, "key": store.key} if store.key else told)
                lost = leg.lost()
                if lost is not None:
                    first, end = lost
                    return pack_control(
                        {"tap": "lost", "call": call, "leg": leg.leg, "first": first, "end": end}
                    )
                stretch = leg.pending()
                if stretch is not None:
                    return pack_audio(Audio(call, leg.leg, stretch[0], stretch[1]))
            if store.ended and not store.end_sent:
                store.end_sent = True
                self._forget(call)
                return pack_control({"tap": "end", "call": call})
        return None
