"""Keeps strangers from a call's media port: who is not the other side is neither heard nor sent our sound.

pjsip sends to whoever has sent it ten packets, so a stranger who guesses the port would get the call's sound. From the
address that the other side named, else (behind a NAT) from the one that its packets keep coming from, and from no
other, packets are taken; when nothing comes from there any more, the search begins anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.adapters.sip.source_filter import Address, only_from

LEAST = 3
"""Packets between two looks that are a stream: fewer may have waited at the socket before it was closed to others."""
STEADY_LOOKS, SILENT_LOOKS = 3, 4
NO_ADDRESS: Address = ("", 0)


def address_of(text: str) -> Address:
    """An address as pjsip writes it; ("", 0) where it is none of IPv4."""
    host, _, port = text.rpartition(":")
    if host.count(".") != 3 or not port.isdigit() or host == "0.0.0.0":
        return NO_ADDRESS
    return host, int(port)


class RtpGuard:
    """Of one call. `look` is for the SIP thread, twice a second while sound is expected."""

    def __init__(self, close: Callable[[int, Address | None], bool] = only_from) -> None:
        self._close = close
        self._port = 0
        self._begin(NO_ADDRESS)

    def _begin(self, named: Address) -> None:
        self._named = named
        self._heard: Address | None = None
        self._candidate, self._seen = NO_ADDRESS, 0
        self._tried = self._sure = False
        self._packets = self._silent = 0

    def look(self, transport: Any, stream: Any, packets: int) -> None:
        """`transport` is the MediaTransportInfo, `stream` the StreamInfo, `packets` how many came so far."""
        port, named = address_of(transport.localRtpName)[1], address_of(stream.remoteRtpAddress)
        if (port, named) != (self._port, self._named):
            self._port = port
            self._begin(named)
            self._hear(None)
        came, self._packets = packets - self._packets, packets
        if self._heard is None:
            self._search(address_of(transport.srcRtpName))
        else:
            self._watch(came)

    def _search(self, source: Address) -> None:
        if source == NO_ADDRESS:
            return
        self._seen = self._seen + 1 if source == self._candidate else 1
        self._candidate = source
        if self._named != NO_ADDRESS and (source == self._named or not self._tried):
            # With many strangers the last packet is seldom the other side's: shut them out and see.
            self._tried, self._sure = True, source == self._named
            self._hear(self._named)
        elif self._seen >= STEADY_LOOKS:
            self._sure = True
            self._hear(source)

    def _watch(self, came: int) -> None:
        self._silent = 0 if came >= LEAST else self._silent + 1
        self._sure = self._sure or not self._silent
        if self._silent >= (SILENT_LOOKS if self._sure else 1):
            self._tried = not self._sure
            self._candidate, self._seen, self._silent = NO_ADDRESS, 0, 0
            self._hear(None)

    def _hear(self, source: Address | None) -> None:
        self._heard = source if self._close(self._port, source) else None
