"""One direction of the sound, kept open on the device that is wished while that is there, and on another meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.adapters.audio.choosing import choose
from desktop.adapters.audio.devices import Device, Found, Kind
from desktop.adapters.audio.play_queue import PlayQueue
from desktop.adapters.audio.port import DeviceError
from desktop.adapters.audio.streams import SETTLED_CALLS, Pull, Push
from desktop.domain.sound import Why, Wish

SILENT_S = 0.2
SETTLING_S = 2.5
AVOID_S = 5.0
RETRY_S = 1.0
LONGEST_AVOID_S = 300.0

log = logging.getLogger(__name__)


class OpenStream(Protocol):
    """A running device as this module needs it (streams.Stream)."""

    device: Device
    heard: float
    calls: int

    def close(self, wait_s: float = 0.0) -> None: ...


Open = Callable[[Found, Pull | Push, PlayQueue], OpenStream]


@dataclass(frozen=True, slots=True)
class Kept:
    """The device that the agent stays with, whatever is wished; `only`: also while it is away, in silence."""

    id: str
    only: bool = False


class Direction:
    """Used by the watching thread only; `wish`, `kept` and `headsets` may be set by any, the rest be read by any.

    `alone`: only the wished device will do, nothing is used in its place. A speaker is opened again where its `queue`
    has got another length.
    """

    def __init__(
        self,
        kind: Kind,
        wish: Wish,
        work: Pull | Push,
        open_stream: Open,
        alone: bool = False,
        queue: PlayQueue | None = None,
    ) -> None:
        self._kind: Kind = kind
        self.wish = wish
        self.kept: Kept | None = None
        self.headsets: Sequence[str] = ()
        self._alone = alone
        self._work = work
        self._open = open_stream
        self._queue = queue or PlayQueue()
        self._queue_ms = self._queue.ms
        self._stream: OpenStream | None = None
        self._target: Found | None = None
        self._avoid: dict[str, float] = {}
        self._failures: dict[str, int] = {}
        self._retry_at = 0.0
        self.device: Device | None = None
        self.why: Why | None = None

    @property
    def running(self) -> bool:
        """Whether a device is open."""
        return self._stream is not None

    @property
    def listed(self) -> bool:
        """Whether there is a device to use."""
        return self.device is not None

    @property
    def name(self) -> str | None:
        """What it is called."""
        device = self.device
        return device.name if device is not None else None

    def tend(self, active: bool, found: Sequence[Found], now: float) -> bool:
        """Open, close or replace the device as `active`, the list and its callbacks demand; False where it was lost."""
        kept = self.aim(found, now)
        self.follow(active, now)
        return kept

    def aim(self, found: Sequence[Found], now: float) -> bool:
        """Choose the device; False where the open one was lost, and is closed now."""
        listed = {one.device.id for one in found}
        self._avoid = {key: until for key, until in self._avoid.items() if until > now and key in listed}
        self._failures = {key: count for key, count in self._failures.items() if key in listed}
        lost = self._stream is not None and self._is_gone(self._stream, now)
        if self._stream is not None and lost:
            log.warning("the %s fell silent; looking for another", self._kind)
            self._fail(self._stream.device.id, now)
            self.shut()
        chosen = self._choose(found)
        self._target, self.why = chosen if chosen is not None else (None, None)
        self.device = self._target.device if self._target is not None else None
        return not lost

    def follow(self, active: bool, now: float) -> None:
        """Have the chosen device open while `active`, and no other."""
        target = self._target
        if self._stream is not None and (
            not active
            or target is None
            or target.device.id != self._stream.device.id
            or self._queue_ms != self._queue.ms
        ):
            self.shut()
        if active and self._stream is None and target is not None and now >= self._retry_at:
            self._start(target, now)

    def _choose(self, found: Sequence[Found]) -> tuple[Found, Why] | None:
        kept = self.kept
        if kept is not None:
            for one in found:
                if one.device.kind == self._kind and one.device.id == kept.id:
                    return one, "kept"
            if kept.only:
                return None
        chosen = choose(found, self._kind, self.wish, frozenset(self._avoid), self.headsets)
        if (
            self._alone
            and chosen is not None
            and (chosen[1] != "wanted" or chosen[0].device.id in self._avoid)
        ):
            return None
        return chosen

    def _start(self, target: Found, now: float) -> None:
        try:
            self._queue_ms = self._queue.ms
            self._stream = self._open(target, self._work, self._queue)
        except DeviceError as error:
            log.warning("%s", error)
            self._fail(target.device.id, now)

    def _fail(self, key: str, now: float) -> None:
        # Another device is tried at once; the same one, where it is the only one, after a second.
        self._retry_at = now + RETRY_S if key in self._avoid else now
        failures = self._failures[key] = self._failures.get(key, 0) + 1
        self._avoid[key] = now + min(AVOID_S * 2 ** (failures - 1), LONGEST_AVOID_S)

    def _is_gone(self, stream: OpenStream, now: float) -> bool:
        return now - stream.heard > (SILENT_S if stream.calls > SETTLED_CALLS else SETTLING_S)

    def shut(self, wait_s: float = 0.0) -> None:
        """Close what is open, waiting at most `wait_s`."""
        if self._stream is not None:
            self._stream.close(wait_s)
            self._stream = None
