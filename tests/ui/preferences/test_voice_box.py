"""Settings › Sound: what is done with the voice."""

from __future__ import annotations

import pytest

from desktop.ui.preferences.sound_check import SoundPage
from desktop.ui.preferences.voice_box import OPTIONS
from tests.ui.conftest import WindowFactory


@pytest.mark.parametrize("name", OPTIONS)
def test_each_switch_keeps_its_option_and_shows_what_holds(make_window: WindowFactory, name: str) -> None:
    window, desk = make_window(language="en")
    page = window.settings_stage.page_of("sound")
    assert isinstance(page, SoundPage)
    page.voice.enter()
    assert page.voice.switches[name].index == 0
    desk.do(lambda: page.voice.switches[name].chosen.emit(1))
    assert [getattr(desk.settings.current, each) for each in OPTIONS] == [each == name for each in OPTIONS]
    page.voice.enter()
    assert page.voice.switches[name].index == 1
