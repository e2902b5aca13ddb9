"""Where the pane with the suggestion's card is not seen the call's card names it; where it is, it says nothing."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.domain.phone import SoundState
from desktop.ui.main_window import MainWindow
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import FewAnswers, offer, talk

NAMED = "Suggested: 불법 주정차는 어떻게 신고하나요?"


def _offered(make_window: WindowFactory, text: int) -> tuple[MainWindow, Desk]:
    window, desk = make_window(1366, 768, language="en", text_size=text)
    desk.do(lambda: desk.services.faq.use(FewAnswers()))
    talk(desk)
    desk.do(window.action("pane_2").trigger)
    offer(desk)
    return window, desk


@pytest.mark.parametrize("text", [125, 200])
def test_folded_it_is_named_and_taken_from_where_the_agent_is(make_window: WindowFactory, text: int) -> None:
    window, desk = _offered(make_window, text)
    focus = QApplication.focusWidget()
    assert window.column.card.notice_text == NAMED
    assert QApplication.focusWidget() is focus
    desk.do(window.action("pane_3").trigger)
    assert window.column.card.notice_text == "", "its card is in sight"
    desk.do(window.action("pane_2").trigger)
    assert window.column.card.notice_text == NAMED
    desk.do(window.action("take_suggestion").trigger)
    assert window.stage.right.isVisible()
    assert window.faq.read_article_id == "F1"
    assert window.column.card.notice_text == ""


def test_escape_drops_it_and_what_is_more_urgent_stands_before_it(make_window: WindowFactory) -> None:
    window, desk = _offered(make_window, 200)
    desk.do(lambda: desk.phone.say(SoundState("", "", "no_devices")))
    assert window.column.card.notice_text not in ("", NAMED)
    desk.do(lambda: desk.phone.say(SoundState("m", "s", "")))
    assert window.column.card.notice_text == NAMED
    desk.do(window.panes.escape)
    assert window.column.card.notice_text == ""
    assert desk.services.faq.suggestion is None


def test_in_columns_its_card_is_enough(make_window: WindowFactory) -> None:
    window, _desk = _offered(make_window, 100)
    assert window.column.card.notice_text == ""
