"""What the shipped detector hears in the callers' lines of practice, beside what the scenarios say it should hear."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from desktop.adapters.abuse.desk_detector import DeskDetector
from desktop.adapters.practice.scenarios import load_scenarios
from desktop.paths import resources

TURN_S = 10.0
"""Seconds from the end of one line to the end of the next, about as in the call."""
KNOWN_MISSES = {
    "S10 6": "the insult is heard as profanity alone",
    "S12 4": "a promise that is read into the agent's words is not heard as persistence",
    "S12 6": "holding the line is heard as persistence only late in a call, which this scenario tells in two minutes",
}
"""Strict: whoever teaches the detector one of them takes its line out of here."""


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, ...]]:
    """The labels of every caller's line, by scenario and turn, the lines of a call in their order."""
    detector = DeskDetector(tmp_path_factory.mktemp("config"), "ko", lambda sentence: pytest.fail(sentence))
    detector.start()
    return asyncio.run(labels_of_all(detector))


async def labels_of_all(detector: DeskDetector) -> dict[str, tuple[str, ...]]:
    """What it hears."""
    found = {}
    for scenario in SCENARIOS:
        for number, turn in enumerate(scenario.turns, 1):
            if turn.who == "caller":
                verdict = await detector.judge(scenario.id, number * TURN_S, scenario.language, turn.text)
                found[f"{scenario.id} {number}"] = verdict.labels
    return found


SCENARIOS = load_scenarios(Path(resources()) / "practice" / "scenarios.yaml")
LINES = {
    f"{scenario.id} {number}": turn.labels
    for scenario in SCENARIOS
    for number, turn in enumerate(scenario.turns, 1)
    if turn.who == "caller"
}


def lines() -> list[object]:
    """Every caller's line; those that are known to be missed must be missed."""
    return [
        pytest.param(
            line,
            marks=[pytest.mark.xfail(strict=True, reason=KNOWN_MISSES[line])] if line in KNOWN_MISSES else [],
        )
        for line in LINES
    ]


@pytest.mark.parametrize("line", lines())
def test_a_line_is_heard_as_the_scenario_says(heard: dict[str, tuple[str, ...]], line: str) -> None:
    wanted, found = set(LINES[line]), set(heard[line])
    # A threat may be called persistent as well; a line without labels must be heard as nothing at all.
    assert wanted <= found if wanted else not found


def test_no_line_of_abuse_is_heard_as_a_crisis(heard: dict[str, tuple[str, ...]]) -> None:
    assert [
        line for line, wanted in LINES.items() if wanted and "CRISIS" in set(heard[line]) - set(wanted)
    ] == []
