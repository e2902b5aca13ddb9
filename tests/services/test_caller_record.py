"""What is remembered of a caller and how it is corrected."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from desktop.adapters.policy.reading import load_policy
from desktop.domain.call import CallState
from desktop.domain.events import CallerKnown
from desktop.domain.reasons import LONGEST_REASON
from desktop.domain.strikes import Strike
from desktop.services.caller_record import CallerRecord
from tests.services.world import World


def test_a_correction_needs_a_reason_and_reaches_the_records_and_the_window() -> None:
    async def work() -> None:
        world = await World.make()
        record = CallerRecord(
            load_policy("seoul").policy, lambda number: f"#{number}",
            world.line, world.bus, world.clock, world.background,
        )  # fmt: skip
        events = world.collect(CallerKnown)
        strike = Strike("old", "#01012344720", "verbal", "malicious", world.clock.now() - timedelta(days=2))
        await world.records.save_strike(strike)
        world.phone.report(CallState.INCOMING)
        await world.background.settle()
        assert (record.history.last_class, record.incidents) == ("verbal", (strike,))
        with pytest.raises(ValueError, match="reason"):
            await record.correct(strike, " \n ")
        assert record.incidents == (strike,)
        await record.correct(strike, "  잘못\n누름 " + "x" * 300)
        (corrected,) = await world.records.strikes_of("#01012344720")
        assert corrected.corrected.startswith("잘못 누름 x")
        assert len(corrected.corrected) == LONGEST_REASON
        assert not record.history
        await record.take_back(corrected)
        assert record.incidents == (strike,)
        assert [bool(event.history) for event in events] == [True, False, True]  # type: ignore[attr-defined]
        world.phone.report(CallState.DISCONNECTED, ended_by="remote")
        await world.background.settle()
        assert not record.incidents, "a call that was missed leaves nothing on the screen"

    asyncio.run(work())
