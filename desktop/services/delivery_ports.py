"""What the delivery of reports needs from the world, as protocols."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from desktop.domain.delivery import Delivery, Message, Outcome
from desktop.domain.delivery_targets import Target
from desktop.domain.escalation import EscalationVersion


class Outbox(Protocol):
    """The deliveries of filed reports, beside the records. Returns when rows are on disk; raises StorageError."""

    async def claim(self, target: str, now: datetime) -> Delivery | None:
        """Begin the oldest delivery to this target that is due, if any: it is SENDING from here on.

        A version waits until the earlier ones of the same report are delivered or dead.
        """

    async def next_due(self, target: str) -> datetime | None:
        """When the next delivery to this target is due, None where none waits."""

    async def save(self, delivery: Delivery) -> None:
        """Replace a delivery by its key. One that was withdrawn meanwhile stays so, unless it has arrived."""

    async def take_up(self, key: str, now: datetime) -> Delivery | None:
        """Make one that waits or is dead due now, in one step; None where there is none such."""

    async def of_report(self, escalation_id: str) -> list[Delivery]:
        """All deliveries of a report, oldest first."""

    async def unsettled(self) -> list[Delivery]:
        """What is neither delivered nor withdrawn, oldest first."""

    async def recover(self, target: str, now: datetime) -> int:
        """After a crash: what was being sent to this target is due again under its key. Returns how many."""

    async def hasten(self, now: datetime) -> None:
        """Everything that waits after a failed try is due now."""

    async def version(self, escalation_id: str, number: int) -> EscalationVersion | None:
        """The frozen evidence that a delivery is of."""


class Sender(Protocol):
    """The way to one target. Never raises for what the world does; never holds the loop."""

    async def send(self, message: Message) -> Outcome:
        """Try once; ends by itself within a minute or so."""

    async def probe(self) -> Outcome:
        """Whether the target answers and may be trusted, without sending anything."""


SenderFactory = Callable[[Target], Sender]
