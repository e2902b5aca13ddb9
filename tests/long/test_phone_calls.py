"""Many calls in a row: all answered, and nothing is left behind of any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import psutil
import pytest

from tests.peers.baresip import Baresip
from tests.peers.headless import HeadlessPhone
from tests.peers.sipp import ANSWERED, BYE, SippProcess, pause
from tests.peers.tones import blocks_with, read_wav, write_tone

CALLS, WARM_UP = 1000, 100
TALK_S = 120

Measured = Callable[[str, Mapping[str, object]], None]


def megabytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1e6


@pytest.mark.long
@pytest.mark.timeout(1500)
def test_a_thousand_calls_leave_nothing_behind(tmp_path: Path, measured: Measured) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null", "--auto-answer") as phone:
        port = phone.ready()["port"]
        processes = [psutil.Process(phone.process.pid), *psutil.Process(phone.process.pid).children()]
        before: list[tuple[float, int, int]] = []
        for batch in (WARM_UP, CALLS - WARM_UP):
            scenario = ANSWERED + pause(50) + BYE
            options = ("-m", str(batch), "-r", "4", "-l", "1", "-timeout", "900", "-s", "agent")
            caller = SippProcess(tmp_path / str(batch), scenario, *options, f"127.0.0.1:{port}")
            for _ in range(batch):
                phone.call_state("CONFIRMED", 30)
                phone.call_state("DISCONNECTED", 30)
                phone.events.clear()
            caller.finish(60)
            now = [(megabytes(one), one.num_fds(), one.num_threads()) for one in processes]
            before = before or now
        for old, new in zip(before, now, strict=True):
            assert new[0] <= old[0] * 1.03 + 1.0
            assert new[1:] == old[1:]
        measured("phone-calls", {"calls": CALLS, "MB, files, threads after 100": before, "after all": now})


@pytest.mark.long
@pytest.mark.timeout(300)
def test_two_minutes_of_talk_without_lost_blocks(tmp_path: Path, measured: Measured) -> None:
    tone = write_tone(tmp_path / "own.wav", 700, seconds=TALK_S + 20.0)
    options = ("--audio", "file", "--microphone", str(tone), "--speaker", str(tmp_path / "heard.wav"))
    with HeadlessPhone(tmp_path / "data", *options) as phone, Baresip(tmp_path / "b") as other:
        phone.ready()
        phone.say("dial", other.uri)
        other.wait_type("CALL_INCOMING")
        other.command("accept")
        phone.call_state("CONFIRMED")
        phone.hear(TALK_S)
        phone.say("hangup")
        phone.call_state("DISCONNECTED")
    lost: dict[str, object] = {}
    for name, file, hertz in (("to us", tmp_path / "heard.wav", 440), ("to them", other.heard(), 700)):
        blocks = blocks_with(*read_wav(file), hertz)
        talk = blocks[blocks.index(True) : len(blocks) - blocks[::-1].index(True)]
        lost[f"lost 100 ms blocks {name}"] = f"{talk.count(False)} of {len(talk)}"
        assert talk.count(False) <= len(talk) * 0.02
    measured("phone-talk", lost)
