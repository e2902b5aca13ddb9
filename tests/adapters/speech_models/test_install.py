"""From a file or a folder: checked before it is in place, in one step, or nothing at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.adapters.speech_models import install
from desktop.adapters.system.folder_lock import FolderLock
from desktop.domain.speech_models import InstallStopped, ModelRefused, Step
from tests.adapters.speech_models.conftest import World, sha256

OLD, NEW = b"o" * 40_000, b"n" * 3_000_000
NOTES = b'window_floor = 250\nlanguages = ["ko"]\n'


def test_a_file_with_its_notes(world: World) -> None:
    file = world.file(content=NEW)
    file.with_suffix(".toml").write_bytes(NOTES)
    done = world.install(file)
    assert done.changed
    model = done.model
    assert (model.name, model.size, model.sha256) == ("base", len(NEW), sha256(NEW))
    assert (model.languages, model.dims) == (("ko",), {"n_mels": 80})
    assert (model.cost, model.fast_cost) == (0.25, 0.125)
    assert world.left() == {"base.pt", "base.toml", "base.json"}
    assert world.steps[0] == Step("copy", 1 << 20, len(NEW))
    assert world.steps[-1].stage == "check"
    if sys.platform != "win32":
        assert {path.stat().st_mode & 0o777 for path in world.store.folder.iterdir()} == {0o600}
    assert world.store.models()[0].name == "base"


def test_the_same_again_changes_nothing(world: World) -> None:
    file = world.file()
    world.install(file)
    before = (world.store.folder / "base.pt").stat()
    assert not world.install(file).changed
    assert (world.store.folder / "base.pt").stat() == before
    assert len(world.check.looked) == 1
    # Other notes for the same weights are something new, and so is a file that was changed since.
    file.with_suffix(".toml").write_bytes(NOTES)
    assert world.install(file).changed
    (world.store.folder / "base.pt").write_bytes(OLD)
    assert world.install(file).changed
    assert world.content() == file.read_bytes()


def test_another_file_takes_the_place_and_the_old_notes_go(world: World) -> None:
    file = world.file(content=OLD)
    file.with_suffix(".toml").write_bytes(NOTES)
    world.install(file)
    file.with_suffix(".toml").unlink()
    file.write_bytes(NEW)
    assert world.install(file).model.sha256 == sha256(NEW)
    assert world.left() == {"base.pt", "base.json"}


def test_a_folder_with_one_model(world: World) -> None:
    folder = world.file("whisper.pt").parent
    assert world.install(folder).model.name == "whisper"
    world.file("other.pt")
    with pytest.raises(ModelRefused, match=r"2 model files .*other\.pt, whisper\.pt.*name one"):
        world.install(folder)
    with pytest.raises(ModelRefused, match="no model file"):
        world.install(world.folder / "data")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"bad" * 10_000, "is no Whisper checkpoint"), (b"x" * 100, "too small")],
)
def test_what_is_refused_leaves_nothing_and_the_old_model(world: World, content: bytes, words: str) -> None:
    world.install(world.file(content=OLD))
    with pytest.raises(ModelRefused, match=words) as refusal:
        world.install(world.file(content=content))
    assert "stick" in str(refusal.value)
    assert world.left() == {"base.pt", "base.json"}
    assert world.content() == OLD
    with pytest.raises(ModelRefused):
        world.install(world.file("fresh.pt", content))
    assert world.left() == {"base.pt", "base.json"}


def test_a_digest_that_is_said_has_to_be_right(world: World) -> None:
    file = world.file(content=NEW)
    with pytest.raises(ModelRefused, match="not the file that was published"):
        world.install(file, sha256(OLD))
    with pytest.raises(ModelRefused, match="64 hexadecimal"):
        world.install(file, "abc")
    assert world.install(file, sha256(NEW).upper()).changed


@pytest.mark.parametrize("place", ["base.pt.sha256", "manifest.json", "base.toml"])
def test_a_digest_that_lies_beside_has_to_be_right(world: World, place: str) -> None:
    file = world.file(content=NEW)
    wrong = sha256(OLD)
    texts = {
        "base.pt.sha256": f"{wrong}  base.pt\n",
        "manifest.json": f'{{"base.pt": {{"sha256": "{wrong}"}}}}',
        "base.toml": f'sha256 = "{wrong}"\n',
    }
    beside = file.with_name(place)
    beside.write_text(texts[place], encoding="utf-8")
    with pytest.raises(ModelRefused, match="not the file that was published"):
        world.install(file)
    with pytest.raises(ModelRefused, match="check both"):
        world.install(file, sha256(NEW))
    beside.write_text(texts[place].replace(wrong, sha256(NEW)), encoding="utf-8")
    assert world.install(file).changed


@pytest.mark.parametrize("notes", [b"window_floor = [", b"\xff\xfe", b"#" * 70_000])
def test_notes_that_are_none(world: World, notes: bytes) -> None:
    file = world.file()
    file.with_suffix(".toml").write_bytes(notes)
    with pytest.raises(ModelRefused, match=r"base\.toml"):
        world.install(file)


def test_no_room_on_the_disk_is_said_before_anything_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "free_bytes", lambda folder: 1_000_000)
    with pytest.raises(ModelRefused, match=r"needs 2 MB .* 0 MB are free; make room"):
        world.install(world.file(content=NEW))
    assert world.steps == []
    assert world.left() == set()


@pytest.mark.parametrize("when", ["copying", "checking"])
def test_stopped(world: World, when: str) -> None:
    world.install(world.file(content=OLD))
    if when == "copying":
        world.stopped.set()
    else:
        world.check.then = world.stopped.set
    with pytest.raises(InstallStopped):
        world.install(world.file(content=NEW))
    assert world.content() == OLD
    assert world.left() == {"base.pt", "base.json"}


def test_one_at_a_time(world: World) -> None:
    lock = FolderLock(world.data, "models")
    assert lock.acquire()
    with pytest.raises(ModelRefused, match="already"):
        world.install(world.file())
    lock.release()
    assert world.install(world.file()).changed


def test_a_source_that_cannot_be_read(world: World) -> None:
    for source in ("base", str(world.folder / "none.pt")):
        with pytest.raises(ModelRefused, match="there is no file"):
            world.install(source)


KILLED = """
import os, sys, threading
from pathlib import Path
sys.path.insert(0, {root!r})
from desktop.adapters.speech_models import install
from tests.adapters.speech_models.conftest import World

left = int(sys.argv[2])

def step(name):
    real = getattr(os, name)
    def counted(*args, **more):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return real(*args, **more)
    setattr(os, name, counted)

install.ROOM_LEFT = 0
world = World(Path(sys.argv[1]))
for name in ("replace", "unlink"):
    step(name)
world.install(world.folder / "stick" / "base.pt")
"""


def test_a_kill_leaves_the_old_model_or_the_new_one(world: World) -> None:
    """Ended before each step that changes something on the disk: what lies there is always one of the two."""
    file = world.file(content=OLD)
    file.with_suffix(".toml").write_bytes(NOTES)
    root = str(Path(__file__).parents[3])
    seen = set()
    for steps in range(60):
        world.file(content=OLD)
        file.with_suffix(".toml").write_bytes(NOTES)
        world.install(file)
        world.file(content=NEW)
        file.with_suffix(".toml").write_bytes(NOTES + b"longest_s = 20\n")
        command = [sys.executable, "-c", KILLED.format(root=root), str(world.folder), str(steps)]
        code = subprocess.run(command, cwd=root, timeout=60, env={**os.environ}).returncode
        content, notes = world.content(), world.store.folder / "base.toml"
        assert content in (OLD, NEW)
        said = notes.read_bytes() if notes.exists() else b""
        assert said in (b"", NOTES if content == OLD else NOTES + b"longest_s = 20\n")
        seen.add(content)
        model = world.store.model(world.store.folder / "base.pt")
        assert model.sha256 in ("", sha256(content))
        if code == 0:
            break
        assert code == 9
    else:
        pytest.fail("an installation has fewer steps than that")
    assert seen == {OLD, NEW}
    assert steps > 3
    # The next installation clears away what a kill left beside the places.
    assert world.left() == {"base.pt", "base.toml", "base.json"}


def test_a_place_that_another_program_holds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    file = world.file(content=OLD)
    file.with_suffix(".toml").write_bytes(NOTES)
    world.install(file)
    file.write_bytes(NEW)
    replace = os.replace

    def held(source: str | Path, place: str | Path) -> None:
        if str(place).endswith(".pt"):
            raise PermissionError(13, "Permission denied")
        replace(source, place)

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(ModelRefused, match=r"Permission denied.*as it was"):
        world.install(file)
    assert (world.content(), world.content("base.toml")) == (OLD, NOTES)
    assert world.store.model(world.store.folder / "base.pt").sha256 == sha256(OLD)
