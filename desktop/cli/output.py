"""What a command prints: JSON lines on standard output, sentences for people on standard error."""

import json
import os
import re
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime

DONE = 0
FAILED = 1
WRONG_USAGE = 2
EVENT_VERSION = 1
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Control characters and those that turn the direction of writing: names in messages come from strangers."""


class CommandError(Exception):
    """A command cannot go on; the message is one sentence that says what to do."""

    def __init__(self, message: str, exit_code: int = FAILED) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class UsageError(CommandError):
    """The command was given something that it cannot mean (exit 2)."""

    def __init__(self, message: str) -> None:
        super().__init__(message, WRONG_USAGE)


def utc_now() -> str:
    """The time as events carry it: UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def emit(event: Mapping[str, object]) -> None:
    """Write one JSON line to standard output, at once. A reader that has gone ends the program quietly."""
    try:
        sys.stdout.write(json.dumps(event, ensure_ascii=False, allow_nan=False, default=str) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        forget_output()
        raise SystemExit(DONE) from None
    except OSError as error:
        raise CommandError(f"standard output cannot be written: {error.strerror}.") from error


def emit_event(name: str, /, **fields: object) -> None:
    """Write one event: the version, its name, both clocks, then `fields`."""
    emit({"v": EVENT_VERSION, "event": name, "time": utc_now(), "mono": round(time.monotonic(), 6), **fields})


def say(sentence: str) -> None:
    """Write one sentence for people to standard error: one line, and nothing that moves a terminal's cursor."""
    print(UNSEEN.sub(" ", sentence), file=sys.stderr, flush=True)


def forget_output() -> None:
    """Write nothing more: what is still buffered would raise again when the interpreter closes standard output."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
