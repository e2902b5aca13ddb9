"""The desk is killed at every point of the protection's path."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Measured
from tests.journeys.protected_desk import CRISIS_POINTS, POINTS
from tests.journeys.test_protection_deaths import dies_and_goes_on


@pytest.mark.long
def test_a_death_at_every_point(tmp_path: Path, measured: Measured) -> None:
    points = [("abuse", point) for point in POINTS] + [("crisis", point) for point in CRISIS_POINTS]
    for path, point in points:
        folder = tmp_path / f"{path} {point}"
        folder.mkdir()
        dies_and_goes_on(folder, path, point)
    measured(
        "protection-deaths",
        {f'{path}: killed at "{point}"': "nothing lost, nothing doubled" for path, point in points},
    )
