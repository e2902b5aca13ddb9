"""The recording of a call as the desk knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class RecorderState(Enum):
    """How the recording of a call stands. `FULL`, `NO_SOUND`, `BROKEN`: it is wanted, but nothing is kept just now."""

    ON = "on"
    FULL = "full"
    NO_SOUND = "no_sound"
    BROKEN = "broken"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class RecordingFile:
    """A sealed recording on disk; `name` is its path within the evidence folder, `written` when it last grew (UTC)."""

    name: str
    call_id: str
    written: datetime


class Heard(Enum):
    """What came of the wish to hear a stretch of a call again."""

    PLAYED = "played"
    NO_RECORDING = "no_recording"
    IN_CALL = "in_call"
