"""A pool of clips spoken by espeak-ng, rendered once and kept in one file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import Pool as Processes
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tools.render_voices import Line
from tools.speech_model.texts import (
    HELLO,
    Words,
    phrases,
    practice_lines,
    questions,
    said,
    vocabulary,
    words_of,
)
from tools.speech_model.voice import synthesiser

Samples = npt.NDArray[np.float32]
Stored = npt.NDArray[np.int16]
Style = tuple[str, int, int]  # espeak-ng variant, words a minute, pitch
Job = tuple[
    str, Words, int
]  # kind, words, style number; kind is single, running, span, whole, answer or asked
# What is heard in training; heldout.py names the voices that are not. Robots, whispers and croaks are left out.
VARIANTS = (
    *("", "+m1", "+m2", "+m3", "+m4", "+m7", "+f1", "+f2", "+f3", "+f4", "+f5"),
    *("+Alicia", "+Andrea", "+Andy", "+adam", "+belinda", "+david", "+john", "+steph"),
    *("+Alex", "+Denis", "+Diogo", "+Gene", "+Gene2", "+Henrique", "+Hugo", "+Jacky", "+Lee", "+Marco"),
    *("+Mario", "+Michael", "+Mike", "+Nguyen", "+anika", "+antonio", "+aunty", "+benjamin", "+boris"),
    *("+caleb", "+ed", "+edward", "+edward2", "+grandma", "+grandpa", "+gustave", "+iven", "+iven2"),
    *("+iven3", "+iven4", "+kaukovalta", "+klatt", "+klatt2", "+klatt3", "+klatt4", "+marcelo", "+max"),
    *("+michel", "+miguel", "+norbert", "+pablo", "+pedro", "+quincy", "+rob", "+robert", "+sandro"),
    *("+shelby", "+steph2", "+steph3", "+travis", "+victor", "+zac"),
)
SPEEDS, PITCHES = (100, 220), (20, 86)
SPEECH_RMS = 0.1
FULL_SCALE = np.float32(32767)
OWN_VOICE = {"whole": 4, "answer": 12}  # how much more often a line is heard in its own voice than in another
RUNNING_PER_WORD = 12
VOICES_PER_QUESTION, RUNS_PER_QUESTION = 4, 6
AGENT_SHARE = 3  # one in so many of the varied styles also speaks the agent's lines


@dataclass
class Clip:
    """Speech without silence at its ends (16 bit, to be kept by the thousand), what it says, its style's number."""

    words: Words
    stored: Stored
    style: int

    def __len__(self) -> int:
        return len(self.stored)

    @property
    def samples(self) -> Samples:
        """The sound, from -1 to 1."""
        return np.divide(self.stored, FULL_SCALE, dtype=np.float32)


@dataclass
class Pool:
    """Everything that can be heard in training; the shipped voices are the first `shipped` of the styles."""

    styles: list[Style]
    shipped: int
    single: dict[tuple[int, int], Clip] = field(default_factory=dict)  # (word number, style)
    running: list[Clip] = field(default_factory=list)  # shuffled words in one breath
    spans: list[Clip] = field(default_factory=list)  # parts of lines
    whole: list[Clip] = field(default_factory=list)  # the caller's whole lines and phrases
    answers: list[Clip] = field(default_factory=list)  # the agent's
    words: int = 0
    callers: list[int] = field(default_factory=list)  # numbers of the words that a caller says
    # Questions of the sample answers, and some of their words in random order.
    asked: list[Clip] = field(default_factory=list)


def style_of(line: Line) -> Style:
    """Return the voice of a line's shipped file."""
    return line.variant, line.speed, line.pitch


def shipped_styles(scenarios: tuple[str, ...]) -> list[Style]:
    """Return the voices of the shipped files: each caller's and the agent's."""
    return sorted({style_of(line) for line in practice_lines(scenarios)})


def varied_styles(count: int, seed: int) -> list[Style]:
    """Return other voices, speeds and pitches; the speeds and the pitches are even numbers."""
    rng = np.random.default_rng(seed)

    def even(low: int, high: int) -> int:
        return 2 * int(rng.integers(low // 2, high // 2))

    return [(VARIANTS[i % len(VARIANTS)], even(*SPEEDS), even(*PITCHES)) for i in range(count)]


def speak(text: str, style: Style) -> Samples:
    """Return a text spoken in a style, trimmed and levelled."""
    samples = synthesiser()(text, *style).astype(np.float32) / 32768
    loud = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())
    cut = samples[max(0, loud[0] - 320) : loud[-1] + 640]
    speech = cut[np.abs(cut) > 0.005]
    out: Samples = (cut * (SPEECH_RMS / np.sqrt(np.mean(speech**2)))).astype(np.float32)
    return out


def texts_of(scenarios: tuple[str, ...], who: str) -> list[Words]:
    """Return what the callers say, or the agent, each text once; the callers also ask who is there."""
    texts = {words_of(line) for line in practice_lines(scenarios) if line.who == who}
    return sorted(texts | ({HELLO} if who == "caller" else set()), key=str)


def own_voices(scenarios: tuple[str, ...], styles: list[Style]) -> dict[Words, set[int]]:
    """Return the numbers of the styles in which a text or a phrase of it stands in the shipped files."""
    out: dict[Words, set[int]] = {HELLO: set()}
    for line in practice_lines(scenarios):
        number = styles.index(style_of(line))
        if line.who == "caller":
            out[HELLO].add(number)
        for words in (words_of(line), *phrases(words_of(line))):
            out.setdefault(words, set()).add(number)
    return out


def plan(
    scenarios: tuple[str, ...], styles: list[Style], seed: int, per_word: int = RUNNING_PER_WORD
) -> list[Job]:
    """List what to speak."""
    rng = np.random.default_rng(seed)
    callers, agents = texts_of(scenarios, "caller"), texts_of(scenarios, "agent")
    known, called = vocabulary([*callers, *agents]), vocabulary(callers)
    shipped = len(shipped_styles(scenarios))
    own = own_voices(scenarios, styles)
    agents_too = shipped + (len(styles) - shipped) // AGENT_SHARE
    jobs: list[Job] = []
    for style in range(len(styles)):
        jobs += [("single", (word,), style) for word in known]
        for kind, texts in (("whole", callers), ("answer", agents)):
            for words in sorted({*texts, *(p for t in texts for p in phrases(t))}, key=str):
                if kind == "whole" or style in own[words] or shipped <= style < agents_too:
                    jobs.append((kind, words, style))
    for i in range(per_word * len(known)):
        style = int(rng.integers(shipped)) if rng.random() < 0.4 else int(rng.integers(len(styles)))
        source = called if i % 2 else known
        picked = rng.integers(len(source), size=int(rng.integers(2, 7)))
        jobs.append(("running", tuple(source[int(i)] for i in picked), style))
        texts = callers if i % 2 else agents
        text = texts[int(rng.integers(len(texts)))]
        start = int(rng.integers(len(text)))
        jobs.append(("span", text[start : start + int(rng.integers(2, 6))], style))
    return jobs + asked_jobs(len(styles), rng)


def asked_jobs(styles: int, rng: np.random.Generator) -> list[Job]:
    """List what to speak of the sample answers' questions."""
    known = vocabulary(list(questions()))
    jobs: list[Job] = []
    for words in questions():
        drawn = rng.choice(styles, VOICES_PER_QUESTION, replace=False)
        jobs += [("asked", words, int(style)) for style in drawn]
    for _ in range(RUNS_PER_QUESTION * len(questions())):
        picked = rng.integers(len(known), size=int(rng.integers(1, 6)))
        jobs.append(("asked", tuple(known[int(i)] for i in picked), int(rng.integers(styles))))
    return jobs


def spoken(texts: list[str], style: Style) -> list[Stored]:
    """Speak texts in one style."""
    sounds = (speak(text, style) * FULL_SCALE for text in texts)
    return [np.clip(sound, -FULL_SCALE, FULL_SCALE).astype(np.int16) for sound in sounds]


def render(jobs: list[Job], styles: list[Style], workers: int) -> Iterator[tuple[int, Stored]]:
    """Speak every job in so many processes; yield the number of each and its sound.

    By style, because changing the voice costs more than a word does.
    """
    groups: list[list[int]] = [[] for _ in styles]
    for i, job in enumerate(jobs):
        groups[job[2]].append(i)
    asked = [([said(jobs[i][1]) for i in group], style) for group, style in zip(groups, styles, strict=True)]
    with Processes(workers) as processes:
        for group, sounds in zip(groups, processes.starmap(spoken, asked, chunksize=1), strict=True):
            yield from zip(group, sounds, strict=True)


def digest_of(jobs: list[Job], styles: list[Style]) -> str:
    """Return what tells one plan from another."""
    return hashlib.sha256(repr((jobs, styles)).encode()).hexdigest()


def build(scenarios: tuple[str, ...], cache: Path, varied: int, workers: int, seed: int = 1) -> Pool:
    """Return the pool, from the cache if it holds it; renders otherwise (3 s for each style on one core)."""
    styles = shipped_styles(scenarios) + varied_styles(varied, seed)
    jobs = plan(scenarios, styles, seed)
    digest = digest_of(jobs, styles)
    if cache.exists():
        stored = np.load(cache)
        if str(stored["digest"]) != digest:
            raise ValueError(f"{cache} was made for other scenarios or voices; delete it")
        return collect(scenarios, styles, jobs, np.split(stored["flat"], stored["ends"][:-1]))
    numbered = sorted(render(jobs, styles, workers), key=lambda spoken: spoken[0])
    sounds = [sound for _, sound in numbered]
    np.savez(
        cache, flat=np.concatenate(sounds), ends=np.cumsum([len(sound) for sound in sounds]), digest=digest
    )
    return collect(scenarios, styles, jobs, sounds)


def collect(scenarios: tuple[str, ...], styles: list[Style], jobs: list[Job], sounds: list[Stored]) -> Pool:
    """Sort spoken jobs into a pool."""
    pool = Pool(styles, len(shipped_styles(scenarios)))
    own = own_voices(scenarios, styles)
    numbers: dict[str, int] = {}
    for (kind, words, style), sound in zip(jobs, sounds, strict=True):
        clip = Clip(words, sound, style)
        if kind == "single":
            pool.single[numbers.setdefault(words[0].written, len(numbers)), style] = clip
        elif kind in ("whole", "answer"):
            lines = pool.whole if kind == "whole" else pool.answers
            lines += [clip] * (OWN_VOICE[kind] if style in own[words] else 1)
        else:
            {"running": pool.running, "span": pool.spans, "asked": pool.asked}[kind].append(clip)
    pool.words = len(numbers)
    pool.callers = [numbers[w.written] for w in vocabulary(texts_of(scenarios, "caller"))]
    return pool
