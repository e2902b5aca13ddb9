"""A ZIP to hand out, with a MANIFEST of SHA-256 that `sha256sum -c` reads, and sealed audio as files that play."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.adapters.evidence.keys import KeyRing
from desktop.adapters.evidence.sealed_file import key_id_in, open_sealed
from desktop.paths import replacing_private

MANIFEST = "MANIFEST"
BLOCK_BYTES = 1 << 20
SAMPLE_BYTES = 2


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the ZIP; `parts` are its bytes in order."""

    name: str
    parts: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it lies in the ZIP."""

    name: str
    sha256: str
    size: int


def write_handout(path: Path, members: Iterable[Member], moment: datetime) -> list[Written]:
    """Write the ZIP in one step, readable by this user alone; the MANIFEST comes last. Raises OSError."""
    written: list[Written] = []
    with replacing_private(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            written.append(_add(archive, member, moment))
        lines = "".join(f"{each.sha256}  {each.name}\n" for each in written)
        _add(archive, Member(MANIFEST, [lines.encode()]), moment)
    return written


def _add(archive: zipfile.ZipFile, member: Member, moment: datetime) -> Written:
    info = zipfile.ZipInfo(member.name, moment.astimezone().timetuple()[:6])
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as target:
        for part in member.parts:
            target.write(part)
            digest.update(part)
            size += len(part)
    return Written(member.name, digest.hexdigest(), size)


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file as it lies on the disk. Raises OSError."""
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            yield block


async def opened_audio(path: Path, keys: KeyRing) -> tuple[Iterator[bytes], bool]:
    """What a sealed file holds, and whether it was closed properly. Raises SealError, OSError.

    Sound that was sealed as bare samples (`format` "pcm16", little endian, with `rate` and `channels`) becomes a WAV.
    The file is read twice: what is changed anywhere in it is found before the first byte is given out.
    """
    key = await keys.find(key_id_in(path))
    first = open_sealed(path, key)
    size = sum(map(len, first.chunks))
    about, whole = first.about, first.whole

    def parts() -> Iterator[bytes]:
        if about.get("format") == "pcm16":
            yield wav_header(size, int(about["rate"]), int(about["channels"]))
        yield from open_sealed(path, key).chunks

    return parts(), whole


def wav_header(size: int, rate: int, channels: int) -> bytes:
    """The head of a WAV with `size` bytes of 16-bit samples."""
    frame = channels * SAMPLE_BYTES
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * frame, frame, 8 * SAMPLE_BYTES)
    return (
        b"RIFF"
        + struct.pack("<I", min(36 + size, 0xFFFFFFFF))
        + b"WAVEfmt "
        + struct.pack("<I", len(form))
        + form
        + b"data"
        + struct.pack("<I", min(size, 0xFFFFFFFF))
    )
