"""Text messages that came over the telephone: the newest few, in memory alone; nothing of them is written anywhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.bucket import Bucket
from desktop.domain.errors import PhoneError
from desktop.domain.events import TextsChanged
from desktop.domain.phone import TextCame
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Clock

KEPT = 50
AT_ONCE, A_SECOND = 10, 1.0
"""Of a flood this many are taken, then so many a second: it may not push out what people wrote."""


@dataclass(frozen=True, slots=True)
class TextMessage:
    """One text; `number` counts all that came. `answered`: what was sent back last."""

    number: int
    sender: str
    text: str
    moment: datetime
    read: bool = False
    answered: str = ""


class TextService:
    """Newest first in `texts`."""

    def __init__(self, line: CurrentLine, bus: EventBus, clock: Clock) -> None:
        self._line, self._bus, self._clock = line, bus, clock
        self._texts: deque[TextMessage] = deque(maxlen=KEPT)
        self._came, self._bucket = 0, Bucket(AT_ONCE, A_SECOND, clock.mono())
        bus.subscribe(TextCame, self._take)

    @property
    def texts(self) -> Sequence[TextMessage]:
        """What is kept."""
        return tuple(self._texts)

    @property
    def unread(self) -> Sequence[TextMessage]:
        """What was not read yet, newest first."""
        return [each for each in self._texts if not each.read]

    def read(self, number: int) -> None:
        """The agent has seen this one."""
        if any(each.number == number and not each.read for each in self._texts):
            self._change(number, read=True)

    async def answer(self, number: int, words: str) -> None:
        """Send `words` to whoever wrote this one. Raises PhoneError, also while practising."""
        asked = next((each for each in self._texts if each.number == number), None)
        if asked is None:
            return
        if self._line.practice:
            raise PhoneError("Texts can be sent once practice is over.")
        await self._line.phone.send_text(asked.sender, words)
        self._change(number, read=True, answered=words)

    def _change(self, number: int, **fields: object) -> None:
        changed = [
            replace(each, **fields) if each.number == number else each  # type: ignore[arg-type]
            for each in self._texts
        ]
        self._texts = deque(changed, KEPT)
        self._tell()

    def _take(self, came: TextCame) -> None:
        if not came.text.strip() or not self._bucket.take(self._clock.mono()):
            return
        self._came += 1
        self._texts.appendleft(TextMessage(self._came, came.sender, came.text, self._clock.now()))
        self._tell()

    def _tell(self) -> None:
        self._bus.publish(TextsChanged(len(self.unread)))
