"""The answer that is read: flagged, kept at hand, in another language, as fresh as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.faq import Article
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.faq.test_answer_keys import panes_of, press
from tests.ui.talking import FewAnswers, say, talk

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
ARTICLES = (
    Article("K", "ko", "여권", "여권 재발급", "사진이 필요합니다.", group="g", checked_on="2026-11-01",
            phone="02-120", menu=("2", "2-1"), owner="여권팀", links=("https://example.org/p",),
            valid_until="2027-01-01"),
    Article("E", "en", "Passport", "Passport renewal", "A photo is needed.", group="g", checked_on="2026-11-01"),
    Article("V", "vi", "Hộ chiếu", "Đổi hộ chiếu", "Cần một tấm ảnh.", group="g", checked_on="2026-11-01"),
    Article("O", "ko", "세금", "오래된 답", "작년의 답입니다.", checked_on="2025-11-01"),
    Article("X", "ko", "세금", "끝난 답", "끝난 행사입니다.", checked_on="2026-11-01", valid_until="2026-11-21"),
)  # fmt: skip


@pytest.fixture
def answers() -> FewAnswers:
    return FewAnswers(ARTICLES)


def opened(
    make_window: WindowFactory, row: int = 1, **settings: str | int
) -> tuple[MainWindow, DeskPanes, Desk]:
    window, desk = make_window(language="en", **settings)
    desk.do(lambda: panes_of(window).choose(row))
    return window, panes_of(window), desk


def write(desk: Desk, text: str) -> None:
    """Type where the focus is."""
    target = cast(QWidget, QApplication.focusWidget())
    desk.do(lambda: QTest.keyClicks(target, text))


def test_an_exclamation_mark_flags_where_no_text_field_has_the_focus(make_window: WindowFactory) -> None:
    window, panes, desk = opened(make_window)
    panes.answers.article.text_area.setFocus()
    press(desk, Qt.Key.Key_Exclam)  # Shift is part of the sign: a real keyboard gives both, the map finds it
    assert panes.answers.flag_form.isVisible()
    write(desk, "fee is 50!")
    press(desk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not panes.answers.flag_form.isVisible()
    (flag,) = desk.run(desk.own.flags())
    assert (flag.article_id, flag.fault, flag.note, flag.question) == (
        "K",
        "wrong",
        "fee is 50!",
        "여권 재발급",
    )
    assert "Flagged" in window.toast.text
    desk.do(window.action("undo").trigger)
    assert desk.run(desk.own.flags()) == []


def test_an_exclamation_mark_in_the_field_is_text(make_window: WindowFactory) -> None:
    _window, panes, desk = opened(make_window)
    panes.answers.field.setFocus()
    press(desk, Qt.Key.Key_Exclam, SHIFT)
    assert panes.answers.field.text() == "!"
    assert not panes.answers.flag_form.isVisible()


def _search_field(window: MainWindow) -> QWidget:
    return panes_of(window).answers.field


def _notes(window: MainWindow) -> QWidget:
    return window.notes.edit


def _article(window: MainWindow) -> QWidget:
    return panes_of(window).answers.article.text_area


@pytest.mark.parametrize("place", [_search_field, _notes, _article])
def test_keys_of_an_answer_work_in_every_kind_of_field(
    make_window: WindowFactory, place: Callable[[MainWindow], QWidget]
) -> None:
    window, desk = make_window()
    talk(desk)
    desk.do(lambda: panes_of(window).choose(1))
    panes, own = panes_of(window), desk.services.faq.own

    def key(code: Qt.Key) -> None:
        place(window).setFocus()
        assert place(window).hasFocus()
        press(desk, code, ALT)

    key(Qt.Key.Key_F)
    key(Qt.Key.Key_P)
    assert (own.is_kept("K", "favourite"), own.is_kept("K", "pin")) == (True, True)
    key(Qt.Key.Key_L)
    assert window.faq.read_article_id == "E"
    key(Qt.Key.Key_R)
    assert panes.answers.flag_form.isVisible()
    desk.do(panes.escape)
    key(Qt.Key.Key_E)
    assert panes.proposal.isVisible()
    desk.do(panes.escape)
    if place is not _article:
        key(Qt.Key.Key_N)
        assert panes.proposal.question.hasFocus()
    assert (panes.answers.field.text(), window.notes.text) == ("", "")


def test_escape_closes_the_flag_alone_and_its_note_comes_back(make_window: WindowFactory) -> None:
    window, panes, desk = opened(make_window)
    desk.do(window.action("flag").trigger)
    write(desk, "half a note")
    press(desk, Qt.Key.Key_Escape)
    assert not panes.answers.flag_form.isVisible()
    assert window.faq.read_article_id == "K"
    assert panes.answers.field.hasFocus()
    desk.do(window.action("flag").trigger)
    assert panes.answers.flag_form.note == "half a note"
    assert desk.run(desk.own.flags()) == []


def test_an_answer_past_its_date_is_proposed_as_outdated(make_window: WindowFactory) -> None:
    window, panes, desk = opened(make_window, row=5)
    desk.do(window.action("flag").trigger)
    assert panes.answers.flag_form.fault == "outdated"


def test_favourite_and_pin_are_kept_shown_and_taken_back(make_window: WindowFactory) -> None:
    window, panes, desk = opened(make_window)
    view = panes.answers.article
    assert not view._favourite.isVisible()
    desk.do(window.action("favourite").trigger)
    assert view._favourite.isVisible()
    assert not view._pinned.isVisible()
    assert desk.run(desk.own.places("few")) == {"favourite": ["K"], "pin": []}
    desk.do(window.action("undo").trigger)
    assert not view._favourite.isVisible()
    assert desk.run(desk.own.places("few")) == {"favourite": [], "pin": []}


def test_the_citizens_language_is_shown_first_and_a_key_goes_on(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    panes = panes_of(window)
    talk(desk)
    say(desk, "Hello, I lost my passport yesterday.", 1)
    desk.do(lambda: panes.choose(1))
    assert window.faq.read_article_id == "E"
    assert panes.answers.article.tools["other_language"].text() == "한국어"
    seen = []
    for _ in range(3):
        desk.do(window.action("other_language").trigger)
        seen.append(window.faq.read_article_id)
    assert seen == ["K", "V", "E"]


def test_without_a_call_the_answer_that_was_opened_is_shown(make_window: WindowFactory) -> None:
    window, panes, desk = opened(make_window)
    assert window.faq.read_article_id == "K"
    desk.do(lambda: panes.choose(4))
    assert not panes.answers.article.tools["other_language"].isVisible()
    desk.do(window.action("other_language").trigger)
    assert window.faq.read_article_id == "O"


def test_facts_are_plain_lines(make_window: WindowFactory) -> None:
    _window, panes, _desk = opened(make_window)
    first, link = panes.answers.article._facts.text().split("\n")
    assert first.startswith("Phone 02-120 · Menu 2, 2-1 · Kept by 여권팀 · Valid until ")
    assert link == "https://example.org/p"


@pytest.mark.parametrize(
    ("row", "days", "words"),
    [(1, 365, "Checked"), (4, 365, "Old: checked"), (4, 3650, "Checked"), (5, 365, "Ended")],
)
def test_what_is_stale_is_said_in_amber(make_window: WindowFactory, row: int, days: int, words: str) -> None:
    _window, panes, _desk = opened(make_window, row, faq_stale_days=days)
    chip = panes.answers.article._unchecked
    assert chip.text().startswith(words)
    assert chip._tone == ("outline" if words == "Checked" else "warn")
