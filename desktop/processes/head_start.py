"""The engine's head start: it loads beside the phone, and waits for its configuration when the phone has loaded too.

Only what takes no time to import: this runs before anything else of the phone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.adapters.phone.engine_environment import ENVIRONMENT
from desktop.processes.spawn import command

_waiting: list[subprocess.Popen[bytes]] = []


@contextmanager
def engine_ahead(wanted: bool) -> Iterator[None]:
    """Start an engine where it is `wanted`; one that nobody takes within the block ends with it."""
    if wanted:
        _start()
    try:
        yield
    finally:
        unused = take()
        if unused is not None:
            _end(unused)


def take() -> subprocess.Popen[bytes] | None:
    """The engine that was started ahead, once; None where there is none."""
    return _waiting.pop() if _waiting else None


def _start() -> None:
    if sys.platform == "win32":
        return  # a loop there reads only pipes that it made itself
    try:
        engine = subprocess.Popen(
            command("engine"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ENVIRONMENT},
        )
    except OSError:
        return  # the phone tries again when it needs one, and says why it cannot
    _waiting.append(engine)


def _end(engine: subprocess.Popen[bytes]) -> None:
    """At once: it has nothing to lose."""
    engine.kill()
    engine.communicate()
