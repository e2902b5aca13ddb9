"""The addresses of this machine."""

from __future__ import annotations

import socket

from desktop.adapters.phone.outside import Address


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
