"""Reports in the real window against a receiver that is away or fails: the lights say why, each arrives once."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.adapters.delivery import https
from tests.journeys.protected_window import LABEL, Hands, calling, settings
from tests.journeys.real_window import folders_of, real_window, until
from tests.peers.certificates import Authority
from tests.peers.headless import HeadlessPhone
from tests.peers.receiver import Receiver

SILENCE_S = 1.0
"""How long a receiver may keep quiet here."""
OFTEN = 50
"""More tries than are made until somebody has looked."""
FAILURES: tuple[tuple[int | str, str], ...] = (
    (500, "받는 곳에 오류"),
    ("hang", "제때 답하지"),
    ("drop", "연결이 끊겼"),
)
"""What a receiver does, and what the window says of it."""


async def waits(hands: Hands, citizen: HeadlessPhone, words: str) -> None:
    """A call with an insult is ended and reported; the lights say that the report waits, and why."""
    light = hands.real.window.light_bar.delivery
    await hands.takes(citizen)
    await hands.opens()
    hands.key(Qt.Key.Key_F8)
    await hands.form()
    await hands.sends(Qt.Key.Key_1)
    await until(lambda: words in light.toolTip() and light.isVisible(), why=light.toolTip)
    assert LABEL in light.toolTip()
    assert (light.text(), light.state) == ("신고서 1건 보내는 중", "warn")


async def fails_and_works_again(
    hands: Hands, citizen: HeadlessPhone, receiver: Receiver, step: int | str, words: str
) -> None:
    """A report meets this failure until somebody has looked; then it arrives."""
    await hands.is_done()
    receiver.release.clear()
    receiver.script.extend([step] * OFTEN)
    await waits(hands, citizen, words)
    receiver.script.clear()
    receiver.release.set()
    hands.real.desk.services.delivery.network_is_back()
    await until(hands.real.window.light_bar.delivery.isHidden)


def test_reports_wait_in_sight_and_arrive_once(
    tmp_path: Path, run: Callable[[Coroutine[Any, Any, None]], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(https, "SILENCE_S", SILENCE_S)
    authority = Authority.make(tmp_path)
    with Receiver(authority.server()) as gone:
        port, url = gone.port, gone.url
    target = f'kind = "https"\nurl = "{url}"\nca_file = "{authority.ca_file}"'
    where = folders_of(tmp_path, settings(tmp_path, target))

    async def journey() -> None:
        async with real_window(where) as real:
            hands, delivery = Hands(real), real.desk.services.delivery
            await waits(hands, citizen, "연결할 수 없")
            with Receiver(authority.server(), port) as receiver:
                delivery.network_is_back()
                await until(real.window.light_bar.delivery.isHidden)
                for step, words in FAILURES:
                    await fails_and_works_again(hands, citizen, receiver, step, words)
                await until(lambda: LABEL in real.window.toast.text)
                assert [each for each in await delivery.unsettled() if not each.supplement] == []
                taken.update(receiver.taken)
                tries.append(len(receiver.requests))

    taken: dict[str, int] = {}
    tries: list[int] = []
    with calling(tmp_path / "citizen") as citizen:
        run(journey())
    assert len(taken) == 1 + len(FAILURES)
    assert set(taken.values()) == {1}, "each once, whatever became of the answer"
    assert tries[0] >= len(taken) + len(FAILURES), "each was tried again"
