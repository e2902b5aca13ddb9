"""The phone never moves and nothing is cut off: every situation, screen, text size and language."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.phone import Registration, SoundState
from desktop.domain.policy import Supervisor
from desktop.ui.key_table import KEYS
from desktop.ui.main_window import MainWindow
from desktop.ui.preferences.keys_page import KeysPage
from desktop.ui.preferences.pages import PAGES
from desktop.ui.pseudo import VARIABLE
from desktop.ui.theme.look import look
from desktop.ui.widgets import Label, col
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.geometry import faults, phone_places, place

Screen = tuple[int, int, int]
"""Width and height in pixels, text in per cent."""

SMALL: tuple[Screen, ...] = ((1366, 697, 100), (1366, 768, 125), (1366, 697, 130), (1366, 697, 200))
USUAL: tuple[Screen, ...] = ((1366, 768, 100), (1920, 1040, 100), (2560, 1440, 100))
SCREENS: tuple[Screen, ...] = tuple(
    (width, height, text)
    for width, height in ((1366, 697), (1366, 768), (1920, 1080), (2560, 1440))
    for text in (80, 100, 125, 130, 200)
)
SCALED: dict[str, Screen] = {"1.25": (1093, 558, 100), "1.5": (911, 465, 100), "2": (683, 349, 100)}
"""What a scale factor leaves of 1366x697."""
LENGTHENED: tuple[Screen, ...] = tuple(
    (width, height, text) for width, height in ((1366, 768), (1920, 1080)) for text in (100, 150)
)
SITUATIONS = {"idle", "ringing", "talking", "abuse", "crisis", "report", "wrap_up", "settings"}


def _steps(window: MainWindow, desk: Desk) -> Iterator[Callable[[], object]]:
    phone = desk.phone
    protection = desk.services.protection
    protection.policy = replace(protection.policy, supervisor=Supervisor("김팀장", "sip:boss@city"))
    press = {name: window.action(name).trigger for name in KEYS}
    yield lambda: phone.say(Registration("failed", 503, "", 12.0))
    yield lambda: phone.say(Registration("registered"))
    yield phone.ring
    yield press["decline_with"]
    yield window.column.card.close_slot
    yield press["answer"]
    yield press["mute"]
    yield press["hold"]
    yield press["hold"]
    yield lambda: phone.ring("c2", "sip:0212345678@city")
    yield press["end"]
    yield press["transfer"]
    yield window.column.card.close_slot
    yield press["volume"]
    yield window.column.card.close_slot
    yield press["commands"]
    yield window.commands.close
    yield press["supervisor"]
    yield phone.second_answers
    yield phone.second_ends
    yield lambda: phone.say(SoundState("", "", "no_devices"))
    yield press["red_button"]
    yield press["change_type"]
    yield press["crisis"]
    yield press["state"]
    yield window.state_menu.close_menu
    yield phone.hung_up_by_caller
    yield window.close_report
    yield press["settings"]
    for page in PAGES:
        yield partial(_show_whole, window, page)


def _show_whole(window: MainWindow, page: str) -> None:
    """A page of the settings; the keys' would go on being made between two looks."""
    window.settings_stage.show_page(page)
    shown = window.settings_stage.page_of(page)
    assert not isinstance(shown, KeysPage) or shown.rows


def _to(window: MainWindow, desk: Desk, screen: Screen) -> None:
    """As an agent does it: the size of the window, then of the text, while the desk runs."""
    desk.settings.change(text_size=screen[2])
    desk.do(lambda: window.resize(screen[0], screen[1]))
    desk.do(window.settings_changed)
    QApplication.processEvents()


def _walk(window: MainWindow, desk: Desk, screens: Sequence[Screen], elides: bool = False) -> None:
    places: dict[Screen, dict[str, QRect]] = {}
    seen = {window.situation}
    for step in (lambda: None, *_steps(window, desk)):
        desk.do(step)
        seen.add(window.situation)
        for screen in screens:
            if len(screens) > 1:
                _to(window, desk, screen)
            assert faults(window, screen[:2], elides) == [], (window.situation, screen)
            assert places.setdefault(screen, phone_places(window)) == phone_places(window), screen
    assert seen == SITUATIONS


@pytest.mark.parametrize(
    ("screen", "language"),
    [*((screen, "en") for screen in SMALL), *((screen, "ko") for screen in (SMALL[2], *USUAL))],
)
def test_no_button_moves_and_nothing_is_cut(
    make_window: WindowFactory, screen: Screen, language: str
) -> None:
    window, desk = make_window(*screen[:2], language=language, text_size=screen[2])
    _walk(window, desk, [screen])


@pytest.mark.parametrize("screen", LENGTHENED)
def test_words_that_are_60_per_cent_longer_fit(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch, screen: Screen
) -> None:
    monkeypatch.setenv(VARIABLE, "1")
    window, desk = make_window(*screen[:2], language="en", text_size=screen[2])
    assert window.column.card.buttons["answer"].text().startswith("[")
    _walk(window, desk, [screen], elides=True)


def test_the_lowest_window_shows_every_part_of_the_commands(make_window: WindowFactory) -> None:
    window, desk = make_window(*SCALED["2"][:2], language="en")
    for name in ("commands", "keys"):
        desk.do(window.action(name).trigger)
        assert faults(window, SCALED["2"][:2]) == []
        assert window.overlay.list.height() > look().size(34), "a row is whole"
        desk.do(window.commands.close)


@pytest.mark.long
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_screen_and_text_size_at_run_time(make_window: WindowFactory, language: str) -> None:
    window, desk = make_window(language=language)
    _walk(window, desk, SCREENS)


@pytest.mark.long
@pytest.mark.parametrize("factor", list(SCALED))
def test_scale_factors(factor: str) -> None:
    """Qt reads the factor once, so a process of its own walks."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", "long", __file__, "-k", "scaled_screen"]
    environment = {**os.environ, "QT_SCALE_FACTOR": factor, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "1 passed" in done.stdout, done.stdout


@pytest.mark.long
@pytest.mark.skipif(os.environ.get("QT_SCALE_FACTOR") not in SCALED, reason="test_scale_factors runs it")
def test_scaled_screen(make_window: WindowFactory) -> None:
    factor = os.environ["QT_SCALE_FACTOR"]
    width, height, text = SCALED[factor]
    window, desk = make_window(width, height, language="en", text_size=text)
    assert window.devicePixelRatio() == float(factor)
    _walk(window, desk, [SCALED[factor]])


def test_what_would_be_wrong_is_found(make_window: WindowFactory) -> None:
    """The eye of this test is tried on faults that are made."""
    window, _desk = make_window(1366, 697, language="en")
    assert faults(window, (1366, 697)) == []
    box = QWidget(window.column)
    box.setGeometry(300, 100, 200, 80)
    inner = col(box)
    label = Label("a sentence that is too long for the place that it has")
    inner.addWidget(label)
    box.show()
    label.setFixedWidth(60)
    QApplication.processEvents()
    found = " | ".join(faults(window, (1280, 697)))
    for word in ("the window is 1366x697", "leaves", "lies over", "needs"):
        assert word in found, found


def test_large_text_folds_the_window_and_keeps_what_is_written(make_window: WindowFactory) -> None:
    window, desk = make_window(1366, 697, language="en")
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    desk.do(window.focus_notes)
    desk.do(lambda: window.notes.type_text("flat 3"))
    for text, layout in ((200, "compact"), (125, "pair"), (200, "compact"), (100, "columns")):
        _to(window, desk, (1366, 768, text))
        assert look().layout == layout
        assert QApplication.focusWidget() is window.notes.edit
        assert window.notes.edit.isVisible()
        assert window.notes.text == "flat 3"


@pytest.mark.parametrize("text", [125, 200])
def test_tabs_and_keys_bring_a_pane_to_the_front(make_window: WindowFactory, text: int) -> None:
    window, desk = make_window(1366, 768, language="en", text_size=text)
    stage, tabs = window.stage, window.top_bar.tabs
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    assert (stage.middle.isVisible(), stage.right.isVisible()) == (True, False)
    desk.do(window.action("search").trigger)
    assert (stage.middle.isVisible(), stage.right.isVisible()) == (False, True)
    assert stage.right.isAncestorOf(QApplication.focusWidget() or window)
    desk.do(tabs["middle"].click)
    assert stage.middle.isVisible()
    assert tabs["middle"].kind == "chosen"
    assert tabs["left"].isVisible() == (text == 200)
    desk.do(window.action("pane_1").trigger)
    assert window.notes.edit.hasFocus()
    assert window.notes.edit.isVisible()
    desk.do(window.action("crisis").trigger)
    assert stage.right.isVisible()


def test_columns_are_as_wide_as_the_design_says(make_window: WindowFactory) -> None:
    window, desk = make_window(1366, 768)
    assert (window.column.width(), window.stage.right.width()) == (316, 404)
    desk.do(lambda: window.resize(1920, 1080))
    assert (window.column.width(), window.stage.right.width()) == (340, 520)


def test_answer_and_end_are_two_slots(make_window: WindowFactory) -> None:
    window, desk = make_window()
    places = phone_places(window)
    assert not places["answer"].intersects(places["end"])
    desk.do(desk.phone.ring)
    desk.do(window.column.card.buttons["answer"].click)
    desk.do(window.column.card.buttons["answer"].click)
    assert window.situation == "talking"


def test_the_toast_covers_neither_phone_nor_buttons(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(lambda: window.show_toast("저장했습니다."))
    toast = place(window, window.toast)
    assert not any(toast.intersects(each) for each in phone_places(window).values())
    assert not toast.intersects(place(window, window.column.notes))
    assert window.stage.middle.rect().contains(window.stage.middle.mapFrom(window, toast.center()))


def test_the_practice_strip_shifts_all_buttons_alike(make_window: WindowFactory) -> None:
    window, desk = make_window()
    before = phone_places(window)
    desk.do(lambda: window.strip.show_scenario("S01"))
    after = phone_places(window)
    shift = window.strip.height()
    for name in window.column.card.buttons:
        assert after[name] == before[name].translated(0, shift)
    assert after["red"] == before["red"]
