"""A typing desk is killed twenty times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.test_power_cut import die_often


@pytest.mark.long
def test_twenty_deaths(tmp_path: Path) -> None:
    die_often(tmp_path, 20)
