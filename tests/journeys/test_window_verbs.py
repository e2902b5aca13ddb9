"""Verbs of the real window, each with another program at the other end of the wire."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journeys.real_window import RealWindow, folders_of, real_window, until
from tests.peers.sipp import Sipp, refused

Run = Callable[[Coroutine[Any, Any, None]], object]


def port_of(real: RealWindow) -> int:
    return int(real.desk.phone.uri.rpartition(":")[2])


def type_digit(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


@pytest.mark.timeout(90)
def test_a_caller_hears_what_the_agent_chose_and_the_history_says_it(tmp_path: Path, run: Run) -> None:
    chosen = {603: Qt.Key.Key_2, 480: Qt.Key.Key_3}

    async def journey() -> None:
        async with real_window(folders_of(tmp_path)) as real:
            for code, key in chosen.items():
                caller = Sipp(tmp_path / str(code), refused(code, rings=True), port_of(real))
                await until(lambda: real.window.situation == "ringing", 15)
                real.window.action("decline_with").trigger()
                type_digit(key)
                await until(lambda: real.window.situation == "idle", 15)
                await until(lambda: caller.process.poll() is not None, 15)  # noqa: B023
                caller.finish()
            rows = real.window.panes.today.list.rows  # type: ignore[attr-defined]
            await until(lambda: len(rows.rows) == len(chosen), 15)
            assert [row.status for row in rows.rows] == ["Declined · heard not here", "Declined"]

    run(journey())
