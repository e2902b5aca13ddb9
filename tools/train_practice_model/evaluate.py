"""Measure a checkpoint on the shipped voices of S01 and S05, through simulated telephone lines.

    python -m tools.train_practice_model.evaluate CHECKPOINT [--write docs/measured/practice-model.md]

Whole lines, and lines cut at the pauses of the file (what a segmenter would hand over); windows as the live decoder
takes them (sound + 1.5 s, at least a floor) and the full 30 s; and what comes out when nobody speaks.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import miniaudio
import numpy as np
import torch
import whisper
from whisper.model import Whisper

from tools.render_voices import RATE, VOICES, Line
from tools.train_practice_model.channel import no_speech, telephone
from tools.train_practice_model.clips import Samples
from tools.train_practice_model.examples import EOT, FRAME, HEAD, NO_SPEECH, TOKENIZER, log_mel
from tools.train_practice_model.network import hear
from tools.train_practice_model.texts import practice_lines
from tools.train_practice_model.train import SCENARIOS

FULL = 1500
FLOORS = (120, 160, 250, 500)
KINDS = ("g722", "pcma", "pcmu")
PAUSE_S = 0.18
MOST_TOKENS = 120
NO_SPEECH_LIMIT = 0.6


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
    """Decode greedily in a window of the sound and 1.5 s, at least `floor` frames of 20 ms."""
    with torch.inference_mode():
        return greedy(model, sound, floor)


def greedy(model: Whisper, sound: Samples, floor: int) -> Heard:
    """Do the work of `decode`."""
    window = min(FULL, max(floor, int((len(sound) / RATE + 1.5) * 50)))
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
    decoded = miniaudio.decode_file(str(VOICES / line.name), nchannels=1, sample_rate=RATE)
    out: Samples = np.frombuffer(decoded.samples, dtype=np.int16).astype(np.float32) / np.float32(32768)
    return out


def pieces(sound: Samples) -> Iterator[Samples]:
    """Cut where the sound pauses."""
    block = RATE // 100
    loud = [i for i in range(len(sound) // block) if np.abs(sound[i * block : (i + 1) * block]).max() > 0.006]
    start = 0
    for before, after in itertools.pairwise(loud):
        if (after - before) * 0.01 > PAUSE_S:
            middle = (before + after) // 2 * block
            yield sound[start:middle]
            start = middle
    yield sound[start:]


def arriving(sound: Samples, kind: str, rng: np.random.Generator) -> Samples:
    """Return the sound as it comes out of a line, with 0.3 s before and 0.2 s after it."""
    return telephone(np.pad(sound, (int(0.3 * RATE), int(0.2 * RATE))), rng, kind=kind)


def measure(model: Whisper, floor: int, cut: bool, seed: int = 11) -> dict[str, Score]:
    """Return scores by scenario and side, by codec, and for all."""
    rng = np.random.default_rng(seed)
    scores: dict[str, Score] = defaultdict(Score)
    for line in practice_lines(SCENARIOS):
        sound = sound_of(line)
        for kind in KINDS:
            parts = pieces(sound) if cut else [sound]
            got = " ".join(decode(model, arriving(part, kind, rng), floor).text for part in parts)
            for key in (f"{line.scenario} {line.who}", kind, "all"):
                scores[key].add(line.text, got)
    return {key: scores[key] for key in sorted(scores)}


def silence(model: Whisper, floor: int, cases: int = 80) -> str:
    """Return what comes of sounds in which nobody speaks, and of speech beside it."""
    rng = np.random.default_rng(12)
    quiet = []
    for _ in range(cases):
        length = int(rng.uniform(0.5, 6.0) * RATE)
        sound = telephone(no_speech(length, rng), rng, kind=str(rng.choice(KINDS)), noisy=False)
        quiet.append(decode(model, sound, floor))
    spoken = [
        decode(model, arriving(sound_of(line), str(rng.choice(KINDS)), rng), floor).no_speech
        for line in practice_lines(SCENARIOS)
    ]
    shown = sum(1 for h in quiet if h.text and h.no_speech <= NO_SPEECH_LIMIT)
    return (
        f"no-speech probability: median {statistics.median(h.no_speech for h in quiet):.3f}, lowest "
        f"{min(h.no_speech for h in quiet):.3f} over {cases} sounds without speech; highest {max(spoken):.3f} over "
        f"{len(spoken)} spoken lines. Text with a no-speech probability of {NO_SPEECH_LIMIT} or less: "
        f"{shown} of {cases}; any text at all: {sum(1 for h in quiet if h.text)} of {cases}."
    )


def report(model: Whisper, path: Path) -> str:
    """Return the whole measurement as Markdown."""
    size = f"{path.stat().st_size / 2**20:.1f} MiB"
    dims = model.dims
    shape = f"width {dims.n_audio_state}, {dims.n_audio_layer} encoder and {dims.n_text_layer} decoder layers"
    out = [
        "# The practice checkpoint, measured",
        "",
        f"{datetime.date.today()}. `{path.name}`: {size}, {shape}. Character error rate (spaces and punctuation not"
        " counted) over every line of S01 and S05 in the shipped voices, each through simulated G.722, PCMA and PCMU"
        " with random gain and line noise. The window is the sound plus 1.5 s, at least the floor. The voices are"
        " synthetic and were trained on: this shows that the chain works, nothing about people.",
        "",
    ]
    for title, cut in (("Whole lines", False), ("Cut at pauses", True)):
        columns = {f"floor {floor / 50:g} s": measure(model, floor, cut) for floor in FLOORS}
        if not cut:
            columns["full 30 s"] = measure(model, FULL, cut)
        out += [f"## {title}", "", "| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
        rows = next(iter(columns.values()))
        out += [f"| {key} | " + " | ".join(str(c[key]) for c in columns.values()) + " |" for key in rows]
        out.append("")
    out += ["## Nobody speaks", "", f"Floor {FLOORS[0] / 50:g} s: " + silence(model, FLOORS[0]), ""]
    return "\n".join(out)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--write", type=Path, help="keep the result in this file")
    parser.add_argument(
        "--quick", action="store_true", help="only whole lines and pieces, one floor; show each error"
    )
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = whisper.load_model(str(options.checkpoint), device="cpu").eval()
    if options.quick:
        for cut in (False, True):
            print({key: str(score) for key, score in measure(model, FLOORS[0], cut).items()})
        return
    text = report(model, options.checkpoint)
    print(text)
    if options.write:
        options.write.parent.mkdir(parents=True, exist_ok=True)
        options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
