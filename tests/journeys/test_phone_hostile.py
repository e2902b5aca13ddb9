"""Messages that end or freeze the SIP library, sent to the real phone: the engine does not even see them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import psutil
import pytest

from desktop.adapters.phone.sip_message import SipMessage, line_name
from tests.adapters.phone.deadly import Answer, answers, registrations, requests
from tests.adapters.phone.messages import BODY, message
from tests.peers.headless import HeadlessPhone
from tests.peers.raw_sip import RawCaller, follow_up

START, KIND = b"INVITE sip:agent@127.0.0.1 SIP/2.0", b"application/sdp"
PACE_S = 0.012
"""The library dies of the 33rd call within half a second, whoever makes it."""
ECHOED = (b"via", b"from", b"to", b"call-id", b"cseq")


def engines(phone: HeadlessPhone) -> list[int]:
    return [child.pid for child in psutil.Process(phone.process.pid).children()]


def available(phone: HeadlessPhone, code: int) -> None:
    phone.say("availability", str(code))
    phone.say("status")
    phone.wait(lambda event: event["event"] == "status" and event["availability"] == code)


def patient(caller: RawCaller, data: bytes) -> int:
    """The answer to a request; who is told to wait comes again."""
    while (code := caller.ask(data)) == 503:
        caller.take(0.05)
    return code


def ring(caller: RawCaller, data: bytes) -> None:
    """Call, and go on ringing."""
    call_id, answers_of_it = SipMessage(data).first(b"call-id"), [503]
    while 180 not in answers_of_it:
        if 503 in answers_of_it:
            caller.send(data)
        answers_of_it = [one.code for one in caller.take(1.0) if one.first(b"call-id") == call_id]


class Registrar(Thread):
    """Registrar and called side in one: REGISTER gets every poisoned answer, the call to `pN` the answers number N."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.place = f"127.0.0.1:{self.port}"
        self._calls = answers()
        self.said = 0
        self.start()

    def close(self) -> None:
        """Hear nothing more."""
        self._socket.close()

    def run(self) -> None:
        """Answer until closed."""
        with suppress(OSError):
            while True:
                data, source = self._socket.recvfrom(65536)
                request = SipMessage(data)
                for answer in self._answers(request):
                    self._socket.sendto(self._written(request, answer), source)
                    self.said += 1

    def _answers(self, request: SipMessage) -> list[Answer]:
        if request.is_response or request.method == b"ACK":
            return []
        if request.method == b"REGISTER":
            return [Answer(200, headers) for headers in registrations()]
        if request.method == b"INVITE" and request.to_tag() is None:
            return self._calls[int(request.start.split(b"sip:p")[1].split(b"@")[0])]
        return [Answer(200)]

    def _written(self, request: SipMessage, answer: Answer) -> bytes:
        lines = [line for line in request.lines if line_name(line) in ECHOED]
        if request.to_tag() is None:
            lines = [line + b";tag=peer" if line_name(line) == b"to" else line for line in lines]
        values = {b"Contact": b"<sip:p@127.0.0.1:%d>" % self.port, **answer.headers}
        kept = [line for line in lines if line_name(line) not in {name.lower() for name in values}]
        kept += [name + b": " + value for name, value in values.items()]
        kept += [b"Content-Type: " + KIND] if answer.body else []
        head = [b"SIP/2.0 %d Words" % answer.code, *kept, b"Content-Length: %d" % len(answer.body)]
        return b"\r\n".join(head) + b"\r\n\r\n" + answer.body


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[HeadlessPhone, int, Registrar]]:
    """A phone whose registrar is hostile, the phone's port, and the registrar."""
    home, registrar = tmp_path_factory.mktemp("hostile"), Registrar()
    account = home / "account.toml"
    account.write_text(
        f'id = "sip:desk@{registrar.place}"\nregistrar = "{registrar.place}"\nbind = "127.0.0.1"\n'
    )
    with HeadlessPhone(home / "data", "--account", str(account), "--audio", "null") as phone:
        yield phone, phone.ready()["port"], registrar
    registrar.close()


def test_no_known_request_ends_the_engine(line: tuple[HeadlessPhone, int, Registrar]) -> None:
    phone, port, _registrar = line
    before = engines(phone)
    with RawCaller(port, host="127.0.0.1") as caller:
        own = b"127.0.0.1:%d;rport" % caller.port
        sent = [data.replace(b"127.0.0.1:5070;rport", own) for data in requests()]
        assert [data[:600] for data in sent if patient(caller, data) == 0] == []
        assert patient(caller, message(START, BODY, port=caller.port, content_type=KIND)) == 180
        assert engines(phone) == before
        # Inside its own callback the library does not survive that a call without an offer is refused.
        available(phone, 480)
        assert patient(caller, message(number=2, port=caller.port)) == 480
        available(phone, 0)
        for number in (3, 4):
            ring(caller, message(START, BODY, number=number, port=caller.port, content_type=KIND))
        assert patient(caller, message(number=5, port=caller.port)) == 486
        assert patient(caller, message(number=6, port=caller.port)) == 486
        assert engines(phone) == before
        for number in (3, 4):
            cancel = follow_up(
                SipMessage(message(START, BODY, number=number, port=caller.port, content_type=KIND)),
                b"CANCEL",
            )
            assert caller.ask(cancel) == 200


def test_no_known_answer_ends_the_engine(line: tuple[HeadlessPhone, int, Registrar]) -> None:
    phone, _port, registrar = line
    before, begun = engines(phone), registrar.said
    for number in range(len(answers())):
        phone.idle(PACE_S)
        phone.say("dial", f"sip:p{number}@{registrar.place}")
        call = phone.wait(lambda event: event["event"] == "call" and event["direction"] == "outgoing")
        while call["state"] != "DISCONNECTED":
            if call["state"] == "CONFIRMED":
                phone.say("hangup", call["id"])
            call = phone.wait(lambda event: event["event"] == "call" and event["direction"] == "outgoing")
    assert engines(phone) == before
    assert registrar.said - begun > len(answers())
    assert not [event for event in phone.events if event["event"] == "engine"]
