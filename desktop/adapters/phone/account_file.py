"""The account file: TOML, read only. Every complaint names the key and says what to write instead."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop.adapters.phone.account_values import AccountError, Server, number, server, text
from desktop.adapters.phone.sip_message import is_ipv4
from desktop.adapters.phone.traversal import DIRECT, Traversal, traversal_of
from desktop.adapters.phone.traversal import KEYS as TRAVERSAL_KEYS

PASSWORD_VARIABLE = "DASAN_DESK_PASSWORD"
"""Where the password is looked for that is neither in the file nor where it says: the desk puts the keyring's there."""
LOOPBACK = "127.0.0.1"
CODECS = ("G722", "PCMA", "PCMU")
KEYS = frozenset({
    "id", "registrar", "backup", "proxy", "nameserver", "username", "auth_user", "password", "password_env",
    "transport", "bind", "port", "expires", "codecs", "ca_file", "certificate", "private_key", "srtp", "rtp_ports",
    "dscp_media", "dscp_signalling",
})  # fmt: skip
SRTP = ("off", "optional", "required")
FEWEST_PORTS = 8
"""Two calls, RTP and RTCP, and as many again while lines change."""
EXPEDITED, SIGNALLING = 46, 24
"""How packets are marked for the network (RFC 4594): expedited forwarding, and class 3."""
MOST_SERVERS = 8
PORTS = {"udp": 5060, "tcp": 5060, "tls": 5061}
SHORTEST_EXPIRES, LONGEST_EXPIRES = 5, 86_400
_MARK = "\0"
"""A password that no file can hold."""
_ID = re.compile(r"sip:([A-Za-z0-9_.!~*'()&=+$,%-]+)@([A-Za-z0-9.-]+)(?::(\d{1,5}))?\Z")


@dataclass(frozen=True, slots=True)
class Account:
    """A checked account. `bind` "" is every address."""

    id: str
    user: str
    domain: str
    registrars: tuple[Server, ...] = ()
    """The first one is used while it answers."""
    proxies: tuple[Server, ...] = ()
    """Where everything is sent instead."""
    nameserver: tuple[str, int] | None = None
    auth_user: str = ""
    password: str = field(default="", repr=False)
    transport: str = "udp"
    bind: str = LOOPBACK
    port: int = 0
    expires: int = 300
    codecs: tuple[str, ...] = CODECS
    ca_file: str = ""
    certificate: str = ""
    private_key: str = ""
    srtp: str = "off"
    rtp_ports: tuple[int, int] = (0, 0)
    """First and last UDP port of media; (0, 0): any."""
    traversal: Traversal = DIRECT
    dscp_media: int = EXPEDITED
    dscp_signalling: int = SIGNALLING

    @property
    def registrar(self) -> str:
        """The host of the first registrar, "" for none."""
        return self.registrars[0][0] if self.registrars else ""


NO_ACCOUNT = Account("sip:agent@127.0.0.1", "agent", LOOPBACK)
"""Without an account: no registration, calls from loopback only."""


def read_account(path: Path, environment: Mapping[str, str] = os.environ) -> Account:
    """The account in a file. Raises AccountError."""
    return account_of(_table(path), environment)


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise AccountError(f"the account file {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise AccountError(f"the account file {path} is not UTF-8 text.") from error
    except tomllib.TOMLDecodeError as error:
        raise AccountError(f"the account file {path} is not TOML: {error}.") from error


def account_without_password(path: Path, environment: Mapping[str, str] = os.environ) -> Account | None:
    """The account of a file that leaves its password to the keyring, None where it has one. Raises AccountError.

    Where the variable that it names is not set, it has none. Whether TURN's is set doesn't matter here.
    """
    values = _table(path)
    known = {**environment, PASSWORD_VARIABLE: _MARK}
    known.setdefault(str(values.get("turn_password_env")), _MARK)
    account = account_of(values, known)
    return replace(account, password="") if account.password == _MARK else None


def address_in(path: Path) -> str:
    """The `id` of the account in a file, whatever variables are set. Raises AccountError."""
    values = _table(path)
    names = (PASSWORD_VARIABLE, values.get("password_env"), values.get("turn_password_env"))
    return account_of(values, dict.fromkeys(map(str, names), _MARK)).id


def account_of(values: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Account:
    """The account in a table of keys. Raises AccountError."""
    _refuse_unknown(values)
    match = _ID.match(text(values, "id"))
    if match is None:
        raise AccountError('account: "id" must look like "sip:agent@pbx.example".')
    transport = _transport(values)
    registrars = _servers(values, "registrar") + _backup(values)
    if transport == "tls" and not registrars:
        raise AccountError('account: "transport" tls needs a "registrar", whose certificate is checked.')
    user = text(values, "username") or match[1]
    return Account(
        id=match[0],
        user=user,
        domain=match[2],
        registrars=registrars,
        proxies=_proxies(values, registrars),
        nameserver=_nameserver(values),
        auth_user=text(values, "auth_user") or user,
        password=_password(values, environment),
        transport=transport,
        bind=_bind(values, bool(registrars)),
        port=number(values, "port", 0, 0, 65_535),
        expires=number(values, "expires", 300, SHORTEST_EXPIRES, LONGEST_EXPIRES),
        codecs=_codecs(values),
        ca_file=_tls_file(values, "ca_file", transport),
        certificate=_tls_file(values, "certificate", transport),
        private_key=_tls_file(values, "private_key", transport),
        srtp=_srtp(values),
        rtp_ports=_rtp_ports(values),
        traversal=traversal_of(values, environment),
        dscp_media=number(values, "dscp_media", EXPEDITED, 0, 63),
        dscp_signalling=number(values, "dscp_signalling", SIGNALLING, 0, 63),
    )


def _refuse_unknown(values: Mapping[str, Any]) -> None:
    for key in values:
        if key not in KEYS | TRAVERSAL_KEYS:
            raise AccountError(f'account: "{key[:40]}" is not a key of an account; leave it out.')


def _servers(values: Mapping[str, Any], key: str) -> tuple[Server, ...]:
    """One server as a text, several as a list."""
    several = values.get(key, "")
    texts = several if isinstance(several, list) else [several]
    if not all(isinstance(each, str) for each in texts) or len(texts) > MOST_SERVERS:
        raise AccountError(f'account: "{key}" must be a text or a list of at most {MOST_SERVERS} texts.')
    return tuple(server(each, key) for each in texts if each or isinstance(several, list))


def _backup(values: Mapping[str, Any]) -> tuple[Server, ...]:
    backup = _servers(values, "backup")
    if backup and not values.get("registrar"):
        raise AccountError('account: "backup" needs a "registrar", which is tried first.')
    return backup


def _proxies(values: Mapping[str, Any], registrars: tuple[Server, ...]) -> tuple[Server, ...]:
    proxies = _servers(values, "proxy")
    if proxies and not registrars:
        raise AccountError('account: "proxy" needs a "registrar"; without one only this machine can call.')
    if proxies and values.get("backup"):
        raise AccountError(
            'account: give several servers to "proxy", not to "backup": the proxy is asked first.'
        )
    return proxies


def _nameserver(values: Mapping[str, Any]) -> Server | None:
    written = text(values, "nameserver")
    if not written:
        return None
    host, port = server(written, "nameserver")
    if not is_ipv4(host):
        raise AccountError('account: "nameserver" must be an IPv4 address, for example "192.0.2.53".')
    return host, port or 53


def _password(values: Mapping[str, Any], environment: Mapping[str, str]) -> str:
    name = text(values, "password_env")
    if name and values.get("password"):
        raise AccountError('account: give "password" or "password_env", not both.')
    if name in environment:
        return environment[name]
    if name and PASSWORD_VARIABLE not in environment:
        raise AccountError(f'account: "password_env" names {name}, which is not set in the environment.')
    if name or "password" not in values:
        return environment.get(PASSWORD_VARIABLE, "")
    return text(values, "password")


def _transport(values: Mapping[str, Any]) -> str:
    transport = text(values, "transport") or "udp"
    if transport not in PORTS:
        raise AccountError('account: "transport" must be udp, tcp or tls.')
    return transport


def _tls_file(values: Mapping[str, Any], key: str, transport: str) -> str:
    path = text(values, key)
    if path and transport != "tls":
        raise AccountError(f'account: "{key}" is for "transport" tls only; set that or leave it out.')
    return path


def _srtp(values: Mapping[str, Any]) -> str:
    srtp = text(values, "srtp") or "off"
    if srtp not in SRTP:
        raise AccountError(f'account: "srtp" must be one of {", ".join(SRTP)}.')
    return srtp


def _rtp_ports(values: Mapping[str, Any]) -> tuple[int, int]:
    ports = values.get("rtp_ports")
    if ports is None:
        return 0, 0
    match = re.fullmatch(r"(\d{1,5})\s*-\s*(\d{1,5})", ports) if isinstance(ports, str) else None
    first, last = (int(match[1]), int(match[2])) if match else (0, 0)
    if first < 1024 or last > 65_535 or last - first + 1 < FEWEST_PORTS:
        raise AccountError(
            f'account: "rtp_ports" must be a range of at least {FEWEST_PORTS} ports, for example "16384-16484".'
        )
    return first, last


def _bind(values: Mapping[str, Any], registrar: bool) -> str:
    bind = text(values, "bind") or ("" if registrar else LOOPBACK)
    if bind and not is_ipv4(bind):
        raise AccountError(
            'account: "bind" must be an IPv4 address of this machine, for example "127.0.0.1".'
        )
    return "" if bind == "0.0.0.0" else bind


def _codecs(values: Mapping[str, Any]) -> tuple[str, ...]:
    codecs = values.get("codecs", CODECS)
    if isinstance(codecs, str):
        codecs = codecs.replace(",", " ").split()
    if not isinstance(codecs, list | tuple) or not codecs or any(codec not in CODECS for codec in codecs):
        raise AccountError(f'account: "codecs" must be a list of {", ".join(CODECS)}.')
    return tuple(dict.fromkeys(codecs))
