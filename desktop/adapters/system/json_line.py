"""A message between two of the desk's processes."""

from __future__ import annotations

import json
from collections.abc import Mapping


def json_line(message: Mapping[str, object]) -> bytes:
    """One line. Half a pair of UTF-16, which UTF-8 has no bytes for, becomes a question mark: no message is lost."""
    return json.dumps(message, ensure_ascii=False).encode(errors="replace") + b"\n"
