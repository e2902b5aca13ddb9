"""Events that wait for what is more urgent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.adapters.sip.told_after import told_after


class Teller:
    """Keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[dict[str, object]] = []
        self.post: Callable[[dict[str, object]], None] = self.told.append


def test_events_come_after_the_work_in_their_order_also_when_it_fails() -> None:
    teller = Teller()

    def work() -> None:
        with told_after(teller):
            teller.post({"n": 1})
            teller.post({"n": 2})
            assert teller.told == []
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        work()
    teller.post({"n": 3})
    assert [event["n"] for event in teller.told] == [1, 2, 3]
