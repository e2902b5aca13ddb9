"""What an account file asks for, seen by a registrar that notes every byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.x509 import DNSName

from tests.peers.certificates import Authority
from tests.peers.headless import Event, HeadlessPhone
from tests.peers.kamailio import Kamailio
from tests.peers.name_server import NameServer
from tests.peers.raw_registrar import RawRegistrar


def registration(state: str) -> Callable[[Event], bool]:
    return lambda event: event["event"] == "registration" and event["state"] == state


def start_phone(folder: Path, *lines: str, environment: dict[str, str] | None = None) -> HeadlessPhone:
    account = folder / "account.toml"
    account.write_text("\n".join(['id = "sip:desk@city.test"', *lines]) + "\n")
    options = ("--audio", "null", "--account", str(account))
    return HeadlessPhone(folder / "data", *options, environment=environment)


def test_everything_goes_to_the_proxy_and_names_the_registrar(tmp_path: Path) -> None:
    with (
        RawRegistrar() as proxy,
        start_phone(
            tmp_path, 'registrar = "127.0.0.1:9"', f'proxy = "127.0.0.1:{proxy.port}"', 'password = "pw"'
        ) as phone,
    ):
        assert phone.wait(registration("registered"))["server"] == f"127.0.0.1:{proxy.port}"
        asked = proxy.wait(b"REGISTER")
        assert asked.start == b"REGISTER sip:127.0.0.1:9 SIP/2.0"
        assert b"sip:desk@city.test" in asked.first(b"to")
        phone.say("dial", "120")
        assert proxy.wait(b"INVITE").start == b"INVITE sip:120@city.test SIP/2.0"
        assert phone.call_state("DISCONNECTED")["code"] == 486


@pytest.mark.long
def test_a_short_registration_is_renewed(tmp_path: Path) -> None:
    with (
        RawRegistrar(expires=7) as registrar,
        start_phone(tmp_path, f'registrar = "127.0.0.1:{registrar.port}"', "expires = 7") as phone,
    ):
        phone.wait(registration("registered"))
        first = registrar.wait(b"REGISTER")
        again = registrar.wait(b"REGISTER")
        assert again.first(b"call-id") == first.first(b"call-id")
        assert again.first(b"cseq") != first.first(b"cseq")


@pytest.mark.long
def test_the_servers_of_a_domain_are_found_by_its_records_and_the_next_takes_over(tmp_path: Path) -> None:
    with RawRegistrar() as registrar:
        records = [(1, 0, 9, "localhost"), (2, 0, registrar.port, "localhost")]
        with (
            NameServer({"_sip._udp.city.test": records}) as names,
            start_phone(
                tmp_path, 'registrar = "city.test"', f'nameserver = "127.0.0.1:{names.port}"'
            ) as phone,
        ):
            phone.ready()
            failed = phone.wait(registration("failed"))
            assert failed["server"] == "city.test (127.0.0.1:9)"
            registered = phone.wait(registration("registered"))
            assert registered["server"] == f"city.test (127.0.0.1:{registrar.port})"
            phone.say("quit")
            phone.wait(lambda event: event["event"] == "bye")


@pytest.mark.long
@pytest.mark.parametrize(("named", "state"), [("city.test", "registered"), ("localhost", "failed")])
def test_over_tls_a_server_found_by_records_proves_the_domain_and_not_its_own_name(
    tmp_path: Path, named: str, state: str
) -> None:
    authority = Authority.make(tmp_path)
    certificate = authority.certificate(named, [DNSName(named)])
    with Kamailio(tmp_path / "kamailio", certificate) as kamailio:
        records = [(1, 0, kamailio.tls_port, "localhost")]
        with (
            NameServer({"_sips._tcp.city.test": records}) as names,
            start_phone(
                tmp_path,
                'registrar = "city.test"',
                'transport = "tls"',
                'password = "pw-desk"',
                f'ca_file = "{authority.ca_file}"',
                f'nameserver = "127.0.0.1:{names.port}"',
            ) as phone,
        ):
            phone.ready()
            told = phone.wait(lambda event: event["event"] == "registration" and event["state"] != "trying")
            assert (told["state"], told["server"]) == (state, f"city.test (127.0.0.1:{kamailio.tls_port})")
            phone.say("quit")
            phone.wait(lambda event: event["event"] == "bye")


@pytest.mark.long
def test_a_dead_name_server_freezes_nothing(tmp_path: Path) -> None:
    with (
        NameServer(None) as names,
        start_phone(tmp_path, 'registrar = "city.test"', f'nameserver = "127.0.0.1:{names.port}"') as phone,
    ):
        phone.ready()
        failed = phone.wait(registration("failed"), 20)
        assert (failed["trouble"], failed["retry_s"] is not None) == ("not_found", True)
        phone.say("dial", "120")
        assert phone.call_state("DISCONNECTED")["code"] == 503
        phone.say("quit")
        phone.wait(lambda event: event["event"] == "bye", 8)


@pytest.mark.long
@pytest.mark.parametrize(
    ("algorithms", "state", "trouble"),
    [(("SHA-256",), "registered", ""), (("SHA-512-256",), "failed", "no_digest")],
)
def test_a_proof_that_the_library_does_not_know_is_no_wrong_password(
    tmp_path: Path, algorithms: tuple[str, ...], state: str, trouble: str
) -> None:
    lines = [
        f'WWW-Authenticate: Digest realm="r", nonce="n", algorithm={each}, qop="auth"\r\n'
        for each in algorithms
    ]
    with (
        RawRegistrar("".join(lines)) as registrar,
        start_phone(tmp_path, f'registrar = "127.0.0.1:{registrar.port}"', 'password = "pw"') as phone,
    ):
        said = phone.wait(lambda event: event["event"] == "registration" and event["state"] != "trying")
        assert (said["state"], said["trouble"]) == (state, trouble)
        if trouble:
            assert "SHA-512-256" in said["reason"]
        else:
            registrar.wait(b"REGISTER")
            assert b"algorithm=SHA-256" in registrar.wait(b"REGISTER").first(b"authorization")


@pytest.mark.long
def test_the_keyrings_password_registers_and_none_is_asked_for(tmp_path: Path) -> None:
    challenge = 'WWW-Authenticate: Digest realm="r", nonce="n", algorithm=MD5\r\n'
    with RawRegistrar(challenge) as registrar:
        line = f'registrar = "127.0.0.1:{registrar.port}"'
        with start_phone(tmp_path, line) as phone:
            failed = phone.wait(registration("failed"))
            assert (failed["code"], failed["trouble"], failed["retry_s"]) == (401, "no_password", None)
        ring = tmp_path / "keyring.json"
        ring.write_text('{"dasan-desk sip:desk@city.test": "secret"}')
        environment = {
            "PYTHON_KEYRING_BACKEND": "tests.peers.file_keyring.FileKeyring",
            "TEST_KEYRING": str(ring),
        }
        with start_phone(tmp_path, line, environment=environment) as phone:
            phone.wait(registration("registered"))
