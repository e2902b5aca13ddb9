"""Who looks an answer up in the procedure or in a crisis comes back to it by one key."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.protection.test_procedure import press
from tests.ui.talking import FewAnswers, talk

PANELS = {"red_button": "procedure", "crisis": "crisis"}


def looking_up(make_window: WindowFactory, path: str) -> tuple[MainWindow, DeskPanes, Desk]:
    """The agent types in the search over the panel."""
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    desk.do(lambda: desk.services.faq.use(FewAnswers()))
    talk(desk)
    press(window, desk, path)
    press(window, desk, "search")
    field = window.panes.answers.field
    desk.do(partial(QTest.keyClicks, field, "119"))
    assert field.hasFocus()
    assert not getattr(window.panes, PANELS[path]).isVisible()
    return window, window.panes, desk


@pytest.mark.parametrize("path", PANELS)
def test_esc_comes_back_and_the_focus_with_it(make_window: WindowFactory, path: str) -> None:
    window, panes, desk = looking_up(make_window, path)
    assert (
        panes.answers._back.text()
        == {
            "red_button": "Back to the procedure",
            "crisis": "Back to the crisis call",
        }[path]
    )
    desk.do(partial(QTest.keyClick, panes.answers.field, Qt.Key.Key_Escape))
    panel = getattr(panes, PANELS[path])
    assert panel.isVisible()
    assert QApplication.focusWidget() is (panel.place if path == "crisis" else panel.type)
    press(window, desk, "search")
    assert panes.answers.field.text() == "119", "what was typed is still there"


def test_f11_comes_back_to_the_crisis(make_window: WindowFactory) -> None:
    window, panes, desk = looking_up(make_window, "crisis")
    desk.do(partial(QTest.keyClick, panes.answers.field, Qt.Key.Key_F11))
    assert panes.crisis.place.hasFocus()
    assert len(desk.services.protection.state.crises) == 1
    assert window.top_bar.crisis.isEnabled(), "it shows that this is a crisis"
    assert window.top_bar.crisis.kind == "care"


@pytest.mark.parametrize("name", ["red_button", "change_type"])
def test_a_step_of_the_procedure_is_never_taken_unseen(make_window: WindowFactory, name: str) -> None:
    window, panes, desk = looking_up(make_window, "red_button")
    desk.do(window.focus_notes)
    press(window, desk, name)
    assert panes.procedure.isVisible()
    assert window.notes.edit.hasFocus() == (name == "red_button"), "a choice takes the focus, a step does not"
