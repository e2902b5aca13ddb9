"""No sound at all: silence in, nothing out."""

from __future__ import annotations

from desktop.adapters.audio.port import CLOCK_RATE, DeviceState


class NullDevice:
    """The device port of `--audio null`."""

    def __init__(self) -> None:
        self.clock_rate = CLOCK_RATE

    def start(self) -> None:
        """Nothing to open."""

    def stop(self) -> None:
        """Nothing to close."""

    def read_microphone(self, samples: int) -> bytes:
        """Silence."""
        return bytes(samples * 2)

    def write_speaker(self, pcm: bytes) -> None:
        """Nobody hears it."""

    def ring(self, kind: str | None) -> None:
        """Nobody hears it."""

    def state(self) -> DeviceState:
        """Silence is what was asked for, so it is no problem."""
        return DeviceState()
