"""Which sound devices the agent wishes, which are used and why, and how loud each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

QUIETEST, LOUDEST = 10, 200
"""Per cent of what the device gives: never so quiet that nobody is heard, at most twice as loud."""
LOUDEST_RING = 100
STEP = 10

Why = Literal["wanted", "headset", "system", "kept"]
"""Why a device is used: it is the preferred one; a headset in its place; the system's own, or whatever is left; the
agent stays with it for this call."""

Part = Literal["microphone", "speaker", "ring"]


@dataclass(frozen=True, slots=True)
class Wish:
    """A device by its id, and by its name where that id is gone; both empty for the system's own."""

    id: str = ""
    name: str = ""

    def __bool__(self) -> bool:
        return bool(self.id or self.name)


@dataclass(frozen=True, slots=True)
class Volumes:
    """Per cent; 100 leaves the sound as it is."""

    microphone: int = 100
    speaker: int = 100
    ring: int = 100


@dataclass(frozen=True, slots=True)
class SoundWishes:
    """What the settings say. No ring device: it rings where calls are heard; `ring_both`: there as well.

    `headsets` are words in the names of devices that may stand in for a preferred one; none: whatever looks like one.
    """

    microphone: Wish = Wish()
    speaker: Wish = Wish()
    ring: Wish = Wish()
    ring_both: bool = False
    headsets: tuple[str, ...] = ()
    volumes: Volumes = Volumes()


@dataclass(frozen=True, slots=True)
class SoundUse:
    """What is used now, "" and None where there is nothing. `ring` names the devices that a ring sounds on.

    The wishes are the ids of the preferred devices, "" for the system's own.
    """

    microphone_id: str = ""
    microphone_why: Why | None = None
    microphone_wish: str = ""
    speaker_id: str = ""
    speaker_why: Why | None = None
    speaker_wish: str = ""
    ring: tuple[str, ...] = ()
    volumes: Volumes = Volumes()


def bounded(part: Part, volume: int) -> int:
    """The nearest volume that `part` may have."""
    if part == "ring":
        return min(max(volume, 0), LOUDEST_RING)
    return min(max(volume, QUIETEST), LOUDEST)


NO_WISHES = SoundWishes()
"""Everything the system's own, as loud as it comes."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """Another device is used for `part` than before. `gone`: the preferred one is away; `back`: it is there again."""

    part: Part
    before_id: str
    before: str
    after: str
    gone: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class Used:
    """The device of one part, why it is used, and the id of the preferred one."""

    part: Part
    id: str
    name: str
    why: Why | None
    wish: str


def replaced(before: Used, after: Used) -> Replaced | None:
    """What became of a part; None where that is no news, as somebody asked for it."""
    if after.id == before.id or after.wish != before.wish or after.why == "kept":
        return None
    gone = before.why == "wanted" and after.why != "wanted"
    return Replaced(after.part, before.id, before.name, after.name, gone, back=after.why == "wanted")
