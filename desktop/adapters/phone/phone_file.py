"""`phone.json` in the data folder: where a desk finds the phone that already runs."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

PHONE_FILE = "phone.json"


@dataclass(frozen=True, slots=True)
class PhoneFile:
    """How to reach a phone; `token` opens its socket and the engine's tap. `started` is UTC."""

    pid: int
    address: str
    token: str = field(repr=False)
    tap: str
    started: str


def write_phone_file(data: Path, content: PhoneFile) -> None:
    """Say where the phone is; only this user may read it. Raises OSError."""
    fresh = data / f".{PHONE_FILE}.{content.pid}"
    number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        json.dump(asdict(content), file)
    fresh.replace(data / PHONE_FILE)


def read_phone_file(data: Path) -> PhoneFile | None:
    """The phone that the folder names, which may be long dead; None where there is none or nobody can read it."""
    try:
        return PhoneFile(**json.loads((data / PHONE_FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
