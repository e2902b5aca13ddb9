"""The whole desk for an hour: calls with sound in both directions, short calls, strangers; and what it holds then."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.phone_measure.caller import Caller
from bench.phone_measure.calls import Held, call, held_by, tell_growth
from bench.phone_measure.desk import RunningDesk
from bench.phone_measure.report import PRODUCT, Bar, Report
from bench.phone_measure.talk import Talk
from tests.peers.sound_server import EAR, SoundServer
from tests.peers.talker import RATE
from tests.peers.tones import blocks_with

HERTZ, TALK_S, SETTLED_BLOCKS = 440.0, 20.0, 40
SHORT_CALLS, STRANGE_PACKETS = 10, 100
WARM_UP_CALLS = 15
LOOK_S = 600.0
NONE, FEW = Bar(0), Bar(5.0)
"""Calls that went wrong; hundredths of the sound that did not come back: a busy machine's, heard here as in a call."""


@dataclass
class Course:
    """What has happened so far."""

    talks: int = 0
    silent_talks: int = 0
    refused_talks: int = 0
    lost_packets: int = 0
    blocks: int = 0
    lost_blocks: int = 0
    short_calls: int = 0
    short_answered: int = 0
    held: list[Held] = field(default_factory=list)


def talk(uri: str, course: Course) -> None:
    """A call whose tone goes to the headset's ear, whose microphone hears it, and back."""
    course.talks += 1
    try:
        with Caller(uri) as caller, Talk(caller, HERTZ) as line:
            time.sleep(TALK_S)
            course.lost_packets += line.lost(0, TALK_S)
            heard = line.talker.heard()
    except TimeoutError as error:  # an hour's figures are not lost over one call
        print(error, file=sys.stderr)
        course.refused_talks += 1
        return
    blocks = blocks_with(heard, RATE, HERTZ)[SETTLED_BLOCKS:]
    course.silent_talks += not any(blocks)
    course.blocks += len(blocks)
    course.lost_blocks += blocks.count(False)


def short_calls(desk: RunningDesk, home: Path, uri: str, number: int) -> int:
    """One after the other, each when the desk has written up the one before; how many went as they should."""
    home.mkdir()
    answered = 0
    for one in range(number):
        desk.ask("free")
        answered += call(home / str(one), uri, 1)[0]
    desk.ask("free")
    return answered


def strangers(uri: str) -> None:
    """What an open port gets to hear: questions and noise."""
    with Caller(uri) as caller:
        for _ in range(STRANGE_PACKETS // 2):
            caller.send(caller.request(b"OPTIONS").bytes())
            caller.send(os.urandom(200))
            caller.take(0.01)


def measure_soak(report: Report, home: Path, minutes: float) -> None:
    """Rounds of a talk, strangers meanwhile and short calls, for so long."""
    course, end, look = Course(), time.monotonic() + minutes * 60, 0.0
    with (
        SoundServer(hears=EAR) as sound,
        RunningDesk(home / "desk", True, environment=sound.environment) as desk,
    ):
        uri = str(desk.wait("ready")["uri"])
        short_calls(desk, home / "warm", uri, WARM_UP_CALLS)
        while time.monotonic() < end:
            talk(uri, course)
            strangers(uri)
            course.short_calls += SHORT_CALLS
            course.short_answered += short_calls(desk, home / f"short-{course.talks}", uri, SHORT_CALLS)
            if time.monotonic() >= look:
                course.held.append(held_by(desk))
                look = time.monotonic() + LOOK_S
        course.held.append(held_by(desk))
    _tell(report, minutes, course)


def _tell(report: Report, minutes: float, course: Course) -> None:
    wrong = course.short_calls - course.short_answered + course.silent_talks + course.refused_talks
    name = f"of {course.short_calls + course.talks} calls in {minutes:g} minutes went wrong"
    report.amount(
        "soak", name, "calls", {PRODUCT: wrong}, NONE,
        talks=course.talks, silent=course.silent_talks, refused=course.refused_talks,
    )  # fmt: skip
    share = 100 * course.lost_blocks / (course.blocks or 1)
    report.amount(
        "soak", "blocks of 100 ms that did not come back", "%", {PRODUCT: share}, FEW, blocks=course.blocks
    )
    report.amount(
        "soak", "packets that the desk did not send", "packets", {PRODUCT: course.lost_packets}, NONE
    )
    tell_growth(report, "soak", "the second look", course.short_calls + course.talks, course.held, {})
