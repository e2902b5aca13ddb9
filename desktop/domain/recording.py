"""The recording of a call as the desk knows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from desktop.domain.escalation import stored_object
from desktop.domain.evidence import EvidenceFile, EvidenceRecord


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


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """What a recording holds: `seconds` of sound on a channel for each of `legs`, from second `begins` of the media on.

    `whole`: it was closed properly; one that a crash cut is not.
    """

    rate: int
    legs: tuple[str, ...]
    begins: float
    seconds: float
    whole: bool


RECORD_KIND = "recording"
"""The kind of the evidence record that names a recording of the incident."""


def recording_record(file: EvidenceFile, facts: RecordingFacts | None) -> dict[str, object]:
    """A recording as evidence names it; null where its key is lost, so that only the file itself is known."""
    return {
        "file": file.name,
        "sha256": file.sha256,
        "size": file.size,
        "channels": len(facts.legs) if facts else None,
        "legs": list(facts.legs) if facts else None,
        "rate": facts.rate if facts else None,
        "begins": round(facts.begins, 3) if facts else None,
        "seconds": round(facts.seconds, 3) if facts else None,
        "whole": facts.whole if facts else None,
    }


def recordings_named(records: Iterable[EvidenceRecord]) -> list[dict[str, Any]]:
    """The recordings that the records of an incident name, in the order of taking them in."""
    bodies = (stored_object(each.body) for each in records if each.kind == RECORD_KIND)
    return [body for body in bodies if body]


class Heard(Enum):
    """What came of the wish to hear a stretch of a call again."""

    PLAYED = "played"
    NO_RECORDING = "no_recording"
    IN_CALL = "in_call"
