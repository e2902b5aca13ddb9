"""A child that answers once and ends, and with it the memory of all that its work had to load."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence


class NoAnswerError(Exception):
    """The child could not be started, failed or took too long; the text says which, without the question."""


def answer_of(argv: Sequence[str], patience_s: float, question: bytes = b"") -> bytes:
    """What a child writes on standard output after it read `question`. Blocks. Raises NoAnswerError."""
    try:
        done = subprocess.run(
            argv,
            input=question,
            stdout=subprocess.PIPE,
            timeout=patience_s,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (
        OSError,
        ValueError,
        subprocess.TimeoutExpired,
    ) as error:  # a zero byte in an argument is a ValueError
        raise NoAnswerError(type(error).__name__) from error
    if done.returncode:
        raise NoAnswerError(f"exit {done.returncode}")
    return done.stdout
