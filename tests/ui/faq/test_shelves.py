"""What the list offers while nothing is searched, and the keys that walk there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.domain.faq import Article
from desktop.ui.faq.rows import AnswerRow
from desktop.ui.main_window import MainWindow
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.faq.test_answer_keys import panes_of, press
from tests.ui.talking import FewAnswers, talk

Key = Qt.Key
ARTICLES = (
    Article("A", "ko", "교통 > 주정차 > 신고", "신고는?", "앱으로 합니다."),
    Article("B", "ko", "교통 > 주정차", "주차는?", "유료입니다."),
    Article("C", "ko", "교통 > 버스", "막차는?", "열두 시입니다."),
    Article("D", "ko", "여권", "재발급은?", "구청에서 합니다."),
    Article("E", "en", "Traffic", "Parking?", "Not free."),
)


class ChangingAnswers(FewAnswers):
    """The same pack as it was before, and as it is now."""

    def __init__(self) -> None:
        super().__init__(ARTICLES)

    def change(self) -> None:
        self.content = "second"
        self.known[3] = Article("D", "ko", "여권", "재발급은?", "온라인으로도 합니다.")
        self.known.append(Article("N", "ko", "여권", "새 답변", "새 내용입니다."))


@pytest.fixture
def answers() -> ChangingAnswers:
    return ChangingAnswers()


def rows(window: MainWindow) -> list[AnswerRow]:
    return list(panes_of(window).answers.hits.rows.rows)


def questions(window: MainWindow) -> list[str]:
    return [row.question for row in rows(window)]


def keys(window: MainWindow, desk: Desk, *codes: Key) -> None:
    """In the empty field."""
    panes_of(window).answers.field.setFocus()
    for code in codes:
        press(desk, code)


TO_BROWSE = (Key.Key_Right, Key.Key_Right, Key.Key_Right)


def test_three_levels_by_keys_down_and_up_again(make_window: WindowFactory) -> None:
    window, desk = make_window(language="ko")
    view = panes_of(window).answers
    keys(window, desk, *TO_BROWSE)
    assert questions(window) == ["교통", "여권"]
    assert "3" in rows(window)[0].passage
    keys(window, desk, Key.Key_Return)
    assert questions(window) == ["주정차", "버스"]
    assert view._caption.text() == "교통"
    keys(window, desk, Key.Key_Return)
    assert questions(window) == ["신고", "주차는?"]
    keys(window, desk, Key.Key_Return)
    assert questions(window) == ["신고는?"]
    assert view._caption.text() == "교통 › 주정차 › 신고"
    keys(window, desk, Key.Key_Return)
    assert window.faq.read_article_id == "A"
    press(desk, Key.Key_Escape)
    assert window.faq.read_article_id == ""
    keys(window, desk, Key.Key_Backspace)
    assert (questions(window), view.hits.current) == (["신고", "주차는?"], 0)
    press(desk, Key.Key_Escape)
    assert (questions(window), view.hits.current) == (["주정차", "버스"], 0)
    keys(window, desk, Key.Key_Down, Key.Key_Return)
    assert questions(window) == ["막차는?"]
    keys(window, desk, Key.Key_Backspace)
    assert (questions(window), view.hits.current) == (["주정차", "버스"], 1)
    keys(window, desk, Key.Key_Backspace, Key.Key_Backspace)
    assert view.shelves.tabs["often"].isChecked()
    assert not desk.do(panes_of(window).escape)


def test_the_same_keys_work_in_the_list(make_window: WindowFactory) -> None:
    window, desk = make_window(language="ko")
    hits = panes_of(window).answers.hits
    hits.setFocus()
    for code in (*TO_BROWSE, Key.Key_Down, Key.Key_Return):
        press(desk, code)
    assert questions(window) == ["재발급은?"]
    press(desk, Key.Key_Backspace)
    assert (questions(window), hits.hasFocus()) == (["교통", "여권"], True)


def test_categories_are_those_of_the_windows_language(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    keys(window, desk, *TO_BROWSE)
    assert questions(window) == ["Traffic"]


def test_arrows_in_a_query_move_in_its_text(make_window: WindowFactory) -> None:
    window, desk = make_window()
    field = panes_of(window).answers.field
    desk.do(lambda: field.setText("입니다"))
    field.setFocus()
    press(desk, Key.Key_Left)
    assert field.cursorPosition() == 2
    press(desk, Key.Key_Backspace)
    assert field.text() == "입다"


def test_favourites_pins_and_what_was_used_last(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    panes = panes_of(window)
    for row, name in ((4, "favourite"), (3, "pin"), (1, "")):
        desk.do(lambda row=row: panes._answers._open_seen(row - 1))  # type: ignore[misc]
        if name:
            desk.do(window.action(name).trigger)
        desk.do(panes.escape)
        desk.clock.go(1)
    desk.do(panes._answers.refresh)
    assert rows(window)[0].meta.endswith("pinned")
    shelves = {}
    for shelf in ("favourites", "recent"):
        desk.do(lambda shelf=shelf: panes.answers.shelves.tabs[shelf].click())  # type: ignore[misc]
        shelves[shelf] = [row.target for row in rows(window)]
    pinned = desk.run(desk.own.places("few"))["pin"]
    assert shelves["favourites"] == ["D"] == desk.run(desk.own.places("few"))["favourite"]
    assert shelves["recent"][-1] == "D"
    assert sorted(shelves["recent"]) == sorted({"D", *pinned, *shelves["recent"]})


def test_an_empty_shelf_says_how_it_is_filled(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    keys(window, desk, Key.Key_Right)
    view = panes_of(window).answers
    assert view._words.isVisible()
    assert "Alt+F" in view._words.text()
    assert view.shelves.isVisible()


def test_changes_since_the_last_shift_are_counted_and_listed(
    make_window: WindowFactory, answers: ChangingAnswers
) -> None:
    window, desk = make_window(language="en")
    view = panes_of(window).answers
    assert view.shelves.tabs["changed"].text() == "Changed"
    desk.run(desk.services.faq.own.end_shift())
    answers.change()
    desk.do(lambda: desk.services.faq.use(answers))
    assert view.shelves.tabs["changed"].text() == "Changed 2"
    keys(window, desk, Key.Key_Left, Key.Key_Left)
    assert [(row.target, row.meta.rpartition(" ")[2]) for row in rows(window)] == [
        ("N", "new"),
        ("D", "changed"),
    ]


def test_own_flags_and_proposals_are_listed_opened_and_exported(
    make_window: WindowFactory, tmp_path: Path
) -> None:
    window, desk = make_window(language="en")
    panes = panes_of(window)
    desk.do(lambda: panes.choose(2))
    desk.do(window.action("flag").trigger)
    desk.do(window.action("keep_form").trigger)
    desk.clock.go(1)
    desk.do(window.action("propose_new").trigger)
    desk.do(lambda: panes.proposal.question.type_text("Where?"))
    desk.do(panes.escape)
    keys(window, desk, Key.Key_Left)
    press(desk, Key.Key_Escape)
    assert [(row.kind, row.question) for row in rows(window)] == [
        ("proposal", "Where?"),
        ("article", "주차는?"),
    ]
    assert panes.answers.export.isVisible()
    desk.do(lambda: panes._answers.export_to(tmp_path / "out.jsonl"))
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["question"] == "주차는?"
    assert "out.jsonl" in window.toast.text
    desk.do(lambda: panes._answers.export_to(tmp_path))
    assert "can't be written" in window.toast.text
    keys(window, desk, Key.Key_Return)
    assert panes.proposal.question.toPlainText() == "Where?"


def test_nothing_jumps_when_one_begins_to_type(make_window: WindowFactory) -> None:
    """The list begins at the same height with shelves, with hits, and with nothing found."""
    window, desk = make_window()
    view = panes_of(window).answers
    talk(desk)

    def top() -> int:
        return view.hits.mapTo(window, QPoint(0, 0)).y()

    before = top()
    for text in ("입", "입니다", ""):
        desk.do(lambda text=text: view.field.setText(text))  # type: ignore[misc]
        assert top() == before
        assert view.shelves.isVisible() == (text == "")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_shelf_has_a_place_of_its_own(make_window: WindowFactory, language: str) -> None:
    window, desk = make_window(1366, 697, language=language, text_size=110)
    bar = panes_of(window).answers.shelves
    boxes = [tab.geometry() for tab in bar.tabs.values()]
    assert not any(a.intersects(b) for a in boxes for b in boxes if a is not b)
    assert all(bar.rect().contains(box) for box in boxes)
    assert all(tab.width() == tab.sizeHint().width() for tab in bar.tabs.values())
    assert (window.width(), window.height()) == (1366, 697)
    desk.do(lambda: QTest.mouseClick(bar.tabs["browse"], Qt.MouseButton.LeftButton))
    assert bar.tabs["browse"].isChecked()
