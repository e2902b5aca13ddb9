"""The phone never moves: buttons keep their pixels in every situation, on both screens, in both languages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from desktop.domain.phone import SoundState
from desktop.ui.main_window import MainWindow
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk


def _place(window: MainWindow, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _places(window: MainWindow) -> dict[str, QRect]:
    column = window.column
    widgets: dict[str, QWidget] = {**column.card.buttons, "red": column.red, "notes": column.notes}
    return {name: _place(window, widget) for name, widget in widgets.items()}


@pytest.mark.parametrize("size", [(1366, 697), (1366, 768), (1920, 1040)])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_button_moves_and_the_window_does_not_grow(
    make_window: WindowFactory, size: tuple[int, int], language: str
) -> None:
    window, desk = make_window(*size, language=language)
    before = _places(window)
    seen = {window.situation}
    for step in _steps(window, desk):
        desk.do(step)
        seen.add(window.situation)
        assert _places(window) == before
        assert (window.width(), window.height()) == size
    assert seen == {"idle", "ringing", "talking", "abuse", "crisis", "report", "wrap_up", "settings"}


def _steps(window: MainWindow, desk: Desk) -> list:  # type: ignore[type-arg]
    return [
        desk.phone.ring,
        window.action("answer").trigger,
        window.action("mute").trigger,
        window.action("hold").trigger,
        lambda: desk.phone.say(SoundState("", "", "no_devices")),
        window.action("red_button").trigger,
        window.action("change_type").trigger,
        window.action("crisis").trigger,
        window.action("state").trigger,
        window.state_menu.close_menu,
        desk.phone.hung_up_by_caller,
        window.close_report,
        window.action("settings").trigger,
    ]


def test_columns_are_as_wide_as_the_design_says(make_window: WindowFactory) -> None:
    window, desk = make_window(1366, 768)
    assert (window.column.width(), window.stage.right.width()) == (316, 404)
    desk.do(lambda: window.resize(1920, 1080))
    assert (window.column.width(), window.stage.right.width()) == (340, 520)


def test_answer_and_end_are_two_slots(make_window: WindowFactory) -> None:
    window, desk = make_window()
    places = _places(window)
    assert not places["answer"].intersects(places["end"])
    desk.do(desk.phone.ring)
    desk.do(window.column.card.buttons["answer"].click)
    desk.do(window.column.card.buttons["answer"].click)
    assert window.situation == "talking"


def test_the_toast_covers_neither_phone_nor_buttons(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(lambda: window.show_toast("저장했습니다."))
    toast = _place(window, window.toast)
    assert not any(toast.intersects(place) for place in _places(window).values())
    assert window.stage.middle.rect().contains(window.stage.middle.mapFrom(window, toast.center()))


def test_the_practice_strip_shifts_all_buttons_alike(make_window: WindowFactory) -> None:
    window, desk = make_window()
    before = _places(window)
    desk.do(lambda: window.strip.show_scenario("S01"))
    after = _places(window)
    shift = window.strip.height()
    for name in window.column.card.buttons:
        assert after[name] == before[name].translated(0, shift)
    assert after["red"] == before["red"]
