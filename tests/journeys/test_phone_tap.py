"""What the speech process gets of a call: both voices, and nothing of what was said while muted or on hold."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

import numpy as np

from desktop.adapters.phone.phone_file import read_phone_file
from desktop.adapters.tap.address import connect
from desktop.adapters.tap.protocol import Audio, Message, Unpacker, pack_control
from tests.peers.baresip import Baresip
from tests.peers.headless import HeadlessPhone
from tests.peers.tones import blocks_with, write_tone

OURS, THEIRS, RATE = 700, 440, 16_000


class Speech:
    """A speech process that only keeps what it gets."""

    def __init__(self, data: Path) -> None:
        found = read_phone_file(data)
        assert found is not None
        self._found, self.messages = found, list[Message]()

    async def listen(self) -> None:
        """Until the call's end was told."""
        reader, writer = await connect(self._found.tap)
        writer.write(pack_control({"tap": "hello", "token": self._found.token}))
        unpacker = Unpacker()
        async with asyncio.timeout(40):
            while not any(isinstance(m, dict) and m["tap"] == "end" for m in self.messages):
                data = await reader.read(65536)
                assert data, "the tap has closed"
                self.messages += unpacker.feed(data)
        writer.close()
        await writer.wait_closed()

    def leg(self, name: str) -> list[tuple[float, float]]:
        """Stretches of a leg that came without a jump: begin and end in seconds since the media began."""
        stretches: list[tuple[int, int]] = []
        for audio in self.messages:
            if isinstance(audio, Audio) and audio.leg == name:
                end = audio.first + len(audio.samples) // 2
                if stretches and stretches[-1][1] == audio.first:
                    stretches[-1] = (stretches[-1][0], end)
                else:
                    stretches.append((audio.first, end))
        return [(begin / RATE, end / RATE) for begin, end in stretches]

    def sound(self, name: str, call: str = "") -> bytes:
        """All of a leg, of one call or of all."""
        audio = [m for m in self.messages if isinstance(m, Audio) and m.leg == name]
        return b"".join(m.samples for m in audio if call in ("", m.call))


def drive(phone: HeadlessPhone, other: Baresip) -> None:
    """Talk 1.5 s, muted 1.2 s, talk 1 s, on hold 1.5 s, talk 1 s."""
    phone.say("dial", other.uri)
    other.wait_type("CALL_INCOMING")
    other.command("accept")
    phone.call_state("CONFIRMED")
    phone.hear(1.5)
    phone.say("mute")
    phone.media(muted=True)
    phone.hear(1.2)
    phone.say("unmute")
    phone.media(muted=False)
    phone.hear(1.0)
    phone.say("hold")
    phone.media(hold="local")
    phone.idle(1.5)
    phone.say("resume")
    phone.media(hold="none")
    phone.hear(1.0)
    phone.say("hangup")
    phone.call_state("DISCONNECTED")


async def both(speech: Speech, phone: HeadlessPhone, other: Baresip) -> None:
    listening = asyncio.create_task(speech.listen())
    await asyncio.to_thread(drive, phone, other)
    await listening


def test_both_legs_are_tapped_but_for_mute_and_hold(tmp_path: Path) -> None:
    tone = write_tone(tmp_path / "own.wav", OURS)
    options = ("--serve", "--audio", "file", "--microphone", str(tone))
    with HeadlessPhone(tmp_path / "data", *options) as phone, Baresip(tmp_path / "b") as other:
        phone.ready()
        phone.idle(0.5)
        speech = Speech(tmp_path / "data")
        asyncio.run(both(speech, phone, other))
    agent, caller = speech.leg("agent"), speech.leg("caller")
    assert len(agent) == 3, agent
    assert 1.0 < agent[1][0] - agent[0][1] < 1.8
    assert 1.2 < agent[2][0] - agent[1][1] < 2.6
    assert 1.2 < max(later[0] - earlier[1] for earlier, later in itertools.pairwise(caller)) < 2.6
    assert abs(agent[-1][1] - caller[-1][1]) < 0.3
    for name, hertz in (("agent", OURS), ("caller", THEIRS)):
        samples = np.frombuffer(speech.sound(name), "<i2").astype(np.float64) / 32768
        found = blocks_with(samples, RATE, hertz)
        assert sum(found) / len(found) > 0.8, name
