"""One leg's sound, from numbered blocks of samples to utterances; nothing is invented across a jump."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desktop.adapters.stt.segmenter import FRAMES_PER_SECOND, Segmenter, SegmenterSettings, Span
from desktop.adapters.stt.voice_activity import CONTINUE, START, Detector, Samples, VoiceActivity


@dataclass(frozen=True, slots=True)
class Utterance:
    """Sound between sample numbers `start` and `end` of a leg; `voiced` seconds of it are speech."""

    start: int
    end: int
    clock_rate: int
    samples: Samples
    voiced: float
    certainty: float


class Listener:
    """Voice activity, segmentation and the sound that is not finished, of one leg at 8000 or 16000 Hz."""

    def __init__(
        self, clock_rate: int, detector: Detector | None = None, settings: SegmenterSettings | None = None
    ) -> None:
        self.clock_rate = clock_rate
        self.speaking = False
        self.expected: int | None = None
        self._settings = settings
        self._activity = VoiceActivity(clock_rate, detector)
        self._segmenter = Segmenter(settings)
        self._voiced = 0
        self._origin = 0
        self._base = 0
        self._sound: Samples = np.zeros(0, np.int16)

    @property
    def voiced(self) -> float:
        """Seconds of speech heard on this leg so far."""
        return self._voiced / FRAMES_PER_SECOND

    @property
    def spoken(self) -> float:
        """Seconds since the running utterance's first speech; 0 in silence."""
        return self._segmenter.spoken

    @property
    def done(self) -> int:
        """Every sample before this number is in a finished utterance or is certain silence."""
        if self.expected is None:
            return 0
        return min(self.expected, self._origin + self._segmenter.done * self._activity.frame)

    @property
    def running(self) -> Utterance | None:
        """The utterance that is being spoken, with all sound so far."""
        span = self._segmenter.running
        return None if span is None else self._cut_out(span, self._base + len(self._sound))

    @property
    def foreseen(self) -> Utterance | None:
        """What the running utterance will be if nothing more is said; None while that can't be known."""
        span = self._segmenter.foreseen
        return None if span is None else self._cut_out(span, self._end_of(span))

    def feed(self, first: int, samples: Samples) -> list[Utterance]:
        """Hear samples (int16, mono) beginning at number `first`; returns the utterances that end in them.

        Samples that were heard before are left out. A jump forward ends the running utterance.
        """
        finished: list[Utterance] = []
        if self.expected is None:
            self._begin(first)
        elif first > self.expected:
            finished += self.finish()
            self._begin(first)
        elif first < self.expected:
            samples = samples[self.expected - first :]
        if not samples.size:
            return finished
        self.expected = (self.expected or 0) + len(samples)
        self._sound = np.concatenate([self._sound, samples])
        for probability in self._activity.feed(samples):
            self._count(probability)
            span = self._segmenter.feed(probability)
            if span is not None:
                finished.append(self._cut_out(span, self._end_of(span)))
        self._forget()
        return finished

    def skip_to(self, sample: int) -> None:
        """Everything before this sample is known already; nothing was fed yet."""
        self._begin(sample)

    def finish(self) -> list[Utterance]:
        """What comes next does not follow: end the running utterance where the sound ends."""
        span = self._segmenter.finish()
        finished = [] if span is None else [self._cut_out(span, self._base + len(self._sound))]
        self.speaking = False
        if self.expected is not None:
            self._begin(self.expected)
        return finished

    def _begin(self, first: int) -> None:
        self.expected = self._origin = self._base = first
        self._sound = np.zeros(0, np.int16)
        self._segmenter = Segmenter(self._settings)
        self._activity.reset()

    def _count(self, probability: float) -> None:
        self.speaking = probability > (CONTINUE if self.speaking else START)
        self._voiced += self.speaking

    def _end_of(self, span: Span) -> int:
        return self._origin + span.end * self._activity.frame

    def _cut_out(self, span: Span, end: int) -> Utterance:
        start = self._origin + span.start * self._activity.frame
        sound = self._sound[start - self._base : end - self._base].copy()
        return Utterance(start, end, self.clock_rate, sound, span.voiced / FRAMES_PER_SECOND, span.certainty)

    def _forget(self) -> None:
        keep = self.done
        if keep > self._base:
            self._sound = self._sound[keep - self._base :]
            self._base = keep
