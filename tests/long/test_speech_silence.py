"""Half an hour of a real call in which nobody speaks: silence and line noise in turn become no word, at either side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.stt.model_file import practice_model
from desktop.domain.events import CallReceived, HypothesisChanged, SegmentCommitted
from desktop.domain.practice_result import plain
from desktop.domain.transcript import Leg, SpeechState
from desktop.paths import Folders, resources
from desktop.processes.desk_core import PhoneAudio, open_desk
from desktop.settings import SettingsFile
from tests.adapters.stt.line_sounds import line_sound
from tests.journeys.real_window import until
from tests.peers.headless import HeadlessPhone
from tests.peers.tones import write_wav

MINUTES = 30
RATE = 16_000
CLIP = resources() / "practice" / "voices" / "S01" / "02-caller.flac"
WORD = "수도요금"
"""What the citizen says in the end: the desk was listening all the time."""

Measured = Callable[[str, Mapping[str, object]], None]


def quiet_minute(path: Path) -> Path:
    """Half a minute of silence and half a minute of noise and hum; the file device adds a second of silence."""
    sound = np.concatenate(
        [line_sound("silence", 30, RATE), line_sound("line noise", 15, RATE), line_sound("hum", 15, RATE)]
    )
    return write_wav(path, sound, RATE)


async def listened(folder: Path, citizen: HeadlessPhone, audio: PhoneAudio) -> dict[str, object]:
    """The whole call; what was shown of the half hour, and the citizen's last words."""
    where = Folders(folder / "data", folder / "config")
    desk = await open_desk(
        where, SettingsFile(where.settings_file, {"speech_model": str(practice_model())}), audio
    )
    services = desk.services
    shown: list[str] = []
    rang: list[CallReceived] = []
    services.bus.subscribe(CallReceived, rang.append)
    services.bus.subscribe(HypothesisChanged, lambda event: shown.append(event.hypothesis.text))
    services.bus.subscribe(SegmentCommitted, lambda event: shown.append(event.segment.text))
    await desk.start()
    await until(lambda: services.transcript.state is SpeechState.READY, 60.0)
    citizen.say("dial", desk.phone.uri)
    await until(lambda: rang)
    await services.calls.answer()
    await until(lambda: services.calls.current is not None and services.calls.current.confirmed)
    pid, began = desk.speech.pid, services.clock.mono()
    await until(lambda: services.clock.mono() > began + 60 * MINUTES, 60.0 * MINUTES + 30)
    of_nothing = list(shown)
    citizen.say("speak", str(CLIP))
    await until(lambda: WORD in plain("".join(s.text for s in services.transcript.heard(Leg.CALLER))))
    assert desk.speech.pid == pid, "the speech process is the same one"
    await services.calls.end()
    assert await services.transcript.drained(rang[0].call.id, 20.0)
    lines = len(services.transcript.segments)
    await desk.close()
    return {"minutes": MINUTES, "texts of silence and noise": of_nothing, "lines of the whole call": lines}


@pytest.mark.long
@pytest.mark.timeout(60 * MINUTES + 180)
def test_half_an_hour_of_silence_and_noise_is_no_word(tmp_path: Path, measured: Measured) -> None:
    quiet = quiet_minute(tmp_path / "quiet.wav")
    options = ("--audio", "file", "--microphone", str(quiet))
    with HeadlessPhone(tmp_path / "citizen", *options) as citizen:
        citizen.ready()
        found = asyncio.run(listened(tmp_path, citizen, PhoneAudio("file", str(quiet))))
    measured("speech-silence", found)
    assert found["texts of silence and noise"] == []
    assert found["lines of the whole call"] == 1
