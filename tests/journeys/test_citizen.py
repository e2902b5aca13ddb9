"""The simulated citizen's own process calls our phone over SIP and talks with it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import pytest

from desktop.adapters.audio.files import read_audio
from desktop.adapters.practice.scenarios import load_scenarios
from desktop.adapters.stt.voice_activity import speech_seconds
from desktop.paths import resources
from tests.peers.headless import ROOT, HeadlessPhone

VOICES = resources() / "practice" / "voices"
S05 = next(one for one in load_scenarios(resources() / "practice" / "scenarios.yaml") if one.id == "S05")


class CitizenChild:
    """`_process citizen`; events by `wait`."""

    def __init__(self, folder: Path, scenario: str, target: str) -> None:
        argv = [sys.executable, "-m", "desktop", "_process", "citizen", "--data", str(folder / "data")]
        argv += ["--config", str(folder / "config"), "--scenario", scenario, "--target", target]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            argv, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
        )
        self._events: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._events.put(json.loads(line))

    def wait(self, name: str, timeout: float = 30.0, **fields: object) -> dict[str, Any]:
        deadline = time.monotonic() + timeout
        while True:
            try:
                event = self._events.get(timeout=max(0.001, deadline - time.monotonic()))
            except Empty:
                raise AssertionError(f"no {name} {fields} in {timeout} s") from None
            if event["event"] == name and all(event.get(key) == value for key, value in fields.items()):
                return event

    def hang_up(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write('{"command": "hangup"}\n')
        self.process.stdin.flush()

    def close(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            code = self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self._thread.join(2)
        self.process.stdout.close()
        return code


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[HeadlessPhone]:
    with HeadlessPhone(tmp_path / "phone", "--audio", "null", "--auto-answer") as started:
        yield started


def target(phone: HeadlessPhone) -> str:
    return f"sip:agent@127.0.0.1:{phone.ready()['port']}"


@pytest.mark.long
def test_a_greeting_is_heard_and_answered_over_sip(tmp_path: Path, phone: HeadlessPhone) -> None:
    greeting = VOICES / "S05" / "01-agent.flac"
    citizen = CitizenChild(tmp_path, "S05", target(phone))
    try:
        citizen.wait("ready")
        assert phone.call_state("CONFIRMED")["remote_name"] == S05.caller_name
        phone.say("speak", str(greeting))
        agent = citizen.wait("turn", n=1, who="agent")
        caller = citizen.wait("turn", n=2, who="caller")
        assert caller["text"] == S05.turns[1].text
        assert caller["started"] - agent["ended"] == pytest.approx(0.7, abs=0.15)
        citizen.hang_up()
        spoken = speech_seconds(read_audio(greeting, 16000), 16000)
        citizen.wait("heard", seconds=pytest.approx(spoken, rel=0.1))
        citizen.wait("ended", by="caller")
    finally:
        code = citizen.close()
    assert code == 0
    assert phone.call_state("DISCONNECTED")["ended_by"] == "remote"


def test_when_the_agent_hangs_up_the_citizen_leaves(tmp_path: Path, phone: HeadlessPhone) -> None:
    citizen = CitizenChild(tmp_path, "S01", target(phone))
    try:
        phone.call_state("CONFIRMED")
        phone.say("hangup")
        citizen.wait("ended", by="agent")
    finally:
        assert citizen.close() == 0


def test_a_desk_that_takes_no_calls_is_told(tmp_path: Path, phone: HeadlessPhone) -> None:
    where = target(phone)
    phone.say("availability", "480")
    citizen = CitizenChild(tmp_path, "S01", where)
    try:
        assert "480" in citizen.wait("failed")["reason"]
    finally:
        assert citizen.close() == 1


def test_only_loopback_is_dialled(tmp_path: Path) -> None:
    citizen = CitizenChild(tmp_path, "S01", "sip:agent@192.0.2.1:5060")
    assert citizen.close() == 2
