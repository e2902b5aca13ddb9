"""Media through address translation: what a call offers with STUN, with a dead STUN server, and with TURN."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.test_phone_account import registration, start_phone
from tests.peers.headless import HeadlessPhone
from tests.peers.ports import free_port
from tests.peers.raw_registrar import RawRegistrar
from tests.peers.stun_server import StunServer

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


@pytest.fixture
def turn(tmp_path: Path) -> Iterator[int]:
    """The port of a coturn whose user is desk."""
    port = free_port()
    argv = ["turnserver", "-n", "-p", str(port), "--listening-ip", "127.0.0.1", "--relay-ip", "127.0.0.1"]
    argv += ["--lt-cred-mech", "-u", "desk:pw", "-r", "turn.test", "--no-tls", "--no-dtls", "--no-cli"]
    argv += ["--pidfile", str(tmp_path / "pid"), "--db", str(tmp_path / "db"), "--log-file", "stdout"]
    with open(tmp_path / "turn.log", "wb") as log:
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    yield port
    process.terminate()
    process.wait(10)


@pytest.mark.long
@pytest.mark.skipif(shutil.which("turnserver") is None, reason="coturn is not installed")
def test_a_turn_server_lends_an_address(tmp_path: Path, turn: int) -> None:
    with RawRegistrar() as registrar:
        server = f'"127.0.0.1:{turn}"'
        lines = (
            f'registrar = "127.0.0.1:{registrar.port}"',
            f"turn = {server}",
            f"stun = {server}",
            "ice = true",
        )
        with start_phone(tmp_path, *lines, 'turn_user = "desk"', 'turn_password = "pw"') as phone:
            phone.wait(registration("registered"))
            for _ in range(20):
                if "typ relay" in (body := offer(phone, registrar)):
                    break
                phone.idle(1.0)
            assert "typ relay" in body


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
