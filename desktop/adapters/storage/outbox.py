"""The port `Outbox` on the file of the records, so that a report and its deliveries are one write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from desktop.adapters.storage import rows
from desktop.adapters.storage.database import DatabaseThread, table
from desktop.adapters.storage.evidence import WITHDRAWN
from desktop.domain.delivery import (
    LONGEST_PAUSE_S,
    Delivery,
    DeliveryState,
    as_report,
    interrupted,
    started,
    taken_up,
)
from desktop.domain.escalation import EscalationVersion

if TYPE_CHECKING:
    from sqlite_utils import Database

FREE_TO_GO = """
    target = :target AND state = 'waiting' AND NOT EXISTS (
        SELECT 1 FROM outbox AS earlier
        WHERE earlier.escalation_id = outbox.escalation_id AND earlier.target = outbox.target
        AND earlier.number < outbox.number AND earlier.state IN ('waiting', 'sending')
    )
"""

_OF_TARGET = "escalation_id = ? AND target = ?"
_MAY_ARRIVE = "(state <> 'withdrawn' OR maybe_there)"


class SqliteOutbox:
    """Implements `services.delivery_ports.Outbox`; see there for what each method promises."""

    def __init__(self, thread: DatabaseThread) -> None:
        self._thread = thread

    async def claim(self, target: str, now: datetime) -> Delivery | None:
        """Begin the oldest delivery to this target that is due, if any."""
        return await self._thread.run(lambda db: _claim(db, target, now))

    async def next_due(self, target: str) -> datetime | None:
        """When the next delivery to this target is due."""
        query = f"SELECT min(next_try) FROM outbox WHERE {FREE_TO_GO}"
        found = await self._thread.run(lambda db: db.execute(query, {"target": target}).fetchone())
        return rows.moment_of(found[0])

    async def save(self, delivery: Delivery) -> None:
        """Replace a delivery by its key; one that was withdrawn meanwhile leaves no more."""
        await self._thread.run(lambda db: _save_end(db, delivery))

    async def take_up(self, key: str, now: datetime) -> Delivery | None:
        """Make one that waits or is dead due now."""

        def work(db: Database) -> Delivery | None:
            for found in _deliveries(db, "key = ? AND state IN ('waiting', 'dead')", [key]):
                _save(db, taken := taken_up(found, now))
                return taken
            return None

        return await self._thread.run(work)

    async def of_report(self, escalation_id: str) -> list[Delivery]:
        """All deliveries of a report, oldest first."""
        return await self._thread.run(lambda db: _deliveries(db, "escalation_id = ?", [escalation_id]))

    async def unsettled(self) -> list[Delivery]:
        """What is neither delivered nor withdrawn, oldest first."""
        return await self._thread.run(
            lambda db: _deliveries(db, "state NOT IN ('delivered', 'withdrawn')", [])
        )

    async def recover(self, target: str, now: datetime) -> int:
        """After a crash: what was being sent to this target is due again under its key."""

        def work(db: Database) -> int:
            cut_off = _deliveries(db, "target = ? AND state = 'sending'", [target])
            for delivery in cut_off:
                _save(db, interrupted(delivery, now))
            return len(cut_off)

        return await self._thread.run(work)

    async def hasten(self, now: datetime) -> None:
        """Everything that waits after a failed try is due now."""
        change = "UPDATE outbox SET next_try = ? WHERE state = 'waiting' AND attempts > 0 AND next_try > ?"
        moment = rows.text_of(now)
        await self._thread.run(lambda db: db.execute(change, [moment, moment]))

    async def version(self, escalation_id: str, number: int) -> EscalationVersion | None:
        """The frozen evidence that a delivery is of."""
        one = "escalation_id = ? AND number = ?"
        found = await self._thread.run(
            lambda db: list(table(db, "evidence").rows_where(one, [escalation_id, number]))
        )
        return rows.version_of(found[0]) if found else None


def add_deliveries(db: Database, deliveries: Sequence[Delivery]) -> None:
    """New rows, in the transaction that is open; an existing key raises.

    A version holds all that is known, so a supplement that was never tried is out of date with the next one.
    A withdrawn report is supplemented only where it may be. Where it was taken back in time and stands again, the
    receiver gets it for the first time.
    """
    for delivery in deliveries:
        if delivery.supplement:
            where = [delivery.escalation_id, delivery.target]
            table(db, "outbox").delete_where(
                "escalation_id = ? AND target = ? AND supplement = 1 AND state = 'waiting' AND attempts = 0",
                where,
            )
            unknown = table(db, "outbox").count_where(f"{_OF_TARGET} AND {_MAY_ARRIVE}", where) == 0
            if unknown and _is_withdrawn(db, delivery.escalation_id):
                continue
            taken_back = table(db, "outbox").count_where(f"{_OF_TARGET} AND state = 'withdrawn'", where)
            delivery = as_report(delivery) if unknown and taken_back else delivery
        table(db, "outbox").insert(rows.delivery_row(delivery))


def withdraw_deliveries(db: Database, escalation_id: str) -> None:
    """What has not arrived of a report leaves no more, in the transaction that is open.

    A try that runs right now can't be called back: its receiver may have the report.
    """
    db.execute(
        "UPDATE outbox SET maybe_there = max(maybe_there, state = 'sending'), state = 'withdrawn' "
        "WHERE escalation_id = ? AND state IN ('waiting', 'sending', 'dead')",
        [escalation_id],
    )


def _is_withdrawn(db: Database, escalation_id: str) -> bool:
    query = f"SELECT {WITHDRAWN} FROM escalations WHERE id = ?"
    found = db.execute(query, [escalation_id]).fetchone()
    return bool(found and found[0])


def _save_end(db: Database, delivery: Delivery) -> None:
    """Replace a delivery by its key, unless it was withdrawn while it was tried and has not arrived."""
    arrived = delivery.state is DeliveryState.DELIVERED
    if arrived or not table(db, "outbox").count_where("key = ? AND state = 'withdrawn'", [delivery.key]):
        _save(db, delivery)
        return
    table(db, "outbox").update(delivery.key, {"maybe_there": int(delivery.maybe_there)})
    where = [delivery.escalation_id, delivery.target]
    if delivery.maybe_there or table(db, "outbox").count_where(
        f"{_OF_TARGET} AND (state = 'delivered' OR maybe_there)", where
    ):
        return
    # Now it is sure that this receiver has nothing that it would have to be told of; what stands again is news to it.
    settled = "state = 'withdrawn'" if _is_withdrawn(db, delivery.escalation_id) else "supplement = 0"
    db.execute(
        f"UPDATE outbox SET {settled} WHERE {_OF_TARGET} AND state = 'waiting' AND attempts = 0", where
    )


def _claim(db: Database, target: str, now: datetime) -> Delivery | None:
    # A moment further ahead than any pause comes from a clock that was put back since: it is due.
    due = f"{FREE_TO_GO} AND (next_try <= :now OR next_try > :ahead)"
    arguments = {
        "target": target,
        "now": rows.text_of(now),
        "ahead": rows.text_of(now + timedelta(seconds=LONGEST_PAUSE_S)),
    }
    found = table(db, "outbox").rows_where(due, arguments, order_by="next_try, rowid", limit=1)
    for row in list(found):
        begun = started(rows.delivery_of(row))
        _save(db, begun)
        return begun
    return None


def _save(db: Database, delivery: Delivery) -> None:
    row = rows.delivery_row(delivery)
    key = row.pop("key")
    table(db, "outbox").update(key, row)


def _deliveries(db: Database, where: str, arguments: list[Any]) -> list[Delivery]:
    found = table(db, "outbox").rows_where(where, arguments, order_by="rowid")
    return [rows.delivery_of(row) for row in found]
