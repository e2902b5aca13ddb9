"""A speech process that takes too much memory ends in good order."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import NoReturn

import pytest

from desktop.processes.speech_memory import OVERFED, TIMES_OF_FILE, WITHOUT_MODEL, MemoryKeeper
from desktop.processes.speech_output import Output


class Left(Exception):
    """The process has ended."""


def leave(code: int) -> NoReturn:
    raise Left(code)


class Keeper:
    def __init__(self) -> None:
        self.held, self.limits = 0, list[int]()
        self.stream = io.BytesIO()
        self.keeper = MemoryKeeper(Output(self.stream), lambda: self.held, self._limit, leave)

    def _limit(self, most: int) -> bool:
        self.limits.append(most)
        return True


def test_it_ends_with_a_word_where_it_holds_more_than_its_models_are_worth(tmp_path: Path) -> None:
    model = tmp_path / "model.pt"
    model.write_bytes(b"\0" * 1000)
    made = Keeper()
    made.keeper.allow(str(model), "", str(tmp_path / "absent.pt"))
    most = WITHOUT_MODEL + TIMES_OF_FILE * 1000
    assert made.limits[0] > most
    made.held = most
    made.keeper.look()
    assert made.stream.getvalue() == b""
    made.held = most + 1
    with pytest.raises(Left, match=str(OVERFED)):
        made.keeper.look()
    told = json.loads(made.stream.getvalue())
    assert (told["event"], told["held"], told["allowed"]) == ("overfed", most + 1, most)
