"""What `bench/phone.py` makes of what it measured."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bench.phone_measure.flood import THEIR_HERTZ, foreign_blocks
from bench.phone_measure.report import BARESIP, PRODUCT, Bar, Report

RATE = 8000


def test_a_line_says_whether_the_bar_holds_and_how_far_the_baseline_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = Report()
    report.times("invite", "INVITE to 180", {PRODUCT: [1.0, 2.0, 9.0], BARESIP: [0.5, 0.5, 0.5]}, Bar(5.0))
    report.times("invite", "nothing measured", {PRODUCT: []}, Bar(5.0))
    report.amount("memory", "PSS", "MB", {PRODUCT: 54.0, BARESIP: 4.5}, Bar(75.0))
    late, none, small = map(json.loads, capsys.readouterr().out.splitlines())
    assert (late["holds"], late["ratio_to_baresip"], late[PRODUCT]["p95"]) == (False, 4.0, 9.0)
    assert none["holds"] is False
    assert (small["holds"], small["ratio_to_baresip"]) == (True, 12.0)
    assert report.missed == 2


def tone(seconds: float, hertz: float = THEIR_HERTZ) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return 0.25 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)


def test_what_is_not_the_tone_counts_and_silence_at_the_end_does_not() -> None:
    chance = np.random.default_rng(7)
    noise = 0.25 * chance.standard_normal(RATE)
    assert foreign_blocks(np.concatenate([tone(3), np.zeros(RATE)]), RATE) == 0
    assert foreign_blocks(np.concatenate([tone(2), noise, tone(2)]), RATE) == 10
    assert foreign_blocks(np.concatenate([tone(2), noise]), RATE) >= 7
    assert foreign_blocks(noise, RATE) == 10
