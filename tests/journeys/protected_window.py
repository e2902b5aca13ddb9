"""The window of a centre whose reports go somewhere, with short sounds; keys of the agent and words of the citizen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.adapters.policy.reading import load_policy
from desktop.adapters.policy.voices import own_folder, voice_name
from desktop.domain.agent import AgentState
from desktop.domain.phone import Announced
from desktop.domain.transcript import Leg, Segment
from desktop.ui.panes import DeskPanes
from tests.journeys.real_window import RealWindow, until
from tests.peers.headless import HeadlessPhone
from tests.peers.tones import write_tone

LABEL = "민원지원팀"
NUMBER = "01012344720"
SOUND_S = 0.8
STEP_HZ = (1000, 1300, 1600)
"""What the first warning, the second and the notice of the end sound like to the caller."""
_TEXTS = {"verbal_1": STEP_HZ[0], "seoul_verbal_2": STEP_HZ[1], "end_notice": STEP_HZ[2]}
_MOST_MINUTES = 10
SETTINGS = (
    'protection_policy = "{policy}"\nlanguage = "{language}"\nspeech_enabled = false\nwrapup_seconds = 60\n'
)


def policy_of(folder: Path, delivery: str = "", more: str = "") -> Path:
    """A Seoul-like policy; without other words its reports go to a folder. Every sentence has a short sound."""
    if not delivery:
        (folder / "reports").mkdir()
        delivery = f'kind = "folder"\nfolder = "{folder / "reports"}"'
    path = folder / "centre.toml"
    path.write_text(
        f'form = 1\nbase = "seoul"\n{more}\n[[delivery]]\nname = "unit"\nlabel = "{LABEL}"\n{delivery}\n',
        "utf-8",
    )
    policy = load_policy(str(path)).policy
    voices = own_folder(path) / policy.language
    voices.mkdir(parents=True)
    for text_id in policy.texts:
        spoken = policy.sentence(text_id, policy.language)
        for minutes in range(1, _MOST_MINUTES + 1) if spoken.minutes else (0,):
            sentence = replace(spoken, minutes=minutes)
            write_tone(voices / f"{voice_name(sentence)}.wav", _TEXTS.get(text_id, 700), SOUND_S)
    return path


def settings(folder: Path, delivery: str = "", language: str = "ko") -> str:
    """The agent is the transcript here."""
    return SETTINGS.format(policy=policy_of(folder, delivery), language=language)


@contextmanager
def calling(folder: Path, *options: str) -> Iterator[HeadlessPhone]:
    """A citizen's telephone with a number."""
    folder.mkdir(exist_ok=True)
    account = folder / "account.toml"
    account.write_text(f'id = "sip:{NUMBER}@127.0.0.1"\n', "utf-8")
    with HeadlessPhone(folder, "--account", str(account), *(options or ("--audio", "null"))) as phone:
        phone.ready()
        yield phone


def reports_in(folder: Path) -> list[dict[str, Any]]:
    """What arrived in the folder of reports."""
    return [json.loads(path.read_text("utf-8")) for path in sorted((folder / "reports").glob("*.json"))]


async def quiet() -> None:
    """Longer than a repeat of the same press."""
    await asyncio.sleep(0.7)


class Hands:
    """Keys of the agent and words of the citizen."""

    def __init__(self, real: RealWindow) -> None:
        self.real = real
        self.protection = real.desk.services.protection
        self.ended: list[Announced] = []
        self._spoken: dict[str, float] = {}
        real.desk.services.bus.subscribe(Announced, self.ended.append)

    @property
    def panes(self) -> DeskPanes:
        """Middle and right of the window."""
        panes = self.real.window.panes
        assert isinstance(panes, DeskPanes)
        return panes

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, down and up, where the focus is."""
        QTest.keyClick(self.real.window.focusWidget() or self.real.window, key, modifiers)

    async def holds(self, key: Qt.Key) -> None:
        """The key is held until something is about to be said."""
        QTest.keyPress(self.real.window, key)
        await until(lambda: self.protection.state.pending or self.protection.state.end)
        QTest.keyRelease(self.real.window, key)

    def says(self, text: str) -> None:
        """The speech process commits a line of the citizen, who says one after the other."""
        call_id, t = self.protection.call_id, self.protection.now
        began = max(t - 2, self._spoken.get(call_id, 0.0))
        self._spoken[call_id] = ended = max(t, began + 0.1)
        segment = Segment(call_id, Leg.CALLER, text, 0.9, began, ended)
        self.real.desk.services.transcript._segment_committed(segment)

    async def takes(self, citizen: HeadlessPhone) -> str:
        """A call is answered and under protection; its id."""
        call_id = await self.real.takes(citizen)
        await until(lambda: self.protection.running)
        return call_id

    async def is_in(self, situation: str) -> None:
        """Wait until the window shows this."""
        await until(lambda: str(self.real.window.situation) == situation)

    async def warned(self, count: int) -> None:
        """So many sentences were played to their end."""
        await until(lambda: len(self.ended) >= count and self.protection.state.pending is None)

    async def opens(self) -> None:
        """F12 where nothing was open."""
        await quiet()
        self.key(Qt.Key.Key_F12)
        await self.is_in("abuse")

    async def steps(self) -> None:
        """F12: the next sentence, to its end."""
        before = len(self.ended)
        await quiet()
        self.key(Qt.Key.Key_F12)
        await self.warned(before + 1)

    async def ends(self) -> None:
        """F12 at the end of the ladder: the call ends, the form is there."""
        await quiet()
        self.key(Qt.Key.Key_F12)
        await self.form()

    async def form(self) -> None:
        """The report is open and knows its incident."""
        await self.is_in("report")
        await until(lambda: self.panes.form.isVisible() and self.panes._report.open)

    async def sends(self, *digits: Qt.Key) -> None:
        """Digits answer the form, then it is sent."""
        for key in digits:
            QTest.keyClick(self.panes.form.first_focus(), key)
        await quiet()  # a key pressed with the last digit's breath is none
        self.real.window.action("send_report").trigger()
        await self.is_in("wrap_up")

    async def is_done(self) -> None:
        """The write-up is finished and the agent, who should rest now, is ready for the next call."""
        agent = self.real.desk.services.agent
        self.real.window.wrap_up.choose("주정차", "transferred")
        self.real.window.action("done").trigger()
        await until(lambda: agent.state is AgentState.REST)
        await agent.choose(AgentState.READY)
