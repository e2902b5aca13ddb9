"""A stretch of a recorded call, unsealed in memory and played to the agent's own ear."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.adapters.audio.ear import Sounding
from desktop.adapters.audio.port import DeviceError
from desktop.adapters.recording.sealed_recording import Shelf
from desktop.domain.errors import DeskError
from desktop.domain.recording import RecordingFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST_S = 120.0


class DeskPlayback:
    """Implements `services.recording_ports.Playback`."""

    def __init__(self, shelf: Shelf, ear: Sounding) -> None:
        self._shelf, self._ear = shelf, ear
        self._stop = threading.Event()

    async def play(self, files: Sequence[RecordingFile], begin: float, end: float) -> bool:
        """Play what the first file that has any of the stretch holds of it. Raises DeskError."""
        import numpy as np  # the desk starts without it

        self._stop = stop = threading.Event()
        for file in files:
            found = await self._shelf.stretch(file, begin, min(end, begin + LONGEST_S))
            if found is not None:
                both = found.sound.astype(np.int32).sum(axis=1).clip(-32768, 32767).astype(np.int16)
                if not stop.is_set():
                    await self._sound(both, found.rate, stop)
                return True
        return False

    async def _sound(self, sound: NDArray[np.int16], rate: int, stop: threading.Event) -> None:
        try:
            await asyncio.to_thread(self._ear.play, sound, rate, stop)
        except DeviceError as error:
            raise DeskError(str(error)) from error

    def stop(self) -> None:
        """Be silent now."""
        self._stop.set()
