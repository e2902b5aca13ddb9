"""A device whose microphone is freed of echo and noise and lifted where it is too quiet, as far as it is wished."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from desktop.adapters.audio.port import DeviceError, DevicePort, DeviceState
from desktop.adapters.audio.ring_buffer import RingBuffer
from desktop.adapters.audio.voice_port import BLOCK_BYTES, MakeProcessor, VoiceProcessor
from desktop.adapters.audio.webrtc_voice import WebrtcVoice
from desktop.domain.voice import NO_PROCESSING, VoiceWishes

WARM_UP_MS = 100
"""A new treatment hears along for so long before it is heard: its first milliseconds are silence."""
REFERENCE_MS = 20
"""What the speaker was given is kept no longer: the echo of it takes at least as long to come back, and a reference
that comes after its echo is worth nothing."""


@dataclass(slots=True)
class _Change:
    """What the microphone goes over to, None for its bare sound, when `left` bytes of it have passed."""

    to: VoiceProcessor | None
    left: int


def _faded(before: bytes, after: bytes) -> bytes:
    """From one to the other within their length: a switch that nobody hears as a click."""
    one, other = np.frombuffer(before, "<i2"), np.frombuffer(after, "<i2")
    share = np.linspace(0.0, 1.0, one.size, dtype=np.float32)
    return np.rint(one * (1 - share) + other * share).astype("<i2").tobytes()


class ProcessedDevice:
    """A device port on another one. Nothing is wished at first, and then nothing is changed or delayed.

    The media clock gives the speaker's sound and takes the microphone's in turn, 20 ms at a time; what is not made of
    whole blocks of 10 ms passes as it is. A treatment that fails is left, `failed(sentence)` is told on the clock's
    thread (so it must only copy and post), and the bare sound goes on.
    """

    def __init__(
        self,
        device: DevicePort,
        failed: Callable[[str], None] = lambda sentence: None,
        make: MakeProcessor = WebrtcVoice,
    ) -> None:
        self._device, self._failed, self._make = device, failed, make
        self.clock_rate = device.clock_rate
        self._reference = RingBuffer(device.clock_rate, REFERENCE_MS, prime_ms=0, trim_s=0)
        self._current: VoiceProcessor | None = None
        self._change: _Change | None = None
        self._switching = threading.Lock()
        self._broken = False
        self.wishes = NO_PROCESSING

    @property
    def delay_ms(self) -> int:
        """By how much the microphone's sound is late for what is wished now."""
        change = self._change
        used = change.to if change is not None else self._current
        return used.delay_ms if used is not None else 0

    def use(self, wishes: VoiceWishes) -> None:
        """Treat the voice like this from now on, also within a call and without a gap. Not for the media clock.

        Raises DeviceError where it can't be done; then nothing is treated.
        """
        self._broken = False
        if wishes == self.wishes:
            return
        try:
            to = self._make(wishes) if wishes else None
        except DeviceError:
            self._broken = True
            self._go_over(NO_PROCESSING, None)
            raise
        self._go_over(wishes, to)

    def _go_over(self, wishes: VoiceWishes, to: VoiceProcessor | None) -> None:
        warm_up = WARM_UP_MS * self.clock_rate // 1000 * 2 if to is not None else 0
        with self._switching:
            self.wishes, self._change = wishes, _Change(to, warm_up)

    def start(self) -> None:
        """See DevicePort."""
        self._reference.clear()
        self._device.start()

    def stop(self) -> None:
        """See DevicePort."""
        self._device.stop()

    def write_speaker(self, pcm: bytes) -> None:
        """See DevicePort."""
        if self._current is not None or self._change is not None:
            self._reference.put(pcm)
        self._device.write_speaker(pcm)

    def read_microphone(self, samples: int) -> bytes:
        """See DevicePort; the sound is `delay_ms` late."""
        near = self._device.read_microphone(samples)
        change = self._change
        if (self._current is None and change is None) or len(near) % BLOCK_BYTES:
            return near
        try:
            far = self._reference.take(samples)
            now = _treated(self._current, near, far)
            return now if change is None else self._changed(change, now, near, far)
        except Exception as error:
            self._give_up(error)
            return near

    def _changed(self, change: _Change, now: bytes, near: bytes, far: bytes) -> bytes:
        then = _treated(change.to, near, far)
        change.left -= len(near)
        if change.left > 0:
            return now
        with self._switching:
            self._current = change.to
            if self._change is change:
                self._change = None
        return _faded(now, then)

    def _give_up(self, error: Exception) -> None:
        with self._switching:
            self._current = self._change = None
            self.wishes, self._broken = NO_PROCESSING, True
        self._failed(f"The treatment of your voice failed ({error}) and is off; the call goes on.")

    def ring(self, kind: str | None) -> None:
        """See DevicePort."""
        self._device.ring(kind)

    def state(self) -> DeviceState:
        """See DevicePort; a treatment that can't be had is a problem where there is no worse one."""
        state = self._device.state()
        if self._broken and state.problem is None:
            return replace(state, problem="no_voice_processing")
        return state


def _treated(processor: VoiceProcessor | None, near: bytes, far: bytes) -> bytes:
    if processor is None:
        return near
    blocks = range(0, len(near), BLOCK_BYTES)
    return b"".join(
        processor.process(near[at : at + BLOCK_BYTES], far[at : at + BLOCK_BYTES]) for at in blocks
    )
