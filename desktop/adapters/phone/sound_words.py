"""Wishes for the sound as they travel from the desk to the phone and on to its engine: one JSON object."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from desktop.domain.errors import PhoneError
from desktop.domain.sound import SoundUse, SoundWishes, Volumes, Wish, bounded

SOUND_VERBS = ("devices", "sound")
NO_DEVICES: dict[str, Any] = {"microphone": None, "speaker": None, "problem": None, "use": None}
NO_VOICE: dict[str, Any] = {"processing": [], "delay_ms": 0}


def told(wishes: SoundWishes) -> str:
    """The object."""
    return json.dumps(asdict(wishes), ensure_ascii=False)


def wishes_in(text: str) -> SoundWishes:
    """What `told` has told; what is left out is the default. Raises PhoneError where it is no such object."""
    try:
        values = json.loads(text)
        return SoundWishes(
            microphone=_wish(values, "microphone"),
            speaker=_wish(values, "speaker"),
            ring=_wish(values, "ring"),
            ring_both=bool(values.get("ring_both")),
            headsets=tuple(map(str, values.get("headsets", ()))),
            volumes=volumes_in(values.get("volumes", {})),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise PhoneError("these are no wishes for the sound") from error


def volumes_in(values: Mapping[str, Any]) -> Volumes:
    """Volumes by part, within their bounds. Raises ValueError, TypeError, AttributeError."""
    return Volumes(
        bounded("microphone", int(values.get("microphone", 100))),
        bounded("speaker", int(values.get("speaker", 100))),
        bounded("ring", int(values.get("ring", 100))),
    )


def use_in(values: Mapping[str, Any]) -> SoundUse:
    """What the engine says is used. Raises ValueError, TypeError, AttributeError."""
    return SoundUse(
        microphone_id=str(values.get("microphone_id") or ""),
        microphone_why=values.get("microphone_why"),
        microphone_wish=str(values.get("microphone_wish") or ""),
        speaker_id=str(values.get("speaker_id") or ""),
        speaker_why=values.get("speaker_why"),
        speaker_wish=str(values.get("speaker_wish") or ""),
        ring=tuple(map(str, values.get("ring", ()))),
        volumes=volumes_in(values.get("volumes", {})),
    )


def _wish(values: Mapping[str, Any], part: str) -> Wish:
    wish = values.get(part, {})
    return Wish(str(wish.get("id", "")), str(wish.get("name", "")))


def by_either(device: str) -> Wish:
    """A device that is called by its id or its name."""
    return Wish(device, device)


def after(verb: str, arguments: Sequence[str], before: SoundWishes) -> SoundWishes:
    """The wishes after one of SOUND_VERBS. Raises PhoneError."""
    if verb == "devices":
        microphone, speaker = (*arguments, "", "")[:2]
        return replace(before, microphone=by_either(microphone), speaker=by_either(speaker))
    return wishes_in(" ".join(arguments))
