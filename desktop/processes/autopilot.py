"""An agent made of code: takes a practice call through the window's own actions and says the model answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from desktop.adapters.practice.voice_files import voice_file
from desktop.domain.events import (
    ArticleOpened,
    CallConfirmed,
    CallEnded,
    CallReceived,
    SegmentCommitted,
    SuggestionOffered,
    WrapUpFinished,
    WrapUpStarted,
)
from desktop.domain.phone import Spoken
from desktop.domain.practice import CRISIS_STEP, Scenario, Turn
from desktop.domain.practice_result import HeardSegment, SpokenLine
from desktop.processes.autopilot_guard import Guard, GuardFailed, GuardWindow
from desktop.processes.desk_core import Desk

_log = logging.getLogger(__name__)
RING_S, ANSWER_S, TURN_S, DRAIN_S = 60.0, 10.0, 60.0, 30.0
FAILED = "citizen failed"
PAUSE_S = 0.6
"""The agent takes a breath before answering."""


class PracticeFailed(Exception):
    """The practice call did not go as it must; the message says where it stopped."""


class Window(GuardWindow, Protocol):
    """The window, as far as the autopilot presses anything."""

    def type_notes(self, text: str) -> None:
        """Type into the notes."""

    def choose_wrap_up(self, category: str, result: str) -> None:
        """Choose in the write-up."""


class Autopilot:
    """Drives one scenario. `say` gets every event of the practice command as name and fields."""

    def __init__(
        self, desk: Desk, window: Window, scenario: Scenario, voices: Path, say: Callable[..., None]
    ) -> None:
        self._desk, self._window, self._scenario, self._voices, self._say = (
            desk,
            window,
            scenario,
            voices,
            say,
        )
        self.lines: list[SpokenLine] = []
        self.segments: list[HeardSegment] = []
        self.suggested: list[str] = []
        self.order: list[str] = []
        self.sounds: list[Path] = []
        self.played_s = self.heard_s = 0.0
        self.call_id = ""
        self._media_began = 0.0
        self._flags: dict[str, asyncio.Event] = {}
        self._guard = Guard(desk.services, window, say)
        self._labels: tuple[str, ...] = ()
        self._listen()

    async def run(self) -> None:
        """From the ring to the saved write-up. Raises PracticeFailed."""
        await self._until("ringing", RING_S)
        self._window.take_picture("ringing")
        self._press("answer")
        await self._until("answered", ANSWER_S)
        try:
            for number, turn in enumerate(self._scenario.turns, 1):
                await self._take(number, turn)
            await self._until("ended", TURN_S)
            await self._until("wrap_up", ANSWER_S)
            await self._desk.services.transcript.drained(self.call_id, DRAIN_S)
            if self._scenario.report is not None:
                await self._guard.report(self._scenario.report)
        except GuardFailed as error:
            raise PracticeFailed(str(error)) from error
        await self._write_up()

    @property
    def agent_sounds(self) -> list[Path]:
        """Every file that the caller was to hear from this side: the agent's own lines, and what the desk played."""
        return [*self.sounds, *self._guard.played]

    async def _take(self, number: int, turn: Turn) -> None:
        if turn.who == "agent":
            await self._answer(number, turn)
        else:
            await self._until(f"turn {number}", TURN_S)
            self._labels = turn.labels
            self._window.take_picture(f"talking-{number:02d}")
        await self._guard.note(turn)

    async def _answer(self, number: int, turn: Turn) -> None:
        await asyncio.sleep(PAUSE_S)
        if turn.step == CRISIS_STEP:
            await self._guard.enter_crisis()
        started, words = self._desk.services.clock.mono(), turn.text
        if turn.step in ("", CRISIS_STEP):
            await self._speak(number)
        else:
            words = await self._guard.take_step(turn, self._labels, partial(self._speak, number))
        self._turn(number, "agent", words, started, self._desk.services.clock.mono())

    async def _speak(self, number: int) -> None:
        file = voice_file(self._voices, self._scenario.id, number, "agent")
        self._flags["spoken"] = asyncio.Event()
        await self._desk.services.line.phone.speak(str(file))
        await self._until("spoken", TURN_S)
        self.sounds.append(file)

    def _turn(self, number: int, who: str, text: str, started: float, ended: float) -> None:
        self.lines.append(SpokenLine(who, text, started, ended))
        self._say("turn", n=number, who=who, text=text, started=round(started, 3), ended=round(ended, 3))

    async def _write_up(self) -> None:
        wanted = self._scenario.wrapup
        self._window.type_notes(wanted.summary)
        self._window.choose_wrap_up(wanted.category, "answered")
        await self._desk.services.background.settle()
        self._window.take_picture("wrap-up")
        self._press("done")
        await self._until("saved", ANSWER_S)
        self._say("wrapup_saved", call_id=self.call_id)

    def _press(self, action: str) -> None:
        if not self._window.press(action):
            raise PracticeFailed(f"the window does not offer the action {action}")

    async def _until(self, what: str, seconds: float) -> None:
        wanted, failed = (asyncio.ensure_future(self._flag(name).wait()) for name in (what, FAILED))
        done, pending = await asyncio.wait(
            (wanted, failed), timeout=seconds, return_when=asyncio.FIRST_COMPLETED
        )
        for task in pending:
            task.cancel()
        if failed in done:
            raise PracticeFailed(f"the simulated citizen failed while waiting for: {what}")
        if wanted not in done:
            raise PracticeFailed(f"nothing happened for {seconds:.0f} s while waiting for: {what}")

    def _flag(self, what: str) -> asyncio.Event:
        return self._flags.setdefault(what, asyncio.Event())

    def _happened(self, name: str, flag: str, **fields: object) -> None:
        self.order.append(name)
        self._say(name, **fields)
        self._flag(flag).set()

    def _listen(self) -> None:
        bus = self._desk.services.bus
        bus.subscribe(CallReceived, lambda e: self._happened("ringing", "ringing", call_id=e.call.id))
        bus.subscribe(CallConfirmed, self._answered)
        bus.subscribe(CallEnded, lambda e: self._happened("ended", "ended", by=e.call.ended_by))
        bus.subscribe(WrapUpStarted, lambda _e: self._flag("wrap_up").set())
        bus.subscribe(WrapUpFinished, lambda _e: self._flag("saved").set())
        bus.subscribe(SegmentCommitted, self._segment)
        bus.subscribe(SuggestionOffered, self._suggestion)
        bus.subscribe(ArticleOpened, lambda e: self._say("opened", article=e.article_id))
        bus.subscribe(Spoken, lambda _e: self._flag("spoken").set())
        self._desk.practice_line.citizen_events.append(self._citizen)

    def _answered(self, event: CallConfirmed) -> None:
        self.call_id, self._media_began = event.call.id, self._desk.services.clock.mono()
        self._happened("answered", "answered", call_id=event.call.id)

    def _segment(self, event: SegmentCommitted) -> None:
        segment = event.segment
        began = self._media_began
        self.segments.append(
            HeardSegment(segment.leg.value, segment.text, began + segment.start, began + segment.end)
        )
        self._say("segment", leg=segment.leg.value, text=segment.text, start=segment.start, end=segment.end)

    def _suggestion(self, event: SuggestionOffered) -> None:
        card = event.suggestion
        self.suggested.append(card.article_id)
        self._say("suggestion", article=card.article_id, cause=card.cause)
        asyncio.get_running_loop().call_soon(self._window.press, "take_suggestion")

    def _citizen(self, event: dict[str, Any]) -> None:
        match event.get("event"):
            case "turn" if event.get("who") == "caller":
                number = int(event["n"])
                self._turn(number, "caller", str(event["text"]), event["started"], event["ended"])
                self._flag(f"turn {number}").set()
            case "played":
                self.played_s = float(event["seconds"])
            case "heard":
                self.heard_s = float(event["seconds"])
            case "failed":
                self._flag(FAILED).set()
            case "gone" if event.get("code"):
                self._flag(FAILED).set()
