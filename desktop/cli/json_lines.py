"""Lines of JSON on standard input: what comes is hostile until it is checked, and no line ends the command."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 1_000_000
"""Bytes; a longer line is answered as a bad one."""


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines; of one that is too long only the beginning."""
    while line := stream.readline(LONGEST_LINE):
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE)
        yield line


def object_of(raw: bytes) -> dict[str, object] | None:
    """The JSON object of a line; None where it is none."""
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def whole(text: str) -> str:
    """Half characters cannot be written as UTF-8."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def finite(found: object) -> int | float | None:
    """A JSON number that a clock can show; None for anything else."""
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    try:
        return found if math.isfinite(found) else None
    except OverflowError:
        return None
