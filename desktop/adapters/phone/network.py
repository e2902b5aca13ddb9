"""Addresses of the registrar and of this machine. Names are resolved here, never in the engine."""

from __future__ import annotations

import asyncio
import socket

from desktop.adapters.phone.outside import Address
from desktop.adapters.phone.sip_message import is_ipv4
from desktop.domain.errors import PhoneError

RESOLVE_S = 5.0


async def resolve(host: str, port: int) -> Address:
    """The IPv4 address of a host. Raises PhoneError with a sentence."""
    if is_ipv4(host):
        return host, port
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(RESOLVE_S):
            found = await loop.getaddrinfo(host, port, family=socket.AF_INET, type=socket.SOCK_DGRAM)
    except (OSError, TimeoutError) as error:
        raise PhoneError(
            f'the registrar {host} was not found; check "registrar" in the account and the network.'
        ) from error
    return str(found[0][4][0]), port


def local_address(towards: Address | None) -> str:
    """The address of this machine that leads to `towards`; nothing is sent. Loopback where there is no way."""
    if towards is None:
        return "127.0.0.1"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(towards)
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
