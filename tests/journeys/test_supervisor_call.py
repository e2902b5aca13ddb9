"""F10 in the real window: the supervisor is on the line, the citizen hears nothing of it and is back by itself."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.call import Hold
from desktop.domain.phone import Spoken
from desktop.processes.desk_core import PhoneAudio
from tests.journeys.real_window import RealWindow, folders_of, real_window, until
from tests.peers.baresip import Baresip
from tests.peers.headless import HeadlessPhone
from tests.peers.kamailio import Kamailio
from tests.peers.sipp import CALLED, USED, SippServer, expect_request
from tests.peers.tones import chords, course, read_wav, write_tone

Run = Callable[[Coroutine[Any, Any, None]], object]
AGENT, CITIZEN, BOSS, SECRET, BACK = 700.0, 440.0, 1000.0, 1500.0, 2200.0
ALL = (AGENT, CITIZEN, BOSS, SECRET, BACK)
POLICY = 'form = 1\nbase = "seoul"\n\n[supervisor]\nname = "Team lead"\nsip = "{uri}"\n'
SETTINGS = 'protection_policy = "{policy}"\nlanguage = "en"\nspeech_enabled = false\nwrapup_seconds = 60\n'


def settings(folder: Path, supervisor: str) -> str:
    policy = folder / "centre.toml"
    policy.write_text(POLICY.format(uri=supervisor), "utf-8")
    return SETTINGS.format(policy=policy)


def heard_in(recording: Path) -> list[frozenset[float]]:
    return course(chords(*read_wav(recording), ALL))


def press(real: RealWindow, key: Qt.Key) -> None:
    QTest.keyClick(real.window.focusWidget() or real.window, key)


class Voice:
    """The agent's microphone: a tone all the time, and files on top of it."""

    def __init__(self, real: RealWindow) -> None:
        self._phone, self._ended = real.desk.phone, 0
        real.desk.services.bus.subscribe(Spoken, self._count)

    def _count(self, _event: Spoken) -> None:
        self._ended += 1

    async def says(self, file: Path) -> None:
        before = self._ended
        await self._phone.speak(str(file))
        await until(lambda: self._ended > before, 15)


async def heard(phone: HeadlessPhone, seconds: float) -> None:
    """So much of the call, by the clock of the other side's own events."""
    await asyncio.to_thread(phone.hear, seconds)


async def answered(real: RealWindow, supervisor: Baresip) -> None:
    """The supervisor takes the call that F10 makes."""
    calls = real.desk.services.calls
    press(real, Qt.Key.Key_F10)
    await until(lambda: calls.second.state is not None and calls.second.state.call_id)
    supervisor.wait_type("CALL_INCOMING")
    supervisor.command("accept")
    await until(lambda: calls.second.state is not None and calls.second.state.answered)
    await until(lambda: calls.current is not None and calls.current.hold is Hold.LOCAL)
    assert "Team lead" in real.notice


@pytest.mark.timeout(120)
def test_the_citizen_hears_nothing_of_the_supervisor_and_is_back(tmp_path: Path, run: Run) -> None:
    (tmp_path / "citizen").mkdir()
    tones = {hertz: write_tone(tmp_path / f"{hertz:.0f}.wav", hertz) for hertz in (AGENT, CITIZEN)}
    secret, back = (write_tone(tmp_path / f"{hertz:.0f}.wav", hertz, 1.0) for hertz in (SECRET, BACK))
    ears = tmp_path / "citizen.wav", tmp_path / "agent.wav"
    audio = PhoneAudio("file", str(tones[AGENT]), str(ears[1]))
    options = ("--audio", "file", "--microphone", str(tones[CITIZEN]), "--speaker", str(ears[0]))
    with (
        HeadlessPhone(tmp_path / "citizen", *options) as citizen,
        Baresip(tmp_path / "boss", source=f"ausine,{BOSS:.0f}") as boss,
    ):
        citizen.ready()
        where = folders_of(tmp_path, settings(tmp_path, boss.uri))

        async def journey() -> None:
            async with real_window(where, audio) as real:
                voice, calls = Voice(real), real.desk.services.calls
                call_id = await real.takes(citizen)
                await answered(real, boss)
                await voice.says(secret)
                boss.command("hangup")
                await until(lambda: calls.second.state is None)
                await until(lambda: calls.current is not None and calls.current.hold is Hold.NONE)
                assert real.notice == ""
                await voice.says(back)
                press(real, Qt.Key.Key_F8)
                await until(lambda: calls.current is None)
                assert [call.id for call in await real.desk.records.calls(5)] == [call_id]

        run(journey())
        boss_heard = boss.heard()
    assert SECRET not in frozenset().union(*heard_in(ears[0]))
    assert frozenset({AGENT, BACK}) in heard_in(ears[0])
    assert frozenset({AGENT, SECRET}) in heard_in(boss_heard)
    assert BACK not in frozenset().union(*heard_in(boss_heard))
    assert CITIZEN not in frozenset().union(*heard_in(boss_heard))
    assert frozenset({BOSS}) in heard_in(ears[1])


@pytest.mark.timeout(120)
def test_the_supervisor_reads_the_incidents_number(tmp_path: Path, run: Run) -> None:
    messages = tmp_path / "messages.log"
    scenario = CALLED + expect_request("BYE") + USED.replace(",4", "")
    boss = SippServer(tmp_path / "boss", scenario, "-trace_msg", "-message_file", str(messages))
    with HeadlessPhone(tmp_path / "citizen", "--audio", "null") as citizen:
        citizen.ready()
        where = folders_of(tmp_path, settings(tmp_path, f"sip:boss@127.0.0.1:{boss.port}"))
        incidents: list[str] = []

        async def journey() -> None:
            async with real_window(where) as real:
                services = real.desk.services
                await real.takes(citizen)
                press(real, Qt.Key.Key_F12)
                await until(lambda: services.escalation.current and services.escalation.current.versions)
                press(real, Qt.Key.Key_F10)
                await until(lambda: services.calls.second.state and services.calls.second.state.answered)
                press(real, Qt.Key.Key_F8)
                await until(lambda: services.calls.second.state is None)
                await until(lambda: services.calls.current and services.calls.current.hold is Hold.NONE)
                assert services.escalation.current is not None
                incidents.append(services.escalation.current.number)

        run(journey())
    boss.finish()
    sent = messages.read_text()
    assert re.findall(r"^X-Incident: *(\S+)", sent, re.MULTILINE) == incidents
    assert re.findall(r"^Subject: *(.+?)\r?$", sent, re.MULTILINE) == [f"Incident {incidents[0]}"]


@pytest.mark.long
@pytest.mark.timeout(120)
def test_a_line_of_the_policy_joins_a_crisis_and_the_citizen_never_waits(tmp_path: Path, run: Run) -> None:
    voices = {hertz: write_tone(tmp_path / f"{hertz:.0f}.wav", hertz) for hertz in (AGENT, CITIZEN, BOSS)}

    def hearing(name: str, hertz: float, *more: str) -> HeadlessPhone:
        (tmp_path / name).mkdir()
        files = ("--microphone", str(voices[hertz]), "--speaker", str(tmp_path / f"{name}.wav"))
        return HeadlessPhone(tmp_path / name, "--audio", "file", *files, *more)

    with Kamailio(tmp_path / "kamailio") as registrar:
        accounts = {user: tmp_path / f"{user}.toml" for user in ("119", "desk")}
        for user, file in accounts.items():
            lines = f'registrar = "127.0.0.1:{registrar.port}"\npassword = "pw-{user}"\nbind = "127.0.0.1"\n'
            file.write_text(f'id = "sip:{user}@127.0.0.1"\n{lines}')
        where = folders_of(tmp_path, f'account = "{accounts["desk"]}"\n' + settings(tmp_path, ""))
        audio = PhoneAudio("file", str(voices[AGENT]), str(tmp_path / "desk.wav"))
        with (
            hearing("citizen", CITIZEN) as citizen,
            hearing("rescue", BOSS, "--account", str(accounts["119"]), "--auto-answer") as rescue,
        ):
            citizen.ready()
            rescue.wait(lambda event: event["event"] == "registration" and event["state"] == "registered")

            async def journey() -> None:
                async with real_window(where, audio) as real:
                    calls = real.desk.services.calls
                    await until(lambda: calls.registration.state == "registered", 20)
                    citizen.say("dial", f"sip:desk@127.0.0.1:{registrar.port}")
                    await until(lambda: real.window.situation == "ringing", 15)
                    press(real, Qt.Key.Key_F2)
                    await until(lambda: real.window.situation == "talking", 15)
                    press(real, Qt.Key.Key_F11)
                    await until(lambda: str(real.window.situation) == "crisis")
                    await heard(citizen, 0.8)
                    QTest.keyClick(
                        real.window.focusWidget(), Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier
                    )
                    await until(lambda: calls.second.state is not None and calls.second.state.together, 15)
                    assert "119" in real.notice
                    await heard(citizen, 1.0)
                    press(real, Qt.Key.Key_F8)
                    await until(lambda: calls.second.state is None)
                    await heard(citizen, 0.8)
                    assert calls.current is not None

            run(journey())
    assert heard_in(tmp_path / "citizen.wav") == [
        frozenset({AGENT}), frozenset({AGENT, BOSS}), frozenset({AGENT}),
    ]  # fmt: skip
    assert heard_in(tmp_path / "rescue.wav") == [frozenset({AGENT, CITIZEN})]
