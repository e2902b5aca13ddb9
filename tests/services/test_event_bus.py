"""The bus: by type, in one order for all, no receiver harms another."""

from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import dataclass

import pytest

from desktop.services.event_bus import EventBus


@dataclass(frozen=True)
class Rang:
    number: int


@dataclass(frozen=True)
class Ended:
    number: int


def test_only_the_type_that_was_asked_for_until_it_is_ended() -> None:
    bus, heard = EventBus(), list[object]()
    end = bus.subscribe(Rang, heard.append)
    bus.publish(Rang(1))
    bus.publish(Ended(1))
    end()
    end()
    bus.publish(Rang(2))
    assert heard == [Rang(1)]


def test_what_a_receiver_publishes_comes_after_for_everybody() -> None:
    bus, heard = EventBus(), list[object]()
    bus.subscribe(Rang, lambda event: bus.publish(Ended(event.number)))
    bus.subscribe(Rang, heard.append)
    bus.subscribe(Ended, heard.append)
    bus.publish(Rang(1))
    assert heard == [Rang(1), Ended(1)]


def test_a_failing_receiver_is_logged_and_the_rest_run(caplog: pytest.LogCaptureFixture) -> None:
    bus, heard = EventBus(), list[object]()

    def fail(_event: Rang) -> None:
        raise KeyError("broken")

    bus.subscribe(Rang, fail)
    bus.subscribe(Rang, heard.append)
    with caplog.at_level(logging.ERROR):
        bus.publish(Rang(1))
    bus.publish(Rang(2))
    assert heard == [Rang(1), Rang(2)]
    assert "Rang" in caplog.text


def test_another_thread_may_publish_through_the_loop() -> None:
    bus, heard = EventBus(), list[tuple[object, bool]]()

    async def work() -> None:
        bus.attach(asyncio.get_running_loop())
        came = asyncio.Event()
        here = threading.get_ident()

        def receive(event: Rang) -> None:
            heard.append((event, threading.get_ident() == here))
            came.set()

        bus.subscribe(Rang, receive)
        await asyncio.to_thread(bus.publish_threadsafe, Rang(3))
        async with asyncio.timeout(5):
            await came.wait()

    asyncio.run(work())
    assert heard == [(Rang(3), True)]
    with pytest.raises(RuntimeError, match="not attached"):
        EventBus().publish_threadsafe(Rang(1))
