"""A child process that speaks JSON lines: events come in on its standard output, commands go to its standard input."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import Any

LONGEST_LINE = 1 << 20
PATIENCE_S = 3.0
_log = logging.getLogger(__name__)


class JsonChild:
    """One child, started once. `on_event` and `on_exit` are called on the loop; the exit comes last, once."""

    def __init__(
        self,
        argv: Sequence[str],
        on_event: Callable[[dict[str, Any]], None],
        on_exit: Callable[[int], None],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._argv, self._on_event, self._on_exit = list(argv), on_event, on_exit
        self._environment = {**os.environ, **(environment or {})}
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """The process id; 0 before the start."""
        return self._process.pid if self._process is not None else 0

    async def start(self) -> None:
        """Start the process. Raises OSError."""
        self._process = await asyncio.create_subprocess_exec(
            *self._argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self._environment,
            limit=LONGEST_LINE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._reader = asyncio.get_running_loop().create_task(self._read(self._process))

    def send(self, message: Mapping[str, object]) -> None:
        """Write one line; nothing where the child is gone."""
        process = self._process
        if process is not None and process.stdin is not None and not process.stdin.is_closing():
            line = json.dumps(message, ensure_ascii=False)
            process.stdin.write(line.encode(errors="replace") + b"\n")

    async def stop(self) -> None:
        """Close its standard input, which asks it to end; kill it if it has not after three seconds."""
        process, reader = self._process, self._reader
        if process is None or reader is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await asyncio.shield(reader)
        except TimeoutError:
            _log.warning("%s did not end and is killed", self._argv[-1])
            process.kill()
            await reader

    def kill(self) -> None:
        """End it now."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while True:
            try:
                line = await process.stdout.readline()
            except ValueError:
                _log.error("%s wrote a line that is too long", self._argv[-1])
                process.kill()
                break
            if not line:
                break
            self._take(line)
        code = await process.wait()
        self._on_exit(code)

    def _take(self, line: bytes) -> None:
        try:
            event = json.loads(line)
        except ValueError:
            _log.warning("a child wrote a line that is not JSON")
            return
        if not isinstance(event, dict):
            _log.warning("a child wrote JSON that is not an object")
            return
        try:
            self._on_event(event)
        except Exception:
            _log.exception("an event of a child could not be handled")
