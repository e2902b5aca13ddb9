"""Records calls of one phone: a thread that follows the engine's tap and writes sealed files.

The desk's loop only gives orders and hears how things stand; sound never passes it. What is written is acknowledged to
the engine, which keeps the rest for a minute, so a desk that is started again goes on almost where it died.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desktop.adapters.evidence.keys import Key, KeyRing
from desktop.adapters.evidence.sealed_file import SealedWriter
from desktop.adapters.recording.sealed_recording import FOLDER, new_recording
from desktop.adapters.recording.stereo import CHANNELS, Stereo
from desktop.adapters.tap.link import TapLink
from desktop.adapters.tap.protocol import Audio, Message, TapError
from desktop.domain.recording import RecorderState

TICK_S = 0.25
CHUNK_S = 1.0
LONGEST_KEPT_S = 60.0
"""Sound that can't be written waits in memory for so long, at least."""
RETRY_S = 10.0
PATIENCE_S = 3.0
"""A tap that is away for longer is a fault."""
LAST_SOUND_S = 2.0
CLOSE_S = 5.0
FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}

log = logging.getLogger(__name__)
Tell = Callable[[str, RecorderState], None]


@dataclass(slots=True)
class _Call:
    """A call that is heard; it is written once it is `wanted`."""

    id: str
    stereo: Stereo | None = None
    wanted: bool = False
    back_s: float = 0.0
    writer: SealedWriter | None = None
    path: Path | None = None
    written: bool = False
    state: RecorderState = RecorderState.OFF
    retry_at: float = 0.0
    acknowledged: int = 0
    closed: asyncio.Event = field(default_factory=asyncio.Event)


class RecordingWorker:
    """All of it that lives on the thread; every method is called there. `keep_s`: what is kept before it is wanted."""

    def __init__(self, folder: Path, keep_s: float, tell: Tell) -> None:
        self._folder, self._keep_s, self._tell = folder, keep_s, tell
        self._calls: dict[str, _Call] = {}
        self._key: Key | None = None
        self._lost_at = time.monotonic()
        self.link = TapLink("recording", self._begun, self._take, self._lost)

    def use_key(self, key: Key) -> None:
        """Seal with this key; before it is there nothing is written."""
        self._key = key

    def start(self, call_id: str, back_s: float) -> None:
        """Write this call from `back_s` ago on."""
        call = self._call(call_id)
        if not call.wanted:
            call.wanted, call.back_s = True, back_s
            if call.stereo is not None:
                call.stereo.forget(back_s)

    async def finish(self, call_id: str) -> None:
        """Wait for the tap's last sound of a call, then close its file."""
        call = self._calls.get(call_id)
        if call is None:
            return
        if self.link.connected:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_SOUND_S):
                    await call.closed.wait()
        self._end(call)

    async def run(self, ending: asyncio.Event) -> None:
        """Write once in a while until `ending`, then close what is open."""
        while not ending.is_set():
            self.tick()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TICK_S):
                    await ending.wait()
        self.link.follow("", "")
        for call in list(self._calls.values()):
            self._end(call)

    def tick(self) -> None:
        """Write what is ready, let go what nobody wants, say what is wrong."""
        now = time.monotonic()
        for call in list(self._calls.values()):
            if call.stereo is not None:
                if call.wanted:
                    self._write(call, call.stereo, now)
                call.stereo.forget(max(LONGEST_KEPT_S, self._keep_s) if call.wanted else self._keep_s)
                self._acknowledge(call, call.stereo)
            if call.wanted and not self.link.connected and now - self._lost_at > PATIENCE_S:
                self._stands(call, RecorderState.NO_SOUND)

    # the tap
    def _begun(self) -> None:
        """What nobody wanted and is still there comes once more."""
        self._calls = {name: call for name, call in self._calls.items() if call.wanted}

    def _take(self, message: Message) -> None:
        if isinstance(message, Audio):
            call = self._calls.get(message.call)
            if call is not None and call.stereo is not None:
                call.stereo.add(message.leg, message.first, message.samples)
            return
        name, kind, rate = message.get("call"), message.get("tap"), message.get("clock_rate")
        if not isinstance(name, str):
            raise TapError("a message of no call")
        if kind == "call" and isinstance(rate, int) and 0 < rate <= 192_000:
            call = self._call(name)
            if call.stereo is None:
                call.stereo = Stereo(rate)
        elif kind == "end":
            if name in self._calls:
                self._end(self._calls[name])
        else:
            raise TapError("unknown message")

    def _lost(self) -> None:
        self._lost_at = time.monotonic()

    def _call(self, call_id: str) -> _Call:
        return self._calls.setdefault(call_id, _Call(call_id))

    def _acknowledge(self, call: _Call, stereo: Stereo) -> None:
        if stereo.position > call.acknowledged:
            call.acknowledged = stereo.position
            for leg in CHANNELS:
                self.link.send({"tap": "ack", "call": call.id, "leg": leg, "sample": stereo.position})

    # the file
    def _write(self, call: _Call, stereo: Stereo, now: float, last: bool = False) -> None:
        least = 1 if last else int(CHUNK_S * stereo.rate)
        if self._key is None or (now < call.retry_at and not last):
            return
        try:
            while (stereo.left if last else stereo.ready) >= least:
                if call.writer is None:
                    stereo.skip_gap()
                    if (stereo.left if last else stereo.ready) < least:
                        return  # what counted was before the first sound: there is less of it than it seemed
                    call.writer, call.path = new_recording(
                        self._folder, self._key, call.id, stereo.rate, stereo.position
                    )
                    call.written = False
                data = stereo.peek(stereo.left if last else stereo.ready)
                call.writer.append(data)
                stereo.done(data)
                call.written = True
                self._stands(call, RecorderState.ON)
        except OSError as error:
            log.error("a call is not recorded: %s", error.strerror)
            call.retry_at = now + RETRY_S
            self._drop(call)
            self._stands(call, RecorderState.FULL if error.errno in FULL else RecorderState.BROKEN)

    def _drop(self, call: _Call) -> None:
        """Leave a file that can't be written on: it reads up to its last whole chunk."""
        writer, call.writer = call.writer, None
        if writer is not None:
            with contextlib.suppress(OSError):
                writer.abandon()
        if call.path is not None and not call.written:
            with contextlib.suppress(OSError):
                call.path.unlink(missing_ok=True)

    def _end(self, call: _Call) -> None:
        if call.closed.is_set():
            return
        self._calls.pop(call.id, None)
        if call.wanted and call.stereo is not None:
            self._write(call, call.stereo, time.monotonic(), last=True)
            self._acknowledge(call, call.stereo)
        if call.writer is not None:
            try:
                call.writer.close()
            except OSError as error:
                log.error("a recording was not closed: %s", error.strerror)
                self._drop(call)
            call.writer = None
        call.closed.set()
        self._stands(call, RecorderState.OFF)

    def _stands(self, call: _Call, state: RecorderState) -> None:
        if call.state is not state:
            call.state = state
            self._tell(call.id, state)


class CallRecorder:
    """Implements `services.recording_ports.Recorder`; `set_tap` starts the thread. Used on the desk's loop."""

    def __init__(self, evidence: Path, keys: KeyRing, keep_s: float) -> None:
        self._keys = keys
        self._receiver: Tell = lambda call_id, state: None
        self._worker = RecordingWorker(evidence / FOLDER, keep_s, self._tell_desk)
        self._desk: asyncio.AbstractEventLoop | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self._getting_key: asyncio.Task[None] | None = None

    def listen(self, receiver: Tell) -> None:
        """Call `receiver` on the loop whenever a recording stands differently."""
        self._receiver = receiver

    def set_tap(self, address: str, token: str) -> None:
        """Where the engine gives audio."""
        if self._thread is None:
            self._begin()
        self._post(lambda: self._worker.link.follow(address, token))

    def start(self, call_id: str, back_seconds: float) -> None:
        """Keep this call from `back_seconds` ago on."""
        self._post(lambda: self._worker.start(call_id, back_seconds))

    async def finish(self, call_id: str) -> None:
        """Returns when all sound of an ended call is on disk."""
        if self._loop is not None:
            future = asyncio.run_coroutine_threadsafe(self._worker.finish(call_id), self._loop)
            await asyncio.wrap_future(future)

    async def close(self) -> None:
        """Close all files and end the thread."""
        thread, ending = self._thread, self._ending
        if thread is not None and ending is not None:
            self._post(ending.set)
            self._loop = None
            await asyncio.to_thread(thread.join, CLOSE_S)
        if self._getting_key is not None:
            self._getting_key.cancel()

    def _begin(self) -> None:
        self._desk = asyncio.get_running_loop()
        self._loop, self._ending = asyncio.new_event_loop(), asyncio.Event()
        work = (self._loop, self._ending)
        self._thread = threading.Thread(target=self._run, args=work, name="recording", daemon=True)
        self._thread.start()
        self._getting_key = self._desk.create_task(self._get_key(), name="key of recordings")

    def _run(self, loop: asyncio.AbstractEventLoop, ending: asyncio.Event) -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(self._worker.run(ending))

    async def _get_key(self) -> None:
        key = await self._keys.current()
        self._post(lambda: self._worker.use_key(key))

    def _post(self, order: Callable[[], object]) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(order)

    def _tell_desk(self, call_id: str, state: RecorderState) -> None:
        if self._desk is not None:
            with contextlib.suppress(RuntimeError):
                self._desk.call_soon_threadsafe(self._receiver, call_id, state)
