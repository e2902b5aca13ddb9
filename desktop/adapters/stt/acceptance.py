"""When decoded text is no speech: loops, silence that became words, sentences from broadcasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.adapters.stt.invented import invented

NO_SPEECH = 0.6
DOUBTFUL = -0.8
POOR = -1.0
WEAK_VOICE = 0.6
FAINT, FAINT_VOICES = "faint", ((0.5, 0.7), (1.0, 0.6))
"""Less speech than so many seconds, of a mean probability below this, is none: the first notes of music that follow
words pass for a voice for a moment, and a model may be sure of a syllable in them. Of 90 short replies in synthetic
voices on a noisy line 87 have 0.75 and more."""
# How many of the last tokens are looked at for a loop.
LOOP_REACH = 30


@dataclass(frozen=True, slots=True)
class Decoding:
    """Greedy tokens of one stretch of sound; `logprob` is the mean per token, `no_speech` a probability.

    `logprobs`: of each token, where the engine says so.
    """

    tokens: tuple[int, ...]
    logprob: float
    no_speech: float
    looped: bool = False
    logprobs: tuple[float, ...] | None = None


def refusal(decoding: Decoding, text: str, voiced: float, certainty: float = 1.0) -> str:
    """Why a final text is not to be shown, "" where it is; `voiced` seconds of its sound are speech, of a mean
    probability of `certainty`."""
    if not text:
        return "empty"
    if decoding.looped:
        return "loop"
    if any(voiced < seconds and certainty < least for seconds, least in FAINT_VOICES):
        return FAINT
    if decoding.no_speech > NO_SPEECH and decoding.logprob < DOUBTFUL:
        return "no speech"
    if voiced < 0.3 and decoding.logprob < POOR:
        return "too short"
    if invented().broadcast.has(text):
        return "broadcast"
    if certainty < WEAK_VOICE and decoding.logprob < DOUBTFUL and invented().polite.has(text):
        return "polite"
    return ""


def loops(pieces: Sequence[bytes]) -> bool:
    """Whether the tokens, given as their bytes, end in one run three times over that is at least 4 characters.

    Short words may repeat ("네 네 네"), up to five times.
    """
    for length in range(1, len(pieces) // 3 + 1):
        tail = pieces[-length:]
        times = 3 if len(b"".join(tail).decode(errors="ignore").strip()) >= 4 else 6
        if len(pieces) >= times * length and list(pieces[-times * length :]) == list(tail) * times:
            return True
    return False


def first_loop(pieces: Sequence[bytes]) -> int:
    """After how many tokens `loops` first says so, 0 for never."""
    for length in range(1, len(pieces) + 1):
        if loops(pieces[max(0, length - LOOP_REACH) : length]):
            return length
    return 0


def token_budget(language: str, seconds: float) -> int:
    """Tokens that speech of this length can have; scripts that take more bytes per character have more."""
    return 10 + int(seconds * (16 if language in ("mn", "th") else 9))
