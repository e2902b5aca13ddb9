"""The values of an account file, checked. Every complaint names the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from desktop.domain.errors import DeskError

_SERVER = re.compile(r"(?:sip:)?([A-Za-z0-9.-]{1,250})(?::(\d{1,5}))?\Z")
Server = tuple[str, int]
"""Host and port; port 0 where the file names none."""
Values = Mapping[str, Any]


class AccountError(DeskError):
    """The account file cannot be used; the message names the key."""


def text(values: Values, key: str) -> str:
    """A text without control characters, "" where there is none. Raises AccountError."""
    value = values.get(key, "")
    if not isinstance(value, str) or any(ord(letter) < 32 for letter in value):
        raise AccountError(f'account: "{key}" must be a text.')
    return value


def number(values: Values, key: str, default: int, least: int, most: int) -> int:
    """A whole number within bounds. Raises AccountError."""
    value = values.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise AccountError(f'account: "{key}" must be a whole number from {least} to {most}.')
    return value


def flag(values: Values, key: str) -> bool:
    """Yes or no. Raises AccountError."""
    value = values.get(key, False)
    if not isinstance(value, bool):
        raise AccountError(f'account: "{key}" must be true or false.')
    return value


def server(written: str, key: str) -> Server:
    """Host and port of a server. Raises AccountError."""
    match = _SERVER.match(written)
    if match is None or int(match[2] or 1) not in range(1, 65_536):
        raise AccountError(f'account: "{key}" must be a host or host:port, for example "pbx.example".')
    return match[1], int(match[2] or 0)
