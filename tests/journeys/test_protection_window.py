"""The agent's keys in the real window, with the real phone, detector, policy, records and delivery."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.domain.agent import AgentState
from desktop.domain.escalation import AbuseKind, Feeling
from desktop.domain.strikes import Strike
from tests.journeys.protected_window import (
    LABEL,
    NUMBER,
    SOUND_S,
    STEP_HZ,
    Hands,
    calling,
    quiet,
    reports_in,
    settings,
)
from tests.journeys.real_window import folders_of, real_window, until
from tests.peers.tones import blocks_with, longest_run, read_wav, write_tone

Run = Callable[[Coroutine[Any, Any, None]], object]
CURSES = ("안내는 지랄, 씨발 그냥 지우라고.", "이 새끼가 어디서 훈계야.")
FALSE_FRIEND = "도시 발전 계획이 궁금해서요."
CRISIS = "이제 그만 죽고 싶어요."
SEXUAL = "오늘 속옷 무슨 색 입었어?"
THREAT = "칼 들고 찾아갈 테니까 기다려."


def test_two_warnings_are_heard_the_call_ends_and_a_report_leaves_by_four_keys(
    tmp_path: Path, run: Run
) -> None:
    where = folders_of(tmp_path, settings(tmp_path))
    place = tmp_path / "citizen"
    place.mkdir()
    silence, ear = write_tone(place / "silence.wav", 0.0), place / "heard.wav"

    async def journey() -> None:
        async with real_window(where) as real:
            hands = Hands(real)
            services = real.desk.services
            await hands.takes(citizen)
            hands.says(FALSE_FRIEND)
            assert real.notice == ""
            hands.says(CURSES[0])
            await real.reads("들리는 내용")
            await hands.opens()
            for count in (1, 2, 3):
                hands.says(CURSES[count % 2])
                await hands.steps()
            began = services.clock.mono()
            await hands.ends()
            await hands.sends(Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_2)
            await until(lambda: reports_in(tmp_path))
            assert services.clock.mono() - began < 20
            await until(lambda: LABEL in real.window.toast.text)
            assert services.agent.queued is AgentState.REST

    options = ("--audio", "file", "--microphone", str(silence), "--speaker", str(ear))
    with calling(place, *options) as citizen:
        run(journey())
        assert citizen.call_state("DISCONNECTED")["ended_by"] == "remote"
    (report,) = reports_in(tmp_path)
    found = json.dumps(report, ensure_ascii=False)
    assert f'"kind": "{AbuseKind.VERBAL.value}"' in found
    assert Feeling.SHAKEN.value in found
    assert found.count('"method": "system_text"') == 3
    heard, rate = read_wav(ear)
    for hertz in STEP_HZ:
        assert longest_run(blocks_with(heard, rate, hertz)) >= SOUND_S * 10 - 3, f"{hertz} Hz was heard"


def test_harassment_and_a_threat_are_named_once_ended_and_reported(tmp_path: Path, run: Run) -> None:
    where = folders_of(tmp_path, settings(tmp_path))
    strikes: list[Strike] = []

    async def journey() -> None:
        async with real_window(where) as real:
            hands = Hands(real)
            protection, reminder = hands.protection, hands.panes.procedure._reminder
            await hands.takes(citizen)
            hands.says(SEXUAL)
            await real.reads("성희롱")
            await hands.opens()
            assert not reminder.isVisible()
            await hands.steps()
            assert [said.text_id for said in protection.state.said] == ["seoul_sexual"]
            await hands.ends()
            await hands.sends()
            await until(lambda: len(reports_in(tmp_path)) == 1)
            await hands.is_done()
            call_id = await hands.takes(citizen)
            await real.reads("응대 주의")
            hands.says(THREAT)
            await real.reads("협박")
            await hands.opens()
            await until(reminder.isVisible)
            assert "112" in reminder.text()
            await hands.steps()
            assert [said.text_id for said in protection.state.said] == ["seoul_threat"]
            await hands.ends()
            await hands.sends()
            await until(lambda: len(reports_in(tmp_path)) == 2)
            strikes.extend(await real.desk.records.strikes_of(protection._keeping._caller_key(NUMBER)))
            assert strikes[-1].call_id == call_id

    with calling(tmp_path / "citizen") as citizen:
        run(journey())
    assert [strike.class_id for strike in strikes] == ["sexual", "threat"]
    contents = [report["evidence"] for report in reports_in(tmp_path)]
    kinds = [content["form"]["kind"] for content in contents]
    assert sorted(kinds) == [AbuseKind.SEXUAL.value, AbuseKind.THREAT.value]
    for content in contents:
        assert [each["complete"] for each in content["warnings"]] == [True], "named in one sentence"
        assert content["end"] == {"by": "agent", "notice_given": True}


def test_a_caller_in_crisis_meets_no_warning(tmp_path: Path, run: Run) -> None:
    where = folders_of(tmp_path, settings(tmp_path))

    async def journey() -> None:
        async with real_window(where) as real:
            hands = Hands(real)
            await hands.takes(citizen)
            hands.says(CRISIS)
            await real.reads("위기 신호")
            hands.key(Qt.Key.Key_F12)
            await quiet()
            assert hands.protection.state.said == ()
            hands.key(Qt.Key.Key_F11)
            await hands.is_in("crisis")
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

    with calling(tmp_path / "citizen") as citizen:
        run(journey())
