"""A desk with a few answers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.ui.fakes import Desk, make_desk
from tests.ui.talking import FewAnswers


@pytest.fixture
def answers() -> FewAnswers:
    return FewAnswers()


@pytest.fixture
def desk(loop: asyncio.AbstractEventLoop, answers: FewAnswers) -> Iterator[Desk]:
    desk = make_desk(loop, answers)
    yield desk
    desk.close()
