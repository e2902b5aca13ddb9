"""The phone process: doorman, call table, engine keeper. Standard library only; for the desk and `dasan-desk phone`."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop import log as logs
from desktop.adapters.phone.account_file import NO_ACCOUNT, PASSWORD_VARIABLE, Account, read_account
from desktop.adapters.phone.account_values import AccountError
from desktop.adapters.phone.desk_keeper import DeskChild, starter
from desktop.adapters.phone.phone import Phone
from desktop.adapters.phone.phone_options import PhoneOptions
from desktop.adapters.phone.server import PhoneServer
from desktop.adapters.phone.sound_words import wishes_in
from desktop.adapters.system.priority import raise_priority
from desktop.adapters.tap.address import choose
from desktop.domain.errors import DeskError, PhoneError
from desktop.domain.sound import NO_WISHES, SoundWishes
from desktop.domain.voice import PARTS
from desktop.paths import Folders
from desktop.processes import head_start
from desktop.processes.arguments import pass_on, process_folders, process_parser
from desktop.processes.spawn import command

log = logging.getLogger("desktop.phone")

RINGS = ("incoming", "practice")
AUDIO_KINDS = ("devices", "null", "file")
SOCKET, TAP = "phone.sock", "tap.sock"


@dataclass(frozen=True, slots=True)
class PhoneSetup:
    """What a phone is made of, as its command line says it."""

    data: Path
    account: Account = NO_ACCOUNT
    audio: str = "devices"
    microphone: str = ""
    speaker: str = ""
    auto_answer: bool = False
    serve: bool = True
    ring: str = "incoming"
    start_desk: Callable[[], DeskChild] | None = None
    sound: SoundWishes = NO_WISHES
    voice: tuple[str, ...] = ()


def account_from(path: Path | None) -> Account:
    """The account of a file, or the one without registration. Raises AccountError."""
    return read_account(path) if path is not None else NO_ACCOUNT


def phone_options(setup: PhoneSetup) -> PhoneOptions:
    """Options of a phone with a fresh token and its own tap. Raises OSError."""
    tap = choose(setup.data, TAP if setup.serve else f"tap-{os.getpid()}.sock")
    return PhoneOptions(
        setup.account,
        tap,
        secrets.token_urlsafe(24),
        setup.audio,
        setup.microphone,
        setup.speaker,
        setup.sound,
        setup.auto_answer,
        setup.ring,
        setup.voice,
    )


def end_on_signals(end: Callable[[], None]) -> None:
    """Let an orderly stop by the system end the phone as orderly as `quit` does."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, end)
        except NotImplementedError:  # Windows: the desk says goodbye over the socket
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(end))


async def run_phone(
    setup: PhoneSetup, front: Callable[[Phone, Callable[[], None]], Awaitable[None]] | None = None
) -> None:
    """Run a phone until somebody ends it; `front` is a front end beside the socket. Raises PhoneError, OSError."""
    if not raise_priority():  # every message of a call passes here: a caller must not wait for busy programs
        log.info("no higher priority for calls on this machine")
    phone = Phone(phone_options(setup), command("engine"), head_start.take())
    ending = asyncio.Event()
    end_on_signals(ending.set)
    server = None
    if setup.serve:
        address = choose(setup.data, SOCKET)
        attended = front is not None
        server = PhoneServer(phone, address, setup.data, ending.set, setup.start_desk, attended)
    if server is not None:
        await server.refuse_second()  # before an engine of ours takes the other one's tap
    front_task: asyncio.Future[None] | None = None
    if front is not None:
        front_task = asyncio.ensure_future(front(phone, ending.set))
        await asyncio.sleep(0)
    try:
        await phone.start()
        if server is not None:
            await server.start()
        await ending.wait()
    finally:
        await phone.close()
        if server is not None:
            await server.close()
        if front_task is not None:
            front_task.cancel()


def desk_of(data: Path | None, own: Folders, verbose: bool) -> Callable[[], DeskChild] | None:
    """What starts the desk of this data folder, with the phone's settings folder, and without the phone's password."""
    if data is None:
        return None
    environment = {name: value for name, value in os.environ.items() if name != PASSWORD_VARIABLE}
    return starter(command("desk", *pass_on(Folders(data, own.config), verbose)), environment)


def main(argv: Sequence[str]) -> int:
    """The phone of a desk; clients come over its socket."""
    parser = process_parser("phone", "the telephone without a window")
    parser.add_argument("--account", type=Path, default=None)
    parser.add_argument("--audio", choices=AUDIO_KINDS, default="devices")
    parser.add_argument("--microphone", default="")
    parser.add_argument("--speaker", default="")
    parser.add_argument("--sound", default="{}", help="with --audio devices: wishes, as the verb takes them")
    parser.add_argument("--auto-answer", action="store_true")
    parser.add_argument("--voice", choices=PARTS, nargs="*", default=[])
    parser.add_argument("--ring", choices=RINGS, default=RINGS[0])
    parser.add_argument(
        "--desk", type=Path, default=None, metavar="DIR", help="start its desk where it vanishes"
    )
    args = parser.parse_args(argv)
    folders = process_folders(args)
    data = folders.data
    logs.start(folders.logs, "phone", args.verbose)
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        account = account_from(args.account)
        setup = PhoneSetup(
            data,
            account,
            args.audio,
            args.microphone,
            args.speaker,
            args.auto_answer,
            ring=args.ring,
            start_desk=desk_of(args.desk, folders, args.verbose),
            sound=wishes_in(args.sound),
            voice=tuple(args.voice),
        )
        asyncio.run(run_phone(setup))
    except AccountError as error:
        print(error, file=sys.stderr)
        return 2
    except (PhoneError, DeskError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
