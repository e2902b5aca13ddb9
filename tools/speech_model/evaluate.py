"""Measure a checkpoint on voices that it never heard and on the shipped ones, through simulated telephone lines.

    python -m tools.speech_model.evaluate CHECKPOINT [--write docs/measured/practice-model.md] [--quick]

The callers' lines in held-out voices, whole and stopped inside a word; all shipped lines, whole and cut at the pauses
of the file (what a segmenter would hand over), in the windows of the live decoder and in the full 30 s; and what comes
out when nobody speaks.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import miniaudio
import numpy as np
import torch
import whisper
from whisper.model import Whisper

from bench.stt_measure.sounds import stretches, wordless
from desktop.adapters.stt.windows import window_of
from tools.render_voices import RATE, VOICES, Line
from tools.speech_model import heldout
from tools.speech_model.channel import no_speech, telephone
from tools.speech_model.clips import Samples, Style, speak
from tools.speech_model.examples import EOT, FRAME, HEAD, NO_SPEECH, TOKENIZER, log_mel
from tools.speech_model.network import hear
from tools.speech_model.texts import Words, practice_lines, questions, said, vocabulary, words_of, written
from tools.speech_model.train import SCENARIOS

FULL = 1500
FLOORS = (120, 250)
KINDS = ("g722", "pcma", "pcmu")
MOST_TOKENS = 120
NO_SPEECH_LIMIT = 0.6
RANDOM_LINES, QUESTIONS = 120, 120
QUICK = 23  # of so many renderings, one is measured in a hurry
HEADING = """\
# The practice checkpoint, measured

{date}. `{name}`: {size:.1f} MiB, {shape}. Character error rate (spaces and punctuation not counted) and exact lines,
decoded greedily in float32 by the tool. The window is the sound and 1.25 to 1.75 s, at least the floor. All voices are
synthetic: this shows that the chain works, nothing about people. {share}
Data, voices and steps of the training stand in `tools/speech_model/README.md`; unheard voices over a real call
in `unheard-voices-*.md`.
"""


@dataclass
class Heard:
    """What the decoder made of a piece of sound."""

    text: str
    logprob: float
    no_speech: float


@dataclass
class Score:
    """Wrong and all characters, right and all lines."""

    wrong: int = 0
    characters: int = 0
    right: int = 0
    lines: int = 0

    def add(self, wanted: str, got: str) -> None:
        """Count one line; spaces and punctuation do not count."""
        wrong, length = distance(wanted, got)
        self.wrong += wrong
        self.characters += length
        self.right += wrong == 0
        self.lines += 1

    def __str__(self) -> str:
        return f"{self.wrong / max(1, self.characters):.3f} ({self.right} of {self.lines} exact)"


def distance(wanted: str, got: str) -> tuple[int, int]:
    """Return the edit distance in characters and the length of what was wanted."""
    a, b = (re.sub(r"[\s\W]", "", text) for text in (wanted, got))
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1], len(a)


def decode(model: Whisper, sound: Samples, floor: int) -> Heard:
    """Decode greedily in the window of the live decoder, at least `floor` frames of 20 ms."""
    with torch.inference_mode():
        return greedy(model, sound, floor)


def greedy(model: Whisper, sound: Samples, floor: int) -> Heard:
    """Do the work of `decode`."""
    window = window_of(len(sound), floor, FULL)
    padded = np.pad(sound, (0, max(0, window * FRAME - len(sound))))[: window * FRAME]
    heard = hear(model.encoder, log_mel(torch.from_numpy(padded.astype(np.float32))[None]))
    cache, hooks = model.install_kv_cache_hooks()
    tokens: list[int] = []
    total = 0.0
    try:
        logits = model.decoder(torch.tensor([HEAD]), heard, kv_cache=cache)[0]
        silent = float(logits[0].softmax(-1)[NO_SPEECH])
        row = logits[-1]
        while len(tokens) < MOST_TOKENS:
            row[EOT + 1 :] = -torch.inf
            chances = row.log_softmax(-1)
            best = int(chances.argmax())
            total += float(chances[best])
            if best == EOT:
                break
            tokens.append(best)
            row = model.decoder(torch.tensor([[best]]), heard, kv_cache=cache)[0, -1]
    finally:
        for hook in hooks:
            hook.remove()
    return Heard(TOKENIZER.decode(tokens).strip(), total / (len(tokens) + 1), silent)


def sound_of(line: Line) -> Samples:
    """Return the shipped file of a line."""
    return sound_in(VOICES / line.name)


def sound_in(path: Path) -> Samples:
    """Return a file as mono sound at 16 kHz."""
    decoded = miniaudio.decode_file(str(path), nchannels=1, sample_rate=RATE)
    out: Samples = np.frombuffer(decoded.samples, dtype=np.int16).astype(np.float32) / np.float32(32768)
    return out


def pieces(sound: Samples) -> Iterator[Samples]:
    """Cut in the middle of the sound's pauses."""
    start = 0
    for (_, before), (after, _) in itertools.pairwise(stretches(sound)):
        middle = (before + after) // 2
        yield sound[start:middle]
        start = middle
    yield sound[start:]


def arriving(sound: Samples, kind: str, rng: np.random.Generator) -> Samples:
    """Return the sound as it comes out of a line, with 0.3 s before and 0.2 s after it."""
    return telephone(np.pad(sound, (int(0.3 * RATE), int(0.2 * RATE))), rng, kind=kind)


def measure(model: Whisper, floor: int, cut: bool, every: int = 1, seed: int = 11) -> dict[str, Score]:
    """Return scores of the shipped voices by scenario and side, by codec, and for all.

    Only every so many-th line is measured with each codec.
    """
    rng = np.random.default_rng(seed)
    scores: dict[str, Score] = defaultdict(Score)
    for number, line in enumerate(practice_lines(SCENARIOS)):
        sound = sound_of(line)
        for kind in (kind for at, kind in enumerate(KINDS) if (number + at) % every == 0):
            parts = pieces(sound) if cut else [sound]
            got = " ".join(decode(model, arriving(part, kind, rng), floor).text for part in parts)
            for key in (f"{line.scenario} {line.who}", line.who, kind, "all"):
                scores[key].add(line.text, got)
    return {key: scores[key] for key in sorted(scores)}


def heard_over(
    model: Whisper, words: Words, style: Style, condition: heldout.Condition, rng: np.random.Generator
) -> str:
    """Return what is written of words that a voice says at the other end of a line."""
    sound = heldout.arriving(speak(said(words), style), condition, rng)
    return decode(model, sound, FLOORS[0]).text


def unheard(
    model: Whisper, every: int = 1, *, show: bool = False, seed: int = 13
) -> dict[str, dict[str, Score]]:
    """Return, for each condition, scores of the callers' lines in held-out voices by scenario, by voice, and for all.

    Only every so many-th rendering is measured.
    """
    rng = np.random.default_rng(seed)
    out: dict[str, dict[str, Score]] = {}
    for condition in heldout.CONDITIONS:
        scores = out[condition.name] = defaultdict(Score)
        cases = itertools.product(heldout.STYLES, heldout.callers_lines(SCENARIOS))
        for style, (scenario, words) in itertools.islice(cases, len(out) % every, None, every):
            got = heard_over(model, words, style, condition, rng)
            for key in (scenario, f"voice {style[0]}", "all"):
                scores[key].add(written(words), got)
            if show and distance(written(words), got)[0]:
                print(f"{condition.name} {style[0]}: {written(words)} -> {got}")
    return out


def stopped(model: Whisper, every: int = 1, seed: int = 14) -> Score:
    """Return the score of lines in held-out voices that stop inside a word, against the words before it."""
    rng = np.random.default_rng(seed)
    score = Score()
    cases = itertools.product(heldout.STYLES, heldout.callers_lines(SCENARIOS))
    for style, (_, words) in itertools.islice(cases, 0, None, every):
        sound, before = heldout.cut_in_a_word(words, style, rng)
        if before:
            sound = heldout.arriving(sound, heldout.CONDITIONS[0], rng)
            score.add(written(before), decode(model, sound, FLOORS[0]).text)
    return score


def at_random(model: Whisper, every: int = 1, seed: int = 15) -> dict[str, Score]:
    """Return, by condition, scores of known words in random order and held-out voices: nothing of it can be recited."""
    rng = np.random.default_rng(seed)
    known = vocabulary([words_of(line) for line in practice_lines(SCENARIOS)])
    scores: dict[str, Score] = defaultdict(Score)
    for condition in heldout.CONDITIONS:
        for number in range(RANDOM_LINES // every):
            words = tuple(known[int(i)] for i in rng.integers(len(known), size=int(rng.integers(2, 7))))
            style = heldout.STYLES[number % len(heldout.STYLES)]
            scores[condition.name].add(written(words), heard_over(model, words, style, condition, rng))
    return scores


def asked(model: Whisper, every: int = 1, seed: int = 16) -> dict[str, dict[str, Score]]:
    """Return, by condition, scores of questions of the sample answers in held-out voices, trained on and kept back."""
    rng = np.random.default_rng(seed)
    scores: dict[str, dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    for condition in heldout.CONDITIONS:
        for name, texts in (("trained on", questions()), ("kept back", questions(trained=False))):
            for number in rng.permutation(len(texts))[: QUESTIONS // every]:
                style = heldout.STYLES[number % len(heldout.STYLES)]
                got = heard_over(model, texts[number], style, condition, rng)
                scores[condition.name][name].add(written(texts[number]), got)
    return scores


def nobody(rng: np.random.Generator) -> Iterator[tuple[str, Samples]]:
    """Yield sounds in which nobody speaks, by name; their tune is none of those that training makes."""
    for name, sound in wordless(60.0).items():
        for start in range(0, 54, 9):
            cut = sound[start * RATE : int((start + rng.uniform(1.0, 6.0)) * RATE)]
            yield name, cut.astype(np.float32) / np.float32(32768)
    for _ in range(60):
        yield "drawn as in training", no_speech(int(rng.uniform(0.5, 6.0) * RATE), rng)


def silence(model: Whisper, floor: int) -> list[str]:
    """Return, as rows of a table, what comes of sounds in which nobody speaks, and of speech beside it."""
    rng = np.random.default_rng(12)
    heard: dict[str, list[Heard]] = defaultdict(list)
    for name, sound in nobody(rng):
        for kind in KINDS:
            heard[name].append(decode(model, telephone(sound, rng, kind=kind, noisy=False), floor))
    for line in practice_lines(SCENARIOS):
        heard["speech, shipped voices"].append(
            decode(model, arriving(sound_of(line), str(rng.choice(KINDS)), rng), floor)
        )
    rows = [
        "| | stretches | no-speech probability, lowest to highest | with text | shown |",
        "|---" * 5 + "|",
    ]
    for name, found in heard.items():
        chances = [h.no_speech for h in found]
        text = sum(1 for h in found if h.text)
        shown = sum(1 for h in found if h.text and h.no_speech <= NO_SPEECH_LIMIT)
        rows.append(
            f"| {name} | {len(found)} | {min(chances):.3f} to {max(chances):.3f} | {text} | {shown} |"
        )
    return rows


def table(columns: dict[str, dict[str, Score]]) -> list[str]:
    """Return scores as the rows of a table."""
    names = sorted({name for scores in columns.values() for name in scores})
    out = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    return out + [
        f"| {name} | " + " | ".join(str(c[name]) for c in columns.values()) + " |" for name in names
    ]


def report(model: Whisper, path: Path, every: int) -> str:
    """Return the whole measurement as Markdown; of renderings, only every so many-th is measured."""
    dims = model.dims
    shape = f"width {dims.n_audio_state}, {dims.n_audio_layer} encoder and {dims.n_text_layer} decoder layers"
    voices = ", ".join(f"ko{variant} {speed} {pitch}" for variant, speed, pitch in heldout.STYLES)
    out = [
        HEADING.format(
            date=datetime.date.today(),
            name=path.name,
            size=path.stat().st_size / 2**20,
            shape=shape,
            share=f"One of {every} renderings was measured."
            if every > 1
            else "Every rendering was measured.",
        ),
        f"## Callers in voices never heard\n\nespeak-ng's {voices} (variant, words a minute, pitch).\n",
        *table(unheard(model, every)),
        "",
        f"Stopped inside a word, G.711, spoken word by word, against the words before it: {stopped(model, every)}.",
        "",
        "Two to six of the words in random order:",
        "",
        *table({name: {"all": score} for name, score in at_random(model, every).items()}),
        "",
    ]
    out += ["Questions of the sample answers:", "", *table(asked(model, every)), ""]
    for title, cut in (("Shipped voices, whole lines", False), ("Shipped voices, cut at pauses", True)):
        columns = {f"floor {floor / 50:g} s": measure(model, floor, cut, every) for floor in FLOORS}
        if not cut:
            columns["full 30 s"] = measure(model, FULL, cut, every)
        out += [f"## {title}", "", *table(columns), ""]
    shown = f"Floor {FLOORS[0] / 50:g} s. Shown is a text with a no-speech probability of {NO_SPEECH_LIMIT} or less."
    return "\n".join([*out, "## Nobody speaks", "", shown, "", *silence(model, FLOORS[0]), ""])


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--write", type=Path, help="keep the result in this file")
    parser.add_argument(
        "--quick", action="store_true", help="only a sample of the held-out voices; show each error"
    )
    parser.add_argument("--every", type=int, default=1, help="measure only one of so many renderings")
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = whisper.load_model(str(options.checkpoint), device="cpu").eval()
    if options.quick:
        for name, scores in unheard(model, QUICK, show=True).items():
            print(name, {key: str(score) for key, score in sorted(scores.items())})
        print("stopped inside a word:", stopped(model, QUICK))
        for name, found in asked(model, QUICK).items():
            print(name, {key: str(score) for key, score in found.items()})
        return
    text = report(model, options.checkpoint, options.every)
    print(text)
    if options.write:
        options.write.parent.mkdir(parents=True, exist_ok=True)
        options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
