"""Broken SIP and SDP against the real phone while a call runs: nothing dies, and the call loses nothing."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from desktop.adapters.phone.checks import MAX_HEAD
from desktop.adapters.phone.outside import LENGTH
from desktop.adapters.phone.sip_message import SipMessage, line_name
from desktop.domain.agent import AgentState
from desktop.domain.events import CallReceived
from desktop.paths import Folders
from desktop.processes.desk_core import SILENCE, Desk, open_desk
from desktop.settings import SettingsFile
from tests.adapters.phone.messages import message
from tests.adapters.phone.mutants import fuzz
from tests.journeys.real_window import until
from tests.peers.certificates import Authority
from tests.peers.headless import HeadlessPhone
from tests.peers.hub import Hub, HubCaller
from tests.peers.raw_sip import ECHOED, RawCaller, RawStream, follow_up
from tests.peers.talker import RATE, Talker
from tests.peers.tones import blocks_with, longest_run, read_wav, write_tone

OURS, THEIRS = 700, 440
HEARD = 5
"""Tenths of a second in a row."""
SEED, A_SECOND = 20_261_127, 200
TORN = 500
"""Every such message over TLS tears the connection, which is the registrar's too: it is opened again in seconds."""
SDP = b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio %d RTP/AVP 8\r\n"
KIND = b"application/sdp"
Caller = RawCaller | RawStream
Measured = Callable[[str, Mapping[str, object]], None]


class TonedCall:
    """A call to the phone over UDP or TCP, with a tone in both directions."""

    def __init__(self, caller: Caller) -> None:
        self._caller, self.talker = caller, Talker(THEIRS)
        self._values: dict[str, bytes | None] = {
            "via": b"SIP/2.0/%s 127.0.0.1:%d;rport;branch=z9hG4bKtone%d"
            % (caller.kind, caller.port, self.talker.port),
            "call_id": b"toned-%d" % self.talker.port,
        }
        start, body = b"INVITE sip:agent@127.0.0.1 SIP/2.0", SDP % self.talker.port
        invite = message(start, body, b"INVITE", 1, caller.port, content_type=KIND, **self._values)
        caller.send(invite)
        answer = self._final(b"INVITE")
        assert answer.code == 200, answer.start
        self.talker.start(int(re.findall(rb"(?m)^m=audio (\d+)", answer.body)[0]))
        self._values["to"] = answer.first(b"to")
        self._say(b"ACK", b"1 ACK")

    def _final(self, method: bytes) -> SipMessage:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            for one in self._caller.take(1.0):
                if (
                    one.code >= 200
                    and one.method == method
                    and one.first(b"call-id") == self._values["call_id"]
                ):
                    return one
        raise AssertionError(f"no answer to {method!r}")

    def _say(self, method: bytes, cseq: bytes) -> None:
        start = method + b" sip:agent@127.0.0.1 SIP/2.0"
        values = {**self._values, "via": (self._values["via"] or b"") + method, "cseq": cseq}
        self._caller.send(message(start, b"", method, 1, self._caller.port, **values))

    def end(self) -> None:
        """Fall silent and hang up."""
        self.talker.stop()
        self.hang_up()

    def hang_up(self) -> None:
        """BYE, answered with 200."""
        self._say(b"BYE", b"2 BYE")
        assert self._final(b"BYE").code == 200


def settle(caller: Caller, asked: dict[bytes, SipMessage], answer: SipMessage) -> None:
    """Let what rings stop and what is refused end, so that the next one finds a free line."""
    request = asked.get(answer.first(b"call-id"))
    if request is None or answer.method != b"INVITE" or answer.code == 100:
        return
    with suppress(IndexError):  # a request without the headers to make these of
        follows = b"CANCEL" if answer.code < 200 else b"ACK"
        caller.send(follow_up(request, follows, answer if answer.code >= 200 else None))


def whole(data: bytes, torn: bool) -> bytes:
    """The message so that the next one on the same connection is found; a torn one costs the connection."""
    head, gap, body = data.partition(b"\r\n\r\n")
    found = LENGTH.search(head + b"\r\n")
    if torn or (gap and found and int(found[1]) == len(body) and len(head) < MAX_HEAD):
        return data
    kept = [line for line in head.split(b"\r\n") if not LENGTH.match(line + b"\r\n")]
    return (
        b"\r\n".join([*kept[:200], b"Content-Length: %d" % len(body)])[-MAX_HEAD + 4 :] + b"\r\n\r\n" + body
    )


def attack(caller: Caller, number: int, seed: int = SEED) -> Counter[int]:
    """Send `number` broken messages; the codes that came back."""
    codes, asked = Counter[int](), dict[bytes, SipMessage]()
    began = time.monotonic()
    for count, data in enumerate(fuzz(seed, number, caller.host, caller.port)):
        request = SipMessage(data)
        asked[request.first(b"call-id")] = request
        caller.send(whole(data, torn=count % TORN == TORN - 1) if caller.kind == b"TLS" else data)
        while (left := began + count / A_SECOND - time.monotonic()) > 0:
            for answer in caller.take(left):
                codes[answer.code] += 1
                settle(caller, asked, answer)
    return codes


@contextmanager
def line(home: Path, transport: str, sound: Sequence[str]) -> Iterator[tuple[HeadlessPhone, Caller, Caller]]:
    """A phone that answers, who talks with it and who attacks it. Over TLS both come from the registrar."""
    account = home / "account.toml"
    if transport != "tls":
        account.write_text(f'id = "sip:desk@127.0.0.1"\ntransport = "{transport}"\n')
        kind = RawStream if transport == "tcp" else RawCaller
        with HeadlessPhone(home / "data", "--account", str(account), *sound) as phone:
            port = phone.ready()["port"]
            with kind(port) as caller, kind(port) as attacker:
                yield phone, caller, attacker
        return
    authority = Authority.make(home)
    hub = Hub(transport, lambda request: [registered(request)], authority.server())
    account.write_text(
        f'id = "sip:agent@{hub.place}"\nregistrar = "{hub.place}"\ntransport = "tls"\n'
        f'ca_file = "{authority.ca_file}"\nbind = "127.0.0.1"\n'
    )
    try:
        with HeadlessPhone(home / "data", "--account", str(account), *sound) as phone:
            phone.ready()
            caller = HubCaller(hub, lambda call_id: call_id.startswith(b"toned"))
            yield phone, caller, HubCaller(hub)
    finally:
        hub.close()


def registered(request: SipMessage) -> bytes:
    """200 to whatever the phone asks."""
    lines = [line for line in request.lines if line_name(line) in (*ECHOED, b"cseq", b"contact")]
    return b"\r\n".join([b"SIP/2.0 200 OK", *lines, b"Content-Length: 0"]) + b"\r\n\r\n"


def untouched(home: Path, transport: str, number: int) -> Mapping[str, object]:
    """Attack a phone in a call; the call and the engine go on as if nothing had been. Returns figures."""
    home.mkdir()
    tone = write_tone(home / "own.wav", OURS, seconds=20 + number / A_SECOND * 2)
    sound = (
        "--auto-answer", "--audio", "file", "--microphone", str(tone), "--speaker", str(home / "heard.wav"),
    )  # fmt: skip
    with line(home, transport, sound) as (phone, caller, attacker):
        before = [child.pid for child in psutil.Process(phone.process.pid).children()]
        call = TonedCall(caller)
        own = phone.call_state("CONFIRMED")["id"]
        codes = attack(attacker, number)
        for _ in range(50):
            if longest_run(blocks_with(call.talker.heard(), RATE, OURS)) >= HEARD:
                break
            phone.hear(0.2)
        assert psutil.Process(phone.process.pid).children()[0].pid == before[0]
        call.end()
        phone.wait(
            lambda event: event["event"] == "call" and event["state"] == "DISCONNECTED" and event["id"] == own
        )
    mine = [event for event in phone.events if event.get("id") == own]
    assert [event["state"] for event in mine if event["event"] == "call"][-2:] == [
        "CONFIRMED",
        "DISCONNECTED",
    ]
    assert not [event for event in phone.events if event["event"] == "engine"]
    assert {event["hold"] for event in mine if event["event"] == "media"} == {"none"}
    lost_in = max(event["lost_ms"] for event in mine if event["event"] == "audio")
    assert (lost_in, call.talker.lost()) == (0, 0)
    assert longest_run(blocks_with(call.talker.heard(), RATE, OURS)) >= HEARD
    assert longest_run(blocks_with(*read_wav(home / "heard.wav"), THEIRS)) >= HEARD
    assert codes.total() > number / 3
    figures: dict[str, object] = {
        "messages": number,
        "packets": len(call.talker.numbers),
        "answers": dict(codes.most_common()),
    }
    if isinstance(attacker, HubCaller):
        figures["connections"] = attacker.hub.connections
        assert attacker.hub.connections > 1 or number < 10 * TORN
    return figures


@pytest.mark.parametrize("transport", ["tcp", "tls"])
def test_broken_messages_disturb_no_call(tmp_path: Path, transport: str) -> None:
    untouched(tmp_path / transport, transport, 200)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_ten_thousand_broken_messages_disturb_no_call(
    tmp_path: Path, transport: str, measured: Measured
) -> None:
    measured(f"phone-fuzz-{transport}", untouched(tmp_path / transport, transport, 10_000))


@pytest.mark.long
@pytest.mark.timeout(300)
def test_notes_and_records_are_untouched(tmp_path: Path) -> None:
    asyncio.run(written_while_attacked(tmp_path))


async def written_while_attacked(folder: Path) -> None:
    """A whole desk: one call is in the records, a second one runs, both with notes, while broken messages come in."""
    where = Folders(folder / "data", folder / "config")
    desk = await open_desk(where, SettingsFile(where.settings_file, {"speech_enabled": False}), SILENCE)
    services = desk.services
    await desk.start()
    port = int(re.findall(r":(\d+)", desk.phone.uri)[-1])
    with RawCaller(port) as caller, RawCaller(port) as attacker:
        old, talk = await answered(desk, caller)
        services.notes.keep(old, "the first call")
        await asyncio.to_thread(talk.end)
        await until(lambda: services.wrap_up.open is not None)
        await services.wrap_up.finish()
        record = await desk.records.call(old)
        new, talk = await answered(desk, caller)
        services.notes.keep(new, "the second call")
        await asyncio.to_thread(attack, attacker, 1_000)
        assert services.calls.current is not None
        assert services.calls.current.id == new
        assert await services.notes.load(new) == "the second call"
        assert await services.notes.load(old) == "the first call"
        assert record is not None
        assert await desk.records.call(old) == record
        assert talk.talker.lost() == 0
        await asyncio.to_thread(talk.end)
    await desk.close()


async def answered(desk: Desk, caller: RawCaller) -> tuple[str, TonedCall]:
    """Somebody calls, the agent answers; the call's id and the other side."""
    calls, rang = desk.services.calls, list[CallReceived]()
    forget = desk.services.bus.subscribe(CallReceived, rang.append)
    calling = asyncio.create_task(asyncio.to_thread(TonedCall, caller))
    await until(lambda: rang)
    await calls.answer()
    talk = await calling
    forget()
    await until(lambda: desk.services.agent.state is AgentState.ON_CALL)
    await desk.services.agent.apply()  # until the engine has it, a second caller rings
    assert calls.current is not None
    return calls.current.id, talk
