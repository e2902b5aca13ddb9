"""Text messages between `dasan-desk phone` and others: out, in, refused, and hostile ones."""

from __future__ import annotations

import socket
from pathlib import Path

from tests.adapters.phone.messages import message
from tests.peers.headless import Event, HeadlessPhone
from tests.peers.sipp import ANSWERED, BYE, Sipp, SippServer, expect, request

REFUSED = """<recv request="MESSAGE"></recv>
<send><![CDATA[
SIP/2.0 404 Not Found
[last_Via:]
[last_From:]
[last_To:];tag=[call_number]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
"""
START = b"MESSAGE sip:agent@127.0.0.1 SIP/2.0"
HOSTILE = b"a\x00\x1b[2Jb\xff\xfe \xe2\x80\xae \xed\xa0\x80 <b>&\r\nc" + b"z" * 2500


def told(phone: HeadlessPhone) -> Event:
    return phone.wait(lambda event: event["event"] == "message")


def test_a_text_arrives_as_it_was_typed_and_a_refused_one_is_an_error(tmp_path: Path) -> None:
    with (
        HeadlessPhone(tmp_path / "one", "--audio", "null") as one,
        HeadlessPhone(tmp_path / "two", "--audio", "null") as two,
    ):
        one.ready()
        port = two.ready()["port"]
        one.say("message", f"sip:x@127.0.0.1:{port}", "'수도요금 <b>45,000</b>원 😀'")
        event = told(two)
        assert event["text"] == "수도요금 <b>45,000</b>원 😀"
        assert event["from"].startswith("sip:")
        nobody = SippServer(tmp_path / "nobody", REFUSED)
        one.say("message", f"sip:nobody@127.0.0.1:{nobody.port}", "hello")
        error = one.wait(lambda event: event["event"] == "error")
        assert (error["command"], error["reason"]) == ("message", "no such number")
        nobody.finish()


def test_a_text_within_a_call_is_told_like_any_other(tmp_path: Path) -> None:
    inside = request("MESSAGE", 2, "in the call", "text/plain", inside=True) + expect(200)
    with HeadlessPhone(tmp_path / "data", "--audio", "null", "--auto-answer") as phone:
        caller = Sipp(tmp_path / "caller", ANSWERED + inside + BYE, phone.ready()["port"])
        assert told(phone)["text"].strip() == "in the call"
        caller.finish()
        phone.call_state("DISCONNECTED")


def test_hostile_texts_are_bounded_and_harm_nothing(tmp_path: Path) -> None:
    with (
        HeadlessPhone(tmp_path / "data", "--audio", "null") as phone,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger,
    ):
        port = phone.ready()["port"]
        stranger.bind(("127.0.0.1", 0))
        stranger.settimeout(5)

        def send(number: int, body: bytes, kind: bytes, **more: bytes) -> bytes:
            own = stranger.getsockname()[1]
            data = message(START, body, b"MESSAGE", number, own, content_type=kind, **more)
            stranger.sendto(data, ("127.0.0.1", port))
            return stranger.recv(65536)[8:11]

        assert send(1, HOSTILE, b"text/plain") == b"200"
        text = told(phone)["text"]
        assert len(text) == 2000
        assert text.startswith("a")
        assert not {"\x00", "\x1b", "\u202e", "\r"} & set(text)
        assert "<b>&\nc" in text
        text.encode()  # no halves of characters
        send(2, b"<html></html>", b"text/html")
        assert send(4, b"z" * 5000, b"text/plain") == b"513", "more than the library's buffer holds"
        sender = b'"\xff\xfe\xed\xa0\x80" <sip:%s@127.0.0.1>;tag=f' % (b"9" * 2000)
        send(3, b"plain", b"text/plain;charset=UTF-8", **{"from": sender})
        last = told(phone)
        assert last["text"] == "plain"
        assert len(last["from"]) <= 250
        assert [e["text"] for e in phone.events if e["event"] == "message"] == [text, "plain"]
