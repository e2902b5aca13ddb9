"""Short windows: what is decoded again in the whole one, when a floor rises, and what is found out about a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.stt import self_check
from desktop.adapters.stt.acceptance import Decoding
from desktop.adapters.stt.model_notes import FILE, ModelNotes
from desktop.adapters.stt.models import load_engine
from desktop.adapters.stt.self_check import UNSURE, known_sample, safe_floor
from desktop.adapters.stt.sound import Floats
from desktop.adapters.stt.threads import choose_threads
from desktop.adapters.stt.windows import WindowedEngine, Windows
from desktop.paths import resources

SOUND = np.zeros(16000 * 2, np.float32)
PRACTICE = resources() / "models" / "practice-ko.pt"


class Scripted(WindowedEngine):
    """Tokens are bytes of UTF-8; `says` gives text for a window, None for a loop."""

    def __init__(self, says: Callable[[int], str | None], windows: Windows | None = None) -> None:
        super().__init__(windows or Windows(250, 250), 1500)
        self._says = says
        self.used: list[int] = []
        self.raised: list[int] = []
        self.on_raised = self.raised.append

    def content(self, tokens: Sequence[int]) -> bytes:
        return bytes(tokens)

    def _pass(
        self, sound: Floats, window: int, prefix: Sequence[int], abort: Callable[[], bool]
    ) -> Decoding | None:
        if abort():
            return None
        self.used.append(window)
        text = self._says(window)
        return Decoding(tuple((text or "네").encode()), -0.1, 0.0, looped=text is None)

    def hear(self, final: bool) -> Decoding | None:
        return self.decode(SOUND, final=final, abort=lambda: False)


@pytest.mark.parametrize("final", [True, False])
def test_what_loops_is_decoded_again_and_two_alarms_raise_the_floor(final: bool) -> None:
    engine = Scripted(lambda window: "안녕하세요" if window >= 500 else None)
    for _ in range(3):
        decoding = engine.hear(final)
        assert decoding is not None
        assert not decoding.looped
    assert engine.used == [250, 1500, 250, 1500, 500]
    assert engine.raised == [500]
    # Both: what short hypotheses cannot bear final text cannot either.
    engine.hear(not final)
    assert engine.used[-1] == 500


def test_sound_that_loops_everywhere_costs_a_hypothesis_the_whole_window_only_twice() -> None:
    engine = Scripted(lambda window: None)
    for _ in range(5):
        engine.hear(False)
    assert engine.used == [250, 1500, 250, 1500, 250, 250, 250]
    engine.hear(True)
    assert engine.used[-2:] == [250, 1500]
    assert engine.raised == []


def test_a_hypothesis_that_is_given_up_during_the_second_pass_is_no_alarm() -> None:
    engine = Scripted(lambda window: None)
    answers = iter([False, True])
    assert engine.decode(SOUND, final=False, abort=lambda: next(answers)) is None
    assert engine.used == [250]


def test_the_floor_never_passes_the_whole_window() -> None:
    engine = Scripted(lambda window: "예" if window == 1500 else None)
    for _ in range(12):
        engine.hear(True)
    assert engine.raised == [500, 750, 1000, 1500]
    assert engine.used[-1] == 1500


@pytest.mark.parametrize(
    ("says", "floor"),
    [
        (lambda window: "내일 다시 전화할게요", 250),
        (lambda window: "내일 다시 전화할게요" if window >= 500 else "내일 내일 내일", 500),
        (lambda window: "내일 다시 전화할게요" if window >= 750 else None, 750),
        # What is wrong in the middle is not safe below it.
        (lambda window: "내일 다시 전화할게요" if window != 500 else "아니요", 750),
        (lambda window: "내일 다시 전화할게요" if window >= 1500 else None, 1500),
        (lambda window: "네", UNSURE),
        (lambda window: None, UNSURE),
        (lambda window: "시청해 주셔서 감사합니다", UNSURE),
    ],
)
def test_the_safe_floor_is_the_last_that_agrees(says: Callable[[int], str | None], floor: int) -> None:
    assert safe_floor(Scripted(says), SOUND) == floor


def test_the_sample_fits_the_smallest_window() -> None:
    sample = known_sample()
    assert sample is not None
    assert 2.5 < len(sample) / 16000 < 250 / 50 - 1.5
    assert float(np.abs(sample).max()) > 0.05


def test_a_file_is_tried_once_and_known_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    model = tmp_path / "model.pt"
    model.write_bytes(PRACTICE.read_bytes())
    # The shipped model hears at most 3.6 s at once.
    model.with_suffix(".toml").write_text("longest_s = 3.4\n")
    notes = ModelNotes(tmp_path / "data")
    tried: list[int] = []

    def watch(engine: WindowedEngine, sample: Floats) -> int:
        tried.append(safe_floor(engine, sample))
        return tried[-1]

    monkeypatch.setattr(self_check, "safe_floor", watch)
    raised: list[int] = []
    engine = load_engine(model, "ko", notes, raised.append)
    assert tried == [250]
    assert engine._floor(final=True) == engine._floor(final=False) == 250
    again = load_engine(model, "ko", ModelNotes(tmp_path / "data"))
    assert len(tried) == 1
    assert again._floor(final=True) == 250
    # A floor that was raised in a call holds at the next start.
    engine._blame_window(final=False)
    engine._blame_window(final=False)
    assert raised == [500]
    assert "loop" in caplog.text
    assert load_engine(model, "ko", ModelNotes(tmp_path / "data"))._floor(final=True) == 500
    # The file beside the model has the last word.
    model.with_suffix(".toml").write_text("window_floor = 300\n")
    assert load_engine(model, "ko", notes)._floor(final=True) == 300


def test_a_model_that_makes_no_sense_keeps_long_windows(parrot: Path, tmp_path: Path) -> None:
    model = tmp_path / "random.pt"
    model.write_bytes(parrot.read_bytes())
    notes = ModelNotes(tmp_path)
    notes.keep_floor(notes.digest(model), UNSURE)
    engine = load_engine(model, "ko", notes)
    assert (engine._floor(final=False), engine._floor(final=True)) == (750, 1500)


def test_notes_are_by_content_and_bounded(tmp_path: Path) -> None:
    notes = ModelNotes(tmp_path)
    one, other = tmp_path / "a.pt", tmp_path / "b.pt"
    one.write_bytes(b"x" * 100)
    other.write_bytes(b"x" * 100)
    digest = notes.digest(one)
    assert digest == notes.digest(other)
    notes.keep_floor(digest, 500)
    one.write_bytes(b"y" * 101)
    assert notes.floor(notes.digest(one)) is None
    assert notes.floor(digest) == 500
    for number in range(150):
        notes.keep_floor(f"{number:064}", 250)
    assert notes.floor(digest) is None
    assert notes.floor(f"{149:064}") == 250


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b'{"floors": 3, "files": []}', b'{"floors": {"a": "x"}}', b"[" * 100_000, b"\xff"],
)
def test_notes_that_cannot_be_read_count_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    notes = ModelNotes(tmp_path)
    assert notes.floor("a") is None
    notes.keep_floor("a", 750)
    assert notes.floor("a") == 750
    assert set(json.loads((tmp_path / FILE).read_bytes())) == {"files", "floors"}


@pytest.mark.parametrize("forged", [-1, 1501, True, 2.5, None])
def test_a_floor_that_no_model_has_is_unknown(tmp_path: Path, forged: object) -> None:
    (tmp_path / FILE).write_text(json.dumps({"floors": {"a": forged}}))
    assert ModelNotes(tmp_path).floor("a") is None


class Timed:
    """Seconds for tokens by the number of threads."""

    def __init__(self, seconds: dict[int, float]) -> None:
        self._seconds = seconds
        self.threads = 0

    def set(self, threads: int) -> None:
        self.threads = threads

    def time_tokens(self, count: int) -> float:
        return self._seconds[self.threads] * count


@pytest.mark.parametrize(
    ("seconds", "most", "chosen"),
    [
        ({1: 0.01, 3: 0.005}, 3, 3),
        ({1: 0.01, 3: 0.4}, 3, 1),
        ({1: 0.01, 3: 0.01}, 3, 1),
        ({1: 0.01}, 1, 1),
    ],
)
def test_the_faster_number_of_threads_is_kept(seconds: dict[int, float], most: int, chosen: int) -> None:
    engine = Timed(seconds)
    assert choose_threads(engine, engine.set, most) == chosen
    assert engine.threads == chosen


def test_an_engine_times_its_tokens(parrot: Path) -> None:
    engine = load_engine(parrot, "ko")
    assert 0 < engine.time_tokens(2) < 60
