"""What the settings say about the agent's voice, in the phone's words."""

from __future__ import annotations

from desktop.domain.voice import VoiceWishes
from desktop.settings import Settings

VOICE_OPTIONS = frozenset({"echo_cancellation", "noise_suppression", "automatic_gain"})


def voice_of(settings: Settings) -> VoiceWishes:
    """The wishes that the settings hold."""
    return VoiceWishes(settings.echo_cancellation, settings.noise_suppression, settings.automatic_gain)
