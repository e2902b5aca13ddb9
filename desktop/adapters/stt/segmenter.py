"""Where an utterance begins and ends, from speech probabilities of 32 ms frames; no sound in here."""

from __future__ import annotations

from dataclasses import dataclass, field

FRAMES_PER_SECOND = 31.25


@dataclass(frozen=True, slots=True)
class SegmenterSettings:
    """Probabilities 0 to 1, lengths in seconds."""

    start: float = 0.5
    start_frames: int = 3
    sure: float = 0.8
    keep: float = 0.35
    pause: float = 0.5
    pause_of_short: float = 0.8
    short: float = 1.0
    pause_of_long: float = 0.35
    long: float = 6.0
    pre_roll: float = 0.3
    post_roll: float = 0.2
    shortest: float = 0.16
    longest: float = 12.0
    search: float = 3.0


@dataclass(frozen=True, slots=True)
class Span:
    """A finished utterance: frames `start` to `end` (exclusive), of which `voiced` hold speech."""

    start: int
    end: int
    voiced: int
    certainty: float


@dataclass(slots=True)
class _Open:
    start: int
    onset: int
    probabilities: list[float] = field(default_factory=list)
    last_voiced: int = 0
    voiced: int = 0


def frames(seconds: float) -> int:
    """Whole frames nearest to a length."""
    return round(seconds * FRAMES_PER_SECOND)


class Segmenter:
    """Feed probabilities, get utterances. Frames are counted from the first one fed."""

    def __init__(self, settings: SegmenterSettings | None = None) -> None:
        self._settings = settings or SegmenterSettings()
        self._position = 0
        self._free = 0
        self._run: list[float] = []
        self._open: _Open | None = None

    @property
    def running(self) -> Span | None:
        """The utterance that is being spoken, up to now."""
        return self._span(self._open, self._position) if self._open else None

    @property
    def foreseen(self) -> Span | None:
        """What the running utterance will be if nothing more is said; None while the last words are still near."""
        running, settings = self._open, self._settings
        if running is None or running.voiced < frames(settings.shortest):
            return None
        end = running.last_voiced + 1 + frames(settings.post_roll)
        return self._span(running, end) if end <= self._position else None

    @property
    def spoken(self) -> float:
        """Seconds since the running utterance's first speech; 0 in silence."""
        return (self._position - self._open.onset) / FRAMES_PER_SECOND if self._open else 0.0

    @property
    def done(self) -> int:
        """Everything before this frame is in a finished utterance or is certain silence."""
        if self._open:
            return self._open.start
        return max(self._free, self._position - len(self._run) - frames(self._settings.pre_roll))

    def feed(self, probability: float) -> Span | None:
        """Hear one frame; returns the utterance that it ends."""
        self._position += 1
        if self._open is None:
            self._listen(probability)
            return None
        return self._continue(self._open, probability)

    def finish(self) -> Span | None:
        """No more frames follow here; returns the utterance that was running."""
        running = self._open
        return self._close(running, self._position) if running else None

    def _listen(self, probability: float) -> None:
        settings = self._settings
        if probability < settings.start:
            self._run.clear()
            return
        self._run.append(probability)
        if len(self._run) < settings.start_frames and probability < settings.sure:
            return
        onset = self._position - len(self._run)
        self._open = _Open(
            start=max(self._free, onset - frames(settings.pre_roll)),
            onset=onset,
            probabilities=list(self._run),
            last_voiced=self._position - 1,
            voiced=len(self._run),
        )
        self._run.clear()

    def _continue(self, running: _Open, probability: float) -> Span | None:
        running.probabilities.append(probability)
        if probability > self._settings.keep:
            running.last_voiced = self._position - 1
            running.voiced += 1
        silence = self._position - 1 - running.last_voiced
        if silence >= self._pause(running):
            end = running.last_voiced + 1 + frames(self._settings.post_roll)
            return self._close(running, min(end, self._position))
        if len(running.probabilities) >= frames(self._settings.longest):
            return self._cut(running)
        return None

    def _pause(self, running: _Open) -> int:
        settings = self._settings
        length = (running.last_voiced + 1 - running.onset) / FRAMES_PER_SECOND
        if length > settings.long:
            return frames(settings.pause_of_long)
        return frames(settings.pause_of_short if length < settings.short else settings.pause)

    def _span(self, running: _Open, end: int) -> Span:
        heard = running.probabilities[: running.last_voiced + 1 - running.onset]
        return Span(running.start, end, running.voiced, sum(heard) / max(1, len(heard)))

    def _close(self, running: _Open, end: int) -> Span | None:
        self._open = None
        self._free = end
        # Counted before the silence: what a click leaves behind is no speech however long the pause was.
        return self._span(running, end) if running.voiced >= frames(self._settings.shortest) else None

    def _cut(self, running: _Open) -> Span:
        probabilities = running.probabilities
        first = len(probabilities) - frames(self._settings.search)
        quietest = min(range(first, len(probabilities)), key=probabilities.__getitem__)
        rest = probabilities[quietest + 1 :]
        end = running.onset + quietest + 1
        voiced = [at for at, probability in enumerate(rest) if probability > self._settings.keep]
        running.voiced -= len(voiced)
        span = Span(running.start, end, running.voiced, sum(probabilities[: quietest + 1]) / (quietest + 1))
        self._free = end
        last = end + voiced[-1] if voiced else end - 1
        self._open = _Open(end, end, rest, last, len(voiced))
        return span
