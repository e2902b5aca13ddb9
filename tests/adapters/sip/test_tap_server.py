"""The tap as the speech process sees it: a token, frames, acknowledgements, the rest again after a reconnect."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.adapters.sip.frames import AGENT, CALLER, Begin, End, Frame, FrameQueue, new_queue
from desktop.adapters.sip.tap_server import Levels, TapServer
from desktop.adapters.tap.address import choose, connect
from desktop.adapters.tap.protocol import Audio, Message, Unpacker, pack_control

RATE, FRAME = 16_000, 320


class FixedMeter:
    """Hears everything alike."""

    level_db = -20.0
    speaking, clipping = True, False

    def feed(self, pcm: bytes) -> None:
        """Nothing changes."""


def server(tmp_path: Path, posted: list[dict[str, object]]) -> tuple[TapServer, FrameQueue, str]:
    frames, address = new_queue(), choose(tmp_path, "tap.sock")
    levels = Levels(lambda rate: FixedMeter(), lambda leg: 7, posted.append)
    return TapServer(address, "right", frames, levels), frames, address


@contextmanager
def running(tap: TapServer) -> Iterator[None]:
    tap.start()
    try:
        yield
    finally:
        tap.stop()


def say(frames: FrameQueue, leg: str, first: int, tapped: bool = True) -> None:
    frames.append(Frame("c1", leg, first, b"\1\0" * FRAME, tapped))


class Listener:
    """A speech process."""

    def __init__(self) -> None:
        self._unpacker = Unpacker()
        self.messages: list[Message] = []

    async def connect(self, address: str, token: str, **more: str) -> None:
        async with asyncio.timeout(3):
            while True:
                try:
                    self.reader, self.writer = await connect(address)
                    break
                except OSError:
                    await asyncio.sleep(0.01)
        self.writer.write(pack_control({"tap": "hello", "token": token, **more}))

    async def until(self, count: int) -> list[Message]:
        async with asyncio.timeout(3):
            while len(self.messages) < count:
                data = await self.reader.read(65536)
                assert data, "the tap has closed"
                self.messages += self._unpacker.feed(data)
        return self.messages

    def acknowledge(self, leg: str, sample: int) -> None:
        self.writer.write(pack_control({"tap": "ack", "call": "c1", "leg": leg, "sample": sample}))


def test_both_legs_arrive_and_what_was_only_measured_does_not(tmp_path: Path) -> None:
    posted: list[dict[str, object]] = []
    tap, frames, address = server(tmp_path, posted)

    async def listen() -> list[Message]:
        listener = Listener()
        await listener.connect(address, "right")
        for leg in (CALLER, AGENT):
            frames.append(Begin("c1", leg, RATE))
        say(frames, CALLER, 0)
        say(frames, AGENT, 0, tapped=False)
        say(frames, AGENT, 640)
        frames.append(End("c1"))
        messages = await listener.until(5)
        listener.writer.close()
        return messages

    with running(tap):
        messages = asyncio.run(listen())
    audio = [(m.leg, m.first, len(m.samples)) for m in messages if isinstance(m, Audio)]
    assert audio == [(CALLER, 0, 640), (AGENT, 640, 640)]
    assert messages[-1] == {"tap": "end", "call": "c1"}
    levels = [event for event in posted if event["event"] == "audio"]
    assert not levels or levels[0]["lost_ms"] == 7


def test_a_successor_gets_what_was_not_acknowledged(tmp_path: Path) -> None:
    tap, frames, address = server(tmp_path, [])

    async def listen() -> list[Message]:
        first, second = Listener(), Listener()
        await first.connect(address, "right")
        frames.append(Begin("c1", CALLER, RATE))
        say(frames, CALLER, 0)
        await first.until(2)
        say(frames, CALLER, FRAME)
        await first.until(3)
        first.acknowledge(CALLER, FRAME)
        await first.writer.drain()
        await second.connect(address, "right")
        messages = await second.until(2)
        first.writer.close()
        second.writer.close()
        return messages

    with running(tap):
        messages = asyncio.run(listen())
    begin = {"tap": "call", "call": "c1", "leg": CALLER, "clock_rate": RATE}
    assert isinstance(messages[0], dict)
    assert begin.items() <= messages[0].items()
    assert isinstance(messages[1], Audio)
    assert messages[1].first in (0, FRAME)


def test_without_the_token_nothing_is_given(tmp_path: Path) -> None:
    tap, frames, address = server(tmp_path, [])

    async def listen() -> bytes:
        stranger = Listener()
        await stranger.connect(address, "wrong")
        frames.append(Begin("c1", CALLER, RATE))
        async with asyncio.timeout(3):
            data = await stranger.reader.read(100)
        stranger.writer.close()
        return data

    with running(tap):
        assert asyncio.run(listen()) == b""


def test_a_recorder_listens_beside_the_speech_process(tmp_path: Path) -> None:
    tap, frames, address = server(tmp_path, [])

    async def listen() -> tuple[list[Message], list[Message]]:
        speech, recorder, successor = Listener(), Listener(), Listener()
        await speech.connect(address, "right")
        frames.append(Begin("c1", CALLER, RATE))
        say(frames, CALLER, 0)
        await speech.until(2)
        await recorder.connect(address, "right", use="recording")
        await recorder.until(1)
        say(frames, CALLER, FRAME)
        await recorder.until(2)
        await speech.until(3)
        speech.acknowledge(CALLER, 2 * FRAME)
        recorder.writer.close()
        await successor.connect(address, "right", use="recording")
        await successor.until(2)
        say(frames, CALLER, 2 * FRAME)
        await speech.until(4)
        for each in (speech, successor):
            each.writer.close()
        return successor.messages, speech.messages

    with running(tap):
        recorded, heard = asyncio.run(listen())
    begin = {"tap": "call", "call": "c1", "leg": CALLER, "clock_rate": RATE}
    assert recorded[0] == begin
    assert next(m.first for m in recorded if isinstance(m, Audio)) == FRAME, "not what was before it came"
    assert [m.first for m in heard if isinstance(m, Audio)] == [0, FRAME, 2 * FRAME]


def test_an_unknown_use_gets_nothing(tmp_path: Path) -> None:
    tap, frames, address = server(tmp_path, [])

    async def listen() -> bytes:
        stranger = Listener()
        await stranger.connect(address, "right", use="other")
        frames.append(Begin("c1", CALLER, RATE))
        async with asyncio.timeout(3):
            data = await stranger.reader.read(100)
        stranger.writer.close()
        return data

    with running(tap):
        assert asyncio.run(listen()) == b""


@pytest.mark.parametrize(("use", "followed"), [("speech", {"c1", "c2"}), ("recording", {"c1"})])
def test_a_consultation_is_for_the_transcript_and_never_for_a_recording(
    tmp_path: Path, use: str, followed: set[str]
) -> None:
    tap, frames, address = server(tmp_path, [])

    async def listen() -> list[Message]:
        ear = Listener()
        await ear.connect(address, "right", use=use)
        frames.append(Begin("c1", CALLER, RATE))
        await ear.until(1)
        frames.append(Begin("c2", CALLER, RATE, asked=True))
        frames.append(Frame("c2", CALLER, 0, b"\1\0" * FRAME, True))
        frames.append(End("c2"))
        say(frames, CALLER, 0)
        frames.append(End("c1"))
        messages = await ear.until(3 * len(followed))
        ear.writer.close()
        return messages

    with running(tap):
        messages = asyncio.run(listen())
    calls = [message["call"] if isinstance(message, dict) else message.call for message in messages]
    assert sorted(map(str, calls)) == sorted(3 * list(followed))
