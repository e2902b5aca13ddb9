"""Reports into a shared folder: a file each, named by the key, that appears there whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from desktop.adapters.delivery.threads import OneAtATime
from desktop.domain.delivery import Dead, Delivered, Message, Outcome, Retry, Trouble
from desktop.domain.delivery_targets import FolderTarget
from desktop.paths import settle_folder

LONGEST_S = 30.0
FILE_MODE = 0o660
"""Those who share the folder by its group read the file; nobody else does."""
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ESTALE, errno.EIO, errno.EHOSTDOWN, errno.ENOTCONN}
_GONE |= {errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ENETUNREACH}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT}


class FolderSender:
    """Implements `services.delivery_ports.Sender` for a folder that must exist already."""

    def __init__(self, target: FolderTarget) -> None:
        self._folder = Path(target.folder)
        self._turns = OneAtATime(target.name)

    async def send(self, message: Message) -> Outcome:
        """Put the report there; the same one already there is as good."""
        return await self._turns.run(lambda: _guarded(lambda: self._put(message)), LONGEST_S, _let_go)

    async def probe(self) -> Outcome:
        """Whether the folder is there and can be written."""
        return await self._turns.run(lambda: _guarded(self._look), LONGEST_S, _let_go)

    def _look(self) -> Outcome:
        if not stat.S_ISDIR(os.stat(self._folder).st_mode):
            return Retry(Trouble.FOLDER_MISSING)
        writable = os.access(self._folder, os.W_OK | os.X_OK)
        return Delivered() if writable else Retry(Trouble.FOLDER_FORBIDDEN)

    def _put(self, message: Message) -> Outcome:
        final = self._folder / f"{message.key}.json"
        part = self._folder / f"{message.key}.json.part"
        receipt = f"{final.name} {hashlib.sha256(message.body).hexdigest()[:16]}"
        if os.path.lexists(final):
            return Delivered(receipt) if _holds(final, message.body) else Dead(Trouble.CONFLICT)
        # Left by a try that was cut off. Never written through: it may be a link that somebody put there.
        part.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            with os.fdopen(os.open(part, flags, FILE_MODE), "wb") as file:
                file.write(message.body)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, final)
        except OSError:
            _remove(part)
            raise
        settle_folder(self._folder)
        return Delivered(receipt)


def _guarded(work: Callable[[], Outcome]) -> Outcome:
    try:
        return work()
    except OSError as error:
        name = errno.errorcode.get(error.errno or 0, type(error).__name__)
        if error.errno in _FORBIDDEN:
            return Retry(Trouble.FOLDER_FORBIDDEN, name)
        if error.errno in _FULL:
            return Retry(Trouble.FOLDER_FULL, name)
        if error.errno in _GONE:
            return Retry(Trouble.FOLDER_MISSING, name)
        return Retry(Trouble.BROKEN_OFF, name)


def _holds(path: Path, body: bytes) -> bool:
    """Whether a plain file of just these bytes is there; anything else is not opened."""
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode) or found.st_size != len(body):
        return False
    with path.open("rb") as file:
        return file.read(len(body) + 1) == body


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # the folder is gone with it, or the next try removes it


def _let_go() -> None:
    """A thread that hangs in the file system cannot be called back; it finds its own end."""
