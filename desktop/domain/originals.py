"""What of a call is masked on the screen, one thing at a time: its number, its notes, each line of what was said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.transcript import Segment


class ItemKind(StrEnum):
    """What an item is."""

    NUMBER = "number"
    NOTES = "notes"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class CallItem:
    """One thing of a call. A line is named by whose it is and its start in seconds since the media began."""

    kind: ItemKind
    leg: str = ""
    start: float = 0.0

    def fields(self) -> dict[str, object]:
        """How the log of accesses names it: none of its words."""
        if self.kind is ItemKind.LINE:
            return {"item": self.kind.value, "leg": self.leg, "start": self.start}
        return {"item": self.kind.value}


NUMBER, NOTES = CallItem(ItemKind.NUMBER), CallItem(ItemKind.NOTES)


def line_item(segment: Segment) -> CallItem:
    """The item that a segment is."""
    return CallItem(ItemKind.LINE, segment.leg.value, segment.start)
