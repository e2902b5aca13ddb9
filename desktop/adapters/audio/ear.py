"""A sound for the agent alone, on the speaker of the settings, outside calls."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from desktop.adapters.audio.port import CLOCK_RATE, DeviceError
from desktop.domain.sound import Wish

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE_BYTES = 2
LAST_BLOCKS_S = 0.3
"""What the sound system still holds when the last sample was taken."""
STUCK_S = 3.0
CLOSE_S = 0.5


class Sounding(Protocol):
    """What `Ear` does."""

    def play(self, sound: NDArray[np.int16], rate: int, stop: threading.Event) -> None:
        """Play int16 mono; returns when it was heard or `stop` is set. Raises DeviceError."""


class Ear:
    """Plays one sound at a time; `speaker` gives the wanted device."""

    def __init__(self, speaker: Callable[[], Wish]) -> None:
        self._speaker = speaker

    def play(self, sound: NDArray[np.int16], rate: int, stop: threading.Event) -> None:
        """Play int16 mono at `rate`; returns when it was heard or `stop` is set. Not for a loop's thread.

        Raises DeviceError where there is no speaker, or none that works.
        """
        # Imported here: the desk starts without libraries for sound.
        import numpy as np
        import soxr

        from desktop.adapters.audio.choosing import choose
        from desktop.adapters.audio.devices import Listing
        from desktop.adapters.audio.play_queue import PlayQueue
        from desktop.adapters.audio.streams import Stream

        if rate != CLOCK_RATE and sound.size:
            sound = soxr.resample(sound, rate, CLOCK_RATE)
        pcm = np.ascontiguousarray(sound, "<i2").tobytes()
        with contextlib.closing(Listing()) as listing:
            chosen = choose(listing.devices(), "speaker", self._speaker())
        if chosen is None:
            raise DeviceError("No headset or loudspeaker was found. Plug one in and try again.")
        over, place = threading.Event(), 0

        def pull(frames: int) -> bytes:
            nonlocal place
            data = pcm[place : place + frames * SAMPLE_BYTES]
            place += len(data)
            if place >= len(pcm):
                over.set()
            return data.ljust(frames * SAMPLE_BYTES, b"\0")

        stream = Stream(chosen[0], pull, PlayQueue())
        try:
            self._wait(len(pcm) / SAMPLE_BYTES / CLOCK_RATE + STUCK_S, over, stop)
        finally:
            stream.close(CLOSE_S)

    def _wait(self, longest_s: float, over: threading.Event, stop: threading.Event) -> None:
        """A device that never takes all of it is given up."""
        step = 0.05
        for _ in range(int(longest_s / step)):
            if over.is_set():
                stop.wait(LAST_BLOCKS_S)
                return
            if stop.wait(step):
                return
