"""Counting and remembering at the door: how many may come, and the requests that came just before the engine died."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass

from desktop.adapters.phone.sip_message import SipMessage, transaction_of

CALLS_AT_ONCE, CALLS_A_SECOND = 10, 25
"""pjsip's socket table dies at the 33rd INVITE within half a second."""
OTHERS_AT_ONCE, OTHERS_A_SECOND = 40, 100
SUSPECT_S, BLAME_S = 0.3, 600.0
REMEMBERED = 256

Key = tuple[bytes, bytes, bytes, bytes]
Opened = tuple[bytes, bytes]
"""Method and transaction of a request that was let in."""
Source = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that the engine was given, and when."""

    at: float
    key: Key
    message: SipMessage
    source: Source


def key_of(message: SipMessage) -> Key:
    """The same for every repetition of a message, also one that came another way."""
    kind = b"R" if message.is_response else b""
    return kind, message.method, message.first(b"call-id"), message.first(b"cseq")


class Memory:
    """What the engine was given in its last moments is not given to its successor."""

    def __init__(self) -> None:
        self._recent: deque[Delivered] = deque(maxlen=64)
        self._admitted: OrderedDict[Opened, None] = OrderedDict()
        self._blamed: dict[Key, float] = {}

    def is_repetition(self, message: SipMessage) -> bool:
        """Whether this request was let in before: it needs no second token. By its transaction, as the library sees
        it: for another INVITE of the same Call-ID and CSeq it opens sockets anew."""
        return (message.method, transaction_of(message)) in self._admitted

    def is_blamed(self, key: Key, now: float) -> bool:
        """Whether the engine died when it last saw this message."""
        return self._blamed.get(key, 0.0) > now

    def note(self, delivered: Delivered) -> None:
        """The engine is given a message."""
        self._recent.append(delivered)
        if not delivered.message.is_response:
            self._admitted[delivered.message.method, transaction_of(delivered.message)] = None
        if len(self._admitted) > REMEMBERED:
            self._admitted.popitem(last=False)

    def engine_died(self, now: float) -> list[Delivered]:
        """Blame the last moments' messages; returns them."""
        suspects = [one for one in self._recent if one.at > now - SUSPECT_S]
        self._blamed = {key: until for key, until in self._blamed.items() if until > now}
        self._blamed.update({one.key: now + BLAME_S for one in suspects})
        self._recent.clear()
        return suspects
