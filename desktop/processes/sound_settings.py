"""What the settings say of the sound."""

from __future__ import annotations

from desktop.domain.sound import SoundWishes, Volumes, Wish
from desktop.settings import Settings

SOUND_OPTIONS = frozenset(
    {
        "microphone_id",
        "microphone_name",
        "speaker_id",
        "speaker_name",
        "ring_device_id",
        "ring_device_name",
        "ring_both",
        "headset_names",
        "microphone_volume",
        "speaker_volume",
        "ring_volume",
    }
)


def wishes_of(settings: Settings) -> SoundWishes:
    """The wishes that these settings are."""
    words = tuple(word.strip() for word in settings.headset_names.split(",") if word.strip())
    return SoundWishes(
        microphone=Wish(settings.microphone_id, settings.microphone_name),
        speaker=Wish(settings.speaker_id, settings.speaker_name),
        ring=Wish(settings.ring_device_id, settings.ring_device_name),
        ring_both=settings.ring_both,
        headsets=words,
        volumes=Volumes(settings.microphone_volume, settings.speaker_volume, settings.ring_volume),
    )
