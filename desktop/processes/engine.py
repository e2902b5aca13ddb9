"""The engine process: pjsua2 behind the doorman and the sound devices. A child of the phone, replaced when it dies.

Standard input: the configuration, then one command a line, JSON; its end is the order to leave. Standard output: facts,
JSON lines. A packet may end this process at any time, so it keeps nothing that must last.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import json
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

from desktop.adapters.audio.port import DeviceError
from desktop.adapters.phone.engine_config import EngineConfig
from desktop.adapters.phone.sound_words import wishes_in
from desktop.adapters.sip.deferred_device import DeferredDevice
from desktop.adapters.sip.device import Meter
from desktop.adapters.sip.device_worker import DeviceWorker
from desktop.adapters.sip.frames import AGENT, new_queue
from desktop.adapters.sip.library import LibraryError
from desktop.adapters.sip.user_agent import Command, UserAgent
from desktop.adapters.system.json_line import json_line
from desktop.adapters.system.priority import raise_priority
from desktop.domain.errors import PhoneError
from desktop.domain.voice import wishes_of
from desktop.processes.arguments import process_parser

if TYPE_CHECKING:
    from desktop.adapters.audio.port import DevicePort
    from desktop.adapters.audio.processed_device import ProcessedDevice
    from desktop.adapters.audio.speaking import Speaking
    from desktop.adapters.sip.tap_server import TapServer

log = logging.getLogger("desktop.engine")

SWITCH_S = 0.0005
"""With Python's default of 5 ms a busy thread costs one audio block in six, with this one in a hundred."""
MOST_WAITING = 10_000
DEVICE_CLOSE_S = 2.0
NOBODY = 0
"""The number of a command that nobody waits for."""
ANNOUNCED_S = 60
"""Seconds of the longest file that is played into a call."""


class Output:
    """JSON lines to the phone by a thread of their own: nobody who posts ever waits for the pipe."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lines: queue.Queue[bytes | None] = queue.Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._run, name="output", daemon=True)
        self._thread.start()

    def post(self, event: dict[str, object]) -> None:
        """Send `event`; dropped where the phone has long stopped reading."""
        try:
            self._lines.put_nowait(json_line(event))
        except queue.Full:
            log.error("the phone does not read; an event is lost")

    def close(self) -> None:
        """Write what waits."""
        self._lines.put(None)
        self._thread.join(1.0)

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            try:
                self._stream.write(line)
                self._stream.flush()
            except OSError:
                os._exit(0)  # the phone is gone, and with it the reason to be here


@dataclass(frozen=True, slots=True)
class Sound:
    """The device that the configuration names: bare, with the treatment of the voice, with speech on top of both."""

    bare: DevicePort
    processed: ProcessedDevice
    speaking: Speaking


def make_sound(
    config: EngineConfig, spoken: Callable[[Path, float], None], failed: Callable[[str], None]
) -> Sound:
    """The device in its layers. Raises DeviceError."""
    # Imported here, off the SIP thread: numpy and miniaudio take longer to load than a caller may have to wait.
    from desktop.adapters.audio.processed_device import ProcessedDevice
    from desktop.adapters.audio.speaking import Speaking

    device: DevicePort
    if config.audio == "file":
        from desktop.adapters.audio.file_device import FileDevice

        microphone = Path(config.microphone) if config.microphone else None
        device = FileDevice(microphone, Path(config.speaker) if config.speaker else None)
    elif config.audio == "devices":
        from desktop.adapters.audio.miniaudio_device import MiniaudioDevice

        device = MiniaudioDevice(wishes_in(config.sound))
    else:
        from desktop.adapters.audio.null_device import NullDevice

        device = NullDevice()
    processed = ProcessedDevice(device, failed)
    return Sound(device, processed, Speaking(processed, spoken))


def make_meter(clock_rate: int) -> Meter:
    """A level meter; imported late for the same reason."""
    from desktop.adapters.audio.levels import LevelMeter

    return LevelMeter(clock_rate)


class Engine:
    """The parts of the process and the verbs that are not SIP."""

    def __init__(self, config: EngineConfig, output: Output) -> None:
        self._config, self._output = config, output
        self._sound: Sound | None = None
        self._device = DeferredDevice(self._make_device)
        self._worker = DeviceWorker(self._device, output.post)
        self._frames = new_queue()
        self._tap: TapServer | None = None
        self._agent = UserAgent(config, self._worker, self._frames, output.post, self._callable)

    def _callable(self) -> None:
        self._worker.do(self._load)
        self._worker.do(threading.Thread(target=self._start_tap, name="tap-start", daemon=True).start)

    def _start_tap(self) -> None:
        # Imported here: a caller may ring before asyncio has been loaded for the tap.
        from desktop.adapters.sip.tap_server import Levels, TapServer

        levels = Levels(make_meter, self._lost_ms, self._output.post)
        self._tap = TapServer(self._config.tap, self._config.token, self._frames, levels)
        self._tap.start()

    def _make_device(self) -> Speaking:
        self._sound = make_sound(self._config, self._spoken, self._voice_failed)
        return self._sound.speaking

    def _load(self) -> None:
        try:
            self._device.load()
        except DeviceError as error:
            self._output.post({"event": "failed", "reason": str(error)})
            return
        if self._config.voice:
            self._treat_voice(Command("voice", self._config.voice, NOBODY))

    def _lost_ms(self, leg: str) -> int:
        return self._device.state().lost_ms if leg == AGENT else self._agent.lost_ms

    def _spoken(self, file: Path, seconds: float) -> None:
        self._output.post({"event": "spoken", "file": str(file), "seconds": round(seconds, 3)})

    def run(self, commands: IO[bytes]) -> None:
        """Work until `commands` ends. Raises LibraryError."""
        threading.Thread(target=self._read, args=(commands,), name="commands", daemon=True).start()
        self._agent.run()
        if self._tap is not None:
            self._tap.stop()
        self._worker.close(DEVICE_CLOSE_S)

    def _read(self, commands: IO[bytes]) -> None:
        for line in commands:
            try:
                message = json.loads(line)
                command = Command(
                    str(message["command"]),
                    tuple(map(str, message.get("arguments", ()))),
                    int(message["seq"]),
                )
            except (ValueError, KeyError, TypeError):
                log.error("a command could not be read")
                continue
            self._take(command)
        self._agent.stop()

    def _take(self, command: Command) -> None:
        if command.verb == "speak":
            self._worker.do(lambda: self._speak(command))
        elif command.verb == "announce":
            self._worker.do(lambda: self._announce(command))
        elif command.verb in ("sound", "keep-device"):
            self._worker.do(lambda: self._change_sound(command))
        elif command.verb == "voice":
            self._worker.do(lambda: self._treat_voice(command))
        else:
            self._agent.submit(command)

    def _answer(self, command: Command, reason: str = "") -> None:
        result: dict[str, object] = {"event": "error" if reason else "done", "command": command.verb}
        if reason:
            result["reason"] = reason
        self._output.post({**result, "seq": command.seq})

    def _speak(self, command: Command) -> None:
        speaking = self._device.made
        if self._config.audio == "devices" or speaking is None:
            self._answer(command, "only without a microphone: with --audio null or file")
            return
        try:
            speaking.speak(Path(command.arguments[0]) if any(command.arguments) else None)
        except DeviceError as error:
            self._answer(command, str(error))
        else:
            self._answer(command)

    def _announce(self, command: Command) -> None:
        """Read the file, off the SIP thread; the first argument is the file, "" stops what is announced."""
        # Imported here as above.
        from desktop.adapters.audio.files import read_audio
        from desktop.adapters.audio.tones import mix
        from desktop.adapters.sip.media import Announcement

        file, *call = command.arguments or ("",)
        announcement = None
        if file:
            rate = self._device.clock_rate
            try:
                sound = read_audio(Path(file), rate).tobytes()
            except DeviceError as error:
                self._answer(command, str(error))
                return
            if not sound or len(sound) > ANNOUNCED_S * rate * 2:
                self._answer(command, f"{file} is empty or longer than {ANNOUNCED_S} seconds")
                return
            announcement = Announcement(sound, rate, mix, lambda whole, s: self._announced(file, whole, s))
        self._agent.submit(Command(command.verb, tuple(call), command.seq, announcement))

    def _announced(self, file: str, whole: bool, seconds: float) -> None:
        event = {"event": "announced", "file": file, "whole": whole, "seconds": round(seconds, 3)}
        self._output.post(event)

    def _treat_voice(self, command: Command) -> None:
        """The arguments are what is to be done with the voice, none for nothing."""
        if self._sound is None:
            self._answer(command, "there is no sound yet")
            return
        try:
            self._sound.processed.use(wishes_of(command.arguments))
        except (DeviceError, ValueError) as error:
            self._answer(command, str(error))
        else:
            self._answer(command)
        self._tell_voice(self._sound.processed)

    def _tell_voice(self, processed: ProcessedDevice) -> None:
        told = {"processing": list(processed.wishes.words), "delay_ms": processed.delay_ms}
        self._output.post({"event": "voice", **told})

    def _voice_failed(self, sentence: str) -> None:
        self._output.post({"event": "error", "command": "voice", "reason": sentence})
        if self._sound is not None:
            self._tell_voice(self._sound.processed)

    def _change_sound(self, command: Command) -> None:
        """`sound` has all wishes, `keep-device` a kind, a device's id and perhaps `only`."""
        bare = self._sound.bare if self._sound is not None else None
        apply, keep = getattr(bare, "apply", None), getattr(bare, "keep", None)
        if apply is None or keep is None:
            self._answer(command, "there are no devices to choose with this kind of audio")
            return
        try:
            if command.verb == "sound":
                apply(wishes_in(*command.arguments[:1]))
            else:
                kind, device, only = (*command.arguments, "", "", "")[:3]
                keep(kind, device, only == "only")
        except (PhoneError, ValueError, TypeError) as error:
            self._answer(command, str(error))
        else:
            self._answer(command)


SOUND = ("levels", "devices", "tones", "processed_device", "speaking", "miniaudio_device")
"""What `make_sound` and `make_meter` stand on, in steps of some ten milliseconds."""
AHEAD_S = 0.005


def configuration_of(commands: IO[bytes]) -> bytes:
    """The first line. Who waits for it loads what sound needs meanwhile, and stops when it has come: SIP goes first."""
    come = threading.Event()

    def load() -> None:
        # Its phone has it ready for an engine that takes another one's place: then there is nothing to wait for.
        come.wait(AHEAD_S)
        for name in SOUND:
            if come.is_set():
                return
            with contextlib.suppress(ImportError):  # said by who really needs it
                importlib.import_module(f"desktop.adapters.audio.{name}")

    threading.Thread(target=load, name="ahead", daemon=True).start()
    try:
        return commands.readline()
    finally:
        come.set()


def take_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output for the phone alone: what pjsip prints on its start goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return sys.stdin.buffer, out


def leave(code: int) -> NoReturn:
    """End the process at once: the library's own end takes a second and aborts over objects that still exist."""
    logging.shutdown()
    os._exit(code)


def main(argv: Sequence[str]) -> int:
    """The engine; returns only where it could not start."""
    process_parser("engine", "SIP and call audio; started by the phone").parse_args(argv)
    faulthandler.enable()
    sys.setswitchinterval(SWITCH_S)
    if not raise_priority():
        log.info("no higher priority for call audio on this machine")
    commands, out = take_streams()
    configuration = configuration_of(commands)
    if not configuration:
        return 0  # started ahead for a phone that then did not come
    output = Output(out)
    try:
        engine = Engine(EngineConfig.read(configuration), output)
        engine.run(commands)
    except LibraryError as error:
        output.post({"event": "failed", "reason": str(error)})
        output.close()
        return 1
    output.close()
    leave(0)
