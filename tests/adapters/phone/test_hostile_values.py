"""What a hostile message may cost: the doorman's whole work on it, beside that on an ordinary one in the same run."""

from __future__ import annotations

import time
from collections.abc import Iterator

from desktop.adapters.phone.doorman import Doorman, DoorSettings
from desktop.adapters.phone.outside import Address, Make
from tests.adapters.phone.messages import BODY, message

WORST = 50
"""An ordinary INVITE takes 0.06 to 0.1 ms, so this is the 5 ms that a message may cost at most."""
START = b"INVITE sip:agent@127.0.0.1:5060 SIP/2.0"
SOURCE = ("127.0.0.1", 5070)
HEADERS = ("via", "from", "to", "contact", "call_id", "cseq", "record_route", "require", "accept", "subject")
UNITS = (
    b'"', b"<", b">", b",", b";", b"a;", b"a, ", b"\\", b"[", b"(", b"@", b":", b" ", b"\r\n ", b'"\\', b'"a"', b"<a>,",
    b'<"', b'"<', b'a,"', b"<sip:a@b>,", b";a=b", b";tag=", b"SIP/2.0/UDP a,", b"SIP/2.0/UDP a;b=c,", b"\0", b"0",
)  # fmt: skip
BEGINNINGS = {"via": b"SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK1"}
LINES = (
    b"Via: SIP/2.0/UDP a", b"v: SIP/2.0/UDP 1.1.1.1;branch=z", b"X: y", b":", b"a", b" a", b"Contact: <sip:a@b>",
    b"Require: 100rel", b"Record-Route: <sip:a;lr>",
)  # fmt: skip


class NoNetwork:
    """In the place of both sides: what is sent is written and counted."""

    local: Address = ("127.0.0.1", 5060)
    stream = False
    port = 5061

    def __init__(self) -> None:
        self.delivered = 0

    def send(self, target: Address, make: Make) -> None:
        make(self.local)

    def mark(self, dscp: int) -> None:
        """Nothing leaves."""

    def stands(self, target: Address) -> bool:
        return True

    def drop(self, target: Address) -> bool:
        return False

    def drop_stranded(self) -> None:
        """Nothing is open."""

    def local_to(self, target: Address) -> Address:
        return self.local

    def deliver(self, data: bytes) -> None:
        self.delivered += 1

    def engine_up(self, address: Address) -> None:
        """Nothing waits."""

    def engine_down(self) -> None:
        """Nothing is kept."""

    def cut(self) -> None:
        """Nothing is open."""

    def close(self) -> None:
        """Nothing is open."""


class Measured(Doorman):
    """A doorman without a network."""

    def __init__(self) -> None:
        super().__init__(DoorSettings("udp", "127.0.0.1", 0))
        self.network = NoNetwork()
        self._outside = self._inside = self.network
        self._door = b"127.0.0.1:5061"

    def seconds(self, data: bytes, times: int) -> float:
        """Processor time for a message, the least of some."""
        found = []
        for _ in range(times):
            began = time.process_time()
            self._from_outside(data, SOURCE)
            found.append(time.process_time() - began)
        return min(found)


def inside(**headers: bytes) -> bytes:
    """A re-INVITE with a body: the limits for new calls do not stop it."""
    values: dict[str, bytes | None] = {"to": b"<sip:agent@127.0.0.1>;tag=x", **headers}
    return message(START, BODY, b"INVITE", 1, 5070, **values)


def hostile() -> Iterator[bytes]:
    """Headers of 3.5 kB that the engine could hold, and of 15 kB; many lines; start lines and bodies."""
    for size in (3_500, 15_000):
        for unit in UNITS:
            value = unit * (size // len(unit))
            for name in HEADERS:
                yield inside(**{name: value})
                yield inside(**{name: BEGINNINGS.get(name, b'"<sip:a@b>') + value})
            yield inside().replace(b"INVITE sip:", b"INVITE sip:" + value, 1)
            yield message(body=b"c=IN IP4 " + value + b"\r\nm=" + value, to=b"<sip:a@b>;tag=x")
    for line in LINES:
        for number in (100, 150, 4_000):
            yield inside().replace(b"max-forwards", (line + b"\r\n") * number + b"max-forwards")[:60_000]


async def test_no_message_costs_more_than_fifty_ordinary_ones() -> None:
    door = Measured()
    ordinary = door.seconds(inside(), 200)
    assert door.network.delivered == 200
    slow = [data for data in hostile() if door.seconds(data, 1) > WORST * ordinary]
    # Whoever was interrupted by another process may try again; what is slow by itself stays slow.
    slow = [data for data in slow if door.seconds(data, 5) > WORST * door.seconds(inside(), 50)]
    assert [data[:200] for data in slow] == []
