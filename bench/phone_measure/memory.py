"""What a phone holds in a call."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from bench.phone_measure.caller import Caller
from bench.phone_measure.phones import Subject, baresip, linphonec, ours
from bench.phone_measure.report import Bar, Report
from bench.phone_measure.talk import Talk
from tests.peers.sound_server import SoundServer

MEGABYTES = Bar(75.0)
TALK_S = 6.0


def measure_memory(report: Report, home: Path) -> None:
    """PSS in a call of a few seconds; ours with a microphone and a speaker that are open."""
    held: dict[str, float] = {}
    parts: list[float] = []
    with SoundServer() as sound:
        made: list[Callable[[], AbstractContextManager[Subject]]] = [
            lambda: ours(home, "--auto-answer", environment=sound.environment),
            lambda: baresip(home),
            lambda: linphonec(home),
        ]
        for make in made:
            with make() as phone, Caller(phone.uri) as caller, Talk(caller, 440, phone.answer):
                time.sleep(TALK_S)
                held[phone.name] = phone.megabytes()
                parts = parts or [round(one.memory_full_info().pss / 1e6, 1) for one in phone.processes]
    report.amount("memory", "PSS of phone and engine in a call", "MB", held, MEGABYTES, each=parts)
