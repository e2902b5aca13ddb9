"""The desk's end and the real process, on the engine's own tap: text, death, hang, mute, another engine."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import numpy as np
import psutil

from desktop.adapters.sip.frames import Begin, End, Frame, FrameQueue, new_queue
from desktop.adapters.sip.tap_server import Levels, TapServer
from desktop.adapters.stt.desk_speech import DeskSpeech
from desktop.adapters.tap.address import choose
from desktop.domain.transcript import Hypothesis, Leg, Segment, SpeechState
from tests.adapters.stt.scripted import RATE, Samples

CALL = "c1"
TOKEN = "secret"
FRAME = RATE // 50
SENTENCE = "네, 안녕하세요"
PATIENCE = 40.0


class Meter:
    """Levels do not matter here."""

    speaking = clipping = False
    level_db = -90.0

    def feed(self, pcm: bytes) -> None:
        """Nothing is measured."""


class Phone:
    """The engine's real tap with sound put into its queue."""

    def __init__(self, address: str) -> None:
        self.queue: FrameQueue = new_queue()
        levels = Levels(lambda rate: Meter(), lambda leg: 0, lambda event: None)
        self.server = TapServer(address, TOKEN, self.queue, levels)
        self.at = 0

    def begin(self, *legs: str) -> None:
        for leg in legs:
            self.queue.append(Begin(CALL, leg, RATE))

    def say(self, sound: Samples, leg: str = "caller") -> None:
        for start in range(0, len(sound), FRAME):
            pcm = sound[start : start + FRAME].astype("<i2").tobytes()
            self.queue.append(Frame(CALL, leg, self.at + start, pcm, True))
        self.at += len(sound)

    def end(self) -> None:
        self.queue.append(End(CALL))


@contextmanager
def phone(address: str) -> Iterator[Phone]:
    one = Phone(address)
    one.server.start()
    try:
        yield one
    finally:
        one.server.stop()


class Desk:
    """What the desk is told."""

    def __init__(self, folder: Path, model: Path | None) -> None:
        argv = [sys.executable, "-m", "desktop", "_process", "speech", "--data", str(folder)]
        self.speech = DeskSpeech(argv, model)
        self.states: list[tuple[SpeechState, str]] = []
        self.hypotheses: list[Hypothesis] = []
        self.segments: list[Segment] = []
        self.ended: list[str] = []
        self.gaps: list[tuple[float, float]] = []
        self.voiced: dict[Leg, float] = {}
        self.speech.listen(
            lambda state, detail, level: self.states.append((state, detail)),
            self.hypotheses.append,
            self.segments.append,
            self.ended.append,
        )
        self.speech.on_gap = lambda call, leg, start, end: self.gaps.append((start, end))
        self.speech.on_voice = lambda call, leg, speaking, voiced: self.voiced.update({leg: voiced})

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not true():
                await asyncio.sleep(0.02)

    async def until_ready(self, times: int = 1) -> None:
        await self.until(lambda: [state for state, _ in self.states].count(SpeechState.READY) >= times)

    async def until_hung(self, pid: int) -> None:
        await self.until(lambda: psutil.Process(pid).status() == psutil.STATUS_STOPPED)


@asynccontextmanager
async def desk(folder: Path, model: Path | None, address: str) -> AsyncIterator[Desk]:
    one = Desk(folder, model)
    one.speech.set_tap(address, TOKEN)
    one.speech.start()
    try:
        yield one
    finally:
        await one.speech.close()


def pause(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.int16)


def test_a_call_becomes_text_on_both_sides(tmp_path: Path, parrot: Path, speech: Samples) -> None:
    async def scenario() -> None:
        address = choose(tmp_path, "tap")
        with phone(address) as engine:
            async with desk(tmp_path, parrot, address) as one:
                engine.begin("caller", "agent")
                # Spoken before the model is loaded; it waits.
                engine.say(np.concatenate([pause(0.5), speech, pause(1)]))
                await one.until_ready()
                await one.until(lambda: len(one.segments) == 1)
                engine.say(np.concatenate([speech, pause(1)]), "agent")
                engine.end()
                await one.until(lambda: one.ended == [CALL])
        assert [(segment.leg, segment.text) for segment in one.segments] == [
            (Leg.CALLER, SENTENCE),
            (Leg.AGENT, SENTENCE),
        ]
        first = one.segments[0]
        assert 0.2 < first.start < 1.0
        assert first.confidence > 0.9
        assert one.voiced[Leg.CALLER] > 2
        assert one.states[-1][0] is SpeechState.OFF

    asyncio.run(scenario())


def test_killed_in_mid_sentence_its_successor_hears_it_and_nothing_twice(
    tmp_path: Path, parrot: Path, speech: Samples
) -> None:
    async def scenario() -> None:
        address = choose(tmp_path, "tap")
        with phone(address) as engine:
            async with desk(tmp_path, parrot, address) as one:
                await one.until_ready()
                engine.begin("caller")
                engine.say(np.concatenate([pause(0.5), speech, pause(1.2)]))
                await one.until(lambda: len(one.segments) == 1)
                # The second sentence has begun when the process dies, and goes on meanwhile.
                half = len(speech) // 2
                engine.say(speech[:half])
                await one.until(lambda: one.hypotheses and one.hypotheses[-1].start > one.segments[0].end - 1)
                died = time.monotonic()
                os.kill(one.speech.pid, signal.SIGKILL)
                engine.say(np.concatenate([speech[half:], pause(1.2)]))
                await one.until_ready(2)
                back = time.monotonic() - died
                await one.until(lambda: len(one.segments) >= 2)
                engine.end()
                await one.until(lambda: one.ended == [CALL])
        assert back < 20
        assert SpeechState.RESTARTING in [state for state, _ in one.states]
        assert len(one.segments) == 2
        length = len(speech) / RATE
        assert abs(one.segments[0].start - 0.5) < 0.5
        assert abs(one.segments[1].start - (0.5 + length + 1.2)) < 0.5
        assert one.segments[1].end - one.segments[1].start > 0.8 * length
        assert one.segments[0].end <= one.segments[1].start

    asyncio.run(scenario())


def test_a_hung_process_is_replaced(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with desk(tmp_path, None, "") as one:
            await one.until(lambda: SpeechState.NO_MODEL in [state for state, _ in one.states])
            first = one.speech.pid
            os.kill(first, signal.SIGSTOP)
            stopped = time.monotonic()
            await one.until(lambda: one.speech.pid not in (0, first))
            await one.until(lambda: [s for s, _ in one.states].count(SpeechState.NO_MODEL) == 2)
            assert time.monotonic() - stopped < 5
            assert not psutil.pid_exists(first)

    asyncio.run(scenario())


def test_without_a_model_voices_are_heard_and_it_is_said_what_to_do(tmp_path: Path, speech: Samples) -> None:
    async def scenario() -> None:
        address = choose(tmp_path, "tap")
        with phone(address) as engine:
            async with desk(tmp_path, tmp_path / "none.pt", address) as one:
                engine.begin("caller")
                engine.say(np.concatenate([pause(0.5), speech, pause(1)]))
                engine.end()
                await one.until(lambda: one.ended == [CALL])
                await one.until(lambda: SpeechState.NO_MODEL in [state for state, _ in one.states])
                children = psutil.Process(one.speech.pid)
                assert not any("torch" in each.path for each in children.memory_maps())
        _, detail = next(each for each in one.states if each[0] is SpeechState.NO_MODEL)
        assert "none.pt" in detail
        assert "choose a model file" in detail
        assert one.segments == []

    asyncio.run(scenario())


def test_a_corrupt_model_fails_with_a_sentence_and_another_can_be_chosen(
    tmp_path: Path, parrot: Path, speech: Samples
) -> None:
    async def scenario() -> None:
        address = choose(tmp_path, "tap")
        corrupt = tmp_path / "corrupt.pt"
        corrupt.write_bytes(parrot.read_bytes()[:50_000])
        with phone(address) as engine:
            async with desk(tmp_path, corrupt, address) as one:
                await one.until(lambda: one.states and one.states[-1][0] is SpeechState.FAILED)
                assert "corrupt.pt" in one.states[-1][1]
                one.speech.set_model(parrot)
                await one.until_ready()
                engine.begin("caller")
                engine.say(np.concatenate([speech, pause(1)]))
                await one.until(lambda: len(one.segments) == 1)

    asyncio.run(scenario())


def test_the_other_engine_decodes_in_a_process_without_torch(
    tmp_path: Path, parrot: Path, speech: Samples
) -> None:
    async def scenario() -> None:
        address = choose(tmp_path, "tap")
        with phone(address) as engine:
            async with desk(tmp_path, None, address) as one:
                one.speech.set_model(parrot, engine="ctranslate2")
                await one.until_ready()
                assert one.states[-1] == (SpeechState.READY, "")
                engine.begin("caller")
                engine.say(np.concatenate([speech, pause(1)]))
                await one.until(lambda: len(one.segments) == 1)
                assert one.segments[0].text == SENTENCE
                process = psutil.Process(one.speech.pid)
                libraries = [Path(each.path).name for each in process.memory_maps()]
                assert any("ctranslate2" in name for name in libraries)
                assert not any("torch" in name for name in libraries)
                # What converted has ended, and its memory with it.
                assert process.children() == []

    asyncio.run(scenario())


def test_muted_time_is_a_gap_and_an_engine_that_is_gone_ends_its_calls(
    tmp_path: Path, parrot: Path, speech: Samples
) -> None:
    async def scenario() -> None:
        address = choose(tmp_path, "tap")
        async with desk(tmp_path, parrot, address) as one:
            await one.until_ready()
            with phone(address) as engine:
                engine.begin("caller")
                engine.say(speech)
                engine.at += 20 * RATE
                engine.say(speech)
                await one.until(lambda: one.gaps)
                await one.until(lambda: len(one.segments) == 1)
            await one.until(lambda: len(one.segments) == 2)
            with phone(address):
                await one.until(lambda: one.ended == [CALL])
            length = len(speech) / RATE
            assert abs(one.gaps[0][1] - one.gaps[0][0] - 20) < 0.01
            assert one.segments[0].end <= length + 0.01
            assert one.segments[1].start >= length + 19.99

    asyncio.run(scenario())


def test_a_remark_is_the_detail_of_being_ready_unless_the_process_has_one() -> None:
    told: list[tuple[SpeechState, str]] = []
    speech = DeskSpeech(["nothing"], None)
    speech.listen(
        lambda state, detail, _level: told.append((state, detail)),
        lambda _: None,
        lambda _: None,
        lambda _: None,
    )
    speech.set_model(Path("tiny.pt"), absent=SpeechState.TOO_SLOW, remark="smaller_too_slow")
    for state, detail in (("loading", ""), ("ready", ""), ("ready", "long_windows"), ("no_model", "none")):
        speech._take({"event": "state", "state": state, "detail": detail})
    assert told == [
        (SpeechState.LOADING, ""),
        (SpeechState.READY, "smaller_too_slow"),
        (SpeechState.READY, "long_windows"),
        (SpeechState.TOO_SLOW, ""),
    ]


def test_the_desk_end_needs_no_torch() -> None:
    program = (
        "import sys\n"
        "import desktop.adapters.stt.desk_speech, desktop.adapters.stt.environment\n"
        "import desktop.adapters.stt.streaming, desktop.adapters.stt.tap_follower\n"
        "import desktop.processes.speech, desktop.cli.transcribe\n"
        "sys.exit('torch' in sys.modules or 'whisper' in sys.modules)\n"
    )
    assert psutil.Popen([sys.executable, "-c", program]).wait(60) == 0
