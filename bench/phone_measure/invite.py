"""INVITE received to 180 sent, and to the ring card painted: idle, and with window, speech and busy cores."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.phone_measure.caller import Caller
from bench.phone_measure.desk import QUIET, ROOT, RunningDesk, busy
from bench.phone_measure.phones import Subject, baresip, linphonec, ours
from bench.phone_measure.report import PRODUCT, Bar, Report
from bench.phone_measure.sounds import spoken_wav
from tests.peers.baresip import Baresip

IDLE, BUSY, PAINTED = Bar(5.0), Bar(20.0), Bar(100.0)
PACE_S = 0.06
"""Below what the door lets through in a row."""
MODEL = ROOT / "resources" / "models" / "practice-ko.pt"
LISTENING = f'language = "ko"\nspeech_model = "{MODEL}"\nwrapup_seconds = 0\n'


def rung(subjects: Sequence[Subject], number: int) -> dict[str, list[float]]:
    """Call the phones in turn; milliseconds to the 180 of each."""
    took: dict[str, list[float]] = {one.name: [] for one in subjects}
    callers = {one.name: Caller(one.uri) for one in subjects}
    try:
        for _ in range(number):
            for name, caller in callers.items():
                answer = caller.ring()
                if answer is not None:
                    took[name].append(answer[0])
                time.sleep(PACE_S)
    finally:
        for caller in callers.values():
            caller.__exit__()
    return took


def measure_invite(report: Report, home: Path, number: int) -> None:
    """Both lines of the table."""
    with ExitStack() as stack:
        enter = stack.enter_context
        some = [enter(ours(home / "idle", "--audio", "null")), enter(baresip(home)), enter(linphonec(home))]
        report.times("invite", "INVITE to 180, idle", rung(some, number), IDLE)
    with ExitStack() as stack:
        enter = stack.enter_context
        desk = enter(RunningDesk(home / "desk", True, LISTENING))
        uri = str(desk.wait("ready")["uri"])
        citizen = enter(Baresip(home / "citizen", source=f"aufile,{spoken_wav(home / 'speech.wav')}"))
        citizen.command("dial", uri)
        citizen.wait_type("CALL_ESTABLISHED", 30)
        some = [
            Subject(PRODUCT, uri, desk.process.pid),
            enter(baresip(home / "b")),
            enter(linphonec(home / "b")),
        ]
        enter(busy())
        speech = [one for one in desk.processes if "speech" in one.cmdline()]
        before = sum(sum(one.cpu_times()[:2]) for one in speech)
        took = rung(some, number)
        used = sum(sum(one.cpu_times()[:2]) for one in speech) - before
        name = "INVITE to 180, window open, a call with speech, both cores busy"
        report.times("invite", name, took, BUSY, speech_cpu_s=round(used, 1))


def painted(desk: RunningDesk, uri: str, number: int) -> tuple[list[float], list[float]]:
    """Milliseconds to the painted card and to the 180 of the same calls."""
    cards, answers, shown = list[float](), list[float](), list[int]()
    with Caller(uri) as caller:
        for _ in range(number):
            shown.clear()
            rang = caller.ring(lambda: shown.append(int(desk.wait("ring")["mono"])))
            if rang is not None:
                answers.append(rang[0])
                cards.append((shown[0] - rang[1]) / 1e6)
            time.sleep(PACE_S * 2)
    return cards, answers


def measure_ring(report: Report, home: Path, number: int) -> None:
    """The card of a desk that waits for calls, with idle and with busy cores."""
    with RunningDesk(home / "desk", False, QUIET) as desk:
        uri = str(desk.wait("ready")["uri"])
        for name in ("idle", "both cores busy"):
            with ExitStack() as stack:
                if name != "idle":
                    stack.enter_context(busy())
                cards, answers = painted(desk, uri, number)
            missing = number - len(cards)
            figures = {PRODUCT: cards, "its 180": answers}
            # The bar is for a desk that waits; how it is on a machine that is at its end is only told.
            bar = PAINTED if name == "idle" else None
            report.times("ring", f"INVITE to the ring card painted, {name}", figures, bar, missing=missing)
