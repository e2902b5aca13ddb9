"""The simulated citizen's process: a SIP user agent of its own on loopback that calls the desk and plays a scenario.

A child of the desk. Standard output: events, JSON lines (`ready`, `turn`, `heard`, `played`, `ended` or `failed`).
Standard input: `{"command": "hangup"}`; its end means the same. Exit code 0 after a call, 1 where there was none.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import re
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NoReturn

from desktop import log as desk_log
from desktop.adapters.audio.port import CLOCK_RATE
from desktop.adapters.phone.engine_config import EngineConfig
from desktop.adapters.practice.citizen import Citizen
from desktop.adapters.practice.citizen_device import CitizenDevice
from desktop.adapters.practice.clips import Clips
from desktop.adapters.practice.scenarios import ScenarioError, load_scenarios
from desktop.adapters.practice.voice_files import voices
from desktop.adapters.sip.device_worker import DeviceWorker
from desktop.adapters.sip.direct_agent import DirectUserAgent
from desktop.adapters.sip.library import LibraryError
from desktop.adapters.sip.user_agent import Command
from desktop.adapters.stt.voice_activity import SpeechMeter
from desktop.adapters.system.json_line import json_line
from desktop.domain.practice import Scenario
from desktop.paths import resources
from desktop.processes.arguments import process_folders, process_parser
from desktop.processes.own_output import own_output

STEP_S = 0.02
SWITCH_S = 0.0005
GOODBYE_S = 3.0
TARGET = re.compile(r"sip:[A-Za-z0-9._+-]+@127\.0\.0\.1:\d{1,5}(;transport=(udp|tcp))?\Z")

log = logging.getLogger("desktop.citizen")


class Output:
    """Events to the desk, JSON lines, from any thread."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def event(self, name: str, fields: Mapping[str, object]) -> None:
        """Write one event; where the desk has gone there is nothing left to do here."""
        moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        event = {"v": 1, "event": name, "time": moment, "mono": round(time.monotonic(), 6), **fields}
        try:
            with self._lock:
                self._stream.write(json_line(event))
                self._stream.flush()
        except OSError:
            leave(0)


class SipLine:
    """The verbs of the user agent that a citizen needs."""

    def __init__(self, agent: DirectUserAgent) -> None:
        self._agent = agent

    def dial(self, target: str) -> None:
        """Place the call."""
        self._agent.submit(Command("dial", (target,), 1))

    def hang_up(self) -> None:
        """End it."""
        self._agent.submit(Command("hangup", (), 2))


class CitizenProcess:
    """The user agent on the main thread, the citizen on a second one, commands on a third."""

    def __init__(self, scenario: Scenario, clips: Clips, target: str, output: Output) -> None:
        self._target, self._output = target, output
        device = CitizenDevice()
        self._worker = DeviceWorker(device, lambda event: None)
        config = EngineConfig(
            door=0, transport=transport_of(target), uri=address_of(scenario), user="citizen", availability=480
        )
        # Nothing is tapped here: the user agent's frames go nowhere.
        self._agent = DirectUserAgent(config, self._worker, deque(maxlen=1), self._sip_event)
        self.citizen = Citizen(
            scenario, clips, device, SipLine(self._agent), lambda: SpeechMeter(CLOCK_RATE), output.event
        )
        self._up = threading.Event()
        self._leave = threading.Event()

    def run(self, commands: IO[bytes]) -> int:
        """Call, talk, leave; the exit code. Raises LibraryError."""
        threading.Thread(target=self._read, args=(commands,), name="commands", daemon=True).start()
        threading.Thread(target=self._talk, name="citizen", daemon=True).start()
        self._agent.run()
        return int(self.citizen.failed)

    def _sip_event(self, event: dict[str, object]) -> None:
        if event.get("event") == "up":
            self._up.set()
        self.citizen.sip_event(event)

    def _read(self, commands: IO[bytes]) -> None:
        for line in commands:
            try:
                wish = json.loads(line)
            except ValueError:
                log.error("a command could not be read")
                continue
            if isinstance(wish, dict) and wish.get("command") == "hangup":
                break
        self._leave.set()

    def _talk(self) -> None:
        try:
            self._up.wait()
            self._output.event("ready", {})
            self.citizen.call(self._target, time.monotonic())
            leaving_since = None
            while not self.citizen.over:
                now = time.monotonic()
                self.citizen.step(now)
                if self._leave.is_set() and leaving_since is None:
                    leaving_since = now
                    self.citizen.hang_up(now)
                if leaving_since is not None and now - leaving_since > GOODBYE_S:
                    break
                time.sleep(STEP_S)
        except Exception:  # the boundary of this thread: without it the call would stay open and silent
            log.exception("the citizen failed")
            self.citizen.failed = True
            self._output.event("failed", {"reason": "an error of the program; its log says more"})
        self._agent.stop()


def transport_of(target: str) -> str:
    """The transport that a target asks for."""
    return "tcp" if target.endswith(";transport=tcp") else "udp"


def address_of(scenario: Scenario) -> str:
    """Who calls, as SIP says it; a name that SIP could not carry in quotes is left out."""
    name = "".join(sign for sign in scenario.caller_name if sign.isprintable() and sign not in '"\\<>')
    return f'"{name}" <sip:citizen@127.0.0.1>' if name else "sip:citizen@127.0.0.1"


def find_scenario(key: str) -> Scenario:
    """The shipped scenario `key`. Raises ScenarioError."""
    for scenario in load_scenarios(resources() / "practice" / "scenarios.yaml"):
        if scenario.id == key:
            return scenario
    raise ScenarioError(f"There is no scenario {key}.")


def take_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output for the desk alone."""
    return sys.stdin.buffer, own_output()


def leave(code: int) -> NoReturn:
    """End at once: the SIP library's own end takes a second and aborts over objects that still exist."""
    logging.shutdown()
    os._exit(code)


def main(argv: Sequence[str]) -> int:
    """Run the citizen; returns only where no call could be made."""
    parser = process_parser("citizen", "the simulated citizen of a practice call; started by the desk")
    parser.add_argument("--scenario", required=True, metavar="ID")
    parser.add_argument("--target", required=True, metavar="URI")
    parser.add_argument("--voices", type=Path, default=voices(), metavar="DIR")
    args = parser.parse_args(argv)
    if not TARGET.match(args.target):
        parser.error("practice calls go to 127.0.0.1 only: give --target sip:NAME@127.0.0.1:PORT")
    faulthandler.enable()
    sys.setswitchinterval(SWITCH_S)
    desk_log.start(process_folders(args).logs, "citizen", args.verbose)
    commands, out = take_streams()
    output = Output(out)
    try:
        scenario = find_scenario(args.scenario)
        process = CitizenProcess(scenario, Clips(scenario, args.voices), args.target, output)
        code = process.run(commands)
    except (ScenarioError, LibraryError) as error:
        log.error("no practice call: %s", error)
        output.event("failed", {"reason": str(error)})
        return 1
    leave(code)
