"""Practice scenarios: who says what in a call that a simulated citizen makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Who = Literal["agent", "caller"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the conversation.

    `text` is how it is written (of the agent: a good answer, not the only one), `say` how it is read aloud; both with
    names filled in. `earliest_s` holds a caller's line back until that many seconds after the call's begin.
    """

    who: Who
    text: str
    say: str
    earliest_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Voice:
    """How the caller's lines are rendered: variant of the synthesiser's voice, words a minute, pitch 0 to 99."""

    variant: str
    speed: int
    pitch: int


@dataclass(frozen=True, slots=True)
class ModelWrapUp:
    """What a good write-up of the call says."""

    category: str
    summary: str
    result: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """One practice call. `needs` names procedures of the desk without which it cannot be practised."""

    id: str
    title: str
    language: str
    category: str
    level: int
    minutes: int
    needs: tuple[str, ...]
    faq: tuple[str, ...]
    goal: str
    caller_name: str
    caller_mood: str
    voice: Voice
    turns: tuple[Turn, ...]
    wrapup: ModelWrapUp

    @property
    def offered(self) -> bool:
        """Whether the call can be taken: it needs nothing that is not there."""
        return not self.needs
