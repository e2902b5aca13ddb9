"""The speech process's end of the tap: connects, again and again, hears, acknowledges by sample number."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time

import numpy as np

from desktop.adapters.stt.streaming import Transcriber
from desktop.adapters.tap.address import connect
from desktop.adapters.tap.protocol import Audio, Message, TapError, Unpacker, pack_control

FIRST_RETRY = 0.1
LONGEST_RETRY = 1.0
READ = 1 << 16
# A call that the engine does not name again in this time ended with the engine that had it.
AFTER_CONNECT = 3.0
AFTER_LOSS = 10.0

log = logging.getLogger(__name__)


class TapFollower:
    """Follows one address at a time and feeds what it hears to the transcriber. Lives on one event loop."""

    def __init__(self, transcriber: Transcriber) -> None:
        self._transcriber = transcriber
        self._task: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._orphans: set[str] = set()
        self._deadline = 0.0
        self._heard: dict[tuple[str, str], int] = {}

    def follow(self, address: str, token: str) -> None:
        """Leave what was followed before and follow this; "" follows nothing."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if address:
            self._task = asyncio.get_running_loop().create_task(self._follow(address, token), name="tap")

    def note(self, call: str, leg: str, sample: int) -> None:
        """Everything before `sample` is done with; `flush` says so to the engine."""
        self._heard[call, leg] = sample

    def flush(self) -> None:
        """Acknowledge what was noted since the last time."""
        if self._writer is None or not self._heard:
            return
        for (call, leg), sample in self._heard.items():
            message = {"tap": "ack", "call": call, "leg": leg, "sample": sample}
            self._writer.write(pack_control(message))
        self._heard.clear()

    def end_orphans(self) -> None:
        """End calls whose engine is gone; to be called about once a second."""
        if self._orphans and time.monotonic() > self._deadline:
            orphans, self._orphans = self._orphans, set()
            for call in orphans:
                self._transcriber.end(call)

    async def _follow(self, address: str, token: str) -> None:
        wait = FIRST_RETRY
        while True:
            try:
                reader, writer = await connect(address)
            except (OSError, ValueError):
                await asyncio.sleep(wait)
                wait = min(LONGEST_RETRY, wait * 2)
                continue
            wait = FIRST_RETRY
            try:
                await self._listen(reader, writer, token)
            except (OSError, TapError, ValueError) as error:
                log.warning("the tap broke: %s", error)
            finally:
                self._lose(writer)
            await asyncio.sleep(FIRST_RETRY)

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str) -> None:
        writer.write(pack_control({"tap": "hello", "token": token}))
        await writer.drain()
        self._writer = writer
        self._deadline = time.monotonic() + AFTER_CONNECT
        unpacker = Unpacker()
        while data := await reader.read(READ):
            for message in unpacker.feed(data):
                self._take(message)
                # A backlog of a minute comes at once; the loop has other things to do in between.
                await asyncio.sleep(0)

    def _lose(self, writer: asyncio.StreamWriter) -> None:
        self._writer = None
        with contextlib.suppress(OSError):
            writer.close()
        self._transcriber.pause()
        self._orphans = self._transcriber.calls()
        self._deadline = time.monotonic() + AFTER_LOSS

    def _take(self, message: Message) -> None:
        if isinstance(message, Audio):
            whole = message.samples[: len(message.samples) // 2 * 2]
            samples = np.frombuffer(whole, "<i2").astype(np.int16)
            self._transcriber.feed(message.call, message.leg, message.first, samples)
            return
        call, leg, clock_rate = message.get("call"), message.get("leg"), message.get("clock_rate")
        if message.get("tap") == "end" and isinstance(call, str):
            self._orphans.discard(call)
            self._transcriber.end(call)
        elif message.get("tap") == "call" and isinstance(call, str) and isinstance(leg, str):
            self._orphans.discard(call)
            if not isinstance(clock_rate, int):
                raise TapError("a leg without a clock rate")
            self._transcriber.begin(call, leg, clock_rate)
        else:
            raise TapError("unknown message")
