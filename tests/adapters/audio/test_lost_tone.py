"""The tone of a loss: how loud, from which file, and what a desk without speakers makes of it."""

from __future__ import annotations

import asyncio
import threading

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.adapters.audio.lost_tone import EarTone
from desktop.adapters.audio.port import DeviceError


class Listening:
    """An ear that keeps what it is given."""

    def __init__(self, deaf: bool = False) -> None:
        self.deaf, self.heard = deaf, list[tuple[float, float]]()

    def play(self, sound: NDArray[np.int16], rate: int, stop: threading.Event) -> None:
        if self.deaf:
            raise DeviceError("No headset or loudspeaker was found.")
        self.heard.append((sound.size / rate, np.abs(sound.astype(float)).max() / 32768))


@pytest.mark.parametrize(
    ("volume", "below_speech", "peak"), [(100, False, 0.35), (100, True, 0.07), (50, True, 0.035)]
)
def test_it_is_quieter_than_a_ring_and_far_below_a_voice(
    volume: int, below_speech: bool, peak: float
) -> None:
    ear = Listening()
    asyncio.run(EarTone(ear, lambda: volume)(below_speech))
    assert len(ear.heard) == 1
    assert ear.heard[0] == pytest.approx((0.7, peak), abs=0.002)


def test_without_a_speaker_nothing_happens() -> None:
    asyncio.run(EarTone(Listening(deaf=True), lambda: 100)(False))
