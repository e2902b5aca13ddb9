"""The keyed hash of a caller's number: the number itself is in no file, and without the key nobody can try them all."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable
from pathlib import Path

from desktop.paths import write_private

KEY_BYTES = 32
_log = logging.getLogger(__name__)


def caller_hash(file: Path) -> Callable[[str], str]:
    """HMAC-SHA256 with the key in `file`, which is made where it is missing; a key for this run where it can't be."""
    key = _read(file) or _make(file)
    return lambda number: hmac.new(key, number.encode(), hashlib.sha256).hexdigest()


def _read(file: Path) -> bytes:
    try:
        key = file.read_bytes()
    except OSError:
        return b""
    return key if len(key) == KEY_BYTES else b""


def _make(file: Path) -> bytes:
    key = secrets.token_bytes(KEY_BYTES)
    try:
        write_private(file, key)
    except OSError as error:
        _log.error("callers are known again in this run only: %s", error.strerror)
    return key
