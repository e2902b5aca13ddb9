"""Where the checkout and its environment are, and how a step of the work is told to the person who waits."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BINARIES = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BINARIES / ("python.exe" if os.name == "nt" else "python")
CONSTRAINTS = ROOT / "constraints.txt"
PROJECT = ROOT / "pyproject.toml"


class Failure(Exception):
    """A step cannot be done; the message says what failed and what to do."""


def tell(sentence: str) -> None:
    """Say where the work stands, on standard error: standard output belongs to what is run."""
    print(f"dev.py: {sentence}", file=sys.stderr, flush=True)


def stop(sentence: str) -> NoReturn:
    """End with a sentence."""
    raise Failure(sentence)


def tool(name: str) -> Path:
    """A program of the environment."""
    return BINARIES / (f"{name}.exe" if os.name == "nt" else name)


def works(command: list[str], timeout: float = 60.0) -> bool:
    """Whether `command` runs and succeeds; what it prints is dropped."""
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=timeout)
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
