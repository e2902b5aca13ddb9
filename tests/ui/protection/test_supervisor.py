"""The supervisor is one key away in a bad call, and the key is shown where the agent looks."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from desktop.ui.protection.supervisor_button import SupervisorButton
from tests.ui.call.test_second_line import BOSS, press, talking
from tests.ui.conftest import WindowFactory
from tests.ui.geometry import place

PLACES = {"red_button": "procedure", "crisis": "crisis"}


def shown_button(window: MainWindow, page: str) -> SupervisorButton:
    assert isinstance(window.panes, DeskPanes)
    button = getattr(window.panes, page).supervisor
    assert isinstance(button, SupervisorButton)
    assert button.isVisible()
    assert window.rect().contains(place(window, button))
    return button


@pytest.mark.parametrize("path", PLACES)
def test_it_is_shown_with_its_key_and_calls(make_window: WindowFactory, path: str) -> None:
    window, desk = talking(make_window)
    press(window, desk, path)
    button = shown_button(window, PLACES[path])
    assert button.toolTip() == "Call supervisor  F10"
    desk.do(button.click)
    in_crisis = path == "crisis"
    assert (desk.phone.told[-1][:2] == ("add", BOSS)) is in_crisis, "in a crisis the caller never waits"
    assert (("hold", "c1", True) in desk.phone.told) is not in_crisis
    assert not button.isEnabled()
    assert "While the second line is free" in button.accessibleDescription()
    desk.do(desk.phone.second_answers)
    desk.do(desk.phone.second_ends)
    assert button.isEnabled()
    assert "line" not in button.accessibleDescription()


def test_f10_in_the_field_of_the_place_marks_that_help_was_called(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    press(window, desk, "crisis")
    assert isinstance(window.panes, DeskPanes)
    crisis = window.panes.crisis
    crisis.place.setFocus()
    before = crisis.supervisor.sizeHint().width()
    desk.do(partial(QTest.keyClick, crisis.place, Qt.Key.Key_F10))
    assert desk.services.protection.state.crises[-1].supervisor is not None
    assert "called" in crisis.supervisor.toolTip()
    assert crisis.supervisor.sizeHint().width() > before, "a tick stands before the word"
    assert crisis.place.hasFocus()


CRISIS_SIZES = {
    (1366, 697, 100): False,
    (1093, 558, 100): True,
    (911, 465, 100): True,
    (1366, 768, 200): False,
}
"""Screens in logical pixels with the text's size, and whether there is room for two columns."""


@pytest.mark.parametrize("screen", CRISIS_SIZES)
def test_the_place_is_in_sight_in_every_crisis(
    make_window: WindowFactory, screen: tuple[int, int, int]
) -> None:
    window, desk = make_window(*screen[:2], language="en", text_size=screen[2])
    desk.do(desk.phone.ring)
    press(window, desk, "answer")
    press(window, desk, "crisis")
    assert isinstance(window.panes, DeskPanes)
    crisis = window.panes.crisis
    seen = [crisis.place, *crisis.checks[: CRISIS_SIZES[screen]]]
    for part in seen:
        assert part.visibleRegion().boundingRect() == part.rect(), part.accessibleName()
    assert crisis._halves.beside == bool(CRISIS_SIZES[screen])
    assert crisis.lines[0].text().startswith("119")
