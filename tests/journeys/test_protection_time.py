"""A false hit and a call of twenty-five minutes in the real window; the clock is driven, all else is real."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.adapters.system.clock import SystemClock
from desktop.domain.procedure_state import Due, Procedure
from desktop.domain.strikes import Strike
from tests.journeys.protected_window import NUMBER, Hands, calling, reports_in, settings
from tests.journeys.real_window import folders_of, real_window, until
from tests.journeys.test_protection_window import CURSES

CONTROL = Qt.KeyboardModifier.ControlModifier


class Later:
    """The desk's clock, moved on by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._gone, real = timedelta(), SystemClock.now

        def now(clock: SystemClock) -> datetime:
            return real(clock) + self._gone

        monkeypatch.setattr(SystemClock, "now", now)

    def go(self, minutes: float) -> None:
        self._gone += timedelta(minutes=minutes)


async def is_extended(hands: Hands, clock: Later) -> None:
    """At the notice: it is said; more time is given for a reason."""
    clock.go(15.1)
    await hands.real.reads("5분")
    await hands.opens()
    sentence = hands.protection.sentence
    assert sentence is not None
    assert sentence.minutes == 5
    await hands.steps()
    hands.key(Qt.Key.Key_Equal, CONTROL)
    await until(lambda: hands.panes.procedure.choosing)
    hands.key(Qt.Key.Key_2, CONTROL)
    await until(lambda: [each.reason for each in hands.protection.state.extensions] == ["slow"])
    hands.key(Qt.Key.Key_B, CONTROL)
    await hands.is_in("talking")
    await until(lambda: hands.protection._due is Due.NOTHING)


async def is_ended(hands: Hands, clock: Later) -> None:
    """The notice comes once more, five minutes later; when the time is over, the end."""
    clock.go(5)
    await hands.real.reads("5분")
    clock.go(5)
    await hands.real.reads("지났")
    await hands.opens()
    await hands.holds(Qt.Key.Key_F12)
    await hands.form()
    await hands.sends()


def test_a_false_hit_is_rejected_and_a_long_call_is_led_to_its_end(
    tmp_path: Path, run: Callable[[Coroutine[Any, Any, None]], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    where, clock = folders_of(tmp_path, settings(tmp_path)), Later(monkeypatch)
    kept: list[Procedure | None] = []
    strikes: list[list[Strike]] = []

    async def journey() -> None:
        async with real_window(where) as real:
            hands = Hands(real)
            protection, records = hands.protection, real.desk.records
            call_id = await hands.takes(citizen)
            hands.says(CURSES[0])
            await real.reads("들리는 내용")
            hands.key(Qt.Key.Key_Escape)
            await until(lambda: real.notice == "")
            assert protection.counters == {"malicious": 0, "difficult": 0}
            await real.desk.services.background.settle()
            kept.append(await records.procedure(call_id))
            strikes.append(await records.strikes_of(protection._keeping._caller_key(NUMBER)))
            await is_extended(hands, clock)
            await is_ended(hands, clock)
            await until(lambda: reports_in(tmp_path))

    with calling(tmp_path / "citizen") as citizen:
        run(journey())
    (early,) = kept
    assert early is not None
    assert [(hit.rejected, hit.counts) for hit in early.hits] == [(True, False)], "kept, and not counted"
    assert strikes == [[]]
    (report,) = (each["evidence"] for each in reports_in(tmp_path))
    assert report["form"]["kind"] == "long_repeated"
    assert [each["reason"] for each in report["extensions"]] == ["slow"]
    assert [each["kind"] for each in report["warnings"]] == ["notice", "end_notice"]
    assert [each["rejected"] for each in report["hits"] if each["source"] == "transcript"] == [True]
    assert report["end"] == {"by": "agent", "notice_given": True}
