"""What both engines promise, and that they write the same."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop.adapters.stt.acceptance import Decoding, refusal
from desktop.adapters.stt.agreement import readable
from desktop.adapters.stt.model_file import ModelError, practice_model
from desktop.adapters.stt.sound import Floats
from desktop.adapters.stt.text_engine import TextEngine
from desktop.adapters.stt.whisper_tokenizer import LanguageError
from tests.adapters.stt.checkpoints import write_english
from tests.adapters.stt.engines import ENGINES, engine_of
from tests.adapters.stt.practice_call import RATE, practice_call

NOISE = np.random.default_rng(2).normal(0, 0.05, RATE * 2).astype(np.float32)
SENTENCE = "네, 안녕하세요"
# Int8 weights move probabilities a little, more where a cut word leaves the model unsure; the tokens of the shipped
# model stay. By whether the text is final.
LOGPROB_TOLERANCE = {True: 0.02, False: 0.06}
NO_SPEECH_TOLERANCE = 0.02
TOKEN_TOLERANCE = {True: 0.2, False: 0.4}


def never() -> bool:
    return False


def decoded(engine: TextEngine, sound: Floats, *, final: bool = True, **more: Any) -> Decoding:
    found = engine.decode(sound, final=final, abort=never, **more)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Converted models of this module."""
    return tmp_path_factory.mktemp("converted")


@pytest.fixture(scope="module", params=ENGINES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def talker(name: str, parrot: Path, folder: Path) -> TextEngine:
    """The engine of a model that says one sentence to every sound."""
    return engine_of(name, parrot, folder)


@pytest.fixture(scope="module")
def practised(folder: Path) -> dict[str, TextEngine]:
    """Both engines of the shipped model."""
    return {name: engine_of(name, practice_model(), folder) for name in ENGINES}


@pytest.fixture(scope="module")
def lines() -> list[Floats]:
    """The lines of a practice call, as long as the shipped model takes them."""
    call = practice_call("S01", narrow=True)
    spans = [(line.leg, int(line.started * RATE), int(line.ended * RATE)) for line in call.lines]
    return [call.legs[who][start:end].astype(np.float32) / np.float32(32768) for who, start, end in spans]


def test_a_sentence_is_decoded(talker: TextEngine) -> None:
    found = decoded(talker, NOISE)
    assert readable(talker.content(found.tokens)) == SENTENCE
    assert found.logprob > -0.1
    assert not found.looped
    assert 0 <= found.no_speech < 0.5


def test_a_prefix_stands_before_what_follows_it(talker: TextEngine) -> None:
    whole = decoded(talker, NOISE, final=False).tokens
    for known in range(1, len(whole) + 1):
        assert decoded(talker, NOISE, final=False, prefix=whole[:known]).tokens == whole
    other = (*whole[:1], whole[0])
    assert decoded(talker, NOISE, final=False, prefix=other).tokens[:2] == other


@pytest.mark.parametrize("answers", [0, 1])
def test_an_abort_is_heard_before_each_half_of_the_work(talker: TextEngine, answers: int) -> None:
    asked = itertools.chain([False] * answers, itertools.repeat(True))
    assert talker.decode(NOISE, final=True, abort=lambda: next(asked)) is None


def test_random_weights_stay_within_the_budget_and_are_called_a_loop(
    name: str, random_checkpoint: Path, folder: Path
) -> None:
    engine = engine_of(name, random_checkpoint, folder)
    # Twice a loop is tried again in the whole window, without a prefix.
    for prefix in ((), (), (1000, 1001, 1002)):
        found = decoded(engine, NOISE, final=False, prefix=prefix)
        assert found.looped
        assert len(prefix) < len(found.tokens) <= len(prefix) + 10 + 2 * 9
        assert found.tokens[: len(prefix)] == prefix
        # Of a prefix nobody knows how sure it was.
        assert (found.logprobs is None) == bool(prefix)
        assert found.logprobs is None or len(found.logprobs) == len(found.tokens)
    # As many as the decoder has places for, and no more.
    assert len(decoded(engine, np.zeros(RATE * 28, np.float32)).tokens) <= 64


def test_no_sound_and_too_much(talker: TextEngine) -> None:
    for length in (0, 1, RATE * 40):
        assert readable(talker.content(decoded(talker, np.zeros(length, np.float32)).tokens)) == SENTENCE


def test_the_language_is_forced_and_must_be_known(
    name: str, parrot: Path, folder: Path, tmp_path: Path
) -> None:
    heads = {code: engine_of(name, parrot, folder, code)._head for code in ("ko", "en", "th")}
    assert len({head[1] for head in heads.values()}) == 3
    with pytest.raises(LanguageError, match="klingon"):
        engine_of(name, parrot, folder, "klingon")
    english = write_english(tmp_path / "english.pt")
    with pytest.raises(ModelError, match="English only"):
        engine_of(name, english, folder, "ko")
    assert decoded(engine_of(name, english, folder, "en"), NOISE).looped
    with pytest.raises(ModelError, match="English only"):
        engine_of(name, english, folder, "ko")


def test_both_write_the_same_tokens(practised: dict[str, TextEngine], lines: list[Floats]) -> None:
    for number, sound in enumerate(lines):
        # By turns a whole line as final text, and one that is cut inside a word as running speech.
        final = number % 2 == 0
        part = sound if final else sound[: len(sound) // 2]
        one, other = (decoded(practised[name], part, final=final) for name in ENGINES)
        assert one.tokens == other.tokens
        assert one.looped == other.looped
        assert abs(one.logprob - other.logprob) <= LOGPROB_TOLERANCE[final]
        assert one.logprobs is not None
        assert other.logprobs is not None
        assert np.allclose(one.logprobs, other.logprobs, atol=TOKEN_TOLERANCE[final])
        assert abs(one.no_speech - other.no_speech) <= NO_SPEECH_TOLERANCE
        assert "\ufffd" not in readable(practised["ctranslate2"].content(other.tokens))


def test_silence_becomes_no_words(practised: dict[str, TextEngine]) -> None:
    for name in ENGINES:
        found = decoded(practised[name], np.zeros(RATE * 3, np.float32))
        assert refusal(found, readable(practised[name].content(found.tokens)), voiced=3.0) != ""


def test_another_language_is_spoken_by_the_same_weights(talker: TextEngine) -> None:
    assert talker.speaking("ko") is talker
    assert talker.speaking("tlh") is talker, "the model has no such language"
    thai = talker.speaking("th")
    assert thai is talker.speaking("th")
    assert thai._head != talker._head
    assert thai._budget(2.0, ()) > talker._budget(2.0, ()), "Thai has more tokens a second"
    assert readable(thai.content(decoded(thai, NOISE).tokens)) == SENTENCE
