"""One microphone and one ear for the lines that sound at the same time, as in a conference.

A line alone reads and writes the device directly. Of several each hears the same microphone, and what they bring is
put on top of each other, 20 ms at a time.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from desktop.adapters.sip.device import CallDevice

MOST_WAITING = 2
"""Frames of microphone that a line may be behind the others; older ones are dropped."""

Mix = Callable[[bytes, bytes], bytes]


def _mixer() -> Mix:
    # Imported here: a caller may ring before the sound libraries are loaded.
    from desktop.adapters.audio.tones import mix

    return mix


class Seat:
    """A line's place at the device. Reading and writing happen on pjsip's clock thread."""

    def __init__(self, sound: SharedSound, device: CallDevice) -> None:
        self._sound, self._device = sound, device
        self.clock_rate = device.clock_rate
        self.spoken: deque[bytes] = deque(maxlen=MOST_WAITING)
        self.heard: bytes | None = None

    def sit(self) -> None:
        """This line's sound is connected from now on. On the SIP thread."""
        self._sound.join(self)

    def leave(self) -> None:
        """It is not any more; what waited for it is forgotten."""
        self._sound.leave(self)

    def read_microphone(self, samples: int) -> bytes:
        """The next `samples` samples of the agent; for lines together the same ones."""
        return self._sound.read(self, samples)

    def write_speaker(self, pcm: bytes) -> None:
        """20 ms of the other side for the agent's ear."""
        self._sound.write(self, pcm)


class SharedSound:
    """The device and who sits at it."""

    def __init__(self, device: CallDevice) -> None:
        self._device = device
        self._present: list[Seat] = []
        self._lock = threading.Lock()
        self._mix: Mix | None = None

    def seat(self) -> Seat:
        """A place for one more line."""
        return Seat(self, self._device)

    def join(self, seat: Seat) -> None:
        """See Seat.sit."""
        if self._mix is None and self._present:
            self._mix = _mixer()
        with self._lock:
            if seat not in self._present:
                self._present.append(seat)

    def leave(self, seat: Seat) -> None:
        """See Seat.leave."""
        with self._lock:
            if seat in self._present:
                self._flush()
                self._present.remove(seat)
            seat.spoken.clear()

    def _shared(self, seat: Seat) -> bool:
        return len(self._present) > 1 and seat in self._present

    def read(self, seat: Seat, samples: int) -> bytes:
        """See Seat.read_microphone."""
        with self._lock:
            if not self._shared(seat):
                return self._device.read_microphone(samples)
            if seat.spoken:
                return seat.spoken.popleft()
            pcm = self._device.read_microphone(samples)
            for other in self._present:
                if other is not seat:
                    other.spoken.append(pcm)
            return pcm

    def write(self, seat: Seat, pcm: bytes) -> None:
        """See Seat.write_speaker."""
        with self._lock:
            if not self._shared(seat):
                self._device.write_speaker(pcm)
                return
            if seat.heard is not None:
                self._flush()  # the other one brings nothing now, and nobody waits for it
            seat.heard = pcm
            if all(other.heard is not None for other in self._present):
                self._flush()

    def _flush(self) -> None:
        total: bytes | None = None
        for seat in self._present:
            if seat.heard is not None:
                same = total is not None and self._mix is not None and len(total) == len(seat.heard)
                total = self._mix(total, seat.heard) if same and total and self._mix else seat.heard
                seat.heard = None
        if total is not None:
            self._device.write_speaker(total)
