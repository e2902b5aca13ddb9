"""Two bad calls that nobody writes up before the desk is closed: the next desk sends the one that stands, no other."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.services import untouched_reports
from tests.journeys.protected_window import Hands, calling, reports_in, settings
from tests.journeys.real_window import folders_of, real_window, until
from tests.journeys.test_protection_time import Later
from tests.peers.headless import HeadlessPhone

LOOKS_S = 0.3
WHY = "F11 instead"


async def ended(hands: Hands, citizen: HeadlessPhone) -> str:
    """A call in which F12 was pressed once, ended by the agent; the form is open."""
    call_id = await hands.takes(citizen)
    await hands.opens()
    hands.key(Qt.Key.Key_F8)
    await hands.form()
    return call_id


def test_the_next_desk_sends_what_nobody_completed_and_nothing_that_was_withdrawn(
    tmp_path: Path, run: Callable[[Coroutine[Any, Any, None]], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    where, clock = folders_of(tmp_path, settings(tmp_path)), Later(monkeypatch)
    calls: list[str] = []

    async def calls_of_today() -> None:
        async with real_window(where) as real:
            hands = Hands(real)
            calls.append(await ended(hands, citizen))
            hands.key(Qt.Key.Key_Escape)
            await hands.is_in("wrap_up")
            await hands.is_done()
            calls.append(await ended(hands, citizen))
            hands.key(Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
            reason = hands.panes.form._reason
            await until(reason.hasFocus)
            QTest.keyClicks(reason, WHY)
            hands.key(Qt.Key.Key_Return)
            await hands.is_in("wrap_up")
            await real.desk.services.background.settle()

    async def an_hour_later() -> None:
        async with real_window(where) as real:
            services = real.desk.services
            await until(lambda: reports_in(tmp_path))
            await until(lambda: "1" in real.window.light_bar.reports.text())
            # Whatever else is due would be sent now.
            await services.untouched.send_due()
            assert await services.delivery.unsettled() == ()
            assert await services.escalation.open_reports() == (0, 1)

    with calling(tmp_path / "citizen") as citizen:
        run(calls_of_today())
    assert reports_in(tmp_path) == []
    clock.go(61)
    monkeypatch.setattr(untouched_reports, "LOOK_S", LOOKS_S)
    run(an_hour_later())
    (report,) = reports_in(tmp_path)
    evidence = report["evidence"]
    assert (evidence["call"]["id"], evidence["form"]["confirmed"]) == (calls[0], False)
    assert evidence["form"]["kind"] == "verbal"
