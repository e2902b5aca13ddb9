"""Names of servers: addresses from the system's resolver, SRV records (RFC 2782) from a name server asked directly.

The system's resolver can't be interrupted, so it works on threads that nobody waits for at the end of the program.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import secrets
import socket
import struct
import sys
import threading
from pathlib import Path
from typing import NamedTuple

from desktop.adapters.phone.asking import ask
from desktop.adapters.phone.outside import Address
from desktop.adapters.phone.sip_message import is_ipv4
from desktop.adapters.system.aside import aside

RESOLVE_S, ASK_S, TRIES = 5.0, 1.5, 2
MOST_RECORDS, MOST_THREADS, MOST_JUMPS = 16, 8, 32
SRV, INTERNET = 33, 1
_threads = threading.BoundedSemaphore(MOST_THREADS)


class Service(NamedTuple):
    """An SRV record."""

    priority: int
    weight: int
    port: int
    target: str


async def addresses_of(host: str, patience_s: float = RESOLVE_S) -> list[str]:
    """The IPv4 addresses of a host, [] where none is found in time."""
    if is_ipv4(host):
        return [host]
    if not _threads.acquire(blocking=False):
        return []  # a dead name server holds all of them

    def look_up() -> list[str]:
        try:
            entries = socket.getaddrinfo(host, None, socket.AF_INET, socket.SOCK_DGRAM)
        except (OSError, UnicodeError):
            return []
        finally:
            _threads.release()
        return list(dict.fromkeys(str(entry[4][0]) for entry in entries))

    try:
        async with asyncio.timeout(patience_s):
            return await aside(look_up)
    except TimeoutError:
        return []


async def services_of(name: str, servers: list[Address]) -> list[Service]:
    """The SRV records of a name in the order in which they are to be tried, [] where nobody answers in time."""
    for server in servers * TRIES:
        answer = await _ask(name, server)
        if answer is not None:
            return in_order(answer)
    return []


def in_order(records: list[Service]) -> list[Service]:
    """By priority; within one by chance, weighted (RFC 2782). A lone "." means that there is no such service."""
    left = [record for record in records if record.target not in ("", ".") and record.port]
    chosen: list[Service] = []
    while left:
        first = [record for record in left if record.priority == min(each.priority for each in left)]
        one = random.choices(first, [record.weight + 0.01 for record in first])[0]
        left.remove(one)
        chosen.append(one)
    return chosen


async def _ask(name: str, server: Address) -> list[Service] | None:
    try:
        query = question(name, secrets.randbelow(65_536))
    except ValueError:
        return None

    def read(data: bytes) -> list[Service] | None:
        with contextlib.suppress(ValueError, struct.error, IndexError):
            return read_answer(data, query)
        return None

    return await ask(server, query, read, ASK_S)


def question(name: str, number: int) -> bytes:
    """A query for the SRV records of `name`. Raises ValueError for what is no name."""
    labels = [label.encode("ascii") for label in name.rstrip(".").split(".")]
    if len(name) > 250 or any(not 0 < len(label) < 64 for label in labels):
        raise ValueError("not a host name")
    asked = b"".join(bytes([len(label)]) + label for label in labels)
    return struct.pack(">6H", number, 0x0100, 1, 0, 0, 0) + asked + b"\0" + struct.pack(">2H", SRV, INTERNET)


def read_answer(data: bytes, query: bytes) -> list[Service]:
    """The SRV records of an answer to `query`. Raises ValueError, struct.error or IndexError where it is none."""
    number, flags, asked, records, _, _ = struct.unpack_from(">6H", data)
    same = data[12 : len(query)].lower() == query[12:].lower()
    if data[:2] != query[:2] or not flags & 0x8000 or asked != 1 or not same:
        raise ValueError(f"not the answer to the question {number}")
    found: list[Service] = []
    at = len(query)
    for _ in range(min(records, MOST_RECORDS)):
        _, at = _name(data, at)
        kind, _, _, size = struct.unpack_from(">HHIH", data, at)
        at += 10
        if kind == SRV and size > 6:
            target, _ = _name(data, at + 6)
            priority, weight, port = struct.unpack_from(">3H", data, at)
            found.append(Service(priority, weight, port, target))
        at += size
    return found


def _name(data: bytes, at: int) -> tuple[str, int]:
    """A name, perhaps compressed, and where what follows it begins. Each jump leads back, so it ends."""
    labels: list[str] = []
    after, jumps = 0, 0
    while (size := data[at]) != 0:
        if size >= 0xC0:
            after = after or at + 2
            to = (size & 0x3F) << 8 | data[at + 1]
            jumps += 1
            if to >= at or jumps > MOST_JUMPS:
                raise ValueError("a name that leads nowhere")
            at = to
            continue
        if size > 63 or at + 1 + size > len(data) or len(labels) > 100:
            raise ValueError("a broken name")
        labels.append(data[at + 1 : at + 1 + size].decode("ascii"))
        at += 1 + size
    return ".".join(labels), after or at + 1


def name_servers(file: Path = Path("/etc/resolv.conf")) -> list[Address]:
    """The system's name servers, IPv4 only, at most three."""
    if sys.platform == "win32":
        found = _windows_name_servers()
    else:
        try:
            lines = file.read_text("utf-8", "replace").splitlines()
        except OSError:
            lines = []
        words = [line.split() for line in lines]
        found = [each[1] for each in words if len(each) > 1 and each[0] == "nameserver"]
    return [(each, 53) for each in dict.fromkeys(found) if is_ipv4(each)][:3]


def _windows_name_servers() -> list[str]:
    if sys.platform != "win32":
        return []
    import winreg

    found: list[str] = []
    path = r"SYSTEM\CurrentControlSet\Services\Tcpip\Parameters\Interfaces"
    with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as cards:
        for number in range(winreg.QueryInfoKey(cards)[0]):
            with winreg.OpenKey(cards, winreg.EnumKey(cards, number)) as card:
                for value in ("NameServer", "DhcpNameServer"):
                    with contextlib.suppress(OSError):
                        text = str(winreg.QueryValueEx(card, value)[0])
                        found += text.replace(",", " ").split()
    return found
