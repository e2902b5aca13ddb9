"""The folder of installed speech models: each a checkpoint, the notes that came with it, and the desk's own record.

`NAME.pt` and `NAME.toml` are as they came; `NAME.json` is what was found when the model was checked. A model without
a record that fits (one that somebody copied there) is listed and can be verified, which makes the record.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from desktop.adapters.speech_models.names import same
from desktop.adapters.speech_models.sources import published_digest
from desktop.adapters.stt.fast_models import FastModels
from desktop.adapters.stt.model_file import beside, practice_model
from desktop.domain.speech_models import InstallStopped, ModelRefused, SpeechModel
from desktop.paths import private_folder, write_private

ENDING = ".pt"
CHUNK = 1 << 20
LARGEST_RECORD = 100_000
_SHIPPED_RECORD = ".shipped.json"
_TRASH = ".removed"

_log = logging.getLogger(__name__)


class ModelStore:
    """The models in `folder`, and the shipped one; `converted` holds what the engine ctranslate2 made of them.

    The folders need not exist.
    """

    def __init__(self, folder: Path, converted: Path) -> None:
        self.folder = folder
        self._converted = FastModels(converted)

    def models(self, chosen: Path | None = None) -> list[SpeechModel]:
        """Installed models by name, then the shipped one; `chosen` is listed too, wherever it lies."""
        try:
            files = sorted(self.folder.glob(f"*{ENDING}"), key=lambda path: path.name.casefold())
        except OSError as error:
            raise ModelRefused(f"The folder {self.folder} can't be read ({_why(error)}).") from error
        found = [self.model(path) for path in files if not path.name.startswith(".") and path.is_file()]
        if practice_model().is_file():
            found.append(self.model(practice_model()))
        if chosen is not None and chosen.is_file() and not any(_one(each.path, chosen) for each in found):
            found.append(self.model(chosen))
        return found

    def model(self, path: Path) -> SpeechModel:
        """What is known of the file at `path`. Raises ModelRefused where it can't be looked at."""
        try:
            seen = path.stat()
        except OSError as error:
            raise ModelRefused(f"{path} can't be read ({_why(error)}).") from error
        record, notes = self._record(path), beside(path)
        fits = record.get("size") == seen.st_size and record.get("mtime_ns") == seen.st_mtime_ns
        known = record if fits else {}
        shipped = _one(path, practice_model())
        said = notes.get("sha256") if shipped else ""
        sha256 = str(known.get("sha256") or said or "")
        languages = _texts(notes.get("languages")) or _texts(known.get("languages"))
        return SpeechModel(
            name=path.stem,
            path=path,
            size=seen.st_size,
            sha256=sha256,
            dims=_numbers(known.get("dims") or (notes.get("dims") if shipped else None)),
            languages=languages,
            cost=_cost(known.get("cost")),
            fast_cost=_cost(known.get("fast_cost")),
            shipped=shipped,
            practice_only=shipped or (sha256 != "" and sha256 == published_digest(practice_model())),
            installed=self.holds(path),
            intact=fits or not record,
        )

    def expected_digest(self, model: SpeechModel) -> str:
        """The SHA-256 that a model should have: of the file that was checked, else what stands beside it, else ""."""
        return str(self._record(model.path).get("sha256") or "") or published_digest(model.path)

    def write_record(self, path: Path, sha256: str, found: Mapping[str, object]) -> SpeechModel:
        """Keep what was `found` (`dims`, `languages`, costs) of the file at `path`, and return it."""
        place = self._record_path(path)
        if place is not None:
            seen = path.stat()
            record = {"v": 1, "sha256": sha256, "size": seen.st_size, "mtime_ns": seen.st_mtime_ns, **found}
            write_private(place, json.dumps(record).encode())
        return self.model(path)

    def find(self, wanted: str) -> SpeechModel:
        """The model of this name or path. Raises ModelRefused."""
        path = Path(wanted).expanduser()
        for each in self.models():
            if same(each.name, wanted) or same(each.path.name, wanted) or _one(each.path, path):
                return each
        if path.is_file():
            return self.model(path.absolute())
        raise ModelRefused(
            f"there is no speech model {wanted}; `dasan-desk models list` names those there are."
        )

    def place(self, name: str) -> Path:
        """Where a model of this name lies, or would; one whose name differs in capitals is the same."""
        if self.folder.is_dir():
            for path in self.folder.glob(f"*{ENDING}"):
                if same(path.stem, name):
                    return path
        return self.folder / f"{name}{ENDING}"

    def holds(self, path: Path) -> bool:
        """Whether a path is that of an installed model."""
        return _one(path.parent, self.folder)

    def remove(self, model: SpeechModel) -> None:
        """Move an installed model aside: `bring_back` undoes it until `empty`. Raises ModelRefused."""
        if model.shipped:
            raise ModelRefused(
                f"{model.name} belongs to the program and can't be removed; it is for practice only."
            )
        if not model.installed:
            raise ModelRefused(
                f"{model.path} is not in the folder of installed models; delete it where it lies."
            )
        self.empty()
        try:
            trash = private_folder(self.folder / _TRASH)
            # The checkpoint last: a kill in between leaves it with safe values, and listed.
            for path in _parts(model.path):
                if path.exists():
                    os.replace(path, trash / path.name)
        except OSError as error:
            raise ModelRefused(
                f"{model.path} can't be removed ({_why(error)}); close what reads it."
            ) from error

    def bring_back(self, name: str) -> None:
        """Undo `remove`, unless another model of that name has come. Raises ModelRefused."""
        aside = self.folder / _TRASH / f"{name}{ENDING}"
        if not aside.is_file() or self.place(name).exists():
            raise ModelRefused(f"{name} can't be brought back; install it again.")
        try:
            for path in _parts(aside):
                if path.exists():
                    os.replace(path, self.folder / path.name)
        except OSError as error:
            raise ModelRefused(f"{name} can't be brought back ({_why(error)}); install it again.") from error

    def empty(self) -> None:
        """Delete for good what was removed, and what was converted of it."""
        clear(self.folder / _TRASH)
        self._converted.tidy()

    def settle(self, path: Path, sha256: str) -> None:
        """Delete what was removed, and what was converted of another model that lay at `path`."""
        self.empty()
        self._converted.tidy(path, sha256)

    def _record_path(self, path: Path) -> Path | None:
        if self.holds(path):
            return path.with_suffix(".json")
        return self.folder / _SHIPPED_RECORD if _one(path, practice_model()) else None

    def _record(self, path: Path) -> dict[str, Any]:
        place = self._record_path(path)
        try:
            if place is None or place.stat().st_size > LARGEST_RECORD:
                return {}
            found = json.loads(place.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            _log.warning("the record of a speech model can't be read: %s", type(error).__name__)
            return {}
        return found if isinstance(found, dict) else {}


def digest(path: Path, stopped: Callable[[], bool], tell: Callable[[int], None] = lambda done: None) -> str:
    """The SHA-256 of a file. Raises OSError, InstallStopped."""
    sum_of, done = hashlib.sha256(), 0
    for chunk in chunks(path):
        if stopped():
            raise InstallStopped
        sum_of.update(chunk)
        done += len(chunk)
        tell(done)
    return sum_of.hexdigest()


def chunks(path: Path) -> Iterator[bytes]:
    """A file in pieces. Raises OSError."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def clear(folder: Path) -> None:
    """Delete the files of a folder that is the desk's own, and the folder."""
    try:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    except FileNotFoundError:
        pass
    except OSError as error:
        _log.warning("%s could not be emptied: %s", folder, _why(error))


def _parts(checkpoint: Path) -> tuple[Path, ...]:
    return checkpoint.with_suffix(".json"), checkpoint.with_suffix(".toml"), checkpoint


def _one(path: Path, other: Path) -> bool:
    """Whether two paths are one place, also through links and in other capitals."""
    if path == other:
        return True
    try:
        return path.samefile(other)
    except OSError:
        return False


def _texts(found: object) -> tuple[str, ...]:
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def _numbers(found: object) -> dict[str, int]:
    if not isinstance(found, dict):
        return {}
    return {str(name): value for name, value in found.items() if type(value) is int}


def _cost(found: object) -> float | None:
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__
