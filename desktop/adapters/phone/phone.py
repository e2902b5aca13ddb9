"""The telephone as its clients see it: commands in, events out; doorman and engine keeper behind it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from subprocess import Popen

from desktop.adapters.phone.account_file import Account
from desktop.adapters.phone.call_table import CallTable, Event
from desktop.adapters.phone.dial_uri import dial_uri
from desktop.adapters.phone.doorman import Doorman, DoorSettings
from desktop.adapters.phone.engine_config import EngineConfig
from desktop.adapters.phone.engine_keeper import EngineKeeper
from desktop.adapters.phone.outside_tls import TlsSettings
from desktop.adapters.phone.phone_options import Found, PhoneOptions, engine_config
from desktop.adapters.phone.registering import Registering
from desktop.adapters.phone.registrars import Registrar, find, senders
from desktop.adapters.phone.sound_words import NO_DEVICES, NO_VOICE, SOUND_VERBS, after, told
from desktop.adapters.phone.traversal import Traversal
from desktop.adapters.phone.traversal_watch import TraversalWatch
from desktop.adapters.phone.verbs import check_words
from desktop.adapters.phone.whereabouts import Whereabouts
from desktop.domain.errors import PhoneError
from desktop.domain.sound import SoundWishes

log = logging.getLogger(__name__)

COMMAND_S, START_S, SEARCH_S = 10.0, 15.0, 2.0
"""`SEARCH_S`: what a name may take before the phone starts without its registrar."""
VERSION = 1
NO_REGISTRATION = {"state": "none", "code": 0, "reason": "", "retry_s": None, "trouble": "", "server": ""}


def utc_now() -> str:
    """UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Phone:
    """One account, one doorman, one engine at a time. Everything on one event loop."""

    def __init__(
        self, options: PhoneOptions, engine: Sequence[str], first: Popen[bytes] | None = None
    ) -> None:
        """`engine` starts one; `first` is one that was started ahead."""
        self.options = options
        self._keeper = EngineKeeper(engine, self._engine_config, self._from_engine, self._engine_died, first)
        self._doorman: Doorman | None = None
        self._table = CallTable(utc_now)
        self._receivers: list[Callable[[Event], None]] = []
        self._waiting: dict[int, asyncio.Future[Event]] = {}
        self._numbers = itertools.count(1)
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._started = False
        account = options.account
        self._whereabouts = Whereabouts(account.bind, self._keeper.send)
        self._registering = Registering(
            account.domain,
            bool(account.password),
            self._tell_registration,
            self._register,
            self._find_registrars,
            self._whereabouts.used,
        )
        self._held_back: list[Event] = []
        self._registration: Event = dict(NO_REGISTRATION)
        self._devices: Event = dict(NO_DEVICES)
        self._voice: Event = dict(NO_VOICE)
        self._conference: list[str] = []
        self._availability = 0
        self._dead_since = 0.0
        self._death = ""
        self._traversal = TraversalWatch(account.traversal, self._traverse)
        self.closed = asyncio.Event()

    # ---- life

    def listen(self, receiver: Callable[[Event], None]) -> Callable[[], None]:
        """Call `receiver` with every event from now on; returns what ends that."""
        self._receivers.append(receiver)
        return lambda: self._receivers.remove(receiver) if receiver in self._receivers else None

    async def start(self) -> None:
        """Open the door and start the engine; returns when calls can come. Raises PhoneError with what to do."""
        account = self.options.account
        known: list[Registrar] = []
        if account.registrar:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SEARCH_S):
                    known = await self._find_registrars()
        doorman = Doorman(self._door_settings(self._whereabouts.begin(known[0] if known else None)))
        if account.registrar:
            doorman.watch, doorman.lost = self._registering.heard, self._registering.lost
            doorman.troubled = self._registering.troubled
        try:
            await doorman.open()
        except OSError as error:
            raise PhoneError(_port_taken(account, error)) from error
        self._doorman = doorman
        if account.registrar:
            self._registering.start(doorman, known)
            self._whereabouts.start(doorman, self._registering)
        await self._traversal.start()
        try:
            await self._keeper.start()
            async with asyncio.timeout(START_S):
                await self._ready
        except (OSError, TimeoutError) as error:
            await self._shut()
            raise PhoneError("the telephone engine does not start; run doctor to see why.") from error
        except PhoneError:
            await self._shut()
            raise

    def _door_settings(self, host: str) -> DoorSettings:
        account, tls = self.options.account, None
        if account.transport == "tls":
            tls = TlsSettings(account.registrar, account.ca_file, account.certificate, account.private_key)
        registered = bool(account.registrar)
        user, dscp = account.user if registered else "", account.dscp_signalling
        return DoorSettings(account.transport, account.bind, account.port, host, registered, tls, user, dscp)

    async def _find_registrars(self) -> list[Registrar]:
        account = self.options.account
        found = await find(account)
        if account.proxies and self._doorman is not None:
            self._doorman.hops.also = frozenset(await senders(account))
        return found

    def _traverse(self, way: Traversal) -> None:
        self._keeper.send({"command": "traverse", "arguments": [way.stun, way.turn], "seq": 0})

    def _register(self) -> None:
        self._keeper.send({"command": "register", "arguments": [], "seq": 0})

    def _tell_registration(self, event: Event) -> None:
        self._pass_on(event)
        if event["state"] == "registered":
            self._whereabouts.registered()

    async def close(self) -> None:
        """End calls, unregister, end the engine; `bye` is the last event."""
        if self.closed.is_set():
            return
        await self._shut()
        self.closed.set()
        if self._started:
            for event in self._table.engine_died():
                self._publish({**event, "cause": "closed", "ended_by": "local"})
            self._publish({"event": "bye"})

    async def _shut(self) -> None:
        self._registering.close()
        self._whereabouts.close()
        self._traversal.close()
        await self._keeper.stop()
        if self._doorman is not None:
            self._doorman.close()

    @property
    def engine_pid(self) -> int:
        """The engine's process id, 0 while there is none."""
        return self._keeper.pid

    @property
    def calls_running(self) -> int:
        """Number of calls that are not over."""
        return len(self._table)

    def snapshot(self) -> Event:
        """All that a client needs to know to begin with."""
        return self.stamped(
            {
                "event": "snapshot",
                **self._where(),
                "registration": dict(self._registration),
                "devices": dict(self._devices),
                "voice": dict(self._voice),
                "availability": self._availability,
                "calls": self._table.snapshot(),
                **self._table.sound(),
                "conference": list(self._conference),
            }
        )

    def _where(self) -> Event:
        account = self.options.account
        host, port = self._doorman.address if self._doorman is not None else ("", 0)
        uri = account.id if account.registrar else f"sip:{account.user}@{host}:{port}"
        return {"uri": uri, "address": host, "port": port, "audio": self.options.audio, "pid": os.getpid()}

    def _engine_config(self) -> EngineConfig:
        door = self._doorman.engine_port if self._doorman is not None else 0
        found = Found(door, self._whereabouts.address, self._traversal.usable, self._availability)
        return engine_config(self.options, found)

    # ---- commands

    async def command(self, verb: str, *arguments: str) -> Event:
        """Do one verb of the command line's contract; returns what is to be told. Raises PhoneError with the reason."""
        check_words(verb, arguments)
        if verb == "status":
            snapshot = {**self.snapshot(), "event": "status"}
            self._publish(snapshot)
            return {}
        if verb in SOUND_VERBS:
            return await self._change_sound(after(verb, arguments, self.options.sound))
        arguments = self._with_uris(verb, arguments)
        if verb == "announce" and any(arguments[:1]):
            return await self._announce(arguments)
        result = await self._ask_engine(verb, arguments)
        if verb == "availability":
            self._availability = int(arguments[0])
        if verb == "voice":
            self.options = replace(self.options, voice=arguments)
        return result

    async def _announce(self, arguments: tuple[str, ...]) -> Event:
        self._table.announce(arguments[0])  # before its end can come
        try:
            return await self._ask_engine("announce", arguments)
        except PhoneError:
            self._table.announce("")
            raise

    def _with_uris(self, verb: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """The arguments with what a person may call somebody by made into a SIP URI. Raises PhoneError."""
        account = self.options.account
        if verb == "dial":
            if not arguments:
                raise PhoneError("dial needs a number or an address")
            return (dial_uri(" ".join(arguments), account),)
        if verb == "message":
            if len(arguments) < 2:
                raise PhoneError("message needs an address and a text")
            return (dial_uri(arguments[0], account), " ".join(arguments[1:]))
        if verb in ("dial-incident", "consult", "add") and len(arguments) > 1:
            return (arguments[0], dial_uri(" ".join(arguments[1:]), account))
        if verb == "transfer" and arguments and arguments[-1] not in self._table:
            named = arguments[0] in self._table
            if not named and len(arguments) > 1 and arguments[0].isalnum() and not arguments[0].isdecimal():
                raise PhoneError("no running call with this id")
            target = dial_uri(" ".join(arguments[named:]), account)
            return (*arguments[:named], target)
        return arguments

    async def _change_sound(self, wishes: SoundWishes) -> Event:
        result = await self._ask_engine("sound", (told(wishes),))
        self.options = replace(self.options, sound=wishes)
        return result

    async def _ask_engine(self, verb: str, arguments: Sequence[str]) -> Event:
        seq = next(self._numbers)
        future: asyncio.Future[Event] = asyncio.get_running_loop().create_future()
        self._waiting[seq] = future
        try:
            if not self._keeper.send({"command": verb, "arguments": list(arguments), "seq": seq}):
                raise PhoneError("the telephone engine is being started again")
            async with asyncio.timeout(COMMAND_S):
                return await future
        except TimeoutError:
            raise PhoneError("the telephone engine does not answer") from None
        finally:
            del self._waiting[seq]

    # ---- events

    def _publish(self, event: Event) -> None:
        stamped = self.stamped(event)
        for receiver in list(self._receivers):
            receiver(stamped)

    @staticmethod
    def stamped(event: Event) -> Event:
        head = {"v": VERSION, "event": event["event"], "time": utc_now(), "mono": round(time.monotonic(), 6)}
        return {**head, **event}

    def _from_engine(self, event: Event) -> None:
        kind = event.get("event")
        if kind == "up":
            self._engine_up(str(event["address"]))
        elif kind == "failed":
            self._engine_failed(str(event["reason"]))
        elif kind == "given_up":
            if self._doorman is not None:
                self._doorman.given_up(str(event["sip"]))
        elif event.get("seq") in self._waiting:
            self._settle(event)
        elif not self._ready.done():
            self._held_back.append(event)  # `ready` is the first event, whatever else is quicker
        elif kind != "done":
            self._deliver(event)

    def _deliver(self, event: Event) -> None:
        if event["event"] == "registration" and event["state"] != "trying":
            self._registering.answered(event)
        else:
            self._pass_on({**NO_REGISTRATION, **event} if event["event"] == "registration" else event)

    def _pass_on(self, event: Event) -> None:
        event.pop("seq", None)
        event = self._table.take(event)
        if event["event"] == "registration":
            self._registration = {name: event[name] for name in self._registration}
        elif event["event"] == "devices":
            self._devices = dict(event["devices"])
        elif event["event"] == "voice":
            self._voice = {name: event[name] for name in NO_VOICE}
        elif event["event"] == "conference":
            self._conference = list(event["calls"])
        self._publish(event)
        rings = event["event"] == "call" and event["state"] == "INCOMING"
        # A second caller waits: nobody is put on hold without a word.
        if rings and self.options.auto_answer and len(self._table) == 1:
            self._keeper.send({"command": "answer", "arguments": [event["id"]], "seq": 0})

    def _settle(self, event: Event) -> None:
        future = self._waiting[event["seq"]]
        if future.done():
            return
        if event["event"] == "error":
            future.set_exception(PhoneError(str(event["reason"])))
        else:
            future.set_result({"id": event["id"]} if "id" in event else {})

    def _engine_up(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        if self._doorman is not None:
            self._doorman.engine_up((host, int(port)))
        self._registering.engine_up()
        if not self._ready.done():
            self._ready.set_result(None)
            self._started = True
            where = self._where()
            self._publish(
                {"event": "ready", **{name: where[name] for name in ("uri", "address", "port", "audio")}}
            )
            for event in self._held_back:
                self._deliver(event)
            self._held_back.clear()
        elif self._dead_since:
            downtime = round((time.monotonic() - self._dead_since) * 1000)
            self._dead_since = 0.0
            self._publish(
                {"event": "engine", "state": "restarted", "reason": self._death, "downtime_ms": downtime}
            )

    def _engine_failed(self, reason: str) -> None:
        log.error("the engine cannot work: %s", reason)
        if not self._ready.done():
            self._ready.set_exception(PhoneError(reason))
        else:
            self._publish({"event": "error", "command": "audio", "reason": reason})

    def _engine_died(self, reason: str) -> None:
        if not self._ready.done():
            return
        self._dead_since = self._dead_since or time.monotonic()
        self._death = reason
        if self._doorman is not None:
            self._doorman.engine_down()
        for event in self._table.engine_died():
            self._publish(event)
        self._conference = []
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(PhoneError("the telephone engine died"))


def _port_taken(account: Account, error: OSError) -> str:
    where = f"{account.bind or '0.0.0.0'} port {account.port} ({account.transport})"
    return f'cannot listen on {where}: {error.strerror}; choose another "port" or "bind" in the account.'
