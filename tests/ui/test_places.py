"""F6 and Alt+1, 2, 3 come back to where the cursor was, in every layout and on every page of middle and right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from desktop.ui.theme.look import look
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import FewAnswers, end, incident, say, talk

SIZES = {
    "wide": (1920, 1080, 100),
    "columns": (1366, 768, 100),
    "pair": (1366, 768, 125),
    "compact": (1366, 768, 200),
}
LAYOUTS = ["columns", "compact", *(pytest.param(name, marks=pytest.mark.long) for name in ("wide", "pair"))]
"""The quick test takes the two that differ most."""
Step = Callable[[MainWindow, Desk], object]
Finds = Callable[[DeskPanes], QWidget]


def _press(window: MainWindow, desk: Desk, *names: str) -> None:
    for name in names:
        desk.do(window.action(name).trigger)


def _panes(window: MainWindow) -> DeskPanes:
    assert isinstance(window.panes, DeskPanes)
    return window.panes


def _call(window: MainWindow, desk: Desk) -> None:
    talk(desk)
    say(desk, "소화전 앞에 차가 있어요.", 3)


def _written(window: MainWindow, desk: Desk) -> None:
    _call(window, desk)
    end(desk)


def _read_an_answer(window: MainWindow, desk: Desk) -> None:
    _call(window, desk)
    _press(window, desk, "search")
    desk.do(lambda: _panes(window).answers.field.setText("여권"))
    desk.do(lambda: _panes(window).choose(1))


def _guarded(window: MainWindow, desk: Desk, key: str) -> None:
    _call(window, desk)
    _press(window, desk, key)


def _find(window: MainWindow, desk: Desk) -> None:
    _call(window, desk)
    _press(window, desk, "find_in_call")


PAGES: dict[str, tuple[Step, Finds, Finds]] = {
    "idle": (
        lambda _w, _d: None,
        lambda panes: panes.today.button,
        lambda panes: panes.answers.hits,
    ),
    "calls": (
        lambda window, desk: _press(window, desk, "calls"),
        lambda panes: panes.every.kinds.buttons[1],
        lambda panes: panes.answers.field,
    ),
    "proposal": (
        lambda window, desk: _press(window, desk, "propose_new"),
        lambda panes: panes.today.button,
        lambda panes: panes.proposal.variants,
    ),
    "ringing": (
        lambda _window, desk: desk.do(desk.phone.ring),
        lambda panes: panes.earlier.button,
        lambda panes: panes.answers.hits,
    ),
    "talking": (_call, lambda panes: panes.transcript.mark_button, lambda panes: panes.answers.hits),
    "find": (_find, lambda panes: panes.transcript._find.field, lambda panes: panes.answers.hits),
    "answer": (
        _read_an_answer,
        lambda panes: panes.transcript.list,
        lambda panes: panes.answers.article.text_area,
    ),
    "abuse": (
        lambda window, desk: _guarded(window, desk, "red_button"),
        lambda panes: panes.transcript.mark_button,
        lambda panes: panes.procedure.calm,
    ),
    "crisis": (
        lambda window, desk: _guarded(window, desk, "crisis"),
        lambda panes: panes.transcript.list,
        lambda panes: panes.crisis.place,
    ),
    "wrap_up": (
        _written,
        lambda panes: panes.transcript.mark_button,
        lambda panes: panes.wrap_up_view.other,
    ),
    "report": (
        lambda window, desk: incident(desk, window),
        lambda panes: panes.evidence.quotes,
        lambda panes: panes.form.demand,
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("page", PAGES)
def test_each_place_is_come_back_to(make_window: WindowFactory, page: str, layout: str) -> None:
    width, height, text = SIZES[layout]
    window, desk = make_window(width, height, text_size=text)
    desk.do(lambda: desk.services.faq.use(FewAnswers()))
    assert look().layout == layout
    come, middle, right = PAGES[page]
    come(window, desk)
    places = {2: middle(_panes(window)), 3: right(_panes(window))}
    for number, widget in places.items():
        _press(window, desk, f"pane_{number}")
        desk.do(widget.setFocus)
        assert QApplication.focusWidget() is widget, "the place can have the focus"
    for numbers in ((1, 2, 1, 3, 2, 3), (3, 1, 2)):
        for number in numbers:
            _press(window, desk, f"pane_{number}")
            assert QApplication.focusWidget() is places.get(number, window.notes.edit), number
            assert (QApplication.focusWidget() or window).isVisible()
    seen = [window.notes.edit, *places.values()]
    _press(window, desk, "pane_1")
    for action, order in (("next_pane", [1, 2, 0, 1]), ("previous_pane", [0, 2, 1, 0])):
        for place in order:
            _press(window, desk, action)
            assert QApplication.focusWidget() is seen[place], (action, place)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_f6_goes_between_the_settings_and_the_notes_beside_them(
    make_window: WindowFactory, layout: str
) -> None:
    width, height, text = SIZES[layout]
    window, desk = make_window(width, height, text_size=text)
    _call(window, desk)
    desk.do(lambda: window.open_settings("display"))
    before = QApplication.focusWidget()
    assert before is window.settings_stage.buttons["display"]
    beside = layout != "compact"
    for _ in range(2):
        _press(window, desk, "next_pane")
        assert QApplication.focusWidget() is (window.notes.edit if beside else before)
        _press(window, desk, "previous_pane")
        assert QApplication.focusWidget() is before
    assert window.situation == "settings"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_alt_and_a_digit_leave_settings_that_cover_the_place(
    make_window: WindowFactory, layout: str, number: int
) -> None:
    width, height, text = SIZES[layout]
    window, desk = make_window(width, height, text_size=text)
    _call(window, desk)
    desk.do(lambda: window.open_settings("display"))
    _press(window, desk, f"pane_{number}")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    assert (window.situation == "settings") == (number == 1 and layout != "compact")
    if number == 1:
        assert focus is window.notes.edit
    else:
        place = window.stage.middle if number == 2 else window.stage.right
        assert place.isAncestorOf(focus)
    if number == 1 and layout == "compact":
        desk.do(lambda: QTest.keyClicks(focus, "4720"))
        assert window.notes.text == "4720"
