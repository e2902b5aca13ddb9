"""Checkpoints: what loads, what is refused and with which sentence."""

from __future__ import annotations

import pickle
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from desktop.adapters.stt.agreement import readable
from desktop.adapters.stt.model_file import ModelError
from desktop.adapters.stt.models import load_engine
from desktop.adapters.stt.whisper_tokenizer import LanguageError
from desktop.adapters.stt.windows import read_windows
from tests.adapters.stt.checkpoints import checkpoint, random_model, write_english, write_parrot

NOISE = np.random.default_rng(2).normal(0, 0.05, 16000 * 2).astype(np.float32)


def never() -> bool:
    return False


def save(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    content = checkpoint(random_model())
    change(content)
    torch.save(content, path)
    return path


def test_a_checkpoint_loads_and_speaks(parrot: Path) -> None:
    engine = load_engine(parrot, "ko")
    decoding = engine.decode(NOISE, final=True, abort=never)
    assert decoding is not None
    assert readable(engine.content(decoding.tokens)) == "네, 안녕하세요"
    assert decoding.logprob > -0.1
    assert not decoding.looped
    assert 0 <= decoding.no_speech < 0.5


def test_a_prefix_is_kept_and_not_decoded_again(parrot: Path) -> None:
    engine = load_engine(parrot, "ko")
    whole = engine.decode(NOISE, final=False, abort=never)
    assert whole is not None
    again = engine.decode(NOISE, final=False, prefix=whole.tokens[:2], abort=never)
    assert again is not None
    assert again.tokens == whole.tokens


def test_abort_is_asked_between_tokens(parrot: Path) -> None:
    engine = load_engine(parrot, "ko")
    answers = iter([False] * 4 + [True] * 10)
    assert engine.decode(NOISE, final=False, abort=lambda: next(answers)) is None


def test_random_weights_stay_within_the_budget_and_are_called_a_loop(random_checkpoint: Path) -> None:
    engine = load_engine(random_checkpoint, "ko")
    decoding = engine.decode(NOISE, final=True, abort=never)
    assert decoding is not None
    assert len(decoding.tokens) <= 10 + 2 * 9
    assert decoding.looped


def test_long_sound_fits_the_window(parrot: Path) -> None:
    engine = load_engine(parrot, "ko")
    assert engine.decode(np.zeros(16000 * 40, np.float32), final=True, abort=never) is not None
    assert engine.decode(np.zeros(0, np.float32), final=True, abort=never) is not None


def test_two_engines_of_other_languages_force_them(parrot: Path) -> None:
    assert load_engine(parrot, "en").content([]) == b""
    with pytest.raises(LanguageError, match="xx"):
        load_engine(parrot, "xx")


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no speech model at"):
        load_engine(tmp_path / "none.pt", "ko")
    with pytest.raises(ModelError, match="is not a file"):
        load_engine(tmp_path, "ko")


def test_a_name_is_never_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("whisper._download", lambda *args: pytest.fail("went to the network"))
    with pytest.raises(ModelError, match="no speech model at"):
        load_engine(Path("base"), "ko")


@pytest.mark.parametrize("keep", [0, 100, 20_000, 0.5, 0.99])
def test_truncated(random_checkpoint: Path, tmp_path: Path, keep: float) -> None:
    content = random_checkpoint.read_bytes()
    cut = tmp_path / "cut.pt"
    cut.write_bytes(content[: int(keep if keep > 1 else keep * len(content))])
    with pytest.raises(ModelError):
        load_engine(cut, "ko")


def test_not_a_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "noise.pt"
    path.write_bytes(np.random.default_rng(1).bytes(100_000))
    with pytest.raises(ModelError, match="no Whisper checkpoint"):
        load_engine(path, "ko")


def test_code_in_a_pickle_never_runs(tmp_path: Path) -> None:
    trap = tmp_path / "ran"

    class Hostile:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.touch, (trap,))

    zipped = tmp_path / "zipped.pt"
    torch.save({"dims": Hostile(), "model_state_dict": {"x": torch.zeros(10_000)}}, zipped)
    plain = tmp_path / "plain.pt"
    plain.write_bytes(pickle.dumps([Hostile(), b"x" * 20_000]))
    for path in (zipped, plain):
        with pytest.raises(ModelError, match="no Whisper checkpoint"):
            load_engine(path, "ko")
    assert not trap.exists()


def test_a_checkpoint_that_would_blow_up_is_refused(random_checkpoint: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.pt"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", b"\0" * 50_000_000)
    with pytest.raises(ModelError, match="no Whisper checkpoint"):
        load_engine(bomb, "ko")


def change_dims(**dims: object) -> Callable[[dict[str, Any]], None]:
    return lambda content: content["dims"].update(dims)


@pytest.mark.parametrize(
    "change",
    [
        change_dims(n_text_layer=10_000),
        change_dims(n_mels=81),
        change_dims(n_audio_state=2.5),
        change_dims(n_vocab=True),
        change_dims(n_audio_head=3),
        change_dims(extra=1),
        lambda content: content.pop("dims"),
        lambda content: content.update(dims=[1, 2]),
    ],
)
def test_implausible_dimensions(tmp_path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    with pytest.raises(ModelError, match="dimensions"):
        load_engine(save(tmp_path / "model.pt", change), "ko")


def test_weights_that_do_not_fit_their_dimensions(tmp_path: Path) -> None:
    path = save(tmp_path / "model.pt", change_dims(n_text_layer=2))
    with pytest.raises(ModelError, match="do not fit"):
        load_engine(path, "ko")
    path = save(tmp_path / "none.pt", lambda content: content.update(model_state_dict=torch.zeros(10_000)))
    with pytest.raises(ModelError, match="openai's format"):
        load_engine(path, "ko")


def test_weights_that_are_no_numbers(tmp_path: Path) -> None:
    def spoil(content: dict[str, Any]) -> None:
        content["model_state_dict"]["decoder.token_embedding.weight"].fill_(float("nan"))

    with pytest.raises(ModelError, match="no numbers"):
        load_engine(save(tmp_path / "nan.pt", spoil), "ko")


def test_english_only_is_refused_for_korean(tmp_path: Path) -> None:
    path = write_english(tmp_path / "english.pt")
    with pytest.raises(ModelError, match="English only"):
        load_engine(path, "ko")
    assert load_engine(path, "en").content([]) == b""


def test_too_little_memory(random_checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.adapters.stt.model_file.memory", lambda: (8_000_000_000, 1_000_000))
    with pytest.raises(ModelError, match="memory"):
        load_engine(random_checkpoint, "ko")


def test_half_precision_loads(tmp_path: Path) -> None:
    def halve(content: dict[str, Any]) -> None:
        weights = content["model_state_dict"]
        content["model_state_dict"] = {name: value.half() for name, value in weights.items()}

    engine = load_engine(save(tmp_path / "half.pt", halve), "ko")
    assert engine.decode(NOISE, final=False, abort=never) is not None


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("window_floor = 250\n", (250, 250, 0)),
        ("window_floor = 250\nlongest_s = 3\n", (250, 250, 3)),
        ("longest_s = 0.1\n", (750, 1500, 0)),
        ('longest_s = "x"\n', (750, 1500, 0)),
        ("window_floor = 5\n", (750, 1500, 0)),
        ('window_floor = "x"\n', (750, 1500, 0)),
        ("window_floor = [\n", (750, 1500, 0)),
        ("", (750, 1500, 0)),
    ],
)
def test_the_floor_comes_from_the_file_beside(
    tmp_path: Path, text: str, windows: tuple[int, int, float]
) -> None:
    (tmp_path / "model.toml").write_text(text)
    read, chosen = read_windows(tmp_path / "model.pt", 1500)
    assert (read.hypothesis, read.final, read.longest) == windows
    assert chosen is (windows[0] == 250)


def test_a_loop_in_a_short_window_is_decoded_again_in_the_whole_one(
    parrot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(parrot, tmp_path / "model.pt"))
    path.with_suffix(".toml").write_text("window_floor = 250\n")
    engine = load_engine(path, "ko")
    used: list[int] = []
    encode = engine._encode

    def watch(sound: Any, window: int) -> Any:
        used.append(window)
        return encode(sound, window)

    monkeypatch.setattr(engine, "_encode", watch)
    monkeypatch.setattr("desktop.adapters.stt.decoder.loops", lambda pieces: len(used) % 2 == 1)
    for _ in range(2):
        decoding = engine.decode(NOISE, final=True, abort=never)
        assert decoding is not None
        assert not decoding.looped
    assert used == [250, 1500, 250, 1500]
    assert engine.decode(NOISE, final=True, abort=never) is not None
    assert used[4] == 500


def test_long_sound_goes_in_pieces_to_a_model_that_knows_short_ones(
    parrot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(parrot, tmp_path / "model.pt"))
    path.with_suffix(".toml").write_text("window_floor = 100\nlongest_s = 2\n")
    engine = load_engine(path, "ko")
    encoded: list[int] = []
    encode = engine._encode

    def watch(sound: Any, window: int) -> Any:
        encoded.append(len(sound))
        return encode(sound, window)

    monkeypatch.setattr(engine, "_encode", watch)
    long = np.concatenate([NOISE, np.zeros(3200, np.float32), NOISE])
    first = engine.decode(long, final=False, abort=never)
    assert first is not None
    assert readable(engine.content(first.tokens)) == " ".join(["네, 안녕하세요"] * len(encoded))
    assert max(encoded) <= 32000
    assert sum(encoded) == len(long)
    before = len(encoded)
    again = engine.decode(np.concatenate([long, NOISE[:8000]]), final=False, abort=never)
    assert again is not None
    # What was decoded before is not decoded again; only the end is new.
    assert len(encoded) - before <= 2
    assert again.tokens[: len(first.tokens) // 2] == first.tokens[: len(first.tokens) // 2]


def test_a_long_sentence_of_the_parrot_is_not_cut(tmp_path: Path) -> None:
    sentence = "주민등록등본은 가까운 주민센터에서 받으실 수 있습니다"
    engine = load_engine(write_parrot(tmp_path / "parrot.pt", sentence), "ko")
    sound = np.zeros(16000 * 4, np.float32)
    decoding = engine.decode(sound, final=True, abort=never)
    assert decoding is not None
    assert readable(engine.content(decoding.tokens)) == sentence
