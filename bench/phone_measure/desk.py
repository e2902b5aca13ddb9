"""The desk with its window as a process of its own, and what keeps both cores busy beside it."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "bench.phone_measure.desk_program"
QUIET = 'language = "ko"\nspeech_enabled = false\nwrapup_seconds = 0\n'
BUSY = "import os\nbench = os.getppid()\nwhile os.getppid() == bench: pass"
Line = dict[str, Any]


class RunningDesk:
    """The real desk, offscreen where there is no display; ended in order with the `with`."""

    def __init__(
        self,
        home: Path,
        by_itself: bool = False,
        settings: str = QUIET,
        environment: dict[str, str] | None = None,
        program: str = PROGRAM,
    ) -> None:
        config = home / "config"
        config.mkdir(parents=True, mode=0o700)
        (config / "settings.toml").write_text(settings, encoding="utf-8")
        audio = "devices" if environment else "null"
        argv = [sys.executable, "-m", program, audio, str(int(by_itself))]
        platform = {} if "DISPLAY" in os.environ else {"QT_QPA_PLATFORM": "offscreen"}
        keyring = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        self.started = time.monotonic_ns()
        self.process = subprocess.Popen(
            [*argv, "--data", str(home / "data"), "--config", str(config)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            text=True,
            start_new_session=True,  # the phones of the bench raise the priority of its own session
            env={**os.environ, **platform, **keyring, **(environment or {})},
        )
        self._lines: queue.SimpleQueue[Line | None] = queue.SimpleQueue()
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def __enter__(self) -> RunningDesk:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            for one in self.processes:
                one.kill()
            self.process.wait()
        self._thread.join(5)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with contextlib.suppress(ValueError):
                self._lines.put(json.loads(line))
        self._lines.put(None)

    def wait(self, event: str, seconds: float = 60.0) -> Line:
        """The next line with this event. Raises TimeoutError where none comes."""
        return self.wait_each((event,), seconds)[event]

    def wait_each(self, events: Iterable[str], seconds: float = 60.0) -> dict[str, Line]:
        """The next line with each of these events, in any order. Raises TimeoutError where one does not come."""
        end, missing, found = time.monotonic() + seconds, set(events), dict[str, Line]()
        while missing:
            named = ", ".join(sorted(missing))
            try:
                line = self._lines.get(timeout=max(0.001, end - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"the desk said no {named} within {seconds:.0f} s") from None
            if line is None:
                raise TimeoutError(f"the desk has ended before it said {named}")
            if line.get("event") in missing:
                missing.remove(line["event"])
                found[line["event"]] = line
        return found

    def say(self, command: str) -> None:
        """A line for the program."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()

    def ask(self, command: str, seconds: float = 60.0) -> Line:
        """Say a line; the desk answers with an event of its first word. Raises RuntimeError where it failed."""
        self.say(command)
        found = self.wait(command.partition(" ")[0], seconds)
        if "error" in found:
            raise RuntimeError(f"{command}: {found['error']}")
        return found

    def counts(self) -> Line:
        """What the desk's process holds."""
        return self.ask("counts")

    @property
    def processes(self) -> list[psutil.Process]:
        """Desk, phone, engine and speech, by what they are."""
        own = psutil.Process(self.process.pid)
        return [own, *own.children(recursive=True)]


@contextlib.contextmanager
def busy() -> Iterator[None]:
    """As many programs that do nothing but work as there are cores; they end too where the bench is killed."""
    work = [sys.executable, "-c", BUSY]
    programs = [subprocess.Popen(work, start_new_session=True) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for one in programs:
            one.kill()
            one.wait()
