"""The port between a call and the devices of this machine; everything is 16 bit little-endian mono PCM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from desktop.domain.sound import SoundUse

CLOCK_RATE = 16000
"""Hz of both directions of every device."""

RINGS = frozenset({"incoming", "practice"})
"""Tones of a call that comes: they sound on the ring's own device, where one is chosen."""

RING_KINDS = RINGS | {"ringback", "busy", "waiting", "lost"}
"""What may sound beside the call. `waiting` and `lost` sound once, the others until stopped."""

Problem = Literal[
    "no_devices",
    "no_microphone",
    "no_speaker",
    "microphone_gone",
    "speaker_gone",
    "disk_full",
    "file_gone",
    "no_voice_processing",
]
"""Why there is silence where there should be sound; the window has a sentence for each."""


class DeviceError(Exception):
    """A device cannot be used at all; the text is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class DeviceState:
    """What a device port is doing now.

    `microphone` and `speaker` are names for people, None where there is none. `lost_ms` counts the sound of both
    directions that came too late for a running call since the port was made. `use` is known of real devices only.
    """

    microphone: str | None = None
    speaker: str | None = None
    problem: Problem | None = None
    lost_ms: int = 0
    use: SoundUse | None = None


class DevicePort(Protocol):
    """Microphone and speaker of one desk. Reading and writing are called by the media clock and never block."""

    clock_rate: int

    def start(self) -> None:
        """A call begins: open both directions. Raises DeviceError; a second start changes nothing."""
        ...

    def stop(self) -> None:
        """The last call is over: close what no ring needs. A second stop changes nothing."""
        ...

    def read_microphone(self, samples: int) -> bytes:
        """Exactly `samples` samples (2 bytes each); silence where there is no sound."""
        ...

    def write_speaker(self, pcm: bytes) -> None:
        """Give the call's sound to the ear."""
        ...

    def ring(self, kind: str | None) -> None:
        """Let one of RING_KINDS sound beside the call, also without `start`; None stops it."""
        ...

    def state(self) -> DeviceState:
        """What the device is doing now."""
        ...
