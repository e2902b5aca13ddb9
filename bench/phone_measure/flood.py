"""Floods: with both lines taken, by a stranger, during a call, and on a call's RTP port."""

from __future__ import annotations

import contextlib
import itertools
import random
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from threading import Event, Thread

from bench.phone_measure.caller import Caller, Flood
from bench.phone_measure.phones import Subject, baresip, ours
from bench.phone_measure.registrar import Registrar
from bench.phone_measure.report import BARESIP, PRODUCT, Bar, Report
from bench.phone_measure.talk import Talk
from tests.peers.headless import HeadlessPhone
from tests.peers.tones import Samples, blocks_with, is_silent, read_wav, write_tone

ANSWERED, NONE = Bar(20.0), Bar(0)
UNDER, ABOVE, STRANGER = 20.0, 60.0, 300.0
OWN_HERTZ, THEIR_HERTZ = 700.0, 440.0
ELSEWHERE = "127.99.7.7"
SEED = 20_261_127
GARBAGE_A_SECOND = 1000.0
MOST_A_TURN = 20
EDGE = 3
"""Tenths of a second at either end of a call in which its sound may only be half there."""


def measure_flood(report: Report, home: Path, seconds: float) -> None:
    """All of them; `seconds` is the length of the longest, the others are a sixth of it, but 3 s at least."""
    short = max(3.0, seconds / 6)
    _taken_lines(report, home / "lines", seconds, short)
    _stranger(report, home / "stranger", short)
    _in_a_call(report, home / "call", short)


def _codes(flood: Flood) -> dict[str, object]:
    return {
        "sent": flood.sent,
        "answers": {str(code): number for code, number in sorted(flood.codes.items())},
    }


@contextlib.contextmanager
def both_taken(phone: Subject) -> Iterator[None]:
    """Two calls: one talks, one waits, so that the next caller hears busy."""
    with ExitStack() as stack:
        first, second = stack.enter_context(Caller(phone.uri)), stack.enter_context(Caller(phone.uri))
        stack.enter_context(Talk(first, THEIR_HERTZ, phone.answer))
        waits = second.request()
        second.send(waits.bytes())
        second.wait(waits, lambda code: code >= 180)
        yield
        second.give_up(waits)


def _taken_lines(report: Report, home: Path, seconds: float, short: float) -> None:
    with ours(home, "--audio", "null", "--auto-answer") as phone, baresip(home) as other:
        with both_taken(phone), Caller(phone.uri) as caller:
            under, above = caller.flood(UNDER, seconds), caller.flood(ABOVE, short)
        with both_taken(other), Caller(other.uri) as caller:
            beside = caller.flood(UNDER, short)
    name = f"{UNDER:g} INVITE/s with both lines taken"
    took = {PRODUCT: under.took, BARESIP: beside.took}
    figures = {**_codes(under), "baresip_answers": _codes(beside)}
    report.times("flood", name, took, ANSWERED, **figures)
    wrong = under.sent - under.codes[486]
    report.amount("flood", f"{name}: not answered 486", "INVITE", {PRODUCT: wrong}, NONE)
    known = above.codes[486] + above.codes[503]
    report.times(
        "flood", f"{ABOVE:g} INVITE/s with both lines taken", {PRODUCT: above.took}, ANSWERED, **_codes(above)
    )
    report.amount(
        "flood", f"{ABOVE:g} INVITE/s: answered neither 486 nor 503", "INVITE", {PRODUCT: above.sent - known}, NONE
    )  # fmt: skip


def _stranger(report: Report, home: Path, short: float) -> None:
    home.mkdir()
    with Registrar() as registrar:
        account = home / "account.toml"
        account.write_text(
            f'id = "sip:agent@{registrar.place}"\nregistrar = "{registrar.place}"\nbind = "127.0.0.1"\n'
        )
        with HeadlessPhone(home / "d", "--account", str(account), "--audio", "null") as phone:
            ready = phone.ready()
            phone.wait(lambda event: event["event"] == "registration" and event["state"] == "registered")
            uri = f"sip:agent@127.0.0.1:{ready['port']}"
            with Caller(uri, ELSEWHERE) as stranger:
                heard = stranger.flood(STRANGER, short)
            with Caller(uri) as known:
                asked = known.flood(STRANGER, short)
                time.sleep(1.0)  # the door lets another call in
                alive = known.ring()
            phone.say("status")
            phone.wait(lambda event: event["event"] == "status")
            rang = [
                event for event in phone.events if event["event"] == "call" and event["state"] == "INCOMING"
            ]
            deaths = [event for event in phone.events if event["event"] == "engine"]
    codes = asked.codes
    report.amount(
        "flood", f"{STRANGER:g} INVITE/s from a stranger: answered", "INVITE", {PRODUCT: len(heard.took)}, NONE,
        sent=heard.sent, rings_afterwards=alive is not None, engine_deaths=len(deaths),
    )  # fmt: skip
    report.times(
        "flood",
        f"{STRANGER:g} INVITE/s from the registrar's address",
        {PRODUCT: asked.took},
        ANSWERED,
        **_codes(asked),
    )
    report.amount(
        "flood", "not answered, engine deaths, and calls that rang beyond those with 180", "number",
        {PRODUCT: asked.sent - codes.total() + len(deaths) + max(0, len(rang) - codes[180] - 1)}, NONE,
    )  # fmt: skip


@contextlib.contextmanager
def pelting(
    target: tuple[str, int], form: Callable[[random.Random], bytes], host: str = ELSEWHERE
) -> Iterator[list[int]]:
    """Packets of this form at a thousand a second from another address; how many there were."""
    end, sent = Event(), [0]
    source = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    source.bind((host, 0))

    def run() -> None:
        chance, began = random.Random(SEED), time.monotonic()
        while not end.wait(0.002):
            due = int((time.monotonic() - began) * GARBAGE_A_SECOND)
            for _ in range(min(due - sent[0], MOST_A_TURN)):
                source.sendto(form(chance), target)
                sent[0] += 1

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield sent
    finally:
        end.set()
        thread.join()
        source.close()


def noise(chance: random.Random) -> bytes:
    """Any bytes."""
    return chance.randbytes(chance.randint(20, 400))


def rtp_like(chance: random.Random) -> bytes:
    """RTP of the call's payload type with any numbers and any sound."""
    return b"\x80\x08" + chance.randbytes(10) + chance.randbytes(160)


def stream() -> Callable[[random.Random], bytes]:
    """RTP of the call's payload type in good order, with a loud sound: a stranger who knows the port."""
    numbers = itertools.count()

    def form(chance: random.Random) -> bytes:
        number = next(numbers)
        head = struct.pack("!BBHII", 0x80, 8, number & 0xFFFF, number * 160 & 0xFFFFFFFF, 0x5A5A)
        return head + chance.randbytes(160)

    return form


def _in_a_call(report: Report, home: Path, short: float) -> None:
    floods: dict[str, Callable[[Subject, Talk], None]] = {
        "nothing": lambda phone, talk: time.sleep(short),
        "1000 OPTIONS/s, 100 INVITE/s and 1000 random packets/s on the SIP port": lambda phone, talk: (
            _signalling(phone, short)
        ),
        "1000 random packets/s on the RTP port": lambda phone, talk: _pelt(talk.media, noise, short),
        "1000 packets/s of the call's own kind on the RTP port": lambda phone, talk: _pelt(
            talk.media, rtp_like, short
        ),
        "a stranger's stream of the call's own kind on the RTP port": lambda phone, talk: _pelt(
            talk.media, stream(), short
        ),
        "1000 packets/s of the call's own kind from the peer's address": lambda phone, talk: _pelt(
            talk.media, rtp_like, short, "127.0.0.1"
        ),
    }
    for number, (name, flood) in enumerate(floods.items()):
        _one_flood(report, home / str(number), name, flood, short)


def _pelt(port: int, form: Callable[[random.Random], bytes], seconds: float, host: str = ELSEWHERE) -> None:
    with pelting(("127.0.0.1", port), form, host):
        time.sleep(seconds)


def _signalling(phone: Subject, seconds: float) -> None:
    with Caller(phone.uri) as one, Caller(phone.uri) as other, pelting(one.target, noise, "127.0.0.1"):
        calling = Thread(target=other.flood, args=(100.0, seconds), daemon=True)
        calling.start()
        one.flood(1000.0, seconds, b"OPTIONS")
        calling.join()


def _one_flood(
    report: Report, home: Path, name: str, flood: Callable[[Subject, Talk], None], short: float
) -> None:
    lost: dict[str, float] = {}
    wrong: dict[str, float] = {}
    tone = write_tone(home_of(home) / "own.wav", OWN_HERTZ, seconds=short * 2 + 40)
    files = ("--audio", "file", "--microphone", str(tone), "--speaker", str(home / "heard.wav"))
    makes: list[Callable[[], AbstractContextManager[Subject]]] = [
        lambda: ours(home, *files, "--auto-answer"),
        lambda: baresip(home),
    ]
    for make in makes:
        with make() as phone, Caller(phone.uri) as caller:
            with Talk(caller, THEIR_HERTZ, phone.answer) as talk:
                time.sleep(1.0)
                before, began = len(talk.talker.numbers), time.monotonic()
                flood(phone, talk)
                lost[phone.name] = talk.lost(before, time.monotonic() - began)
            file = home / "heard.wav" if phone.name == PRODUCT else None
        samples, rate = read_wav(file or max((home / "baresip").glob("dump-*-dec.wav")))
        wrong[phone.name] = foreign_blocks(samples, rate)
    _tell(report, name, lost, wrong)


def home_of(home: Path) -> Path:
    """The folder, made."""
    home.mkdir(parents=True, exist_ok=True)
    return home


def foreign_blocks(samples: Samples, rate: int) -> int:
    """Tenths of a second since the other side's tone began that are not it; the silence at the end is left out."""
    blocks, size = blocks_with(samples, rate, THEIR_HERTZ), int(rate * 0.1)
    if True not in blocks:
        return max(1, len(blocks))
    last = len(blocks)
    while is_silent(samples[(last - 1) * size : last * size]):
        last -= 1
    return blocks[blocks.index(True) + EDGE : max(0, last - EDGE)].count(False)


def _tell(report: Report, name: str, lost: dict[str, float], wrong: dict[str, float]) -> None:
    report.amount("flood", f"in a call, {name}: RTP lost", "packets", lost, NONE)
    report.amount("flood", f"in a call, {name}: not clean in the ear", "blocks of 0.1 s", wrong, NONE)
