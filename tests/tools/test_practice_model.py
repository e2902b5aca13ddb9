from __future__ import annotations

import hashlib
import tomllib

import numpy as np
import pytest
import whisper
from whisper.model import Whisper

from tools.render_voices import RATE, VOICES
from tools.speech_model.channel import telephone
from tools.speech_model.evaluate import decode, distance, sound_in, sound_of
from tools.speech_model.ship import TARGET
from tools.speech_model.texts import practice_lines

FLOOR = 120
with TARGET.with_suffix(".toml").open("rb") as stream:
    ABOUT = tomllib.load(stream)


@pytest.fixture(scope="module")
def model() -> Whisper:
    return whisper.load_model(str(TARGET), device="cpu").eval()


def test_the_description_is_of_this_file(model: Whisper) -> None:
    assert ABOUT["sha256"] == hashlib.sha256(TARGET.read_bytes()).hexdigest()
    assert ABOUT["languages"] == ["ko"]
    assert ABOUT["window_floor"] == FLOOR
    assert ABOUT["dims"] == vars(model.dims)
    assert model.is_multilingual


@pytest.mark.parametrize("kind", ["g722", "pcma"])
def test_callers_are_recognised(model: Whisper, kind: str) -> None:
    rng = np.random.default_rng(3)
    wrong = length = 0
    for line in practice_lines(tuple(ABOUT["scenarios"])):
        if line.who == "caller" and line.turn in (2, 8, 10):
            sound = np.pad(sound_of(line), (RATE // 4, RATE // 5))
            one, of = distance(line.text, decode(model, telephone(sound, rng, kind=kind), FLOOR).text)
            wrong, length = wrong + one, length + of
    assert length > 60
    assert wrong / length <= 0.1


def test_every_caller_is_heard_to_ask_who_is_there(model: Whisper) -> None:
    rng = np.random.default_rng(4)
    for scenario in ABOUT["scenarios"]:
        asked = np.pad(sound_in(VOICES / f"hello-{scenario}.flac"), (RATE // 4, RATE // 5))
        assert decode(model, telephone(asked, rng, kind="pcma"), FLOOR).text == "여보세요?"


def test_silence_gives_no_text(model: Whisper) -> None:
    heard = decode(model, np.zeros(3 * RATE, np.float32), FLOOR)
    assert heard.text == ""
    assert heard.no_speech > 0.9
