"""Text messages in the window: told when it is quiet, read and answered, never more than plain text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.phone import TextCame, TextRefused
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.history.test_calls import missed
from tests.ui.talking import end, talk

SENDER = "sip:01012344720@city"


def comes(desk: Desk, text: str, sender: str = SENDER) -> None:
    desk.do(lambda: desk.phone.say(TextCame(sender, text)))


def panes_of(window: MainWindow) -> DeskPanes:
    assert isinstance(window.panes, DeskPanes)
    return window.panes


def test_a_text_is_told_read_and_answered(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    every = panes_of(window).every
    comes(desk, "<b>bold</b>\n14:20 from 119: call me")
    assert window.column.card.notice_text == "Text from 010-••••-4720"
    comes(desk, "second", "sip:0212345678@city")
    assert window.column.card.notice_text == "2 texts, the newest from 02-••••-5678"
    desk.do(window.action("texts").trigger)
    rows = every.list.rows.rows
    assert [(row.title, row.status) for row in rows] == [("02-••••-5678", ""), ("010-••••-4720", "New")]
    assert rows[1].detail == "<b>bold</b> 14:20 from 119: call me"
    desk.do(lambda: QTest.keyClick(every.field, Qt.Key.Key_Down))
    assert every.text_box.text.text() == "<b>bold</b>\n14:20 from 119: call me"
    assert window.column.card.notice_text == ""
    desk.do(lambda: QTest.keyClick(every.field, Qt.Key.Key_Return))
    assert QApplication.focusWidget() is every.text_box.answer
    desk.do(lambda: QTest.keyClicks(every.text_box.answer, "on my way"))
    desk.do(lambda: QTest.keyClick(every.text_box.answer, Qt.Key.Key_Return))
    assert desk.phone.told[-1] == ("text", SENDER, "on my way")
    assert every.text_box.answer.text() == ""
    assert every.list.rows.rows[1].status == "Answered"
    desk.do(lambda: desk.phone.say(TextRefused("no such number")))
    assert window.toast.text == "The text was not taken: No such number"


def test_a_text_in_a_call_waits_until_it_is_over(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    talk(desk)
    focus = QApplication.focusWidget()
    comes(desk, "psst")
    assert window.column.card.notice_text == ""
    assert QApplication.focusWidget() is focus
    assert panes_of(window).transcript.isVisible()
    end(desk)
    assert window.column.card.notice_text == "", "the write-up comes first"
    desk.do(lambda: window.wrap_up.choose("교통", "answered"))
    desk.do(window.action("done").trigger)
    assert window.column.card.notice_text == "Text from 010-••••-4720"


def test_calls_and_texts_do_not_mix(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    every = panes_of(window).every
    desk.run(desk.records.save_call(missed("h1", "sip:0212345678@city", 5)))
    desk.do(window.action("texts").trigger)
    assert (every.list.rows.rows, every.text_box.isVisible()) == ([], False)
    comes(desk, "hello")
    assert every.text_box.isVisible()
    assert not window.action("call_back").isEnabled()
    desk.do(lambda: every.kinds.choose(0))
    assert not every.text_box.isVisible()
    assert [row.title for row in every.list.rows.rows] == ["02-••••-5678"]
    assert window.action("call_back").isEnabled()
