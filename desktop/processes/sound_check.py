"""The sound check of the window on the real devices, outside calls."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.domain.errors import DeskError
from desktop.domain.sound import SoundWishes, Volumes, Wish
from desktop.ui.preferences.sound_check_port import SoundDevice

if TYPE_CHECKING:
    from desktop.adapters.audio.devices import Device
    from desktop.adapters.audio.miniaudio_device import MiniaudioDevice

BLOCK_S = 0.1
TONE_S = 1.2


class DeviceSoundCheck:
    """Implements the window's `SoundCheckPort`; devices are open only while somebody looks."""

    def __init__(self) -> None:
        self._device: MiniaudioDevice | None = None
        self._reading: asyncio.Task[None] | None = None
        self._level: float | None = None

    async def microphones(self) -> Sequence[SoundDevice]:
        """Microphones that are plugged in now."""
        return await self._of_kind("microphone")

    async def speakers(self) -> Sequence[SoundDevice]:
        """Headsets and loudspeakers that are plugged in now."""
        return await self._of_kind("speaker")

    async def listen(self, microphone_id: str, volume: int = 100) -> None:
        """Open the microphone for `level_db` until `stop`."""
        await self.stop()
        if not await self._of_kind("microphone"):
            raise DeskError("No microphone was found. Plug in the headset and check again.")
        wishes = SoundWishes(microphone=Wish(microphone_id), volumes=Volumes(microphone=volume))
        self._device = await asyncio.to_thread(_device, wishes)
        self._device.start()
        self._reading = asyncio.create_task(self._measure(self._device))

    def level_db(self) -> float | None:
        """Level of the last 100 ms relative to full scale, None while nothing is open."""
        return self._level

    async def play_tone(self, speaker_id: str, volume: int = 100) -> None:
        """Play a soft tone of about one second; returns when it has been heard."""
        if not await self._of_kind("speaker"):
            raise DeskError("No headset or loudspeaker was found. Plug one in and check again.")
        wishes = SoundWishes(speaker=Wish(speaker_id), volumes=Volumes(ring=volume))
        device = await asyncio.to_thread(_device, wishes)
        try:
            device.ring("incoming")
            await asyncio.sleep(TONE_S)
            device.ring(None)
        finally:
            await asyncio.to_thread(device.close)

    async def stop(self) -> None:
        """Close what `listen` opened."""
        device, self._device = self._device, None
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._level = None
        if device is not None:
            await asyncio.to_thread(device.close)

    async def _measure(self, device: MiniaudioDevice) -> None:
        from desktop.adapters.audio.levels import LevelMeter

        meter = LevelMeter(device.clock_rate)
        while True:
            await asyncio.sleep(BLOCK_S)
            meter.feed(device.read_microphone(int(device.clock_rate * BLOCK_S)))
            self._level = meter.level_db

    async def _of_kind(self, kind: str) -> list[SoundDevice]:
        found = await asyncio.to_thread(_devices)
        return [SoundDevice(each.id, each.name) for each in found if each.kind == kind]


def _device(wishes: SoundWishes) -> MiniaudioDevice:
    """Not for a loop's thread: libraries for sound are loaded when somebody looks at the sound, not at a start."""
    from desktop.adapters.audio.miniaudio_device import MiniaudioDevice

    return MiniaudioDevice(wishes)


def _devices() -> list[Device]:
    from desktop.adapters.audio.devices import list_devices

    return list_devices()
