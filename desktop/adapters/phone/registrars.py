"""Where an account can register: the servers of the account file in their order, names and SRV records looked up."""

from __future__ import annotations

from typing import NamedTuple

from desktop.adapters.phone.account_file import PORTS, Account
from desktop.adapters.phone.names import addresses_of, name_servers, services_of
from desktop.adapters.phone.outside import Address
from desktop.adapters.phone.sip_message import is_ipv4

MOST = 8
_SERVICE = {"udp": "_sip._udp.", "tcp": "_sip._tcp.", "tls": "_sips._tcp."}


class Registrar(NamedTuple):
    """One server. `name` is what the account calls it, in whose name its certificate must be."""

    address: Address
    name: str

    @property
    def label(self) -> str:
        """What people are told: the name as the account has it, with the address where that is another."""
        host, port = self.address
        return f"{host}:{port}" if self.name == host else f"{self.name} ({host}:{port})"


async def find(account: Account) -> list[Registrar]:
    """The servers in the order in which they are to be tried, [] where no name can be looked up."""
    found: list[Registrar] = []
    servers = account.proxies or account.registrars
    for host, port in servers:
        for place in await _addresses(account, host, port):
            if place not in [each.address for each in found]:
                found.append(Registrar(place, host))
    return found[:MOST]


async def senders(account: Account) -> list[Address]:
    """From whom messages may come beside the servers found: with a proxy, the registrars behind it."""
    if not account.proxies:
        return []
    return [(each, port or PORTS[account.transport]) for host, port in account.registrars
            for each in await addresses_of(host)]  # fmt: skip


async def _addresses(account: Account, host: str, port: int) -> list[Address]:
    if not port and not is_ipv4(host):
        servers = [account.nameserver] if account.nameserver else name_servers()
        services = await services_of(_SERVICE[account.transport] + host, servers)
        by_record = [(each, one.port) for one in services[:MOST] for each in await addresses_of(one.target)]
        if by_record:
            return by_record
    return [(each, port or PORTS[account.transport]) for each in await addresses_of(host)]
