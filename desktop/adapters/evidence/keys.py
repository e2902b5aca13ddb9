"""The keys that evidence is sealed with: in the operating system's keyring, where there is one.

`keys.json` in the evidence folder (0600) names every key by its id and where it is kept. Without a keyring the key
itself stands there, and `dasan-desk doctor` says so; it moves into the keyring by itself once there is one. A key that
can't be reached, as in a locked keyring, never keeps evidence from being saved: a new one is made.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.errors import DeskError
from desktop.paths import write_private

KEY_BYTES = 32
FILE_NAME = "keys.json"
ACCOUNT = "evidence-key-{id}"
_log = logging.getLogger(__name__)


class SealError(DeskError):
    """A sealed text or file can't be read: the key is missing, or something was changed."""


class SecretStore(Protocol):
    """The keyring."""

    async def keep_for_good(self, account: str, password: str) -> bool:
        """Keep a password beyond this run; False where that is not possible."""

    async def find(self, account: str) -> str:
        """A password, "" where it is not known."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key for AES-256-GCM; `id` is 8 hexadecimal digits and says nothing about `secret`."""

    id: str
    secret: bytes = field(repr=False)


@dataclass(slots=True)
class _Entry:
    """A line of the file: `secret` in hexadecimal where no keyring holds it."""

    id: str
    created: str
    secret: str = ""


class KeyRing:
    """The keys of one data folder. Its methods may be called from several tasks of one loop."""

    def __init__(self, folder: Path, store: SecretStore) -> None:
        self._file, self._store = folder / FILE_NAME, store
        self._keys: dict[str, Key] = {}
        self._current: Key | None = None
        self._one_at_a_time = asyncio.Lock()

    async def current(self) -> Key:
        """The key to seal with: the newest that can be reached, else a new one."""
        async with self._one_at_a_time:
            if self._current is None:
                self._current = await self._newest() or await self._make()
            return self._current

    async def find(self, key_id: str) -> Key:
        """The key with this id. Raises SealError where it can't be reached."""
        async with self._one_at_a_time:
            key = self._keys.get(key_id)
            if key is None:
                entry = next((each for each in read_entries(self._file) if each.id == key_id), None)
                key = await self._reach(entry) if entry else None
            if key is None:
                raise SealError(
                    f"The key {key_id} of this evidence can't be reached: unlock the keyring of the account that "
                    "saved it, or bring back its evidence folder."
                )
            return key

    async def _newest(self) -> Key | None:
        entries = read_entries(self._file)
        for entry in reversed(entries):
            key = await self._reach(entry)
            if key is not None:
                if entry.secret and await self._keep(key):
                    entry.secret = ""
                    self._write(entries)
                return key
        return None

    async def _reach(self, entry: _Entry) -> Key | None:
        text = entry.secret or await self._store.find(ACCOUNT.format(id=entry.id))
        try:
            secret = bytes.fromhex(text)
        except ValueError:
            secret = b""
        if len(secret) != KEY_BYTES or key_id_of(secret) != entry.id:
            return None
        self._keys[entry.id] = Key(entry.id, secret)
        return self._keys[entry.id]

    async def _make(self) -> Key:
        secret = secrets.token_bytes(KEY_BYTES)
        key = Key(key_id_of(secret), secret)
        self._keys[key.id] = key
        kept = await self._keep(key)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        self._write([*read_entries(self._file), _Entry(key.id, created, "" if kept else secret.hex())])
        return key

    async def _keep(self, key: Key) -> bool:
        return await self._store.keep_for_good(ACCOUNT.format(id=key.id), key.secret.hex())

    def _write(self, entries: list[_Entry]) -> None:
        keys = [
            {"id": e.id, "created": e.created, **({"secret": e.secret} if e.secret else {})} for e in entries
        ]
        try:
            write_private(self._file, json.dumps({"keys": keys}, indent=1).encode())
        except OSError as error:
            # Where nothing can be written no evidence can be kept either; it stays readable for this run.
            _log.error("the list of keys was not written: %s", error.strerror)


def key_id_of(secret: bytes) -> str:
    """The public name of a key."""
    return hashlib.sha256(b"dasan-desk key id" + secret).hexdigest()[:8]


def read_entries(file: Path) -> list[_Entry]:
    """The lines of a list of keys; none where it is missing or no such list."""
    try:
        lines = json.loads(file.read_bytes())["keys"]
        return [_Entry(str(x["id"]), str(x["created"]), str(x.get("secret", ""))) for x in lines]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        _log.error("the list of keys can't be read: %s", type(error).__name__)
        return []


def lost_keys(folder: Path, used: Iterable[str]) -> list[str]:
    """Of the keys with these ids, those that the list does not name, or names with another secret than theirs."""
    sound = set()
    for entry in read_entries(folder / FILE_NAME):
        try:
            secret = bytes.fromhex(entry.secret)
        except ValueError:
            continue
        if not secret or key_id_of(secret) == entry.id:
            sound.add(entry.id)
    return [key_id for key_id in used if key_id not in sound]


def keys_in_file(folder: Path) -> int:
    """How many keys lie open in the evidence folder because no keyring took them."""
    return sum(bool(entry.secret) for entry in read_entries(folder / FILE_NAME))
