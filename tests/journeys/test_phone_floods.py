"""Too many calls, strangers at the port of a call, calls one after the other: the telephone is as before."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event

import psutil

from bench.phone_measure.caller import Caller
from bench.phone_measure.flood import both_taken, foreign_blocks, pelting, rtp_like, stream
from bench.phone_measure.phones import ours
from bench.phone_measure.talk import Talk
from tests.peers.headless import HeadlessPhone
from tests.peers.talker import RATE
from tests.peers.tones import blocks_with, longest_run, read_wav, write_tone

OURS, THEIRS, HEARD = 700, 440, 5
CALLS, WARM_UP = 12, 4


def test_with_both_lines_taken_each_of_a_hundred_callers_hears_busy_or_come_again(tmp_path: Path) -> None:
    with ours(tmp_path, "--audio", "null", "--auto-answer") as phone:
        with both_taken(phone), Caller(phone.uri) as caller:
            flood = caller.flood(50, 2)
        assert flood.codes[486] >= 30
        assert flood.codes[503] >= 1
        assert flood.codes[486] + flood.codes[503] == flood.sent == 100


def test_a_stranger_at_the_media_port_is_neither_heard_nor_sent_anything(tmp_path: Path) -> None:
    tone = write_tone(tmp_path / "own.wav", OURS)
    sound = ("--audio", "file", "--microphone", str(tone), "--speaker", str(tmp_path / "heard.wav"))
    with ours(tmp_path, *sound, "--auto-answer") as phone, Caller(phone.uri) as caller:  # noqa: SIM117
        with Talk(caller, THEIRS) as talk:
            until_heard(talk)
            for form in (rtp_like, stream()):
                with pelting(("127.0.0.1", talk.media), form) as sent:
                    before, deadline = len(talk.talker.numbers), time.monotonic() + 10
                    while (
                        sent[0] < 600 or len(talk.talker.numbers) < before + 30
                    ) and time.monotonic() < deadline:
                        Event().wait(0.02)
                    assert len(talk.talker.numbers) >= before + 30  # our sound still goes to the other side
            assert talk.talker.lost() == 0
            assert longest_run(blocks_with(talk.talker.heard(), RATE, OURS)) >= HEARD
    assert foreign_blocks(*read_wav(tmp_path / "heard.wav")) == 0


def until_heard(talk: Talk) -> None:
    """Wait until the phone's own tone comes, and has come long enough that its port is closed to others."""
    deadline = time.monotonic() + 15
    while len(talk.talker.numbers) < 50 and time.monotonic() < deadline:
        Event().wait(0.02)
    assert len(talk.talker.numbers) >= 50


def test_calls_leave_no_descriptor_and_no_thread(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null", "--auto-answer") as phone:
        uri = f"sip:agent@127.0.0.1:{phone.ready()['port']}"
        own = psutil.Process(phone.process.pid)
        held: list[list[tuple[int, int]]] = []
        with Caller(uri) as caller:
            for number in (WARM_UP, CALLS):
                for _ in range(number):
                    with Talk(caller, THEIRS) as talk:
                        phone.call_state("CONFIRMED")
                        assert talk.media
                    phone.call_state("DISCONNECTED")
                held.append(settled([own, *own.children()]))
        assert held[1] == held[0]


def settled(processes: list[psutil.Process]) -> list[tuple[int, int]]:
    """Descriptors and threads once they no longer change: pjsip closes a call's sockets half a second after it."""
    before: list[tuple[int, int]] = []
    for _ in range(20):
        now = [(one.num_fds(), one.num_threads()) for one in processes]
        if now == before:
            return now
        before = now
        Event().wait(0.7)
    return before
