"""The desk's end of the phone: attaches to a living phone of the data folder, else starts one, and never lets go.

    client = await PhoneClient.start(data, argv)      # argv from spawn.command("phone", ...)
    stop = client.listen(receive)                     # every event, on the loop; or: async for event in client.events()
    await client.command("dial", "sip:120@pbx")       # {"id": ...}; PhoneError with the reason
    await client.close(goodbye=True)                  # True: the phone ends its calls and itself; False: it lives on

Where the phone is lost, an event `gone` {reason} comes; once it is back, or its successor is up, a `snapshot`.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
import os
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from desktop.adapters.phone.call_table import Event
from desktop.adapters.phone.phone_file import PhoneFile, read_phone_file
from desktop.adapters.system.json_line import json_line
from desktop.adapters.tap.address import connect
from desktop.domain.errors import PhoneError

log = logging.getLogger(__name__)

START_S, POLL_S = 20.0, 0.02
COMMAND_S, GOODBYE_S = 12.0, 5.0
PAUSES_S = (0.0, 0.2, 0.5, 1.0, 2.0, 5.0)
LONGEST_LINE = 1 << 20
MOST_EVENTS = 10_000
STDERR_FILE = "phone.stderr"
Environment = Callable[[], Awaitable[Mapping[str, str]]]


async def nothing_more() -> Mapping[str, str]:
    """What a phone finds in its environment beside ours: nothing."""
    return {}


class PhoneClient:
    """Use `start`. `snapshot` is from the last attachment; `tap` and `token` serve the speech process."""

    def __init__(
        self,
        data: Path,
        argv: Sequence[str],
        environment: Environment = nothing_more,
        desk: bool = False,
    ) -> None:
        self._data, self._argv, self._desk = data, list(argv), desk
        self._environment = environment
        self._receivers: list[Callable[[Event], None]] = []
        self._waiting: dict[int, asyncio.Future[Event]] = {}
        self._numbers = itertools.count(1)
        self._writer: asyncio.StreamWriter | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._task: asyncio.Task[None] | None = None
        self._closing = False
        self.snapshot: Event = {}
        self.tap = self.token = ""
        self.pid = 0
        self.attached = False

    @classmethod
    async def start(
        cls,
        data: Path,
        argv: Sequence[str],
        environment: Environment = nothing_more,
        desk: bool = False,
    ) -> PhoneClient:
        """Attach (`attached` is True then) or start a phone. Raises PhoneError with a sentence.

        `environment` is asked when a phone is started, and added to its own; a password goes there and nowhere else.
        `desk`: the phone is to start the desk again where this client vanishes.
        """
        client = cls(data, argv, environment, desk)
        reader = await client._attach()
        client.attached = reader is not None
        if reader is None:
            reader = await client._launch()
        client._task = asyncio.get_running_loop().create_task(client._run(reader))
        return client

    def listen(self, receiver: Callable[[Event], None]) -> Callable[[], None]:
        """Call `receiver` with every event from now on; returns what ends that."""
        self._receivers.append(receiver)
        return lambda: self._receivers.remove(receiver) if receiver in self._receivers else None

    async def events(self) -> AsyncIterator[Event]:
        """Every event from now on, the present snapshot first."""
        queue: asyncio.Queue[Event] = asyncio.Queue(MOST_EVENTS)

        def receive(event: Event) -> None:
            with contextlib.suppress(asyncio.QueueFull):
                queue.put_nowait(event)

        receive(self.snapshot)
        stop = self.listen(receive)
        try:
            while True:
                yield await queue.get()
        finally:
            stop()

    async def command(self, verb: str, *arguments: str) -> Event:
        """Do one verb; `dial` returns {"id": ...}. Raises PhoneError with the reason."""
        if self._writer is None:
            raise PhoneError("the phone is being started again")
        seq = next(self._numbers)
        future: asyncio.Future[Event] = asyncio.get_running_loop().create_future()
        self._waiting[seq] = future
        try:
            self._write({"command": verb, "arguments": list(arguments), "seq": seq})
            async with asyncio.timeout(COMMAND_S):
                return await future
        except TimeoutError:
            raise PhoneError("the phone does not answer") from None
        finally:
            del self._waiting[seq]

    async def close(self, goodbye: bool) -> None:
        """Leave the phone. With `goodbye` it ends its calls and itself, which is waited for."""
        self._closing = True
        if goodbye and self._writer is not None:
            self._write({"command": "goodbye", "arguments": [], "seq": 0})
            if self._task is not None:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(GOODBYE_S):
                        await asyncio.shield(self._task)
        if self._writer is not None:
            self._writer.close()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._child is not None:
            await asyncio.to_thread(self._reap, goodbye)

    def _reap(self, ended: bool) -> None:
        if self._child is None:
            return
        if not ended and self._child.poll() is None:
            self._child.returncode = 0  # it lives on, and that is no neglect to warn of
            return
        try:
            self._child.wait(GOODBYE_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    # ---- the connection

    def _write(self, message: Event) -> None:
        if self._writer is not None:
            self._writer.write(json_line(message))

    async def _attach(self, pid: int | None = None) -> asyncio.StreamReader | None:
        """A connection to the phone that the data folder names (with `pid`: only to that one), or None."""
        found = read_phone_file(self._data)
        if found is None or (pid is not None and found.pid != pid):
            return None
        try:
            reader, writer = await connect(found.address, LONGEST_LINE)
        except OSError:
            return None
        try:
            hello = {"command": "hello", "token": found.token, **({"desk": True} if self._desk else {})}
            writer.write(json_line(hello))
            async with asyncio.timeout(COMMAND_S):
                hello = json.loads(await reader.readline())
                if not hello.get("token_ok"):
                    raise ValueError("the phone does not know this token")
                snapshot = json.loads(await reader.readline())
        except (OSError, ValueError, TimeoutError) as error:
            log.debug("the phone could not be attached to: %s", error)
            writer.close()
            return None
        self._take_over(found, writer, snapshot)
        return reader

    def _take_over(self, found: PhoneFile, writer: asyncio.StreamWriter, snapshot: Event) -> None:
        self._writer, self.snapshot = writer, snapshot
        self.tap, self.token, self.pid = found.tap, found.token, found.pid

    async def _launch(self) -> asyncio.StreamReader:
        """Start a phone and attach to it. Raises PhoneError with what it said."""
        if self._child is not None:
            await asyncio.to_thread(self._reap, True)
        environment = {**os.environ, **await self._environment()}
        errors = self._data / STDERR_FILE
        try:
            self._data.mkdir(parents=True, exist_ok=True, mode=0o700)
            number = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise PhoneError(f"the folder {self._data} can't be written: {error.strerror}") from error
        try:
            child = subprocess.Popen(
                self._argv,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=number,
                start_new_session=True,  # a call outlives the desk and the terminal that it was started from
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise PhoneError(f"the phone cannot be started: {error.strerror}") from error
        finally:
            os.close(number)
        self._child = child
        try:
            async with asyncio.timeout(START_S):
                while child.poll() is None:
                    reader = await self._attach(child.pid)
                    if reader is not None:
                        return reader
                    await asyncio.sleep(POLL_S)
        except TimeoutError:
            child.kill()
            child.wait()
            raise PhoneError("the phone does not start; run doctor to see why") from None
        raise PhoneError(last_line(errors) or f"the phone ended at once (exit {child.returncode})")

    async def _run(self, reader: asyncio.StreamReader) -> None:
        while True:
            await self._read(reader)
            self._drop("the phone has ended")
            if self._closing:
                return
            self._hand_out({"event": "gone", "reason": "the phone has ended"})
            reader = await self._again()
            self._hand_out(self.snapshot)

    async def _again(self) -> asyncio.StreamReader:
        for pause in itertools.chain(PAUSES_S, itertools.repeat(PAUSES_S[-1])):
            await asyncio.sleep(pause)
            try:
                reader = await self._attach() or await self._launch()
            except PhoneError as error:
                log.error("the phone does not come back: %s", error)
                self._hand_out({"event": "gone", "reason": str(error)})
            else:
                return reader
        raise AssertionError("never ends")

    def _drop(self, reason: str) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(PhoneError(reason))

    async def _read(self, reader: asyncio.StreamReader) -> None:
        with contextlib.suppress(OSError, ValueError):
            while line := await reader.readline():
                self._take(json.loads(line))

    def _take(self, event: Event) -> None:
        future = self._waiting.get(event.get("seq", 0))
        if future is None:
            self._hand_out(event)
        elif future.done():
            return
        elif event["event"] == "error":
            future.set_exception(PhoneError(str(event["reason"])))
        else:
            future.set_result({"id": event["id"]} if "id" in event else {})

    def _hand_out(self, event: Event) -> None:
        for receiver in list(self._receivers):
            try:
                receiver(event)
            except Exception:
                log.exception("a receiver of phone events failed")


def last_line(path: Path) -> str:
    """The last line that a program has left in a file."""
    try:
        lines = path.read_text("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
