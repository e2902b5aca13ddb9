"""`dasan-desk phone`: the user agent without a window, driven on standard input and output."""

from __future__ import annotations

import argparse
import asyncio
import os
import shlex
import sys
import threading
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.adapters.phone.account_values import AccountError
from desktop.adapters.phone.call_table import Event
from desktop.adapters.phone.phone import Phone
from desktop.cli.account import with_password
from desktop.cli.output import DONE, CommandError, UsageError, emit, say
from desktop.domain.errors import PhoneError
from desktop.processes.phone import AUDIO_KINDS, PhoneSetup, account_from, run_phone

SUMMARY = "the telephone without a window: commands on standard input, events on standard output"
AUDIO_EVENT_S = 0.2
LONGEST_COMMAND = 2000
LONGEST_LINE, READ_BYTES = 4 * LONGEST_COMMAND, 65_536


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of CLI.md."""
    parser.add_argument("--headless", action="store_true", help="no window (the only way so far)")
    parser.add_argument("--account", type=Path, metavar="FILE", help="account, TOML; without: loopback only")
    parser.add_argument("--auto-answer", action="store_true", help="answer every call")
    parser.add_argument("--audio", choices=AUDIO_KINDS, default="devices", help="default: devices")
    parser.add_argument("--microphone", metavar="IN.wav", help="with --audio file: what is spoken, looped")
    parser.add_argument("--speaker", metavar="OUT.wav", help="with --audio file: what the ear would hear")
    parser.add_argument("--serve", action="store_true", help="also let a desk of this data folder attach")


def run(args: argparse.Namespace) -> int:
    """Run until `quit`, end of input or an orderly stop by the system."""
    setup = setup_from(args)
    front = HeadlessFront(args.json)
    try:
        asyncio.run(run_phone(setup, front.run))
    except PhoneError as error:
        raise CommandError(f"{error}") from error
    except OSError as error:
        raise CommandError(f"the data folder {args.data} cannot be used: {error.strerror}.") from error
    if front.failure is not None:
        raise front.failure
    return DONE


def setup_from(args: argparse.Namespace) -> PhoneSetup:
    """Checked options. Raises UsageError, CommandError."""
    if not args.headless:
        raise UsageError("phone works only with --headless; the window is dasan-desk without a command.")
    if args.audio != "file" and (args.microphone or args.speaker):
        raise UsageError("--microphone and --speaker stand for files: they need --audio file.")
    if args.audio == "file" and not (args.microphone or args.speaker):
        raise UsageError("--audio file needs --microphone IN.wav, --speaker OUT.wav or both.")
    if args.microphone:
        check_sound(Path(args.microphone))
    if args.speaker:
        check_output(Path(args.speaker))
    try:
        account = with_password(account_from(args.account))
    except AccountError as error:
        raise UsageError(str(error)) from error
    try:
        args.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CommandError(f"the data folder {args.data} cannot be used: {error.strerror}.") from error
    return PhoneSetup(
        args.data,
        account,
        args.audio,
        absolute(args.microphone),
        absolute(args.speaker),
        args.auto_answer,
        args.serve,
    )


def absolute(name: str | None) -> str:
    """A file name that means the same in the engine."""
    return str(Path(name).absolute()) if name else ""


def check_sound(path: Path) -> None:
    """Refuse what is not a WAV of the contract before any process is started. Raises CommandError."""
    try:
        with wave.open(str(path), "rb") as file:
            fits = file.getsampwidth() == 2 and 8000 <= file.getframerate() <= 48_000
    except FileNotFoundError:
        raise CommandError(f"the sound file {path} does not exist.") from None
    except (OSError, EOFError, wave.Error) as error:
        reason = str(error) or "it is empty"
        raise CommandError(f"the sound file {path} cannot be read: {reason}.") from error
    if not fits:
        raise CommandError(f"the sound file {path} must be WAV, PCM 16 bit, 8-48 kHz.")


def check_output(path: Path) -> None:
    """Refuse what cannot become a sound file before any process is started. Raises CommandError."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise CommandError(f"the folder of {path} does not exist; make it first.")
    if path.is_dir():
        raise CommandError(f"{path} is a folder; name a file in it.")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise CommandError(f"the sound file {path} cannot be written; choose another.")


class HeadlessFront:
    """Standard input and output of one phone."""

    def __init__(self, json_lines: bool) -> None:
        self._json = json_lines
        self._audio_at: dict[tuple[str, str], float] = {}
        self._ready = asyncio.Event()
        self.end: Callable[[], None] = lambda: None
        self.failure: CommandError | None = None

    async def run(self, phone: Phone, end: Callable[[], None]) -> None:
        """Print every event, do every line; the end of input is `quit`."""
        self.end = end
        phone.listen(self.show)
        lines: asyncio.Queue[str | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        threading.Thread(target=read_lines, args=(loop, lines), name="stdin", daemon=True).start()
        # Who starts the phone may write at once: what comes before `ready` waits for it.
        await self._ready.wait()
        while (line := await lines.get()) is not None:
            words = words_of(line)
            if words and words[0] == "quit":
                break
            if words:
                await self._do(phone, words)
        end()

    async def _do(self, phone: Phone, words: list[str]) -> None:
        try:
            await phone.command(words[0], *words[1:])
        except PhoneError as error:
            self.show(phone.stamped({"event": "error", "command": words[0][:40], "reason": str(error)}))

    def show(self, event: Event) -> None:
        """One event for standard output: levels at most five times a second and leg."""
        if event["event"] == "ready":
            self._ready.set()
        if event["event"] == "audio":
            key = (event["id"], event["leg"])
            if event["mono"] - self._audio_at.get(key, 0.0) < AUDIO_EVENT_S:
                return
            self._audio_at[key] = event["mono"]
        if self._json:
            self._print(event)
        elif event["event"] != "audio":
            say(sentence_of(event))

    def _print(self, event: Event) -> None:
        try:
            emit(event)
        except SystemExit:
            # Nobody reads any more. Calls and registration are ended in order, not torn out of the loop.
            self.end()
        except CommandError as error:
            self.failure = error
            self.end()


def sentence_of(event: Event) -> str:
    """An event for people."""
    skip = ("v", "event", "time", "mono")
    return " ".join(
        [event["event"], *(f"{k}={v}" for k, v in event.items() if k not in skip and v is not None)]
    )


def words_of(line: str) -> list[str]:
    """The words of a command line; quotes hold words together where they are in pairs. The text of a message stays as
    it is, but for quotes around all of it."""
    text = line.strip()[:LONGEST_COMMAND]
    words = text.split(maxsplit=2)
    if len(words) == 3 and words[0] == "message":
        whole = _split(words[2])
        quoted = len(whole) == 1 and words[2][0] in "\"'"
        return [words[0], words[1], whole[0] if quoted else words[2]]
    return _split(text)


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def read_lines(loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[str | None]) -> None:
    """Hand every line of standard input to the loop; None at its end. A thread: pipes cannot be awaited on Windows."""
    try:
        for line in raw_lines():
            loop.call_soon_threadsafe(lines.put_nowait, line.decode("utf-8", "replace"))
        loop.call_soon_threadsafe(lines.put_nowait, None)
    except RuntimeError:
        return  # the loop has ended


def raw_lines() -> Iterator[bytes]:
    """The lines of standard input, of each no more than a command may have.

    Read without Python's buffer: a thread that waits in it would abort the program on its way out.
    """
    if sys.stdin is None:
        return
    waiting = b""
    try:
        while part := os.read(sys.stdin.fileno(), READ_BYTES):
            *whole, waiting = (waiting + part).split(b"\n")
            yield from whole
            waiting = waiting[:LONGEST_LINE]
    except (OSError, ValueError):
        return
    if waiting:
        yield waiting
