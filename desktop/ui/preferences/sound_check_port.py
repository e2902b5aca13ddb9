"""What the sound check needs from the sound devices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """A microphone or a speaker; `id` is kept in the settings, `name` is shown."""

    id: str
    name: str


class SoundCheckPort(Protocol):
    """Devices outside calls. Every async method raises DeskError with a sentence."""

    async def microphones(self) -> Sequence[SoundDevice]:
        """Microphones that are plugged in now."""

    async def speakers(self) -> Sequence[SoundDevice]:
        """Headsets and loudspeakers that are plugged in now."""

    async def listen(self, microphone_id: str, volume: int = 100) -> None:
        """Open the microphone ("" for the system's own) for `level_db` until `stop`; `volume` in per cent."""

    def level_db(self) -> float | None:
        """Level of the last 100 ms relative to full scale, None while nothing is open."""

    async def play_tone(self, speaker_id: str, volume: int = 100) -> None:
        """Play a soft tone of about one second; returns when it has been heard. `volume` in per cent."""

    async def stop(self) -> None:
        """Close what `listen` opened."""


class AccountPort(Protocol):
    """Where the phone account is kept. Raises DeskError."""

    def address(self) -> str:
        """The SIP address of the account in use, "" for none."""

    async def give_password(self, password: str) -> bool:
        """Use this password at once and leave the rest; False where it could be kept for this run alone."""

    async def save(self, address: str, registrar: str, user: str, password: str) -> bool:
        """Keep the account and use it at once; False where the password could be kept for this run alone."""
