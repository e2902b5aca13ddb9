"""The speech process: hears both legs on the tap, tells the desk who speaks and what is said.

A child of the desk. Standard input: commands, JSON lines (`load`, `tap`, `quit`); its end is the order to leave.
Standard output: events, JSON lines. The process keeps nothing that must last: what it has not acknowledged on the
tap comes again to its successor.
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
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NoReturn

from desktop import log as desk_log
from desktop.adapters.stt.environment import speech_environment
from desktop.adapters.stt.model_notes import ModelNotes
from desktop.adapters.stt.streaming import Transcriber
from desktop.adapters.stt.tap_follower import TapFollower
from desktop.adapters.stt.voice_activity import EnergyDetector, make_detector
from desktop.adapters.system.json_line import json_line
from desktop.adapters.system.priority import lower_priority
from desktop.domain.errors import DeskError
from desktop.domain.transcript import SpeechRemark
from desktop.processes.arguments import process_folders, process_parser

TICK = 0.2
SECOND = 1.0
LAG_SHOWN = 3.0
NO_MODEL = "No speech model is chosen; choose a model file (.pt) in the settings."
BY_LEVEL = "The voice detector cannot be loaded; speech is found by its level alone."

log = logging.getLogger("desktop.speech")


class Output:
    """Events to the desk as JSON lines, from any thread; ends the process where the desk has gone."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def event(self, name: str, **fields: object) -> None:
        """Write one event."""
        moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        event = {"v": 1, "event": name, "time": moment, "mono": round(time.monotonic(), 6), **fields}
        line = json_line(event)
        try:
            with self._lock:
                self._stream.write(line)
                self._stream.flush()
        except OSError:
            leave(0)


class Reporter:
    """What the transcriber finds, told to the desk; acknowledgements go to the tap by `acknowledge`."""

    def __init__(
        self,
        output: Output,
        acknowledge: Callable[[str, str, int, bool], None],
        tell_voices: Callable[[], None],
    ) -> None:
        self._output = output
        self._acknowledge = acknowledge
        self._tell_voices = tell_voices
        self._fresh: set[tuple[str, str]] = set()

    def hypothesis(self, call: str, leg: str, text: str, stable: int, start: float, end: float) -> None:
        """Running speech."""
        times = {"start": round(start, 3), "end": round(end, 3)}
        self._output.event("hypothesis", call=call, leg=leg, text=text, stable=stable, **times)

    def segment(self, call: str, leg: str, text: str, confidence: float, start: float, end: float) -> None:
        """Final text; its acknowledgement goes out at once, so that a successor says nothing twice."""
        times = {"start": round(start, 3), "end": round(end, 3)}
        self._output.event("segment", call=call, leg=leg, text=text, confidence=round(confidence, 3), **times)
        self._fresh.add((call, leg))

    def done(self, call: str, leg: str, sample: int) -> None:
        """Sound that is finished with."""
        at_once = (call, leg) in self._fresh
        self._fresh.discard((call, leg))
        self._acknowledge(call, leg, sample, at_once)

    def drained(self, call: str) -> None:
        """All of a call is out; the last of its speaking times goes before."""
        self._tell_voices()
        self._output.event("drained", call=call)

    def gap(self, call: str, leg: str, start: float, end: float) -> None:
        """A stretch without sound: muted, on hold or lost."""
        self._output.event("gap", call=call, leg=leg, start=round(start, 3), end=round(end, 3))

    def broken(self, reason: str) -> None:
        """The engine gave up."""
        self._output.event("state", state="failed", detail=f"{reason}; choose another model.")


class Voices:
    """`voice` events: at a change, and once a second while somebody speaks."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._told: dict[tuple[str, str], tuple[bool, float, float]] = {}
        self._lock = threading.Lock()

    def tell(self, voices: list[tuple[str, str, bool, float]], at_once: bool = False) -> None:
        """Tell what is new since the last time; `at_once`: also within the second."""
        with self._lock:
            self._tell(voices, at_once)

    def _tell(self, voices: list[tuple[str, str, bool, float]], at_once: bool) -> None:
        now = time.monotonic()
        for call, leg, speaking, voiced in voices:
            was, heard, moment = self._told.get((call, leg), (False, 0.0, 0.0))
            if speaking == was and (voiced == heard or (now - moment < SECOND and not at_once)):
                continue
            self._told[call, leg] = (speaking, voiced, now)
            self._output.event("voice", call=call, leg=leg, speaking=speaking, voiced_s=round(voiced, 2))
        present = {(call, leg) for call, leg, _, _ in voices}
        self._told = {key: told for key, told in self._told.items() if key in present}


class SpeechProcess:
    """The parts of the process on one event loop; decoding and loading have threads of their own."""

    def __init__(self, output: Output, notes: ModelNotes) -> None:
        self._output = output
        self._notes = notes
        self._loop = asyncio.get_running_loop()
        self._voices = Voices(output)
        self._transcriber = Transcriber(Reporter(output, self._done, self._tell_last_voices))
        self._follower = TapFollower(self._transcriber)
        self._commands: asyncio.Queue[dict[str, object] | None] = asyncio.Queue()
        self._loads: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self._lag = 0.0
        self._state = ""

    async def run(self, commands: IO[bytes]) -> None:
        """Serve until the desk says `quit` or closes standard input."""
        self._thread("commands", lambda: self._read(commands))
        self._thread("transcriber", self._work)
        self._output.event("state", state="no_model", detail="")
        tasks = [self._loop.create_task(work()) for work in (self._tick, self._load_all)]
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
            model = command.get("model")
            # Sound that comes while the model is loaded waits for it.
            self._transcriber.set_engine(None, waiting=bool(model))
            self._loads.put_nowait((str(model or ""), str(command.get("language") or "ko")))
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

    def _note(self, call: str, leg: str, sample: int, at_once: bool) -> None:
        self._follower.note(call, leg, sample)
        if at_once:
            self._follower.flush()

    async def _tick(self) -> None:
        second = 0.0
        while True:
            await asyncio.sleep(TICK)
            self._voices.tell(self._transcriber.voices())
            if time.monotonic() - second < SECOND:
                continue
            second = time.monotonic()
            self._follower.flush()
            self._follower.end_orphans()
            self._tell_lag()
            self._output.event("heartbeat")

    def _tell_lag(self) -> None:
        lag = self._transcriber.lag()
        lag = round(lag, 1) if lag > LAG_SHOWN else 0.0
        if lag != self._lag:
            self._lag = lag
            self._output.event("lag", seconds=lag)

    async def _load_all(self) -> None:
        while True:
            model, language = await self._loads.get()
            if not self._loads.empty():
                continue
            if not model:
                self._transcriber.set_engine(None)
                self._output.event("state", state="no_model", detail=NO_MODEL)
                continue
            self._output.event("state", state="loading", detail="")
            answer: asyncio.Future[tuple[str, str]] = self._loop.create_future()
            self._thread("loading", lambda: self._load(model, language, answer))  # noqa: B023
            self._state, detail = await answer
            self._output.event("state", state=self._state, detail=detail)

    def _load(self, model: str, language: str, answer: asyncio.Future[tuple[str, str]]) -> None:
        result = self._load_engine(Path(model), language)
        self._loop.call_soon_threadsafe(answer.set_result, result)

    def _load_engine(self, model: Path, language: str) -> tuple[str, str]:
        if not model.is_file():
            self._transcriber.set_engine(None)
            return "no_model", f"There is no speech model at {model}; choose a model file (.pt)."
        try:
            # Imported here: voice activity needs neither the memory nor the second that torch takes.
            from desktop.adapters.stt.models import load_engine
            from desktop.adapters.stt.network import FLOAT32

            engine = load_engine(model, language, self._notes, self._raised)
            self._transcriber.set_engine(engine)
        except DeskError as error:
            self._transcriber.set_engine(None)
            return "failed", str(error)
        except Exception as error:
            log.exception("loading failed")
            self._transcriber.set_engine(None)
            return "failed", f"The speech model cannot be loaded ({type(error).__name__}); choose another."
        if isinstance(make_detector(16000), EnergyDetector):
            return "degraded", BY_LEVEL
        return "ready", SpeechRemark.NO_INT8.value if engine.precision == FLOAT32 else ""

    def _raised(self, floor: int) -> None:
        # On the decoding thread.
        detail = SpeechRemark.LONG_WINDOWS.value
        self._output.event("state", state=self._state or "ready", detail=detail, window=floor)


def leave(code: int) -> NoReturn:
    """End at once: a decoding or loading thread is not waited for."""
    logging.shutdown()
    os._exit(code)


async def serve(commands: IO[bytes], out: IO[bytes], notes: ModelNotes) -> None:
    """Run the process on these streams."""
    await SpeechProcess(Output(out), notes).run(commands)


def main(argv: Sequence[str]) -> int:
    """The speech process; does not return."""
    parser = process_parser("speech", "voice activity and transcription; started by the desk")
    args = parser.parse_args(argv)
    for name, value in speech_environment().items():
        os.environ.setdefault(name, value)
    faulthandler.enable()
    where = process_folders(args)
    desk_log.start(where.logs, "speech", args.verbose)
    # Standard output is the desk's alone: what a library prints goes to standard error.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    asyncio.run(serve(sys.stdin.buffer, out, ModelNotes(where.data)))
    leave(0)
