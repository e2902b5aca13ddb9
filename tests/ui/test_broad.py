"""A broad screen uses its room: calls beside the middle, more hits, more of them above an answer."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from desktop.domain.faq import Article
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import FewAnswers, end, talk

MANY = tuple(
    Article(f"F{n}", "ko", "여권", f"여권 질문 {n}", "사진과 신분증이 필요합니다.") for n in range(30)
)


def _panes(window: MainWindow) -> DeskPanes:
    assert isinstance(window.panes, DeskPanes)
    return window.panes


def _before(desk: Desk, window: MainWindow) -> None:
    """The same number has called once and waits to be called back."""
    talk(desk, "c0")
    end(desk)
    desk.do(lambda: window.wrap_up.choose("여권", "call_back"))
    desk.do(window.action("done").trigger)


def test_calls_stand_beside_the_middle(make_window: WindowFactory) -> None:
    window, desk = make_window(2560, 1440)
    area = _panes(window)._area
    _before(desk, window)
    assert (area.waiting.isVisible(), area.caller.isVisible()) == (True, False)
    assert [row.call_id for row in area.waiting.list.rows.rows] == ["c0"]
    talk(desk)
    assert (area.waiting.isVisible(), area.caller.isVisible()) == (False, True)
    assert [row.call_id for row in area.caller.list.rows.rows] == ["c0"]
    assert area.pages.width() < 1150, "the transcript is not stretched"
    assert (area.caller.width(), window.stage.right.width()) == (420, 640)


def test_a_call_beside_is_read_in_the_middle_and_escape_leads_back(make_window: WindowFactory) -> None:
    window, desk = make_window(2560, 1440)
    panes = _panes(window)
    _before(desk, window)
    talk(desk)
    area = panes._area
    area.caller.list.setFocus()
    area.caller.list.choose(0)
    desk.do(lambda: area.caller.list.opened.emit(0))
    assert panes.reading.isVisible()
    desk.do(panes.escape)
    assert panes.transcript.isVisible()
    assert area.pages.isAncestorOf(QApplication.focusWidget() or window)


def test_narrower_they_go_and_the_focus_stays_in_the_middle(make_window: WindowFactory) -> None:
    window, desk = make_window(2560, 1440)
    area = _panes(window)._area
    _before(desk, window)
    area.waiting.list.setFocus()
    desk.do(lambda: window.resize(1920, 1080))
    assert not area.waiting.isVisible()
    assert QApplication.focusWidget() not in window.column.card.buttons.values()


def test_more_is_found_and_more_stays_above_an_answer(make_window: WindowFactory) -> None:
    window, desk = make_window(1920, 1080)
    desk.do(lambda: desk.services.faq.use(FewAnswers(MANY)))
    panes, rows = _panes(window), []
    desk.do(lambda: panes.answers.field.setText("여권"))
    for width, height in ((1920, 1080), (2560, 1440)):
        desk.do(lambda size=(width, height): window.resize(*size))  # type: ignore[misc]
        hits = panes.answers.hits
        rows.append(len(hits.rows.rows))
        desk.do(lambda: panes.choose(1))
        assert hits.height() // hits.row_height() == (3 if width == 1920 else 6)
    assert rows == [10, 20]
