"""Local stream sockets for this user alone: a Unix socket in a 0700 folder, or a loopback port where there are none.

An address is a text: `unix:/path` or `tcp:127.0.0.1:PORT`. Whoever connects proves by a token that it may (on Windows
any local user could reach the port).
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import socket
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

LONGEST_PATH = 100
"""A Unix socket's path may have 107 bytes on Linux."""

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def has_unix_sockets() -> bool:
    """Whether this Python offers Unix sockets to asyncio."""
    return hasattr(socket, "AF_UNIX") and hasattr(asyncio, "start_unix_server")


def runtime_folder(data: Path) -> Path:
    """A 0700 folder for sockets: inside `data`, or in the system's temporary folder where that path is too long."""
    folder = data / "run"
    if len(os.fsencode(folder)) + 24 > LONGEST_PATH:
        user = os.getuid() if hasattr(os, "getuid") else 0
        short = hashlib.sha256(os.fsencode(data.absolute())).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"dasan-desk-{user}-{short}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stat = folder.stat()
    if hasattr(os, "getuid") and (stat.st_uid != os.getuid() or stat.st_mode & 0o077):
        raise PermissionError(f"{folder} is open to others; remove it")
    return folder


def choose(data: Path, name: str) -> str:
    """An address for the socket `name` of this data folder. On systems without Unix sockets a port free right now."""
    if has_unix_sockets():
        return f"unix:{runtime_folder(data) / name}"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"tcp:127.0.0.1:{probe.getsockname()[1]}"


async def listen(address: str, handler: Handler, limit: int = 1 << 16) -> asyncio.AbstractServer:
    """Serve at `address`, taking the place of a socket file that a dead process left. Raises OSError."""
    kind, _, rest = address.partition(":")
    if kind == "unix":
        with contextlib.suppress(FileNotFoundError):
            os.unlink(rest)
        server = await asyncio.start_unix_server(handler, rest, limit=limit)
        os.chmod(rest, 0o600)
        return server
    host, _, port = rest.rpartition(":")
    return await asyncio.start_server(handler, host, int(port), limit=limit)


async def connect(address: str, limit: int = 1 << 16) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to `address`. Raises OSError."""
    kind, _, rest = address.partition(":")
    if kind == "unix":
        return await asyncio.open_unix_connection(rest, limit=limit)
    host, _, port = rest.rpartition(":")
    return await asyncio.open_connection(host, int(port), limit=limit)


def remove(address: str) -> None:
    """Delete the socket file of an address that is no longer served."""
    kind, _, rest = address.partition(":")
    if kind == "unix":
        with contextlib.suppress(OSError):
            os.unlink(rest)
