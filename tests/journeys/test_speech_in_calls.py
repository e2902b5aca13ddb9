"""The transcript of real calls in the real window: a model that comes and is exchanged between calls, two people who
speak at once, music, noise and silence that are no words, the languages of the call and of the window changed in
mid-call.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop.adapters.stt.model_file import practice_model
from desktop.domain.events import HypothesisChanged, SpeechStateChanged
from desktop.domain.practice_result import plain
from desktop.domain.transcript import Leg, SpeechState
from desktop.paths import resources
from desktop.processes import speech_choice
from desktop.ui.panes import DeskPanes
from desktop.ui.transcript.line import Side
from tests.adapters.stt.checkpoints import write_parrot
from tests.adapters.stt.line_sounds import line_sound
from tests.journeys.real_window import RealWindow, folders_of, real_window, until
from tests.peers.headless import HeadlessPhone
from tests.peers.tones import write_tone, write_wav

Run = Callable[[Coroutine[Any, Any, None]], object]

VOICES = resources() / "practice" / "voices" / "S01"
BOTH = {Side.CALLER: ("06-caller", ("계량기", "읽는지")), Side.AGENT: ("11-agent", ("감사합니다", "하루"))}
"""Who says which clip at the same time, and words of it that the other one's does not have."""
LAST, LAST_WORDS = "10-caller", "없어요감사합니다"
PARROT = "여보세요"
INVENTED = "MBC 뉴스 이덕영입니다"
"""What recognisers make of sound that they can't read; it is never shown."""
LONG_CLIPS = ("02-caller", "04-caller", "06-caller", "08-caller")
RATE = 16_000
WORDLESS = {"line noise": 1.0, "plucked music": 1.5, "bowed music": 1.5, "silence": 0.5}


class Talk:
    """The window of an agent to whom a citizen speaks clips."""

    def __init__(self, real: RealWindow, citizen: HeadlessPhone) -> None:
        self.real, self.citizen = real, citizen
        assert isinstance(real.window.panes, DeskPanes)
        self.view = real.window.panes.transcript
        self.murmurs: list[tuple[Leg, str, float]] = []
        self.loaded_in_calls: list[SpeechState] = []
        bus = real.desk.services.bus
        bus.subscribe(HypothesisChanged, self._murmured)
        bus.subscribe(SpeechStateChanged, self._changed)

    def _murmured(self, event: HypothesisChanged) -> None:
        said = event.hypothesis
        self.murmurs.append((said.leg, said.text, said.start))

    def _changed(self, event: SpeechStateChanged) -> None:
        if self.real.desk.services.calls.current is not None:
            self.loaded_in_calls.append(event.state)

    def text(self, side: Side) -> str:
        """What one side has said in the call, as the pane has it."""
        return plain("".join(line.text for line in self.view.model.lines if line.side is side))

    async def becomes(self, state: SpeechState) -> None:
        transcript = self.real.desk.services.transcript
        await until(lambda: transcript.state is state, 20.0, lambda: f"it is {transcript.state}")

    async def reads(self, side: Side, *words: str) -> None:
        await until(lambda: all(word in self.text(side) for word in words), 20.0, lambda: self.text(side))

    def speaks(self, clip: str) -> None:
        self.citizen.say("speak", str(VOICES / f"{clip}.flac"))

    async def ends(self) -> None:
        """The citizen hangs up; the desk is free again."""
        self.citizen.say("hangup")
        await until(lambda: self.real.window.situation == "idle", 15)

    async def both_at_once(self) -> None:
        """Each word stands on the side of who said it."""
        self.speaks(BOTH[Side.CALLER][0])
        await self.real.desk.services.line.phone.speak(str(VOICES / f"{BOTH[Side.AGENT][0]}.flac"))
        for side, (_clip, words) in BOTH.items():
            await self.reads(side, *words)
        starts = {line.side: line.start for line in self.view.model.lines}
        assert abs(starts[Side.CALLER] - starts[Side.AGENT]) < 2.0, "they did speak at once"
        for side, other in ((Side.CALLER, Side.AGENT), (Side.AGENT, Side.CALLER)):
            assert not any(word in self.text(side) for word in BOTH[other][1])

    async def nothing_is_said(self, sound: Path) -> None:
        """Music, noise and silence on both legs are no words, not even for a moment; what is said next is heard."""
        before, murmurs = list(self.view.model.lines), len(self.murmurs)
        phone, clock = self.real.desk.services.line.phone, self.real.desk.services.clock
        self.citizen.say("speak", str(sound))
        await phone.speak(str(sound))
        over = clock.mono() + sum(WORDLESS.values()) + 0.5
        await until(lambda: clock.mono() > over)
        assert self.view.model.lines == before
        assert self.murmurs[murmurs:] == []
        self.speaks(LAST)
        await self.reads(Side.CALLER, LAST_WORDS)

    async def changes_languages(self) -> None:
        """Of the call, then of the window; what was written stays, and what is said next is written."""
        texts = [line.text for line in self.view.model.lines]
        self.real.window.action("spoken_language").trigger()
        assert self.view._language.text() == "English"
        assert self.view.find_button.text() == "Find in call"
        self.real.window.settings.change(language="ko")
        self.real.window.settings_changed()
        await until(lambda: self.view.find_button.text() == "통화에서 찾기", 10, self.view.find_button.text)
        assert [line.text for line in self.view.model.lines] == texts


def wordless(path: Path) -> Path:
    sound = np.concatenate([line_sound(name, seconds, RATE) for name, seconds in WORDLESS.items()])
    return write_wav(path, sound, RATE)


def put(model: Path, place: Path) -> None:
    """As the desk installs it: the notes first, then the weights in one step."""
    shutil.copy(model.with_suffix(".toml"), place.with_suffix(".toml"))
    brought = place.with_suffix(".incoming")
    shutil.copy(model, brought)
    brought.replace(place)


@pytest.mark.timeout(120)
def test_what_is_said_is_read_and_nothing_else(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech_choice, "LOOK_S", 0.3)
    model, parrot = tmp_path / "model.pt", write_parrot(tmp_path / "parrot.pt", PARROT)
    settings = f'language = "en"\nspeech_model = "{model.as_posix()}"\nwrapup_seconds = 0\n'
    sound, silence = wordless(tmp_path / "wordless.wav"), write_tone(tmp_path / "silence.wav", 0.0)

    async def journey() -> None:
        async with real_window(folders_of(tmp_path, settings)) as real:
            talk = Talk(real, citizen)
            await talk.becomes(SpeechState.NO_MODEL)
            assert "No speech model" in talk.view._notice.text()
            put(parrot, model)
            await talk.becomes(SpeechState.READY)

            await real.takes(citizen)
            put(practice_model(), model)
            talk.speaks(LAST)
            await talk.reads(Side.CALLER, PARROT)
            assert talk.loaded_in_calls == []
            await talk.ends()
            await talk.becomes(SpeechState.LOADING)
            await talk.becomes(SpeechState.READY)

            call_id = await real.takes(citizen)
            await talk.both_at_once()
            await talk.changes_languages()
            await talk.nothing_is_said(sound)
            await talk.ends()
            assert talk.loaded_in_calls == []
            assert PARROT not in talk.text(Side.CALLER)
            await real.desk.services.background.settle()
            kept = await real.desk.records.segments(call_id)
            assert [segment.text for segment in kept] == [line.text for line in talk.view.model.lines]

    options = ("--audio", "file", "--microphone", str(silence))
    with HeadlessPhone(tmp_path / "citizen", *options) as citizen:
        citizen.ready()
        run(journey())


@pytest.mark.long
@pytest.mark.timeout(120)
def test_a_voice_of_which_no_text_comes_is_said(tmp_path: Path, run: Run) -> None:
    model = write_parrot(tmp_path / "model.pt", INVENTED)
    settings = f'language = "en"\nspeech_model = "{model.as_posix()}"\nwrapup_seconds = 0\n'

    async def journey() -> None:
        async with real_window(folders_of(tmp_path, settings)) as real:
            talk = Talk(real, citizen)
            await talk.becomes(SpeechState.READY)
            await real.takes(citizen)
            for clip in LONG_CLIPS:
                talk.speaks(clip)
                await asyncio.to_thread(citizen.wait, lambda event: event["event"] == "spoken", 20.0)
            notice = talk.view._notice
            await until(lambda: "caller's voice isn't recognised" in notice.text(), 15, notice.text)
            assert talk.text(Side.CALLER) == ""
            await talk.ends()

    with HeadlessPhone(tmp_path / "citizen", "--audio", "null") as citizen:
        citizen.ready()
        run(journey())
