"""Brings filed reports to those who decide: tries until each has arrived, and tells how far each one is."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import traceback
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.domain.delivery import (
    Delivery,
    DeliveryState,
    Outcome,
    Retry,
    Trouble,
    addressed,
    interrupted,
    message_of,
    nobody_there,
    settled,
)
from desktop.domain.delivery_targets import Target
from desktop.domain.errors import StorageError
from desktop.domain.escalation import EscalationVersion
from desktop.domain.events import DeliveryChanged, EscalationFiled, EvidenceFrozen, ReportWithdrawn
from desktop.services.delivery_ports import Outbox, Sender, SenderFactory
from desktop.services.event_bus import EventBus
from desktop.services.ports import Clock

LONGEST_TRY_S = 120.0
"""A sender ends by itself sooner; this is for one that does not."""
LOOK_AGAIN_S = 60.0
"""Longest sleep while something waits: a machine that slept or a clock that was set moves the time it waits for."""
STORAGE_PAUSE_S = 2.0
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Worker:
    """What runs for one target: one try at a time."""

    target: Target
    sender: Sender
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


class DeliveryService:
    """Empties the outbox of the desk's own records, also while a practice line is in their place.

    Commands raise StorageError. `DeliveryChanged` tells every change of a report's deliveries.
    """

    def __init__(
        self,
        outbox: Outbox,
        sender_of: SenderFactory,
        bus: EventBus,
        clock: Clock,
        targets: Sequence[Target] = (),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._outbox, self._sender_of = outbox, sender_of
        self._bus, self._clock, self._chance = bus, clock, chance
        self._targets = tuple(targets)
        self._workers: dict[str, _Worker] = {}
        self._errands: set[asyncio.Task[None]] = set()
        self._open = False
        bus.subscribe(EscalationFiled, lambda event: self._filed(event.escalation.id))
        bus.subscribe(EvidenceFrozen, self._frozen)
        bus.subscribe(ReportWithdrawn, lambda event: self._filed(event.escalation.id))

    @property
    def targets(self) -> tuple[Target, ...]:
        """Where reports go from now on."""
        return self._targets

    def address(self, version: EscalationVersion, supplement: bool) -> tuple[Delivery, ...]:
        """The deliveries of a version, to be saved in one transaction with it (`EscalationService` does)."""
        return addressed(version, self._targets, supplement)

    def start(self) -> None:
        """Take up what the last run left, and go on until `close`."""
        self._open = True
        self._begin()

    async def use_targets(self, targets: Sequence[Target]) -> None:
        """Other targets from now on: what waits for one of the same name goes to its new address."""
        await self._end_workers()
        self._targets = tuple(targets)
        if self._open:
            self._begin()

    def network_is_back(self) -> None:
        """Whatever failed before is tried now."""
        self._run_errand(self._hasten(), "hasten deliveries")

    async def of_report(self, escalation_id: str) -> tuple[Delivery, ...]:
        """Every delivery of a report, oldest first; none where it goes to nobody."""
        return tuple(await self._outbox.of_report(escalation_id))

    async def unsettled(self) -> tuple[Delivery, ...]:
        """What has not arrived, of all reports: waiting, being sent, or a dead letter; oldest first."""
        return tuple(await self._outbox.unsettled())

    async def dead_letters(self) -> tuple[Delivery, ...]:
        """What stays here until somebody takes it up again; `ADVICE` says what to do about each."""
        return tuple(each for each in await self.unsettled() if each.state is DeliveryState.DEAD)

    async def try_again(self, key: str) -> None:
        """Try a dead letter, or one that waits, at once; nothing happens to any other."""
        taken = await self._outbox.take_up(key, self._clock.now())
        if taken is None:
            return
        await self._tell(taken.escalation_id)
        if taken.target in self._workers:
            self._workers[taken.target].wake.set()
        else:
            await self._name_the_homeless()

    async def close(self) -> None:
        """Stop. A try that is cut off here is made again, under the same key, by the next start."""
        self._open = False
        for errand in list(self._errands):
            errand.cancel()
        await self._end_workers()

    def _begin(self) -> None:
        for target in self._targets:
            worker = self._workers[target.name] = _Worker(target, self._sender_of(target))
            worker.task = asyncio.get_running_loop().create_task(
                self._work(worker), name=f"deliver {target.name}"
            )
        self._run_errand(self._name_the_homeless(), "name deliveries without a target")

    async def _end_workers(self) -> None:
        workers, self._workers = list(self._workers.values()), {}
        for worker in workers:
            if worker.task is not None:
                worker.task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await worker.task

    async def _name_the_homeless(self) -> None:
        """What waits for a target that is no longer set up says so, and waits on."""
        for each in await self._outbox.unsettled():
            if each.target in self._workers or each.state is DeliveryState.DEAD:
                continue
            kept = interrupted(each, each.next_try) if each.state is DeliveryState.SENDING else each
            await self._outbox.save(replace(kept, trouble=Trouble.NO_TARGET, detail=""))
            await self._tell(each.escalation_id)

    async def _work(self, worker: _Worker) -> None:
        """Serve one target for ever. Whatever goes wrong here ends one round, and the next one takes it up."""
        while True:
            try:
                await self._outbox.recover(worker.target.name, self._clock.now())
                await self._serve(worker)
            except StorageError as error:
                if error.kind == "closed":
                    return
                _log.error("deliveries cannot be read or written: %s", error)
            except Exception as error:
                _log.error("deliveries to %s: %s", worker.target.name, _place_of(error))
            await asyncio.sleep(STORAGE_PAUSE_S)

    async def _serve(self, worker: _Worker) -> None:
        while True:
            worker.wake.clear()
            pause = await self._step(worker)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await worker.wake.wait()

    async def _step(self, worker: _Worker) -> float | None:
        """One try of what is due. Returns the seconds until the next step, None for as long as nobody wakes it."""
        delivery = await self._outbox.claim(worker.target.name, self._clock.now())
        if delivery is None:
            due = await self._outbox.next_due(worker.target.name)
            return None if due is None else self._seconds_until(due)
        await self._tell(delivery.escalation_id)
        outcome = await self._try(worker.sender, delivery)
        after = settled(delivery, outcome, self._clock.now(), self._chance())
        await self._write_down(after)
        self._log_end(after)
        await self._tell(after.escalation_id)
        if after.state is DeliveryState.WAITING and nobody_there(after.trouble):
            return self._seconds_until(after.next_try)
        return 0.0

    def _seconds_until(self, moment: datetime) -> float:
        return min(max((moment - self._clock.now()).total_seconds(), 0.0), LOOK_AGAIN_S)

    async def _try(self, sender: Sender, delivery: Delivery) -> Outcome:
        version = await self._outbox.version(delivery.escalation_id, delivery.number)
        if version is None:
            return Retry(Trouble.NO_EVIDENCE)
        try:
            async with asyncio.timeout(LONGEST_TRY_S):
                return await sender.send(message_of(delivery, version))
        except TimeoutError:
            return Retry(Trouble.TIMEOUT)
        except Exception as error:
            # One sender's fault is one try that failed.
            _log.error("delivery %s: %s", delivery.key, _place_of(error))
            return Retry(Trouble.INTERNAL, type(error).__name__)

    def _log_end(self, delivery: Delivery) -> None:
        if delivery.state is DeliveryState.DELIVERED:
            _log.info("delivery %s: delivered at try %d", delivery.key, delivery.attempts)
            return
        why = f"{delivery.trouble.value if delivery.trouble else ''} {delivery.detail}".rstrip()
        _log.warning(
            "delivery %s: try %d, %s (%s)", delivery.key, delivery.attempts, delivery.state.value, why
        )

    async def _write_down(self, delivery: Delivery) -> None:
        """What the receiver said, however often the disk has to be asked: lost, it would count as cut off."""
        while True:
            try:
                return await self._outbox.save(delivery)
            except StorageError as error:
                if error.kind == "closed":
                    raise
                _log.error("delivery %s could not be written down: %s", delivery.key, error)
                await asyncio.sleep(STORAGE_PAUSE_S)

    async def _hasten(self) -> None:
        with contextlib.suppress(StorageError):
            await self._outbox.hasten(self._clock.now())
        self._wake_all()

    def _filed(self, escalation_id: str) -> None:
        self._wake_all()
        self._run_errand(self._tell(escalation_id), "tell of a filed report")

    def _frozen(self, event: EvidenceFrozen) -> None:
        if event.escalation.filed is not None:
            self._wake_all()

    def _wake_all(self) -> None:
        for worker in self._workers.values():
            worker.wake.set()

    async def _tell(self, escalation_id: str) -> None:
        try:
            deliveries = await self.of_report(escalation_id)
        except StorageError as error:
            _log.error("deliveries cannot be read: %s", error)
            return
        if deliveries:
            self._bus.publish(DeliveryChanged(escalation_id, deliveries))

    def _run_errand(self, errand: Coroutine[Any, Any, None], name: str) -> None:
        if not self._open:
            errand.close()
            return
        task = asyncio.get_running_loop().create_task(errand, name=name)
        self._errands.add(task)
        task.add_done_callback(self._errand_ended)

    def _errand_ended(self, task: asyncio.Task[None]) -> None:
        self._errands.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("%s: %s", task.get_name(), _place_of(error))


def _place_of(error: BaseException) -> str:
    """An unforeseen error for the log by its kind and place; its own words may hold words of a report."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
