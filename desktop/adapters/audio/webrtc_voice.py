"""The treatment of a voice by WebRTC's audio processing module (pywebrtc-audio)."""

from __future__ import annotations

import numpy as np

from desktop.adapters.audio.port import CLOCK_RATE, DeviceError
from desktop.domain.voice import VoiceWishes

ECHO_DELAY_MS, NOISE_DELAY_MS = 8, 6
"""By how much each makes the sound later (tests measure it); gain takes no time."""
MOST_GAIN_DB = 24.0
"""As much as a quiet voice needs; more would lift the room between two words."""
MISSING = (
    "Echo cancellation, noise suppression and gain don't work on this computer: their library can't be loaded. "
    "Calls go on without them; install Dasan Desk again."
)


class WebrtcVoice:
    """A VoiceProcessor. Some 0.1 ms of processor time for 10 ms of sound; the interpreter is free meanwhile.

    Made in a few milliseconds. Raises DeviceError where the library cannot be loaded or does not start.
    """

    def __init__(self, wishes: VoiceWishes) -> None:
        # Imported here: who wants none of it does not load it, and a broken library costs this and nothing else.
        try:
            from pywebrtc_audio import AudioProcessor

            self._processor = AudioProcessor(
                CLOCK_RATE,
                1,
                echo_cancellation=wishes.echo,
                noise_suppression=wishes.noise,
                auto_gain_control=wishes.gain,
                high_pass_filter=True,
                agc_max_gain_db=MOST_GAIN_DB,
            )
        except Exception as error:  # a library that is broken may raise anything
            raise DeviceError(MISSING) from error
        self.delay_ms = ECHO_DELAY_MS * wishes.echo + NOISE_DELAY_MS * wishes.noise

    def process(self, near: bytes, far: bytes) -> bytes:
        """See VoiceProcessor."""
        done = self._processor.process(np.frombuffer(near, "<i2"), np.frombuffer(far, "<i2"))
        return done.astype("<i2", copy=False).tobytes()
