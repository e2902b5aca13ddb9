"""A child that answers once and ends, and with it the memory of all that its work had to load."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence


class NoAnswerError(Exception):
    """The child could not be started, failed or took too long; the text says which, without the question."""


def answer_of(argv: Sequence[str], patience_s: float, question: bytes = b"") -> bytes:
    """What a child writes on standard output after it read `question`. Blocks. Raises NoAnswerError."""
    done = run_once(argv, patience_s, question)
    if done.returncode:
        raise NoAnswerError(f"exit {done.returncode}")
    return done.stdout


def run_once(
    argv: Sequence[str], patience_s: float, question: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """The same for a child that may also answer where it fails. Raises NoAnswerError where it did not end by itself."""
    try:
        return subprocess.run(
            argv,
            input=question,
            stdout=subprocess.PIPE,
            timeout=patience_s,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    # A zero byte in an argument is a ValueError.
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise NoAnswerError(type(error).__name__) from error
