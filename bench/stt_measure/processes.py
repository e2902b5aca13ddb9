"""Processes of the measurements: children with a chosen processor, busy neighbours, the product's speech process."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil

from desktop.adapters.stt.environment import speech_environment

ROOT = Path(__file__).resolve().parents[2]
# The libraries' own switches: a server's processor stands in for one of an office without AVX-512.
AVX2 = {
    "ATEN_CPU_CAPABILITY": "avx2",
    **dict.fromkeys(("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA", "MKL_ENABLE_INSTRUCTIONS"), "AVX2"),
    **dict.fromkeys(("FBGEMM_ENABLE_INSTRUCTIONS", "CT2_FORCE_CPU_ISA"), "AVX2"),
}
LONGEST_S = 600.0
MEGABYTE = 2**20


def environment(isa: str, **more: str) -> dict[str, str]:
    """The product's environment of decoding, on this processor or on one with AVX2 alone."""
    return {**os.environ, **speech_environment(), **(AVX2 if isa == "avx2" else {}), **more}


def start(task: str, options: Mapping[str, Any], env: Mapping[str, str]) -> subprocess.Popen[str]:
    """Begin a task of `child.py`."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.stt_measure.child", task, json.dumps(options)]
    return subprocess.Popen(command, cwd=ROOT, env=dict(env), stdout=subprocess.PIPE, text=True)


def finish(child: subprocess.Popen[str]) -> dict[str, Any]:
    """The last object that a task printed. Raises RuntimeError where it failed."""
    out, _ = child.communicate(timeout=LONGEST_S)
    lines = out.splitlines()
    if child.returncode or not lines:
        raise RuntimeError(f"a measurement failed with {child.returncode}")
    found: dict[str, Any] = json.loads(lines[-1])
    return found


def run(task: str, options: Mapping[str, Any], env: Mapping[str, str]) -> dict[str, Any]:
    """A task of `child.py` from beginning to end."""
    return finish(start(task, options, env))


@contextlib.contextmanager
def busy_neighbour() -> Iterator[None]:
    """Another program that keeps one core busy, and no other one for a moment."""
    child = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        with contextlib.suppress(AttributeError):  # macOS has no such thing
            psutil.Process(child.pid).cpu_affinity([0])
        yield
    finally:
        child.kill()
        child.wait()


def megabytes(pid: int) -> float:
    """PSS of a process and all its children."""
    one = psutil.Process(pid)
    total = 0
    for each in [one, *one.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            total += each.memory_full_info().pss
    return round(total / MEGABYTE, 1)


def most_megabytes(child: subprocess.Popen[Any]) -> float:
    """The most that a process held until it ended, by looking ten times a second."""
    most = 0.0
    while child.poll() is None:
        with contextlib.suppress(psutil.Error):
            most = max(most, megabytes(child.pid))
        time.sleep(0.1)
    return most


class SpeechProcess:
    """The product's speech process, alone, with a model on one engine."""

    def __init__(self, folder: Path, model: Path, engine: str, env: Mapping[str, str]) -> None:
        self._started = time.perf_counter()
        command = [sys.executable, "-m", "desktop", "_process", "speech", "--data", str(folder / "data")]
        command += ["--config", str(folder / "config")]
        self.child = subprocess.Popen(
            command, cwd=ROOT, env=dict(env), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.child.stdin is not None
        order = {"command": "load", "model": str(model), "language": "ko", "engine": engine}
        self.child.stdin.write(json.dumps(order) + "\n")
        self.child.stdin.flush()

    def ready(self) -> float:
        """Seconds from its start to `ready`. Raises RuntimeError where it does not come to that."""
        assert self.child.stdout is not None
        guard = threading.Timer(LONGEST_S, self.child.kill)
        guard.start()
        try:
            for line in self.child.stdout:
                state = json.loads(line).get("state")
                if state in ("ready", "failed"):
                    break
            else:
                raise RuntimeError("the speech process ended before it was ready")
        finally:
            guard.cancel()
        if state != "ready":
            raise RuntimeError("the speech process failed")
        return time.perf_counter() - self._started

    def close(self) -> None:
        """End it: the end of its input is the order to leave."""
        assert self.child.stdin is not None
        assert self.child.stdout is not None
        self.child.stdin.close()
        self.child.stdout.read()
        self.child.stdout.close()
        self.child.wait()
