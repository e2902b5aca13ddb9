"""Converted speech models in a folder of the data folder: each made once, whole or not at all; nothing heavy imported.

<folder>/<SHA-256 of the checkpoint>/model.bin, config.json, vocabulary.json    what CTranslate2 reads
                                     about.json    of which checkpoint, its place and dimensions, SHA-256 of these files
                                     trial.json    how both engines did on this PC, where that was tried
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib.metadata
import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desktop.adapters.stt.dimensions import plausible_dimensions
from desktop.domain.errors import DeskError
from desktop.domain.transcript import CTRANSLATE2, TORCH
from desktop.paths import private_folder, settle_folder, write_private

FORM = 1
"""Raised when the conversion changes what it writes."""
FILES = ("config.json", "model.bin", "vocabulary.json")
ABOUT, TRIAL = "about.json", "trial.json"
UNFINISHED = ".unfinished-"
# A conversion takes seconds; what is older was left by a process that was killed.
UNFINISHED_S = 3600.0
# What calls, recordings and records need is not taken by a model.
LEFT_FREE = 300_000_000
FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}

log = logging.getLogger(__name__)


class ConversionError(DeskError):
    """A checkpoint can't be converted here; the other engine reads it as it is."""


class NoRoomError(ConversionError):
    """The disk has no room for the converted model."""


class MissingEngineError(ConversionError):
    """The package ctranslate2 is not installed."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Seconds that each engine took for one sentence on this PC, and whether both wrote the same text."""

    ctranslate2: str
    torch: str
    ctranslate2_s: float
    torch_s: float
    same: bool

    @property
    def worthwhile(self) -> bool:
        """Whether the converted model is the better one here."""
        return self.same and self.ctranslate2_s < self.torch_s


@dataclass(frozen=True, slots=True)
class FastModel:
    """A converted model that was found whole."""

    folder: Path
    dims: dict[str, int]

    def trial(self, versions: Mapping[str, str]) -> Trial | None:
        """What was found with these versions of the packages `ctranslate2` and `torch`; None: not tried."""
        found = _read(self.folder / TRIAL)
        try:
            trial = Trial(**found)
        except TypeError:
            return None
        fits = (trial.ctranslate2, trial.torch) == (versions["ctranslate2"], versions["torch"])
        kinds = [type(value) for value in (trial.ctranslate2_s, trial.torch_s, trial.same)]
        return trial if fits and kinds == [float, float, bool] else None

    def keep_trial(self, trial: Trial) -> None:
        """Remember it. Raises OSError."""
        write_private(self.folder / TRIAL, json.dumps(asdict(trial)).encode())


class FastModels:
    """The converted models of one user."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, path: Path, digest: str) -> FastModel | None:
        """The conversion of the checkpoint at `path` with this SHA-256; None where there is none that is whole.

        Raises ModelError where its dimensions are no model's.
        """
        folder = self._folder / digest
        about = _read(folder / ABOUT)
        files = about.get("files")
        # Its own name as well: a folder may have been exchanged with that of another checkpoint.
        if (
            (about.get("form"), about.get("sha256")) != (FORM, digest)
            or not isinstance(files, dict)
            or set(files) != set(FILES)
        ):
            return None
        try:
            if any(digest_of(folder / name) != files[name] for name in FILES):
                log.warning("a converted speech model is damaged and is made again")
                return None
        except OSError:
            return None
        if about.get("source") != str(path):
            # The checkpoint was moved: its conversion is not to go with the old place.
            with contextlib.suppress(OSError):
                write_private(folder / ABOUT, json.dumps({**about, "source": str(path)}).encode())
        return FastModel(folder, plausible_dimensions(about.get("dims"), path))

    def make(self, path: Path, digest: str, convert: Callable[[Path], dict[str, int]]) -> FastModel:
        """Let `convert` write the files into a new folder, and put that in its place.

        Raises ModelError as `convert` does, ConversionError where it can't be kept.
        """
        with self.workshop(path) as work:
            dims = convert(work)
            about = {"form": FORM, "sha256": digest, "source": str(path), "dims": dims}
            about["files"] = {name: digest_of(work / name) for name in FILES}
            for name in FILES:
                _settle(work / name)
            write_private(work / ABOUT, json.dumps(about).encode())
            self._put(work, self._folder / digest)
        found = self.find(path, digest)
        if found is None:
            raise ConversionError(
                f"The converted form of {path} can't be read back; the disk may be damaged."
            )
        return found

    @contextlib.contextmanager
    def workshop(self, path: Path) -> Iterator[Path]:
        """A folder in which the checkpoint at `path` can be converted; it goes with all that is left in it.

        Raises ConversionError where nothing can be written.
        """
        try:
            self._check_room(path)
            work = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=private_folder(self._folder)))
            try:
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)
        except OSError as error:
            raise _unkept(path, error) from error

    def forget(self, model: FastModel) -> None:
        """Remove a conversion."""
        shutil.rmtree(model.folder, ignore_errors=True)

    def tidy(self, path: Path | None = None, digest: str = "") -> None:
        """Remove conversions whose checkpoint is gone or was replaced, and what was never finished.

        The checkpoint at `path`, where one is named, has this SHA-256.
        """
        with contextlib.suppress(OSError):
            for each in self._folder.iterdir():
                source = _read(each / ABOUT).get("source")
                if each.name.startswith(UNFINISHED):
                    stale = time.time() - each.stat().st_mtime > UNFINISHED_S
                elif each.name == digest:
                    stale = False
                else:
                    stale = (
                        not isinstance(source, str) or source == str(path or "") or not Path(source).exists()
                    )
                if stale:
                    shutil.rmtree(each, ignore_errors=True)

    def _check_room(self, path: Path) -> None:
        free = shutil.disk_usage(private_folder(self._folder)).free
        # Int8 is at most the size of the file, which has two bytes a weight or four.
        if free < path.stat().st_size + LEFT_FREE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _put(self, work: Path, place: Path) -> None:
        if place.exists():
            # What lies there was found damaged, or came from a process that converted at the same time.
            aside = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=self._folder))
            os.replace(place, aside / place.name)
            shutil.rmtree(aside, ignore_errors=True)
        os.rename(work, place)
        settle_folder(self._folder)


def installed_versions() -> dict[str, str]:
    """Versions of the packages that decode. Raises MissingEngineError without CTranslate2."""
    try:
        return {name: importlib.metadata.version(name) for name in (CTRANSLATE2, TORCH)}
    except importlib.metadata.PackageNotFoundError as error:
        raise MissingEngineError(
            "The engine ctranslate2 is not installed; it comes with dasan-desk[fast]."
        ) from error


def has_ctranslate2() -> bool:
    """Whether the package is installed."""
    try:
        installed_versions()
    except MissingEngineError:
        return False
    return True


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _settle(path: Path) -> None:
    """Have a file on the disk, open to this user alone."""
    path.chmod(0o600)
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _unkept(path: Path, error: OSError) -> ConversionError:
    if error.errno in FULL:
        return NoRoomError(f"There is no room on the disk for the converted form of {path}; make room.")
    return ConversionError(f"The converted form of {path} can't be kept: {error.strerror}.")
