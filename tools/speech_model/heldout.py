"""What the callers say in voices that training never heard, and what a line does to it: material to measure on.

The variants stand in no training style; the speeds and pitches are odd numbers, those of the varied training styles
even ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tools.render_voices import RATE
from tools.speech_model.channel import PACKET, telephone
from tools.speech_model.clips import VARIANTS, Samples, Style, speak, texts_of
from tools.speech_model.texts import Words, practice_lines, said, words_of

STYLES: tuple[Style, ...] = (
    ("+m5", 163, 47),
    ("+m6", 151, 35),
    ("+m8", 175, 41),
    ("+linda", 157, 53),
    ("+Annie", 181, 61),
    ("+paul", 139, 45),
)
assert not {variant for variant, _, _ in STYLES} & set(VARIANTS)
BEFORE_S, AFTER_S = 0.3, 0.2
BETWEEN_WORDS_S = 0.05
SPEECH_RMS = 0.1


@dataclass(frozen=True)
class Condition:
    """What happens to speech on its way: codec, noise below the speech in dB, share of lost packets."""

    name: str
    codec: str
    noise_db: float | None = None
    loss: float = 0.0


CONDITIONS = (
    Condition("G.711 A-law", "pcma"),
    Condition("G.711 mu-law", "pcmu"),
    Condition("G.722", "g722"),
    Condition("G.711, noise 25 dB below", "pcma", 25),
    Condition("G.711, noise 15 dB below", "pcma", 15),
    Condition("G.711, 1 % packets lost", "pcma", loss=0.01),
    Condition("G.711, 5 % packets lost", "pcma", loss=0.05),
)


def arriving(sound: Samples, condition: Condition, rng: np.random.Generator) -> Samples:
    """Return what comes out of the line, with some silence before and after it."""
    y = np.pad(sound, (int(BEFORE_S * RATE), int(AFTER_S * RATE)))
    if condition.noise_db is not None:
        level = np.float32(SPEECH_RMS * 10 ** (-condition.noise_db / 20))
        y = y + rng.standard_normal(len(y), dtype=np.float32) * level
    if condition.loss:
        lost = rng.random(-(-len(y) // PACKET)) < condition.loss
        y = np.where(np.repeat(lost, PACKET)[: len(y)], np.float32(0), y)
    return telephone(y, rng, kind=condition.codec, noisy=False)


def callers_lines(scenarios: tuple[str, ...]) -> Iterator[tuple[str, Words]]:
    """Yield every line of the callers with its scenario, and at last what all of them ask."""
    for line in practice_lines(scenarios):
        if line.who == "caller":
            yield line.scenario, words_of(line)
    texts = {words_of(line) for line in practice_lines(scenarios)}
    for words in texts_of(scenarios, "caller"):
        if words not in texts:
            yield "every call", words


def cut_in_a_word(words: Words, style: Style, rng: np.random.Generator) -> tuple[Samples, Words]:
    """Speak words one by one, so that their ends are known, stop inside one, and return the words before it too."""
    at = int(rng.integers(1, len(words))) if len(words) > 1 else 0
    gap = np.zeros(int(BETWEEN_WORDS_S * RATE), np.float32)
    sound: list[Samples] = []
    for word in words[:at]:
        sound += [speak(said((word,)), style), gap]
    last = speak(said((words[at],)), style)
    sound.append(last[: int(rng.uniform(0.2, 0.6) * len(last))])
    return np.concatenate(sound), words[:at]
