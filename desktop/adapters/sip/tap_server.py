"""The engine's side of the tap, on a thread of its own: levels, and a 60 s store for each of two uses.

One speech process and one recorder at a time. Who does not read never blocks anything: what it leaves unread stays in
its bounded store. Nothing is kept for a recorder before the first one has come.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
import threading
import time
from collections.abc import Callable

from desktop.adapters.sip.device import Meter
from desktop.adapters.sip.frames import AGENT, CALLER, THIRD, Begin, End, Frame, FrameQueue
from desktop.adapters.sip.tap_store import TapStore
from desktop.adapters.tap.address import listen, remove
from desktop.adapters.tap.protocol import LEGS, USES, TapError, Unpacker

log = logging.getLogger(__name__)

DRAIN_S = 0.02
AUDIO_EVENT_S = 0.05
MOST_BUFFERED = 1 << 18
READ_BYTES = 1 << 16

Post = Callable[[dict[str, object]], None]


class Levels:
    """Measures both legs of every call and reports them up to 20 times a second."""

    def __init__(self, meter: Callable[[int], Meter], lost_ms: Callable[[str], int], post: Post) -> None:
        self._new_meter, self._lost_ms, self._post = meter, lost_ms, post
        self._meters: dict[tuple[str, str], Meter] = {}
        self._fresh: set[tuple[str, str]] = set()
        self._due = 0.0

    def begin(self, mark: Begin) -> None:
        """A leg begins: its meter starts anew."""
        self._meters[mark.call, mark.leg] = self._new_meter(mark.clock_rate)

    def end(self, call: str) -> None:
        """The call is over."""
        for leg in (CALLER, AGENT):
            self._meters.pop((call, leg), None)
            self._fresh.discard((call, leg))

    def feed(self, frame: Frame) -> None:
        """The next sound of a leg."""
        key = (frame.call, frame.leg)
        if key in self._meters:
            self._meters[key].feed(frame.pcm)
            self._fresh.add(key)

    def report(self, now: float) -> None:
        """Post `audio` events for legs that have new sound, at the agreed rate."""
        if now < self._due or not self._fresh:
            return
        self._due = now + AUDIO_EVENT_S
        for (call, leg), meter in self._meters.items():
            if (call, leg) in self._fresh:
                self._post(
                    {
                        "event": "audio",
                        "id": call,
                        "leg": leg,
                        "speaking": bool(meter.speaking),
                        "level_db": round(float(meter.level_db), 1),
                        "lost_ms": self._lost_ms(leg),
                        "clipping": bool(meter.clipping),
                    }
                )
        self._fresh.clear()


class Outlet:
    """One use of the sound: what it has not acknowledged yet, and who listens now."""

    def __init__(self, with_keys: bool = False) -> None:
        self.store = TapStore(with_keys)
        self.writer: asyncio.StreamWriter | None = None

    def take_over(self, writer: asyncio.StreamWriter) -> None:
        """This one listens from now on, and gets again what the one before left."""
        if self.writer is not None:
            self.writer.close()
        self.writer = writer
        self.store.rewind()
        self.send()

    def send(self) -> None:
        """As much as the listener reads."""
        while self.writer is not None and self.writer.transport.get_write_buffer_size() < MOST_BUFFERED:
            data = self.store.take()
            if data is None:
                return
            self.writer.write(data)

    def acknowledge(self, message: dict[str, object]) -> None:
        """What the listener is done with. Raises TapError."""
        call, leg, sample = message.get("call"), message.get("leg"), message.get("sample")
        if message.get("tap") == "done" and isinstance(call, str):
            self.store.finish(call)
            return
        if message.get("tap") != "ack" or not isinstance(call, str) or not isinstance(sample, int):
            raise TapError("unknown message")
        if isinstance(leg, str) and leg in LEGS:
            self.store.acknowledge(call, leg, sample)


class TapServer:
    """Empties the frame queue; `start` and `stop` may be called from any thread."""

    def __init__(self, address: str, token: str, frames: FrameQueue, levels: Levels) -> None:
        self._address, self._token, self._frames, self._levels = address, token, frames, levels
        self._outlets = {USES[0]: Outlet(with_keys=True)}
        self._begun: list[Begin] = []
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tap", daemon=True)

    def start(self) -> None:
        """Begin to listen and to measure."""
        self._thread.start()

    def stop(self, timeout: float = 1.0) -> None:
        """Close the socket and end the thread."""
        self._ending.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        server = None
        if self._address:
            try:
                server = await listen(self._address, self._welcome)
            except OSError as error:
                log.error("the tap cannot listen: %s", error)
        while not self._ending.is_set():
            self._drain()
            self._levels.report(time.monotonic())
            for outlet in self._outlets.values():
                outlet.send()
            await asyncio.sleep(DRAIN_S)
        if server is not None:
            server.close()
            remove(self._address)

    def _drain(self) -> None:
        while self._frames:
            entry = self._frames.popleft()
            if isinstance(entry, Frame):
                self._levels.feed(entry)
                if entry.tapped:
                    for store in self._stores(entry.call, entry.leg):
                        store.add(entry.call, entry.leg, entry.first, entry.pcm)
            elif isinstance(entry, Begin):
                if entry.leg != THIRD:
                    self._levels.begin(entry)
                self._begun.append(entry)
                for store in self._stores(entry.call, entry.leg):
                    store.begin(entry.call, entry.leg, entry.clock_rate)
            elif isinstance(entry, End):
                self._levels.end(entry.call)
                for store in self._stores(entry.call, CALLER):
                    store.end(entry.call)
                self._begun = [mark for mark in self._begun if mark.call != entry.call]

    def _stores(self, call: str, leg: str) -> list[TapStore]:
        """Where a leg goes: a recording has the two voices of a citizen's call only, as the policy's words say."""
        asked = any(mark.asked for mark in self._begun if mark.call == call)
        uses = USES[:1] if leg == THIRD or asked else USES
        return [outlet.store for use, outlet in self._outlets.items() if use in uses]

    def _outlet(self, use: str) -> Outlet:
        """The outlet for a use; one that comes in mid-call gets the legs that are there."""
        if use not in self._outlets:
            outlet = self._outlets[use] = Outlet()
            for mark in self._begun:
                if outlet.store in self._stores(mark.call, mark.leg):
                    outlet.store.begin(mark.call, mark.leg, mark.clock_rate)
        return self._outlets[use]

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        unpacker = Unpacker()
        outlet: Outlet | None = None
        try:
            while data := await reader.read(READ_BYTES):
                for message in unpacker.feed(data):
                    if not isinstance(message, dict):
                        raise TapError("audio in the wrong direction")
                    if outlet is not None:
                        outlet.acknowledge(message)
                    else:
                        outlet = self._outlet(self._use_of(message))
                        outlet.take_over(writer)
        except (OSError, TapError) as error:
            log.warning("tap connection ended: %s", error)
        finally:
            if outlet is not None and outlet.writer is writer:
                outlet.writer = None
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    def _use_of(self, message: dict[str, object]) -> str:
        """What the sound is wanted for. Raises TapError where this is no hello with the right token."""
        token, use = message.get("token"), message.get("use", USES[0])
        if (
            message.get("tap") != "hello"
            or not isinstance(token, str)
            or not hmac.compare_digest(token.encode(), self._token.encode())
        ):
            raise TapError("no hello with the right token")
        if use not in USES:
            raise TapError("an unknown use")
        return str(use)
