"""Every situation that the pictures show, as a screen reader is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from desktop.ui.application import LANGUAGES
from desktop.ui.main_window import MainWindow
from tests.pictures.camera import MAIN
from tests.pictures.first_window import first_window
from tests.pictures.scenes import Scenes
from tests.ui.accessible import Node, faults, tree
from tests.ui.fakes import Desk


class Listener:
    """Stands where the camera does and reads the tree instead."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        self._desk, self._window = desk, window
        self.heard: dict[str, Node] = {}

    def shoot(self, situation: str, again: Callable[[], object] | None = None) -> None:
        """Keep what is told of a situation."""
        if again is not None:
            self._desk.do(again)
        self.heard[situation] = tree(self._window)


@pytest.fixture(scope="module", params=LANGUAGES)
def heard(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[dict[str, Node]]:
    """The trees of all situations in one language."""
    QAccessible.setActive(True)
    with first_window() as (desk, window):
        listener = Listener(desk, window)
        Scenes(listener, desk, window).all(request.param)
        yield listener.heard
    QAccessible.setActive(False)


def test_whoever_does_not_see_can_make_out_every_part(heard: dict[str, Node]) -> None:
    assert set(MAIN) <= heard.keys()
    found: dict[str, str] = {}
    for situation, root in heard.items():
        for fault in faults(root):
            found.setdefault(fault, situation)
    assert not found, "\n".join(f"{situation}: {fault}" for fault, situation in found.items())
