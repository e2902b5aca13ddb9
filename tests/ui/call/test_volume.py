"""Volumes by key and on the card, shown as they are in use; devices that come and go, with their undo."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.phone import SoundState
from desktop.domain.sound import SoundUse, Volumes
from desktop.ui.main_window import MainWindow
from desktop.ui.preferences.sound_check import SoundPage
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk

HEADSET = SoundState(
    "Headset mic", "Jabra", use=SoundUse("m1", "wanted", "m1", "s1", "wanted", "s1", ("Jabra",))
)
BUILT_IN = SoundState(
    "Desk mic", "Desk speaker", use=SoundUse("m2", "system", "m1", "s2", "system", "s1", ("Desk speaker",))
)


def volumes(desk: Desk) -> tuple[int, int, int]:
    now = desk.settings.current
    return now.microphone_volume, now.speaker_volume, now.ring_volume


def press(window: MainWindow, desk: Desk, key: Qt.Key) -> None:
    desk.do(lambda: QTest.keyClick(window.focusWidget() or window, key, Qt.KeyboardModifier.AltModifier))


def test_keys_turn_the_ring_between_calls_and_the_caller_in_one(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    press(window, desk, Qt.Key.Key_PageDown)
    assert volumes(desk) == (100, 100, 90)
    press(window, desk, Qt.Key.Key_Home)
    assert volumes(desk) == (110, 100, 90)
    desk.do(desk.phone.ring)
    press(window, desk, Qt.Key.Key_PageDown)
    desk.do(window.action("answer").trigger)
    press(window, desk, Qt.Key.Key_PageUp)
    desk.do(window.focus_notes)
    press(window, desk, Qt.Key.Key_PageUp)
    press(window, desk, Qt.Key.Key_End)
    assert volumes(desk) == (100, 120, 80)
    desk.do(window.action("search").trigger)
    press(window, desk, Qt.Key.Key_PageUp)
    desk.do(lambda: window.open_settings("sound"))
    page = window.settings_stage.page_of("sound")
    assert isinstance(page, SoundPage)
    page.devices["speaker"].setFocus()
    press(window, desk, Qt.Key.Key_End)
    assert volumes(desk) == (90, 130, 80)


def test_a_volume_has_bounds(make_window: WindowFactory) -> None:
    window, desk = make_window(ring_volume=100, microphone_volume=10)
    press(window, desk, Qt.Key.Key_PageUp)
    press(window, desk, Qt.Key.Key_End)
    assert volumes(desk) == (10, 100, 100)


def test_the_card_shows_what_is_used_and_not_what_was_asked_for(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    card = window.column.card
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    press(window, desk, Qt.Key.Key_PageUp)
    assert card.sets_volume
    assert card.volume.texts == ("none", "none")
    assert HEADSET.use is not None
    now = replace(HEADSET, use=replace(HEADSET.use, volumes=Volumes(70, 110, 50)))
    desk.do(lambda: desk.phone.say(now))
    assert card.volume.texts == ("110 %", "70 %")
    desk.do(card.volume.buttons["louder"].click)
    assert volumes(desk) == (100, 120, 100)
    assert card.volume.texts == ("110 %", "70 %")
    desk.do(lambda: QTest.keyClick(window, Qt.Key.Key_Escape))
    assert not card.sets_volume
    assert str(window.situation) == "talking"


def test_the_panel_opens_by_key_and_by_its_button_and_gives_way_to_a_call(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    card = window.column.card
    press(window, desk, Qt.Key.Key_V)
    assert card.sets_volume
    assert card.volume.buttons["quieter"].hasFocus()
    press(window, desk, Qt.Key.Key_V)
    assert not card.sets_volume
    desk.do(window.action("volume").trigger)
    desk.do(desk.phone.ring)
    assert not card.sets_volume


def test_a_headset_that_goes_is_said_and_undo_waits_for_it(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en", speaker_id="s1", microphone_id="m1")
    before = desk.settings.current
    desk.do(lambda: desk.phone.say(HEADSET))
    assert window.toast.text == ""
    desk.do(lambda: desk.phone.say(BUILT_IN))
    assert window.toast.text == (
        "Jabra is gone: you hear through Desk speaker now. Headset mic is gone: you speak into Desk mic now."
    )
    desk.do(window.action("undo").trigger)
    assert ("keep_device", "speaker", "s1", True) in desk.phone.told
    assert window.toast.text == "Nothing is used in place of Jabra, Headset mic until this call ends."
    desk.do(window.action("undo").trigger)
    assert ("keep_device", "microphone", "", False) in desk.phone.told
    desk.clock.go(60)
    desk.do(lambda: desk.phone.say(HEADSET))
    assert window.toast.text == "You hear through Jabra again. You speak into Headset mic again."
    desk.do(window.action("undo").trigger)
    assert ("keep_device", "speaker", "s2", False) in desk.phone.told
    assert desk.settings.current == before, "what is preferred stays preferred"


def test_a_missing_microphone_or_speaker_is_said(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(lambda: desk.phone.say(SoundState("", "Jabra", "no_microphone")))
    assert "the caller can't hear you" in window.column.card.notice_text
    assert window.light_bar.microphone.state == "fail"
    desk.do(lambda: desk.phone.say(SoundState("Mic", "", "no_speaker")))
    assert "you can't hear the caller" in window.column.card.notice_text
    desk.do(lambda: desk.phone.say(HEADSET))
    assert window.column.card.notice_text == ""
