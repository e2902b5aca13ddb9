"""The agent's keys in the real window, with the real phone, detector, policy, records and delivery."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.agent import AgentState
from desktop.domain.escalation import AbuseKind, Feeling
from desktop.domain.phone import Announced
from desktop.domain.transcript import Leg, Segment
from desktop.ui.panes import DeskPanes
from tests.journeys.real_window import RealWindow, folders_of, real_window, until
from tests.journeys.test_protection import POLICY
from tests.peers.headless import HeadlessPhone

Run = Callable[[Coroutine[Any, Any, None]], object]
CURSES = ("안내는 지랄, 씨발 그냥 지우라고.", "이 새끼가 어디서 훈계야.")
FALSE_FRIEND = "도시 발전 계획이 궁금해서요."
CRISIS = "이제 그만 죽고 싶어요."


@pytest.fixture
def citizen(tmp_path: Path) -> Iterator[HeadlessPhone]:
    with HeadlessPhone(tmp_path / "citizen", "--audio", "null") as phone:
        phone.ready()
        yield phone


def settings(folder: Path) -> str:
    """Reports go to a folder; Korean; the agent is the transcript here."""
    (folder / "reports").mkdir()
    policy = folder / "centre.toml"
    policy.write_text(POLICY.format(folder=folder / "reports"), "utf-8")
    return f'protection_policy = "{policy}"\nlanguage = "ko"\nspeech_enabled = false\nwrapup_seconds = 60\n'


class Hands:
    """Keys of the agent and words of the citizen."""

    def __init__(self, real: RealWindow) -> None:
        self.real = real
        self.protection = real.desk.services.protection
        self.ended: list[Announced] = []
        real.desk.services.bus.subscribe(Announced, self.ended.append)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, down and up, where the focus is."""
        QTest.keyClick(self.real.window.focusWidget() or self.real.window, key, modifiers)

    def says(self, text: str) -> None:
        """The speech process commits a line of the citizen."""
        t = self.protection.now
        segment = Segment(self.protection.call_id, Leg.CALLER, text, 0.9, max(0.0, t - 2), t)
        self.real.desk.services.transcript._segment_committed(segment)

    async def warned(self, count: int) -> None:
        """So many sentences were played to their end."""
        await until(lambda: len(self.ended) >= count and self.protection.state.pending is None, 30)


def test_two_warnings_the_end_and_a_report_by_four_keys(
    tmp_path: Path, run: Run, citizen: HeadlessPhone
) -> None:
    where = folders_of(tmp_path, settings(tmp_path))

    async def journey() -> None:
        async with real_window(where) as real:
            hands = Hands(real)
            services, window = real.desk.services, real.window
            panes = window.panes
            assert isinstance(panes, DeskPanes)
            await real.takes(citizen)
            await until(lambda: services.protection.running)
            hands.says(FALSE_FRIEND)
            assert real.notice == ""
            hands.says(CURSES[0])
            await real.reads("들리는 내용")
            hands.key(Qt.Key.Key_F12)
            await until(lambda: str(window.situation) == "abuse")
            for count in (1, 2, 3):
                hands.says(CURSES[count % 2])
                await quiet()
                hands.key(Qt.Key.Key_F12)
                await hands.warned(count)
            await quiet()
            hands.key(Qt.Key.Key_F12)
            await until(lambda: str(window.situation) == "report", 10)
            began = services.clock.mono()
            await until(panes.form.isVisible)
            await quiet()
            for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_2):
                QTest.keyClick(panes.form.first_focus(), key)
            await quiet()
            window.action("send_report").trigger()
            await until(lambda: list((tmp_path / "reports").glob("*.json")), 15)
            assert services.clock.mono() - began < 20
            await until(lambda: "민원지원팀" in window.toast.text, 10)
            assert services.agent.queued is AgentState.REST

    run(journey())
    (report,) = (tmp_path / "reports").glob("*.json")
    content = json.loads(report.read_text("utf-8"))
    found = json.dumps(content, ensure_ascii=False)
    assert '"kind": "verbal"' in found
    assert AbuseKind.VERBAL.value in found
    assert Feeling.SHAKEN.value in found
    assert found.count('"method": "system_text"') == 3


def test_a_caller_in_crisis_meets_no_warning(tmp_path: Path, run: Run, citizen: HeadlessPhone) -> None:
    where = folders_of(tmp_path, settings(tmp_path))

    async def journey() -> None:
        async with real_window(where) as real:
            hands = Hands(real)
            window = real.window
            await real.takes(citizen)
            await until(lambda: hands.protection.running)
            hands.says(CRISIS)
            await real.reads("위기 신호")
            hands.key(Qt.Key.Key_F12)
            await quiet()
            assert hands.protection.state.said == ()
            hands.key(Qt.Key.Key_F11)
            await until(lambda: str(window.situation) == "crisis")
            hands.says(CURSES[0])
            hands.key(Qt.Key.Key_F12)
            hands.key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
            await until(lambda: hands.protection.state.crises[-1].checks)
            assert hands.protection.state.said == ()
            assert hands.protection.counters == {"malicious": 0, "difficult": 0}
            hands.key(Qt.Key.Key_F8)
            await quiet()
            assert real.desk.services.calls.current is not None
            hands.key(Qt.Key.Key_F8)
            hands.key(Qt.Key.Key_F8)
            await until(lambda: real.desk.services.calls.current is None)
            assert hands.ended == []

    run(journey())


async def quiet() -> None:
    """Longer than a repeat of the same press."""
    await asyncio.sleep(0.7)
