"""Training examples: sound, tokens in, tokens out, and letters for the auxiliary loss."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import torch
from whisper.audio import HOP_LENGTH, N_FFT, mel_filters
from whisper.tokenizer import get_tokenizer

from tools.render_voices import RATE
from tools.speech_model.channel import no_speech, telephone
from tools.speech_model.clips import Clip, Pool, Samples
from tools.speech_model.texts import Word, Words, jamo, said, written

EOT, SOT, KO, TRANSCRIBE, NO_SPEECH, NO_TIMESTAMPS = 50257, 50258, 50264, 50359, 50362, 50363
HEAD = [SOT, KO, TRANSCRIBE, NO_TIMESTAMPS]
IGNORE = -100
LONG_ROOM = 7 * RATE  # samples
PARTIAL = 0.2  # share of examples that stop inside a word
SIZES = 0.87, 1.15
FRAME = 320  # samples of one encoder frame, 20 ms
with warnings.catch_warnings():
    # whisper leaves its vocabulary file to the garbage collector.
    warnings.simplefilter("ignore", ResourceWarning)
    TOKENIZER = get_tokenizer(True, language="ko", task="transcribe")


@dataclass
class Stage:
    """How hard the examples are."""

    windows: tuple[int, ...]  # encoder frames
    shuffled: float  # share of examples in which the words stand in random order
    most_words: int
    frames: int  # of one batch, all examples together
    running: float  # share of shuffled examples spoken in one breath
    asked: float = 0.0  # share of examples of the sample answers, taken from all


@dataclass
class Example:
    """One example; `speech` samples of `samples` are the utterance, the rest is padding."""

    samples: Samples
    tokens: list[int]
    targets: list[int]
    letters: list[int] | None


@dataclass
class Batch:
    """What one step needs; letters are padded with zeros, examples without letters have length 0."""

    samples: torch.Tensor
    tokens: torch.Tensor
    targets: torch.Tensor
    letters: torch.Tensor
    letter_counts: torch.Tensor

    def to(self, device: torch.device) -> Batch:
        """Return the batch on this device."""
        return Batch(**{name: tensor.to(device) for name, tensor in vars(self).items()})


def encode(text: str) -> list[int]:
    """Return the tokens of a text as Whisper writes it, with a space in front."""
    return TOKENIZER.encode(" " + text) if text else []


def word_ends(clip: Clip) -> list[int]:
    """Estimate the end sample of each word from its syllables, which is close for this synthesiser."""
    if len(clip.words) == 1:
        return [len(clip)]
    sizes = np.cumsum([len(jamo(w.said)) + 1.0 + (2.0 if w.said[-1:] in ".?!," else 0.0) for w in clip.words])
    return [int(x) for x in sizes / sizes[-1] * len(clip)]


def draw_style(pool: Pool, rng: np.random.Generator) -> int:
    """Draw a style; the shipped voices are two fifths of all."""
    return int(rng.integers(pool.shipped if rng.random() < 0.4 else len(pool.styles)))


def draw_word(pool: Pool, rng: np.random.Generator) -> int:
    """Draw the number of a word; those that a caller says come more often."""
    if rng.random() < 0.4:
        return pool.callers[int(rng.integers(len(pool.callers)))]
    return int(rng.integers(pool.words))


def shuffled(pool: Pool, rng: np.random.Generator, stage: Stage, room: int) -> list[Clip]:
    """Draw words in random order that fit into `room` samples."""
    if stage.most_words > 2 and rng.random() < stage.running:
        clips = []
        left = room
        for _ in range(1 + stage.most_words // 6):
            clip = pool.running[int(rng.integers(len(pool.running)))]
            if len(clip) < left:
                clips.append(clip)
                left -= len(clip) + RATE // 10
        if clips:
            return clips
    style = draw_style(pool, rng)
    wanted = int(rng.integers(1, stage.most_words + 1))
    clips = []
    left = room
    while len(clips) < wanted:
        clip = pool.single[draw_word(pool, rng), style]
        if clips and len(clip) > left:
            break
        clips.append(clip)
        left -= len(clip) + RATE // 16
    return clips


def in_order(pool: Pool, rng: np.random.Generator, room: int) -> list[Clip]:
    """Draw a line, a phrase or a part of a line that fits into `room` samples, half of them the caller's.

    In a long window the longest of some is taken: ends of long lines fit nowhere else, and are the last thing learnt.
    """
    lines = pool.whole if rng.random() < 0.5 else pool.answers
    clips = pool.spans if room < LONG_ROOM and rng.random() < 0.35 else lines
    fitting: list[Clip] = []
    for _ in range(20):
        clip = clips[int(rng.integers(len(clips)))]
        if len(clip) < room:
            fitting.append(clip)
            if room < LONG_ROOM or len(fitting) == 4:
                break
    return [max(fitting, key=len)] if fitting else []


def asked(pool: Pool, rng: np.random.Generator, room: int) -> list[Clip]:
    """Draw questions of the sample answers, or words of theirs, that fit into `room` samples together."""
    clips: list[Clip] = []
    left = room
    while pool.asked and (not clips or rng.random() < 0.7):
        clip = pool.asked[int(rng.integers(len(pool.asked)))]
        if len(clip) > left:
            break
        clips.append(clip)
        left -= len(clip) + RATE // 8
    return clips


def drawn(pool: Pool, rng: np.random.Generator, stage: Stage, room: int) -> list[Clip]:
    """Draw what is said in an example, which fits into `room` samples."""
    clips: list[Clip] = []
    if rng.random() < stage.asked:
        clips = asked(pool, rng, room)
    elif rng.random() >= stage.shuffled:
        clips = in_order(pool, rng, room)
    return clips or shuffled(pool, rng, stage, room)


def joined(clips: list[Clip], rng: np.random.Generator) -> tuple[Samples, list[Word], list[int]]:
    """Put clips one after the other: sound, words, and the end sample of each word."""
    sound: list[Samples] = []
    words: list[Word] = []
    ends: list[int] = []
    n = 0
    for clip in clips:
        words += clip.words
        ends += [n + end for end in word_ends(clip)]
        gap = np.zeros(int(rng.uniform(0.0, 0.12) * RATE), np.float32)
        sound += [clip.samples, gap]
        n += len(clip) + len(gap)
    return np.concatenate(sound), words, ends


def draw_size(rng: np.random.Generator) -> float:
    """Draw how much higher and faster than rendered a speaker is: as rendered, or within a seventh."""
    return float(rng.uniform(*SIZES)) if rng.random() < 0.5 else 1.0


def resized(sound: Samples, size: float) -> Samples:
    """Return the sound of a speaker whose voice and pace are `size` times as high and as fast."""
    if size == 1.0:
        return sound
    moments = np.arange(0, len(sound) - 1, size, dtype=np.float32)
    out: Samples = np.interp(moments, np.arange(len(sound), dtype=np.float32), sound).astype(np.float32)
    return out


def example(pool: Pool, rng: np.random.Generator, stage: Stage, window: int) -> Example:
    """Make one example for a window of so many encoder frames."""
    room = window * FRAME
    if rng.random() < 0.05:
        heard = int(rng.uniform(0.2, 1.0) * room)
        sound = np.pad(telephone(no_speech(heard, rng), rng, noisy=False), (0, room - heard))
        return Example(sound, HEAD, [NO_SPEECH, IGNORE, IGNORE, EOT], None)
    lead = int(rng.uniform(0, 0.35) * RATE)
    size = draw_size(rng)
    fits = int((room - lead) * size)
    sound, words, ends = joined(drawn(pool, rng, stage, fits), rng)
    sound, ends = resized(sound, size), [int(end / size) for end in ends]
    kept: Words = tuple(words)
    limit = len(sound)
    if rng.random() < PARTIAL:
        # Well inside a word, because only the ends of words spoken one by one are known exactly.
        at = int(rng.integers(len(words)))
        start = ends[at - 1] if at else 0
        limit = int(start + rng.uniform(0.2, 0.6) * (ends[at] - start))
        kept = (*words[: at - 1], words[at - 1].bare) if at else ()
    limit = min(limit, room - lead)
    sound = np.concatenate([np.zeros(lead, np.float32), sound[:limit]])
    tail = min(room - len(sound), int(rng.uniform(0, 0.6) * RATE) if rng.random() < 0.8 else room)
    sound = telephone(np.pad(sound, (0, tail)), rng)
    tokens = encode(written(kept))
    letters = jamo(said(kept)) if len(kept) == len(words) else None
    targets = [KO, IGNORE, IGNORE, *tokens, EOT]
    return Example(np.pad(sound, (0, room - len(sound))), HEAD + tokens, targets, letters)


def log_mel(sound: torch.Tensor) -> torch.Tensor:
    """Return Whisper's log-mel of (batch, samples), each example scaled by its own loudest value."""
    hann = torch.hann_window(N_FFT, device=sound.device)
    stft = torch.stft(sound, N_FFT, HOP_LENGTH, window=hann, return_complex=True)
    power = stft[..., :-1].abs() ** 2
    spec = (mel_filters(sound.device, 80) @ power).clamp(min=1e-10).log10()
    spec = torch.maximum(spec, spec.amax(dim=(1, 2), keepdim=True) - 8.0)
    return (spec + 4.0) / 4.0


def batch(pool: Pool, rng: np.random.Generator, stage: Stage, window: int, count: int) -> Batch:
    """Make `count` examples of one window length."""
    made = [example(pool, rng, stage, window) for _ in range(count)]
    length = max(len(e.tokens) for e in made)
    letters = max([len(e.letters or []) for e in made] + [1])
    tokens = torch.full((count, length), EOT)
    targets = torch.full((count, length), IGNORE)
    spelled = torch.zeros((count, letters), dtype=torch.long)
    for i, e in enumerate(made):
        tokens[i, : len(e.tokens)] = torch.tensor(e.tokens)
        targets[i, : len(e.targets)] = torch.tensor(e.targets)
        if e.letters:
            spelled[i, : len(e.letters)] = torch.tensor(e.letters)
    counts = torch.tensor([len(e.letters or []) for e in made])
    samples = torch.from_numpy(np.stack([e.samples for e in made]))
    return Batch(samples, tokens, targets, spelled, counts)


def used_tokens(texts: list[Words]) -> list[int]:
    """Return every token that a transcript of these texts, or of a part of one, can need."""
    ids = {EOT, KO, NO_SPEECH, SOT, TRANSCRIBE, NO_TIMESTAMPS}
    # No token reaches over a space, so the words of a text have all of its tokens.
    words = {word for text in texts for word in text}
    for form in {form for word in words for form in (word.written, word.bare.written)}:
        ids.update(encode(form))
    return sorted(ids)
