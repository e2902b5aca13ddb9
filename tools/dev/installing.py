"""Running pip: its output goes to a log, its milestones to the screen, and its failures into a sentence."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from tools.dev.place import PYTHON, VENV, stop, tell

HEARTBEAT_SECONDS = 20.0
MILESTONES = ("Downloading ", "Building wheel", "Installing collected", "Successfully installed")
REASONS = (
    (("No space left", "Errno 28"), "the disk is full: free at least 4 GB, then try again"),
    (
        ("CERTIFICATE_VERIFY_FAILED", "SSLError"),
        "the connection's certificate was not accepted: behind an inspecting proxy, set PIP_CERT to its certificate",
    ),
    (
        (
            "NewConnectionError",
            "Temporary failure in name resolution",
            "Read timed out",
            "ConnectTimeout",
            "ProxyError",
        ),
        "the package index cannot be reached: check the network (and HTTPS_PROXY), then try again",
    ),
    (
        ("Permission denied",),
        "a file cannot be written: remove .venv, or give it to this user, then try again",
    ),
    (
        ("No matching distribution", "Could not find a version"),
        "the package index does not offer what is needed for this system and this Python",
    ),
)


def pip(step: str, arguments: list[str], may_fail: bool = False) -> bool:
    """Run `pip install` with `arguments`; True where it succeeded. Raises Failure unless it may fail."""
    log = VENV / "dev.log"
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar", "off", *arguments]
    started = time.monotonic()
    tell(step)
    with log.open("ab") as record:
        record.write(f"\n--- {step}\n".encode())
        record.flush()
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=_environment()
        ) as process:
            lines = _follow(process, record.fileno(), started)
    if process.returncode == 0:
        return True
    if may_fail:
        return False
    tail = "\n".join("  " + line for line in lines[-6:])
    why = reason("\n".join(lines))
    return stop(f"that failed: {why}.\n{tail}\n  The whole log: {_relative(log)}")


def reason(output: str) -> str:
    """Why pip failed and what to do, from what it printed."""
    return next(
        (said for signs, said in REASONS if any(sign in output for sign in signs)), "pip could not install it"
    )


def _environment() -> dict[str, str]:
    # A PYTHONPATH of the caller would shadow what is installed.
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


def _follow(process: "subprocess.Popen[bytes]", record: int, started: float) -> list[str]:
    ended = threading.Event()
    beat = threading.Thread(target=_heartbeat, args=(ended, started), daemon=True)
    beat.start()
    lines: list[str] = []
    assert process.stdout is not None
    for raw in process.stdout:
        os.write(record, raw)
        line = raw.decode("utf-8", "replace").rstrip()
        lines.append(line)
        if line.strip().startswith(MILESTONES) and sys.stderr.isatty():
            tell(f"  {line.strip()[:100]}")
    ended.set()
    beat.join()
    return lines


def _heartbeat(ended: threading.Event, started: float) -> None:
    while not ended.wait(HEARTBEAT_SECONDS):
        tell(f"  ... {time.monotonic() - started:.0f} s")


def _relative(path: Path) -> str:
    return str(path.relative_to(VENV.parent))
