"""Sound whose words are known, and sound that has none."""

from __future__ import annotations

import functools
import itertools
import subprocess
import tempfile
import wave
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.adapters.audio.files import read_audio
from desktop.adapters.practice.scenarios import load_scenarios
from desktop.paths import resources

RATE = 16000
FRAME = 512  # a voice activity frame: utterances begin at multiples of it
BETWEEN_WORDS_S, BETWEEN_UTTERANCES_S = 0.05, 1.0
WORDS_PER_UTTERANCE = 7
LEGS = ("caller", "agent")
SOUNDING = 0.006
PAUSE_S = 0.18

Samples = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a leg and the seconds between which it sounds."""

    leg: str
    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Two legs at 16 kHz and every word in them."""

    legs: Mapping[str, Samples]
    words: Sequence[Word]

    def within(self, leg: str, start: float, end: float) -> list[Word]:
        """The words of a leg that sound whole in this time."""
        return [w for w in self.words if w.leg == leg and w.start >= start - 0.05 and w.end <= end + 0.001]


def stretches(sound: NDArray[np.float32], pause_s: float = PAUSE_S) -> list[tuple[int, int]]:
    """The sample numbers between which a sound at 16 kHz, -1 to 1, goes on without so long a pause."""
    block = RATE // 100
    loud = [
        i for i in range(len(sound) // block) if np.abs(sound[i * block : (i + 1) * block]).max() > SOUNDING
    ]
    pauses = [(a, b) for a, b in itertools.pairwise(loud) if (b - a) * block > pause_s * RATE]
    edges = [*loud[:1], *itertools.chain.from_iterable(pauses), *loud[-1:]]
    return [(a * block, (b + 1) * block) for a, b in zip(edges[::2], edges[1::2], strict=True)]


@functools.cache
def _spoken(text: str) -> Samples:
    with tempfile.TemporaryDirectory(prefix="bench-stt-") as folder:
        path = Path(folder) / "word.wav"
        command = ["espeak-ng", "-v", "ko", "-s", "165", "-w", str(path), text]
        subprocess.run(command, check=True, timeout=30, capture_output=True)
        sound = read_audio(path, RATE)
    loud = np.flatnonzero(np.abs(sound.astype(np.int32)) > 200)
    return sound[loud[0] : loud[-1] + 1]


def sentences() -> Iterator[list[str]]:
    """Words of the practice calls, some at a time, again and again."""
    found = load_scenarios(resources() / "practice" / "scenarios.yaml")
    words = [word for scenario in found[:4] for turn in scenario.turns for word in turn.text.split()]
    while True:
        for at in range(0, len(words) - WORDS_PER_UTTERANCE, WORDS_PER_UTTERANCE):
            yield words[at : at + WORDS_PER_UTTERANCE]


def dialogue(seconds: float) -> Dialogue:
    """Two people who speak in turn, each word rendered on its own so that its end is known."""
    length = int(seconds * RATE)
    # Never quite silent, so that every stretch of it can be known again.
    chance = np.random.default_rng(1)
    legs = {leg: chance.integers(-3, 4, length).astype(np.int16) for leg in LEGS}
    words: list[Word] = []
    now = 1.0
    for number, sentence in enumerate(sentences()):
        sounds = [_spoken(word) for word in sentence]
        taken = sum(len(sound) / RATE + BETWEEN_WORDS_S for sound in sounds)
        if now + taken + 1.5 > seconds:
            return Dialogue(legs, words)
        leg = LEGS[number % 2]
        for text, sound in zip(sentence, sounds, strict=True):
            at = int(now * RATE)
            legs[leg][at : at + len(sound)] += sound
            words.append(Word(leg, text, at / RATE, (at + len(sound)) / RATE))
            now += len(sound) / RATE + BETWEEN_WORDS_S
        now += BETWEEN_UTTERANCES_S
    raise AssertionError("sentences never end")


def utterances(count: int, seconds: float) -> list[NDArray[np.float32]]:
    """Stretches of speech of one length, float32."""
    step, spoken, found = int(seconds * RATE), np.zeros(0, np.int16), sentences()
    while len(spoken) < count * step:
        spoken = np.concatenate([spoken, *map(_spoken, next(found))])
    stretches = spoken[: count * step].reshape(count, step)
    return list(stretches.astype(np.float32) / np.float32(32768))


def _tones(moments: NDArray[np.float64], *hertz: float) -> NDArray[np.float64]:
    waves = np.stack([np.sin(2 * np.pi * each * moments) for each in hertz])
    return np.asarray(waves.mean(axis=0), np.float64)


def _music(moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chords and a plucked tune over them, as a private exchange plays to who waits."""
    notes = (262, 330, 392, 523, 440, 349, 294, 392)
    step = (moments / 0.4).astype(int)
    pitch = np.take(notes, step % len(notes)).astype(np.float64)
    since = moments - step * 0.4
    tune = sum(np.sin(2 * np.pi * pitch * n * since) * np.exp(-since * (3 + n)) / n for n in range(1, 6))
    chord = _tones(moments, 131, 196, 262, 330) * (0.6 + 0.4 * np.sin(2 * np.pi * 0.25 * moments))
    return np.asarray(0.5 * tune + 0.4 * chord)


def wordless(seconds: float) -> dict[str, Samples]:
    """What a telephone line carries without speech."""
    moments = np.arange(int(seconds * RATE)) / RATE
    chance = np.random.default_rng(4)
    hum = 0.004 * _tones(moments, 60, 180)
    digits = [(697, 1209), (770, 1336), (852, 1477), (941, 1336), (697, 1477)]
    dtmf = np.zeros_like(moments)
    for number, pair in enumerate(digits):
        on = (moments % 2.0 >= number * 0.4) & (moments % 2.0 < number * 0.4 + 0.2)
        dtmf += on * _tones(moments, *pair)
    made = {
        "silence": np.zeros_like(moments),
        "line noise": chance.normal(0, 0.006, len(moments)) + hum,
        "ringback": 0.2 * _tones(moments, 440, 480) * (moments % 3 < 1),
        "busy tone": 0.2 * _tones(moments, 480, 620) * (moments % 1 < 0.5),
        "DTMF": 0.25 * dtmf,
        "hold music": 0.25 * _music(moments),
    }
    return {name: (np.clip(sound, -1, 1) * 32767).astype(np.int16) for name, sound in made.items()}


def write_wav(path: Path, rate: int, legs: Sequence[Samples]) -> Path:
    """A WAV of one or two channels."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(legs))
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.stack(legs, axis=1).astype("<i2").tobytes())
    return path
