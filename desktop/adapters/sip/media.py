"""The bridge between a call and the device port: pjsip's media clock asks and gives 20 ms at a time.

Both callbacks run on pjsip's clock thread. They copy bytes and return: no lock that another thread holds for long, no
exception, no decision beyond mute and hold.
"""

from __future__ import annotations

import ctypes
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import pjsua2 as pj

from desktop.adapters.sip.frames import AGENT, CALLER, THIRD, Begin, End, Frame, FrameQueue
from desktop.adapters.sip.shared_sound import Seat

log = logging.getLogger(__name__)

FRAME_MS = 20
BYTES_PER_SAMPLE = 2


def _copy_slowly(vector: Any) -> bytes:
    return bytes(vector)


def _copy_memory(vector: Any) -> bytes:
    # A C++ vector of bytes begins with the pointer to its first element, with GCC's library and with Microsoft's.
    begin = ctypes.c_void_p.from_address(int(vector.this)).value
    return ctypes.string_at(begin, len(vector)) if begin else b""


def choose_copy() -> Callable[[Any], bytes]:
    """The quickest way from a `ByteVector` to bytes that works in this build: 1 us, against 700 by iteration."""
    probe = bytes(range(256)) * 2
    vector = pj.ByteVector(probe)
    try:
        return _copy_memory if _copy_memory(vector) == probe else _copy_slowly
    except (TypeError, ValueError, AttributeError):
        return _copy_slowly


class SampleCounter:
    """Numbers the samples of one leg from the moment its media began; a pause becomes a jump in the numbers."""

    def __init__(self, clock_rate: int, frame: int, now: float) -> None:
        self._rate, self._frame, self._began = clock_rate, frame, now
        self._next, self._paused = 0, False

    def pause(self) -> None:
        """The leg's frames stop coming; the next one is numbered by the clock."""
        self._paused = True

    def take(self, now: float) -> int:
        """The number of the first sample of the next frame."""
        if self._paused:
            elapsed = int((now - self._began) * self._rate) // self._frame * self._frame
            self._next, self._paused = max(self._next, elapsed), False
        first = self._next
        self._next += self._frame
        return first


class Announcement:
    """A sound that goes into a call in the microphone's place. `ended` is told once whether all of it was played, and
    the seconds that were.

    `mix` puts two stretches of sound of the same length on top of each other.
    """

    def __init__(
        self,
        sound: bytes,
        clock_rate: int,
        mix: Callable[[bytes, bytes], bytes],
        ended: Callable[[bool, float], None],
    ) -> None:
        self._sound, self._rate, self.mix, self._ended = sound, clock_rate, mix, ended
        self._at = 0

    def take(self, size: int) -> bytes:
        """The next `size` bytes, the last ones filled up with silence; b"" where nothing is left."""
        part = self._sound[self._at : self._at + size]
        self._at += len(part)
        return part.ljust(size, b"\0") if part else b""

    def end(self) -> None:
        """It is over; called once."""
        whole = self._at >= len(self._sound)
        self._ended(whole, self._at / BYTES_PER_SAMPLE / self._rate)


class LinePort(pj.AudioMediaPort):  # type: ignore[misc]
    """One line's end of the conference bridge. Lives as long as the engine: pjsip's clock may always be inside it."""

    def __init__(self, device: Seat, frames: FrameQueue) -> None:
        super().__init__()
        self._device, self._frames = device, frames
        self._samples = device.clock_rate * FRAME_MS // 1000
        self._silence = bytes(self._samples * BYTES_PER_SAMPLE)
        self._copy = choose_copy()
        self._call, self._asked, self._began = "", False, 0.0
        self._counters: dict[str, SampleCounter] = {}
        self._third_of: LinePort | None = None
        self.muted = False
        self.held = False
        self._complained = False
        self._announcement: Announcement | None = None
        self._in_the_ear = b""
        self._swapping = threading.Lock()

    def open(self, name: str) -> None:
        """Join the conference bridge. On the SIP thread, once."""
        form = pj.MediaFormatAudio()
        form.init(pj.PJMEDIA_FORMAT_PCM, self._device.clock_rate, 1, FRAME_MS * 1000, 16)
        self.createPort(name, form)

    @property
    def busy(self) -> bool:
        """Whether a call's audio has begun on this line."""
        return bool(self._call)

    def connect(self, audio: Any) -> None:
        """Join a call's audio to the device, both ways. On the SIP thread."""
        # A source must always be connected: without one pjsip loses DTMF digits.
        self.startTransmit(audio)
        audio.startTransmit(self)
        self._device.sit()

    def disconnect(self, audio: Any = None) -> None:
        """Take it from the device; without `audio` where the call's sound is gone already. On the SIP thread."""
        if audio is not None:
            self.stopTransmit(audio)
            audio.stopTransmit(self)
        self._device.leave()

    def begin(self, call: str, asked: bool = False) -> None:
        """From now on the frames belong to `call`; `asked` as `Begin` has it."""
        now = time.monotonic()
        for leg in (CALLER, AGENT):
            self._frames.append(Begin(call, leg, self._device.clock_rate, asked))
            self._counters[leg] = SampleCounter(self._device.clock_rate, self._samples, now)
        self._call, self._asked, self._began = call, asked, now

    def join(self, line: LinePort | None) -> None:
        """The other side of this line is the third one in the call on `line` from now on; None: not any more.

        Meanwhile all is said in that call, and nothing in this one.
        """
        if line is self._third_of:
            return
        before, self._third_of = self._third_of, line
        for counter in self._counters.values():
            counter.pause()
        if before is not None:
            before.let_third(False)
        if line is not None:
            line.let_third(True)

    def let_third(self, present: bool) -> None:
        """Somebody joins the call on this line, or leaves it."""
        if present and self._call and THIRD not in self._counters:
            self._frames.append(Begin(self._call, THIRD, self._device.clock_rate, self._asked))
            self._counters[THIRD] = SampleCounter(self._device.clock_rate, self._samples, self._began)
        if THIRD in self._counters:
            self._counters[THIRD].pause()

    def keep_third(self, pcm: bytes) -> None:
        """20 ms of the third one; on hold they say nothing to this call."""
        if not self.held:
            self._keep(THIRD, pcm, True)

    def end(self) -> None:
        """The call is over: what still comes belongs to nobody."""
        if self._call:
            self._frames.append(End(self._call))
        self.announce(None)
        self._device.leave()
        self._call, self._asked, self.muted, self.held = "", False, False, False
        self._counters, self._third_of = {}, None

    def hold(self, on: bool) -> None:
        """On hold nothing is tapped, in either direction, and an announcement ends."""
        if on:
            self.announce(None)
            for counter in self._counters.values():
                counter.pause()
        self.held = on

    def announce(self, announcement: Announcement | None) -> None:
        """Play into the call from now on, also while the microphone is muted; None stops what plays. Any thread."""
        with self._swapping:
            before, self._announcement = self._announcement, announcement
            self._in_the_ear = b""
        if before is not None:
            before.end()

    def _announced(self) -> bytes:
        """The next 20 ms of what is announced; b"" where nothing is."""
        announcement = self._announcement
        if announcement is None:
            return b""
        self._in_the_ear = announcement.take(len(self._silence))
        if not self._in_the_ear:
            self.announce(None)
        return self._in_the_ear

    def _keep(self, leg: str, pcm: bytes, tapped: bool) -> None:
        tapped = tapped and (leg == THIRD or self._third_of is None)
        counter = self._counters.get(leg)
        if counter is not None:
            first = counter.take(time.monotonic())
            self._frames.append(Frame(self._call, leg, first, pcm, tapped))

    def _read(self) -> bytes:
        try:
            return self._device.read_microphone(self._samples)
        except Exception:
            self._complain()
            return self._silence

    def _complain(self) -> None:
        # No exception may leave pjsip's clock thread; fifty lines a second would help nobody.
        if not self._complained:
            self._complained = True
            log.exception("the sound device fails")

    def onFrameRequested(self, frame: Any) -> None:
        """The next 20 ms of the agent, after mute, or of what is announced: what goes on the wire."""
        muted, pcm = (
            self.muted,
            self._read(),
        )  # read while muted too: what was said then must not come out later
        announced = self._announced()
        if announced or muted:
            pcm = announced or self._silence
        frame.type = pj.PJMEDIA_FRAME_TYPE_AUDIO
        frame.buf = pj.ByteVector(pcm)
        frame.size = len(pcm)
        if not self.held:
            self._keep(AGENT, pcm, bool(announced) or not muted)

    def onFrameReceived(self, frame: Any) -> None:
        """20 ms of the other side."""
        if frame.size == 0:
            return
        pcm = self._copy(frame.buf)
        announcement, announced = self._announcement, self._in_the_ear
        try:
            both = announcement.mix(pcm, announced) if announcement and len(announced) == len(pcm) else pcm
            self._device.write_speaker(both)
        except Exception:
            self._complain()
        if not self.held:
            self._keep(CALLER, pcm, True)
            if self._third_of is not None:
                self._third_of.keep_third(pcm)
