"""Which engine decodes a model: the one that is asked for, or the better one on this PC; nothing heavy imported here.

CTranslate2 is an optional package and needs a converted model. Whatever it lacks, torch reads the checkpoint as it is.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.adapters.stt.engine import Engine
from desktop.adapters.stt.fast_models import (
    ConversionError,
    FastModel,
    FastModels,
    MissingEngineError,
    NoRoomError,
    installed_versions,
)
from desktop.adapters.stt.model_file import ModelError, check_file
from desktop.adapters.stt.model_notes import ModelNotes
from desktop.adapters.stt.whisper_tokenizer import check_language
from desktop.adapters.system.one_answer import NoAnswerError, run_once
from desktop.domain.transcript import AUTO, CTRANSLATE2, TORCH, SpeechRemark
from desktop.paths import Folders

# Both engines are quick with less, and neither converting nor trying is worth the wait for it.
WORTH_TRYING = 32_000_000
LONGEST_S = 300.0

Raised = Callable[[int], None]

log = logging.getLogger(__name__)


def unheard(floor: int) -> None:
    """Nobody wants to know of a floor that is raised."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An engine that is ready, whose it is (TORCH or CTRANSLATE2), and what is to be said of it."""

    engine: Engine
    name: str
    remark: SpeechRemark | None = None


class EngineChoice:
    """Opens models. `command` starts the process that converts (processes.conversion), less what it is to convert.

    `lower` is called on the thread that opens before CTranslate2 makes those with which it decodes: they take over
    its priority. Where a method takes `raised`, it is told of a floor of windows that is raised
    (windows.WindowedEngine).
    """

    def __init__(
        self, where: Folders, command: Sequence[str], lower: Callable[[], object] = lambda: None
    ) -> None:
        self._models, self._notes = FastModels(where.converted_models), ModelNotes(where.data)
        self._command, self._lower = list(command), lower

    def open(self, path: Path, language: str, wanted: str = AUTO, raised: Raised = unheard) -> Opened:
        """The engine of the checkpoint at `path`, warmed up. Raises ModelError, LanguageError."""
        check_language(language)
        path = _checked(path)
        if wanted == CTRANSLATE2 or (wanted == AUTO and path.stat().st_size >= WORTH_TRYING):
            try:
                model = self._chosen(path, language, wanted)
                if model is not None:
                    return Opened(self._decoder(path, language, model, raised), CTRANSLATE2)
            except ConversionError as error:
                remark = _remark(error, wanted)
                if remark is not None:
                    log.warning("%s Torch decodes.", error)
                return replace(self.torch(path, language, raised), remark=remark)
        return self.torch(path, language, raised)

    def prepare(self, path: Path, language: str, wanted: str) -> str:
        """Convert the checkpoint at `path` where `wanted` needs that; the engine by which it can be opened at once."""
        if wanted != CTRANSLATE2:
            return TORCH
        try:
            self._model(_checked(path), language)
        except (ConversionError, ModelError) as error:
            log.warning("%s Torch will decode it.", error)
            return TORCH
        return CTRANSLATE2

    def torch(self, path: Path, language: str, raised: Raised = unheard) -> Opened:
        """Torch's engine. Raises ModelError, LanguageError."""
        # Imported here: with the other engine, and for voice activity alone, the process is without torch.
        from desktop.adapters.stt.models import load_engine
        from desktop.adapters.stt.network import FLOAT32

        engine = load_engine(path, language, self._notes, raised)
        return Opened(engine, TORCH, SpeechRemark.NO_INT8 if engine.precision == FLOAT32 else None)

    def fast(self, path: Path, language: str, raised: Raised = unheard) -> Engine:
        """CTranslate2's engine. Raises ModelError, LanguageError; ConversionError where it can't be used."""
        check_language(language)
        path = _checked(path)
        installed_versions()
        return self._decoder(path, language, self._model(path, language), raised)

    def _decoder(self, path: Path, language: str, model: FastModel, raised: Raised) -> Engine:
        try:
            from desktop.adapters.stt.fast_decoder import fast_engine
        except (ImportError, OSError) as error:
            raise ConversionError(f"CTranslate2 is installed and can't be loaded ({error}).") from error
        self._lower()
        try:
            return fast_engine(path, language, model, self._notes, raised)
        except ConversionError:
            self._models.forget(model)
            raise

    def _chosen(self, path: Path, language: str, wanted: str) -> FastModel | None:
        """The converted model that CTranslate2 is to decode; None where torch does better here.

        Which does is tried once with each version of the packages.
        """
        versions = installed_versions()
        model = self._model(path, language)
        if wanted == CTRANSLATE2:
            return model
        trial = model.trial(versions)
        if trial is None:
            model = self._model(path, language, trial=True)
            trial = model.trial(versions)
        log.info("%s", trial)
        return model if trial is not None and trial.worthwhile else None

    def _model(self, path: Path, language: str, trial: bool = False) -> FastModel:
        """The converted model, made where it is not there, or tried on top."""
        digest = model_digest(self._notes, path)
        model = self._models.find(path, digest)
        if model is None or trial:
            self._convert(path, language, trial)
            model = self._models.find(path, digest)
        self._models.tidy(path, digest)
        if model is None:
            raise ConversionError(f"{path} could not be converted.")
        return model

    def _convert(self, path: Path, language: str, trial: bool) -> None:
        argv = [*self._command, "--model", str(path), "--language", language, *(["--trial"] if trial else [])]
        try:
            done = run_once(argv, LONGEST_S)
        except NoAnswerError as error:
            raise ConversionError(f"{path} could not be converted ({error}).") from error
        if done.returncode:
            raise _refusal(done.stdout, path)


def model_digest(notes: ModelNotes, path: Path) -> str:
    """SHA-256 of a checkpoint. Raises ModelError."""
    try:
        return notes.digest(path)
    except OSError as error:
        raise ModelError(f"The speech model {path} cannot be read: {error.strerror}.") from error


def answer(error: ModelError | ConversionError) -> bytes:
    """A refusal as the converting process writes it on standard output."""
    return json.dumps({"kind": type(error).__name__, "sentence": str(error)}).encode()


def _refusal(output: bytes, path: Path) -> ModelError | ConversionError:
    try:
        found = json.loads(output)
        kind, sentence = str(found["kind"]), str(found["sentence"])
    except (ValueError, TypeError, KeyError):
        return ConversionError(f"{path} could not be converted: the converting process ended.")
    if kind == ModelError.__name__:
        return ModelError(sentence)
    return NoRoomError(sentence) if kind == NoRoomError.__name__ else ConversionError(sentence)


def _checked(path: Path) -> Path:
    path = path.expanduser().absolute()
    check_file(path)
    return path


def _remark(error: ConversionError, wanted: str) -> SpeechRemark | None:
    if isinstance(error, MissingEngineError):
        # Who leaves the choice to the desk misses nothing.
        return None if wanted == AUTO else SpeechRemark.NOT_INSTALLED
    return SpeechRemark.NO_ROOM if isinstance(error, NoRoomError) else SpeechRemark.NOT_CONVERTED
