"""A desk whose agent is insulted, warns, ends the call and reports it; killed at a point, it goes on when started anew.

`FOLDER abuse|crisis POINT`: in a crisis nobody is warned; it dies at the point, `-` for none. At the end it says in
which state the agent is.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from desktop.adapters.delivery.https import HttpsSender
from desktop.domain import delivery
from desktop.domain.delivery import Message, Outcome
from desktop.domain.escalation import AbuseKind, ReportForm
from desktop.domain.events import CallEnded, CallReceived, ProcedureChanged
from desktop.domain.procedure_state import Method, Phase, Procedure
from desktop.domain.transcript import Leg, Segment
from desktop.paths import Folders
from desktop.processes.desk_core import SILENCE, Desk, open_desk
from desktop.settings import SettingsFile

POINTS = (
    "evidence",
    "opened",
    "to be played",
    "began",
    "sounds",
    "said",
    "ending",
    "hung up",
    "ended",
    "form",
    "filed",
    "sending",
    "sent",
)
CRISIS_POINTS = ("evidence", "crisis", "ended", "filed")
WORDS = {"abuse": "이 새끼가 어디서 훈계야.", "crisis": "이제 그만 죽고 싶어요."}
FORMS = {"abuse": ReportForm(AbuseKind.VERBAL), "crisis": ReportForm(wants_separation=False)}
Verb = Callable[..., Awaitable[Any]]


def die() -> None:
    """As by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def warned(state: Procedure) -> list[str]:
    """The kinds of the sentences that were played to their end."""
    return [each.kind.value for each in state.said if each.complete and each.method is Method.SYSTEM_TEXT]


class Agent:
    """Goes on from wherever the desk stands."""

    def __init__(self, desk: Desk, path: str, point: str) -> None:
        self.desk, self.services, self.path, self.point = desk, desk.services, path, point
        self.protection = desk.services.protection
        self._set_traps()

    def here(self, point: str) -> None:
        """Die if this is the point."""
        if self.point == point:
            die()

    def _set_traps(self) -> None:
        phone, records, bus = self.desk.phone, self.desk.records, self.services.bus
        self._around(records, "add_version", before="evidence")
        self._around(phone, "announce", after="sounds")
        self._around(phone, "hang_up", before="ending", after="hung up")
        bus.subscribe(ProcedureChanged, lambda event: self._procedure(event.state))
        bus.subscribe(CallEnded, lambda _event: self.here("ended"))
        send, agent = HttpsSender.send, self

        async def dying(sender: HttpsSender, message: Message) -> Outcome:
            agent.here("sending")
            outcome = await send(sender, message)
            agent.here("sent")
            return outcome

        setattr(HttpsSender, "send", dying)  # noqa: B010

    def _around(self, owner: object, name: str, before: str = "", after: str = "") -> None:
        verb: Verb = getattr(owner, name)

        async def dying(*arguments: Any) -> Any:
            if before and before == self.point:
                # What was written in the background is on the disk, or soon would be.
                await asyncio.sleep(0.3)
                die()
            result = await verb(*arguments)
            self.here(after or "nowhere")
            return result

        setattr(owner, name, dying)

    def _procedure(self, state: Procedure) -> None:
        if state.pending is not None and state.pending.began is not None:
            self.here("began")
        if warned(state):
            self.here("said")

    async def work(self) -> None:
        """The call to its end, the report to its receiver, the write-up."""
        if self.services.calls.current is None and self.services.wrap_up.open is None:
            await self._answer()
        while self.services.calls.current is not None:
            await (self._in_crisis() if self.path == "crisis" else self._lead())
            await asyncio.sleep(0.05)
        while self.services.wrap_up.open is None:
            await asyncio.sleep(0.02)
        await self._report(self.services.wrap_up.open.call_id)
        while await self.services.delivery.unsettled():
            await asyncio.sleep(0.02)
        await self.services.wrap_up.finish()
        await self.services.background.settle()
        tell(state=self.services.agent.state.value)

    async def _answer(self) -> None:
        while not self.protection.running:
            await asyncio.sleep(0.02)
        segment = Segment(self.protection.call_id, Leg.CALLER, WORDS[self.path], 0.9, 0.1, 0.2)
        self.services.transcript._segment_committed(segment)
        await self.services.background.settle()

    async def _lead(self) -> None:
        """The next key of the agent; none while something is said or the end is on its way."""
        state = self.protection.state
        if state.pending is not None or state.end is not None:
            return
        if state.phase is Phase.LISTENING:
            await self.protection.tap()
            self.here("opened")
        elif not warned(state):
            await self.protection.tap()
            self.here("to be played")
        else:
            await self.protection.hold()

    async def _in_crisis(self) -> None:
        state, checks = self.protection.state, self.protection.policy.crisis.checks
        if not state.in_crisis:
            await self.protection.enter_crisis()
            self.protection.check(checks[0].id, True)
            await self.services.background.settle()
            self.here("crisis")
        elif (found_out := len(state.crises[-1].checks)) < 2:
            self.protection.check(checks[found_out].id, True)
            await self.services.background.settle()
        elif self.services.recording.recording:
            await self.services.calls.end()

    async def _report(self, call_id: str) -> None:
        escalation = self.services.escalation
        await self.services.background.settle()
        call = await self.desk.records.call(call_id)
        assert call is not None
        found = await escalation.reopen(call)
        assert found is not None
        if found.filed is None:
            await escalation.keep_form(FORMS[self.path])
            self.here("form")
            await escalation.file(FORMS[self.path])
            self.here("filed")


def tell(**fields: object) -> None:
    """One line to whoever started this program."""
    print(json.dumps(fields, ensure_ascii=False), flush=True)


async def work(folder: Path, path: str, point: str) -> None:
    """A desk from its start to its end or its death."""
    delivery.SUPPLEMENT_PAUSE_S = 0.05
    where = Folders(folder / "data", folder / "config")
    desk = await open_desk(where, SettingsFile(where.settings_file), SILENCE)
    agent = Agent(desk, path, point)
    services = desk.services
    services.bus.subscribe(
        CallReceived, lambda _e: services.background.start(services.calls.answer(), "answer")
    )
    await desk.start()
    tell(uri=desk.phone.uri)
    await agent.work()
    await desk.close()


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1]), *sys.argv[2:]))
