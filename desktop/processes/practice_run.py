"""A practice call as a command: the real desk with its window, one scenario, and a verdict from what was measured."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.adapters.audio.files import read_audio
from desktop.adapters.practice.voice_files import voices
from desktop.adapters.storage.records import SqliteRecords
from desktop.adapters.stt.voice_activity import speech_seconds
from desktop.adapters.system.folder_lock import FolderInUseError
from desktop.adapters.system.single_instance import SingleInstance
from desktop.domain.errors import DeskError
from desktop.domain.events import LineChanged
from desktop.domain.practice import Scenario
from desktop.domain.practice_result import (
    Guarded,
    Outcome,
    Seconds,
    StoredGuard,
    failures,
    lines_with_segment,
)
from desktop.domain.transcript import Leg, SpeechState
from desktop.paths import Folders
from desktop.processes.autopilot import Autopilot, PracticeFailed
from desktop.processes.desk import open_window, run_until_complete, start_log, tick
from desktop.processes.desk_core import DEVICES, SILENCE, Desk, PhoneAudio, open_desk
from desktop.processes.window_driver import WindowDriver
from desktop.settings import SettingsFile
from desktop.ui.application import log_qt_messages, make_application

DONE, FAILED = 0, 1
CLOCK_RATE = 16000
READY_S = 60.0
IN_ORDER = ["ringing", "answered", "ended"]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command was asked for. `tell` takes an event's name and fields, `complain` a sentence."""

    scenario: Scenario
    autopilot: bool
    pictures: Path | None
    tell: Callable[..., None]
    complain: Callable[[str], None]


def run(where: Folders, wishes: Wishes) -> int:
    """Take the call; returns the exit code. Raises FolderInUseError."""
    settings = SettingsFile(where.settings_file, presets={"language": "ko"})
    log_qt_messages()
    application = make_application(settings.current)
    instance = SingleInstance(where.data)
    if not instance.claim():
        raise FolderInUseError(
            f"The data folder {where.data} is in use by another window; close it or choose another with --data."
        )
    for problem in settings.problems:
        wishes.complain(problem.sentence())
    start_log(where)
    practice = PracticeRun(where, settings, wishes)
    try:
        return run_until_complete(
            application, practice.autopilot() if wishes.autopilot else practice.trainee()
        )
    finally:
        instance.release()


class PracticeRun:
    """One run of one scenario."""

    def __init__(self, where: Folders, settings: SettingsFile, wishes: Wishes) -> None:
        self._where, self._settings, self._wishes = where, settings, wishes
        self._scenario, self._pictures, self._say = wishes.scenario, wishes.pictures, wishes.tell
        self._voices = voices()
        self._ticking: asyncio.Task[None] | None = None

    async def trainee(self) -> int:
        """A person takes the call; done when the window is closed or practice left."""
        desk, driver = await self._open(DEVICES)
        over = asyncio.Event()
        desk.services.bus.subscribe(LineChanged, lambda e: None if e.scenario else over.set())
        driver.on_closing(over.set)
        await desk.services.practice.begin(self._scenario.id)
        await over.wait()
        await self._close(desk, driver)
        return DONE

    async def autopilot(self) -> int:
        """The program takes the call and judges what was measured."""
        # Whether the records can be kept is part of the verdict, so it is not found out after the call.
        await (await SqliteRecords.open(self._where.practice_database)).close()
        desk, driver = await self._open(SILENCE)
        pilot = Autopilot(desk, driver, self._scenario, self._voices, self._say)
        broken, with_model = "", False
        voiced: dict[tuple[str, Leg], float] = {}
        desk.speech.on_voice = lambda call, leg, _speaking, seconds: voiced.update({(call, leg): seconds})
        try:
            with_model = await self._speech_ready(desk)
            driver.take_picture("idle")
            await desk.services.practice.begin(self._scenario.id)
            await pilot.run()
        except (PracticeFailed, DeskError) as error:
            broken = str(error).rstrip(".")
        await self._close(desk, driver)
        outcome = await self._outcome(pilot, voiced.get((pilot.call_id, Leg.CALLER), 0.0), with_model)
        return self._verdict(pilot, outcome, broken)

    async def _open(self, audio: PhoneAudio) -> tuple[Desk, WindowDriver]:
        desk = await open_desk(self._where, self._settings, audio=audio, real_line=False)
        desk.speech_choice.practise(self._scenario.id)
        window = await open_window(desk, self._where, self._settings)
        await desk.start()
        self._ticking = asyncio.create_task(tick(desk))
        return desk, WindowDriver(window, self._pictures)

    async def _close(self, desk: Desk, driver: WindowDriver) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
        await desk.close()
        driver.close()

    async def _speech_ready(self, desk: Desk) -> bool:
        """Wait until the speech process has made up its mind; whether it has a model."""
        transcript = desk.services.transcript
        deadline = desk.services.clock.mono() + READY_S
        while transcript.state in (SpeechState.OFF, SpeechState.LOADING, SpeechState.RESTARTING):
            if desk.services.clock.mono() > deadline:
                raise PracticeFailed(f"the speech process was not ready after {READY_S:.0f} s")
            await asyncio.sleep(0.1)
        if transcript.state is not SpeechState.READY:
            reason = transcript.detail or transcript.state.value
            if transcript.state is SpeechState.UNSUITED:
                reason = f"the shipped speech model does not know the words of {self._scenario.id}"
            self._wishes.complain(f"no transcript in this call: {reason}")
        return transcript.state is SpeechState.READY

    async def _outcome(self, pilot: Autopilot, caller_heard_s: float, with_model: bool) -> Outcome:
        records = await SqliteRecords.open(self._where.practice_database)
        try:
            stored = await records.segments(pilot.call_id)
            notes = await records.notes(pilot.call_id)
            wrap_up = await records.wrap_up(pilot.call_id)
            guard = StoredGuard(
                await records.procedure(pilot.call_id), await records.escalation(pilot.call_id)
            )
        finally:
            await records.close()
        return Outcome(
            lines=pilot.lines,
            segments=pilot.segments,
            heard=Seconds(caller=caller_heard_s, agent=pilot.heard_s),
            played=Seconds(caller=pilot.played_s, agent=spoken_seconds(pilot.agent_sounds)),
            events_in_order=pilot.order == IN_ORDER,
            articles_expected=self._scenario.faq,
            articles_suggested=pilot.suggested,
            with_model=with_model,
            stored_segments=len(stored),
            notes_stored=self._scenario.wrapup.summary in notes,
            wrap_up_stored=wrap_up is not None and wrap_up.saved,
            guarded=guarded(self._scenario),
            stored_guard=guard,
        )

    def _verdict(self, pilot: Autopilot, outcome: Outcome, broken: str) -> int:
        found = [broken] if broken else []
        if not broken:
            found = failures(outcome)
        self._say("summary", **self._summary(pilot, outcome))
        for sentence in found:
            self._wishes.complain(f"{sentence}.")
        return FAILED if found else DONE

    def _summary(self, pilot: Autopilot, outcome: Outcome) -> dict[str, Any]:
        legs = ("caller", "agent")
        expected, suggested = list(outcome.articles_expected), list(outcome.articles_suggested)
        hit = next(
            (article for article in suggested if article in expected), suggested[0] if suggested else ""
        )
        return {
            "seconds_heard": {leg: round(getattr(outcome.heard, leg), 2) for leg in legs},
            "seconds_played": {leg: round(getattr(outcome.played, leg), 2) for leg in legs},
            "lines": {leg: sum(line.leg == leg for line in outcome.lines) for leg in legs},
            "lines_with_segment": {
                leg: lines_with_segment(outcome.lines, outcome.segments, leg) for leg in legs
            },
            "cer": None if outcome.cer is None else round(outcome.cer, 4),
            "article_expected": expected[0] if expected else None,
            "article_suggested": hit if outcome.with_model else None,
            "score": None,
            "records": {
                "call_id": pilot.call_id,
                "segments": outcome.stored_segments,
                "notes": outcome.notes_stored,
                "escalation": escalation_row(outcome.stored_guard),
            },
        }


def guarded(scenario: Scenario) -> Guarded | None:
    """What the protection of a call must leave in the records; None where the call deserves no report."""
    if scenario.report is None:
        return None
    return Guarded(scenario.report, scenario.ladder_steps, scenario.checks)


def escalation_row(guard: StoredGuard) -> dict[str, Any] | None:
    """What was read back of the report and the procedure; None where the call has no report."""
    found = guard.escalation
    if found is None:
        return None
    return {
        "id": found.id,
        "kind": found.form.kind.value if found.form.kind else None,
        "filed": found.filed is not None,
        "versions": len(found.versions),
        "steps": [{"step": step, "method": method} for step, method in guard.steps],
        "checks": guard.checks,
    }


def spoken_seconds(sounds: list[Path]) -> float:
    """Seconds of speech in sound files, by the detector that hears them at the other end."""
    return sum(speech_seconds(read_audio(sound, CLOCK_RATE), CLOCK_RATE) for sound in sounds)
