"""When words are seen: what a transcriber says, held against the words that were spoken."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.phone_measure.report import percentile
from bench.stt_measure.sounds import FRAME, RATE, Dialogue, Word
from desktop.adapters.stt.sound import Floats
from desktop.domain.transcript import Span

BACK_S = 3.0


class Teller:
    """What an engine must say to a stretch of a dialogue: the words that have ended in it."""

    def __init__(self, spoken: Dialogue, tokens_of: dict[str, list[int]]) -> None:
        self._spoken, self._tokens_of = spoken, tokens_of
        self._places = {
            (sound[at : at + FRAME].astype("float32") / 32768).tobytes(): (leg, at)
            for leg, sound in spoken.legs.items()
            for at in range(0, len(sound) - FRAME, FRAME)
        }

    def __call__(self, sound: Floats) -> list[int]:
        """The tokens; none for a stretch that is not of the dialogue."""
        leg, at = self._places.get(sound[:FRAME].tobytes(), ("", 0))
        words = self._spoken.within(leg, at / RATE, (at + len(sound)) / RATE)
        return [token for word in words for token in self._tokens_of[word.text]]


@dataclass
class Watch:
    """A sink that notes when each word was seen, stable and in a segment, in seconds since `started`."""

    spoken: Dialogue
    started: float = 0.0
    finished: threading.Event = field(default_factory=threading.Event)
    seen: dict[Word, float] = field(default_factory=dict)
    stable: dict[Word, float] = field(default_factory=dict)
    segments: list[float] = field(default_factory=list)

    def hypothesis(self, call: str, leg: str, text: str, stable: int, start: float, end: float) -> None:
        now = time.monotonic() - self.started
        words = self.spoken.within(leg, start, end)
        self._note(self.seen, words, len(text.split()), now)
        whole = text[:stable].split()
        if len(text) > stable > 0 and not text[stable].isspace():
            whole = whole[:-1]
        self._note(self.stable, words, len(whole), now)

    def segment(
        self,
        call: str,
        leg: str,
        text: str,
        confidence: float,
        start: float,
        end: float,
        doubts: tuple[Span, ...] = (),
    ) -> None:
        now = time.monotonic() - self.started
        words = self.spoken.within(leg, start, end)
        self._note(self.seen, words, len(words), now)
        self._note(self.stable, words, len(words), now)
        if words:
            self.segments.append(now - words[-1].end)

    def done(self, call: str, leg: str, sample: int) -> None:
        pass

    def gap(self, call: str, leg: str, start: float, end: float) -> None:
        pass

    def lost(self, call: str, leg: str, start: float, end: float) -> None:
        pass

    def unread(self, call: str, leg: str, unread: bool) -> None:
        pass

    def drained(self, call: str) -> None:
        self.finished.set()

    def broken(self, reason: str) -> None:
        raise SystemExit(reason)

    def _note(self, into: dict[Word, float], words: Sequence[Word], count: int, now: float) -> None:
        for word in words[:count]:
            into.setdefault(word, now)

    def figures(self) -> dict[str, float]:
        """Seconds: median and 95th percentile of the words, 95th of the segments; words that were never shown."""
        return {
            **summary("seen", [at - word.end for word, at in self.seen.items()]),
            **summary("stable", [at - word.end for word, at in self.stable.items()]),
            "segment_p95": round(percentile(self.segments, 0.95), 2),
            "words": len(self.spoken.words),
            "missing": len(self.spoken.words) - len(self.seen),
        }

    def behind_until(self) -> float:
        """The last moment at which a word that had ended was unseen for three seconds; 0 where none was."""
        late = [at for word, at in self.seen.items() if at - word.end >= BACK_S]
        return max(late, default=0.0)


def summary(name: str, seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile under a name."""
    shares = {"p50": 0.5, "p95": 0.95}
    return {f"{name}_{short}": round(percentile(seconds, share), 2) for short, share in shares.items()}
