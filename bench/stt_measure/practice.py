"""A practice call through `dasan-desk transcribe --realtime`, as a program sees it."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.phone_measure.report import percentile
from bench.stt_measure.processes import ROOT
from bench.stt_measure.sounds import LEGS, Samples, Word, stretches, write_wav
from bench.stt_measure.words import summary
from desktop.domain.practice_result import SpokenLine, plain
from desktop.paths import resources
from tests.adapters.stt.practice_call import RATE, PracticeCall, practice_call

MODEL = resources() / "models" / "practice-ko.pt"


def breaks(parts: Sequence[str], shares: Sequence[float]) -> dict[int, int]:
    """Which pause stands after how many of the written words; `shares` of the sound come before each pause.

    A voice pauses where a phrase ends: each pause belongs to the end next to it, in order. One without an end lies
    within what is said.
    """
    lengths = list(itertools.accumulate(map(len, parts)))
    free = [at for at, part in enumerate(parts[:-1], 1) if part[-1] in ".?!,…"]
    found = {}
    for pause, share in enumerate(shares):
        if free:
            found[pause] = min(free, key=lambda at: abs(lengths[at - 1] / lengths[-1] - share))
            free = [at for at in free if at > found[pause]]
    return found


def words_of(lines: Iterable[SpokenLine], legs: Mapping[str, Samples]) -> list[Word]:
    """The words of lines; within what is said without a pause, each takes its share of the characters."""
    found = []
    for line in lines:
        sound = legs[line.leg][round(line.started * RATE) : round(line.ended * RATE)]
        runs = stretches(sound.astype(np.float32) / np.float32(32768))
        parts = line.text.split()
        so_far = list(itertools.accumulate(end - start for start, end in runs))
        cuts = breaks(parts, [length / so_far[-1] for length in so_far[:-1]])
        words = itertools.pairwise([0, *cuts.values(), len(parts)])
        begins = [runs[0][0], *(runs[pause + 1][0] for pause in cuts)]
        ends = [*(runs[pause][1] for pause in cuts), runs[-1][1]]
        for (first, after), begin, end in zip(words, begins, ends, strict=True):
            start, stop = (line.started + at / RATE for at in (begin, end))
            found += shared_out(line.leg, parts[first:after], start, stop)
    return [word for word in found if word.text]


def shared_out(leg: str, parts: Sequence[str], start: float, stop: float) -> list[Word]:
    """Words that sound one after the other between these seconds, each as long as its characters are many."""
    ends = [0, *itertools.accumulate(map(len, parts))]
    moments = [start + (stop - start) * end / ends[-1] for end in ends]
    return [
        Word(leg, plain(part), *pair) for part, pair in zip(parts, itertools.pairwise(moments), strict=True)
    ]


class Heard:
    """What `transcribe --json` printed, held against the words that were spoken."""

    def __init__(self, events: Sequence[Mapping[str, Any]], call: PracticeCall) -> None:
        self.broken = self.texts = self.contradicted = self.utterances = 0
        self._words = words_of(call.lines, call.legs)
        self._seen: dict[Word, float] = {}
        self._stable: dict[Word, float] = {}
        self._segments: list[float] = []
        last: dict[str, Mapping[str, Any]] = {}
        for event in events:
            if event["event"] == "hypothesis":
                self._show(event, event["text"], event["text"][: event["stable"]])
                last[event["leg"]] = event
            elif event["event"] == "segment":
                self._show(event, event["text"], event["text"])
                self._end(event, last.pop(event["leg"], None))

    def _show(self, event: Mapping[str, Any], text: str, stable: str) -> None:
        self.texts += 1
        self.broken += "\ufffd" in text
        for word in self._words:
            if word.leg == event["leg"] and event["start"] - 0.3 <= word.start and word.end <= event["wall"]:
                if word.text in plain(text):
                    self._seen.setdefault(word, event["wall"])
                if word.text in plain(stable):
                    self._stable.setdefault(word, event["wall"])

    def _end(self, event: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
        spoken = [w for w in self._words if w.leg == event["leg"] and w.end <= event["end"] + 0.1]
        if spoken and spoken[-1].end > event["start"]:
            self._segments.append(event["wall"] - spoken[-1].end)
        self.utterances += 1
        if before is not None and before["start"] == event["start"]:
            self.contradicted += not event["text"].startswith(before["text"][: before["stable"]].rstrip())

    def figures(self) -> dict[str, float]:
        """Seconds: median and 95th percentile of the words that were recognised, 95th of the segments."""
        return {
            **summary("seen", [at - word.end for word, at in self._seen.items()]),
            **summary("stable", [at - word.end for word, at in self._stable.items()]),
            "segment_p95": round(percentile(self._segments, 0.95), 2),
            "words": len(self._words),
            "words_found": len(self._seen),
        }


def transcribed(home: Path, scenario: str, env: Mapping[str, str]) -> Heard:
    """A practice call over a narrow line in real time. Raises CalledProcessError."""
    call = practice_call(scenario, narrow=True)
    wav = write_wav(home / "call.wav", RATE, [call.legs[leg] for leg in LEGS])
    command = [sys.executable, "-m", "desktop", "transcribe", str(wav), "--model", str(MODEL), "--realtime"]
    command += ["--language", "ko", "--json", "--data", str(home), "--config", str(home)]
    done = subprocess.run(command, cwd=ROOT, env=dict(env), check=True, capture_output=True, text=True)
    return Heard([json.loads(line) for line in done.stdout.splitlines()], call)
