"""The port between a microphone and a library that makes its sound better; 16 kHz, 16 bit little-endian mono PCM."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop.adapters.audio.port import CLOCK_RATE
from desktop.domain.voice import VoiceWishes

BLOCK_BYTES = CLOCK_RATE // 100 * 2
"""Bytes of the 10 ms that a library takes at a time."""


class VoiceProcessor(Protocol):
    """One running treatment of one voice, used by one thread at a time.

    `delay_ms` is by how much the sound comes out later than it went in.
    """

    delay_ms: int

    def process(self, near: bytes, far: bytes) -> bytes:
        """10 ms of the microphone, treated; `far` is what the speaker was given meanwhile. Both BLOCK_BYTES long.

        Never blocks; may raise anything.
        """
        ...


MakeProcessor = Callable[[VoiceWishes], VoiceProcessor]
"""Raises DeviceError where there is no library that can do it."""
