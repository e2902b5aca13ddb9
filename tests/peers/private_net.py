"""Two computers on a cable of their own, by network namespaces of Linux: what a desk goes through that moves.

Needs root. Programs and sockets that are made within `at` belong to that computer.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from types import TracebackType

OFFICE, DESK = "10.77.0.1", "10.77.0.2"
NEW_NET = 0x40000000
USABLE = os.name == "posix" and getattr(os, "geteuid", lambda: 1)() == 0 and shutil.which("ip") is not None


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    assert done.returncode == 0, (words, done.stderr)


class PrivateNet:
    """The office has `OFFICE`, the desk `DESK` until that is changed."""

    def __init__(self) -> None:
        self._names = {each: f"t{os.getpid()}{each}" for each in ("desk", "office")}

    def __enter__(self) -> PrivateNet:
        desk, office = self._names["desk"], self._names["office"]
        for name in (desk, office):
            _ip("netns", "add", name)
        _ip("link", "add", "wire", "netns", desk, "type", "veth", "peer", "name", "wire", "netns", office)
        for name, address in ((desk, DESK), (office, OFFICE)):
            _ip("-n", name, "link", "set", "lo", "up")
            _ip("-n", name, "link", "set", "wire", "up")
            _ip("-n", name, "addr", "add", f"{address}/24", "dev", "wire")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in self._names.values():
            with contextlib.suppress(AssertionError):
                _ip("netns", "del", name)

    def change(self, *words: str) -> None:
        """`ip` on the desk, for example `addr add 10.77.0.3/24 dev wire`."""
        _ip("-n", self._names["desk"], *words)

    def move(self, old: str, new: str) -> None:
        """The desk gets another address; the old one is gone."""
        self.change("addr", "del", f"{old}/24", "dev", "wire")
        self.change("addr", "add", f"{new}/24", "dev", "wire")

    @contextlib.contextmanager
    def at(self, place: str) -> Iterator[None]:
        """On the `desk` or in the `office`."""
        libc = ctypes.CDLL(None, use_errno=True)
        home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(f"/run/netns/{self._names[place]}", os.O_RDONLY)
        try:
            assert libc.setns(there, NEW_NET) == 0, os.strerror(ctypes.get_errno())
            yield
        finally:
            assert libc.setns(home, NEW_NET) == 0
            os.close(home)
            os.close(there)
