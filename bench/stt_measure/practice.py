"""A practice call through `dasan-desk transcribe --realtime`, as a program sees it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.phone_measure.report import percentile
from bench.stt_measure.processes import ROOT
from bench.stt_measure.sounds import LEGS, Word, write_wav
from bench.stt_measure.words import summary
from desktop.domain.practice_result import SpokenLine, plain
from desktop.paths import resources
from tests.adapters.stt.practice_call import RATE, practice_call

MODEL = resources() / "models" / "practice-ko.pt"


def words_of(lines: Iterable[SpokenLine]) -> list[Word]:
    """The words of lines; where each ends is taken from its share of the line's characters."""
    found = []
    for line in lines:
        parts = line.text.split()
        total, at = sum(map(len, parts)), 0
        for part in parts:
            start, at = at, at + len(part)
            length = (line.ended - line.started) / total
            found.append(
                Word(line.leg, plain(part), line.started + start * length, line.started + at * length)
            )
    return [word for word in found if word.text]


class Heard:
    """What `transcribe --json` printed, held against the words that were spoken."""

    def __init__(self, events: Sequence[Mapping[str, Any]], lines: Sequence[SpokenLine]) -> None:
        self.broken = self.texts = self.contradicted = self.utterances = 0
        self._words = words_of(lines)
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
    return Heard([json.loads(line) for line in done.stdout.splitlines()], call.lines)
