"""How loud a stream is and whether somebody speaks in it, cheap enough for the engine process."""

from __future__ import annotations

import math

import numpy as np

FLOOR_DB = -90.0
QUIETEST_SPEECH_DB = -50.0
ABOVE_NOISE_DB = 9.0
HANG_S = 0.3
RISE_DB_PER_S = 6.0
FULL, CLIPPED_SAMPLES, CLIP_HANG_S = 32_700, 3, 0.1


class LevelMeter:
    """Level and speaking of one stream of 16 bit mono PCM.

    `level_db` is dB relative to a full-scale square wave over the last block fed (-90 = silence). `speaking`
    compares the level with a noise floor that follows quiet moments at once and rises by 6 dB a second, and holds
    on for 0.3 s. `clipping` holds on for 0.1 s after a block with several samples at full scale.
    """

    def __init__(self, clock_rate: int) -> None:
        self._clock_rate = clock_rate
        self._noise_db = -60.0
        self._hang = self._clip_hang = 0.0
        self.level_db = FLOOR_DB

    @property
    def speaking(self) -> bool:
        """Whether there was speech within the last 0.3 s."""
        return self._hang > 0.0

    @property
    def clipping(self) -> bool:
        """Whether a block just now was louder than 16 bits can say."""
        return self._clip_hang > 0.0

    def feed(self, pcm: bytes) -> None:
        """Hear the next block (int16 mono, 10 to 100 ms is sensible; empty changes nothing)."""
        samples = np.frombuffer(pcm, "<i2").astype(np.float32)
        if not samples.size:
            return
        seconds = samples.size / self._clock_rate
        clipped = np.count_nonzero(np.abs(samples) >= FULL) >= CLIPPED_SAMPLES
        self._clip_hang = CLIP_HANG_S if clipped else max(0.0, self._clip_hang - seconds)
        mean_square = float(np.dot(samples, samples)) / samples.size
        self.level_db = max(FLOOR_DB, 10.0 * math.log10(mean_square + 1e-9) - 90.3)
        if self.level_db < self._noise_db:
            self._noise_db = max(self.level_db, -70.0)
        else:
            self._noise_db = min(self.level_db, self._noise_db + RISE_DB_PER_S * seconds)
        if self.level_db > max(QUIETEST_SPEECH_DB, self._noise_db + ABOVE_NOISE_DB):
            self._hang = HANG_S
        else:
            self._hang = max(0.0, self._hang - seconds)
