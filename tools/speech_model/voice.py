"""espeak-ng's Korean voice inside this process: ten times as fast as its command, and the same sound."""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import soxr

from tools.render_voices import RATE, ToolError

# of speak_lib.h: AUDIO_OUTPUT_SYNCHRONOUS, espeakCHARS_UTF8, espeakRATE, espeakPITCH
SYNCHRONOUS, UTF8, RATE_PARAMETER, PITCH_PARAMETER = 2, 1, 1, 3
RECEIVER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
Pcm = npt.NDArray[np.int16]


class Synthesiser:
    """The library's one voice; not for several threads, because the library keeps one state for all."""

    def __init__(self) -> None:
        try:
            self.library: Any = ctypes.CDLL("libespeak-ng.so.1")
        except OSError as error:
            raise ToolError("libespeak-ng is not installed") from error
        self.rate: int = self.library.espeak_Initialize(SYNCHRONOUS, 0, None, 0)
        if self.rate <= 0:
            raise ToolError("libespeak-ng finds no data")
        self.pieces: list[Pcm] = []
        self.receiver = RECEIVER(self.receive)  # kept, because the library holds only its address
        self.library.espeak_SetSynthCallback(self.receiver)

    def receive(self, wave: Any, count: int, _events: Any) -> int:
        """Take a piece of sound from the library; 0 asks for more."""
        if wave and count > 0:
            self.pieces.append(np.ctypeslib.as_array(wave, (count,)).copy())
        return 0

    def speak(self, text: str, variant: str, speed: int, pitch: int) -> Pcm:
        """Return a text spoken at 16 kHz, untrimmed; `speed` in words a minute, `pitch` from 0 to 99."""
        self.pieces.clear()
        if self.library.espeak_SetVoiceByName(f"ko{variant}".encode()) != 0:
            raise ToolError(f"espeak-ng has no voice ko{variant}")
        self.library.espeak_SetParameter(RATE_PARAMETER, speed, 0)
        self.library.espeak_SetParameter(PITCH_PARAMETER, pitch, 0)
        data = text.encode()
        if self.library.espeak_Synth(data, len(data) + 1, 0, 0, 0, UTF8, None, None) != 0 or not self.pieces:
            raise ToolError(f"espeak-ng gave no sound for {text!r}")
        out: Pcm = soxr.resample(np.concatenate(self.pieces), self.rate, RATE, quality="HQ")
        return out


@functools.cache
def synthesiser() -> Callable[[str, str, int, int], Pcm]:
    """Return the one synthesiser's `speak`."""
    return Synthesiser().speak
