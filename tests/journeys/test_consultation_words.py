"""What is said with somebody whom the agent asks stands in a transcript of its own, in the real window and on disk."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from desktop.adapters.stt.model_file import practice_model
from desktop.domain.call import Hold
from desktop.domain.consultation import Purpose
from desktop.domain.practice_result import plain
from desktop.domain.transcript import SpeechState
from desktop.paths import resources
from desktop.ui.panes import DeskPanes
from desktop.ui.transcript.line import Side
from desktop.ui.transcript.model import TranscriptModel
from tests.journeys.real_window import RealWindow, folders_of, real_window, until
from tests.peers.headless import HeadlessPhone
from tests.peers.tones import write_tone

Run = Callable[[Coroutine[Any, Any, None]], object]

VOICES = resources() / "practice" / "voices" / "S01"
QUESTION, QUESTION_WORDS = VOICES / "06-caller.flac", "읽는지"
ANSWER, ANSWER_WORDS = VOICES / "11-agent.flac", "하루"
LAST, LAST_WORDS = VOICES / "10-caller.flac", "없어요"


def said(model: TranscriptModel, side: Side) -> str:
    return plain("".join(line.text for line in model.lines if line.side is side))


async def asks(real: RealWindow, other: str) -> None:
    """The agent calls somebody beside the citizen, and they are there."""
    second = real.desk.services.calls.second
    await second.consult(other, Purpose.SUPERVISOR, "Team lead")
    await until(lambda: second.state is not None and second.state.answered, 15)
    await until(lambda: real.desk.services.calls.current.hold is Hold.LOCAL, 15)  # type: ignore[union-attr]


@pytest.mark.timeout(120)
def test_asked_and_citizen_are_never_mixed(tmp_path: Path, run: Run) -> None:
    settings = f'language = "en"\nspeech_model = "{practice_model().as_posix()}"\nwrapup_seconds = 0\n'
    silence = write_tone(tmp_path / "silence.wav", 0.0)
    files = ("--audio", "file", "--microphone", str(silence))

    async def journey(citizen: HeadlessPhone, other: HeadlessPhone, uri: str) -> None:
        async with real_window(folders_of(tmp_path, settings)) as real:
            assert isinstance(real.window.panes, DeskPanes)
            view, services = real.window.panes.transcript, real.desk.services
            await until(lambda: services.transcript.state is SpeechState.READY, 30)
            call_id = await real.takes(citizen)
            citizen.say("speak", str(QUESTION))
            await until(lambda: QUESTION_WORDS in said(view.model, Side.CALLER), 20)
            await asks(real, uri)
            assert view.accessibleName() == "Consultation: Team lead"
            citizen.say("speak", str(LAST))  # on hold: it exists nowhere
            other.say("speak", str(ANSWER))
            await until(lambda: ANSWER_WORDS in said(view.asked.model, Side.ASKED), 20)
            assert view.list.isHidden()
            await services.calls.second.swap()
            await until(lambda: view.accessibleName() == "Live transcript", 15)
            assert ANSWER_WORDS not in said(view.model, Side.CALLER)
            await services.calls.second.join()
            await until(
                lambda: services.calls.second.state is not None and services.calls.second.state.together
            )
            other.say("speak", str(ANSWER))
            await until(lambda: ANSWER_WORDS in said(view.model, Side.THIRD), 20)
            other.say("hangup")
            await until(lambda: services.calls.second.state is None, 15)
            citizen.say("hangup")
            await until(lambda: real.window.situation == "idle", 15)
            await services.background.settle()
            (asked,) = await real.desk.records.asked_beside(call_id)
            kept = plain("".join(one.text for one in await real.desk.records.segments(asked.call_id)))
            assert ANSWER_WORDS in kept
            assert kept.count(ANSWER_WORDS) == 1, "what was said to all three is not said again here"
            own = plain("".join(one.text for one in await real.desk.records.segments(call_id)))
            assert QUESTION_WORDS in own
            assert LAST_WORDS not in own + kept

    with (
        HeadlessPhone(tmp_path / "citizen", *files) as citizen,
        HeadlessPhone(tmp_path / "other", *files, "--auto-answer") as other,
    ):
        citizen.ready()
        run(journey(citizen, other, f"sip:other@127.0.0.1:{other.ready()['port']}"))
