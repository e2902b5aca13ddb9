"""The telephone and its registrar: registration and calls over each transport, and what is said when it fails."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address
from pathlib import Path

import psutil
import pytest
from cryptography import x509

from tests.journeys.test_phone_peers import OURS, THEIRS, heard_by
from tests.peers.baresip import Baresip
from tests.peers.certificates import Authority
from tests.peers.headless import HeadlessPhone
from tests.peers.kamailio import Kamailio
from tests.peers.tones import longest_run, write_tone


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.make(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def registrar(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Kamailio]:
    own = authority.certificate("pbx", [x509.IPAddress(IPv4Address("127.0.0.1"))])
    with Kamailio(tmp_path_factory.mktemp("kamailio"), own) as kamailio:
        yield kamailio


@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_calls_through_a_registrar(
    tmp_path: Path, registrar: Kamailio, authority: Authority, transport: str
) -> None:
    account, tls = tmp_path / "account.toml", transport == "tls"
    account.write_text(
        f'id = "sip:desk{transport}@127.0.0.1"\nexpires = 60\n'
        f'registrar = "127.0.0.1:{registrar.tls_port if tls else registrar.port}"\n'
        f'password_env = "SECRET"\ntransport = "{transport}"\nbind = "127.0.0.1"\n'
        + (f'ca_file = "{authority.ca_file}"\n' if tls else "")
    )
    tone = write_tone(tmp_path / "own.wav", OURS)
    options = ("--audio", "file", "--microphone", str(tone), "--speaker", str(tmp_path / "heard.wav"))
    theirs = "tcp" if tls else transport
    own = (
        f"<sip:bare@127.0.0.1:{registrar.port};transport={theirs}>;auth_user=bare;auth_pass=pw-bare;regint=60"
    )
    phone = HeadlessPhone(
        tmp_path / "data", *options, "--account", str(account), environment={"SECRET": f"pw-desk{transport}"}
    )
    with phone, Baresip(tmp_path / "b", account=own) as other:
        phone.ready()
        phone.wait(lambda event: event["event"] == "registration" and event["state"] == "registered")
        other.wait_registered()
        other.command("dial", f"sip:desk{transport}@127.0.0.1:{registrar.port}")
        phone.call_state("INCOMING")
        phone.say("answer")
        phone.call_state("CONFIRMED")
        phone.hear(1.5)
        other.command("hangup")
        phone.call_state("DISCONNECTED")
        assert longest_run(heard_by(other.heard(), OURS)) >= 8
        phone.say("dial", "sip:bare@127.0.0.1")
        other.wait_type("CALL_INCOMING")
        other.command("accept")
        phone.call_state("CONFIRMED")
        phone.hear(1.5)
        phone.say("hangup")
        phone.call_state("DISCONNECTED")
        phone.say("quit")
        phone.wait(lambda event: event["event"] == "registration" and event["state"] == "unregistered")
        phone.wait(lambda event: event["event"] == "bye")
    assert longest_run(heard_by(tmp_path / "heard.wav", THEIRS)) >= 8


@pytest.mark.long
def test_a_dead_engine_ends_its_call_through_the_registrar_and_is_registered_again(
    tmp_path: Path, registrar: Kamailio
) -> None:
    place = f"127.0.0.1:{registrar.port}"
    account = tmp_path / "account.toml"
    account.write_text(
        f'id = "sip:deskudp@127.0.0.1"\nregistrar = "{place}"\nexpires = 60\n'
        'password_env = "SECRET"\nbind = "127.0.0.1"\n'
    )
    own = f"<sip:bare@{place};transport=udp>;auth_user=bare;auth_pass=pw-bare;regint=60"
    options = ("--audio", "null", "--account", str(account))
    phone = HeadlessPhone(tmp_path / "data", *options, environment={"SECRET": "pw-deskudp"})
    with phone, Baresip(tmp_path / "b", account=own) as other:
        phone.ready()
        phone.wait(lambda event: event["event"] == "registration" and event["state"] == "registered")
        other.wait_registered()
        phone.say("dial", "sip:bare@127.0.0.1")
        other.wait_type("CALL_INCOMING")
        other.command("accept")
        phone.call_state("CONFIRMED")
        (engine,) = psutil.Process(phone.process.pid).children()
        engine.kill()
        other.wait_type("CALL_CLOSED")
        phone.wait(lambda event: event["event"] == "registration" and event["state"] == "registered")


def test_a_wrong_password_is_an_event(tmp_path: Path, registrar: Kamailio) -> None:
    account = tmp_path / "account.toml"
    account.write_text(
        f'id = "sip:desk@127.0.0.1"\nregistrar = "127.0.0.1:{registrar.port}"\npassword = "wrong"\n'
    )
    with HeadlessPhone(tmp_path / "data", "--audio", "null", "--account", str(account)) as phone:
        phone.ready()
        failed = phone.wait(
            lambda event: event["event"] == "registration" and event["state"] not in ("trying",)
        )
        assert (failed["state"], failed["code"], failed["retry_s"]) == ("failed", 401, None)
        assert phone.close() == 0


def test_a_registrar_that_nobody_vouches_for_is_not_told_the_password(
    tmp_path: Path, registrar: Kamailio
) -> None:
    stranger = Authority.make(tmp_path, "stranger")
    account = tmp_path / "account.toml"
    account.write_text(
        f'id = "sip:desk@127.0.0.1"\nregistrar = "127.0.0.1:{registrar.tls_port}"\ntransport = "tls"\n'
        f'password = "pw-desk"\nca_file = "{stranger.ca_file}"\n'
    )
    with HeadlessPhone(tmp_path / "data", "--audio", "null", "--account", str(account)) as phone:
        phone.ready()
        failed = phone.wait(lambda event: event["event"] == "registration" and event["state"] == "failed")
        assert "ca_file" in failed["reason"]
        assert failed["retry_s"] is not None
        phone.say("dial", "sip:120@127.0.0.1")
        assert phone.call_state("DISCONNECTED")["cause"] == "server not reachable"
