"""The sound page: three devices, three volumes, and a preference that stays while its device is away."""

from __future__ import annotations

from desktop.domain.phone import SoundState
from desktop.domain.sound import SoundUse
from desktop.ui.main_window import MainWindow
from desktop.ui.preferences.sound_check import SoundPage
from desktop.ui.preferences.sound_check_port import SoundDevice
from desktop.ui.widgets import Combo
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk


def opened(window: MainWindow, desk: Desk) -> SoundPage:
    desk.do(lambda: window.open_settings("sound"))
    page = window.settings_stage.page_of("sound")
    assert isinstance(page, SoundPage)
    return page


def choose(desk: Desk, combo: Combo, text: str) -> None:
    index = combo.findText(text)
    assert index >= 0, [combo.itemText(each) for each in range(combo.count())]
    combo.setCurrentIndex(index)
    desk.do(lambda: combo.activated.emit(index))


def test_the_ring_has_a_device_and_a_volume_of_its_own(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    page = opened(window, desk)
    assert page.devices["ring"].currentText() == "Where calls are heard"
    choose(desk, page.devices["ring"], "Headset")
    choose(desk, page.volumes["ring"], "40 %")
    desk.do(lambda: page.both.chosen.emit(1))
    now = desk.settings.current
    assert (now.ring_device_id, now.ring_device_name, now.ring_volume, now.ring_both) == (
        "s1",
        "Headset",
        40,
        True,
    )
    assert (now.speaker_id, now.speaker_volume) == ("", 100)
    desk.do(page.play)
    assert desk.sound.told[-1] == "tone s1"


def test_a_preferred_device_that_is_away_stays_chosen(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en", speaker_id="usb-9", speaker_name="Jabra Evolve")
    page = opened(window, desk)
    assert page.devices["speaker"].currentText() == "Jabra Evolve · not plugged in"
    choose(desk, page.devices["speaker"], "Jabra Evolve · not plugged in")
    assert desk.settings.current.speaker_name == "Jabra Evolve"
    use = SoundUse("m1", "system", "", "s1", "headset", "usb-9")
    desk.do(lambda: desk.phone.say(SoundState("Headset microphone", "Headset", use=use)))
    assert page.devices["speaker"].accessibleDescription() == "In use now: Headset"


def test_a_microphone_s_level_is_measured_at_its_volume(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    page = opened(window, desk)
    choose(desk, page.devices["microphone"], "Headset microphone")
    choose(desk, page.volumes["microphone"], "150 %")
    assert desk.settings.current.microphone_volume == 150
    assert desk.sound.told.count("listen m1") == 2


def test_what_is_plugged_in_meanwhile_can_be_chosen(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en", speaker_id="s2", speaker_name="Jabra")
    page = opened(window, desk)
    assert page.devices["speaker"].currentText() == "Jabra · not plugged in"
    desk.sound.plugged.append(SoundDevice("s2", "Jabra"))
    desk.do(page.look_again)
    assert page.devices["speaker"].currentText() == "Jabra"
    assert page.devices["ring"].findData("s2") > 0
