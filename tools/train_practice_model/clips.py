"""A pool of clips spoken by espeak-ng, rendered once and kept in one file."""

from __future__ import annotations

import concurrent.futures
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tools.render_voices import RATE, synthesise
from tools.train_practice_model.texts import Words, phrases, practice_lines, said, vocabulary, words_of

Samples = npt.NDArray[np.float32]
Style = tuple[str, int, int]  # espeak-ng variant, words a minute, pitch
VARIANTS = ("", "+m1", "+m2", "+m3", "+m4", "+m7", "+f1", "+f2", "+f3", "+f4", "+f5")
SPEECH_RMS = 0.1


@dataclass
class Clip:
    """Speech without silence at its ends, what it says, and its style's number."""

    words: Words
    samples: Samples
    style: int
    # Random order of words, so that only the sound can tell what is said.
    shuffled: bool = False


@dataclass
class Pool:
    """Everything that can be heard in training."""

    styles: list[Style]
    single: dict[tuple[int, int], Clip] = field(default_factory=dict)  # (word number, style)
    running: list[Clip] = field(default_factory=list)  # shuffled words in one breath
    spans: list[Clip] = field(default_factory=list)  # parts of lines
    whole: list[Clip] = field(default_factory=list)  # whole lines and phrases
    words: int = 0


def shipped_styles(scenarios: tuple[str, ...]) -> list[Style]:
    """Return the voices of the shipped files: each caller's and the agent's."""
    return sorted({(line.variant, line.speed, line.pitch) for line in practice_lines(scenarios)})


def varied_styles(count: int, seed: int) -> list[Style]:
    """Return other voices, speeds and pitches."""
    rng = np.random.default_rng(seed)
    return [
        (VARIANTS[i % len(VARIANTS)], int(rng.integers(112, 195)), int(rng.integers(32, 72)))
        for i in range(count)
    ]


def speak(text: str, style: Style) -> Samples:
    """Return a text spoken in a style, trimmed and levelled."""
    samples = np.asarray(synthesise(text, *style), dtype=np.float32) / 32768
    loud = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())
    cut = samples[max(0, loud[0] - 320) : loud[-1] + 640]
    speech = cut[np.abs(cut) > 0.005]
    out: Samples = (cut * (SPEECH_RMS / np.sqrt(np.mean(speech**2)))).astype(np.float32)
    return out


def plan(
    scenarios: tuple[str, ...], styles: list[Style], seed: int, running: int
) -> list[tuple[str, Words, int]]:
    """List what to speak: (kind, words, style number); kind is single, running, span or whole."""
    rng = np.random.default_rng(seed)
    texts = [words_of(line) for line in practice_lines(scenarios)]
    known = vocabulary(texts)
    shipped = len(shipped_styles(scenarios))
    jobs: list[tuple[str, Words, int]] = []
    for style in range(len(styles)):
        jobs += [("single", (word,), style) for word in known]
        jobs += [
            ("whole", words, style)
            for words in sorted({*texts, *(p for t in texts for p in phrases(t))}, key=str)
        ]
    for _ in range(running):
        style = int(rng.integers(shipped)) if rng.random() < 0.5 else int(rng.integers(len(styles)))
        picked = rng.integers(len(known), size=int(rng.integers(2, 7)))
        jobs.append(("running", tuple(known[int(i)] for i in picked), style))
        text = texts[int(rng.integers(len(texts)))]
        start = int(rng.integers(len(text)))
        jobs.append(("span", text[start : start + int(rng.integers(2, 6))], style))
    return jobs


def build(
    scenarios: tuple[str, ...], cache: Path, varied: int = 12, running: int = 2500, seed: int = 1
) -> Pool:
    """Return the pool, from the cache if it holds it; renders with two threads otherwise (minutes)."""
    styles = shipped_styles(scenarios) + varied_styles(varied, seed)
    jobs = plan(scenarios, styles, seed, running)
    if cache.exists():
        stored = np.load(cache)
        flat, ends = stored["flat"], stored["ends"]
        if len(ends) != len(jobs):
            raise ValueError(f"{cache} was made for other scenarios; delete it")
    else:
        with concurrent.futures.ThreadPoolExecutor(2) as threads:
            clips = list(threads.map(lambda job: speak(said(job[1]), styles[job[2]]), jobs))
        flat = np.concatenate([np.clip(c * 32767, -32767, 32767).astype(np.int16) for c in clips])
        ends = np.cumsum([len(c) for c in clips])
        np.savez(cache, flat=flat, ends=ends)
    pool = Pool(styles)
    starts = np.concatenate([[0], ends[:-1]])
    numbers: dict[str, int] = {}
    for (kind, words, style), start, end in zip(jobs, starts, ends, strict=True):
        clip = Clip(words, flat[start:end].astype(np.float32) / 32767, style, kind in ("single", "running"))
        if kind == "single":
            pool.single[numbers.setdefault(words[0].written, len(numbers)), style] = clip
        else:
            {"running": pool.running, "span": pool.spans, "whole": pool.whole}[kind].append(clip)
    pool.words = len(numbers)
    return pool


def seconds(pool: Pool) -> float:
    """Return the length of all clips."""
    every = [*pool.single.values(), *pool.running, *pool.spans, *pool.whole]
    return sum(len(clip.samples) for clip in every) / RATE
