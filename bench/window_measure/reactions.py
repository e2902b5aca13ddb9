"""Keys, long transcripts and switches of the look in a call that is transcribed, beside a bare window of Qt's."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.phone_measure.calls import anonymous
from bench.phone_measure.desk import ROOT, RunningDesk
from bench.phone_measure.invite import MODEL
from bench.phone_measure.report import PRODUCT, Bar, Report, spread
from bench.phone_measure.sounds import spoken_wav
from bench.window_measure.start import BARE, BARE_PROGRAM, DESK
from tests.peers.baresip import Baresip

KEY, LINE, RESIZE, LOOK = Bar(50.0), Bar(16.0), Bar(60.0), Bar(100.0)
FLAT = Bar(3.0)
CALLS, WARM_S = 320, 8.0
LISTENING = f'language = "ko"\nspeech_model = "{MODEL}"\nwrapup_seconds = 600\n'
SCENES = ("talking", "wrap_up", "report")
Times = Mapping[str, Sequence[float]]


@contextlib.contextmanager
def talking_desk(home: Path) -> Iterator[tuple[RunningDesk, Baresip]]:
    """A desk in a call with a citizen who talks all the time."""
    with RunningDesk(home / "desk", True, LISTENING, program=DESK) as desk:
        uri = str(desk.wait("ready")["uri"])
        with Baresip(home / "citizen", source=f"aufile,{spoken_wav(home / 'speech.wav')}") as citizen:
            citizen.command("dial", uri)
            citizen.wait_type("CALL_ESTABLISHED", 30)
            yield desk, citizen


def bare(number: int, lines: int) -> Times:
    """The same acts in a window with nothing but Qt's own widgets."""
    command = [sys.executable, "-m", BARE_PROGRAM, str(number), str(lines)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    found: Times = json.loads(done.stdout.splitlines()[-1])["found"]
    return found


def like(place: str) -> str:
    """What of the bare window a place is held against."""
    if "up and down" in place:
        return "list"
    if any(word in place for word in ("opened", "closed", "page", "digit")):
        return "page"
    return "text" if "notes" in place else "field"


def measure_keys(report: Report, home: Path, number: int) -> None:
    """Every place where keys go, in the call, in its write-up, in its report."""
    beside = bare(number, CALLS)
    with talking_desk(home) as (desk, citizen):
        desk.ask(f"fill {CALLS}", 300)
        time.sleep(WARM_S)
        for scene in SCENES:
            line = desk.ask(f"keys {scene} {number}", 600)
            for place, times in line["found"].items():
                systems = {PRODUCT: times, BARE: beside[like(place)]}
                report.times("keys", place, systems, KEY, cpu=spread(line["cpu"][place]))
            if scene == "talking":
                citizen.command("hangup")


def measure_lines(report: Report, home: Path, number: int, total: int) -> None:
    """A transcript of so many lines."""
    with talking_desk(home) as (desk, _citizen):
        time.sleep(WARM_S)
        pid = desk.process.pid
        empty = anonymous(pid)
        found = desk.ask(f"lines {total} {number}", 600)["found"]
        full = anonymous(pid)
        again = desk.ask(f"lines {total} {number}", 600)["found"]
        after = anonymous(pid)
        beside = bare(number, total)
    for name, place, bar in (
        ("a new line", "line", LINE),
        ("a resize, every line in its new width", "resize", RESIZE),
    ):
        times = {
            PRODUCT: [*found[place], *again[place]],
            BARE + ", QListView": beside[f"{place} in a list" if place == "line" else f"{place} of a list"],
            BARE + ", QPlainTextEdit": beside[
                f"{place} in a text" if place == "line" else f"{place} of a text"
            ],
        }
        more = {"cpu": spread(found["line_cpu"])} if place == "line" else {}
        report.times("transcript", f"{name}, {total} lines", times, bar, **more)
    for place in ("running", "scroll"):
        report.times(
            "transcript", f"{place}, {total} lines", {PRODUCT: found[place], BARE: beside["list"]}, None
        )
    growth = {PRODUCT: 100 * (after / full - 1)}
    report.amount(
        "transcript", f"growth with {number} lines, resizes and scrolls more", "%", growth, FLAT,
        megabytes=[round(one, 1) for one in (empty, full, after)],
        bytes_a_line=round((full - empty) * 1e6 / total),
    )  # fmt: skip


def measure_looks(report: Report, home: Path, number: int) -> None:
    """Theme, text size, language."""
    with talking_desk(home) as (desk, _citizen):
        time.sleep(WARM_S)
        line = desk.ask(f"looks {number}", 300)
        beside = bare(number, 500)["theme"]
    for name, times in line["found"].items():
        report.times(
            "look",
            name,
            {PRODUCT: times, BARE + ", style sheet": beside},
            LOOK,
            cpu=spread(line["cpu"][name]),
        )
