"""Notices when another microphone or speaker is used than before, and lets the agent take that back for the call."""

from __future__ import annotations

from desktop.domain.events import DevicesReplaced, SoundChanged
from desktop.domain.phone import SoundState
from desktop.domain.sound import Replaced, Used, replaced
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Clock

TOGETHER_S = 3.0
"""Both halves of a headset go and come within this time: one message for both."""


class DeviceWatch:
    """Compares what is used with what was used last. What the agent chose in the settings is no news."""

    def __init__(self, line: CurrentLine, bus: EventBus, clock: Clock) -> None:
        self._line, self._bus, self._clock = line, bus, clock
        self._last: dict[str, Used] = {}
        self._told: tuple[Replaced, ...] = ()
        self._told_at = 0.0
        bus.subscribe(SoundChanged, lambda event: self._changed(event.sound))

    def _changed(self, sound: SoundState) -> None:
        found = []
        for used in _used(sound):
            before, self._last[used.part] = self._last.get(used.part), used
            if before is not None and (news := replaced(before, used)) is not None:
                found.append(news)
        if not found:
            return
        now = self._clock.mono()
        still = self._told if now - self._told_at < TOGETHER_S else ()
        parts = {each.part for each in found}
        self._told, self._told_at = (*(each for each in still if each.part not in parts), *found), now
        self._bus.publish(DevicesReplaced(self._told))

    async def stay(self, devices: tuple[Replaced, ...]) -> None:
        """Go on with what was used before, for this call: in silence while that is away. Raises PhoneError."""
        self._told = ()
        for each in devices:
            await self._line.phone.keep_device(each.part, each.before_id, each.gone)

    async def go_along(self, devices: tuple[Replaced, ...]) -> None:
        """Take `stay` back. Raises PhoneError."""
        for each in devices:
            await self._line.phone.keep_device(each.part, "", False)


def _used(sound: SoundState) -> list[Used]:
    """What is in use; a part that has no device now is left out."""
    use = sound.use
    if use is None:
        return []
    both = [
        Used("speaker", use.speaker_id, sound.speaker, use.speaker_why, use.speaker_wish),
        Used("microphone", use.microphone_id, sound.microphone, use.microphone_why, use.microphone_wish),
    ]
    return [each for each in both if each.id]
