"""Files that are sealed while they are written, chunk by chunk; after a crash they read up to the last whole chunk.

    header   b"DASANSF1", the key's id (4 bytes), 8 random bytes
    chunk    length (4 bytes, big endian), its complement (4 bytes), what AES-256-GCM gives

Nonce of a chunk: the 8 random bytes and the chunk's number (4 bytes). Associated data: the header, the number, and
whether it is the last one, so that chunks can't be changed, dropped, exchanged or taken from another file. Chunk 0 is
JSON that says what the file holds; an empty chunk that is marked as the last closes it. As in `box`, the library for it
is loaded with the first file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from desktop.adapters.evidence.keys import Key, SealError
from desktop.paths import open_private, private_folder

MAGIC = b"DASANSF1"
HEADER_BYTES = 20
LENGTH_BYTES = 8
TAG_BYTES = 16
MOST_CHUNK_BYTES = 1 << 24
_ALL_ONES = 0xFFFFFFFF


class SealedWriter:
    """A sealed file that grows. Every `append` is one chunk, on disk when it returns. One thread at a time uses it."""

    def __init__(self, path: Path, key: Key, about: Mapping[str, object]) -> None:
        """Make the file, which must not exist yet. `about` says what it holds. Raises OSError."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        private_folder(path.parent)
        self._file = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        self._cipher, self._number = AESGCM(key.secret), 0
        self._header = MAGIC + bytes.fromhex(key.id) + os.urandom(8)
        self._file.write(self._header)
        self._add(json.dumps(about, ensure_ascii=False, sort_keys=True).encode(), last=False)

    def append(self, data: bytes) -> None:
        """Add a chunk of at most 16 MB. Raises OSError, ValueError."""
        if not 0 < len(data) <= MOST_CHUNK_BYTES - TAG_BYTES:
            raise ValueError("a chunk holds 1 byte to 16 MB")
        self._add(data, last=False)

    def close(self) -> None:
        """Mark the end and close the file. Raises OSError."""
        if not self._file.closed:
            self._add(b"", last=True)
            self._file.close()

    def abandon(self) -> None:
        """Close the file without its mark, as a crash would leave it."""
        self._file.close()

    def _add(self, data: bytes, last: bool) -> None:
        closed = self._cipher.encrypt(
            _nonce(self._header, self._number), data, _bound(self._header, self._number, last)
        )
        length = len(closed)
        self._file.write(length.to_bytes(4, "big") + (length ^ _ALL_ONES).to_bytes(4, "big") + closed)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._number += 1


@dataclass(slots=True)
class SealedContent:
    """A sealed file as it is read. `whole` is known once all chunks were taken: the file was closed properly."""

    about: dict[str, Any]
    chunks: Iterator[bytes]
    whole: bool = field(default=False)


def key_id_in(path: Path) -> str:
    """The id of the key that a sealed file needs. Raises SealError where it is none, OSError."""
    with path.open("rb") as file:
        return _key_id(file.read(HEADER_BYTES), path)


def open_sealed(path: Path, key: Key) -> SealedContent:
    """Read a sealed file; its chunks come one by one. Raises SealError at the first changed byte, OSError."""
    file = path.open("rb")
    try:
        header = file.read(HEADER_BYTES)
        if _key_id(header, path) != key.id:
            raise SealError(f"{path.name} was sealed with another key.")
        found = _chunks(file, path, header, key)
        first = next(found, None)
        if first is None:
            raise SealError(f"{path.name} ends before it begins.")
        content = SealedContent(json.loads(first[0]), iter(()))
        content.chunks = _data(file, found, content)
    except BaseException:
        file.close()
        raise
    return content


def _data(file: IO[bytes], found: Iterator[tuple[bytes, bool]], content: SealedContent) -> Iterator[bytes]:
    with file:
        for data, last in found:
            if last:
                content.whole = True
                return
            yield data


def _chunks(file: IO[bytes], path: Path, header: bytes, key: Key) -> Iterator[tuple[bytes, bool]]:
    """Each whole chunk with whether it is the last; what a crash left of one more is passed over."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(key.secret)
    number = 0
    while True:
        length = _length(file.read(LENGTH_BYTES), path, number)
        closed = file.read(length)
        if length == 0 or len(closed) < length or not any(closed[-TAG_BYTES:]):
            # After a power cut a file may end in zeros that were never written; no tag consists of them.
            if file.read().strip(b"\0"):
                raise SealError(f"{path.name} was changed at chunk {number}.")
            return
        nonce = _nonce(header, number)
        for last in (False, True):
            try:
                data = cipher.decrypt(nonce, closed, _bound(header, number, last))
            except InvalidTag:
                continue
            if last and file.read(1):
                raise SealError(f"{path.name} goes on behind its end.")
            yield data, last
            break
        else:
            raise SealError(f"{path.name} was changed at chunk {number}.")
        if last:
            return
        number += 1


def _length(head: bytes, path: Path, number: int) -> int:
    """The length of the next chunk, 0 where the file ends."""
    if len(head) < LENGTH_BYTES or not any(head):
        return 0
    length, complement = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")
    if length ^ _ALL_ONES != complement or not TAG_BYTES <= length <= MOST_CHUNK_BYTES:
        raise SealError(f"{path.name} was changed at chunk {number}.")
    return length


def _key_id(header: bytes, path: Path) -> str:
    if len(header) < HEADER_BYTES or not header.startswith(MAGIC):
        raise SealError(f"{path.name} is not a sealed file.")
    return header[len(MAGIC) : len(MAGIC) + 4].hex()


def _nonce(header: bytes, number: int) -> bytes:
    return header[-8:] + number.to_bytes(4, "big")


def _bound(header: bytes, number: int, last: bool) -> bytes:
    return header + number.to_bytes(4, "big") + bytes([last])
