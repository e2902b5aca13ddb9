"""The tone of a loss in a desk whose sound goes to real devices."""

from __future__ import annotations

from desktop.adapters.audio.ear import Ear
from desktop.adapters.audio.lost_tone import EarTone
from desktop.processes.desk_core import SettingsInForce
from desktop.processes.sound_settings import wishes_of
from desktop.services.desk_services import DeskServices
from desktop.services.lost_tone import LostTone


def lost_tone(services: DeskServices, settings: SettingsInForce) -> LostTone:
    """It hears of losses from now on."""
    tone = EarTone(Ear(lambda: wishes_of(settings.current).speaker), lambda: settings.current.speaker_volume)
    return LostTone(services.calls, services.line, services.bus, services.clock, services.background, tone)
