"""Two voices side by side: stretches of two legs, named by sample numbers, become frames of two channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHANNELS = ("caller", "agent")
SLACK_S = 0.5
"""How long one leg may lag behind the other before its place is filled with silence."""
LONGEST_S = 30
"""A pause is handed out in pieces of this length."""
LONGEST_JUMP_S = 12 * 3600
SAMPLE_BYTES = 2
FRAME_BYTES = SAMPLE_BYTES * len(CHANNELS)


class Stereo:
    """What was not taken yet of one call. What is missing in between is silence; what comes too late is left out.

    `position` is the number of the next frame that `take` gives out.
    """

    def __init__(self, rate: int) -> None:
        self.rate, self.position = rate, 0
        self._parts: dict[str, list[tuple[int, NDArray[np.int16]]]] = {name: [] for name in CHANNELS}
        self.end = 0
        """The number behind the newest frame of either leg."""

    def add(self, leg: str, first: int, samples: bytes) -> None:
        """A stretch of a leg, 16 bit little endian; a leg that has no channel, and a jump of half a day, are let go."""
        import numpy as np  # the desk starts without it

        parts = self._parts.get(leg)
        if parts is None or first - self.end > LONGEST_JUMP_S * self.rate:
            return
        sound = np.frombuffer(samples[: len(samples) // SAMPLE_BYTES * SAMPLE_BYTES], "<i2").astype(np.int16)
        if first + len(sound) > self.position:
            parts.append((first, sound))
            self.end = max(self.end, first + len(sound))

    def forget(self, seconds: float) -> None:
        """Keep only the newest `seconds`."""
        self._move(max(self.position, self.end - int(seconds * self.rate)))

    def skip_gap(self) -> None:
        """Go to the first sound that is here: before it nothing is known."""
        firsts = [parts[0][0] for parts in self._parts.values() if parts]
        self._move(max(self.position, min(firsts, default=self.position)))

    @property
    def ready(self) -> int:
        """How many frames both legs have had their time for."""
        return max(0, self.end - int(SLACK_S * self.rate) - self.position)

    @property
    def left(self) -> int:
        """How many frames there are, whether both legs are there or not."""
        return max(0, self.end - self.position)

    def peek(self, frames: int) -> bytes:
        """The next `frames` frames, `LONGEST_S` at most, as interleaved 16 bit little-endian samples."""
        import numpy as np

        count = min(frames, LONGEST_S * self.rate)
        mixed = np.zeros((count, len(CHANNELS)), "<i2")
        for channel, name in enumerate(CHANNELS):
            for first, sound in self._parts[name]:
                begin, until = max(first, self.position), min(first + len(sound), self.position + count)
                if begin < until:
                    mixed[begin - self.position : until - self.position, channel] = sound[
                        begin - first : until - first
                    ]
        return mixed.tobytes()

    def done(self, data: bytes) -> None:
        """What `peek` gave out is kept elsewhere now."""
        self._move(self.position + len(data) // FRAME_BYTES)

    def _move(self, position: int) -> None:
        self.position = position
        for name, parts in self._parts.items():
            self._parts[name] = [part for part in parts if part[0] + len(part[1]) > position]
