"""Words that are text already are found as fast in a long call as in a short one, and exactly as by looking at each."""

from __future__ import annotations

import random
from typing import Any

import pytest

from desktop.domain import stretches as stretches_module
from desktop.domain.stretches import Stretches
from desktop.domain.transcript import Leg, Segment, same_stretch


def segment(leg: Leg, start: float, end: float) -> Segment:
    return Segment("c1", leg, "네", 0.9, start, end)


def test_it_finds_what_looking_at_every_line_finds() -> None:
    chance, lines, stretches = random.Random(1), list[Segment](), Stretches()
    found = 0
    for _ in range(400):
        start = chance.uniform(0, 600)
        new = segment(chance.choice(list(Leg)), start, start + chance.choice((0.1, 1.0, 4.0, 30.0)))
        known = any(same_stretch(new, other) for other in lines)
        assert stretches.among(lines, new) is known
        found += known
        if not known:
            lines.append(new)
    assert 50 < found < 350


def test_another_list_begins_anew() -> None:
    said, stretches = segment(Leg.CALLER, 1.0, 2.0), Stretches()
    assert stretches.among([said], said)
    assert not stretches.among([], said)


def test_of_a_long_call_few_lines_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = compared = 0

    class Watched(list[Segment]):
        def __getitem__(self, places: Any) -> Any:
            nonlocal looked
            given = super().__getitem__(places)
            looked += len(given) if isinstance(given, list) else 1
            return given

    def counted(one: Segment, other: Segment) -> bool:
        nonlocal compared
        compared += 1
        return same_stretch(one, other)

    monkeypatch.setattr(stretches_module, "same_stretch", counted)
    lines = Watched(segment(Leg.CALLER, at * 2.0, at * 2 + 1.7) for at in range(5000))
    stretches = Stretches()
    assert not stretches.among(lines, segment(Leg.CALLER, 20_000, 20_001))
    looked = compared = 0
    lines.append(segment(Leg.CALLER, 20_000, 20_001))
    assert stretches.among(lines, segment(Leg.CALLER, 20_000.2, 20_001))
    assert looked == 1
    assert 1 <= compared <= 2
