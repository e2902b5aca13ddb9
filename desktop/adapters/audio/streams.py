"""One opened direction of one sound device; miniaudio converts to and from 16 kHz mono."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from typing import Any

import miniaudio

from desktop.adapters.audio.devices import Found, Kind, backends
from desktop.adapters.audio.play_queue import PlayQueue
from desktop.adapters.audio.port import CLOCK_RATE, DeviceError

PERIOD_MS = 10
PERIODS = 2
PULSE_PERIODS = 32
"""PulseAudio keeps so many periods where nobody took them yet, and waits for one only."""
SETTLED_CALLS = 20
"""A sound server may call once and then play what it had prepared before; PulseAudio up to two seconds of it."""
APPLICATION = "Dasan Desk"

Pull = Callable[[int], bytes]
Push = Callable[[bytes], None]


class _Playback(miniaudio.PlaybackDevice):  # type: ignore[misc]
    """Asks for sound as the device needs it: by itself miniaudio asks for whole periods, and a long queue is one."""

    NO_FIXED_SIZE = 27
    """Where `ma_device_config.noFixedSizedCallback` of miniaudio 0.11 lies, which its Python side does not name."""

    def _make_context(self, *details: Any) -> Any:
        # The last step before the device is made of `_devconfig`.
        ffi = miniaudio.ffi
        if ffi.offsetof("ma_device_config", "dataCallback") == self.NO_FIXED_SIZE + 5:
            ffi.buffer(ffi.addressof(self._devconfig))[self.NO_FIXED_SIZE] = b"\1"
        return super()._make_context(*details)


def _shape(kind: Kind, queue_ms: int) -> dict[str, int]:
    """Period and number of periods for miniaudio. With PulseAudio the queue of a speaker is one period."""
    if backends()[0] != miniaudio.Backend.PULSEAUDIO:
        periods = queue_ms // PERIOD_MS if kind == "speaker" else PERIODS
        return {"buffersize_msec": PERIOD_MS, "callback_periods": periods}
    return {
        "buffersize_msec": queue_ms if kind == "speaker" else PERIOD_MS,
        "callback_periods": PULSE_PERIODS,
    }


class Stream:
    """A running device. `heard` is when its thread last called (monotonic seconds), `calls` how often.

    A speaker keeps `queue.ms` of sound, as it was when this was made, and tells `queue` when that was too little.
    Raises DeviceError where the device cannot be opened. Opening takes some 10 ms: not for a media clock's thread.
    """

    def __init__(self, found: Found, work: Pull | Push, queue: PlayQueue) -> None:
        self.device = found.device
        self._queue, self._queue_ms = queue, queue.ms
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
            **_shape(found.device.kind, self._queue_ms),
            "device_id": raw,
            "backends": backends(),
            "app_name": APPLICATION,
        }
        signed = miniaudio.SampleFormat.SIGNED16
        try:
            if found.device.kind == "speaker":
                self._open: Any = _Playback(output_format=signed, **common)
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
        served = time.monotonic()
        while True:
            self.heard = time.monotonic()
            self.calls += 1
            silent_ms = (self.heard - served) * 1000 - self._queue_ms
            if silent_ms > 0 and self.device.kind == "speaker" and self.calls > SETTLED_CALLS:
                self._queue.ran_dry(silent_ms, self.heard)
            made = work(given if isinstance(given, int) else bytes(given))
            served = time.monotonic()
            given = yield made

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
