"""Every practice call that is offered, from ring to database; words are asked of those whose words the model knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.adapters.practice.scenarios import load_scenarios
from desktop.paths import resources
from tests.conftest import Measured
from tests.journeys.test_practice import names, practise

RECOGNISED = tuple(f"S{number:02d}" for number in range(1, 9))
NO_WORDS = "no transcript in this call"
MOST_SECONDS = 240


def offered() -> list[str]:
    """Scenarios that need nothing that is not there."""
    return [each.id for each in load_scenarios(resources() / "practice" / "scenarios.yaml") if each.offered]


@pytest.mark.long
@pytest.mark.timeout(MOST_SECONDS * 12)
def test_every_offered_call_runs_to_its_end(tmp_path: Path, measured: Measured) -> None:
    figures: dict[str, object] = {}
    assert len(offered()) == 12
    for scenario in offered():
        code, events, sentences = practise(tmp_path / scenario, "--scenario", scenario)
        summary = events[-1]
        complaints = [line for line in sentences.splitlines() if line.startswith("dasan-desk practice:")]
        assert [
            name for name in names(events) if name in ("ringing", "answered", "ended", "wrapup_saved")
        ] == [
            "ringing",
            "answered",
            "ended",
            "wrapup_saved",
        ]
        assert code == 0, complaints
        assert [NO_WORDS in line for line in complaints] == [True] * (scenario not in RECOGNISED), complaints
        assert (summary["records"]["segments"] > 0) == (scenario in RECOGNISED)
        assert summary["records"]["notes"] is True
        for leg in ("caller", "agent"):
            heard, played = summary["seconds_heard"][leg], summary["seconds_played"][leg]
            assert abs(heard - played) <= 0.2 * played
        seconds = events[-2]["mono"] - events[0]["mono"]
        assert seconds < MOST_SECONDS
        keys = ("seconds_heard", "seconds_played", "lines", "lines_with_segment", "cer", "article_suggested")
        kept = json.dumps({key: summary[key] for key in keys}, ensure_ascii=False)
        figures[scenario] = f"exit {code}, {seconds:.0f} s, {kept}"
    measured("practice", figures)
