"""The system's own microphone and speaker.

One thread opens, watches and replaces devices; nothing else ever waits for them.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

from desktop.adapters.audio.devices import Device, Found, Kind, Listing, choose
from desktop.adapters.audio.port import CLOCK_RATE, DeviceError, DeviceState, Problem
from desktop.adapters.audio.ring_buffer import RingBuffer
from desktop.adapters.audio.streams import Pull, Push, Stream
from desktop.adapters.audio.tones import TonePlayer, mix

LIMIT_MS = 160
PRIME_MS = 20
WATCH_S = 0.05
LIST_S = 1.0
SILENT_S = 0.2
SETTLING_S = 2.5
SETTLED_CALLS = 20
CLOSE_S = 0.5
AVOID_S = 5.0
RETRY_S = 1.0
LONGEST_AVOID_S = 300.0

log = logging.getLogger(__name__)


class OpenStream(Protocol):
    """A running device as this module needs it (streams.Stream)."""

    device: Device
    heard: float
    calls: int

    def close(self, wait_s: float = 0.0) -> None: ...


Open = Callable[[Found, Pull | Push], OpenStream]


class Direction:
    """Keeps one direction open on the wanted device, on the default one while the wanted one is away.

    Used by the watching thread only; `name` and `silent` may be read by any.
    """

    def __init__(self, kind: Kind, wanted: str | None, work: Pull | Push, open_stream: Open) -> None:
        self._kind: Kind = kind
        self.wanted = wanted
        self._work = work
        self._open = open_stream
        self._stream: OpenStream | None = None
        self._avoid: dict[str, float] = {}
        self._failures: dict[str, int] = {}
        self._retry_at = 0.0
        self.name: str | None = None
        self.listed = False

    @property
    def running(self) -> bool:
        """Whether a device is open."""
        return self._stream is not None

    def tend(self, active: bool, found: list[Found], now: float) -> bool:
        """Open, close or replace the device as `active`, the list and its callbacks demand; False where it was lost."""
        listed = {one.device.id for one in found}
        self._avoid = {key: until for key, until in self._avoid.items() if until > now and key in listed}
        self._failures = {key: count for key, count in self._failures.items() if key in listed}
        lost = self._stream is not None and self._is_gone(self._stream, now)
        if self._stream is not None and lost:
            log.warning("the %s fell silent; looking for another", self._kind)
            self._fail(self._stream.device.id, now)
            self.shut()
        target = choose(found, self._kind, self.wanted, frozenset(self._avoid))
        self.listed = target is not None
        self.name = target.device.name if target is not None else None
        if self._stream is not None and (
            not active or target is None or target.device.id != self._stream.device.id
        ):
            self.shut()
        if active and self._stream is None and target is not None and now >= self._retry_at:
            self._start(target, now)
        return not lost

    def _start(self, target: Found, now: float) -> None:
        try:
            self._stream = self._open(target, self._work)
        except DeviceError as error:
            log.warning("%s", error)
            self._fail(target.device.id, now)

    def _fail(self, key: str, now: float) -> None:
        # Another device is tried at once; the same one, where it is the only one, after a second.
        self._retry_at = now + RETRY_S if key in self._avoid else now
        failures = self._failures[key] = self._failures.get(key, 0) + 1
        self._avoid[key] = now + min(AVOID_S * 2 ** (failures - 1), LONGEST_AVOID_S)

    def _is_gone(self, stream: OpenStream, now: float) -> bool:
        # A sound server may call once and then play what it had prepared before; PulseAudio up to two seconds of it.
        return now - stream.heard > (SILENT_S if stream.calls > SETTLED_CALLS else SETTLING_S)

    def shut(self, wait_s: float = 0.0) -> None:
        """Close what is open, waiting at most `wait_s`."""
        if self._stream is not None:
            self._stream.close(wait_s)
            self._stream = None


class MiniaudioDevice:
    """The device port on real devices. No device, a pulled out one, a dead sound server: silence, never an exception.

    `microphone_id` and `speaker_id` are ids (or names) of `list_devices`, None the system's default. Devices open at
    `start` (the speaker also at `ring`) within some 100 ms, in a thread that also notices what comes and goes.
    """

    def __init__(
        self,
        microphone_id: str | None = None,
        speaker_id: str | None = None,
        tones: TonePlayer | None = None,
        listing: Callable[[], list[Found]] | None = None,
        open_stream: Open = Stream,
    ) -> None:
        self.clock_rate = CLOCK_RATE
        self._tones = tones or TonePlayer()
        self._captured = RingBuffer(CLOCK_RATE, LIMIT_MS, PRIME_MS)
        self._to_play = RingBuffer(CLOCK_RATE, LIMIT_MS, PRIME_MS)
        self._microphone = Direction("microphone", microphone_id, self._capture, open_stream)
        self._speaker = Direction("speaker", speaker_id, self._play, open_stream)
        self._own_listing = Listing()
        self._list = listing or self._own_listing.devices
        self._in_call = False
        self._listed = threading.Event()
        self._wake = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._watch, name="audio-devices", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def start(self) -> None:
        """A call begins. Devices open in the background; until then there is silence."""
        if self._in_call:
            return
        self._captured.clear()
        self._to_play.clear()
        self._in_call = True
        self._wake.set()

    def stop(self) -> None:
        """The last call is over; devices close in the background."""
        self._in_call = False
        self._wake.set()

    def close(self) -> None:
        """The process ends: close everything, waiting at most 1.5 s."""
        atexit.unregister(self.close)
        self._in_call, self._ended = False, True
        self._wake.set()
        self._thread.join(timeout=1.5)

    def choose(self, microphone_id: str | None, speaker_id: str | None) -> None:
        """Use other devices from now on, also within a call."""
        self._microphone.wanted, self._speaker.wanted = microphone_id, speaker_id
        self._wake.set()

    def read_microphone(self, samples: int) -> bytes:
        """What the microphone heard; silence where nothing came in time."""
        return self._captured.take(samples) if self._in_call else bytes(samples * 2)

    def write_speaker(self, pcm: bytes) -> None:
        """Sound for the ear; dropped while no call runs or no speaker is there."""
        if self._in_call and self._speaker.running:
            self._to_play.put(pcm)

    def ring(self, kind: str | None) -> None:
        """Let a tone sound; the speaker opens for it."""
        self._tones.play(kind)
        self._wake.set()

    def state(self) -> DeviceState:
        """The devices that are used or would be used by a call now. Waits at most 0.5 s for the very first list."""
        self._listed.wait(0.5)
        lost = self._captured.lost_ms + self._to_play.lost_ms
        return DeviceState(self._microphone.name, self._speaker.name, self._problem(), lost)

    def _problem(self) -> Problem | None:
        if not self._microphone.listed and not self._speaker.listed:
            return "no_devices"
        if not self._microphone.listed:
            return "no_microphone"
        if not self._speaker.listed:
            return "no_speaker"
        return None

    def _capture(self, pcm: bytes) -> None:
        if self._in_call:
            self._captured.put(pcm)

    def _play(self, samples: int) -> bytes:
        tone = self._tones.take(samples)
        if not self._in_call:
            return tone or bytes(samples * 2)
        call = self._to_play.take(samples)
        return mix(call, tone) if tone else call

    def _watch(self) -> None:
        found: list[Found] = []
        listed_at = -LIST_S
        while True:
            now = time.monotonic()
            ringing = self._tones.kind is not None
            try:
                if now - listed_at >= LIST_S:
                    found, listed_at = self._list(), now
                kept = self._microphone.tend(self._in_call, found, now)
                kept &= self._speaker.tend(self._in_call or ringing, found, now)
                # Whoever was lost is probably gone from the list too, and may be back in a moment.
                listed_at = listed_at if kept else -LIST_S
            except (
                Exception
            ):  # the boundary of this thread: a call must outlive whatever the sound system does
                log.exception("tending the sound devices failed")
            self._listed.set()
            if self._ended:
                # An interpreter that ends while a device still calls into it hangs.
                self._microphone.shut(CLOSE_S)
                self._speaker.shut(CLOSE_S)
                self._own_listing.close()
                return
            busy = self._in_call or ringing
            self._wake.wait(WATCH_S if busy else max(0.0, listed_at + LIST_S - time.monotonic()))
            self._wake.clear()
