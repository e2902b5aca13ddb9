"""Identifiers that sort by time and never repeat on one desk."""

from __future__ import annotations

import secrets
import time

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _base36(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text or "0"


def new_id(prefix: str) -> str:
    """`prefix`, the time in milliseconds and four random digits, in base 36."""
    return f"{prefix}{_base36(time.time_ns() // 1_000_000)}{_base36(secrets.randbelow(36**4)).rjust(4, '0')}"
