"""What the callers of practice say, in voices that the practice model never heard, over a real call in G.711."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
import soxr

from desktop.adapters.stt.model_file import practice_model
from desktop.domain.events import CallReceived
from desktop.domain.practice_result import edit_distance, plain
from desktop.domain.transcript import Leg, SpeechState
from desktop.paths import Folders
from desktop.processes.desk_core import SILENCE, open_desk
from desktop.settings import SettingsFile
from tests.journeys.real_window import until
from tests.peers.baresip import Baresip
from tests.peers.tones import write_wav
from tools.render_voices import RATE
from tools.speech_model.clips import Samples, speak
from tools.speech_model.heldout import STYLES, callers_lines
from tools.speech_model.texts import said, written
from tools.speech_model.train import SCENARIOS

PLAYED = 48_000
PAUSE_S = 1.2
MOST_WRONG = 0.05

Measured = Callable[[str, Mapping[str, object]], None]


def lines() -> Iterator[tuple[str, Samples]]:
    """Every line of the callers, each in another voice than the one before: what is written, and its sound."""
    for (_scenario, words), style in zip(callers_lines(SCENARIOS), cycle(STYLES), strict=False):
        yield written(words), speak(said(words), style)


def write_call(path: Path, sounds: list[Samples]) -> float:
    """The sounds with pauses, as baresip plays them; returns the seconds."""
    pause = np.zeros(int(PAUSE_S * RATE), np.float32)
    sound = np.concatenate([pause, *(part for each in sounds for part in (each, pause))])
    played = np.clip(soxr.resample(sound, RATE, PLAYED), -1, 1) * 32767
    write_wav(path, played.astype("<i2"), PLAYED, channels=2)
    return len(sound) / RATE


async def written_down(folder: Path, citizen: Baresip, seconds: float) -> str:
    """What the desk has of the caller when all is said."""
    where = Folders(folder / "data", folder / "config")
    desk = await open_desk(
        where, SettingsFile(where.settings_file, {"speech_model": str(practice_model())}), SILENCE
    )
    services = desk.services
    rang: list[CallReceived] = []
    services.bus.subscribe(CallReceived, rang.append)
    await desk.start()
    await until(lambda: services.transcript.state is SpeechState.READY, 60.0)
    citizen.command("dial", desk.phone.uri)
    await until(lambda: rang)
    await services.calls.answer()
    await asyncio.sleep(seconds)
    await services.calls.end()
    assert await services.transcript.drained(rang[0].call.id, 20.0)
    text = " ".join(segment.text for segment in services.transcript.heard(Leg.CALLER))
    await desk.close()
    return text


@pytest.mark.long
@pytest.mark.timeout(600)
def test_voices_never_heard_are_written_over_a_real_line(tmp_path: Path, measured: Measured) -> None:
    texts, sounds = zip(*lines(), strict=True)
    seconds = write_call(tmp_path / "caller.wav", list(sounds))
    source = f"aufile,{tmp_path / 'caller.wav'}"
    with Baresip(tmp_path / "citizen", source=source, codecs="PCMA/8000/1") as citizen:
        found = asyncio.run(written_down(tmp_path, citizen, seconds))
        citizen.wait_type("CALL_CLOSED", 10)
    wanted, got = plain("".join(texts)), plain(found)
    share = edit_distance(wanted, got) / len(wanted)
    measured(
        "unheard-voices",
        {
            "codec": "PCMA",
            "lines": len(texts),
            "seconds": round(seconds),
            "characters": len(wanted),
            "cer": share,
        },
    )
    assert share < MOST_WRONG
