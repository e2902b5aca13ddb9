"""Messages that end or freeze the SIP library, sent to the real phone: the engine does not even see them."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import psutil

from tests.adapters.phone.messages import BODY, message
from tests.peers.headless import HeadlessPhone
from tests.peers.raw_sip import RawCaller
from tests.peers.sipp import ANSWERED, BYE, Sipp

EMPTY = b"<sip:x@[]>"
METHODS = (b"INVITE", b"OPTIONS", b"MESSAGE", b"SUBSCRIBE", b"NOTIFY")


def deadly() -> list[bytes]:
    """One of each kind that is known."""
    found = []
    for number, method in enumerate(METHODS):
        start = method + b" sip:agent@127.0.0.1 SIP/2.0"
        for place, header in enumerate((b"From", b"To", b"Record-Route", b"Contact")):
            data = message(start, method=method, number=100 + 10 * number + place)
            if header == b"Record-Route":
                data = data.replace(b"\r\nfrom", b"\r\nRecord-Route: <sip:[];lr>\r\nfrom")
            else:
                data = re.sub(rb"(?im)^" + header + rb": [^\r]*", header + b": " + EMPTY + b";tag=d", data)
            found.append(data)
    found.append(message(number=1, body=BODY.replace(b"RTP/AVP", b"UDP/TLS/RTP/SAVPF")))
    found.append(message(number=2, body=BODY.replace(b"IP4 127.0.0.1\r\nt", b"IP4 nohost.invalid\r\nt")))
    found.append(message(number=3, record_route=b"<tel:+1>"))
    return found


def test_no_known_message_ends_the_engine(tmp_path: Path) -> None:
    with (
        HeadlessPhone(tmp_path / "data", "--audio", "null", "--auto-answer") as phone,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger,
    ):
        port = phone.ready()["port"]
        before = [child.pid for child in psutil.Process(phone.process.pid).children()]
        stranger.bind(("127.0.0.1", 0))
        stranger.settimeout(2)
        codes = []
        for data in deadly():
            own = data.replace(b"127.0.0.1:5070;rport", b"127.0.0.1:%d;rport" % stranger.getsockname()[1])
            stranger.sendto(own, ("127.0.0.1", port))
            codes.append(stranger.recv(65536)[8:11])
        assert set(codes) <= {b"400", b"488"}, codes
        Sipp(tmp_path / "honest", ANSWERED + BYE, port).finish()
        phone.call_state("DISCONNECTED")
        assert [child.pid for child in psutil.Process(phone.process.pid).children()] == before


def test_a_caller_without_an_offer_is_refused_and_ends_no_engine(tmp_path: Path) -> None:
    start, kind = b"INVITE sip:agent@127.0.0.1 SIP/2.0", b"application/sdp"
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone:
        port = phone.ready()["port"]
        with RawCaller(port) as caller:
            phone.say("availability", "480")
            phone.say("status")
            phone.wait(lambda event: event["event"] == "status" and event["availability"] == 480)
            assert caller.ask(message(number=1, port=caller.port)) == 480
            phone.say("availability", "0")
            phone.say("status")
            phone.wait(lambda event: event["event"] == "status" and event["availability"] == 0)
            for number in (2, 3):
                caller.send(message(start, BODY, number=number, port=caller.port, content_type=kind))
                phone.call_state("INCOMING")
            assert caller.ask(message(number=4, port=caller.port)) == 486
            options = message(
                start.replace(b"INVITE", b"OPTIONS"), method=b"OPTIONS", number=5, port=caller.port
            )
            assert caller.ask(options) in (200, 486)
            states = [event["state"] for event in phone.events if event["event"] == "call"]
    assert states.count("INCOMING") == 2
    assert not [event for event in phone.events if event["event"] == "engine"]
