"""Call audio through miniaudio and PulseAudio while two other programs take all the processor they can get."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil
import pytest

from tests.conftest import Measured
from tests.long.sound_path import Verdict, judge, known_noise
from tests.peers.sound_server import EAR, SoundServer

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 120
MOST_SLICES = 4
MOST_LOST_RAISED, MOST_LOST = 1.0, 2.0
"""Lost blocks in a hundred, with raised priority and without."""


@contextmanager
def busy(programs: int) -> Iterator[None]:
    """So many other programs at 100 %."""
    idle = [sys.executable, "-c", "while True: sum(range(10000))"]
    running = [subprocess.Popen(idle) for _ in range(programs)]
    try:
        yield
    finally:
        for program in running:
            program.kill()
            program.wait()


def measure(folder: Path, load: int, seconds: int = SECONDS) -> tuple[Verdict, bool, int]:
    """The verdict, whether the priority was raised, and the milliseconds that the device itself counted as lost."""
    out = folder / f"heard-{load}.raw"
    with SoundServer(hears=EAR) as server, busy(load):
        done = subprocess.run(
            [sys.executable, "-m", "tests.long.sound_path", str(seconds), str(out)],
            cwd=ROOT,
            env={**os.environ, **server.environment},
            capture_output=True,
            text=True,
            timeout=seconds + 60,
            check=True,
        )
    told = json.loads(done.stdout)
    heard = np.frombuffer(out.read_bytes(), np.int16)
    return judge(known_noise(seconds), heard, told["stolen_ms"]), told["raised"], told["lost_ms"]


def told(verdict: Verdict, lost_ms: int, limit: float) -> str:
    """One figure in words, with what else ran meanwhile."""
    return (
        f"load {psutil.getloadavg()[0]:.1f}, lost {verdict.lost} of {verdict.blocks} blocks of 100 ms, of which in "
        f"calm seconds {verdict.calm_lost} of {verdict.calm} (limit {limit:.0f} in 100), delay of both directions "
        f"median {verdict.median_ms} ms, p95 {verdict.p95_ms} ms, device counted {lost_ms} ms"
    )


@pytest.mark.long
@pytest.mark.timeout((MOST_SLICES + 1) * (SECONDS + 60))
def test_call_audio_is_whole_while_the_machine_is_busy(tmp_path: Path, measured: Measured) -> None:
    # What an idle machine loses is kept too, but a virtual processor that has gone to sleep wakes late, which is no
    # fault of the path; nor is what is lost while the host of a virtual machine lends its processor to others.
    figures: dict[str, object] = {"seconds each": SECONDS}
    verdict, raised, lost_ms = measure(tmp_path, 0)
    limit = MOST_LOST_RAISED if raised else MOST_LOST
    figures["no busy program"] = told(verdict, lost_ms, limit)
    calm = lost = 0
    for number in range(1, MOST_SLICES + 1):
        verdict, raised, lost_ms = measure(tmp_path, 2)
        figures[f"2 busy programs, slice {number}"] = told(verdict, lost_ms, limit)
        calm, lost = calm + verdict.calm, lost + verdict.calm_lost
        if calm >= verdict.blocks:
            break
    figures["together in calm seconds"] = (
        f"lost {lost} of {calm}, priority {'raised' if raised else 'normal'}"
    )
    measured("audio", figures)
    assert calm >= verdict.blocks, ("the host took too much of the processor to judge", figures)
    assert 100 * lost / calm <= limit, figures
