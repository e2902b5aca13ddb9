"""Two files in place of the devices (`--audio file`): one is spoken, the other keeps what the ear would hear."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from desktop.adapters.audio.files import WavWriter, read_audio
from desktop.adapters.audio.port import CLOCK_RATE, DeviceState, Problem
from desktop.adapters.audio.ring_buffer import RingBuffer
from desktop.adapters.audio.tones import TonePlayer, mix

PAUSE_S = 1.0
TICK_S = 0.02
LATENESS_S = 0.2

log = logging.getLogger(__name__)


class FileDevice:
    """Microphone = `microphone` looped with 1 s of silence between, from its start at every `start`; ear = `speaker`.

    The ear's file grows in real time while a call or a ring is on, and not between. Calls may write up to 0.2 s late
    without a gap, so that a busy machine does not show in the file. Either file may be None: silence, or not kept.
    Raises DeviceError where a file cannot be read or made.
    """

    def __init__(
        self,
        microphone: Path | None,
        speaker: Path | None,
        tones: TonePlayer | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock_rate = CLOCK_RATE
        self._microphone_name = microphone.name if microphone else None
        self._speaker_name = speaker.name if speaker else None
        sound = read_audio(microphone, CLOCK_RATE).tobytes() if microphone else b""
        self._loop = sound + bytes(int(PAUSE_S * CLOCK_RATE) * 2) if sound else b""
        self._at = 0
        self._tones = tones or TonePlayer()
        self._clock = clock
        self._ear = RingBuffer(CLOCK_RATE, limit_ms=2000, prime_ms=0, trim_s=0)
        self._file = WavWriter(speaker, CLOCK_RATE) if speaker else None
        self._problem: Problem | None = None
        self._started = False
        self._opened_at: float | None = None
        self._given = 0
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._lock = threading.Lock()

    def start(self) -> None:
        """A call begins: the microphone's file starts over."""
        if self._started:
            return
        self._at = 0
        self._ear.clear()
        self._started = True
        self._run()

    def stop(self) -> None:
        """The call is over; what was still waiting for the ear is written."""
        self._started = False
        if self._tones.kind is None:
            self._close()

    def read_microphone(self, samples: int) -> bytes:
        """The next samples of the looped file."""
        wanted = samples * 2
        if not self._loop or not self._started:
            return bytes(wanted)
        out = b""
        while len(out) < wanted:
            part = self._loop[self._at : self._at + wanted - len(out)]
            out += part
            self._at = (self._at + len(part)) % len(self._loop)
        return out

    def write_speaker(self, pcm: bytes) -> None:
        """Sound for the ear's file; nothing while no call runs."""
        if self._started:
            self._ear.put(pcm)

    def ring(self, kind: str | None) -> None:
        """Let a tone sound in the ear's file."""
        self._tones.play(kind)
        if kind is not None:
            self._run()
        elif not self._started:
            self._close()

    def state(self) -> DeviceState:
        """File names in place of device names."""
        return DeviceState(self._microphone_name, self._speaker_name, self._problem)

    def close(self) -> None:
        """End the ear's file; the device cannot be used again."""
        self._started = False
        self._tones.play(None)
        self._close()
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()

    def _run(self) -> None:
        with self._lock:
            if self._thread is None and self._file is not None:
                self._wake.clear()
                self._opened_at, self._given = self._clock(), 0
                self._thread = threading.Thread(target=self._keep_time, name="ear-file", daemon=True)
                self._thread.start()

    def _close(self) -> None:
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is None:
            return
        self._wake.set()
        thread.join(timeout=2.0)
        self._write(self._ear.take_waiting(self._ear.waiting))
        self._guarded(WavWriter.refresh)

    def _keep_time(self) -> None:
        while not self._wake.wait(TICK_S):
            self.advance()
            if self._tones.kind is None and not self._started:
                with self._lock:
                    self._thread = None
                self._guarded(WavWriter.refresh)
                return

    def advance(self) -> None:
        """Write what is due by now: what the call has given, silence or tone where it gave nothing in time."""
        if self._opened_at is None:
            return
        now = int((self._clock() - self._opened_at) * CLOCK_RATE)
        due = now - int((LATENESS_S if self._started else 0.0) * CLOCK_RATE)
        call = self._ear.take_waiting(max(0, now - self._given))
        if len(call) // 2 < due - self._given:
            call = call.ljust((due - self._given) * 2, b"\0")
        tone = self._tones.take(len(call) // 2) if call else None
        self._given += len(call) // 2
        self._write(mix(call, tone) if tone else call)

    def _write(self, pcm: bytes) -> None:
        if pcm:
            self._guarded(lambda file: file.write(pcm))

    def _guarded(self, work: Callable[[WavWriter], None]) -> None:
        # A full disk costs the file, never the call.
        if self._file is None or self._problem is not None:
            return
        try:
            work(self._file)
        except OSError as error:
            self._problem = "disk_full"
            log.error("the ear's file ends here: %s", error.strerror)
