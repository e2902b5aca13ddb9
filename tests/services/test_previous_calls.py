"""Evidence says how often the number called before the call, as the card at the ring does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.services.test_untouched import Shift, evidence, shift

DAYS_BEFORE = (0.5, 3.0, 100.0, 400.0)


def test_calls_before_this_one_are_counted_by_their_age() -> None:
    async def work(desk: Shift) -> None:
        found = await desk.incident()
        assert evidence(found)["previous_calls"] == {"day": 0, "month": 0, "half_year": 0}
        records = desk.world.records
        call = await records.call("c1")
        assert call is not None
        for number, days in enumerate(DAYS_BEFORE):
            earlier = replace(call, id=f"old{number}", created=call.created - timedelta(days=days))
            await records.save_call(earlier)
        await records.save_call(replace(call, id="later", created=call.created + timedelta(minutes=1)))
        await records.save_call(replace(call, id="other", remote="sip:0299998888@city"))
        again = await desk.world.escalation.freeze_evidence(call)
        assert evidence(again)["previous_calls"] == {"day": 1, "month": 2, "half_year": 3}

    shift(work)
