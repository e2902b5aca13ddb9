"""One program at a time in a folder: a lock that the operating system takes back when its holder dies."""

import os
import sys
from pathlib import Path

from desktop.domain.errors import DeskError
from desktop.paths import PRIVATE_FILE, private_folder


class FolderInUseError(DeskError):
    """Another program works in this folder."""


class FolderLock:
    """The lock `<folder>/run/<name>.lock`. It is held until `release` or the end of the process."""

    def __init__(self, folder: Path, name: str = "desk") -> None:
        self.path = folder / "run" / f"{name}.lock"
        self._folder = folder
        self._number: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._number is not None

    def acquire(self) -> bool:
        """Take the lock; False where another program has it. Raises DeskError where the folder cannot be written."""
        if self.held:
            return True
        try:
            private_folder(self.path.parent)
            number = os.open(self.path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise DeskError(
                f"The data folder {self._folder} cannot be written ({reason}). "
                "Give write permission to it or choose another with --data."
            ) from error
        if not _lock(number):
            os.close(number)
            return False
        self._number = number
        return True

    def acquire_or_refuse(self) -> None:
        """Take the lock. Raises FolderInUseError where another program has it."""
        if not self.acquire():
            raise FolderInUseError(
                f"The data folder {self._folder} is in use by another Dasan Desk. "
                "Close that one or choose another folder with --data."
            )

    def release(self) -> None:
        """Give the lock back; the file stays, because removing it would let two programs hold two files."""
        if self._number is not None:
            os.close(self._number)
            self._number = None


if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> bool:
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(number: int) -> bool:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
