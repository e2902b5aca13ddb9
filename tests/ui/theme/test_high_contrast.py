"""High contrast: chosen in the settings, or asked for by the system at any time, in which case it wins."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from desktop.ui.application import running_controller
from desktop.ui.preferences.simple_pages import DisplayPage
from desktop.ui.theme.look import look
from tests.ui.conftest import WindowFactory


def test_the_window_follows_the_systems_wish_while_it_runs(make_window: WindowFactory) -> None:
    window, desk = make_window(theme="dark")
    assert look().theme == "dark"
    desk.do(lambda: running_controller().wish_contrast(True))
    assert look().theme == "contrast_dark"
    assert window.palette().window().color().name() == "#000000"
    desk.settings.change(theme="light")
    desk.do(window.settings_changed)
    assert look().theme == "contrast_light"
    desk.do(lambda: running_controller().wish_contrast(False))
    assert look().theme == "light"
    assert window.palette().window().color().name() == "#eff2f4"


def test_what_qt_knows_of_the_system_counts_too(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, desk = make_window(theme="light")
    high = SimpleNamespace(contrastPreference=lambda: Qt.ContrastPreference.HighContrast)
    monkeypatch.setattr(running_controller(), "_access", high)
    desk.do(window.settings_changed)
    assert look().theme == "contrast_light"
    monkeypatch.undo()
    desk.do(window.settings_changed)
    assert look().theme == "light"


def test_high_contrast_is_chosen_in_the_settings(make_window: WindowFactory) -> None:
    window, desk = make_window(theme="system")
    desk.do(window.action("settings").trigger)
    page = window.settings_stage.page_of("display")
    assert isinstance(page, DisplayPage)
    page.enter()
    desk.do(lambda: page._theme.choose(DisplayPage.THEMES.index("contrast")))
    assert desk.settings.current.theme == "contrast"
    assert look().contrast
    desk.do(lambda: page._theme.choose(DisplayPage.THEMES.index("light")))
    assert not look().contrast


def test_in_high_contrast_every_ground_has_an_edge(make_window: WindowFactory) -> None:
    make_window(theme="light")
    assert look().edge("") == ""
    running_controller().wish_contrast(True)
    try:
        assert (look().edge(""), look().edge("warnLine")) == ("control", "warnLine")
    finally:
        running_controller().wish_contrast(False)
