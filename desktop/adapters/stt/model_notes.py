"""What was found out about model files, kept by their SHA-256 in the data folder."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

from desktop.paths import write_private

FILE = "speech-models.json"
LARGEST = 1 << 20
KEPT = 100

log = logging.getLogger(__name__)


class ModelNotes:
    """Notes in a file of `folder`; what cannot be read there counts as unknown, and is written anew."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def digest(self, model: Path) -> str:
        """SHA-256 of a model file, in hexadecimal; remembered while its size and time stay. Raises OSError."""
        about = model.stat()
        stamp = [about.st_size, about.st_mtime_ns]
        notes = self._read()
        known = notes["files"].get(str(model))
        if isinstance(known, list) and known[:2] == stamp and isinstance(known[-1], str):
            return known[-1]
        with model.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self._keep(notes, "files", str(model), [*stamp, digest])
        return digest

    def floor(self, digest: str) -> int | None:
        """The smallest safe window in frames; 0: tried without a result; None: never tried."""
        found = self._read()["floors"].get(digest)
        return found if type(found) is int and 0 <= found <= 1500 else None

    def keep_floor(self, digest: str, frames: int) -> None:
        """Remember the smallest safe window."""
        self._keep(self._read(), "floors", digest, frames)

    def _keep(self, notes: dict[str, dict[str, Any]], part: str, key: str, value: object) -> None:
        notes[part].pop(key, None)
        notes[part][key] = value
        while len(notes[part]) > KEPT:
            notes[part].pop(next(iter(notes[part])))
        try:
            write_private(self._path, json.dumps(notes, indent=1).encode())
        except OSError as error:
            log.warning("notes on speech models cannot be kept: %s", error.strerror)

    def _read(self) -> dict[str, dict[str, Any]]:
        found: Any = {}
        try:
            with self._path.open("rb") as file:
                found = json.loads(file.read(LARGEST))
        except FileNotFoundError:
            pass
        except (OSError, ValueError, RecursionError) as error:
            log.warning("notes on speech models cannot be read: %s", type(error).__name__)
        parts = found if isinstance(found, dict) else {}
        return {
            part: dict(parts[part]) if isinstance(parts.get(part), dict) else {}
            for part in ("files", "floors")
        }
