import subprocess
import sys
from pathlib import Path

import pytest

from desktop.adapters.system.folder_lock import FolderInUseError, FolderLock
from desktop.domain.errors import DeskError

HOLD = """
import sys
from pathlib import Path
from desktop.adapters.system.folder_lock import FolderLock
lock = FolderLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


def test_a_second_holder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    assert first.acquire()
    assert not second.acquire()
    with pytest.raises(FolderInUseError, match="--data"):
        second.acquire_or_refuse()
    first.release()
    second.acquire_or_refuse()
    second.release()


def test_names_are_independent(tmp_path: Path) -> None:
    first, other = FolderLock(tmp_path, "desk"), FolderLock(tmp_path, "practice")
    assert first.acquire()
    assert other.acquire()
    first.release()
    other.release()


def test_a_killed_holder_leaves_the_folder_free(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    with holder:
        assert holder.stdout.readline().strip() == "True"
        lock = FolderLock(tmp_path)
        assert not lock.acquire()
        holder.kill()
        holder.wait()
        assert lock.acquire()
    lock.release()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeskError, match="cannot be written"):
        FolderLock(tmp_path / "file").acquire()
