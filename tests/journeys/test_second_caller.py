"""Two citizens and the real window: one waits, is answered, they are swapped, one ends; judged by what each hears."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.domain.call import Hold, Outcome
from desktop.processes.desk_core import PhoneAudio
from tests.journeys.real_window import RealWindow, folders_of, real_window, until
from tests.journeys.test_supervisor_call import Voice, heard, press
from tests.peers.headless import HeadlessPhone
from tests.peers.sipp import Sipp
from tests.peers.sipp import refused as busy_call
from tests.peers.tones import chords, course, read_wav, write_tone

Run = Callable[[Coroutine[Any, Any, None]], object]
AGENT, FIRST, SECOND, TO_SECOND, TO_FIRST = 700.0, 440.0, 1000.0, 1500.0, 2200.0
ALL = (AGENT, FIRST, SECOND, TO_SECOND, TO_FIRST)
SETTINGS = 'language = "en"\nspeech_enabled = false\nwrapup_seconds = 60\n'


def heard_in(recording: Path) -> list[frozenset[float]]:
    return course(chords(*read_wav(recording), ALL))


def chord(*hertz: float) -> frozenset[float]:
    return frozenset(hertz)


def citizen(home: Path, hertz: float, *more: str) -> HeadlessPhone:
    home.mkdir()
    tone = write_tone(home / "own.wav", hertz)
    options = ("--audio", "file", "--microphone", str(tone), "--speaker", str(home / "heard.wav"))
    return HeadlessPhone(home / "data", *options, *more)


async def waits(real: RealWindow, caller: HeadlessPhone) -> str:
    """A second citizen calls; returns the call's id."""
    calls = real.desk.services.calls
    caller.say("dial", real.desk.phone.uri)
    await until(lambda: calls.waiting is not None, 15)
    assert calls.waiting is not None
    return calls.waiting.id


async def in_front(real: RealWindow, call_id: str) -> None:
    """This one is spoken with, the other is on hold."""
    calls = real.desk.services.calls
    await until(lambda: calls.current is not None and calls.current.id == call_id, 15)
    await until(lambda: calls.current is not None and calls.current.hold is Hold.NONE, 15)
    await until(lambda: calls.parked is not None and calls.parked.hold is Hold.LOCAL, 15)


async def done(real: RealWindow) -> str:
    """The write-up that is open is finished; returns its call's id."""
    wrap_up = real.desk.services.wrap_up
    await until(lambda: wrap_up.open is not None and real.window.situation == "wrap_up", 15)
    assert wrap_up.open is not None
    call_id = wrap_up.open.call_id
    real.window.wrap_up.choose("교통", "answered")
    real.window.action("done").trigger()
    await until(lambda: wrap_up.open is None or wrap_up.open.call_id != call_id, 15)
    return call_id


async def kept(real: RealWindow, first: str, second: str) -> None:
    """Both calls with their own notes."""
    records = real.desk.records
    outcomes = {call.id: call.outcome for call in await records.calls(5)}
    assert outcomes == dict.fromkeys((first, second), Outcome.ANSWERED)
    assert await records.notes(first) == "of the first"
    assert await records.notes(second) == "of the second"


@pytest.mark.timeout(120)
def test_a_second_citizen_is_answered_swapped_and_left_on_hold(tmp_path: Path, run: Run) -> None:
    tone = write_tone(tmp_path / "agent.wav", AGENT)
    to_second, to_first = (write_tone(tmp_path / f"{h:.0f}.wav", h, 0.6) for h in (TO_SECOND, TO_FIRST))
    where, audio = folders_of(tmp_path, SETTINGS), PhoneAudio("file", str(tone), str(tmp_path / "ear.wav"))
    with citizen(tmp_path / "one", FIRST) as one, citizen(tmp_path / "two", SECOND) as two:
        for each in (one, two):
            each.ready()

        async def journey() -> None:
            async with real_window(where, audio) as real:
                calls, voice, notes = real.desk.services.calls, Voice(real), real.window.notes
                first = await real.takes(one)
                notes.type_text("of the first")
                await heard(one, 0.5)
                second = await waits(real, two)
                await real.reads("Second call")
                press(real, Qt.Key.Key_F2)
                await in_front(real, second)
                await until(lambda: notes.text == "", 15)
                notes.type_text("of the second")
                await voice.says(to_second)
                await heard(two, 0.5)
                press(real, Qt.Key.Key_F4)
                await in_front(real, first)
                await until(lambda: notes.text == "of the first", 15)
                await voice.says(to_first)
                await heard(one, 0.5)
                press(real, Qt.Key.Key_F8)
                await until(lambda: calls.current is not None and calls.current.id == second, 15)
                await until(lambda: calls.current is not None and calls.current.hold is Hold.LOCAL, 15)
                press(real, Qt.Key.Key_F4)
                await until(lambda: calls.current is not None and calls.current.hold is Hold.NONE, 15)
                await heard(two, 0.5)
                two.say("hangup")
                assert [await done(real), await done(real)] == [second, first]
                await until(lambda: real.window.situation == "idle", 15)
                await kept(real, first, second)

        run(journey())
    for ear, theirs, others in (("one", TO_FIRST, TO_SECOND), ("two", TO_SECOND, TO_FIRST)):
        course_of_one = heard_in(tmp_path / ear / "heard.wav")
        assert chord(AGENT, theirs) in course_of_one
        assert not chord(FIRST, SECOND, others) & frozenset().union(*course_of_one)
    assert heard_in(tmp_path / "ear.wav") == [chord(each) for each in (FIRST, SECOND, FIRST, SECOND)]


@pytest.mark.long
@pytest.mark.timeout(120)
def test_one_who_waits_is_declined_by_key_and_another_one_hangs_up(tmp_path: Path, run: Run) -> None:
    where = folders_of(tmp_path, SETTINGS)
    quiet = ("--audio", "null")
    with (
        HeadlessPhone(tmp_path / "one", *quiet) as one,
        HeadlessPhone(tmp_path / "two", *quiet) as two,
        HeadlessPhone(tmp_path / "three", *quiet) as three,
    ):
        for each in (one, two, three):
            each.ready()

        async def journey() -> None:
            async with real_window(where) as real:
                calls = real.desk.services.calls
                first = await real.takes(one)
                second = await waits(real, two)
                port = int(real.desk.phone.uri.rpartition(":")[2])
                await asyncio.to_thread(Sipp(tmp_path / "busy", busy_call(486), port).finish)
                press(real, Qt.Key.Key_F8)
                ended = await asyncio.to_thread(two.call_state, "DISCONNECTED")
                assert (ended["cause"], ended["ended_by"]) == ("busy", "remote")
                await until(lambda: calls.waiting is None)
                third = await waits(real, three)
                three.say("hangup")
                await until(lambda: calls.waiting is None, 15)
                assert calls.current is not None
                assert (calls.current.id, calls.current.hold) == (first, Hold.NONE)
                assert real.notice == ""
                await real.desk.services.background.settle()
                kept = {call.id: call.outcome for call in await real.desk.records.calls(5)}
                known = {first: None, second: Outcome.REJECTED, third: Outcome.MISSED}
                assert {call_id: kept.pop(call_id) for call_id in known} == known
                assert list(kept.values()) == [Outcome.MISSED], (
                    "nobody's key refused the one who found both taken"
                )

        run(journey())


@pytest.mark.long
@pytest.mark.timeout(120)
def test_the_interpreter_is_in_the_call_with_one_key(tmp_path: Path, run: Run) -> None:
    voice = write_tone(tmp_path / "agent.wav", AGENT)
    with (
        citizen(tmp_path / "one", FIRST) as one,
        citizen(tmp_path / "interpreter", SECOND, "--auto-answer") as interpreter,
    ):
        one.ready()
        address = f"sip:mn@127.0.0.1:{interpreter.ready()['port']}"
        where = folders_of(tmp_path, SETTINGS + f'interpreter = "{address}"\n')

        async def journey() -> None:
            async with real_window(where, PhoneAudio("file", str(voice), str(tmp_path / "ear.wav"))) as real:
                calls = real.desk.services.calls
                await real.takes(one)
                await heard(one, 0.8)
                await until(lambda: real.window.action("interpreter").isEnabled(), 15)
                press(real, Qt.Key.Key_F7)
                await until(lambda: calls.second.state is not None and calls.second.state.together, 15)
                await real.reads("Interpreter")
                await heard(one, 1.0)
                press(real, Qt.Key.Key_F8)
                await until(lambda: calls.second.state is None, 15)
                await heard(one, 0.8)
                assert calls.current is not None

        run(journey())
    assert heard_in(tmp_path / "one" / "heard.wav") == [chord(AGENT), chord(AGENT, SECOND), chord(AGENT)]
    assert heard_in(tmp_path / "interpreter" / "heard.wav") == [chord(AGENT, FIRST)]
