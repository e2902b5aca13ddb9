"""Putting a speech model in place: brought beside its place, hashed, looked into, then renamed.

Until the last step what was installed before is untouched. A kill leaves the old model or the new one, in between at
worst without the notes of either, which only means safe windows; the same installation again completes it.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.adapters.speech_models.checking import ContentCheck
from desktop.adapters.speech_models.fetch import Fetch, FetchBroken
from desktop.adapters.speech_models.sources import LARGEST, Source, check_size
from desktop.adapters.speech_models.store import ModelStore, chunks, digest
from desktop.adapters.system.folder_lock import FolderLock
from desktop.adapters.system.machine import free_bytes
from desktop.domain.speech_models import (
    Installed,
    InstallStopped,
    ModelRefused,
    SpeechModel,
    Stage,
    Step,
    Verified,
)
from desktop.paths import open_private, private_folder, settle_folder, write_private

INCOMING = ".incoming"
FETCHED = "fetched.part"
ROOM_LEFT = 200 << 20
"""Bytes that stay free on the disk: records of calls need them more."""

Tell = Callable[[Step], None]


class Installer:
    """Installs and verifies, one at a time per data folder; `check` looks into files."""

    def __init__(self, store: ModelStore, data: Path, check: ContentCheck, pause_s: float = 1.0) -> None:
        self._store, self._data, self._check, self._pause_s = store, data, check, pause_s
        self._incoming = store.folder / INCOMING

    def install(self, source: Source, tell: Tell, stopped: threading.Event) -> Installed:
        """Put the model of `source` in place. Raises ModelRefused or InstallStopped: then nothing has changed."""
        with self._alone(), _disk_errors(source.shown):
            place = self._store.place(source.name)
            known = self._already(source, place, tell, stopped)
            if known is not None:
                return Installed(known, changed=False)
            self._clean(keep_fetched=bool(source.url))
            staged = private_folder(self._incoming) / place.name
            go_on_later = False
            try:
                sha256 = self._bring(source, staged, tell, stopped)
                if source.notes:
                    write_private(staged.with_suffix(".toml"), source.notes)
                tell(Step("check", 0))
                content = self._check.look(staged, source.shown, stopped)
                if stopped.is_set():
                    raise InstallStopped
                _put(staged, place)
                self._store.settle(place, sha256)
                return Installed(self._store.write_record(place, sha256, content.record()), changed=True)
            except (FetchBroken, KeyboardInterrupt):
                go_on_later = True
                raise
            finally:
                self._clean(keep_fetched=go_on_later)

    def verify(self, model: SpeechModel, expected: str, tell: Tell, stopped: threading.Event) -> Verified:
        """Hash the file again and look into it; what is found is kept where the file is the `expected` one."""
        with self._alone(), _disk_errors(str(model.path)):
            sha256 = digest(model.path, stopped.is_set, lambda done: tell(Step("copy", done, model.size)))
            if expected and sha256 != expected:
                return Verified(
                    model,
                    f"{model.path} is not the file that was installed (SHA-256 {sha256[:16]}); install it again.",
                )
            tell(Step("check", 0))
            try:
                content = self._check.look(model.path, str(model.path), stopped)
            except ModelRefused as error:
                return Verified(model, str(error))
            return Verified(self._store.write_record(model.path, sha256, content.record()))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = FolderLock(self._data, "models")
        if not lock.acquire():
            raise ModelRefused(
                "a speech model is being installed or verified already; wait until that has ended."
            )
        try:
            yield
        finally:
            lock.release()

    def _already(
        self, source: Source, place: Path, tell: Tell, stopped: threading.Event
    ) -> SpeechModel | None:
        """The installed model where it is the wanted one, notes included."""
        if not place.is_file():
            return None
        model = self._store.model(place)
        if not model.intact or not model.sha256:
            return None
        notes = place.with_suffix(".toml")
        if source.file is None:
            return model if model.sha256 == source.digest else None
        if (notes.read_bytes() if notes.is_file() else b"") != source.notes:
            return None
        if source.file.stat().st_size != model.size:
            return None
        found = digest(source.file, stopped.is_set, lambda done: tell(Step("copy", done, model.size)))
        return model if found == model.sha256 else None

    def _bring(self, source: Source, staged: Path, tell: Tell, stopped: threading.Event) -> str:
        """The model at `staged`, on disk; its SHA-256, compared with the expected one."""
        if source.file is not None:
            self._copy(source.file, staged, tell, stopped)
        else:
            self._fetch(source, staged, tell, stopped)
        check_size(source.shown, staged.stat().st_size)
        sha256 = digest(staged, stopped.is_set)
        if source.digest and sha256 != source.digest:
            raise ModelRefused(
                f"{source.shown} is not the file that was published (its SHA-256 is {sha256[:16]}…, "
                f"not {source.digest[:16]}…); nothing was installed."
            )
        return sha256

    def _copy(self, file: Path, staged: Path, tell: Tell, stopped: threading.Event) -> None:
        size = file.stat().st_size
        check_size(str(file), size)
        self._room(size)
        done = 0
        with open_private(staged) as copy:
            for chunk in chunks(file):
                if stopped.is_set():
                    raise InstallStopped
                done += len(chunk)
                if done > size:
                    break
                copy.write(chunk)
                tell(Step("copy", done, size))
            copy.flush()
            os.fsync(copy.fileno())
        if done != size:
            raise ModelRefused(f"{file} changed while it was copied; try again when it is complete.")

    def _fetch(self, source: Source, staged: Path, tell: Tell, stopped: threading.Event) -> None:
        """Fetch into a part that the next try goes on with; one that was resumed and is wrong is fetched once more."""
        part = self._incoming / FETCHED
        stage: Stage = "fetch"
        fetch = Fetch(
            source.url,
            part,
            self._room,
            lambda done, total: tell(Step(stage, done, total)),
            stopped,
            self._pause_s,
        )
        fetch.run()
        if fetch.resumed and digest(part, stopped.is_set) != source.digest:
            fetch.forget()
            fetch.run()
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, staged)
        fetch.forget()

    def _room(self, coming: int) -> None:
        if coming > LARGEST:
            raise ModelRefused("what is offered there is too large to be a speech model; choose another.")
        free = free_bytes(self._store.folder)
        if free < coming + ROOM_LEFT:
            raise ModelRefused(
                f"the speech model needs {(coming + ROOM_LEFT) >> 20} MB on the disk of {self._store.folder} "
                f"and {free >> 20} MB are free; make room."
            )

    def _clean(self, keep_fetched: bool) -> None:
        """Delete what an installation that was ended, now or by a kill, left beside the places."""
        kept = {FETCHED, Path(FETCHED).with_suffix(".source").name} if keep_fetched else set()
        for path in self._store.folder.glob(".*.json.*"):
            path.unlink(missing_ok=True)  # a record that a kill left half written
        if not self._incoming.is_dir():
            return
        for path in self._incoming.iterdir():
            if path.name not in kept:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        if not any(self._incoming.iterdir()):
            self._incoming.rmdir()


def _put(staged: Path, place: Path) -> None:
    notes, new_notes = place.with_suffix(".toml"), staged.with_suffix(".toml")
    old = {path: path.read_bytes() for path in (place.with_suffix(".json"), notes) if path.is_file()}
    for path in old:
        path.unlink()  # never the old notes beside the new weights
    try:
        os.replace(staged, place)
    except OSError:  # Windows, while another program reads the model
        for path, content in old.items():
            write_private(path, content)
        raise
    if new_notes.exists():
        os.replace(new_notes, notes)
    settle_folder(place.parent)


@contextmanager
def _disk_errors(shown: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise ModelRefused(
            f"{shown} can't be read or put in place ({why}); what was there before is as it was."
        ) from error
