"""Which engine opens a model, and what is said where the other one had been asked for."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.adapters.stt import engine_choice
from desktop.adapters.stt.decoder import WhisperEngine
from desktop.adapters.stt.engine_choice import EngineChoice, answer
from desktop.adapters.stt.fast_decoder import FastEngine
from desktop.adapters.stt.fast_models import (
    ConversionError,
    FastModels,
    MissingEngineError,
    NoRoomError,
    installed_versions,
)
from desktop.adapters.stt.model_file import ModelError, practice_model
from desktop.domain.transcript import AUTO, CTRANSLATE2, TORCH, SpeechRemark
from desktop.paths import folders
from desktop.processes import conversion
from tests.adapters.stt.checkpoints import DIMENSIONS
from tests.adapters.stt.engines import converted


class Children:
    """Stands in for the process that converts: the same work in this one, or what a test says."""

    def __init__(self, folder: Path) -> None:
        self.where = folders(folder, folder)
        self.folder = self.where.converted_models
        self.asked: list[list[str]] = []
        self.done: subprocess.CompletedProcess[bytes] | OSError | None = None

    def run(self, argv: list[str], **_rest: object) -> subprocess.CompletedProcess[bytes]:
        self.asked.append(argv[1:])
        if isinstance(self.done, OSError):
            raise self.done
        if self.done is not None:
            return self.done
        try:
            conversion.work(self.where, Path(argv[2]), argv[4], "--trial" in argv)
        except (ModelError, ConversionError) as error:
            return subprocess.CompletedProcess(argv, 1, answer(error))
        return subprocess.CompletedProcess(argv, 0, b"")


@pytest.fixture
def children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Children:
    made = Children(tmp_path / "data")
    monkeypatch.setattr("desktop.adapters.system.one_answer.subprocess.run", made.run)
    return made


@pytest.fixture
def choice(children: Children) -> EngineChoice:
    return EngineChoice(children.where, ["convert"])


def test_what_is_asked_for_is_opened(choice: EngineChoice, children: Children, parrot: Path) -> None:
    opened = choice.open(parrot, "ko", TORCH)
    assert isinstance(opened.engine, WhisperEngine)
    assert opened.remark is None
    assert children.asked == []
    for _ in range(2):
        opened = choice.open(parrot, "ko", CTRANSLATE2)
        assert isinstance(opened.engine, FastEngine)
        assert opened.remark is None
    assert children.asked == [["--model", str(parrot), "--language", "ko"]]


def test_a_small_model_is_not_worth_a_trial(choice: EngineChoice, children: Children, parrot: Path) -> None:
    assert isinstance(choice.open(parrot, "ko", AUTO).engine, WhisperEngine)
    assert children.asked == []


def test_auto_takes_what_a_trial_found(
    choice: EngineChoice, children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_choice, "WORTH_TRYING", 0)
    choice.open(practice_model(), "ko", AUTO)
    # Converted first, then tried; both engines write the same of the sentence.
    assert ["--trial" in asked for asked in children.asked] == [False, True]
    model, versions = converted(practice_model(), children.folder), installed_versions()
    trial = model.trial(versions)
    assert trial is not None
    assert trial.same
    assert trial.ctranslate2_s > 0 < trial.torch_s
    for fast_s, kind in ((0.0, FastEngine), (1e6, WhisperEngine)):
        model.keep_trial(replace(trial, ctranslate2_s=fast_s))
        assert type(choice.open(practice_model(), "ko", AUTO).engine) is kind
    assert len(children.asked) == 2


def test_without_the_package_torch_is_used(
    choice: EngineChoice,
    children: Children,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    parrot: Path,
) -> None:
    real = importlib.metadata.version

    def version(name: str) -> str:
        if name == "ctranslate2":
            raise importlib.metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    monkeypatch.setattr(engine_choice, "WORTH_TRYING", 0)
    assert choice.open(parrot, "ko", AUTO).remark is None
    assert [record for record in caplog.records if record.levelname == "WARNING"] == []
    opened = choice.open(parrot, "ko", CTRANSLATE2)
    assert isinstance(opened.engine, WhisperEngine)
    assert opened.remark is SpeechRemark.NOT_INSTALLED
    assert "not installed" in caplog.text
    assert children.asked == []
    with pytest.raises(MissingEngineError, match="not installed"):
        choice.fast(parrot, "ko")


def test_a_package_that_cannot_be_loaded_leaves_torch(
    choice: EngineChoice, monkeypatch: pytest.MonkeyPatch, parrot: Path
) -> None:
    choice.prepare(parrot, "ko", CTRANSLATE2)
    monkeypatch.setitem(sys.modules, "desktop.adapters.stt.fast_decoder", None)
    opened = choice.open(parrot, "ko", CTRANSLATE2)
    assert isinstance(opened.engine, WhisperEngine)
    assert opened.remark is SpeechRemark.NOT_CONVERTED


def test_the_smaller_model_is_converted_beforehand(
    choice: EngineChoice, children: Children, parrot: Path
) -> None:
    assert choice.prepare(parrot, "ko", TORCH) == TORCH
    assert children.asked == []
    assert choice.prepare(parrot, "ko", CTRANSLATE2) == CTRANSLATE2
    assert choice.open(parrot, "ko", CTRANSLATE2).name == CTRANSLATE2
    assert len(children.asked) == 1
    assert choice.prepare(parrot.with_name("gone.pt"), "ko", CTRANSLATE2) == TORCH
    FastModels(children.folder).forget(converted(parrot, children.folder))
    children.done = subprocess.CompletedProcess([], 1, answer(NoRoomError("full")))
    assert choice.prepare(parrot, "ko", CTRANSLATE2) == TORCH


@pytest.mark.parametrize(
    ("done", "remark"),
    [
        (subprocess.CompletedProcess([], 1, answer(NoRoomError("full"))), SpeechRemark.NO_ROOM),
        (subprocess.CompletedProcess([], 1, answer(ConversionError("no"))), SpeechRemark.NOT_CONVERTED),
        (subprocess.CompletedProcess([], -9, b""), SpeechRemark.NOT_CONVERTED),
        (subprocess.CompletedProcess([], 1, b'{"kind": []}'), SpeechRemark.NOT_CONVERTED),
        (subprocess.CompletedProcess([], 0, b""), SpeechRemark.NOT_CONVERTED),
        (OSError("no process"), SpeechRemark.NOT_CONVERTED),
    ],
)
def test_a_conversion_that_fails_leaves_torch(
    choice: EngineChoice,
    children: Children,
    parrot: Path,
    done: subprocess.CompletedProcess[bytes] | OSError,
    remark: SpeechRemark,
) -> None:
    children.done = done
    opened = choice.open(parrot, "ko", CTRANSLATE2)
    assert isinstance(opened.engine, WhisperEngine)
    assert opened.remark is remark


def test_a_bad_checkpoint_is_refused_as_torch_refuses_it(choice: EngineChoice, tmp_path: Path) -> None:
    path = tmp_path / "noise.pt"
    path.write_bytes(os.urandom(100_000))
    with pytest.raises(ModelError, match="no Whisper checkpoint"):
        choice.open(path, "ko", CTRANSLATE2)
    with pytest.raises(ModelError, match="no speech model at"):
        choice.open(tmp_path / "none.pt", "ko", CTRANSLATE2)


def test_a_conversion_that_cannot_be_read_goes(
    choice: EngineChoice, children: Children, parrot: Path
) -> None:
    model = converted(parrot, children.folder)
    FastModels(children.folder).make(parrot, model.folder.name, write_nothing_useful)
    assert choice.open(parrot, "ko", CTRANSLATE2).remark is SpeechRemark.NOT_CONVERTED
    assert not model.folder.exists()
    assert isinstance(choice.open(parrot, "ko", CTRANSLATE2).engine, FastEngine)


def write_nothing_useful(folder: Path) -> dict[str, int]:
    for name in ("model.bin", "config.json", "vocabulary.json"):
        (folder / name).write_text("{}")
    return dict(DIMENSIONS)


def test_torch_stays_out_of_a_process_with_the_other_engine(parrot: Path, tmp_path: Path) -> None:
    where = folders(tmp_path, tmp_path)
    converted(parrot, where.converted_models)
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from desktop.adapters.stt.engine_choice import EngineChoice\n"
        "from desktop.paths import folders\n"
        "where = folders(Path(sys.argv[1]), Path(sys.argv[1]))\n"
        "opened = EngineChoice(where, []).open(Path(sys.argv[2]), 'ko', 'ctranslate2')\n"
        "assert type(opened.engine).__name__ == 'FastEngine', opened\n"
        "sys.exit('torch' in sys.modules or 'whisper' in sys.modules)\n"
    )
    argv = [sys.executable, "-c", program, str(tmp_path), str(parrot)]
    assert subprocess.run(argv, timeout=60, check=False).returncode == 0
