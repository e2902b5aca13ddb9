"""The course of a practice call: whose turn it is, when the caller goes on, when it asks and when it gives up.

Pure: time comes in as seconds of any monotonic clock, sound as "voice or none", and what to do goes out as actions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.domain.practice import Turn

PAUSE_S = 0.7
"""The caller goes on when the agent has been silent for this long."""
LEAST_VOICE_S = 0.3
"""Less voice than this is a breath or a click, not an answer."""
NOTHING_HEARD_S = 20.0
"""After this long without any voice the caller asks whether somebody is there, after as long again it hangs up."""
ON_HOLD_S = 180.0
"""How long the caller lets itself be kept on hold."""
CLOSING_S = 0.5
"""From the end of the agent's closing to the end of the call."""
FAREWELL_S = 5.0
"""How long the caller waits for a closing that the scenario does not have."""


@dataclass(frozen=True, slots=True)
class SpeakLine:
    """Say the caller's line of turn `number` (counted from 1, agent's turns included)."""

    number: int


@dataclass(frozen=True, slots=True)
class AskWhoIsThere:
    """Say "여보세요?"."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call."""


@dataclass(frozen=True, slots=True)
class TurnOver:
    """A turn has been spoken, from `started` to `ended`."""

    number: int
    turn: Turn
    started: float
    ended: float


Action = SpeakLine | AskWhoIsThere | HangUp | TurnOver


class _Phase(Enum):
    LISTENING = "the agent's turn"
    READY = "the caller's turn, not begun"
    SPEAKING = "the caller speaks"
    ASKING = "the caller asks whether somebody is there"
    CLOSING = "everything is said"
    OVER = "the call is over"


class Conversation:
    """Follows one call through its turns. `begin` first, then `hear` for each frame, `spoken` after each line.

    All times are seconds of the same monotonic clock and never go back.
    """

    def __init__(self, turns: Sequence[Turn]) -> None:
        self._turns = tuple(turns)
        self._at = 0
        self._phase = _Phase.OVER
        self._began = self._since = self._quiet_since = 0.0
        self._voice_began: float | None = None
        self._burst_began: float | None = None
        self._voiced = 0.0
        self._voice_ended = 0.0
        self._asked = False
        self._hold_began: float | None = None

    def begin(self, now: float) -> list[Action]:
        """The call was answered."""
        self._began = now
        return self._next(now)

    def hear(self, now: float, seconds: float, voice: bool) -> list[Action]:
        """The last `seconds` up to `now` held voice or none."""
        self._note_voice(now, seconds, voice)
        match self._phase:
            case _Phase.LISTENING:
                return self._listen(now)
            case _Phase.READY if now >= self._since:
                return self._speak(now)
            case _Phase.CLOSING if now >= self._since:
                self._phase = _Phase.OVER
                return [HangUp()]
        return []

    def spoken(self, now: float) -> list[Action]:
        """The line or the question has been said to its end."""
        if self._phase is _Phase.ASKING:
            self._listen_from(now)
        elif self._phase is _Phase.SPEAKING:
            number, turn = self._at + 1, self._turns[self._at]
            self._at += 1
            return [TurnOver(number, turn, self._since, now), *self._next(now)]
        return []

    def hold(self, now: float, on: bool) -> None:
        """The agent put the call on hold or took it back; waiting on hold is not silence."""
        self._hold_began = now if on else None
        self._quiet_since = now

    def end(self) -> None:
        """The call ended on the wire."""
        self._phase = _Phase.OVER

    def _next(self, now: float) -> list[Action]:
        if self._at == len(self._turns):
            self._phase, self._since = _Phase.CLOSING, now + CLOSING_S
            if self._turns[-1].who == "caller":
                self._since = now + FAREWELL_S
            return []
        turn = self._turns[self._at]
        self._asked = False
        if turn.who == "agent":
            self._listen_from(now)
            return []
        following_itself = self._at > 0 and self._turns[self._at - 1].who == "caller"
        self._phase = _Phase.READY
        self._since = max(self._began + turn.earliest_s, now + (PAUSE_S if following_itself else 0.0))
        return self._speak(now) if now >= self._since else []

    def _speak(self, now: float) -> list[Action]:
        self._phase, self._since = _Phase.SPEAKING, now
        return [SpeakLine(self._at + 1)]

    def _listen_from(self, now: float) -> None:
        self._phase = _Phase.LISTENING
        self._quiet_since = now
        # Who is speaking already has begun an answer; what was said and done with before has not.
        self._voice_began = self._burst_began
        self._voiced = now - self._burst_began if self._burst_began is not None else 0.0

    def _note_voice(self, now: float, seconds: float, voice: bool) -> None:
        if not voice:
            self._burst_began = None
            return
        if self._burst_began is None:
            self._burst_began = now - seconds
        if self._voice_began is None:
            self._voice_began = now - seconds
        self._voiced += seconds
        self._voice_ended = self._quiet_since = now

    def _listen(self, now: float) -> list[Action]:
        silent = now - self._voice_ended
        if self._burst_began is None and self._voice_began is not None and silent >= PAUSE_S:
            if self._voiced >= LEAST_VOICE_S:
                over = TurnOver(self._at + 1, self._turns[self._at], self._voice_began, self._voice_ended)
                self._at += 1
                return [over, *self._next(now)]
            self._voice_began, self._voiced = None, 0.0
        return self._mind_silence(now)

    def _mind_silence(self, now: float) -> list[Action]:
        if self._hold_began is not None:
            gave_up = now - self._hold_began >= ON_HOLD_S
        elif now - self._quiet_since < NOTHING_HEARD_S:
            return []
        elif not self._asked:
            self._asked, self._phase = True, _Phase.ASKING
            return [AskWhoIsThere()]
        else:
            gave_up = True
        if not gave_up:
            return []
        self._phase = _Phase.OVER
        return [HangUp()]
