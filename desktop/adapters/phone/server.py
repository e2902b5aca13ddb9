"""The local socket of the phone: JSON lines for the desk, the very verbs and events of the command line.

A client first proves itself with `{"command": "hello", "token": ...}`, is answered `hello` and `snapshot`, and then
gets every event. Several clients may watch.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import os
from collections.abc import Callable
from pathlib import Path

from desktop.adapters.phone.call_table import Event
from desktop.adapters.phone.desk_keeper import DeskChild, DeskKeeper
from desktop.adapters.phone.phone import VERSION, Phone, utc_now
from desktop.adapters.phone.phone_file import PHONE_FILE, PhoneFile, write_phone_file
from desktop.adapters.system.json_line import json_line
from desktop.adapters.tap.address import connect, listen, remove
from desktop.domain.errors import PhoneError

log = logging.getLogger(__name__)

LONGEST_LINE = 1 << 16
UNREADABLE = (ValueError, KeyError, TypeError, OverflowError, RecursionError)
"""What a line that is no command raises."""
MOST_BUFFERED = 1 << 20
LINGER_S, LONELY_TICK_S = 30.0, 1.0


class PhoneServer:
    """Serves one phone. `goodbye` is called when the phone is to end.

    With `start_desk` a desk that vanishes is started again; which client is one, it says in its hello. An `attended`
    phone does not end where no client is left.
    """

    def __init__(
        self,
        phone: Phone,
        address: str,
        data: Path,
        goodbye: Callable[[], None],
        start_desk: Callable[[], DeskChild] | None = None,
        attended: bool = False,
    ) -> None:
        self._phone, self._address, self._data, self._goodbye = phone, address, data, goodbye
        self._desks = DeskKeeper(start_desk, self._say_of_desk) if start_desk is not None else None
        self._ending, self._attended = False, attended
        self._clients: set[asyncio.StreamWriter] = set()
        self._server: asyncio.AbstractServer | None = None
        self._lonely: asyncio.Task[None] | None = None
        self._visits: set[asyncio.Task[None]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stop_listening: Callable[[], None] = lambda: None

    async def start(self) -> None:
        """Listen, and say so in the data folder. Raises OSError, PhoneError where another phone is there."""
        await self.refuse_second()
        self._server = await listen(self._address, self._welcome, LONGEST_LINE)
        self._stop_listening = self._phone.listen(self._publish)
        self._write_file()
        self._count()

    async def refuse_second(self) -> None:
        """Raise PhoneError where another phone serves this data folder."""
        try:
            _, writer = await connect(self._address)
        except OSError:
            return
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        raise PhoneError(
            "a phone of this data folder is already running; use another --data or end it first."
        )

    async def close(self) -> None:
        """Stop to listen; clients have read `bye` by then."""
        if self._server is None:
            return
        self._stop_listening()
        (self._data / PHONE_FILE).unlink(missing_ok=True)
        self._ending = True
        if self._lonely is not None:
            self._lonely.cancel()
        if self._desks is not None:
            await self._desks.close()
        self._server.close()
        for writer in list(self._clients):
            writer.close()
        visits = [visit for visit in self._visits if visit is not asyncio.current_task()]
        for visit in visits:
            visit.cancel()
        await asyncio.gather(*visits, return_exceptions=True)
        remove(self._address)

    def _say_of_desk(self, state: str) -> None:
        self._publish(self._phone.stamped({"event": "desk", "state": state}))

    def _write_file(self) -> None:
        options = self._phone.options
        content = PhoneFile(os.getpid(), self._address, options.token, options.tap, utc_now())
        write_phone_file(self._data, content)

    def _publish(self, event: Event) -> None:
        line = json_line(event)
        for writer in list(self._clients):
            self._write(writer, line)

    def _write(self, writer: asyncio.StreamWriter, line: bytes) -> None:
        if writer.transport.get_write_buffer_size() > MOST_BUFFERED:
            log.warning("a client does not read and is cut off")
            self._clients.discard(writer)
            writer.transport.abort()
        else:
            writer.write(line)

    def _count(self) -> None:
        # The desk may be killed and come back: the phone waits for it, and as long as a call runs it waits on.
        if self._clients:
            if self._lonely is not None:
                self._lonely.cancel()
                self._lonely = None
        elif self._lonely is None and not self._attended:
            self._lonely = asyncio.get_running_loop().create_task(self._wait_alone())

    async def _wait_alone(self) -> None:
        alone = 0.0
        while alone < LINGER_S:
            await asyncio.sleep(LONELY_TICK_S)
            alone = 0.0 if self._phone.calls_running else alone + LONELY_TICK_S
        log.info("nobody has come back; the phone ends")
        self._goodbye()

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = asyncio.current_task()
        if visit is not None:
            self._visits.add(visit)
            visit.add_done_callback(self._visits.discard)
        desks = None
        try:
            line = await reader.readline()
            said = self._known(line)
            writer.write(json_line(self._hello(said is not None)))
            if said is not None:
                writer.write(json_line(self._phone.snapshot()))
                self._clients.add(writer)
                self._count()
                # A desk is missed when it is gone, other clients are not.
                desks = self._desks if said.get("desk") is True else None
                if desks is not None:
                    desks.came()
                await self._serve(reader, writer)
        except (OSError, ValueError) as error:
            log.debug("a client is gone: %s", error)
        except asyncio.CancelledError:
            log.debug("the phone ends before its client")
        finally:
            self._clients.discard(writer)
            self._count()
            if desks is not None and not self._ending:
                desks.left()
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    def _known(self, line: bytes) -> Event | None:
        """What a client says of itself, None without this phone's token."""
        try:
            message: Event = json.loads(line)
            token = message["token"]
        except UNREADABLE:
            return None
        right = self._phone.options.token.encode()
        known = isinstance(token, str) and hmac.compare_digest(token.encode(), right)
        return message if known else None

    def _hello(self, known: bool) -> Event:
        hello: Event = {"v": VERSION, "event": "hello", "pid": os.getpid(), "token_ok": known}
        return {**hello, "tap": self._phone.options.tap} if known else hello

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            try:
                message = json.loads(line)
                verb, seq = str(message["command"]), int(message["seq"])
                arguments = tuple(map(str, message.get("arguments") or ()))
            except UNREADABLE:
                self._write(
                    writer, json_line({"event": "error", "command": "", "reason": "unreadable", "seq": -1})
                )
                continue
            if verb in ("goodbye", "quit"):
                self._ending = True
                self._goodbye()
                continue
            # In tasks: a client may hang up while its `dial` still waits.
            task = asyncio.get_running_loop().create_task(self._do(writer, verb, arguments, seq))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _do(
        self, writer: asyncio.StreamWriter, verb: str, arguments: tuple[str, ...], seq: int
    ) -> None:
        answer: Event
        try:
            result = await self._phone.command(verb, *arguments)
            answer = {"event": "done", "command": verb, **result, "seq": seq}
        except PhoneError as error:
            answer = {"event": "error", "command": verb, "reason": str(error), "seq": seq}
        self._write(writer, json_line({"v": VERSION, **answer}))
