"""The system's own microphone and speaker.

One thread opens, watches and replaces devices; nothing else ever waits for them.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import Callable

from desktop.adapters.audio.devices import Found, Listing
from desktop.adapters.audio.direction import Direction, Kept, Open
from desktop.adapters.audio.play_queue import PlayQueue
from desktop.adapters.audio.port import CLOCK_RATE, RINGS, DeviceState, Problem
from desktop.adapters.audio.ring_buffer import RingBuffer
from desktop.adapters.audio.streams import Stream
from desktop.adapters.audio.tones import TonePlayer, mix, scaled
from desktop.domain.sound import NO_WISHES, SoundUse, SoundWishes, Wish

CAPTURE_LIMIT_MS = 500
"""pjsip's clock makes up for as much after it was late; until then the sound waits."""
LATE_SLACK_MS = 20
"""So much of the microphone's sound may wait where it came late before, and so much of the speaker's."""
PLAY_LIMIT_MS = 160
PRIME_MS = 20
FRAME_MS = 20
"""The media clock gives so much at once. What the speaker's device has queued beyond half of it covers the wait."""
PLAY_TRIM_S = 1.0
WATCH_S = 0.05
LIST_S = 1.0
CLOSE_S = 0.5

log = logging.getLogger(__name__)


class MiniaudioDevice:
    """The device port on real devices. No device, a pulled out one, a dead sound server: silence, never an exception.

    Devices open at `start` (the one that rings at `ring`) within some 100 ms, in a thread that also notices what comes
    and goes. A ring that its own device doesn't take sounds where calls are heard.
    """

    def __init__(
        self,
        wishes: SoundWishes = NO_WISHES,
        tones: TonePlayer | None = None,
        listing: Callable[[], list[Found]] | None = None,
        open_stream: Open = Stream,
    ) -> None:
        self.clock_rate = CLOCK_RATE
        self._tones = tones or TonePlayer()
        self._ring_tones = self._tones.twin()
        self._captured = RingBuffer(CLOCK_RATE, CAPTURE_LIMIT_MS, PRIME_MS, most_slack_ms=LATE_SLACK_MS)
        # The device itself keeps what covers most late moments; here waits what it has no room for yet, and what the
        # others have taught.
        self._queue = PlayQueue()
        self._to_play = RingBuffer(
            CLOCK_RATE,
            PLAY_LIMIT_MS,
            prime_ms=0,
            trim_s=PLAY_TRIM_S,
            slack_ms=0,
            most_slack_ms=LATE_SLACK_MS,
        )
        self._microphone = Direction("microphone", Wish(), self._capture, open_stream)
        self._speaker = Direction("speaker", Wish(), self._play, open_stream, queue=self._queue)
        self._ringer = Direction("speaker", Wish(), self._play_ring, open_stream, alone=True)
        self._wake = threading.Event()
        self._wishes = wishes
        self.apply(wishes)
        self._own_listing = Listing()
        self._list = listing or self._own_listing.devices
        self._in_call = False
        self._listed = threading.Event()
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
        self._queue.begin_call(time.monotonic())
        self._in_call = True
        self._wake.set()

    def stop(self) -> None:
        """The last call is over; devices close in the background."""
        self._in_call = False
        self._microphone.kept = self._speaker.kept = None
        self._wake.set()

    def close(self) -> None:
        """The process ends: close everything, waiting at most 1.5 s."""
        atexit.unregister(self.close)
        self._in_call, self._ended = False, True
        self._wake.set()
        self._thread.join(timeout=1.5)

    def apply(self, wishes: SoundWishes) -> None:
        """Use other devices and volumes from now on, also within a call."""
        chosen = (
            (self._microphone, wishes.microphone),
            (self._speaker, wishes.speaker),
            (self._ringer, wishes.ring),
        )
        for direction, wish in chosen:
            if direction.wish != wish:
                direction.kept = None
            direction.wish, direction.headsets = wish, wishes.headsets
        self._wishes = wishes
        self._wake.set()

    def keep(self, kind: str, device_id: str, only: bool = False) -> None:
        """Stay with a device for the rest of the call; `only`: with none at all while it is away. "" ends that.

        Raises ValueError where `kind` is neither microphone nor speaker.
        """
        if kind not in ("microphone", "speaker"):
            raise ValueError("only microphone and speaker can be kept")
        direction = self._microphone if kind == "microphone" else self._speaker
        direction.kept = Kept(device_id, only) if device_id else None
        self._wake.set()

    def read_microphone(self, samples: int) -> bytes:
        """What the microphone heard; silence where nothing came in time."""
        return self._captured.take(samples) if self._in_call else bytes(samples * 2)

    def write_speaker(self, pcm: bytes) -> None:
        """Sound for the ear; dropped while no call runs or no speaker is there."""
        if self._in_call and self._speaker.running:
            self._to_play.put(pcm)

    def ring(self, kind: str | None) -> None:
        """Let a tone sound; its device opens for it."""
        self._tones.play(kind)
        self._ring_tones.play(kind if kind in RINGS else None)
        self._wake.set()

    def state(self) -> DeviceState:
        """The devices that are used or would be used by a call now. Waits at most 0.5 s for the very first list."""
        self._listed.wait(0.5)
        lost = self._captured.lost_ms + self._to_play.lost_ms
        return DeviceState(self._microphone.name, self._speaker.name, self._problem(), lost, self._use())

    def _use(self) -> SoundUse:
        microphone, speaker, ringer = self._microphone.device, self._speaker.device, self._ringer.device
        here = speaker if ringer is None or self._wishes.ring_both else None
        return SoundUse(
            microphone_id=microphone.id if microphone is not None else "",
            microphone_why=self._microphone.why,
            microphone_wish=self._wishes.microphone.id,
            speaker_id=speaker.id if speaker is not None else "",
            speaker_why=self._speaker.why,
            speaker_wish=self._wishes.speaker.id,
            ring=tuple(device.name for device in (ringer, here) if device is not None),
            volumes=self._wishes.volumes,
        )

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
            self._captured.put(scaled(pcm, self._wishes.volumes.microphone))

    def _play(self, samples: int) -> bytes:
        volumes, kind = self._wishes.volumes, self._tones.kind
        tone = self._tones.take(samples)
        if tone is not None and kind in RINGS:
            tone = scaled(tone, volumes.ring) if self._rings_here else None
        elif tone is not None:
            tone = scaled(tone, volumes.speaker)
        if not self._in_call:
            return tone or bytes(samples * 2)
        if silent_ms := self._queue.silent_ms():
            self._to_play.taken_late(silent_ms)
        wait_s = (self._queue.ms - FRAME_MS / 2) / 1000
        call = scaled(self._to_play.take(samples, wait_s), volumes.speaker)
        return mix(call, tone) if tone else call

    def _play_ring(self, samples: int) -> bytes:
        tone = self._ring_tones.take(samples)
        return scaled(tone, self._wishes.volumes.ring) if tone else bytes(samples * 2)

    @property
    def _rings_here(self) -> bool:
        """Whether a ring sounds where calls are heard; where its own device fails it does."""
        return self._wishes.ring_both or not self._ringer.running

    def _tend(self, found: list[Found], now: float) -> bool:
        """See Direction.tend. The ring's own device is opened first: the other one rings where that fails."""
        kind = self._tones.kind
        kept = self._microphone.tend(self._in_call, found, now)
        kept &= self._speaker.aim(found, now)
        heard_on = self._speaker.device
        apart = [one for one in found if heard_on is None or one.device.id != heard_on.id]
        kept &= self._ringer.tend(kind in RINGS, apart, now)
        in_the_ear = kind is not None and (kind not in RINGS or self._rings_here)
        self._speaker.follow(self._in_call or in_the_ear, now)
        return kept

    def _watch(self) -> None:
        found: list[Found] = []
        listed_at = -LIST_S
        while True:
            now = time.monotonic()
            ringing = self._tones.kind is not None
            try:
                if now - listed_at >= LIST_S:
                    found, listed_at = self._list(), now
                kept = self._tend(found, now)
                # Whoever was lost is probably gone from the list too, and may be back in a moment.
                listed_at = listed_at if kept else -LIST_S
            except (
                Exception
            ):  # the boundary of this thread: a call must outlive whatever the sound system does
                log.exception("tending the sound devices failed")
            self._listed.set()
            if self._ended:
                # An interpreter that ends while a device still calls into it hangs.
                for direction in (self._microphone, self._speaker, self._ringer):
                    direction.shut(CLOSE_S)
                self._own_listing.close()
                return
            busy = self._in_call or ringing
            self._wake.wait(WATCH_S if busy else max(0.0, listed_at + LIST_S - time.monotonic()))
            self._wake.clear()
