"""Every verb of `dasan-desk phone` in every state: what makes no sense is refused with the reason, never in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from tests.adapters.phone.messages import BODY, message
from tests.peers.headless import HeadlessPhone
from tests.peers.ports import free_port
from tests.peers.raw_sip import RawCaller
from tests.peers.sipp import ANSWERED, Sipp, expect_request, put_on_hold

NOBODY = "sip:x@127.0.0.1:9"
VERBS = {
    "dial", "answer", "reject", "hangup", "hold", "resume", "mute", "unmute", "dtmf", "transfer", "conference", "swap",
    "message", "status", "quit",
}  # fmt: skip
"""The contract's."""
NO_CALL = {
    "answer": "no ringing call", "reject": "no ringing call", "hangup": "no running call", "hold": "no answered call",
    "resume": "no answered call", "mute": "no running call", "unmute": "no running call", "dtmf 1": "no answered call",
    f"transfer {NOBODY}": "no answered call", "conference": "two answered calls", "swap": "two answered calls",
}  # fmt: skip
UNANSWERED = {
    f"dial {NOBODY}": "call", "hold": "no answered call", "resume": "no answered call", "unmute": "is open",
    "dtmf 1": "no answered call", f"transfer {NOBODY}": "no answered call", "conference": "two answered calls",
    "swap": "two answered calls",
}  # fmt: skip
CALLING = {**UNANSWERED, "answer": "no ringing call", "reject": "no ringing call"}
IN_CALL = {
    f"dial {NOBODY}": "on hold first", "answer": "no ringing call", "reject": "no ringing call", "unmute": "is open",
    "resume": "not on hold", "conference": "two answered calls", "swap": "two answered calls",
}  # fmt: skip
ON_HOLD = {
    "answer": "no ringing call", "reject": "no ringing call", "hold": "already on hold", "dtmf 1": "on hold",
    "unmute": "is open", "conference": "two answered calls", "swap": "two answered calls",
}  # fmt: skip
TWO_LINES = {
    f"dial {NOBODY}": "already running", "answer": "no ringing call", "reject": "no ringing call",
    "hangup": "several running calls", "resume": "another call is running", "unmute": "is open",
    f"transfer {NOBODY}": "several answered calls",
}  # fmt: skip
TOGETHER = {
    f"dial {NOBODY}": "conference", "hold": "several", "answer": "no ringing call", "reject": "no ringing call",
    "hangup": "several", "resume": "several", "dtmf 1": "several", "unmute": "is open",
    f"transfer {NOBODY}": "conference", "conference": "already", "swap": "both are on the line",
}  # fmt: skip
MISTAKES = {
    "dial": "needs a number", "dial x y": "neither a number", "dial sip:x@example.org": "in digits",
    "answer nobody": "with this id", "answer a b": "one word", "reject nobody 486": "with this id",
    "reject a b c": "two words", "hangup nobody": "with this id", "hangup a b": "one word",
    "hold nobody": "with this id",
    "resume nobody": "with this id", "mute nobody": "with this id", "dtmf": "digits are", "dtmf x": "digits are",
    "dtmf 1 nobody": "with this id", "dtmf 1 2 3": "two words", "transfer": "needs an address",
    "transfer nobody": "neither a number", "transfer nobody nobody": "with this id", "conference a": "two calls",
    "conference a b": "with this id", "conference a b c": "two words", "swap a": "no words", "status x": "no words",
    "message": "an address and a text", f"message {NOBODY}": "an address and a text",
    "message nobody hello": "neither a number", "DIAL": "unknown command", "nonsense": "unknown command",
    "traverse a b": "unknown command", "network a b": "unknown command",
    "register": "no registrar", "availability": "availability is", "availability 0 0": "one word",
}  # fmt: skip


def taken_back() -> str:
    """The other side accepts that it is no longer on hold."""
    return put_on_hold().replace("recvonly", "sendrecv")


def refuses(phone: HeadlessPhone, table: Mapping[str, str], allowed: str = "") -> None:
    """Each command gets an error with the words of the table; with `allowed` no verb may be forgotten."""
    if allowed:
        assert {command.split()[0] for command in table} | set(allowed.split()) == VERBS
    for command, words in table.items():
        phone.say(command)
        error = phone.wait(lambda event: event["event"] in ("error", "status", "bye"))
        assert (error["event"], error.get("command")) == ("error", command.split()[0]), command
        assert words in error["reason"], (command, error["reason"])


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeadlessPhone]:
    """The phone of all these tests; its `ready` was seen."""
    with HeadlessPhone(tmp_path_factory.mktemp("phone"), "--audio", "null") as started:
        started.ready()
        yield started


def port_of(phone: HeadlessPhone) -> int:
    return int(phone.events[0]["port"])


def test_what_makes_no_sense_is_refused_in_every_state(tmp_path: Path, phone: HeadlessPhone) -> None:
    always, port = "dial message status quit", port_of(phone)
    with HeadlessPhone(tmp_path / "other", "--audio", "null", "--auto-answer") as other:
        target = f"sip:x@127.0.0.1:{other.ready()['port']}"
        refuses(phone, NO_CALL, always)
        refuses(phone, MISTAKES)
        phone.say("dial", f"sip:x@127.0.0.1:{free_port()}")
        phone.call_state("CALLING")
        refuses(phone, CALLING, "hangup mute message status quit")
        phone.say("hangup")
        phone.call_state("DISCONNECTED")

        caller = Sipp(
            tmp_path / "caller", ANSWERED + put_on_hold() + taken_back() + expect_request("BYE"), port
        )
        phone.call_state("INCOMING")
        refuses(phone, UNANSWERED, "answer reject hangup mute message status quit")
        refuses(phone, MISTAKES)
        phone.say("answer")
        first = phone.call_state("CONFIRMED")["id"]
        refuses(phone, IN_CALL, "hangup hold mute dtmf transfer message status quit")
        phone.say("mute")
        phone.media(muted=True)
        refuses(phone, {"mute": "already closed"})
        phone.say("unmute")
        phone.media(muted=False)
        phone.say("hold")
        phone.media(hold="local")
        refuses(phone, ON_HOLD, "hangup dial resume mute transfer message status quit")

        phone.say("dial", target)
        second = phone.call_state("CONFIRMED")["id"]
        refuses(phone, TWO_LINES, "hold mute dtmf conference swap message status quit")
        refuses(phone, {f"hold {first}": "already on hold", f"transfer {first} {first}": "itself"})
        phone.say("dtmf", "7")
        assert other.wait(lambda event: event["event"] == "dtmf")["digit"] == "7"
        refuses(phone, MISTAKES)
        phone.say("conference")
        phone.wait(lambda event: event["event"] == "conference")
        refuses(phone, TOGETHER, "mute message status quit")
        phone.say("hangup", second)
        phone.call_state("DISCONNECTED")
        phone.say("hangup")
        phone.call_state("DISCONNECTED")
        caller.finish()
        refuses(phone, NO_CALL, always)


def test_calls_made_faster_than_the_library_can_are_refused_and_end_nothing(phone: HeadlessPhone) -> None:
    before = [child.pid for child in psutil.Process(phone.process.pid).children()]
    begun = len(phone.events)
    with RawCaller(port_of(phone), host="127.0.0.1") as gone:
        for _ in range(60):
            phone.say("dial", f"sip:x@127.0.0.1:{gone.port}")
            phone.say("hangup")
        phone.say("status")
        phone.wait(lambda event: event["event"] == "status")
        told = [event["reason"] for event in phone.events[begun:] if event.get("command") == "dial"]
        assert set(told) == {"too many calls at once; try again in a moment"}
        invite = message(body=BODY, port=gone.port, content_type=b"application/sdp")
        assert gone.ask(invite) == 180, "the places of calls that were hung up are free"
    assert [child.pid for child in psutil.Process(phone.process.pid).children()] == before
