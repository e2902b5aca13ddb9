"""Our own phone as a child process, driven by its command line's contract."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
Event = dict[str, Any]


class HeadlessPhone:
    """`dasan-desk phone --headless --json`; every event is kept in `events`."""

    def __init__(
        self,
        data: Path,
        *options: str,
        environment: dict[str, str] | None = None,
        program: Sequence[str] = ("-m", "desktop"),
    ) -> None:
        argv = [
            sys.executable,
            *program,
            "phone",
            "--headless",
            "--json",
            "--data",
            str(data),
            *options,
        ]
        self.process = subprocess.Popen(
            argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
        )
        self.events: list[Event] = []
        self.errors: list[str] = []
        self._queue: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._threads = [
            Thread(target=self._read, daemon=True),
            Thread(target=self._read_errors, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> HeadlessPhone:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._queue.put(json.loads(line))
        self._queue.put(None)

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.errors.extend(self.process.stderr)

    def say(self, *words: str) -> None:
        """Write one command."""
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()

    def wait(self, what: Callable[[Event], bool], timeout: float = 10.0) -> Event:
        """The next event that fits; earlier ones that were already waited over do not count."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                event = self._queue.get(timeout=max(0.001, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(
                    f"not seen in {timeout} s; seen: {self.brief()}; {self.errors[-5:]}"
                ) from None
            if event is None:
                raise AssertionError(f"the phone has ended; seen: {self.brief()}; {self.errors[-5:]}")
            self.events.append(event)
            if what(event):
                return event

    def brief(self) -> list[str]:
        """The events so far but levels, short."""
        skip = ("v", "time", "mono")
        return [
            str({k: v for k, v in event.items() if k not in skip and v is not None})
            for event in self.events
            if event["event"] != "audio"
        ]

    def ready(self) -> Event:
        """Wait until calls can come."""
        return self.wait(lambda event: event["event"] == "ready")

    def call_state(self, state: str, timeout: float = 10.0) -> Event:
        """Wait for a call to reach a state."""
        return self.wait(lambda event: event["event"] == "call" and event["state"] == state, timeout)

    def hear(self, seconds: float) -> float:
        """Let a call run on for `seconds`, by the clock of its own level events; returns when that began."""
        began = time.monotonic()
        self.wait(lambda event: event["event"] == "audio" and event["mono"] > began + seconds, seconds + 10)
        return began

    def idle(self, seconds: float) -> None:
        """Take events for `seconds`."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                event = self._queue.get(timeout=left)
            except queue.Empty:
                return
            assert event is not None, "the phone has ended"
            self.events.append(event)

    def media(self, **values: object) -> Event:
        """Wait for a `media` event with these values."""
        return self.wait(
            lambda event: event["event"] == "media" and all(event[k] == v for k, v in values.items())
        )

    def close(self) -> int:
        """End of input; returns the exit code."""
        if self.process.stdin is not None and not self.process.stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
        try:
            code = self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        for thread in self._threads:
            thread.join(2)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        return code
