"""The doorman's connection to a registrar over TLS: Python's own `ssl`, because the library's is of 2017 or missing.

The server's name is checked against its certificate by OpenSSL; a certificate that names the server only as a SIP URI
(RFC 5922 7.1), which OpenSSL does not look at, is accepted where everything else about it is in order.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from desktop.adapters.phone.checks import MAX_HEAD
from desktop.adapters.phone.outside import CONNECT_S, Address, OutsideTcp, Receive
from desktop.domain.errors import PhoneError

log = logging.getLogger(__name__)

NAME_MISMATCH = (62, 64)
"""OpenSSL's numbers for a certificate of another host name or IP address."""


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """`host` is the server's name in its certificate. Files are PEM; "" for the system's authorities, and for none."""

    host: str
    ca_file: str = ""
    certificate: str = ""
    private_key: str = ""


def client_context(settings: TlsSettings) -> ssl.SSLContext:
    """TLS 1.2 and 1.3, the server checked. Raises PhoneError where a file can't be used."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if settings.ca_file:
        _load(settings.ca_file, "ca_file", lambda: context.load_verify_locations(settings.ca_file))
    else:
        context.load_default_certs()
    if settings.certificate:
        key = settings.private_key or None
        # An encrypted key must not ask on a terminal that nobody looks at.
        _load(
            settings.certificate,
            "certificate",
            lambda: context.load_cert_chain(settings.certificate, key, lambda: ""),
        )
    return context


def _load(path: str, key: str, load: Callable[[], None]) -> None:
    try:
        load()
    except (OSError, ValueError) as error:  # SSLError is an OSError
        missing = not Path(path).is_file()
        why = "there is no such file" if missing else "it holds no usable PEM certificate or key"
        raise PhoneError(f'account: "{key}" {path} cannot be used: {why}.') from error


class Trouble(NamedTuple):
    """Why a connection did not come to stand: a word for programs, a sentence for people. Both "": it stands."""

    kind: str = ""
    sentence: str = ""


def trouble_of(error: Exception, host: str) -> Trouble:
    """What to tell the user about a connection that did not come to stand."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate_trouble(error, host)
    if isinstance(error, ssl.SSLError | ConnectionResetError | ConnectionAbortedError):
        sentence = (
            f"{host} does not go on with TLS 1.2 or 1.3 at this port; check the port (usually 5061), and whether it "
            'asks for a client certificate ("certificate").'
        )
        return Trouble("no_tls", sentence)
    if isinstance(error, TimeoutError):
        return Trouble("silent", f"{host} did not answer within {CONNECT_S:.0f} s.")
    return Trouble("unreachable", f"no connection to {host}: {getattr(error, 'strerror', None) or error}.")


def _certificate_trouble(error: ssl.SSLCertVerificationError, host: str) -> Trouble:
    whose = f"the certificate of {host}"
    match error.verify_code:
        case 62 | 64:
            return Trouble("other_name", f'{whose} is for another name; check "registrar" with IT.')
        case 10:
            return Trouble("expired", f"{whose} has expired; IT must renew it.")
        case 9:
            return Trouble("not_yet", f"{whose} is not valid yet; check this computer's clock.")
        case 2 | 18 | 19 | 20 | 21:
            return Trouble("untrusted", f'nobody that this computer trusts signed {whose}; set "ca_file".')
        case _:
            return Trouble("untrusted", f"{whose} was not accepted ({error.verify_message}).")


def names_sip_uri(certificate: ssl._PeerCertRetDictType, host: str) -> bool:
    """Whether a certificate that names no DNS host and no address names `host` as a SIP URI."""
    names = certificate.get("subjectAltName", ())
    kinds = {str(name[0]) for name in names}
    wanted = {f"sip:{host}".casefold()}
    return kinds == {"URI"} and any(str(name[1]).casefold() in wanted for name in names)


class OutsideTls(OutsideTcp):
    """Connections that we open; nobody connects to us, for that a certificate of our own would be needed."""

    def __init__(
        self,
        settings: TlsSettings,
        bind: str,
        host: str,
        receive: Receive,
        lost: Callable[[Address], None],
        tell: Callable[[Address, Trouble], None],
    ) -> None:
        """`tell` hears of each connection that fails or stands. Raises PhoneError."""
        super().__init__(bind, host, receive, lost)
        self._settings, self._tell = settings, tell
        self.names: Mapping[Address, str] = {}
        """In whose name the certificate must be; for all others `host` of the settings."""
        self._named, self._unnamed = client_context(settings), client_context(settings)
        self._unnamed.check_hostname = False

    async def open(self, port: int) -> None:
        """Nothing is listened to; `port` is the local one of each connection only where it is free."""

    async def _open_connection(self, target: Address) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            streams = await self._connected(target)
        except (OSError, TimeoutError) as error:
            self._tell(target, trouble_of(error, self._host(target)))
            raise
        self._tell(target, Trouble())
        return streams

    def _host(self, target: Address) -> str:
        return self.names.get(target, self._settings.host)

    async def _connected(self, target: Address) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            return await self._handshake(target, self._named)
        except ssl.SSLCertVerificationError as error:
            if error.verify_code not in NAME_MISMATCH:
                raise
            reader, writer = await self._handshake(target, self._unnamed)
            certificate = writer.get_extra_info("peercert") or {}
            if not names_sip_uri(certificate, self._host(target)):
                writer.close()
                raise
            return reader, writer

    async def _handshake(
        self, target: Address, context: ssl.SSLContext
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        local = (self._bind, 0) if self._bind else None
        async with asyncio.timeout(CONNECT_S):
            return await asyncio.open_connection(
                *target,
                local_addr=local,
                limit=MAX_HEAD,
                ssl=context,
                server_hostname=self._host(target),
            )
