"""Many calls in a row through sipp, with the window open: all answered, and nothing is left behind of any."""

from __future__ import annotations

import csv
import re
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.phone_measure.caller import Caller
from bench.phone_measure.desk import Line, RunningDesk
from bench.phone_measure.phones import baresip
from bench.phone_measure.report import BARESIP, PRODUCT, Bar, Report
from tests.peers.sipp import ANSWERED, BYE, SippProcess, pause

WARM_UP, BATCH = 100, 100
TALK_MS, AFTER_MS = 50, 350
"""After a call the desk writes up and opens the line: a caller who comes sooner is told 480."""
GROWTH, NONE = Bar(3.0), Bar(0)
KINDS = 8
REFUSED = re.compile(r"received 'SIP/2\.0 (\d+)")
SETTLE_S = 3.0


@dataclass(frozen=True, slots=True)
class Held:
    """What the processes hold: megabytes, file descriptors and threads by process, and the desk's own counts.

    Megabytes are of anonymous memory, what the process itself has written: how much of the rest counts as its own, by
    PSS as by USS, changes with what else runs on the machine.
    """

    pids: Mapping[str, int]
    megabytes: Mapping[str, float]
    files: Mapping[str, int]
    threads: Mapping[str, int]
    counts: Line

    @property
    def total(self) -> float:
        """Megabytes of all together."""
        return sum(self.megabytes.values())


def name_of(process: psutil.Process) -> str:
    """phone, engine, speech; "" for what is none of the desk's lasting processes, or is over."""
    try:
        words = process.cmdline()
    except psutil.NoSuchProcess:
        return ""
    return words[words.index("_process") + 1] if "_process" in words else ""


def anonymous(pid: int) -> float:
    """Megabytes of anonymous memory."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Anonymous:"):
            return int(line.split()[1]) * 1024 / 1e6
    return float("nan")


def held_by(desk: RunningDesk) -> Held:
    """After a moment of rest, in which what was for the last call ends."""
    time.sleep(SETTLE_S)
    counts = desk.counts()
    own, *children = desk.processes
    some = {"desk": own} | {name: one for one in children if (name := name_of(one))}
    return Held(
        {name: one.pid for name, one in some.items()},
        {name: anonymous(one.pid) for name, one in some.items()},
        {name: one.num_fds() for name, one in some.items()},
        {name: one.num_threads() for name, one in some.items()},
        counts,
    )


def call(home: Path, uri: str, number: int, after_ms: int = AFTER_MS) -> tuple[int, Counter[str]]:
    """Calls one after the other; how many went as they should, and by which answers the others did not."""
    scenario = ANSWERED + pause(TALK_MS) + BYE + pause(after_ms)
    user, _, place = uri.removeprefix("sip:").partition("@")
    table = home / "figures.csv"
    options = ("-m", str(number), "-r", "20", "-l", "1", "-timeout", str(60 + number * 4), "-s", user)
    sipp = SippProcess(home, scenario, *options, "-trace_stat", "-stf", str(table), place)
    try:
        sipp.process.wait(120 + number * 4)
    finally:
        sipp.process.kill()
        sipp.process.wait()
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    errors = home / "errors.log"
    refused = Counter(REFUSED.findall(errors.read_text("utf-8", "replace") if errors.exists() else ""))
    return int(rows[-1]["SuccessfulCall(C)"]) if rows else 0, refused


def measure_calls(report: Report, home: Path, number: int) -> None:
    """`number` calls after a warm-up of a hundred."""
    answered, refused, held, sizes = 0, Counter[str](), list[Held](), list[int]()
    with RunningDesk(home / "desk", True) as desk:
        uri = str(desk.wait("ready")["uri"])
        call(home / "warm", uri, min(WARM_UP, number))
        held.append(held_by(desk))
        while sum(sizes) < number:
            sizes.append(min(BATCH, number - sum(sizes)))
            went, wrong = call(home / str(len(sizes)), uri, sizes[-1])
            answered, refused = answered + went, refused + wrong
            held.append(held_by(desk))
    beside = _baresip_growth(home, min(number, BATCH))
    name = f"of {number} calls in a row not answered"
    report.amount("calls", name, "calls", {PRODUCT: number - answered}, NONE, refused_with=dict(refused))
    tell_growth(report, "calls", "the first hundred", number, held, {BARESIP: beside})


def _baresip_growth(home: Path, number: int) -> float:
    with baresip(home) as phone:
        time.sleep(1.0)
        warm = _rung(home / "warm-beside", phone.uri, number)
        before = anonymous(phone.pid)
        with_calls = _rung(home / "beside", phone.uri, number)
        return 100 * (anonymous(phone.pid) / before - 1) if warm and with_calls else float("nan")


def _rung(home: Path, uri: str, number: int) -> int:
    home.mkdir()
    with Caller(uri) as caller:
        return sum(caller.ring() is not None for _ in range(number))


def tell_growth(
    report: Report, part: str, since: str, number: int, held: list[Held], beside: Mapping[str, float]
) -> None:
    """What is held after `number` calls that was not at the second look, which is called `since` (where there are two
    only, at the first); `beside`: the same growth of others."""
    first, last = held[1 if len(held) > 2 else 0], held[-1]
    growth = {
        name: round(100 * (last.megabytes.get(name, 0.0) / first.megabytes[name] - 1), 2)
        for name in first.megabytes
    }
    report.amount(
        part, f"growth of anonymous memory from {since} to the last", "%",
        {PRODUCT: 100 * (last.total / first.total - 1), **beside}, GROWTH,
        by_process=growth, megabytes=[round(one.total, 1) for one in held],
    )  # fmt: skip
    replaced = [name for name, pid in first.pids.items() if last.pids.get(name) != pid]
    report.amount(
        part, "processes that had to be replaced", "processes", {PRODUCT: len(replaced)}, NONE, which=replaced
    )
    for name, one, other in (
        ("file descriptors", first.files, last.files),
        ("threads", first.threads, last.threads),
    ):
        left = sum(other.values()) - sum(one.values())
        report.amount(
            part, f"{name} left behind", name, {PRODUCT: left}, NONE, first=dict(one), last=dict(other)
        )
    kinds = {
        kind: amount - int(first.counts["kinds"].get(kind, 0))
        for kind, amount in last.counts["kinds"].items()
        if kind in first.counts["kinds"]
    }
    more = {kind: n for kind, n in sorted(kinds.items(), key=lambda pair: -pair[1])[:KINDS] if n > 0}
    for name, key in (("Qt objects in the window", "qobjects"), ("Python objects in the desk", "objects")):
        left = int(last.counts[key]) - int(first.counts[key])
        bar = NONE if key == "qobjects" else Bar(max(150.0, number / 4))
        report.amount(
            part, f"{name} left behind", "objects", {PRODUCT: left}, bar, of=first.counts[key], most=more
        )
