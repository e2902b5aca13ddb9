"""While an answer is read in a call, the sentences that fit the caller's words are marked and can be copied."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.faq import Article
from desktop.domain.transcript import Leg
from desktop.ui.faq.draft_band import AskChip
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui import talking
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import end, say, talk

SENTENCES = (
    "소화전 주변은 신고 대상입니다.",
    "사진은 안전신문고 앱으로 올립니다.",
    "과태료는 4만 원부터입니다.",
)
LONG = replace(talking.ARTICLES[0], answer=" ".join(SENTENCES))


@pytest.fixture
def reading(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch
) -> tuple[MainWindow, DeskPanes, Desk]:
    """A call in which the caller has spoken and the answer about parking is open."""
    monkeypatch.setattr(talking, "ARTICLES", (LONG, *talking.ARTICLES[1:]))
    window, desk = make_window(language="en")
    panes = window.panes
    assert isinstance(panes, DeskPanes)
    desk.do(lambda: desk.services.faq.use(talking.FewAnswers()))
    talk(desk)
    say(desk, "여기 소화전 앞에 차가 있어요.", 1)
    desk.do(lambda: panes.answers.field.setText("소화전"))
    desk.do(lambda: panes.choose(1))
    return window, panes, desk


Reading = tuple[MainWindow, DeskPanes, Desk]


def _marked(panes: DeskPanes, kind: str) -> list[str]:
    view = panes.answers.article
    assert view.article is not None
    return [view.article.answer[m.start : m.end] for m in view._answer._marks if m.kind == kind]


def test_the_fitting_sentence_stands_above_and_is_marked(reading: Reading) -> None:
    _window, panes, _desk = reading
    band = panes.answers.article.draft
    assert band.isVisible()
    assert band.shown_text() == SENTENCES[0]
    assert _marked(panes, "cause") == [SENTENCES[0]]
    assert _marked(panes, "found") == ["소화전"]


def test_new_words_change_the_draft_and_move_nothing(reading: Reading) -> None:
    _window, panes, desk = reading
    view = panes.answers.article
    QApplication.processEvents()
    before = (view.draft.geometry(), view._answer.geometry(), view.text_area.verticalScrollBar().value())
    say(desk, "과태료가 얼마예요?", 9)
    QApplication.processEvents()
    assert view.draft.shown_text().startswith(SENTENCES[2])
    say(desk, "사진은 어디로 올려요?", 19)
    QApplication.processEvents()
    assert view.draft.shown_text().startswith(SENTENCES[1])
    assert (
        view.draft.geometry(),
        view._answer.geometry(),
        view.text_area.verticalScrollBar().value(),
    ) == before


def test_the_agent_s_own_words_draft_nothing(reading: Reading) -> None:
    _window, panes, desk = reading
    say(desk, "과태료가 얼마예요?", 9, Leg.AGENT)
    assert panes.answers.article.draft.shown_text() == SENTENCES[0]


def test_one_key_copies_the_sentences_and_undo_takes_them_back(reading: Reading) -> None:
    window, panes, desk = reading
    say(desk, "과태료가 얼마예요?", 9)
    desk.do(window.action("copy_draft").trigger)
    assert window.notes.text == panes.answers.article.draft.shown_text()
    assert window.notes.text.startswith(SENTENCES[2])
    desk.do(window.action("undo").trigger)
    assert window.notes.text == ""


@pytest.mark.parametrize("place", ["notes", "search"])
def test_the_key_works_in_text_fields_too(reading: Reading, place: str) -> None:
    window, panes, desk = reading
    target = window.notes.edit if place == "notes" else panes.answers.field
    desk.do(target.setFocus)
    desk.do(lambda: QTest.keyClick(target, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier))
    assert window.notes.text == SENTENCES[0]


def test_a_question_to_ask_back_begins_a_line_of_the_notes(reading: Reading) -> None:
    window, panes, desk = reading
    chip = next(chip for chip in panes.answers.article.findChildren(AskChip) if chip.text() == "위치")
    desk.do(chip.setFocus)
    desk.do(lambda: QTest.keyClick(chip, Qt.Key.Key_Return))
    assert window.notes.text == "위치: "


def test_without_a_call_there_is_no_draft(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    panes = window.panes
    assert isinstance(panes, DeskPanes)
    desk.do(lambda: desk.services.faq.use(talking.FewAnswers()))
    desk.do(lambda: panes.answers.field.setText("소화전"))
    desk.do(lambda: panes.choose(1))
    assert not panes.answers.article.draft.isVisible()
    assert _marked(panes, "cause") == []
    assert not window.action("copy_draft").isEnabled()


def test_a_short_answer_is_marked_and_not_repeated(reading: Reading) -> None:
    _window, panes, desk = reading
    short: Article = replace(LONG, answer=" ".join(SENTENCES[:2]))
    desk.do(lambda: desk.services.faq.use(talking.FewAnswers([short])))
    desk.do(lambda: panes.choose(1))
    assert not panes.answers.article.draft.isVisible()
    assert _marked(panes, "cause") == [SENTENCES[0]]


def test_the_end_of_the_call_takes_nothing_away(reading: Reading) -> None:
    window, panes, desk = reading
    panes.answers.field.setFocus()
    end(desk)
    assert panes.answers.article.draft.shown_text() == SENTENCES[0]
    desk.do(window.action("copy_draft").trigger)
    assert window.notes.text == SENTENCES[0]


def test_where_nothing_said_fits_the_words_searched_for_count(reading: Reading) -> None:
    _window, panes, desk = reading
    for start in (9, 19, 29):
        say(desk, "여보세요.", start)
    assert panes.answers.article.draft.shown_text() == SENTENCES[0]
    desk.do(lambda: panes.answers.field.setText("안전신문고"))
    desk.do(lambda: panes.choose(1))
    band = panes.answers.article.draft
    assert band.shown_text() == SENTENCES[1]
    assert band._cause.text() == "“안전신문고”"
    say(desk, "과태료가 얼마예요?", 39)
    assert band.shown_text().startswith(SENTENCES[2])


def test_an_answer_from_a_shelf_waits_for_the_callers_words(reading: Reading) -> None:
    _window, panes, desk = reading
    for start in (9, 19, 29):
        say(desk, "여보세요.", start)
    desk.do(lambda: panes.answers.field.setText(""))
    desk.do(lambda: panes.choose(1))
    assert panes.answers.article.draft.shown_text() == ""
