"""What the protection needs of the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from desktop.domain.policy import Policy, Sentence
from desktop.domain.procedure_state import Procedure
from desktop.domain.strikes import Strike


class Verdict(NamedTuple):
    """What the detector hears in one segment: labels, the words as they stand there, and why."""

    labels: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    why: str = ""


class Detector(Protocol):
    """Judges what a citizen says, turn by turn."""

    def start(self) -> None:
        """Get ready, on a thread."""

    async def judge(self, call_id: str, t: float, language: str, text: str) -> Verdict:
        """One segment of the citizen that ended at second `t`; one after the other. Never raises, takes milliseconds.

        Until it is ready, and where it has to read a language first, it takes longer, on a thread.
        """

    def glance(self, language: str, text: str) -> tuple[str, ...]:
        """The words of running speech that a rule fits; nothing is remembered, and nothing found that is not read yet.

        Never raises, takes milliseconds.
        """


class Voices(Protocol):
    """The texts of the policy as sound."""

    def file(self, sentence: Sentence) -> tuple[Path, float] | None:
        """The checked audio file that says a sentence and its seconds; None where the agent has to say it. Blocks."""


@dataclass(frozen=True, slots=True)
class ProtectionParts:
    """What the site brings. `caller_key` turns a number into the keyed hash by which its incidents are kept."""

    policy: Policy
    detector: Detector
    voices: Voices
    caller_key: Callable[[str], str]


class ProcedureRecords(Protocol):
    """Writers return when the rows are on disk. Every method raises StorageError."""

    async def save_procedure(self, call_id: str, state: Procedure, policy: str) -> None:
        """Replace the procedure of a call; `policy` is the digest of the policy in force."""

    async def procedure(self, call_id: str) -> Procedure | None:
        """The procedure of a call."""

    async def save_strike(self, strike: Strike) -> None:
        """Insert or replace the strike of a call."""

    async def forget_strike(self, call_id: str) -> None:
        """The call was no incident after all."""

    async def strikes_of(self, caller: str) -> Sequence[Strike]:
        """All strikes of a caller (a keyed hash)."""
