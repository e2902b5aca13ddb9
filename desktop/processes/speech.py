"""The speech process: hears both legs on the tap, tells the desk who speaks and what is said.

A child of the desk. Standard input: commands, JSON lines (`load`, `language`, `tap`, `quit`); its end is the order
to leave.
Standard output: events, JSON lines. The process keeps nothing that must last: what it has not acknowledged on the
tap comes again to its successor, and what it has put on disk is opened by a key that comes by the tap too.
"""

from __future__ import annotations

import asyncio
import faulthandler
import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO

from desktop import log as desk_log
from desktop.adapters.stt.engine_choice import EngineChoice
from desktop.adapters.stt.environment import speech_environment
from desktop.adapters.stt.spool import Spool
from desktop.adapters.stt.streaming import Transcriber
from desktop.adapters.stt.tap_follower import TapFollower
from desktop.adapters.system.free_cores import FreeCores
from desktop.adapters.system.own_memory import give_way
from desktop.adapters.system.priority import lower_priority
from desktop.domain.transcript import AUTO
from desktop.paths import Folders
from desktop.processes.arguments import pass_on, process_folders, process_parser
from desktop.processes.own_output import own_output
from desktop.processes.spawn import command
from desktop.processes.speech_memory import MemoryKeeper
from desktop.processes.speech_models import Choice, SpeechModels
from desktop.processes.speech_output import Condition, Lags, Output, Reporter, Voices, leave

TICK = 0.2
SECOND = 1.0

log = logging.getLogger("desktop.speech")


class SpeechProcess:
    """The parts of the process on one event loop; decoding and loading have threads of their own."""

    def __init__(self, output: Output, where: Folders, verbose: bool) -> None:
        self._output = output
        self._loop = asyncio.get_running_loop()
        self._voices, self._lags = Voices(output), Lags(output)
        self._condition = Condition(output)
        reporter = Reporter(output, self._done, self._tell_last_voices, self._drained, self._broken_off)
        self._transcriber = Transcriber(reporter, spool=Spool(where.data / "spool"))
        self._memory, self._cores = MemoryKeeper(output), FreeCores()
        engines = EngineChoice(where, command("conversion", *pass_on(where, verbose)), lower_priority)
        self._models = SpeechModels(self._transcriber, self._condition.be, engines)
        self._follower = TapFollower(self._transcriber)
        self._commands: asyncio.Queue[dict[str, object] | None] = asyncio.Queue()
        self._level = 0

    async def run(self, commands: IO[bytes]) -> None:
        """Serve until the desk says `quit` or closes standard input."""
        self._thread("commands", lambda: self._read(commands))
        self._thread("transcriber", self._work)
        self._condition.be("no_model", "")
        tasks = [self._loop.create_task(work()) for work in (self._tick, self._models.run)]
        while (command := await self._commands.get()) is not None:
            self._obey(command)
        self._transcriber.close()
        for task in tasks:
            task.cancel()

    def _thread(self, name: str, work: Callable[[], None]) -> None:
        threading.Thread(target=work, name=name, daemon=True).start()

    def _work(self) -> None:
        # Only decoding is to wait for the call and the window; on Linux this holds for the calling thread alone.
        if not lower_priority():
            log.info("no lower priority for decoding on this machine")
        try:
            self._transcriber.run()
        except MemoryError:
            self._memory.give_up()
        except BaseException:
            # Without this thread the process would look alive and be silent; the desk starts a new one.
            log.exception("the transcriber died")
            leave(1)

    def _read(self, commands: IO[bytes]) -> None:
        for line in commands:
            try:
                command = json.loads(line)
            except ValueError:
                log.warning("a command is not JSON")
                continue
            if isinstance(command, dict):
                self._loop.call_soon_threadsafe(self._commands.put_nowait, command)
            if isinstance(command, dict) and command.get("command") == "quit":
                return
        self._loop.call_soon_threadsafe(self._commands.put_nowait, None)

    def _obey(self, command: dict[str, object]) -> None:
        name = command.get("command")
        if name == "load":
            model, smaller = (str(command.get(which) or "") for which in ("model", "smaller"))
            language, engine = str(command.get("language") or "ko"), str(command.get("engine") or AUTO)
            choice = Choice(model, smaller, language, engine)
            self._memory.allow(choice.model, choice.smaller)
            self._models.choose(choice)
        elif name == "language":
            self._transcriber.speak(str(command.get("call") or ""), str(command.get("language") or ""))
        elif name == "tap":
            self._follower.follow(str(command.get("address") or ""), str(command.get("token") or ""))
        elif name == "quit":
            self._commands.put_nowait(None)
        else:
            log.warning("unknown command")

    def _tell_last_voices(self) -> None:
        self._voices.tell(self._transcriber.voices(), at_once=True)

    def _done(self, call: str, leg: str, sample: int, at_once: bool) -> None:
        self._loop.call_soon_threadsafe(self._note, call, leg, sample, at_once)

    def _drained(self, call: str) -> None:
        self._loop.call_soon_threadsafe(self._follower.drained, call)

    def _note(self, call: str, leg: str, sample: int, at_once: bool) -> None:
        self._follower.note(call, leg, sample)
        if at_once:
            self._follower.flush()

    async def _tick(self) -> None:
        second = 0.0
        while True:
            await asyncio.sleep(TICK)
            self._output.event("heartbeat")
            self._voices.tell(self._transcriber.voices())
            self._keep_pace()
            self._memory.look()
            self._cores.look()
            if time.monotonic() - second < SECOND:
                continue
            second = time.monotonic()
            self._follower.flush()
            self._follower.end_orphans()
            self._lags.tell(self._transcriber.waiting())

    def _keep_pace(self) -> None:
        level = self._transcriber.judge(self._models.has_smaller)
        if level != self._level:
            self._level = level
            self._condition.pace(level)
            self._models.pace(level)

    def _broken_off(self, reason: str) -> None:
        self._loop.call_soon_threadsafe(self._give_up, f"{reason}; choose another model.")

    def _give_up(self, sentence: str) -> None:
        self._models.give_up()
        self._condition.be("failed", sentence)


async def serve(commands: IO[bytes], out: IO[bytes], where: Folders, verbose: bool) -> None:
    """Run the process on these streams."""
    await SpeechProcess(Output(out), where, verbose).run(commands)


def main(argv: Sequence[str]) -> int:
    """The speech process; does not return."""
    parser = process_parser("speech", "voice activity and transcription; started by the desk")
    args = parser.parse_args(argv)
    for name, value in speech_environment().items():
        os.environ.setdefault(name, value)
    faulthandler.enable()
    give_way()
    where = process_folders(args)
    desk_log.start(where.logs, "speech", args.verbose)
    asyncio.run(serve(sys.stdin.buffer, own_output(), where, args.verbose))
    leave(0)
