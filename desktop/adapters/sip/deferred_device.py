"""A device that is made when the telephone can already be called: loading sound libraries takes longer than SIP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from desktop.adapters.sip.device import CallDevice, DeviceStateLike
from desktop.domain.sound import SoundUse

CLOCK_RATE = 16_000
BYTES_PER_SAMPLE = 2

Made = TypeVar("Made", bound=CallDevice)


@dataclass(frozen=True, slots=True)
class NothingYet:
    """The state before there is a device."""

    microphone: str | None = None
    speaker: str | None = None
    problem: str | None = None
    lost_ms: int = 0
    use: SoundUse | None = None


class DeferredDevice(Generic[Made]):
    """Silence until `load` has run, the made device from then on. All but reading and writing is for one thread."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self.made: Made | None = None
        self.clock_rate = CLOCK_RATE

    def load(self) -> None:
        """Make the device. Raises whatever making it raises."""
        self.made = self._make()

    def start(self) -> None:
        """Open the device."""
        if self.made is not None:
            self.made.start()

    def stop(self) -> None:
        """Close the device."""
        if self.made is not None:
            self.made.stop()

    def read_microphone(self, samples: int) -> bytes:
        """Sound of the microphone."""
        return (
            self.made.read_microphone(samples) if self.made is not None else bytes(samples * BYTES_PER_SAMPLE)
        )

    def write_speaker(self, pcm: bytes) -> None:
        """Sound for the ear."""
        if self.made is not None:
            self.made.write_speaker(pcm)

    def ring(self, kind: str | None) -> None:
        """Start or stop a tone."""
        if self.made is not None:
            self.made.ring(kind)

    def state(self) -> DeviceStateLike:
        """What is open now."""
        return self.made.state() if self.made is not None else NothingYet()
