"""TLS to the registrar: what is accepted, and what the user is told where it is not."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509

from desktop.adapters.phone.outside_tls import OutsideTls, TlsSettings
from desktop.domain.errors import PhoneError
from tests.peers.certificates import Authority

LOCAL = x509.IPAddress(IPv4Address("127.0.0.1"))
OPTIONS = b"OPTIONS sip:x SIP/2.0\r\nContent-Length: 0\r\n\r\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.make(tmp_path_factory.mktemp("authority"))


def server_context(file: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@asynccontextmanager
async def server(context: ssl.SSLContext | None) -> AsyncIterator[tuple[int, list[str]]]:
    """A port, and the TLS versions of who has sent a whole message; each gets it back."""
    versions: list[str] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            data = await reader.readexactly(len(OPTIONS))
            tls = writer.get_extra_info("ssl_object")
            versions.append(tls.version() if tls else "")
            writer.write(data)
            await writer.drain()
        except (OSError, EOFError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
    async with listening:
        yield listening.sockets[0].getsockname()[1], versions


async def say(port: int, settings: TlsSettings) -> tuple[list[bytes], list[str]]:
    """Send one message: what came back, and what was told of the connection."""
    got: list[bytes] = []
    told: list[str] = []
    done = asyncio.Event()
    outside = OutsideTls(
        settings,
        "127.0.0.1",
        "127.0.0.1",
        lambda data, _source: got.append(data),
        lambda _address: done.set(),
        lambda _target, trouble: told.append(trouble.sentence),
    )
    await outside.open(0)
    outside.send(("127.0.0.1", port), lambda local: OPTIONS)
    async with asyncio.timeout(15):
        await done.wait()
    outside.close()
    return got, told


def connect(
    context: ssl.SSLContext | None, settings: TlsSettings
) -> tuple[list[bytes], list[str], list[str]]:
    async def work() -> tuple[list[bytes], list[str], list[str]]:
        async with server(context) as (port, versions):
            got, told = await say(port, settings)
            return got, told, versions

    return asyncio.run(work())


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_server_that_the_authority_vouches_for_is_spoken_to(
    authority: Authority, version: ssl.TLSVersion
) -> None:
    context = server_context(authority.certificate("pbx", [LOCAL]))
    context.minimum_version = context.maximum_version = version
    got, told, versions = connect(context, TlsSettings("127.0.0.1", str(authority.ca_file)))
    assert (got, told) == ([OPTIONS], [""])
    assert versions == [version.name.replace("_", ".")]


def test_a_server_named_by_a_sip_uri_alone_is_spoken_to(authority: Authority) -> None:
    named = [x509.UniformResourceIdentifier("sip:pbx.example")]
    context = server_context(authority.certificate("x", list(named)))
    got, told, _ = connect(context, TlsSettings("pbx.example", str(authority.ca_file)))
    assert (got, told) == ([OPTIONS], [""])
    got, told, _ = connect(context, TlsSettings("other.example", str(authority.ca_file)))
    assert got == []
    assert "another name" in told[0]
    mixed = [*named, x509.DNSName("elsewhere.example")]
    context = server_context(authority.certificate("x", mixed))
    got, told, _ = connect(context, TlsSettings("pbx.example", str(authority.ca_file)))
    assert (got, "another name" in told[0]) == ([], True), "a DNS name is there, and it is another one"


def test_each_failure_has_its_sentence_and_nothing_is_sent(authority: Authority, tmp_path: Path) -> None:
    stranger = Authority.make(tmp_path, "stranger")
    for context, host, words in (
        (
            server_context(authority.certificate("x", [x509.DNSName("x.example")])),
            "pbx.example",
            "another name",
        ),
        (server_context(authority.certificate("x", [LOCAL], old=True)), "127.0.0.1", "expired"),
        (server_context(stranger.certificate("x", [LOCAL])), "127.0.0.1", "ca_file"),
        (None, "127.0.0.1", "TLS 1.2 or 1.3"),
    ):
        got, told, versions = connect(context, TlsSettings(host, str(authority.ca_file)))
        assert got == [], words
        assert len(told) == 1
        assert words in told[0]
        assert host in told[0]
        assert versions == ([""] if context is None else []), "nothing but a greeting was said to it"


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1")
def test_old_versions_of_tls_are_refused(authority: Authority) -> None:
    context = server_context(authority.certificate("pbx", [LOCAL]))
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    got, told, _ = connect(context, TlsSettings("127.0.0.1", str(authority.ca_file)))
    assert got == []
    assert "TLS 1.2 or 1.3" in told[0]


def test_a_server_may_ask_who_we_are(authority: Authority) -> None:
    context = server_context(authority.certificate("pbx", [LOCAL]))
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(authority.ca_file)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    own = str(authority.certificate("desk", [x509.DNSName("desk.example")]))
    got, told, _ = connect(context, TlsSettings("127.0.0.1", str(authority.ca_file), own))
    assert (got, told) == ([OPTIONS], [""])
    got, told, _ = connect(context, TlsSettings("127.0.0.1", str(authority.ca_file)))
    assert got == []
    assert "client certificate" in told[0]


def test_nobody_there_is_said_too(authority: Authority) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    got, told = asyncio.run(say(port, TlsSettings("127.0.0.1", str(authority.ca_file))))
    assert got == []
    assert "no connection to 127.0.0.1" in told[0]


def test_a_file_that_cannot_be_used_is_named_at_once(tmp_path: Path, authority: Authority) -> None:
    (tmp_path / "text.pem").write_text("no certificate")
    for settings, words in (
        (TlsSettings("h", str(tmp_path / "none.pem")), '"ca_file".*no such file'),
        (TlsSettings("h", str(tmp_path / "text.pem")), '"ca_file".*no usable PEM'),
        (TlsSettings("h", str(authority.ca_file), str(tmp_path / "none.pem")), '"certificate".*no such file'),
    ):
        with pytest.raises(PhoneError, match=words):
            OutsideTls(
                settings,
                "",
                "",
                lambda _data, _from: None,
                lambda _address: None,
                lambda _target, _trouble: None,
            )
