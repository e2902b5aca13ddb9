"""A telephone on the test's own event loop, with one call: answers by the book what it is not told to keep."""

from __future__ import annotations

import asyncio
import socket

from desktop.adapters.phone.sip_message import SipMessage
from tests.peers.dialog import Dialog, sdp

FRAGMENT = b"message/sipfrag"
ANSWERED = {b"sendonly": b"recvonly", b"inactive": b"inactive"}


class Party:
    """`name`: the user part of its address. `alive`: the call runs on the wire; `on_hold`: the other side put us there.

    `keep`: methods of requests that wait in `kept` until `answer` is called. `picks_up`: a call to this telephone is
    answered at once; else it rings.
    """

    def __init__(self, name: str) -> None:
        self.name, self.kind, self.host = name, b"UDP", "127.0.0.1"
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((self.host, 0))
        self._socket.setblocking(False)
        self.port = int(self._socket.getsockname()[1])
        self.uri = f"sip:{name}@{self.host}:{self.port}"
        self.target = (self.host, 0)
        asyncio.get_running_loop().add_reader(self._socket, self._read)
        self.fresh()

    def fresh(self) -> None:
        """Another call."""
        self._inbox: list[SipMessage] = []
        self.dialog, self.picks_up, self.alive = Dialog(self), True, False
        self.dialog.ours = self.dialog.ours.replace(b"party", self.name.encode())
        self.on_hold = False
        self.keep: set[bytes] = set()
        self.kept: list[SipMessage] = []
        self.codes: dict[bytes, int] = {}
        self._ringing: SipMessage | None = None
        self._seen: set[bytes] = set()
        self._version = 1

    def close(self) -> None:
        """Hear nothing more."""
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()

    # ---- what a dialog needs of its peer

    def send(self, data: bytes) -> None:
        """One datagram."""
        self._socket.sendto(data, self.target)

    def take(self, seconds: float) -> list[SipMessage]:
        """What has come for the dialog."""
        found, self._inbox = self._inbox, []
        return found

    # ---- what the test lets it do

    def calls(self, port: int) -> None:
        """Call the telephone at this port."""
        self.target = (self.host, port)
        self.ask(b"INVITE", self._sdp(b"sendrecv"))

    def ask(self, method: bytes, body: bytes = b"") -> None:
        """A request of ours; its last answer is in `codes` when it has come."""
        self.codes.pop(method, None)
        self.dialog.say(method, body)

    def reinvites(self) -> None:
        """Renew the call with an offer of our own."""
        self.ask(b"INVITE", self._sdp(b"sendrecv"))

    def hangs_up(self) -> None:
        """BYE: the call is over on the wire."""
        self.alive = False
        self.ask(b"BYE")

    def notifies(self, status: bytes, last: bool = False) -> None:
        """How far we are with the transfer that we were asked for."""
        state = b"terminated" if last else b"active"
        self.codes.pop(b"NOTIFY", None)
        self.dialog.say(b"NOTIFY", status, kind=FRAGMENT, Event=b"refer", Subscription_State=state)

    def answer(self, start: bytes = b"200 OK") -> None:
        """Answer the request that was kept longest."""
        self._answer(self.kept.pop(0), start)

    def picks_up_now(self) -> None:
        """Answer the call that rings."""
        assert self._ringing is not None
        self.alive = True
        self.dialog.reply(self._ringing, b"200 OK", self._sdp(b"sendrecv"))

    def declines(self) -> None:
        """Refuse the call that rings."""
        assert self._ringing is not None
        self.dialog.reply(self._ringing, b"486 Busy Here")
        self._ringing = None

    @property
    def rings(self) -> bool:
        """Whether a call waits to be answered here."""
        return self._ringing is not None and not self.alive

    # ---- what comes

    def _read(self) -> None:
        try:
            data, sender = self._socket.recvfrom(65536)
        except OSError:
            return
        message = SipMessage(data)
        self.target = sender
        if message.is_response:
            self._answered(message)
        elif message.method != b"ACK":
            self._asked(message)

    def _answered(self, message: SipMessage) -> None:
        number, method = message.first(b"cseq").split()
        if message.first(b"call-id") != self.dialog.call_id or message.code < 200:
            return
        if method == b"INVITE":
            self.dialog.took(message)
            self.dialog.say(b"ACK", cseq=int(number))
            self.alive = self.alive or (message.code < 300 and int(number) == 1)
            if message.code < 300:
                self._agreed(message)
        self.codes[method] = message.code

    def _asked(self, message: SipMessage) -> None:
        if message.method == b"INVITE" and message.to_tag() is None and self._ringing is None:
            self._called(message)
            return
        if message.first(b"call-id") != self.dialog.call_id:
            self.dialog.reply(message, b"481 No Such Call")
            return
        one = message.first(b"cseq")
        if one in self._seen:
            return
        self._seen.add(one)
        if message.method in self.keep:
            self.kept.append(message)
        else:
            self._answer(message, b"202 Accepted" if message.method == b"REFER" else b"200 OK")

    def _called(self, message: SipMessage) -> None:
        if message.first(b"call-id") in self._seen:
            return
        self._seen |= {message.first(b"call-id"), message.first(b"cseq")}
        self._inbox.append(message)
        self.dialog.called(1.0)
        self._ringing = message
        if self.picks_up:
            self.picks_up_now()
        else:
            self.dialog.reply(message, b"180 Ringing")

    def _answer(self, message: SipMessage, start: bytes) -> None:
        ours = b"sendrecv"
        for offered, answer in ANSWERED.items():
            ours = answer if b"a=" + offered in message.body else ours
        takes = message.method == b"INVITE" and start.startswith(b"2")
        self.dialog.reply(message, start, self._sdp(ours) if takes else b"")
        if takes:
            self._agreed(message)
        if message.method == b"BYE" or start.startswith(b"481"):
            self.alive = False
        if message.method == b"CANCEL" and self._ringing is not None and not self.alive:
            self.dialog.reply(self._ringing, b"487 Request Terminated")
            self._ringing = None

    def _agreed(self, theirs: SipMessage) -> None:
        """Offer or answer of theirs is in force."""
        self.on_hold = any(b"a=" + kind in theirs.body for kind in (b"sendonly", b"inactive"))

    def _sdp(self, direction: bytes) -> bytes:
        self._version += 1
        return sdp(self._version, direction=direction)
