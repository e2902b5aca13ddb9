"""Answers as the agent searches, reads and copies them."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.own_answers import Learned
from desktop.ui.faq.view import AnswersView
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.phone_fakes import START
from tests.ui.talking import FewAnswers, end, offer, talk


def _panes(window: MainWindow) -> DeskPanes:
    assert isinstance(window.panes, DeskPanes)
    return window.panes


def _type(desk: Desk, view: AnswersView, text: str) -> None:
    desk.do(lambda: view.field.setText(text))


def _questions(view: AnswersView) -> list[str]:
    return [row.question for row in view.hits.rows.rows]


def test_every_key_searches_and_an_empty_field_offers_what_is_used(
    make_window: WindowFactory, answers: FewAnswers
) -> None:
    window, desk = make_window(language="en")
    view = _panes(window).answers
    assert len(_questions(view)) == 3
    assert view._caption.text() == "Often used"
    _type(desk, view, "여")
    _type(desk, view, "여권")
    assert answers.asked == ["여", "여권"]
    assert _questions(view) == ["여권을 다시 만들려면?"]
    assert view._caption.text() == "1 found"
    _type(desk, view, "")
    assert len(_questions(view)) == 3


def test_a_syllable_that_is_still_composed_counts(make_window: WindowFactory, answers: FewAnswers) -> None:
    window, desk = make_window()
    field = _panes(window).answers.field
    _type(desk, _panes(window).answers, "여")
    desk.do(lambda: field.inputMethodEvent(QInputMethodEvent("권", [])))
    assert answers.asked[-1] == "여권"
    committed = QInputMethodEvent("", [])
    committed.setCommitString("권")
    desk.do(lambda: field.inputMethodEvent(committed))
    assert field.text() == "여권"
    assert answers.asked.count("여권") == 1


def test_enter_reads_the_first_hit_and_control_digit_any(make_window: WindowFactory) -> None:
    window, desk = make_window()
    panes = _panes(window)
    talk(desk)
    _type(desk, panes.answers, "니다")
    assert window.faq.read_article_id == ""
    desk.do(lambda: QTest.keyClick(panes.answers.field, Qt.Key.Key_Return))
    assert window.faq.read_article_id == "F1"
    desk.do(lambda: QTest.keyClick(panes.answers.field, Qt.Key.Key_Down))
    desk.do(lambda: QTest.keyClick(panes.answers.field, Qt.Key.Key_Return))
    assert window.faq.read_article_id == "F2"
    desk.do(lambda: panes.choose(3))
    assert window.faq.read_article_id == "F3"
    assert not panes.choose(9)


def test_a_copied_answer_is_in_the_notes(make_window: WindowFactory) -> None:
    window, desk = make_window()
    panes = _panes(window)
    talk(desk)
    _type(desk, panes.answers, "소화전")
    desk.do(lambda: panes.choose(1))
    panes.answers.field.setFocus()
    assert panes.confirm() == "copy_to_notes"
    desk.do(window.action("copy_to_notes").trigger)
    assert "소화전 주변은 신고 대상입니다." in window.notes.text
    assert desk.run(desk.records.notes("c1")) == window.notes.text
    assert ("F1", 2) in desk.run(desk.own.often_used("few", START, 5))
    assert desk.run(desk.own.learned("few")) == [Learned("F1", "소화전", 1)]


def test_undo_takes_the_answer_out_of_the_notes_and_nothing_else(make_window: WindowFactory) -> None:
    window, desk = make_window()
    talk(desk)
    desk.do(lambda: window.notes.type_text("소화전 앞 😀"))
    desk.do(lambda: _panes(window).choose(1))
    desk.do(window.action("copy_to_notes").trigger)
    desk.do(window.action("undo").trigger)
    assert window.notes.text == "소화전 앞 😀"
    assert desk.run(desk.records.notes("c1")) == "소화전 앞 😀"


def test_nothing_can_be_copied_between_calls(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(lambda: _panes(window).choose(1))
    assert window.faq.read_article_id == "F1"
    assert not window.action("copy_to_notes").isEnabled()


def test_a_suggestion_is_taken_with_its_key_and_its_place_is_kept(make_window: WindowFactory) -> None:
    window, desk = make_window()
    panes = _panes(window)
    assert not panes.answers.card.isVisible()
    talk(desk)
    height = panes.answers.card.height()
    assert panes.answers.card.isVisible()
    assert not window.action("take_suggestion").isEnabled()
    offer(desk)
    assert panes.answers.card.suggestion is not None
    assert panes.answers.card.height() == height
    desk.do(window.action("take_suggestion").trigger)
    assert window.faq.read_article_id == "F1"
    assert panes.answers.card.suggestion is None
    assert panes.answers.card.isVisible()


def test_escape_drops_card_then_answer_then_query_and_never_the_call(make_window: WindowFactory) -> None:
    window, desk = make_window()
    panes = _panes(window)
    talk(desk)
    _type(desk, panes.answers, "소화전")
    desk.do(lambda: panes.choose(1))
    offer(desk)
    for _ in range(3):
        assert desk.do(panes.escape)
    assert panes.answers.card.suggestion is None
    assert window.faq.read_article_id == ""
    assert panes.answers.field.text() == ""
    assert not desk.do(panes.escape)
    assert desk.services.calls.current is not None


def test_no_card_comes_while_the_agent_types(make_window: WindowFactory) -> None:
    window, desk = make_window()
    talk(desk)
    _type(desk, _panes(window).answers, "소화전")
    assert desk.services.faq._held_back


def test_nothing_found_says_what_to_do(make_window: WindowFactory) -> None:
    window, desk = make_window()
    view = _panes(window).answers
    _type(desk, view, "없는말")
    assert not view._words.isHidden()
    assert "없는말" in view._words.text()
    assert _questions(view) == []
    _type(desk, view, "없" * 9000)
    assert "분류에서 찾아보세요" in view._words.text()
    assert len(view._words.text()) < 100


def test_the_answer_that_is_read_stays_when_the_caller_hangs_up(make_window: WindowFactory) -> None:
    window, desk = make_window()
    panes = _panes(window)
    talk(desk)
    _type(desk, panes.answers, "소화전")
    desk.do(lambda: panes.choose(1))
    panes.answers.field.setFocus()
    QApplication.processEvents()
    end(desk)
    assert window.situation == "wrap_up"
    assert panes.answers.isVisible()
    assert panes.answers.field.hasFocus()
    assert window.faq.read_article_id == "F1"
    assert desk.do(panes.escape)
    assert panes.wrap_up_view.isVisible()


def test_sample_answers_say_so(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    panes = _panes(window)
    desk.do(lambda: panes.choose(1))
    assert panes.answers.article._unchecked.text() == "Sample · unverified"
    desk.do(lambda: panes.choose(2))
    assert panes.answers.article._unchecked.text().startswith("Checked")


def test_keys_before_the_pack_is_open_are_done_when_it_is(
    make_window: WindowFactory, answers: FewAnswers
) -> None:
    window, desk = make_window(language="ko")
    view, faq, driver = _panes(window).answers, desk.services.faq, _panes(window).faq
    before = _questions(view)
    faq.answers = None
    faq.opened.clear()

    async def typed() -> None:
        view.field.setText("여권")
        assert driver.open_row(0, chosen=True)
        await asyncio.sleep(0)
        assert _questions(view) == before  # nothing is said of answers that nobody has looked for yet
        faq.use(answers)

    desk.run(typed())
    assert answers.asked == ["여권"]
    article = driver.reader.article
    assert article is not None
    assert article.question == "여권을 다시 만들려면?"
