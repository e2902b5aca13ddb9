"""How much silence a model is given around sound, and what happens where a short window makes it loop.

Whisper was trained on windows of 30 s. Shorter ones cost a fraction, and some weights repeat themselves in them. So a
model has floors below which its window never goes; text that loops is decoded again in the whole window, and a floor
that was to blame twice is raised. Nothing in here knows which library decodes.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.adapters.stt.acceptance import Decoding
from desktop.adapters.stt.model_file import beside
from desktop.adapters.stt.pieces import joined, split
from desktop.adapters.stt.sound import WHISPER_RATE, Floats

FRAMES_PER_SECOND = 50
SAMPLES_PER_FRAME = WHISPER_RATE // FRAMES_PER_SECOND
# Silence behind the sound: published weights end badly on windows that stop with the last word.
MARGIN_SECONDS = 1.5
# Windows come in steps: of a new length everything is a little larger, and finds no room in what was used before.
GRAIN = 25
STEPS = (250, 500, 750, 1000, 1500)
HYPOTHESIS, FINAL = 750, 1500
ALARMS = 2
# Looped hypotheses in a row whose whole window looped too: then it is the sound, and a whole window is dear.
VAIN = 2
KEPT_PIECES = 16
SHORTEST_WINDOW = 100

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Windows:
    """Smallest encoder windows in frames of 20 ms, of hypotheses and of final text.

    `longest` seconds is as much sound as the model can do at once; 0 is a whole utterance.
    """

    hypothesis: int = HYPOTHESIS
    final: int = FINAL
    longest: float = 0.0


def window_of(samples: int, floor: int, full: int) -> int:
    """The window in frames for so many samples at 16 kHz, silence behind them included."""
    wanted = GRAIN * round(FRAMES_PER_SECOND * (samples / WHISPER_RATE + MARGIN_SECONDS) / GRAIN)
    return min(full, max(wanted, floor))


class WindowedEngine(ABC):
    """An Engine over one pass in one window. Not for two threads at once.

    `full` is the window in frames that the model was trained on; `on_raised` is told of a floor that was raised.
    """

    def __init__(self, windows: Windows, full: int) -> None:
        self._windows = windows
        self.full = full
        self._alarms = 0
        self._vain = 0
        self._known: dict[tuple[int, bytes], Decoding] = {}
        self.on_raised: Callable[[int], None] = lambda floor: None

    @abstractmethod
    def content(self, tokens: Sequence[int]) -> bytes:
        """The bytes of text tokens."""

    @abstractmethod
    def _pass(
        self, sound: Floats, window: int, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        """Decode sound once in a window of so many frames, `prefix` first; None where `abort` said so."""

    def decode(
        self, sound: Floats, *, final: bool, prefix: Sequence[int] = (), abort: Callable[[], bool]
    ) -> Decoding | None:
        """As the Engine port says. What loops in a short window is decoded again in the whole one."""
        pieces = split(sound, self._windows.longest)
        if len(pieces) == 1:
            return self._decode_piece(sound, final, prefix, abort)
        found: list[Decoding] = []
        for piece in pieces:
            # The beginning of a growing utterance is cut as it was before, so most pieces are known; a loop
            # is not, as final text tries again.
            key = self._floor(final), piece.tobytes()
            decoding = self._known.get(key) or self._decode_piece(piece, final, (), abort)
            if decoding is None:
                return None
            if not decoding.looped:
                self._known[key] = decoding
            found.append(decoding)
        while len(self._known) > KEPT_PIECES:
            self._known.pop(next(iter(self._known)))
        return joined(found)

    def in_window(self, sound: Floats, frames: int) -> Decoding | None:
        """Sound in one window of so many frames of 20 ms, whatever the floors say."""
        return self._pass(sound, min(frames, self.full), (), lambda: False)

    def _floor(self, final: bool) -> int:
        return self._windows.final if final else self._windows.hypothesis

    def _decode_piece(
        self, sound: Floats, final: bool, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        window = window_of(len(sound), self._floor(final), self.full)
        result = self._pass(sound, window, prefix, abort)
        if result is None:
            return None
        if not result.looped:
            self._vain = 0
            return result
        if window >= self.full or (not final and self._vain >= VAIN):
            return result
        whole = self._pass(sound, self.full, (), abort)
        if whole is None:
            return None
        if whole.looped:
            self._vain += 1
        else:
            self._vain = 0
            self._blame_window(final)
        return whole

    def _blame_window(self, final: bool) -> None:
        # Two loops that the whole window did not have: this model cannot do with windows this short.
        self._alarms += 1
        if self._alarms % ALARMS:
            return
        floor = next((step for step in STEPS if step > self._floor(final)), self.full)
        floor = min(self.full, floor)
        self._windows.hypothesis = max(self._windows.hypothesis, floor)
        self._windows.final = max(self._windows.final, floor)
        log.warning("short windows made the speech model loop; its windows are now at least %d frames", floor)
        self.on_raised(floor)


def read_windows(path: Path, full: int) -> tuple[Windows, bool]:
    """What the model can do, from the file of the same name that ends in .toml, else the safe values.

    The second value says whether that file names a floor, which then holds whatever was found out otherwise.
    `window_floor`: smallest window in frames of 20 ms; `longest_s`: longest sound in seconds, 1 to 28.
    """
    windows, settings = Windows(hypothesis=min(HYPOTHESIS, full), final=full), beside(path)
    floor, longest = settings.get("window_floor"), settings.get("longest_s", 0)
    chosen = type(floor) is int and SHORTEST_WINDOW <= floor <= full
    if type(floor) is int and chosen:
        windows.hypothesis = windows.final = floor
    elif floor is not None:
        log.warning("window_floor is a whole number from %d to %d; using the safe one", SHORTEST_WINDOW, full)
    if type(longest) in (int, float) and 1 <= longest <= 28:
        windows.longest = float(longest)
    elif longest:
        log.warning("longest_s is a number from 1 to 28; using none")
    return windows, chosen
