"""Media through address translation: what a call offers with STUN, with a dead STUN server, and with TURN."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.test_phone_account import registration, start_phone
from tests.journeys.test_phone_peers import OURS, THEIRS, heard_by
from tests.peers.headless import HeadlessPhone
from tests.peers.kamailio import Kamailio
from tests.peers.ports import free_port
from tests.peers.raw_registrar import RawRegistrar
from tests.peers.stun_server import StunServer
from tests.peers.tones import longest_run, write_tone

OUTSIDE = "198.51.100.7"


def offer(phone: HeadlessPhone, registrar: RawRegistrar) -> str:
    """The SDP of a call."""
    phone.say("dial", "120")
    body = registrar.wait(b"INVITE").body.decode()
    phone.call_state("DISCONNECTED")
    return body


@pytest.mark.long
@pytest.mark.parametrize("ice", ["false", "true"])
def test_a_stun_server_that_dies_and_comes_back_costs_its_address_and_no_call(
    tmp_path: Path, ice: str
) -> None:
    with RawRegistrar() as registrar, StunServer((OUTSIDE, 4000)) as stun:
        stun.silent = True
        lines = (
            f'registrar = "127.0.0.1:{registrar.port}"',
            f'stun = "127.0.0.1:{stun.port}"',
            f"ice = {ice}",
        )
        with start_phone(tmp_path, *lines) as phone:
            phone.wait(registration("registered"))
            assert OUTSIDE not in offer(phone, registrar)
            stun.silent = False
            for _ in range(20):
                if OUTSIDE in (body := offer(phone, registrar)):
                    break
                phone.idle(1.0)
            assert f"c=IN IP4 {OUTSIDE}" in body
            assert ("typ srflx" in body) == (ice == "true")
            assert not any(event["event"] == "engine" for event in phone.events)


@dataclass(frozen=True)
class Turn:
    """A coturn whose user is desk."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def lines(self) -> tuple[str, ...]:
        """Of an account that uses it."""
        server = f'"127.0.0.1:{self.port}"'
        user = ('turn_user = "desk"', 'turn_password = "pw"')
        return (f"turn = {server}", f"stun = {server}", "ice = true", *user)


@pytest.fixture
def turn(tmp_path: Path) -> Iterator[Turn]:
    port = free_port()
    argv = ["turnserver", "-n", "-p", str(port), "--listening-ip", "127.0.0.1", "--relay-ip", "127.0.0.1"]
    argv += ["--lt-cred-mech", "-u", "desk:pw", "-r", "turn.test", "--no-tls", "--no-dtls", "--no-cli"]
    argv += ["--allow-loopback-peers", "--log-file", "stdout"]
    argv += ["--pidfile", str(tmp_path / "pid"), "--db", str(tmp_path / "db")]
    with open(tmp_path / "turn.log", "wb") as log:
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    yield Turn(port, process)
    process.terminate()
    process.wait(10)


@pytest.mark.long
def test_a_turn_server_lends_an_address(tmp_path: Path, turn: Turn) -> None:
    with RawRegistrar() as registrar:
        lines = (f'registrar = "127.0.0.1:{registrar.port}"', *turn.lines)
        with start_phone(tmp_path, *lines) as phone:
            phone.wait(registration("registered"))
            for _ in range(20):
                if "typ relay" in (body := offer(phone, registrar)):
                    break
                phone.idle(1.0)
            assert "typ relay" in body


def speaking(folder: Path, user: str, hertz: float, *lines: str) -> HeadlessPhone:
    """A phone of ours that says a tone, and keeps what it hears."""
    account = folder / f"{user}.toml"
    account.write_text("\n".join([f'id = "sip:{user}@127.0.0.1"', f'password = "pw-{user}"', *lines]) + "\n")
    tone, heard = write_tone(folder / f"{user}-says.wav", hertz), folder / f"{user}-heard.wav"
    sound = ("--audio", "file", "--microphone", str(tone), "--speaker", str(heard), "--auto-answer")
    return HeadlessPhone(folder / user, *sound, "--account", str(account))


@pytest.mark.long
def test_media_passes_the_relay_both_ways(tmp_path: Path, turn: Turn) -> None:
    """The other side knows nothing of ICE and has the relay's address alone; that it dies is heard on both sides."""
    with Kamailio(tmp_path / "k") as registrar:
        at = f'registrar = "127.0.0.1:{registrar.port}"'
        with (
            speaking(tmp_path, "desk", OURS, at, *turn.lines) as phone,
            speaking(tmp_path, "other", THEIRS, at, 'bind = "127.0.0.1"') as other,
        ):
            for each in (phone, other):
                each.wait(registration("registered"))
            phone.say("dial", "sip:other@127.0.0.1")
            for each in (phone, other):
                each.call_state("CONFIRMED")
            phone.hear(1.5)
            assert all(
                event["rtp_in"]
                for each in (phone, other)
                for event in each.events
                if event["event"] == "flow"
            )
            turn.process.kill()
            for each in (phone, other):
                each.wait(lambda event: event["event"] == "flow" and not event["rtp_in"])
    for heard, tone in (("other", OURS), ("desk", THEIRS)):
        assert longest_run(heard_by(tmp_path / f"{heard}-heard.wav", tone)) >= 8


@pytest.mark.long
def test_media_is_marked_for_the_network(tmp_path: Path) -> None:
    with RawRegistrar() as registrar, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind(("127.0.0.1", 0))
        ear.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTOS, 1)
        ear.settimeout(10)
        port = ear.getsockname()[1]
        registrar.sdp = (
            f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"
        )
        with start_phone(tmp_path, f'registrar = "127.0.0.1:{registrar.port}"') as phone:
            phone.wait(registration("registered"))
            phone.say("dial", "120")
            phone.call_state("CONFIRMED")
            _, extra, _, _ = ear.recvmsg(2000, 100)
            phone.say("hangup")
    assert [value[0] for _, kind, value in extra if kind == socket.IP_TOS] == [46 << 2]
