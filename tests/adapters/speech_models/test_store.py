"""What is listed, what is known of it, what can be removed and brought back."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from desktop.adapters.speech_models.store import ModelStore
from desktop.adapters.stt.fast_models import FILES, FastModels
from desktop.adapters.stt.model_file import practice_model
from desktop.domain.speech_models import InstallStopped, ModelRefused
from tests.adapters.speech_models.conftest import World, sha256

never = threading.Event()


def test_nothing_is_installed_and_the_shipped_model_says_whom_it_is_for(world: World) -> None:
    (shipped,) = world.store.models()
    assert (shipped.name, shipped.shipped, shipped.installed) == ("practice-ko", True, False)
    assert shipped.practice_only
    assert shipped.languages == ("ko",)
    assert len(shipped.sha256) == 64
    assert shipped.dims["n_vocab"] == 51865
    assert shipped.cost is None
    assert not world.store.folder.exists()


def test_models_by_name_then_the_shipped_one_then_the_chosen_one(world: World) -> None:
    chosen = world.file("elsewhere.pt")
    for name in ("b.pt", "A.pt"):
        world.install(world.file(name))
    (world.store.folder / ".hidden.pt").touch()
    (world.store.folder / "folder.pt").mkdir()
    names = [each.name for each in world.store.models(chosen)]
    assert names == ["A", "b", "practice-ko", "elsewhere"]
    assert [each.name for each in world.store.models(world.store.folder / "b.pt")] == names[:3]
    assert [each.name for each in world.store.models(world.folder / "gone.pt")] == names[:3]
    assert not world.store.models(chosen)[-1].installed


def test_a_model_that_somebody_copied_there_or_changed(world: World) -> None:
    world.install(world.file())
    place = world.store.folder / "base.pt"
    place.write_bytes(b"y" * 50_000)
    changed = world.store.model(place)
    assert (changed.intact, changed.sha256, changed.cost, changed.languages) == (False, "", None, ())
    place.with_suffix(".json").unlink()
    assert world.store.model(place).intact


@pytest.mark.parametrize("record", [b"", b"[]", b"{", b'{"size": 50000}', b"[" * 99_000, b" " * 200_000])
def test_a_record_that_says_nothing(world: World, record: bytes) -> None:
    world.install(world.file())
    place = world.store.folder / "base.pt"
    place.with_suffix(".json").write_bytes(record)
    assert world.store.model(place).sha256 == ""


def test_a_record_of_odd_values(world: World) -> None:
    world.install(world.file())
    place = world.store.folder / "base.pt"
    world.store.write_record(place, "x", {"dims": [1], "languages": {"a": 1}, "cost": True})
    model = world.store.model(place)
    assert (model.dims, model.languages, model.cost) == ({}, (), None)


def test_a_copy_of_the_shipped_model_is_for_practice_only_under_any_name(world: World) -> None:
    copy = world.install(practice_model(), name="base").model
    assert (copy.practice_only, copy.shipped, copy.installed) == (True, False, True)
    assert not world.install(world.file("other.pt")).model.practice_only


def test_found_by_name_by_file_and_by_path(world: World) -> None:
    world.install(world.file())
    place = world.store.folder / "base.pt"
    for wanted in ("base", "BASE", "base.pt", str(place), os.path.relpath(place)):
        assert world.store.find(wanted).path == place
    outside = world.file("other.pt")
    assert not world.store.find(str(outside)).installed
    assert world.store.find(str(practice_model())).shipped
    with pytest.raises(ModelRefused, match="there is no speech model tiny"):
        world.store.find("tiny")


def test_a_name_in_other_capitals_is_the_same_place(world: World) -> None:
    world.install(world.file("Base.pt"))
    assert world.store.place("bASE").name == "Base.pt"
    world.install(world.file("base.pt", b"z" * 60_000))
    assert world.left() == {"Base.pt", "Base.json"}


def test_removed_and_brought_back(world: World) -> None:
    file = world.file()
    file.with_suffix(".toml").write_text("window_floor = 300\n")
    model = world.install(file).model
    world.store.remove(model)
    assert [each.name for each in world.store.models()] == ["practice-ko"]
    world.store.bring_back("base")
    assert world.store.model(model.path) == model
    assert world.left() == {"base.pt", "base.toml", "base.json", ".removed"}
    world.store.remove(model)
    world.store.empty()
    assert world.left() == set()
    with pytest.raises(ModelRefused, match="install it again"):
        world.store.bring_back("base")


def test_another_model_came_meanwhile(world: World) -> None:
    model = world.install(world.file()).model
    world.store.remove(model)
    world.file().with_name("base.pt").write_bytes(b"q" * 70_000)
    world.install(world.folder / "stick" / "base.pt")
    with pytest.raises(ModelRefused, match="install it again"):
        world.store.bring_back("base")


def test_what_is_not_ours_to_remove(world: World) -> None:
    with pytest.raises(ModelRefused, match="belongs to the program"):
        world.store.remove(world.store.find("practice-ko"))
    outside = world.file("other.pt")
    with pytest.raises(ModelRefused, match="delete it where it lies"):
        world.store.remove(world.store.find(str(outside)))
    assert outside.is_file()


def convert(path: Path) -> dict[str, int]:
    """A conversion that writes little."""
    for name in FILES:
        (path / name).write_text(name)
    sizes = {"state": 32, "head": 2, "layer": 1}
    dims = {f"n_{half}_{name}": size for half in ("audio", "text") for name, size in sizes.items()}
    return {**dims, "n_mels": 80, "n_audio_ctx": 1500, "n_vocab": 51865, "n_text_ctx": 64}


def test_a_converted_copy_goes_with_its_model(world: World) -> None:
    model = world.install(world.file()).model
    converted = FastModels(world.data / "converted-models")
    copy = converted.make(model.path, model.sha256, convert).folder
    world.store.remove(model)
    assert copy.is_dir(), "it can still be brought back"
    world.store.bring_back("base")
    world.store.empty()
    assert copy.is_dir()
    world.store.remove(world.store.find("base"))
    world.store.empty()
    assert not copy.exists()


def test_a_converted_copy_goes_when_another_model_takes_the_place(world: World) -> None:
    model = world.install(world.file()).model
    converted = FastModels(world.data / "converted-models")
    copy = converted.make(model.path, model.sha256, convert).folder
    world.install(world.file())
    assert copy.is_dir(), "the same model again"
    world.install(world.file(content=b"y" * 50_000))
    assert not copy.exists()


def test_verified(world: World) -> None:
    model = world.install(world.file()).model
    verify, expected = world.installer.verify, world.store.expected_digest
    assert verify(model, expected(model), world.steps.append, never).reason == ""
    # A changed byte, with the size and time of before: only hashing finds it.
    seen = model.path.stat()
    model.path.write_bytes(b"x" * 49_999 + b"y")
    os.utime(model.path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    found = verify(model, expected(model), world.steps.append, never)
    assert "is not the file that was installed" in found.reason
    assert sha256(b"x" * 50_000) == model.sha256
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(InstallStopped):
        verify(model, "", world.steps.append, stopped)


def test_verifying_makes_the_record_of_a_model_that_was_copied_there(world: World) -> None:
    world.install(world.file())
    place = world.store.folder / "copied.pt"
    place.write_bytes(b"c" * 20_000)
    model = world.store.find("copied")
    assert (model.sha256, world.store.expected_digest(model)) == ("", "")
    found = world.installer.verify(model, "", world.steps.append, never)
    assert (found.model.sha256, found.model.cost) == (sha256(b"c" * 20_000), 0.25)
    place.write_bytes(b"bad" * 10_000)
    found = world.installer.verify(world.store.find("copied"), "", world.steps.append, never)
    assert "no Whisper checkpoint" in found.reason


def test_a_folder_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, pattern: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "glob", refuse)
    with pytest.raises(ModelRefused, match="Permission denied"):
        ModelStore(tmp_path, tmp_path).models()
