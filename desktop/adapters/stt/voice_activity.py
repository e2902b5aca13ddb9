"""Where in the sound somebody speaks: silero's network on onnxruntime, or an energy gate instead of it.

Sound comes as int16 mono numpy arrays of any length at 8000 or 16000 Hz and is cut into frames of 32 ms; the
rest waits for the next call. Nothing here imports torch: the simulated citizen and the speech process without
a model use it too.
"""

from __future__ import annotations

import functools
import logging
import os
from collections import deque
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

FRAME_SECONDS = 0.032
START = 0.5
CONTINUE = 0.35
ONE_FRAME = 0.3
"""What a single loud frame is worth without the network."""
LOWEST_BIN, PEAK_BINS, TONAL = 3, 2, 0.98
"""Of spectra of 32 ms frames, whose bins are 31 Hz apart."""
MODEL = Path(__file__).resolve().parents[3] / "resources" / "vad" / "silero_vad.onnx"

log = logging.getLogger(__name__)

Samples = NDArray[np.int16]


class Detector(Protocol):
    """Gives one frame a probability of speech, 0 to 1; keeps its own state between frames."""

    def probability(self, frame: Samples) -> float:
        """Hear the next frame (32 ms, int16)."""
        ...

    def reset(self) -> None:
        """Forget the frames heard so far."""
        ...


class VoiceActivity:
    """Speech probability per 32 ms frame of one stream.

    `clock_rate` is 8000 or 16000 Hz (ValueError otherwise). Without `detector` the network is used, and the
    energy gate where the network cannot be loaded; `degraded` says so.
    """

    def __init__(self, clock_rate: int, detector: Detector | None = None) -> None:
        if clock_rate not in (8000, 16000):
            raise ValueError(f"voice activity works at 8000 or 16000 Hz, not at {clock_rate}")
        self.clock_rate = clock_rate
        self.frame = clock_rate * 32 // 1000
        self._detector = detector or make_detector(clock_rate)
        self._waiting: Samples = np.zeros(0, np.int16)

    @property
    def degraded(self) -> bool:
        """Whether the energy gate stands in for the network."""
        return isinstance(self._detector, EnergyDetector)

    def feed(self, samples: Samples) -> list[float]:
        """Probabilities of the frames that `samples` (int16, mono) completes, in order."""
        sound = np.concatenate([self._waiting, samples]) if self._waiting.size else samples
        whole = len(sound) // self.frame * self.frame
        self._waiting = sound[whole:].copy()
        return [self._detector.probability(sound[at : at + self.frame]) for at in range(0, whole, self.frame)]

    def reset(self) -> None:
        """Forget the past: what comes next does not follow what came before."""
        self._waiting = np.zeros(0, np.int16)
        self._detector.reset()


class SpeechMeter:
    """Seconds of speech in a running stream, with hysteresis: above 0.5 begins, below 0.35 ends."""

    def __init__(self, clock_rate: int, detector: Detector | None = None) -> None:
        self._activity = VoiceActivity(clock_rate, detector)
        self._frames = 0
        self._quiet = 0
        self.speaking = False

    @property
    def seconds(self) -> float:
        """Speech heard so far."""
        return self._frames * FRAME_SECONDS

    @property
    def silence(self) -> float:
        """Seconds since the last frame of speech (since the start where there was none)."""
        return self._quiet * FRAME_SECONDS

    def feed(self, samples: Samples) -> None:
        """Count `samples` (int16, mono, any length)."""
        for probability in self._activity.feed(samples):
            self.speaking = probability > (CONTINUE if self.speaking else START)
            self._frames += self.speaking
            self._quiet = 0 if self.speaking else self._quiet + 1


def speech_seconds(samples: Samples, clock_rate: int) -> float:
    """Seconds of speech in a whole recording (int16, mono, 8000 or 16000 Hz)."""
    meter = SpeechMeter(clock_rate)
    meter.feed(samples)
    return meter.seconds


def make_detector(clock_rate: int, model: Path = MODEL) -> Detector:
    """The network, or the energy gate where onnxruntime or the file is missing or broken."""
    try:
        return SileroDetector(clock_rate, model)
    except Exception as error:  # onnxruntime raises types of its own; speech must not stop for any of them
        log.warning("voice activity falls back to energy: %s", error)
        return EnergyDetector()


@functools.lru_cache(maxsize=2)
def _session(model: Path) -> Any:
    # Official builds report their use to their maker and keep a device id in the home folder unless told not to.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    # Loading takes 50 ms and the weights are the same for every leg; the session keeps no state between runs.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


class SileroDetector:
    """silero-vad: a recurrent network that hears each frame together with the end of the frame before."""

    def __init__(self, clock_rate: int, model: Path = MODEL) -> None:
        self._run = _session(model).run
        self._rate = np.array(clock_rate, np.int64)
        self._context = clock_rate // 250
        self.reset()

    def reset(self) -> None:
        """Begin a new stream."""
        self._state = np.zeros((2, 1, 128), np.float32)
        self._tail = np.zeros((1, self._context), np.float32)

    def probability(self, frame: Samples) -> float:
        """Hear the next frame (32 ms, int16) of the stream."""
        sound = np.concatenate([self._tail, frame.astype(np.float32)[None] / 32768.0], axis=1)
        self._tail = sound[:, -self._context :]
        output, self._state = self._run(None, {"input": sound, "state": self._state, "sr": self._rate})
        return float(output[0, 0])


class EnergyDetector:
    """Level above the quietest frame of the last 3 s as a probability: 0.5 at 12 dB, none below -60 dBFS.

    Tones of a line (ringback, busy, digits) are loud too: a frame whose power lies at one or two frequencies is none
    of speech, and a loud one alone, such as the edge of a tone, is not yet any.
    """

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=94)
        self.reset()

    def reset(self) -> None:
        """Begin a new stream."""
        self._levels.clear()
        self._levels.append(-60.0)
        self._before = 0.0

    def probability(self, frame: Samples) -> float:
        """Hear the next frame (32 ms, int16) of the stream."""
        power = float(np.mean(np.square(frame.astype(np.float64) / 32768.0)))
        level = 10.0 * float(np.log10(power + 1e-10))
        # Speech dips between syllables, so steady noise raises the minimum and a sentence does not.
        self._levels.append(max(-60.0, level))
        loud = 1.0 / (1.0 + float(np.exp((12.0 - (level - min(self._levels))) / 2.0)))
        now = 0.0 if loud > CONTINUE and is_tone(frame) else loud
        self._before, before = now, self._before
        return min(now, max(before, ONE_FRAME))


def is_tone(frame: Samples) -> bool:
    """Whether 98 % of a frame's power lie at one or two frequencies. Of frames of telephone speech 1 to 3 % do."""
    window = np.hanning(len(frame))
    power = np.square(np.abs(np.fft.rfft(frame.astype(np.float64) * window)))[LOWEST_BIN:]
    whole, at_peaks = float(power.sum()), 0.0
    for _ in range(2):
        peak = int(power.argmax())
        near = slice(max(0, peak - PEAK_BINS), peak + PEAK_BINS + 1)
        at_peaks += float(power[near].sum())
        power[near] = 0.0
    return at_peaks > TONAL * whole
