"""The process that looks into speech models: real checkpoints, broken ones, and ones that want to do harm."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch

from desktop.adapters.stt.speed import cost_of
from desktop.paths import folders
from desktop.processes import model_check
from tests.adapters.stt.checkpoints import checkpoint, random_model, write_random


def answer(path: Path) -> dict[str, Any]:
    """What the process would say of a file, with a data folder beside it."""
    found: dict[str, Any] = model_check.answer(path, folders(path.parent / "data", path.parent))
    return found


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_random(tmp_path_factory.mktemp("good") / "random.pt")


def test_what_a_checkpoint_can_and_costs(good: Path) -> None:
    found = answer(good)
    assert found["dims"]["n_audio_state"] == 32
    assert len(found["languages"]) == 99
    assert {"ko", "en", "ja", "vi", "th", "mn"} <= set(found["languages"])
    assert 0 < found["cost"] < 5
    assert 0 < found["fast_cost"] < 5
    # Converted for the measurement alone.
    assert list((good.parent / "data" / "converted-models").iterdir()) == []


def test_without_the_other_engine_its_cost_is_not_known(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_check, "has_ctranslate2", lambda: False)
    found = answer(good)
    assert found["cost"] > 0
    assert found["fast_cost"] is None


def test_what_cannot_be_converted_is_still_a_model(good: Path, tmp_path: Path) -> None:
    (tmp_path / "converted-models").write_text("a file")
    found: dict[str, Any] = model_check.answer(good, folders(tmp_path, tmp_path))
    assert found["cost"] > 0
    assert found["fast_cost"] is None


def test_what_it_refuses_is_a_sentence(good: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.pt"
    cut.write_bytes(good.read_bytes()[:-1000])
    assert "no Whisper checkpoint that can be read" in str(answer(cut)["refused"])
    content = checkpoint(random_model())
    content["model_state_dict"]["decoder.token_embedding.weight"].fill_(float("nan"))
    torch.save(content, tmp_path / "nan.pt")
    assert "no numbers" in str(answer(tmp_path / "nan.pt")["refused"])
    trap = tmp_path / "ran"

    class Hostile:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.touch, (trap,))

    torch.save({"dims": Hostile(), "model_state_dict": {"x": torch.zeros(10_000)}}, tmp_path / "code.pt")
    assert "no Whisper checkpoint that can be read" in str(answer(tmp_path / "code.pt")["refused"])
    assert not trap.exists()


def test_an_english_model_says_so(tmp_path: Path) -> None:
    content = checkpoint(random_model())
    content["dims"]["n_vocab"] = 51864
    weights = content["model_state_dict"]
    weights["decoder.token_embedding.weight"] = weights["decoder.token_embedding.weight"][:51864].clone()
    torch.save(content, tmp_path / "english.pt")
    assert answer(tmp_path / "english.pt")["languages"] == ["en"]


HUNGRY = """
import sys
from desktop.adapters.system.own_memory import limit_memory
assert limit_memory(200 << 20)
try:
    held = bytearray(400 << 20)
except MemoryError:
    print('{"refused": "no memory"}')
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no bound on Windows")
def test_memory_is_bounded(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", HUNGRY], capture_output=True, timeout=30)
    assert json.loads(done.stdout) == {"refused": "no memory"}


class Clockwork:
    """An engine whose steps take a tenth of a second each; nobody waits for the tokens of noise."""

    def decode(self, sound: Any, *, final: bool, prefix: Any, abort: Any) -> None:
        assert not abort()
        assert abort()

    def time_tokens(self, count: int, clock: Any) -> float:
        return 0.1 * count


def test_the_cost_is_that_of_speech_and_not_of_the_noise_it_is_measured_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter(float(tick) / 10 for tick in range(100))
    for name in ("perf_counter", "process_time"):
        monkeypatch.setattr(f"desktop.adapters.stt.speed.time.{name}", lambda: next(clock))
    # Five times the encoder, 5 + 10 + 15 + 20 tokens of hypotheses and 20 of the final text, in four seconds.
    assert cost_of(Clockwork()) == pytest.approx(0.1 * (5 + 70) / 4)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    assert "no speech model at" in str(answer(tmp_path / "none.pt")["refused"])
