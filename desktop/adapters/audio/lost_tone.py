"""The low double tone of a loss, once, in the agent's ear; where the headset is gone, on any speaker."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable

from desktop.adapters.audio.ear import Sounding
from desktop.adapters.audio.port import CLOCK_RATE, DeviceError
from desktop.paths import resources

BELOW_SPEECH = 20
"""Per cent of its loudness during a call: a fourteenth of full scale, as the tone of a second call."""

log = logging.getLogger(__name__)


class EarTone:
    """`volume` is how loud calls are heard, in per cent. Not by the engine: that may be what is lost."""

    def __init__(self, ear: Sounding, volume: Callable[[], int]) -> None:
        self._ear, self._volume = ear, volume

    async def __call__(self, below_speech: bool) -> None:
        """Play it; where nothing can sound the window's words have to do."""
        percent = self._volume() * (BELOW_SPEECH if below_speech else 100) // 100
        try:
            await asyncio.to_thread(self._play, percent)
        except DeviceError as error:
            log.info("the tone of a loss is not heard: %s", error)

    def _play(self, percent: int) -> None:
        # Imported here: the desk starts without libraries for sound.
        import numpy as np

        from desktop.adapters.audio.files import read_audio
        from desktop.adapters.audio.tones import scaled

        sound = read_audio(resources() / "sounds" / "lost.wav", CLOCK_RATE)
        quiet = np.frombuffer(scaled(sound.tobytes(), percent), "<i2")
        self._ear.play(quiet, CLOCK_RATE, threading.Event())
