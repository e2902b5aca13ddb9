"""Practice scenarios: who says what in a call that a simulated citizen makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.domain.escalation import AbuseKind

Who = Literal["agent", "caller"]
PROCEDURES = frozenset({"abuse procedure", "crisis procedure"})
"""What a scenario may need and this desk has."""
CRISIS_STEP, FIRST_WARNING, END_STEP = "crisis", "warn1", "end"
"""Steps of a turn that mean something of their own; any other name is the next step of the open ladder."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the conversation.

    `text` is how it is written (of the agent: a good answer, not the only one), `say` how it is read aloud; both with
    names filled in. `earliest_s` holds a caller's line back until that many seconds after the call's begin.
    `labels`: what a detector should hear in a caller's line. `step`: the step of the procedure that an agent's turn
    takes, "" for none. `checks`, `place`, `line`: what is noted on the crisis path when the turn is over.
    """

    who: Who
    text: str
    say: str
    earliest_s: float = 0.0
    labels: tuple[str, ...] = ()
    step: str = ""
    checks: tuple[str, ...] = ()
    place: str = ""
    line: str = ""


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
    """One practice call. `needs` names procedures of the desk without which it cannot be practised.

    `report` is the kind that the call is reported as; None where it deserves no report.
    """

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
    report: AbuseKind | None = None

    @property
    def offered(self) -> bool:
        """Whether the call can be taken: it needs nothing that is not there."""
        return PROCEDURES.issuperset(self.needs)

    @property
    def ladder_steps(self) -> int:
        """How many steps of a ladder are taken."""
        return sum(turn.step not in ("", CRISIS_STEP) for turn in self.turns)

    @property
    def checks(self) -> tuple[str, ...]:
        """All that is found out on the crisis path."""
        return tuple(check for turn in self.turns for check in turn.checks)


@dataclass(frozen=True, slots=True)
class ModelLineChanged:
    """An event: what a good agent would say now in the practice call; "" while it is not the agent's turn."""

    text: str
