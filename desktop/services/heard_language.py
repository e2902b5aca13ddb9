"""The language that a caller speaks, by what was transcribed so far."""

from __future__ import annotations

from desktop.domain.language import SpokenLanguage
from desktop.domain.transcript import Leg, Segment


class HeardLanguage:
    """Reads each line once; the list of another call begins anew."""

    def __init__(self) -> None:
        self._spoken, self._read = SpokenLanguage(), 0
        self._lines: list[Segment] = []

    def of(self, lines: list[Segment]) -> str:
        """A language code, "" while it is not clear."""
        if lines is not self._lines:
            self._spoken, self._lines, self._read = SpokenLanguage(), lines, 0
        for line in lines[self._read :]:
            if line.leg is Leg.CALLER:
                self._spoken.add(line.text)
        self._read = len(lines)
        return self._spoken.language or ""
