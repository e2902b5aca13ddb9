import stat
import sys
from pathlib import Path

import pytest

from desktop import paths


def test_shipped_files_are_found() -> None:
    assert (paths.resources() / "practice" / "scenarios.yaml").is_file()
    assert paths.translations().name == "i18n"


def test_a_frozen_build_has_its_own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"


def test_an_installed_package_has_them_inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "desktop"
    (package / "data" / "resources").mkdir(parents=True)
    # Somebody else's folder of that name beside the package is not ours.
    (tmp_path / "site-packages" / "resources").mkdir()
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    assert paths.resources() == package / "data" / "resources"


def test_a_private_file_replaces_the_old_one_whole(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "file"
    paths.write_private(file, b"one")
    paths.write_private(file, b"two")
    assert file.read_bytes() == b"two"
    assert [each.name for each in file.parent.iterdir()] == ["file"]
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert {stat.S_IMODE(each.stat().st_mode) for each in (file.parent, file.parent.parent)} == {0o700}


def test_a_writing_that_breaks_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    paths.write_private(file, b"old")
    with pytest.raises(ZeroDivisionError), paths.replacing_private(file) as half:
        half.write(b"half" * (1 // 0))
    assert file.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
