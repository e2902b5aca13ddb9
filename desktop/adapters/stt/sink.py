"""Who hears what the transcriber finds."""

from __future__ import annotations

from typing import Protocol

from desktop.domain.transcript import Span


class Sink(Protocol):
    """Who is told. Times are seconds since the leg's media began. Called under the transcriber's lock."""

    def hypothesis(self, call: str, leg: str, text: str, stable: int, start: float, end: float) -> None:
        """Running speech; `text` is "" where a hypothesis turned out to be no speech."""

    def segment(
        self,
        call: str,
        leg: str,
        text: str,
        confidence: float,
        start: float,
        end: float,
        doubts: tuple[Span, ...] = (),
    ) -> None:
        """Final text; `doubts` are stretches of it that the engine did not trust."""

    def done(self, call: str, leg: str, sample: int) -> None:
        """Everything before this sample number has been turned into text or is silence."""

    def drained(self, call: str) -> None:
        """All sound of an ended call has been dealt with; `voices` still knows its legs."""

    def gap(self, call: str, leg: str, start: float, end: float) -> None:
        """There is no sound of this stretch."""

    def lost(self, call: str, leg: str, start: float, end: float) -> None:
        """What was said in this stretch can't be written any more."""

    def unread(self, call: str, leg: str, unread: bool) -> None:
        """Whether somebody has spoken on this leg for a while and no text came of it."""

    def broken(self, reason: str) -> None:
        """The engine fails again and again and is not used any more."""
