"""Widgets that nobody holds any more are destroyed on the thread of the window, whoever allocates meanwhile."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop.settings import Settings
from desktop.ui.application import make_application
from desktop.ui.garbage import GarbageCollector


def _cycle(end: Callable[[], None]) -> None:
    """Something that only the collector frees; then `end` is called."""

    class Held:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            end()

    Held()


def _allocate() -> int:
    """As many containers as would start the automatic collector often."""
    return len([[number] for number in range(100_000)])


def test_a_busy_thread_collects_nothing_and_the_window_s_thread_does(qapp: object) -> None:
    collector = make_application(Settings(language="en")).findChild(GarbageCollector)
    assert isinstance(collector, GarbageCollector)
    gc.collect()
    ended: list[threading.Thread] = []
    _cycle(lambda: ended.append(threading.current_thread()))
    with ThreadPoolExecutor(1) as other:
        assert other.submit(_allocate).result() == 100_000
    assert ended == []
    _allocate_and_look(collector)
    assert ended == [threading.main_thread()]


def _allocate_and_look(collector: GarbageCollector) -> None:
    kept = [[number] for number in range(2 * gc.get_threshold()[0])]
    collector.look()
    assert kept


def test_there_is_one_collector_however_often_the_application_is_made(qapp: object) -> None:
    for _ in range(2):
        application = make_application(Settings(language="en"))
    assert len(application.findChildren(GarbageCollector)) == 1
    assert not gc.isenabled()


def test_what_the_first_look_through_everything_leaves_is_not_looked_through_again(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector = make_application(Settings(language="en")).findChild(GarbageCollector)
    assert isinstance(collector, GarbageCollector)
    gc.unfreeze()
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 11))
    try:
        ended: list[str] = []
        _cycle(lambda: ended.append("before"))
        collector.look()
        assert ended == ["before"]
        aside = gc.get_freeze_count()
        assert aside > 1000
        _cycle(lambda: ended.append("after"))
        collector.look()
        assert (ended, gc.get_freeze_count() <= aside) == (["before", "after"], True)
    finally:
        gc.unfreeze()
