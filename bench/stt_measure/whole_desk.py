"""What the desk with its window, the telephone and the engine hold in a call, and the process of voice activity."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import psutil

from bench.phone_measure.desk import RunningDesk
from bench.phone_measure.report import Bar, Report
from tests.peers.headless import HeadlessPhone

SETTINGS = 'language = "ko"\nspeech_enabled = {speech}\nwrapup_seconds = 0\n'
TOGETHER, VOICES = Bar(250.0), Bar(100.0)
CALL_S = 8.0
MEGABYTE = 2**20


def _held(desk: RunningDesk) -> dict[str, float]:
    """MB of PSS by process."""
    found: dict[str, float] = {}
    for one in desk.processes:
        words = one.cmdline()
        name = words[words.index("_process") + 1] if "_process" in words else "desk"
        found[name] = found.get(name, 0.0) + one.memory_full_info().pss / MEGABYTE
    return {name: round(value, 1) for name, value in found.items()}


def _in_a_call(home: Path, speech: str) -> dict[str, float]:
    options = ("--audio", "null")
    with RunningDesk(home, by_itself=True, settings=SETTINGS.format(speech=speech)) as desk:
        uri = str(desk.wait("ready")["uri"])
        with HeadlessPhone(home / "citizen", *options) as citizen:
            citizen.ready()
            citizen.say("dial", uri)
            citizen.call_state("CONFIRMED", 30.0)
            time.sleep(CALL_S)
            return _held(desk)


def measure_desk(report: Report, args: argparse.Namespace) -> None:
    """PSS in a call of some seconds with the window open and no model; the transcript switched off and on."""
    for speech in ("false", "true"):
        with tempfile.TemporaryDirectory(prefix="bench-stt-") as home:
            try:
                held = _in_a_call(Path(home), speech)
            except psutil.Error as error:
                raise RuntimeError(f"a part of the desk has ended: {error}") from error
        voices = held.pop("speech", 0.0)
        together = round(sum(held.values()), 1)
        report.line(
            "desk",
            f"PSS of desk, telephone and engine in a call, transcript {'on' if speech == 'true' else 'off'}",
            unit="MB",
            product=together,
            each=held,
            **TOGETHER.words(together),
        )
        if voices:
            report.line("desk", "PSS of voice activity", unit="MB", product=voices, **VOICES.words(voices))
