"""Every situation that the pictures show, as a screen reader is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.ui.application import LANGUAGES
from desktop.ui.bars.bar import Bar
from desktop.ui.commands.overlay import CommandOverlay
from desktop.ui.main_window import MainWindow
from desktop.ui.practice.strip import PracticeStrip
from desktop.ui.theme.tokens import TEXT_PAIRS
from desktop.ui.widgets import Label, Paragraph, Toast
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
        self.pairs: dict[tuple[str, str], str] = {}

    def shoot(self, situation: str, again: Callable[[], object] | None = None) -> None:
        """Keep what is told of a situation."""
        if again is not None:
            self._desk.do(again)
        self.heard[situation] = tree(self._window)
        for label in self._window.findChildren(QLabel):
            if isinstance(label, Label | Paragraph) and label.isVisible() and label.text():
                self.pairs.setdefault((label.colour, ground_of(label)), f"{situation}: {label.text()}")

    def pass_by(self, situation: str) -> None:
        """Not drawn in this language, but heard."""
        self.shoot(situation)


def ground_of(widget: QWidget) -> str:
    """The token of what a widget stands on: the nearest of its parents that has a ground."""
    parent = widget.parentWidget()
    while parent is not None:
        for mark, ground in (("ringing", "accentSoft"), ("card", "surface"), ("band", "subtle")):
            if parent.property(mark):
                return ground
        if isinstance(parent, Bar | Toast | PracticeStrip | CommandOverlay):
            return "surface"
        parent = parent.parentWidget()
    return "window"


@pytest.fixture(scope="module", params=LANGUAGES)
def listener(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Listener]:
    """The trees of all situations in one language."""
    QAccessible.setActive(True)
    with first_window() as (desk, window):
        listener = Listener(desk, window)
        Scenes(listener, desk, window).all(request.param)
        yield listener
    QAccessible.setActive(False)


def test_whoever_does_not_see_can_make_out_every_part(listener: Listener) -> None:
    assert set(MAIN) <= listener.heard.keys()
    found: dict[str, str] = {}
    for situation, root in listener.heard.items():
        for fault in faults(root):
            found.setdefault(fault, situation)
    assert not found, "\n".join(f"{situation}: {fault}" for fault, situation in found.items())


def test_every_line_stands_on_a_ground_that_it_is_tested_on(listener: Listener) -> None:
    assert len(listener.pairs) > 8
    wrong = {pair: where for pair, where in listener.pairs.items() if pair not in TEXT_PAIRS}
    assert not wrong, wrong
