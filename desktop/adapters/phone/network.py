"""The addresses of this machine, and a clock that goes on while it sleeps."""

from __future__ import annotations

import socket
import time

_BOOT_TIME = getattr(time, "CLOCK_BOOTTIME", None)


def way_to(target: tuple[str, int]) -> str:
    """The address of this machine that leads to `target`, "" where there is no way; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(target)
            return str(probe.getsockname()[0])
        except OSError:
            return ""


def is_ours(address: str) -> bool:
    """Whether this machine has the IPv4 address now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def awake_and_asleep() -> float:
    """Seconds on a clock that counts sleep: Linux's monotonic one stands still then, Windows' does not."""
    return time.monotonic() if _BOOT_TIME is None else time.clock_gettime(_BOOT_TIME)
