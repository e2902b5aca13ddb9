"""Sealed files of recordings: their names, what they say of themselves, and a stretch of what they hold."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.adapters.evidence.keys import Key, KeyRing
from desktop.adapters.evidence.sealed_file import SealedWriter, key_id_in, open_sealed
from desktop.adapters.recording.stereo import CHANNELS, FRAME_BYTES
from desktop.domain.errors import DeskError
from desktop.domain.evidence import EvidenceFile
from desktop.domain.recording import RecordingFacts, RecordingFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = "recordings"
MEDIA_TYPE = "audio/wav"
_NAME = re.compile(r"(?P<call>[\w.@+-]{1,120})-(?P<part>\d{1,6})\.sealed")
_OTHER = re.compile(r"[^\w.@+-]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sound of both channels, int16 of shape (frames, 2), at `rate`."""

    sound: NDArray[np.int16]
    rate: int


def stem_of(call_id: str) -> str:
    """A call's id as it may stand in the name of a file."""
    if len(call_id) <= 80 and call_id and not _OTHER.search(call_id) and not call_id.startswith("."):
        return call_id
    return hashlib.sha256(call_id.encode()).hexdigest()[:32]


def new_recording(folder: Path, key: Key, call_id: str, rate: int, first: int) -> tuple[SealedWriter, Path]:
    """The next file of a call, which begins with the frame `first`. Raises OSError."""
    stem = stem_of(call_id)
    taken = [int(found["part"]) for found in _names(folder) if found["call"] == stem]
    path = folder / f"{stem}-{max(taken, default=0) + 1}.sealed"
    about = {
        "format": "pcm16",
        "rate": rate,
        "channels": len(CHANNELS),
        "legs": list(CHANNELS),
        "call": call_id,
        "first": first,
    }
    return SealedWriter(path, key, about), path


class Shelf:
    """Implements `services.recording_ports.RecordingShelf`."""

    def __init__(self, evidence: Path, keys: KeyRing) -> None:
        self._evidence, self._keys = evidence, keys

    async def files(self, call_id: str = "") -> list[RecordingFile]:
        """Those of a call, or all, oldest first."""
        return await asyncio.to_thread(self._list, stem_of(call_id) if call_id else "")

    async def as_evidence(self, file: RecordingFile, escalation_id: str) -> EvidenceFile:
        """A finished file with its SHA-256. Raises DeskError."""
        path = self._evidence / file.name
        try:
            size, sha256 = await asyncio.to_thread(_digest, path)
        except OSError as error:
            raise DeskError(f"The recording {path} can't be read: {error.strerror}.") from error
        moment = datetime.now(UTC).isoformat(timespec="milliseconds")
        return EvidenceFile(escalation_id, file.name, MEDIA_TYPE, size, sha256, moment)

    async def facts(self, file: RecordingFile) -> RecordingFacts:
        """What a finished file holds; all of it is read. Raises SealError, DeskError."""
        path = self._evidence / file.name
        try:
            key = await self._keys.find(await asyncio.to_thread(key_id_in, path))
            return await asyncio.to_thread(_facts, path, key)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DeskError(f"The recording {path} can't be read.") from error

    async def remove(self, file: RecordingFile) -> None:
        """Delete a file. Raises DeskError."""
        path = self._evidence / file.name
        try:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        except OSError as error:
            raise DeskError(f"The recording {path} can't be deleted: {error.strerror}.") from error

    async def stretch(self, file: RecordingFile, begin: float, end: float) -> Stretch | None:
        """What the file holds from `begin` to `end`, seconds since the media began. Raises SealError, DeskError."""
        path = self._evidence / file.name
        try:
            key = await self._keys.find(await asyncio.to_thread(key_id_in, path))
            return await asyncio.to_thread(_stretch, path, key, begin, end)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DeskError(f"The recording {path} can't be read.") from error

    def _list(self, stem: str) -> list[RecordingFile]:
        found: list[tuple[float, int, RecordingFile]] = []
        for name in _names(self._evidence / FOLDER):
            if stem and name["call"] != stem:
                continue
            try:
                written = (self._evidence / FOLDER / name[0]).stat().st_mtime
            except OSError:
                continue
            file = RecordingFile(f"{FOLDER}/{name[0]}", name["call"], datetime.fromtimestamp(written, UTC))
            found.append((written, int(name["part"]), file))
        return [file for *_, file in sorted(found, key=lambda each: each[:2])]


def _names(folder: Path) -> Iterator[re.Match[str]]:
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return
    for name in names:
        if (match := _NAME.fullmatch(name)) is not None:
            yield match


def _digest(path: Path) -> tuple[int, str]:
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        return content.tell(), sha256


def _facts(path: Path, key: Key) -> RecordingFacts:
    content = open_sealed(path, key)
    rate, first = int(content.about["rate"]), int(content.about["first"])
    legs = tuple(str(leg) for leg in content.about["legs"])
    frames = sum(map(len, content.chunks)) // FRAME_BYTES
    return RecordingFacts(rate, legs, first / rate, frames / rate, content.whole)


def _stretch(path: Path, key: Key, begin: float, end: float) -> Stretch | None:
    import numpy as np  # the desk starts without it

    content = open_sealed(path, key)
    rate, place = int(content.about["rate"]), int(content.about["first"])
    wanted = range(int(begin * rate), int(end * rate))
    parts: list[NDArray[np.int16]] = []
    for chunk in content.chunks:
        sound = np.frombuffer(chunk, "<i2").reshape(-1, len(CHANNELS)).astype(np.int16)
        first, place = place, place + len(chunk) // FRAME_BYTES
        part = sound[max(0, wanted.start - first) : max(0, wanted.stop - first)]
        # Read to its end: what was changed anywhere in it is found before anything is heard.
        if len(part):
            parts.append(part)
    return Stretch(np.concatenate(parts), rate) if parts else None
