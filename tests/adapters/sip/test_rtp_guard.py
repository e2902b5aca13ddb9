"""Whose packets a call's media port takes."""

from __future__ import annotations

import socket
import sys
from dataclasses import dataclass

import psutil
import pytest

from desktop.adapters.sip.rtp_guard import RtpGuard
from desktop.adapters.sip.source_filter import Address, only_from

NAMED, STRANGER, BEHIND_NAT = "127.0.0.1:4000", "127.99.7.7:9", "203.0.113.7:33211"


@dataclass
class Transport:
    """What pjsip says of the transport, and of the stream."""

    srcRtpName: str = NAMED
    localRtpName: str = "127.0.0.1:4100"
    remoteRtpAddress: str = NAMED


class Line:
    """A guard, and whom its port hears (None: everybody)."""

    def __init__(self, can_close: bool = True) -> None:
        self.hears: Address | None = None
        self._can_close, self._packets = can_close, 0
        self.guard = RtpGuard(self._close)

    def _close(self, port: int, source: Address | None) -> bool:
        assert port == 4100
        if self._can_close:
            self.hears = source
        return self._can_close

    def look(self, source: str, came: int = 25, named: str = NAMED) -> Address | None:
        """Half a second passes."""
        self._packets += came
        transport = Transport(source, remoteRtpAddress=named)
        self.guard.look(transport, transport, self._packets)
        return self.hears


def test_the_named_address_alone_is_heard_at_once() -> None:
    line = Line()
    assert line.look(NAMED) == ("127.0.0.1", 4000)


def test_among_strangers_the_named_address_is_heard() -> None:
    line = Line()
    assert line.look(STRANGER, 500) == ("127.0.0.1", 4000)
    for _ in range(20):
        assert line.look(STRANGER) == ("127.0.0.1", 4000)


def test_a_party_behind_a_nat_is_heard_from_where_its_packets_keep_coming() -> None:
    line = Line()
    assert line.look(BEHIND_NAT) == ("127.0.0.1", 4000)
    assert line.look(BEHIND_NAT, 0) is None
    assert [line.look(BEHIND_NAT) for _ in range(3)][-1] == ("203.0.113.7", 33211)
    assert line.look(STRANGER) == ("203.0.113.7", 33211)


def test_who_falls_silent_is_looked_for_anew() -> None:
    line = Line()
    line.look(NAMED)
    assert [line.look(NAMED, 0) for _ in range(4)] == [("127.0.0.1", 4000)] * 3 + [None]
    assert line.look(NAMED) == ("127.0.0.1", 4000)


def test_another_address_in_a_new_answer_is_learned() -> None:
    line = Line()
    line.look(NAMED)
    assert line.look("127.0.0.3:4400", 25, "127.0.0.3:4400") == ("127.0.0.3", 4400)


def test_before_anything_came_everybody_is_heard() -> None:
    assert Line().look("0.0.0.0:0", 0) is None


def test_where_a_port_cannot_be_closed_nothing_is_lost() -> None:
    line = Line(can_close=False)
    assert [line.look(NAMED) for _ in range(5)] == [None] * 5


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter")
def test_the_kernel_keeps_strangers_out() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ours,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as known,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger,
    ):
        ours.bind(("127.0.0.1", 0))
        ours.settimeout(5)
        known.bind(("127.0.0.1", 0))
        stranger.bind(("127.0.0.1", 0))
        place = ours.getsockname()
        assert only_from(place[1], known.getsockname())
        stranger.sendto(b"stranger", place)
        known.sendto(b"known", place)
        assert ours.recv(100) == b"known"
        assert only_from(place[1], None)
        stranger.sendto(b"stranger", place)
        assert ours.recv(100) == b"stranger"
        assert only_from(place[1], None)  # nothing to take away any more


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter")
def test_looking_for_a_socket_leaves_no_descriptor() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        before = psutil.Process().num_fds()
        for _ in range(20):
            assert only_from(one.getsockname()[1], None)
        assert not only_from(1, None)
        assert psutil.Process().num_fds() == before
