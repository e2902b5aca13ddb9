"""Recording by the centre's policy: when it begins, where the file goes, hearing a stretch again.

Only calls of the real line: a practice call is never recorded. Nothing here can hold up a call.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from desktop.domain.call import Call, Direction
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Escalation
from desktop.domain.events import (
    CallConfirmed,
    CallDialled,
    CallEnded,
    CallReceived,
    CallUnparked,
    EvidenceFrozen,
    RecordingChanged,
    RecordingKept,
)
from desktop.domain.policy import Policy, RecordingMode
from desktop.domain.recording import (
    RECORD_KIND,
    Heard,
    RecorderState,
    RecordingFacts,
    RecordingFile,
    recording_record,
    recordings_named,
)
from desktop.services.background import Background
from desktop.services.call_service import CallService
from desktop.services.event_bus import EventBus
from desktop.services.line import CurrentLine
from desktop.services.ports import Clock, Records
from desktop.services.recording_ports import Playback, Recorder, RecordingShelf

FROM_THE_START_S = 60.0
"""More than passes between an answer and the order to record: nothing of the call is left out."""
AFTER_DIALLING_S = 2.0
"""Before the other side answers there is only the network's ringing."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecordingParts:
    """What the recording stands on."""

    recorder: Recorder
    shelf: RecordingShelf
    playback: Playback


class RecordingService:
    """See the module."""

    def __init__(
        self,
        policy: Policy,
        parts: RecordingParts,
        line: CurrentLine,
        calls: CallService,
        bus: EventBus,
        clock: Clock,
        background: Background,
    ) -> None:
        self._rules, self._days = policy.recording, policy.retention.recordings_days
        self._recorder, self._shelf, self._playback = parts.recorder, parts.shelf, parts.playback
        self._line, self._calls = line, calls
        self._bus, self._clock, self._background = bus, clock, background
        self._one_at_a_time = asyncio.Lock()
        self._stands: dict[str, RecorderState] = {}
        parts.recorder.listen(self._changed)
        bus.subscribe(CallReceived, lambda _event: self._playback.stop())
        bus.subscribe(CallDialled, lambda _event: self._playback.stop())
        bus.subscribe(CallConfirmed, self._call_confirmed)
        # A call that a new desk found on hold is not recorded yet; one that is goes on.
        bus.subscribe(
            CallUnparked, lambda event: self._call_confirmed(CallConfirmed(event.call, resumed=True))
        )
        bus.subscribe(EvidenceFrozen, lambda event: self._frozen(event.escalation))
        bus.subscribe(CallEnded, lambda event: self._call_ended(event.call))

    @property
    def by_exchange(self) -> bool:
        """Whether the exchange records all calls and says so."""
        return self._rules.by_exchange

    @property
    def recording(self) -> bool:
        """Whether the sound of the call that is on is being kept by the desk at this moment."""
        current = self._calls.current
        return current is not None and self._stands.get(current.id) is RecorderState.ON

    def start(self) -> None:
        """At the start of the desk: take in what a crash left, delete what is too old."""
        if not self._line.practice:
            self._background.start(self._tidy(self._line.records), "old recordings")

    async def play(self, call_id: str, begin: float, end: float) -> Heard:
        """Let the agent hear a stretch again, seconds since the media began; returns when it is over.

        Never while a call is on. Raises DeskError.
        """
        if self._calls.current is not None:
            return Heard.IN_CALL
        self._playback.stop()
        files = await self._shelf.files(call_id)
        if not files or not await self._playback.play(files, begin, end):
            return Heard.NO_RECORDING
        return Heard.PLAYED

    def stop_playing(self) -> None:
        """Be silent."""
        self._playback.stop()

    # what happens
    def _changed(self, call_id: str, state: RecorderState) -> None:
        self._stands[call_id] = state
        if state is RecorderState.OFF:
            del self._stands[call_id]
        self._bus.publish(RecordingChanged(call_id, state))

    def _call_confirmed(self, event: CallConfirmed) -> None:
        call = event.call
        self._playback.stop()
        if self._of_practice(call) or self._rules.mode is RecordingMode.OFF:
            return
        if self._rules.mode is RecordingMode.ANNOUNCED:
            dialled = call.direction is Direction.OUTGOING and not event.resumed
            self._recorder.start(call.id, AFTER_DIALLING_S if dialled else FROM_THE_START_S)
        elif event.resumed:
            self._background.start(self._go_on(call, self._line.records), "go on recording")

    async def _go_on(self, call: Call, records: Records) -> None:
        if await records.escalation(call.id) is not None:
            self._recorder.start(call.id, FROM_THE_START_S)

    def _frozen(self, escalation: Escalation) -> None:
        call = self._calls.live(escalation.call_id)
        if self._line.practice:
            return
        if call is None:
            # What the end of a call adds to its evidence comes before the last sound is on disk.
            self._background.start(self._finish(escalation.call_id, self._line.records), "keep a recording")
        elif self._rules.mode is RecordingMode.ON_INCIDENT and call.confirmed is not None:
            self._recorder.start(call.id, float(self._rules.pre_roll_seconds))

    def _call_ended(self, call: Call) -> None:
        if not self._of_practice(call):
            self._background.start(self._finish(call.id, self._line.records), "end a recording")

    def _of_practice(self, call: Call) -> bool:
        return self._line.practice or bool(call.scenario)

    # files
    async def _finish(self, call_id: str, records: Records) -> None:
        if self._rules.mode is not RecordingMode.OFF:
            await self._recorder.finish(call_id)
        await self._keep(call_id, records)

    async def _keep(self, call_id: str, records: Records) -> None:
        """Make the recordings of an ended call part of its evidence, where there is any."""
        for file in await self._shelf.files(call_id):
            await self._settle(file, records)

    async def _tidy(self, records: Records) -> None:
        for file in await self._shelf.files():
            if self._calls.live(file.call_id) is None:
                await self._settle(file, records)

    async def _settle(self, file: RecordingFile, records: Records) -> None:
        """Evidence is held; anything else goes when it is older than the policy allows."""
        async with self._one_at_a_time:
            try:
                escalation = await records.escalation(file.call_id)
                if escalation is not None and escalation.versions:
                    await self._attach(file, escalation, records)
                elif self._clock.now() - file.written >= timedelta(days=self._days):
                    await self._shelf.remove(file)
            except DeskError as error:
                # It stays where it is; the next start tries again.
                _log.error("a recording was left as it is: %s", error)

    async def _attach(self, file: RecordingFile, escalation: Escalation, records: Records) -> None:
        known = {each.name: each for each in await records.evidence_files(escalation.id)}
        kept = known.get(file.name)
        if kept is None:
            kept = await self._shelf.as_evidence(file, escalation.id)
            await records.add_evidence_file(kept)
        # A kill may have come between the file and its name.
        named = recordings_named(await records.evidence_records(escalation.id))
        if all(each["file"] != file.name for each in named):
            body = recording_record(kept, await self._facts(file))
            await records.add_evidence_record(escalation.id, RECORD_KIND, body)
            self._bus.publish(RecordingKept(escalation.call_id))

    async def _facts(self, file: RecordingFile) -> RecordingFacts | None:
        try:
            return await self._shelf.facts(file)
        except DeskError as error:
            _log.error("what a recording holds can't be told: %s", error)
            return None
