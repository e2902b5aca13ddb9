"""Settings are whole whenever the writer is killed."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.settings import load
from tests.conftest import Measured

KILLS = 200
WRITER = Path(__file__).with_name("settings_writer.py")


@pytest.mark.long
def test_settings_are_whole_after_every_kill(tmp_path: Path, measured: Measured) -> None:
    file, chance = tmp_path / "settings.toml", random.Random(1)
    file.write_text("# my desk\n")
    writes = 0
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, str(WRITER), str(file)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            last = [writer.stdout.readline() for _ in range(chance.randint(1, 40))][-1]
            writer.kill()
            left = writer.stdout.read().splitlines()
        said = int(left[-1]) if left and left[-1] else int(last)
        loaded = load(file)
        assert loaded.problems == ()
        assert int(loaded.settings.agent_number) >= said
        assert file.read_text().startswith("# my desk\n")
        writes += said + 1
    measured("settings_kill", {"kills": KILLS, "writes": writes, "files lost or broken": 0})
