"""What the desk's own process does while the agent does nothing, and what it holds after many calls."""

from __future__ import annotations

import time
from pathlib import Path

import psutil

from bench.phone_measure.caller import Caller
from bench.phone_measure.calls import BATCH, WARM_UP, call, held_by, tell_growth
from bench.phone_measure.desk import QUIET, RunningDesk
from bench.phone_measure.report import PRODUCT, Bar, Report
from bench.phone_measure.talk import Talk
from bench.window_measure.reactions import WARM_S, talking_desk
from bench.window_measure.start import DESK

CORE, MEGABYTES = Bar(3.0), Bar(140.0)


def share(pid: int, seconds: float) -> float:
    """Per cent of one core that a process uses."""
    process = psutil.Process(pid)
    before = sum(process.cpu_times()[:2])
    time.sleep(seconds)
    return 100 * (sum(process.cpu_times()[:2]) - before) / seconds


def measure_idle(report: Report, home: Path, seconds: float) -> None:
    """In a call in which nobody says a word; without a call; and with a citizen who talks all the time."""
    with RunningDesk(home / "still", True, QUIET, program=DESK) as desk:
        uri = str(desk.wait("ready")["uri"])
        time.sleep(WARM_S)
        waiting = share(desk.process.pid, seconds)
        with Caller(uri) as caller, Talk(caller, 440):
            time.sleep(2.0)
            alone = share(desk.process.pid, seconds)
    with talking_desk(home) as (desk, _citizen):
        time.sleep(WARM_S)
        written = share(desk.process.pid, seconds)
    beside = {PRODUCT: alone, "the same window without a call": waiting, "with words coming": written}
    report.amount("idle", "processor time of the desk in a call, agent idle", "% of a core", beside, CORE)


def measure_calls(report: Report, home: Path, number: int) -> None:
    """So many calls after a warm-up of a hundred."""
    with RunningDesk(home / "desk", True, QUIET, program=DESK) as desk:
        uri = str(desk.wait("ready")["uri"])
        begun = psutil.Process(desk.process.pid).memory_full_info().pss / 1e6
        call(home / "warm", uri, min(WARM_UP, number))
        held, went, left = [held_by(desk)], 0, number
        while left > 0:
            size = min(BATCH, left)
            went += call(home / str(left), uri, size)[0]
            left -= size
            held.append(held_by(desk))
        pss = psutil.Process(desk.process.pid).memory_full_info().pss / 1e6
    systems = {PRODUCT: pss, "the same window before the first call": begun}
    report.amount("calls", "PSS of the desk after calls", "MB", systems, MEGABYTES, answered=went, of=number)
    tell_growth(report, "calls", "the first hundred", number, held, {})
