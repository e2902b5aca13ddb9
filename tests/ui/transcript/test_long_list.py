"""A list of thousands of lines: what is seen is laid out, the rest is guessed, and nothing that is seen jumps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication

from desktop.settings import Settings
from desktop.ui.application import make_application
from desktop.ui.transcript import bubble
from desktop.ui.transcript.line import Line, Side
from desktop.ui.transcript.list_view import LineList
from desktop.ui.transcript.model import TranscriptModel

LINES = 2000
SIDES = (Side.CALLER, Side.AGENT, Side.CALLER, Side.DESK)
Made = tuple[LineList, TranscriptModel]


def line(number: int) -> Line:
    """From one word to some lines of them, in two scripts."""
    words = ("여권 재발급 수수료는 얼마인가요 ", "Where do I pay the water bill? ")[number % 2]
    return Line(SIDES[number % 4], "10:00", words * (1 + number % 7), float(number), marked=number % 50 == 0)


@pytest.fixture
def make(qapp: QApplication) -> Iterator[Callable[[int], Made]]:
    make_application(Settings(language="en"))
    made: list[LineList] = []

    def of(lines: int) -> Made:
        model = TranscriptModel()
        view = LineList(model)
        made.append(view)
        model.setParent(view)
        view.resize(500, 600)
        view.show()
        model.reset([line(number) for number in range(lines)])
        qapp.processEvents()
        return view, model

    yield of
    for view in made:
        shiboken6.delete(view)  # type: ignore[no-untyped-call]


@pytest.fixture
def long_list(make: Callable[[int], Made]) -> Made:
    return make(LINES)


def known(view: LineList, model: TranscriptModel) -> list[int]:
    return [row for row in range(model.rowCount()) if view._heights.known(row)]


def top(view: LineList, model: TranscriptModel, row: int) -> int:
    return view.visualRect(model.index(row)).top()


def in_sight(view: LineList) -> int:
    """A row in the middle of what is seen."""
    return view.indexAt(QPoint(5, view.viewport().height() // 2)).row()


def test_only_what_is_seen_is_laid_out_and_the_newest_line_is_at_the_foot(long_list: Made) -> None:
    view, model = long_list
    assert 0 < len(known(view, model)) < 60
    last = view.visualRect(model.index(LINES - 1))
    assert (view.following, last.bottom() + 1) == (True, view.viewport().height())
    assert last.height() == bubble.line_height(model.lines[-1], view._heights.width)


def test_guesses_are_near_and_a_short_transcript_has_none(make: Callable[[int], Made]) -> None:
    view, _model = make(LINES)
    guessed = view.content_height()
    view._heights.settle(range(LINES))
    assert abs(view.content_height() / guessed - 1) < 0.2
    short, few = make(100)
    width = short._heights.width
    assert short.content_height() == sum(bubble.line_height(each, width) for each in few.lines)


def test_scrolling_up_moves_what_is_seen_by_that_and_no_more(long_list: Made) -> None:
    view, model = long_list
    bar = view.verticalScrollBar()
    for step in (37, 120, 300, 500):
        row = in_sight(view)
        before = top(view, model, row)
        bar.setValue(bar.value() - step)
        assert top(view, model, row) == before + step
    assert not view.following


def test_a_new_line_leaves_a_reader_where_they_are_and_moves_who_follows(long_list: Made) -> None:
    view, model = long_list
    model.add(line(LINES))
    assert view.visualRect(model.index(LINES)).bottom() + 1 == view.viewport().height()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    row = in_sight(view)
    before = top(view, model, row)
    model.add(line(LINES + 1))
    assert (top(view, model, row), view.following) == (before, False)
    view.follow()
    assert view.visualRect(model.index(LINES + 1)).bottom() + 1 == view.viewport().height()


def test_another_width_keeps_the_first_line_in_its_place(long_list: Made) -> None:
    view, model = long_list
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 3)
    row, place = view._anchor()
    view.resize(380, 600)
    assert top(view, model, row) == place
    assert view.visualRect(model.index(row)).height() == bubble.line_height(
        model.lines[row], view._heights.width
    )


@pytest.mark.parametrize("row", [0, 700, LINES - 1])
def test_a_row_that_is_gone_to_is_seen_whole_and_found_again_by_its_place(long_list: Made, row: int) -> None:
    view, model = long_list
    view.scrollTo(model.index(row), QAbstractItemView.ScrollHint.PositionAtCenter)
    place = view.visualRect(model.index(row))
    assert view.viewport().rect().contains(place.adjusted(0, 0, -1, 0))
    assert view.indexAt(place.center()).row() == row
    assert 0 < row < LINES - 1 or place.top() == 0 or place.bottom() + 1 == view.viewport().height()
    if row == 700:
        assert abs(place.center().y() - view.viewport().rect().center().y()) <= 1


def test_keys_walk_by_lines_and_pages_and_to_the_ends(long_list: Made) -> None:
    view, model = long_list
    view.setCurrentIndex(model.index(0))
    rows = []
    for key in (
        Qt.Key.Key_Down,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_Up,
        Qt.Key.Key_End,
        Qt.Key.Key_Up,
    ):
        QTest.keyClick(view, key)
        rows.append(view.currentIndex().row())
        assert view.viewport().rect().intersects(view.visualRect(view.currentIndex()))
    assert rows[0] == 1
    assert 3 < rows[1] < 40
    assert rows[2:] == [1, 0, LINES - 1, LINES - 2]


def test_what_is_looked_for_is_told_once_however_often_it_is_there(long_list: Made) -> None:
    view, model = long_list
    told: list[object] = []
    model.dataChanged.connect(lambda *change: told.append(change))
    before = known(view, model)
    rows = model.find("water")
    assert rows == [row for row in range(LINES) if "water" in model.lines[row].text]
    assert (len(told), known(view, model)) == (1, before)
    assert model.lines[1].found
    model.find("")
    assert not any(each.found for each in model.lines)
