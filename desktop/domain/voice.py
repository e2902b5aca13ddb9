"""What may be done with the agent's voice between microphone and call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PARTS = ("echo", "noise", "gain")


@dataclass(frozen=True, slots=True)
class VoiceWishes:
    """`echo`: take out what the loudspeaker says; `noise`: take out what is no voice; `gain`: lift a quiet voice."""

    echo: bool = False
    noise: bool = False
    gain: bool = False

    def __bool__(self) -> bool:
        return self.echo or self.noise or self.gain

    @property
    def words(self) -> tuple[str, ...]:
        """Those of PARTS that are wished, in that order."""
        return tuple(part for part in PARTS if getattr(self, part))


NO_PROCESSING = VoiceWishes()


def wishes_of(words: Iterable[str]) -> VoiceWishes:
    """The wishes that `words` name, none for no word. Raises ValueError for a word that is not in PARTS."""
    named = {word for word in words if word}
    if strange := named - set(PARTS):
        raise ValueError(f"{min(strange)} is none of {', '.join(PARTS)}")
    return VoiceWishes(*(part in named for part in PARTS))
