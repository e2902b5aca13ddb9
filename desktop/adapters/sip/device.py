"""What the engine needs of a sound device; `desktop.adapters.audio` has the devices themselves."""

from __future__ import annotations

from typing import Protocol

from desktop.domain.sound import SoundUse


class DeviceStateLike(Protocol):
    """Names of the devices in use, what is wrong with them, and how much sound was lost."""

    @property
    def microphone(self) -> str | None:
        """Name of the microphone in use."""

    @property
    def speaker(self) -> str | None:
        """Name of the speaker in use."""

    @property
    def problem(self) -> str | None:
        """None, or such as `no_devices`, `no_microphone`, `speaker_gone`."""

    @property
    def lost_ms(self) -> int:
        """Milliseconds of sound lost on this side since the start."""

    @property
    def use(self) -> SoundUse | None:
        """More of real devices."""


class CallDevice(Protocol):
    """Sound in and out for one person, 16 bit mono. Reading and writing never block."""

    clock_rate: int

    def start(self) -> None:
        """Open capture and playback. Idempotent; may take a while and may raise."""

    def stop(self) -> None:
        """Close both."""

    def read_microphone(self, samples: int) -> bytes:
        """Exactly `samples` samples; silence where there is none."""

    def write_speaker(self, pcm: bytes) -> None:
        """Give sound to the ear."""

    def ring(self, kind: str | None) -> None:
        """`incoming`, `practice`, `ringback` or `busy`; None stops."""

    def state(self) -> DeviceStateLike:
        """What is open now."""


class Meter(Protocol):
    """Level and speech of one leg."""

    level_db: float

    @property
    def speaking(self) -> bool:
        """Whether somebody speaks."""

    @property
    def clipping(self) -> bool:
        """Whether the sound is louder than can be sent."""

    def feed(self, pcm: bytes) -> None:
        """Take the next sound, 16 bit mono."""
