"""Keys of the answers: from anywhere, while a syllable is composed, and before the hits are there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.faq import Hit
from desktop.ui.digit_row import OTHER_FIRST_SCAN_CODE
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import FewAnswers, say, talk

CTRL = Qt.KeyboardModifier.ControlModifier


def panes_of(window: MainWindow) -> DeskPanes:
    assert isinstance(window.panes, DeskPanes)
    return window.panes


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the focus is."""
    target = QApplication.focusWidget()
    assert target is not None
    desk.do(lambda: QTest.keyClick(target, key, modifier))


@pytest.mark.parametrize("key", [Qt.Key.Key_Slash, Qt.Key.Key_F])
def test_search_is_focused_from_anywhere(make_window: WindowFactory, key: Qt.Key) -> None:
    window, desk = make_window()
    talk(desk)
    say(desk, "여권이요.", 1)
    panes_of(window).transcript.list.setFocus()
    assert panes_of(window).transcript.list.hasFocus()
    press(desk, key, CTRL if key == Qt.Key.Key_F else Qt.KeyboardModifier.NoModifier)
    assert panes_of(window).answers.field.hasFocus()
    assert panes_of(window).answers.field.text() == ""


def test_a_slash_in_a_text_field_is_text(make_window: WindowFactory) -> None:
    window, desk = make_window()
    talk(desk)
    window.focus_notes()
    press(desk, Qt.Key.Key_Slash)
    assert window.notes.text == "/"
    press(desk, Qt.Key.Key_F, CTRL)
    press(desk, Qt.Key.Key_Slash)
    assert panes_of(window).answers.field.text() == "/"


def test_search_leaves_the_settings(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(window.action("settings").trigger)
    desk.do(window.action("search").trigger)
    assert window.situation == "idle"
    assert panes_of(window).answers.field.hasFocus()


class SlowAnswers(FewAnswers):
    """Hits come when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.gate.set()

    async def search(self, query: str, category: str = "", limit: int = 10) -> list[Hit]:
        await self.gate.wait()
        return await super().search(query, category, limit)


@pytest.fixture
def answers() -> SlowAnswers:
    return SlowAnswers()


def _while_searching(desk: Desk, answers: SlowAnswers, *work: Callable[[], object]) -> None:
    """Do these while the hits are on their way, then let them come."""

    async def whole() -> None:
        answers.gate.clear()
        for each in work:
            each()
            await asyncio.sleep(0)
        answers.gate.set()

    desk.run(whole())


def test_enter_pressed_before_the_hits_come_means_them(
    make_window: WindowFactory, answers: SlowAnswers
) -> None:
    window, desk = make_window()
    field = panes_of(window).answers.field
    _while_searching(
        desk, answers, lambda: field.setText("수도"), lambda: QTest.keyClick(field, Qt.Key.Key_Return)
    )
    assert window.faq.read_article_id == "F3"


def test_digit_and_arrow_pressed_before_the_hits_come_mean_them(
    make_window: WindowFactory, answers: SlowAnswers
) -> None:
    window, desk = make_window()
    panes = panes_of(window)
    field = panes.answers.field
    _while_searching(desk, answers, lambda: field.setText("여권"), lambda: panes.choose(1))
    assert window.faq.read_article_id == "F2"
    desk.do(panes.escape)
    _while_searching(
        desk,
        answers,
        lambda: field.setText("니다"),
        lambda: QTest.keyClick(field, Qt.Key.Key_Down),
        lambda: QTest.keyClick(field, Qt.Key.Key_Return),
    )
    assert window.faq.read_article_id == "F2"
    assert panes.answers.hits.current == 1


def test_what_is_clicked_is_what_was_seen(make_window: WindowFactory, answers: SlowAnswers) -> None:
    window, desk = make_window()
    view = panes_of(window).answers
    desk.do(lambda: view.field.setText("니다"))
    _while_searching(desk, answers, lambda: view.field.setText("수도"), lambda: view.hits.opened.emit(1))
    assert window.faq.read_article_id == "F2"


def test_a_syllable_that_is_composed_is_searched_before_its_hit_is_opened(
    make_window: WindowFactory, answers: SlowAnswers
) -> None:
    window, desk = make_window()
    field = panes_of(window).answers.field
    field.setFocus()
    _while_searching(
        desk,
        answers,
        lambda: QApplication.sendEvent(field, QInputMethodEvent("여권", [])),
        lambda: QTest.keyClick(field, Qt.Key.Key_1, CTRL),
    )
    assert window.faq.read_article_id == "F2"
    assert answers.asked == ["여권"]


def test_arrows_and_enter_belong_to_the_input_method_while_it_composes(make_window: WindowFactory) -> None:
    window, desk = make_window()
    view = panes_of(window).answers
    desk.do(lambda: view.field.setText("니"))
    desk.do(lambda: QApplication.sendEvent(view.field, QInputMethodEvent("다", [])))
    assert view.field.query == "니다"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        desk.do(lambda key=key: QTest.keyClick(view.field, key))  # type: ignore[misc]
    assert (view.hits.current, window.faq.read_article_id) == (0, "")


class _Frames(QObject):
    """How many rows each picture of a list had."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.rows: list[int] = []
        self._list = panes_of(window).answers.hits
        self._list.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.rows.append(len(self._list.rows.rows))
        return False


def test_no_empty_picture_between_two_lists(make_window: WindowFactory, answers: SlowAnswers) -> None:
    window, desk = make_window()
    frames = _Frames(window)
    view = panes_of(window).answers

    def look() -> None:
        view.hits.viewport().repaint()

    for query in ("니다", "여권", "수도", ""):
        _while_searching(desk, answers, lambda query=query: view.field.setText(query), look)  # type: ignore[misc]
        look()
    assert len(frames.rows) >= 8
    assert 0 not in frames.rows


def test_a_list_that_is_shown_again_stays_where_it_was(make_window: WindowFactory) -> None:
    window, desk = make_window(height=560)
    panes = panes_of(window)
    desk.do(lambda: panes.answers.field.setText("니다"))
    desk.do(lambda: panes.choose(3))
    hits = panes.answers.hits
    place = hits.verticalScrollBar().value()
    assert place > 0
    desk.do(panes._answers._say_again)
    assert (hits.verticalScrollBar().value(), hits.current) == (place, 2)


@pytest.mark.parametrize("place", ["search", "notes", "hits", "article"])
@pytest.mark.parametrize(("key", "text"), [(0x0E45, "ๅ"), (Qt.Key.Key_Slash, "/"), (0x0102, "ă")])
def test_control_and_the_key_of_a_digit_opens_a_hit_where_the_layout_has_no_digits(
    make_window: WindowFactory, place: str, key: int, text: str
) -> None:
    window, desk = make_window()
    view = panes_of(window).answers
    talk(desk)
    desk.do(lambda: view.field.setText("니다"))
    desk.do(lambda: view.row_opened.emit(2))
    target = {
        "search": view.field,
        "notes": window.notes.edit,
        "hits": view.hits,
        "article": view.article.text_area,
    }[place]
    desk.do(target.setFocus)
    scan_code = OTHER_FIRST_SCAN_CODE + 1
    pressed = QKeyEvent(QEvent.Type.KeyPress, key, CTRL, scan_code, 0, 0, text)
    desk.do(lambda: QApplication.sendEvent(target, pressed))
    assert view.hits.current == 1
    assert window.faq.read_article_id == view.hits.rows.rows[1].target
    assert (view.field.text(), window.notes.text) == ("니다", "")


def test_the_key_of_a_digit_alone_is_text(make_window: WindowFactory) -> None:
    window, desk = make_window()
    view = panes_of(window).answers
    desk.do(lambda: view.field.setText("니다"))
    none, code = Qt.KeyboardModifier.NoModifier, OTHER_FIRST_SCAN_CODE
    pressed = QKeyEvent(QEvent.Type.KeyPress, 0x0E45, none, code, 0, 0, "ๅ")
    desk.do(lambda: QApplication.sendEvent(view.field, pressed))
    assert view.field.text() == "니다ๅ"
    assert window.faq.read_article_id == ""
