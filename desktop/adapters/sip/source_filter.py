"""Lets a UDP socket of this process hear one other address only: a filter in the kernel, on Linux.

pjsip makes its media sockets itself and has no such setting; they are found by their port.
"""

from __future__ import annotations

import ctypes
import logging
import os
import socket
import stat
import struct
import sys
from contextlib import suppress

log = logging.getLogger(__name__)

Address = tuple[str, int]
_ATTACH, _DETACH = 26, 27
_LOAD_WORD, _LOAD_HALF, _IF_EQUAL, _RETURN = 0x20, 0x28, 0x15, 0x06
_IP_SOURCE, _UDP_SOURCE = 0xFFF0_0000 + 12, 0
"""Where the sender stands: the address in the IP header, the port in the UDP header, where a socket's filter begins."""
_ALL = 0xFFFF


def only_from(port: int, source: Address | None) -> bool:
    """Let the IPv4 UDP socket that is bound to `port` hear `source` alone, None: everybody. False where it can't be."""
    if sys.platform != "linux":
        return False
    found = _socket_of(port)
    if found is None:
        return False
    with found:
        try:
            if source is None:
                with suppress(FileNotFoundError):  # there was none
                    found.setsockopt(socket.SOL_SOCKET, _DETACH, 0)
            else:
                _attach(found, source)
        except OSError as error:
            log.warning("strangers can't be kept from the media port: %s", error)
            return False
    return True


def _attach(found: socket.socket, source: Address) -> None:
    host = struct.unpack("!I", socket.inet_aton(source[0]))[0]
    steps = (
        (_LOAD_WORD, 0, 0, _IP_SOURCE),
        (_IF_EQUAL, 0, 3, host),
        (_LOAD_HALF, 0, 0, _UDP_SOURCE),
        (_IF_EQUAL, 0, 1, source[1]),
        (_RETURN, 0, 0, _ALL),
        (_RETURN, 0, 0, 0),
    )
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    found.setsockopt(socket.SOL_SOCKET, _ATTACH, struct.pack("HL", len(steps), ctypes.addressof(program)))


def _socket_of(port: int) -> socket.socket | None:
    """A second descriptor of the socket, to be closed by the caller."""
    for name in os.listdir("/proc/self/fd"):
        one = _second(int(name))
        if one is None:
            continue
        if one.type == socket.SOCK_DGRAM and one.family == socket.AF_INET and one.getsockname()[1] == port:
            return one
        one.close()
    return None


def _second(descriptor: int) -> socket.socket | None:
    """A second descriptor of a socket, None where it is none or closed by now."""
    try:
        if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            return None
        return socket.socket(fileno=os.dup(descriptor))
    except OSError:
        return None
