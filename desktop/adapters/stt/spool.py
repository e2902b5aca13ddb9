"""Sound that waits for its text on disk, sealed with keys that live in memory only.

A file holds one utterance: two boxes of `adapters.evidence.box`, its measures and its samples, bound to the file's
name. The name begins with a mark of the call's key, by which a process that is given the key finds its files again;
all others are rubbish of a crash that nobody can read, and are deleted.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import shutil
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from desktop.adapters.stt.listener import Utterance
from desktop.adapters.stt.voice_activity import Samples
from desktop.paths import open_private, private_folder

MEASURES = struct.Struct("<QQIff")
"""First sample, sample after the last, clock rate, seconds of speech, mean probability of speech."""
SUFFIX = ".sound"
LEFT_FREE = 200 << 20
"""Bytes of the disk that are not the spool's to take."""
EMPTY: Samples = np.zeros(0, np.int16)

log = logging.getLogger(__name__)


class SpoolError(OSError):
    """A file of the spool does not hold what was put there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an utterance lies; `key` opens it."""

    path: Path
    key: bytes


class Spool:
    """The folder of one data folder; used by one process at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, key: bytes, leg: str, utterance: Utterance) -> Place:
        """Write an utterance. Raises OSError, also where the disk is nearly full."""
        from desktop.adapters.evidence.box import close_box  # most calls need none of it

        private_folder(self._folder)
        samples = utterance.samples.astype("<i2").tobytes()
        if shutil.disk_usage(self._folder).free < LEFT_FREE + len(samples):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        path = self._folder / f"{_mark(key)}-{leg}-{utterance.start:012d}{SUFFIX}"
        measures = MEASURES.pack(
            utterance.start, utterance.end, utterance.clock_rate, utterance.voiced, utterance.certainty
        )
        name = path.name.encode()
        try:
            with open_private(path) as file:
                file.write(close_box(key, measures, name) + close_box(key, samples, name + b" sound"))
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return Place(path, key)

    def read(self, place: Place) -> Samples:
        """The samples of an utterance. Raises OSError."""
        _, samples = self._open(place)
        return np.frombuffer(samples, "<i2").astype(np.int16)

    def drop(self, place: Place) -> None:
        """An utterance is text, or nobody wants it."""
        try:
            place.path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("a file of the spool stays: %s", error.strerror)

    def find(self, key: bytes, leg: str) -> list[tuple[Utterance, Place]]:
        """What a process before this one left of a leg, oldest first, without its samples; cut files are deleted."""
        found = []
        for path in self._files(f"{_mark(key)}-{leg}-"):
            place = Place(path, key)
            try:
                measures, _ = self._open(place)
            except OSError as error:
                log.warning("a file of the spool cannot be used: %s", error)
                self.drop(place)
                continue
            start, end, clock_rate, voiced, certainty = MEASURES.unpack(measures)
            found.append((Utterance(start, end, clock_rate, EMPTY, voiced, certainty), place))
        return found

    def sweep(self, keys: Iterable[bytes]) -> None:
        """Delete what no one of these keys opens."""
        known = {_mark(key) for key in keys}
        for path in self._files(""):
            if path.name.partition("-")[0] not in known:
                self.drop(Place(path, b""))

    def _files(self, beginning: str) -> Iterator[Path]:
        try:
            yield from sorted(self._folder.glob(f"{beginning}*{SUFFIX}"))
        except OSError as error:
            log.warning("the spool cannot be read: %s", error.strerror)

    def _open(self, place: Place) -> tuple[bytes, bytes]:
        from desktop.adapters.evidence.box import MORE_BYTES, BoxError, open_box

        content, name = place.path.read_bytes(), place.path.name.encode()
        at = MEASURES.size + MORE_BYTES
        try:
            return open_box(place.key, content[:at], name), open_box(
                place.key, content[at:], name + b" sound"
            )
        except BoxError as error:
            raise SpoolError(f"{place.path.name}: {error}") from error


def _mark(key: bytes) -> str:
    return hashlib.sha256(b"spool" + key).hexdigest()[:16]
