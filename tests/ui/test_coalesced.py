"""Work that is asked for often is done a few times, and once more after the last."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any

import pytest

from desktop.domain.call import CallState, Direction
from desktop.domain.phone import CallReport
from desktop.ui import coalesced
from desktop.ui.coalesced import AT_ONCE, Coalesced
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory


def test_a_few_are_done_at_once_and_the_rest_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coalesced, "A_SECOND", 20)

    async def work() -> tuple[list[int], int]:
        done, asked, tasks = list[int](), 0, list[asyncio.Task[object]]()

        def start(running: Coroutine[Any, Any, object], _doing: str) -> None:
            tasks.append(asyncio.get_running_loop().create_task(running))

        async def read() -> None:
            done.append(asked)
            await asyncio.sleep(0)
            if asked == 1:
                raise OSError("the first one fails")

        reading = Coalesced(start, read, "read")
        for asked in range(1, 101):
            reading.ask()
            if asked <= AT_ONCE:  # seldom: each is done before the next is asked for
                with contextlib.suppress(OSError):
                    await tasks[-1]
        await tasks[-1]
        return done, len(tasks)

    done, tasks = asyncio.run(work())
    assert done == [*range(1, AT_ONCE + 1), 100]
    assert tasks == AT_ONCE + 1


def test_a_hundred_refused_callers_are_all_kept_and_read_a_few_times(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    panes, read, calls = window.panes, list[int](), desk.records.calls
    assert isinstance(panes, DeskPanes)

    async def counted(limit: int, since: Any = None) -> Any:
        read.append(limit)
        return await calls(limit, since)

    desk.records.calls = counted  # type: ignore[method-assign]

    def refused() -> None:
        for number in range(100):
            desk.phone.say(
                CallReport(
                    f"x{number}",
                    Direction.INCOMING,
                    CallState.DISCONNECTED,
                    f"sip:{number}@city",
                    code=486,
                    cause="busy",
                    ended_by="local",
                )
            )

    desk.do(refused)
    desk.settle()
    kept = desk.run(calls(200))
    assert {call.id for call in kept if call.outcome is not None} == {f"x{number}" for number in range(100)}
    assert len(read) <= 2 * (AT_ONCE + 2)
    shown = [each.call_id for each in panes.today.list.rows.rows]
    assert set(shown) <= {call.id for call in kept}
    assert len(shown) == 50
