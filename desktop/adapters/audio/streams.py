"""One opened direction of one sound device; miniaudio converts to and from 16 kHz mono."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from typing import Any

import miniaudio

from desktop.adapters.audio.devices import Found, backends
from desktop.adapters.audio.port import CLOCK_RATE, DeviceError

PERIOD_MS = 10
PERIODS = 2
APPLICATION = "Dasan Desk"

Pull = Callable[[int], bytes]
Push = Callable[[bytes], None]


class Stream:
    """A running device. `heard` is when its thread last called (monotonic seconds), `calls` how often.

    Raises DeviceError where the device cannot be opened. Opening takes some 10 ms: not for a media clock's thread.
    """

    def __init__(self, found: Found, work: Pull | Push) -> None:
        self.device = found.device
        self.heard = time.monotonic()
        self.calls = 0
        ffi = miniaudio.ffi
        raw = ffi.new("ma_device_id *")
        ffi.memmove(raw, found.raw_id, len(found.raw_id))
        self._keep = raw
        self._loop = self._generate(work)
        next(self._loop)
        common = {
            "nchannels": 1,
            "sample_rate": CLOCK_RATE,
            "buffersize_msec": PERIOD_MS,
            "callback_periods": PERIODS,
            "device_id": raw,
            "backends": backends(),
            "app_name": APPLICATION,
        }
        signed = miniaudio.SampleFormat.SIGNED16
        try:
            if found.device.kind == "speaker":
                self._open: Any = miniaudio.PlaybackDevice(output_format=signed, **common)
            else:
                self._open = miniaudio.CaptureDevice(input_format=signed, **common)
            self._open.start(self._loop)
        except miniaudio.MiniaudioError as error:
            raise DeviceError(
                f"{found.device.name} cannot be opened; is another program using it alone?"
            ) from error

    def _generate(self, work: Callable[[Any], Any]) -> Generator[Any, Any, None]:
        # Sent the number of frames (playback) or the sound (capture) by the device's own thread.
        given = yield b""
        while True:
            self.heard = time.monotonic()
            self.calls += 1
            given = yield work(given if isinstance(given, int) else bytes(given))

    def close(self, wait_s: float = 0.0) -> None:
        """End the device, waiting at most `wait_s`: a device that was pulled out may never answer."""
        thread = threading.Thread(target=self._close, name="audio-close", daemon=True)
        thread.start()
        thread.join(wait_s)

    def _close(self) -> None:
        context = self._open._context
        self._open.close()
        # miniaudio's own close leaves the connection to the sound server open.
        miniaudio.lib.ma_context_uninit(context)
