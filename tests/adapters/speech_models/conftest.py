"""An installer whose look into files is a fake: what is in them does not matter here."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.adapters.speech_models import install
from desktop.adapters.speech_models.checking import Content, ContentCheck
from desktop.adapters.speech_models.install import Installer
from desktop.adapters.speech_models.sources import source_of
from desktop.adapters.speech_models.store import ModelStore
from desktop.domain.speech_models import Installed, ModelRefused, Step


class FakeCheck(ContentCheck):
    """Finds every file good but those that begin with "bad"."""

    def __init__(self) -> None:
        super().__init__([])
        self.looked: list[str] = []
        self.then: Callable[[], object] = lambda: None

    def look(self, path: Path, shown: str, stopped: threading.Event) -> Content:
        self.looked.append(path.name)
        with path.open("rb") as file:
            if file.read(3) == b"bad":
                raise ModelRefused(f"{shown} is no Whisper checkpoint.")
        self.then()
        return Content({"n_mels": 80}, ["en", "ko"], 0.25, 0.125)


class World:
    """A data folder with an installer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.store = ModelStore(self.data / "models", self.data / "converted-models")
        self.check = FakeCheck()
        self.installer = Installer(self.store, self.data, self.check, pause_s=0.001)
        self.steps: list[Step] = []
        self.stopped = threading.Event()

    def install(self, source: str | Path, digest: str = "", name: str = "") -> Installed:
        return self.installer.install(source_of(str(source), digest, name), self.steps.append, self.stopped)

    def file(self, name: str = "base.pt", content: bytes = b"x" * 50_000) -> Path:
        """A model outside."""
        path = self.folder / "stick" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    def left(self) -> set[str]:
        """Names of all files in the models folder."""
        return {str(path.relative_to(self.store.folder)) for path in self.store.folder.rglob("*")}

    def content(self, name: str = "base.pt") -> bytes:
        return (self.store.folder / name).read_bytes()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(install, "ROOM_LEFT", 0)
    return World(tmp_path)
