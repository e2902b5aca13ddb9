"""The autopilot's hands where a caller is abusive or in danger: the keys of the procedure, the crisis path, the report.

It reads what the window shows from the protection service and does everything by the window's own actions and keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from desktop.domain import procedure_crisis
from desktop.domain.escalation import AbuseKind, Feeling
from desktop.domain.events import EscalationFiled, ProcedureChanged
from desktop.domain.phone import Announced
from desktop.domain.policy import AbuseClass
from desktop.domain.practice import END_STEP, FIRST_WARNING, Turn
from desktop.domain.procedure_state import Phase, Procedure, Said
from desktop.services.desk_services import DeskServices

KEY_S = 0.7
"""The window takes two presses of F12 within 0.6 s for one."""
STATE_S, SOUND_S, LOOK_S = 5.0, 40.0, 0.02
TRIES = 3
"""How often something worse that is heard meanwhile may change the ladder under a key."""
FIRST_LINE_KEY = 7
KINDS, FEELINGS = tuple(AbuseKind), tuple(Feeling)


class GuardFailed(Exception):
    """The window did not do what a key must do; the message says which."""


class GuardWindow(Protocol):
    """The window, as far as the procedure is worked with it."""

    @property
    def situation(self) -> str:
        """What the window shows now."""

    def press(self, action: str) -> bool:
        """Trigger an action by its name; False where it is disabled."""

    def choose(self, digit: int) -> bool:
        """Ctrl+1..9."""

    def escape(self) -> bool:
        """Esc."""

    def type_right(self, text: str) -> None:
        """Keys into what has, or last had, the focus at the right."""

    def take_picture(self, name: str) -> None:
        """A screenshot, where they were asked for."""


class Guard:
    """One call's procedure. `tell` gets the events.

    `played` are the sound files that the desk has played into the call to their end.
    """

    def __init__(
        self,
        services: DeskServices,
        window: GuardWindow,
        tell: Callable[..., None],
    ) -> None:
        self._services, self._window, self._tell = services, window, tell
        self._protection = services.protection
        self._before = Procedure()
        self._pressed = float("-inf")
        self._filed = ""
        self.played: list[Path] = []
        services.bus.subscribe(ProcedureChanged, lambda event: self._changed(event.state))
        services.bus.subscribe(EscalationFiled, self._report_filed)
        services.bus.subscribe(Announced, self._announced)

    @property
    def _state(self) -> Procedure:
        return self._protection.state

    # abuse
    async def take_step(
        self, turn: Turn, labels: tuple[str, ...], speak: Callable[[], Awaitable[None]]
    ) -> str:
        """Take the step of an agent's turn after a caller's line with `labels`; the words that were said.

        `speak` says the turn in the agent's own voice. Raises GuardFailed.
        """
        wanted = self._class_for(labels)
        await self._open(wanted)
        self._window.take_picture(f"procedure-{turn.step}")
        if turn.step == FIRST_WARNING or not await self._sound_is_there():
            await self._say_it(speak)
            words = turn.text
        else:
            words = (await self._play_it(wanted)).text
        if turn.step == END_STEP:
            await self._press("red_button")
        return words

    def _class_for(self, labels: tuple[str, ...]) -> AbuseClass:
        policy = self._protection.policy
        return policy.class_for(labels) or policy.class_of(policy.default_class)

    async def _open(self, wanted: AbuseClass) -> None:
        """The ladder of `wanted`, whatever the transcript made of the caller's words."""
        if self._state.crisis_hint is not None:
            self._window.escape()
        if self._state.phase is Phase.LISTENING:
            await self._press("red_button")
            await self._until(lambda: self._state.phase is Phase.LADDER, "F12 opens the procedure")
        if self._state.class_id != wanted.id:
            await self._press("change_type")
            self._window.choose(self._protection.policy.classes.index(wanted) + 1)
            await self._until(lambda: self._state.class_id == wanted.id, "Ctrl+T changes the type")

    async def _sound_is_there(self) -> bool:
        """Whether the desk can play the next sentence; it knows a moment after the sentence has come up."""
        await asyncio.sleep(KEY_S)
        return self._protection.can_play

    async def _say_it(self, speak: Callable[[], Awaitable[None]]) -> None:
        before = len(self._complete())
        await speak()
        await self._press("said_it")
        await self._until(lambda: len(self._complete()) > before, "Shift+F12 notes the sentence")

    async def _play_it(self, wanted: AbuseClass) -> Said:
        before = len(self._complete())
        for _ in range(TRIES):
            await self._open(wanted)
            await self._press("red_button")
            await self._until(
                lambda: self._begun(before) or self._state.class_id != wanted.id,
                "F12 plays the next sentence",
            )
            if self._begun(before):
                break
        await self._until(lambda: len(self._complete()) > before, "the sentence is played", SOUND_S)
        return self._complete()[-1]

    def _begun(self, before: int) -> bool:
        """Whether the sentence after so many is on its way, or was short enough to be over when somebody looks."""
        return self._state.pending is not None or len(self._complete()) > before

    def _complete(self) -> list[Said]:
        return [said for said in self._state.said if said.complete]

    # crisis
    async def enter_crisis(self) -> None:
        """F11. Raises GuardFailed."""
        await self._press("crisis")
        await self._until(lambda: self._state.in_crisis, "F11 opens the crisis path")
        await self._until(lambda: self._window.situation == "crisis", "the crisis panel is there")

    async def note(self, turn: Turn) -> None:
        """What was found out in a turn. Raises GuardFailed."""
        policy = self._protection.policy
        if turn.place:
            self._window.type_right(turn.place)
            await self._until(lambda: self._state.crises[-1].place == turn.place, "the place is noted")
        order = [check.id for check in policy.crisis.checks]
        for check in turn.checks:
            if check not in order:
                raise GuardFailed(f"the policy has no check {check} for a crisis")
            self._window.choose(order.index(check) + 1)
            await self._until(partial(self._noted, check), f"{check} is ticked")
        if turn.line:
            self._bring_in(turn.line)
        if turn.place or turn.checks or turn.line:
            self._window.take_picture("crisis")

    def _noted(self, check: str) -> bool:
        return check in dict(self._state.crises[-1].checks)

    def _bring_in(self, line: str) -> None:
        lines = [each.id for each in procedure_crisis.lines_to_call(self._protection.policy)]
        if line not in lines:
            raise GuardFailed(f"the policy has no number for {line}")
        self._window.choose(FIRST_LINE_KEY + lines.index(line))

    # report
    async def report(self, kind: AbuseKind) -> None:
        """Three digits and Ctrl+Enter, once the call is over. Raises GuardFailed."""
        await self._until(lambda: self._window.situation == "report", "the report is open")
        await self._services.background.settle()
        for digit in (
            KINDS.index(kind) + 1,
            1 + (kind is AbuseKind.THREAT),
            1 + FEELINGS.index(Feeling.SHAKEN),
        ):
            self._window.type_right(str(digit))
        self._window.take_picture("report")
        await self._press("send_report")
        await self._until(lambda: self._filed, "the report is saved")

    # inside
    async def _press(self, action: str) -> None:
        if action == "red_button":
            await asyncio.sleep(max(0.0, self._pressed + KEY_S - self._services.clock.mono()))
            self._pressed = self._services.clock.mono()
        if not self._window.press(action):
            raise GuardFailed(f"the window does not offer the action {action}")

    async def _until(self, what: Callable[[], object], expected: str, seconds: float = STATE_S) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not what():
                    await asyncio.sleep(LOOK_S)
        except TimeoutError:
            raise GuardFailed(f"nothing happened for {seconds:.0f} s where {expected}") from None

    def _changed(self, state: Procedure) -> None:
        """Tell what is new: a step said to its end, the crisis path, a check, the end that was asked for."""
        before, self._before = self._before, state
        for said in state.said[len(before.said) :]:
            if said.complete:
                self._tell("procedure", step=said.kind.value, method=said.method.value)
        if len(state.crises) > len(before.crises):
            self._tell("procedure", step="crisis", method="key")
        known = _noted_in(before)
        for check in _noted_in(state):
            if check not in known:
                self._tell("crisis", check=check)
        if state.end is not None and before.end is None:
            self._tell("procedure", step="end", method=state.end.by)

    def _report_filed(self, event: EscalationFiled) -> None:
        self._filed = event.escalation.id
        kind = event.escalation.form.kind
        self._tell("report", id=self._filed, kind=kind.value if kind else "")

    def _announced(self, event: Announced) -> None:
        if event.whole:
            self.played.append(Path(event.file))


def _noted_in(state: Procedure) -> list[str]:
    found = []
    for visit in state.crises:
        found += [check for check, _ in visit.checks] + ["place"] * bool(visit.place)
        found += [line for line, _ in visit.lines]
    return found
