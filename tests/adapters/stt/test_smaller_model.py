"""What a busy machine falls back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.adapters.stt.smaller_model import smaller_model


def write(folder: Path, **sizes: int) -> Path:
    for name, size in sizes.items():
        (folder / f"{name}.pt").write_bytes(b"\0" * size)
    return folder / "chosen.pt"


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ({}, ""),
        ({"base": 40_000, "tiny": 20_000}, "base"),
        ({"same": 95_000, "larger": 300_000}, ""),
        ({"cut": 5_000}, ""),
    ],
)
def test_the_largest_of_those_that_are_clearly_smaller(
    tmp_path: Path, others: dict[str, int], found: str
) -> None:
    chosen = write(tmp_path, chosen=100_000, **others)
    smaller = smaller_model(chosen)
    assert (smaller.stem if smaller else "") == found


def test_a_model_of_some_practice_calls_is_not_for_others(tmp_path: Path) -> None:
    chosen = write(tmp_path, chosen=100_000, practice=50_000)
    (tmp_path / "practice.toml").write_text('scenarios = ["S01"]\n')
    assert smaller_model(chosen) is None


def test_without_the_chosen_file_there_is_none(tmp_path: Path) -> None:
    assert smaller_model(tmp_path / "absent" / "model.pt") is None
