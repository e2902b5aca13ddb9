"""A child process that speaks JSON lines: events come in on its standard output, commands go to its standard input."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from desktop.adapters.system.json_line import json_line

LONGEST_LINE = 1 << 20
PATIENCE_S = 3.0
_log = logging.getLogger(__name__)


class _Running(Protocol):
    """What is used of a process, whoever started it."""

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    def kill(self) -> None: ...

    async def wait(self) -> int: ...


class _Input(Protocol):
    """What is used of the way to its standard input."""

    def write(self, data: bytes) -> None: ...

    def is_closing(self) -> bool: ...

    def close(self) -> None: ...


class _Adopted:
    """A process that was started before there was a loop."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.pid = process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.returncode

    def kill(self) -> None:
        self._process.kill()

    async def wait(self) -> int:
        return await asyncio.to_thread(self._process.wait)


class JsonChild:
    """One child, started once. `on_event` and `on_exit` are called on the loop; the exit comes last, once."""

    def __init__(
        self,
        argv: Sequence[str],
        on_event: Callable[[dict[str, Any]], None],
        on_exit: Callable[[int], None],
        environment: Mapping[str, str] | None = None,
        ahead: subprocess.Popen[bytes] | None = None,
    ) -> None:
        """`ahead`: this very child where it is running already; both its streams are pipes (not on Windows)."""
        self._argv, self._on_event, self._on_exit = list(argv), on_event, on_exit
        self._environment = {**os.environ, **(environment or {})}
        self._ahead = ahead
        self._process: _Running | None = None
        self._input: _Input | None = None
        self._reader: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        """The process id; 0 before the start."""
        return self._process.pid if self._process is not None else 0

    async def start(self) -> None:
        """Start the process. Raises OSError."""
        if self._ahead is not None:
            output = await self._adopt(self._ahead)
        else:
            output = await self._start()
        self._reader = asyncio.get_running_loop().create_task(self._read(output))

    async def _start(self) -> asyncio.StreamReader:
        process = await asyncio.create_subprocess_exec(
            *self._argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self._environment,
            limit=LONGEST_LINE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._input = process, process.stdin
        return process.stdout

    async def _adopt(self, process: subprocess.Popen[bytes]) -> asyncio.StreamReader:
        loop, output = asyncio.get_running_loop(), asyncio.StreamReader(LONGEST_LINE)
        assert process.stdin is not None
        assert process.stdout is not None
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(output), process.stdout)
        self._input, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, process.stdin)
        self._process = _Adopted(process)
        return output

    def send(self, message: Mapping[str, object]) -> None:
        """Write one line; nothing where the child is gone."""
        if self._input is not None and not self._input.is_closing():
            self._input.write(json_line(message))

    async def stop(self) -> None:
        """Close its standard input, which asks it to end; kill it if it has not after three seconds."""
        process, reader = self._process, self._reader
        if process is None or reader is None:
            return
        if self._input is not None:
            self._input.close()
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

    async def _read(self, output: asyncio.StreamReader) -> None:
        assert self._process is not None
        while True:
            try:
                line = await output.readline()
            except ValueError:
                _log.error("%s wrote a line that is too long", self._argv[-1])
                self.kill()
                break
            if not line:
                break
            self._take(line)
        code = await self._process.wait()
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
