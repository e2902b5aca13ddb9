"""Which categories are proposed for a write-up, which lines sum a call up, and what a search for a category finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from desktop.domain.hangul import choseong
from desktop.domain.transcript import Leg, Segment

PROPOSALS = 3
KEY_LINES = 3
_SHORT = 8


def propose(opened: Sequence[str], offered: Sequence[str], every: Sequence[str]) -> list[str]:
    """Three categories, best first: of answers that were read (the last counts most), then offered ones, then any.

    `opened` and `offered` are categories in the order in which their articles came.
    """
    ranked = [*reversed(opened), *(name for name, _ in Counter(offered).most_common()), *every]
    return [name for name in dict.fromkeys(ranked) if name][:PROPOSALS]


def search(query: str, every: Iterable[str]) -> list[str]:
    """Categories that hold `query`, or whose initial consonants begin like it; all of them for no query."""
    wanted = query.strip().casefold()
    if not wanted:
        return list(every)
    return [name for name in every if wanted in name.casefold() or choseong(name).startswith(wanted)]


def key_lines(segments: Sequence[Segment]) -> list[str]:
    """The caller's longest sure lines, in the order in which they were said."""
    said = [s for s in segments if s.leg is Leg.CALLER and not s.unsure and len(s.text.strip()) >= _SHORT]
    longest = sorted(said, key=lambda s: len(s.text), reverse=True)[:KEY_LINES]
    return [s.text.strip() for s in sorted(longest, key=lambda s: s.start)]
