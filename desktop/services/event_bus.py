"""A typed bus: facts go to whoever asked for their type; a failing receiver is logged and the rest still run."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any, TypeVar

_log = logging.getLogger(__name__)
Event = TypeVar("Event")


class EventBus:
    """Publishes on the loop's thread, in the order of subscription."""

    def __init__(self) -> None:
        self._receivers: dict[type, list[Callable[[Any], object]]] = defaultdict(list)
        self._waiting: deque[object] = deque()
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Name the loop that `publish_threadsafe` posts to."""
        self._loop = loop

    def subscribe(self, kind: type[Event], receiver: Callable[[Event], object]) -> Callable[[], None]:
        """Call `receiver` with each event of exactly this type; returns what ends it."""
        receivers = self._receivers[kind]
        receivers.append(receiver)

        def end() -> None:
            if receiver in receivers:
                receivers.remove(receiver)

        return end

    def publish(self, event: object) -> None:
        """Hand `event` to its receivers; what they publish meanwhile follows after, so all see one order."""
        self._waiting.append(event)
        if len(self._waiting) > 1:
            return
        while self._waiting:
            self._hand_out(self._waiting[0])
            self._waiting.popleft()

    def _hand_out(self, event: object) -> None:
        for receiver in list(self._receivers[type(event)]):
            try:
                receiver(event)
            except Exception:
                _log.exception("receiver of %s failed", type(event).__name__)

    def publish_threadsafe(self, event: object) -> None:
        """The only method that another thread may call."""
        if self._loop is None:
            raise RuntimeError("the bus is not attached to a loop")
        self._loop.call_soon_threadsafe(self.publish, event)
