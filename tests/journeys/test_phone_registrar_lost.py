"""A registrar that is stopped and started again, or replaced by another, during a call: seen, mended, and not heard."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from ipaddress import IPv4Address
from pathlib import Path

import psutil
import pytest
from cryptography import x509

from tests.journeys.test_phone_peers import OURS, THEIRS, heard_by
from tests.peers.baresip import Baresip
from tests.peers.certificates import Authority
from tests.peers.headless import Event, HeadlessPhone
from tests.peers.kamailio import Kamailio
from tests.peers.tones import longest_run, write_tone

CA_FILE = "authority.crt"
HOST = "127.0.0.1"


def registration(state: str) -> Callable[[Event], bool]:
    return lambda event: event["event"] == "registration" and event["state"] == state


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of both registrars; `CA_FILE` vouches for it."""
    return certificate_of(tmp_path)


def certificate_of(folder: Path, host: str = HOST) -> Path:
    """A registrar's, for its address; `CA_FILE` in the folder vouches for it."""
    return Authority.make(folder).certificate("pbx", [x509.IPAddress(IPv4Address(host))])


def start_phone(
    folder: Path, transport: str, servers: str, *options: str, domain: str = HOST, bind: str = HOST
) -> HeadlessPhone:
    """A phone that says a tone, with its account at these servers; `bind` "": from whatever address leads there."""
    account = folder / "account.toml"
    account.write_text(
        f'id = "sip:desk@{domain}"\n{servers}\npassword = "pw-desk"\n'
        f'transport = "{transport}"\nexpires = 60\n'
        + (f'bind = "{bind}"\n' if bind else "")
        + (f'ca_file = "{folder / CA_FILE}"\n' if transport == "tls" else "")
    )
    tone = write_tone(folder / "own.wav", OURS)
    sound = ("--audio", "file", "--microphone", str(tone), "--speaker", str(folder / "heard.wav"))
    return HeadlessPhone(folder / "data", *sound, "--account", str(account), *options)


def bare_account(port: int, transport: str, host: str = HOST) -> str:
    transport = "udp" if transport == "udp" else "tcp"
    return f"<sip:bare@{host}:{port};transport={transport}>;auth_user=bare;auth_pass=pw-bare;regint=60"


def call_is_heard_whole(
    phone: HeadlessPhone, other: Baresip, folder: Path, began: float, ended_here: bool = True
) -> None:
    """End the call; both have heard the other's tone all the time."""
    seconds = time.monotonic() - began
    if ended_here:
        phone.say("hangup")
    else:
        other.command("hangup")
    assert phone.call_state("DISCONNECTED")["ended_by"] == ("local" if ended_here else "remote")
    other.wait_type("CALL_CLOSED")
    for heard, tone in ((other.heard(), OURS), (folder / "heard.wav", THEIRS)):
        assert longest_run(heard_by(heard, tone)) > 10 * seconds - 12, (seconds, heard)


@pytest.mark.parametrize("transport", ["udp", "tcp", pytest.param("tls", marks=pytest.mark.long)])
def test_a_restart_in_mid_call_is_seen_and_mended_and_not_heard(
    tmp_path: Path, certificate: Path, transport: str
) -> None:
    """Over streams the other side ends the call: it can only where it has been told of the new connection."""
    with Kamailio(tmp_path / "first", certificate) as registrar:
        port, tls_port, place = registrar.port, registrar.tls_port, registrar.place(transport)
        phone = start_phone(tmp_path, transport, f'registrar = "{place}"')
        other = Baresip(tmp_path / "b", account=bare_account(port, transport))
        phone.wait(registration("registered"))
        other.wait_registered()
        phone.say("dial", "sip:bare@127.0.0.1")
        other.wait_type("CALL_INCOMING")
        other.command("accept")
        phone.call_state("CONFIRMED")
        began = time.monotonic()
        phone.hear(0.5)
        gone = time.monotonic()
    with ExitStack() as again, phone, other:
        failed = phone.wait(registration("failed"))
        assert failed["mono"] - gone < 5
        assert failed["retry_s"] <= 1.0
        assert (failed["code"], failed["trouble"]) == ((408, "silent") if transport == "udp" else (503, ""))
        assert failed["server"] == place
        again.enter_context(Kamailio(tmp_path / "second", certificate, port=port, tls_port=tls_port))
        assert phone.wait(registration("registered"), 30)["server"] == place
        assert not any(
            event["event"] == "call" and event["state"] == "DISCONNECTED" for event in phone.events
        )
        phone.hear(0.5)
        call_is_heard_whole(phone, other, tmp_path, began, ended_here=transport == "udp")


@pytest.mark.long
@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_another_registrar_takes_over_in_mid_call_and_the_first_one_again_later(
    tmp_path: Path, certificate: Path, transport: str
) -> None:
    with Kamailio(tmp_path / "spare", certificate) as spare:
        with Kamailio(tmp_path / "first", certificate) as registrar:
            first, second = registrar.place(transport), spare.place(transport)
            phone = start_phone(tmp_path, transport, f'registrar = "{first}"\nbackup = "{second}"')
            other = Baresip(tmp_path / "b", account=bare_account(registrar.port, transport))
            assert phone.wait(registration("registered"))["server"] == first
            other.wait_registered()
            phone.say("dial", "sip:bare@127.0.0.1")
            other.wait_type("CALL_INCOMING")
            other.command("accept")
            phone.call_state("CONFIRMED")
            began = time.monotonic()
            phone.hear(2.0)
            gone = time.monotonic()
        with phone, other:
            assert phone.wait(registration("failed"))["mono"] - gone < 5
            assert phone.wait(registration("registered"), 15)["server"] == second
            phone.hear(1.0)
            call_is_heard_whole(phone, other, tmp_path, began)
            theirs = "udp" if transport == "udp" else "tcp"
            other.command("dial", f"sip:desk@127.0.0.1:{spare.port};transport={theirs}")
            phone.call_state("INCOMING")
            phone.say("reject")
            phone.call_state("DISCONNECTED")
            port, tls_port = registrar.port, registrar.tls_port
            with Kamailio(tmp_path / "again", certificate, port=port, tls_port=tls_port):
                assert phone.wait(registration("registered"), 30)["server"] == first


@pytest.mark.long
def test_a_connection_that_says_nothing_any_more_is_given_up(tmp_path: Path) -> None:
    with Kamailio(tmp_path / "k") as registrar:
        phone = start_phone(tmp_path, "tcp", f'registrar = "127.0.0.1:{registrar.port}"')
        with phone:
            phone.wait(registration("registered"))
            phone.idle(2.0)
            parent = psutil.Process(registrar.process.pid)
            family = [parent, *parent.children(recursive=True)]
            for each in family:
                each.send_signal(signal.SIGSTOP)
            try:
                gone = time.monotonic()
                failed = phone.wait(registration("failed"))
                assert failed["trouble"] == "silent"
                assert failed["mono"] - gone < 5
            finally:
                for each in family:
                    each.send_signal(signal.SIGCONT)
            phone.wait(registration("registered"), 40)
