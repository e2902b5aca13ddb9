"""Converted models: made once, whole or not at all, and never from a checkpoint that is not one."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from desktop.adapters.stt import fast_models
from desktop.adapters.stt.conversion import convert
from desktop.adapters.stt.fast_decoder import FastEngine, fast_engine
from desktop.adapters.stt.fast_models import (
    ConversionError,
    FastModel,
    FastModels,
    NoRoomError,
    Trial,
    digest_of,
)
from desktop.adapters.stt.model_file import ModelError
from tests.adapters.stt.checkpoints import DIMENSIONS, checkpoint, random_model
from tests.adapters.stt.engines import converted

VERSIONS = {"ctranslate2": "4.8.5", "torch": "2.13.0"}
DIGEST = "ab" * 32


@pytest.fixture
def kept(parrot: Path, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A folder with the parrot's converted form, a copy of one that is made once."""
    made = tmp_path_factory.getbasetemp() / "parrot-converted"
    converted(parrot, made)
    return Path(shutil.copytree(made, tmp_path / "converted"))


def write_small(folder: Path) -> dict[str, int]:
    """A conversion that writes little."""
    for name in fast_models.FILES:
        (folder / name).write_text(name)
    return dict(DIMENSIONS)


def test_a_conversion_is_made_once_and_is_private(parrot: Path, kept: Path) -> None:
    model = FastModels(kept).find(parrot, digest_of(parrot))
    assert model is not None
    assert model.dims == DIMENSIONS
    assert {path.name for path in model.folder.iterdir()} == {*fast_models.FILES, "about.json"}
    assert [path.name for path in kept.iterdir()] == [digest_of(parrot)]
    if os.name == "posix":
        modes = {path.stat().st_mode & 0o77 for path in kept.rglob("*")}
        assert modes == {0}


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def alter(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("harm", [cut, alter, Path.unlink])
@pytest.mark.parametrize("name", [*fast_models.FILES, "about.json"])
def test_a_damaged_conversion_is_made_again(
    parrot: Path, kept: Path, harm: Callable[[Path], None], name: str
) -> None:
    models, digest = FastModels(kept), digest_of(parrot)
    harm(kept / digest / name)
    if (harm, name) == (alter, "about.json"):
        # A byte of the checkpoint's place, which is only where it lay.
        (kept / digest / name).write_text("[]")
    assert models.find(parrot, digest) is None
    assert models.make(parrot, digest, write_small).folder == kept / digest
    assert models.find(parrot, digest) is not None


def test_the_conversion_of_another_checkpoint_is_made_again(
    parrot: Path, random_checkpoint: Path, kept: Path
) -> None:
    models, digest = FastModels(kept), digest_of(parrot)
    other = converted(random_checkpoint, kept).folder
    shutil.rmtree(kept / digest)
    other.rename(kept / digest)
    assert models.find(parrot, digest) is None
    assert converted(parrot, kept).folder == kept / digest


def test_what_a_cut_power_left_is_not_taken(
    parrot: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(BaseException):
        """Nothing after it happens: not even tidying up."""

    def cut_power(*_args: object, **_rest: object) -> None:
        raise PowerCut

    shutil.rmtree(kept / digest_of(parrot))
    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", cut_power)
        patched.setattr(shutil, "rmtree", lambda *_args, **_rest: None)
        with pytest.raises(PowerCut):
            converted(parrot, kept)
    [left] = kept.iterdir()
    assert FastModels(kept).find(parrot, digest_of(parrot)) is None
    os.utime(left, (0, 0))
    assert converted(parrot, kept).folder.is_dir()
    FastModels(kept).tidy(parrot, digest_of(parrot))
    assert not left.exists()


def test_dimensions_that_somebody_changed_are_refused(parrot: Path, kept: Path) -> None:
    digest = digest_of(parrot)
    about = json.loads((kept / digest / "about.json").read_text())
    about["dims"]["n_text_layer"] = 10**6
    (kept / digest / "about.json").write_text(json.dumps(about))
    with pytest.raises(ModelError, match="dimensions"):
        FastModels(kept).find(parrot, digest)


def test_what_is_whole_but_no_model_is_said(parrot: Path, tmp_path: Path) -> None:
    model = FastModels(tmp_path).make(parrot, DIGEST, write_small)
    with pytest.raises(ConversionError, match="can't use"):
        fast_engine(parrot, "ko", model)


def test_what_can_be_read_and_not_used_is_said(parrot: Path, kept: Path) -> None:
    model = FastModels(kept).find(parrot, digest_of(parrot))
    assert model is not None
    with pytest.raises(ConversionError, match="can't use"):
        fast_engine(parrot, "ko", FastModel(model.folder, {**model.dims, "n_mels": 128}))


@pytest.mark.parametrize("step", ["use_threads", "in_window"])
@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("mkl_malloc: failed to allocate memory")])
def test_too_little_memory_is_no_fault_of_the_conversion(
    parrot: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: Exception
) -> None:
    def fail(*_args: object) -> None:
        raise error

    model = FastModels(kept).find(parrot, digest_of(parrot))
    assert model is not None
    monkeypatch.setattr(FastEngine, step, fail)
    with pytest.raises(ModelError, match="not enough memory"):
        fast_engine(parrot, "ko", model)


def test_nothing_is_left_of_a_conversion_that_fails(parrot: Path, tmp_path: Path) -> None:
    def fail(folder: Path) -> dict[str, int]:
        (folder / "model.bin").write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(NoRoomError, match="make room"):
        FastModels(tmp_path / "models").make(parrot, DIGEST, fail)
    assert list((tmp_path / "models").iterdir()) == []


def test_a_disk_that_is_nearly_full_is_left_alone(
    parrot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=fast_models.LEFT_FREE))
    with pytest.raises(NoRoomError, match="no room on the disk"):
        FastModels(tmp_path / "models").make(parrot, DIGEST, write_small)


def test_a_folder_that_cannot_be_written_is_said(parrot: Path, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    with pytest.raises(ConversionError, match="can't be kept"):
        FastModels(tmp_path / "models").make(parrot, DIGEST, write_small)


def test_conversions_go_with_their_checkpoints(tmp_path: Path) -> None:
    models, folder = FastModels(tmp_path / "models"), tmp_path / "models"
    paths = {name: tmp_path / f"{name}.pt" for name in ("stays", "moved", "gone", "replaced")}
    for name, path in paths.items():
        path.write_text(name)
        models.make(path, name, write_small)
    moved = paths["moved"].rename(tmp_path / "elsewhere.pt")
    assert models.find(moved, "moved") is not None
    paths["gone"].unlink()
    for name, age in ((".unfinished-now", 0.0), (".unfinished-old", 2 * fast_models.UNFINISHED_S)):
        (folder / name).mkdir()
        os.utime(folder / name, (time.time() - age,) * 2)
    models.make(paths["replaced"], "new", write_small)
    models.tidy(paths["replaced"], "new")
    assert {path.name for path in folder.iterdir()} == {"stays", "moved", "new", ".unfinished-now"}


def test_a_trial_holds_for_its_versions(tmp_path: Path) -> None:
    model = FastModel(tmp_path, {})
    assert model.trial(VERSIONS) is None
    trial = Trial("4.8.5", "2.13.0", 1.0, 2.0, same=True)
    model.keep_trial(trial)
    assert model.trial(VERSIONS) == trial
    assert model.trial({**VERSIONS, "ctranslate2": "4.9.0"}) is None
    assert model.trial({**VERSIONS, "torch": "2.14.0"}) is None
    (tmp_path / "trial.json").write_text('{"same": true}')
    assert model.trial(VERSIONS) is None


@pytest.mark.parametrize(
    ("fast_s", "torch_s", "same", "worthwhile"),
    [(1.0, 2.0, True, True), (2.0, 1.0, True, False), (1.0, 2.0, False, False)],
)
def test_only_a_faster_engine_with_the_same_text_is_worthwhile(
    fast_s: float, torch_s: float, same: bool, worthwhile: bool
) -> None:
    assert Trial("4.8.5", "2.13.0", fast_s, torch_s, same).worthwhile is worthwhile


def change(name: str, value: Callable[[Any], Any]) -> Callable[[dict[str, Any]], None]:
    return lambda weights: weights.update({name: value(weights[name])})


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda weights: weights.pop("decoder.ln.bias"), "copy the file again"),
        (lambda weights: weights.update(extra=torch.zeros(3)), "copy the file again"),
        (change("decoder.ln.bias", lambda tensor: tensor[:-1].clone()), "copy the file again"),
        (change("decoder.ln.bias", lambda tensor: tensor.to(torch.int32)), "copy the file again"),
        (change("decoder.ln.bias", lambda tensor: tensor.to_sparse()), "copy the file again"),
        (change("decoder.ln.bias", lambda _tensor: 3), "copy the file again"),
        # One number that stands for a matrix: a small file that would fill the memory.
        (
            change("decoder.token_embedding.weight", lambda t: t[:1, :1].clone().expand(t.shape)),
            "copy the file again",
        ),
        (change("encoder.ln_post.weight", lambda tensor: tensor.fill_(float("nan"))), "no numbers"),
        (change("encoder.ln_post.weight", lambda tensor: tensor.fill_(float("inf"))), "no numbers"),
    ],
)
def test_weights_that_are_none_are_not_converted(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], None], sentence: str
) -> None:
    content = checkpoint(random_model())
    content["model_state_dict"] = dict(content["model_state_dict"])
    spoil(content["model_state_dict"])
    path = tmp_path / "model.pt"
    torch.save(content, path)
    with pytest.raises(ModelError, match=sentence):
        converted(path, tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize("keep", [0.3, 0.99])
def test_a_cut_checkpoint_is_not_converted(random_checkpoint: Path, tmp_path: Path, keep: float) -> None:
    content = random_checkpoint.read_bytes()
    path = tmp_path / "cut.pt"
    path.write_bytes(content[: int(keep * len(content))])
    with pytest.raises(ModelError, match="no Whisper checkpoint"):
        convert(path, "ko", tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["cut.pt"]


@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16])
def test_half_precision_is_converted(tmp_path: Path, kind: torch.dtype) -> None:
    content = checkpoint(random_model())
    weights = content["model_state_dict"]
    content["model_state_dict"] = {name: value.to(kind) for name, value in weights.items()}
    path = tmp_path / "half.pt"
    torch.save(content, path)
    fast_engine(path, "ko", converted(path, tmp_path / "models"))
