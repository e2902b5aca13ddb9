"""The phones that are measured: ours, and baresip beside it; on sound devices of their own server or on files."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.peers.baresip import Baresip
from tests.peers.headless import HeadlessPhone
from tests.peers.sound_server import EAR, MICROPHONE, SoundServer

CODEC = "PCMA/8000/1"
ALSA_TO_PULSE = """\
pcm.ear { type pulse device %s }
pcm.mouth { type pulse device %s }
ctl.!default { type pulse }
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """A phone that takes every call: where it is called, and where the sound that it heard lies after the call."""

    port: int
    user: str
    heard: Callable[[], Path]


@contextlib.contextmanager
def ours(home: Path, server: SoundServer | None = None) -> Iterator[Subject]:
    """Our phone and engine, on the server's headset or with a file as its ear."""
    ear = home / "heard.wav"
    account = home / "account.toml"
    home.mkdir(parents=True)
    account.write_text('id = "sip:agent@127.0.0.1"\ncodecs = ["PCMA"]\n')
    audio = ["--audio", "devices"] if server else ["--audio", "file", "--speaker", str(ear)]
    environment = server.environment if server else None
    options = ["--auto-answer", "--account", str(account), *audio]
    with HeadlessPhone(home / "data", *options, environment=environment) as phone:
        port = int(phone.ready()["port"])
        yield Subject(port, "agent", lambda: ear)


@contextlib.contextmanager
def baresip(home: Path, server: SoundServer | None = None) -> Iterator[Subject]:
    """baresip with its own defaults, on the same headset through ALSA, or with a recording as its ear."""
    home.mkdir(parents=True)
    (home / ".asoundrc").write_text(ALSA_TO_PULSE % (EAR, MICROPHONE))
    source, player = ("alsa,mouth", "alsa,ear") if server else ("ausine,440", "aubridge,ear")
    modules = ("alsa",) if server else ()
    environment = server.environment if server else None
    with Baresip(
        home, source, CODEC, player=player, modules=modules, answer="auto", environment=environment
    ) as phone:
        port = int(re.findall(r":(\d+)", phone.uri)[-1])
        yield Subject(port, "bare", phone.heard)
