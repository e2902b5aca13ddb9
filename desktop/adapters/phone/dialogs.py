"""The calls that pass the door, known well enough to end them in order when the engine has died.

Nothing here decides about a message that passes; it is only remembered. Messages are as the network sees them.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TypeVar

from desktop.adapters.phone.early_answer import usable
from desktop.adapters.phone.sip_message import SipMessage, Via, transaction_of, uri_of

FAREWELL = b"z9hG4bKdmend"
"""How the branch of the door's own requests begins."""
MOST = 64
Source = tuple[str, int]
Name = tuple[bytes, int, bytes, bytes]
_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(slots=True)
class Call:
    """A dialog: both parties with their tags, how a request reaches the other one, our last CSeq, and that of an
    INVITE of ours whose 2xx was not acknowledged yet (0: none)."""

    call_id: bytes
    ours: bytes
    theirs: bytes
    target: bytes
    routes: list[bytes]
    number: int
    owed: int = 0


@dataclass(slots=True)
class _Dialled:
    """An INVITE of ours: whether the other side has answered at all, and with a 2xx, whether its call was ended for the
    dead, and whether the engine has cancelled it."""

    invite: SipMessage
    heard: bool = False
    answered: bool = False
    ended: bool = False
    cancelled: bool = False


@dataclass(slots=True)
class Ends:
    """What is to be said for a dead engine: own requests, and whose requests nobody will answer."""

    requests: list[SipMessage] = field(default_factory=list)
    unanswered: list[tuple[SipMessage, Source]] = field(default_factory=list)


def branch_of(message: SipMessage) -> bytes:
    """The branch of the topmost Via, b"" where there is none."""
    return Via(message.top_via()).params.get(b"branch") or b""


def name_of(message: SipMessage) -> Name:
    """What a request and its answers have in common."""
    number, method = message.first(b"cseq").split()
    return message.first(b"call-id"), int(number), method, branch_of(message)


def keep(table: OrderedDict[_K, _V], key: _K, value: _V) -> None:
    """Put a value into a table of at most `MOST`; the oldest one goes."""
    table[key] = value
    if len(table) > MOST:
        table.popitem(last=False)


class Dialogs:
    """Requests without an answer, INVITEs of ours without one, and calls that run. Each table is bounded."""

    def __init__(self) -> None:
        self._asked: OrderedDict[Name, tuple[SipMessage, Source]] = OrderedDict()
        self._dialled: OrderedDict[bytes, _Dialled] = OrderedDict()
        self._abandoned: OrderedDict[bytes, _Dialled] = OrderedDict()
        self._calls: OrderedDict[bytes, Call] = OrderedDict()

    def came(self, message: SipMessage, source: Source) -> Name | None:
        """The engine was given a message; returns the name of a request that wants an answer."""
        call = self._calls.get(message.first(b"call-id"))
        if message.is_response:
            self._came_back(message, call)
            return None
        name = None if message.method == b"ACK" else name_of(message)
        if name is not None:
            keep(self._asked, name, (message, source))
        if message.method == b"BYE":
            self._calls.pop(message.first(b"call-id"), None)
        elif call is not None and message.method in (b"INVITE", b"UPDATE"):
            _retarget(call, message)
        return name

    def _came_back(self, message: SipMessage, call: Call | None) -> None:
        if message.method != b"INVITE" or message.code < 101:
            return
        dialled = self._dialled.get(branch_of(message))
        if dialled is None:
            if call is not None and 200 <= message.code < 300:
                call.owed = name_of(message)[1]
                _retarget(call, message)
            return
        dialled.heard = True
        if 200 <= message.code < 300:
            dialled.answered = True
            keep(self._calls, message.first(b"call-id"), _dialled_call(dialled.invite, message))

    def trim(self, answer: SipMessage) -> None:
        """Take the session description from an answer where the engine can't use it (see `early_answer`)."""
        dialled = self._dialled.get(branch_of(answer)) if answer.is_response and answer.body else None
        if dialled is None or answer.method != b"INVITE":
            return
        early = answer.code < 200 and not usable(dialled.invite.body, answer.body)
        if dialled.cancelled or early:
            answer.drop_body()

    def awaits(self, request: SipMessage) -> bool:
        """Whether the engine still owes the answer to this very request, or to the INVITE that it cancels."""
        call_id, number, method, branch = name_of(request)
        asked = self._asked.get((call_id, number, b"INVITE" if method == b"CANCEL" else method, branch))
        return asked is not None and transaction_of(asked[0]) == transaction_of(request)

    def stands(self, call_id: bytes) -> bool:
        """Whether this call rings or runs: the library still knows one that is over, for half a minute."""
        asked = any(name[0] == call_id and name[2] == b"INVITE" for name in self._asked)
        return asked or call_id in self._calls or bool(self.dialled(call_id))

    def went(self, message: SipMessage) -> None:
        """The engine's message leaves."""
        if message.is_response:
            if message.code >= 200:
                asked = self._asked.pop(name_of(message), None)
                if asked and asked[0].to_tag() is None and message.method == b"INVITE" and message.code < 300:
                    keep(self._calls, message.first(b"call-id"), _answered_call(asked[0], message))
            return
        call = self._calls.get(message.first(b"call-id"))
        if message.method == b"ACK":
            self._acknowledged(message)
        if message.method == b"INVITE" and message.to_tag() is None:
            keep(self._dialled, branch_of(message), _Dialled(message))
        elif message.method == b"CANCEL" and branch_of(message) in self._dialled:
            self._dialled[branch_of(message)].cancelled = True
        elif message.method == b"BYE":
            self._calls.pop(message.first(b"call-id"), None)
        elif call is not None and message.method == b"ACK":
            call.owed = 0
        elif call is not None:
            call.number = max(call.number, name_of(message)[1])

    def _acknowledged(self, ack: SipMessage) -> None:
        """The engine has read the last answer to an INVITE of ours: a 2xx has another branch than its ACK."""
        self._dialled.pop(branch_of(ack), None)
        call_id, number = name_of(ack)[:2]
        for branch, dialled in list(self._dialled.items()):
            if dialled.answered and name_of(dialled.invite)[:2] == (call_id, number):
                del self._dialled[branch]

    def refused(self, message: SipMessage) -> None:
        """The door has answered this request itself."""
        self._asked.pop(name_of(message), None)

    def is_open(self, branch: bytes) -> bool:
        """Whether this is an INVITE of ours whose last answer the engine has not acknowledged yet."""
        return branch in self._dialled

    def dialled(self, call_id: bytes) -> list[tuple[bytes, bool]]:
        """The open INVITEs of a call of ours, by branch, and whether the other side has answered at all."""
        ours = self._dialled.items()
        return [(branch, one.heard) for branch, one in ours if one.invite.first(b"call-id") == call_id]

    def give_up(self, branch: bytes) -> SipMessage | None:
        """The engine waits no longer for an end; `for_the_dead` sees to what still comes. None: it has ended."""
        dialled = self._dialled.pop(branch, None)
        if dialled is None:
            return None
        keep(self._abandoned, branch, dialled)
        return dialled.invite

    def unusable(self, answer: SipMessage) -> tuple[SipMessage | None, list[SipMessage]]:
        """An answer that the engine may not see: the INVITE of ours that is over by it, None where none is, and what is
        to be said to the other side, which thinks that it was heard."""
        try:
            branch = branch_of(answer)
        except ValueError:
            return None, []
        dialled = self._dialled.get(branch) or self._abandoned.get(branch)
        if dialled is None or answer.code < 200:
            return None, []
        if answer.method != b"INVITE" and dialled.cancelled:
            return None, []  # it may be the answer to the CANCEL, which has the same branch
        return self.give_up(branch), self._end_answered(dialled, answer)

    def engine_died(self) -> Ends:
        """What ends all that runs; afterwards nothing runs."""
        ends = Ends(unanswered=list(self._asked.values()))
        for call in self._calls.values():
            ends.requests += _end(call)
        for branch, dialled in list(self._dialled.items()):
            if dialled.answered:
                continue  # it is one of the calls
            if dialled.heard:  # no CANCEL before the other side has answered at all (RFC 3261 9.1)
                ends.requests.append(_same_hop(dialled.invite, b"CANCEL"))
            self.give_up(branch)
        self._dialled.clear()
        self._calls.clear()
        self._asked.clear()
        return ends

    def for_the_dead(self, answer: SipMessage) -> list[SipMessage] | None:
        """What is to be said to an answer that is meant for a dead engine or the door; None where it is not."""
        branch = branch_of(answer)
        if branch.startswith(FAREWELL):
            return []
        dialled = self._abandoned.get(branch)
        if dialled is None:
            return None
        return self._end_answered(dialled, answer) if answer.method == b"INVITE" else []

    def _end_answered(self, dialled: _Dialled, answer: SipMessage) -> list[SipMessage]:
        """ACK to a refusal, CANCEL where it rings, ACK and BYE where somebody answered."""
        if answer.code >= 300:
            return [_same_hop(dialled.invite, b"ACK", answer.first(b"to"))]
        before = dialled.heard if answer.code < 200 else dialled.ended
        dialled.heard, dialled.ended = True, dialled.ended or answer.code >= 200
        if answer.code < 200:
            return [] if before else [_same_hop(dialled.invite, b"CANCEL")]
        call = _dialled_call(dialled.invite, answer)
        return _end(call)[: 1 if before else 2]


def _retarget(call: Call, message: SipMessage) -> None:
    contacts = message.all(b"contact")
    if contacts:
        call.target = uri_of(contacts[0])


def _target(message: SipMessage, otherwise: bytes) -> bytes:
    contacts = message.all(b"contact")
    return uri_of(contacts[0] if contacts else otherwise)


def _dialled_call(invite: SipMessage, answer: SipMessage) -> Call:
    theirs, routes = answer.first(b"to"), answer.all(b"record-route")[::-1]
    number = name_of(invite)[1]
    return Call(
        invite.first(b"call-id"),
        invite.first(b"from"),
        theirs,
        _target(answer, theirs),
        routes,
        number,
        number,
    )


def _answered_call(invite: SipMessage, answer: SipMessage) -> Call:
    theirs, routes = invite.first(b"from"), invite.all(b"record-route")
    return Call(answer.first(b"call-id"), answer.first(b"to"), theirs, _target(invite, theirs), routes, 0)


def _request(call: Call, method: bytes, number: int) -> SipMessage:
    lines = [
        method + b" " + call.target[1:-1] + b" SIP/2.0",
        b"Via: SIP/2.0/UDP 127.0.0.1;rport;branch=" + FAREWELL + secrets.token_hex(8).encode(),
        *(b"Route: " + route for route in call.routes),
        b"Max-Forwards: 70",
        b"From: " + call.ours,
        b"To: " + call.theirs,
        b"Call-ID: " + call.call_id,
        b"CSeq: %d " % number + method,
        b"Content-Length: 0",
    ]
    return SipMessage(b"\r\n".join(lines) + b"\r\n\r\n")


def _end(call: Call) -> list[SipMessage]:
    """BYE, and before it the ACK that the engine still owed."""
    bye = _request(call, b"BYE", call.number + 1)
    return [_request(call, b"ACK", call.owed), bye] if call.owed else [bye]


def _same_hop(invite: SipMessage, method: bytes, to: bytes = b"") -> SipMessage:
    """CANCEL of an INVITE, or ACK to its refusal: the same Via, Route and Request-URI (RFC 3261 9.1, 17.1.1.3)."""
    lines = [
        method + b" " + invite.start.split()[1] + b" SIP/2.0",
        b"Via: " + invite.top_via(),
        *(b"Route: " + route for route in invite.all(b"route")),
        b"Max-Forwards: 70",
        b"From: " + invite.first(b"from"),
        b"To: " + (to or invite.first(b"to")),
        b"Call-ID: " + invite.first(b"call-id"),
        b"CSeq: %d " % name_of(invite)[1] + method,
        b"Content-Length: 0",
    ]
    return SipMessage(b"\r\n".join(lines) + b"\r\n\r\n")
