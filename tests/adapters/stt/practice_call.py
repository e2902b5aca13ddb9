"""A practice call from the shipped voices, as the tap would have it, without a telephone between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.audio.files import read_audio
from desktop.adapters.practice.scenarios import load_scenarios
from desktop.adapters.stt.sound import resample
from desktop.domain.practice_result import SpokenLine
from desktop.paths import resources

RATE = 16000
PAUSE = 0.9

Samples = NDArray[np.int16]


@dataclass(frozen=True)
class PracticeCall:
    """Both legs at 16 kHz and what is said in them when."""

    legs: dict[str, Samples]
    lines: Sequence[SpokenLine]


def narrow_band(sound: Samples) -> Samples:
    """What G.711 leaves of it: 8 kHz, 8 bit mu-law, brought back to 16 kHz."""
    low = resample(sound.astype(np.float32) / np.float32(32768), RATE, 8000)
    squeezed = np.round(np.sign(low) * np.log1p(255 * np.abs(low)) / np.log(256) * 127) / 127
    opened = np.sign(squeezed) * (np.power(256, np.abs(squeezed)) - 1) / 255
    back = resample(opened.astype(np.float32), 8000, RATE)
    return (np.clip(back, -1, 1) * 32767).astype(np.int16)


def practice_call(scenario_id: str, narrow: bool) -> PracticeCall:
    scenario = next(
        each for each in load_scenarios(resources() / "practice" / "scenarios.yaml") if each.id == scenario_id
    )
    folder = resources() / "practice" / "voices" / scenario_id
    clips = {int(path.name[:2]): path for path in folder.glob("*.flac")}
    parts: dict[str, list[Samples]] = {"caller": [], "agent": []}
    lines: list[SpokenLine] = []
    now = 1.0
    for number, turn in enumerate(scenario.turns, 1):
        sound = read_audio(clips[number], RATE)
        if narrow:
            sound = narrow_band(sound)
        length = len(sound) / RATE
        who = turn.who
        lines.append(SpokenLine(who, turn.text, now, now + length))
        for leg, pieces in parts.items():
            pieces.append(sound if leg == who else np.zeros_like(sound))
            pieces.append(np.zeros(round(PAUSE * RATE), np.int16))
        now += length + PAUSE
    lead = np.zeros(RATE, np.int16)
    return PracticeCall({leg: np.concatenate([lead, *pieces]) for leg, pieces in parts.items()}, lines)
