from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.errors import StorageError
from desktop.ui import messages
from desktop.ui.call.notes_view import NotesEdit
from desktop.ui.main_window import MainWindow
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk


def _compose(window: MainWindow, desk: Desk, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    desk.do(lambda: QApplication.sendEvent(window.notes.edit, event))


def _answered(make_window: WindowFactory) -> tuple[MainWindow, Desk]:
    window, desk = make_window()
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    return window, desk


def test_the_syllable_that_is_being_composed_is_saved(make_window: WindowFactory) -> None:
    window, desk = _answered(make_window)
    desk.do(lambda: window.notes.type_text("소화"))
    _compose(window, desk, "저")
    assert desk.run(desk.records.notes("c1")) == "소화저"
    _compose(window, desk, "전")
    assert desk.run(desk.records.notes("c1")) == "소화전"
    _compose(window, desk, "", commit="전")
    assert desk.run(desk.records.notes("c1")) == "소화전"


def test_composing_in_the_middle_stands_in_its_place(make_window: WindowFactory) -> None:
    window, desk = _answered(make_window)
    desk.do(lambda: window.notes.type_text("😀ab\ncd"))
    cursor = window.notes.edit.textCursor()
    cursor.setPosition(3)
    window.notes.edit.setTextCursor(cursor)
    _compose(window, desk, "가")
    assert desk.run(desk.records.notes("c1")) == "😀a가b\ncd"


def test_each_key_is_on_disk_and_the_window_says_so(make_window: WindowFactory) -> None:
    window, desk = _answered(make_window)
    for text in ("a", "b", "c"):
        desk.do(partial(QTest.keyClicks, window.notes.edit, text))
    assert desk.run(desk.records.notes("c1")) == "abc"
    assert window.notes._is_saved


def test_notes_belong_to_their_call(make_window: WindowFactory) -> None:
    window, desk = _answered(make_window)
    desk.do(lambda: window.notes.type_text("first"))
    desk.do(desk.phone.hung_up_by_caller)
    assert window.notes.text == "first"
    desk.run(desk.services.wrap_up.finish())
    assert window.notes.text == ""
    assert window.notes.edit.isReadOnly()
    desk.do(lambda: desk.phone.ring("c2"))
    desk.do(window.action("answer").trigger)
    assert window.notes.text == ""
    desk.do(lambda: window.notes.type_text("second"))
    assert desk.run(desk.records.notes("c1")) == "first"
    assert desk.run(desk.records.notes("c2")) == "second"


def test_what_cannot_be_saved_stays_and_is_said(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, desk = _answered(make_window)

    async def full(call_id: str, text: str) -> None:
        raise StorageError("disk full")

    monkeypatch.setattr(desk.records, "save_notes", full)
    desk.do(lambda: window.notes.type_text("kept"))
    assert window.notes.text == "kept"
    assert window.column.card.notice_text == messages.cannot_save()
    assert not window.notes._is_saved
    monkeypatch.undo()
    desk.do(lambda: window.notes.type_text("!"))
    assert window.column.card.notice_text == ""
    assert desk.run(desk.records.notes("c1")) == "kept!"


def test_an_answer_is_added_on_a_line_of_its_own(make_window: WindowFactory) -> None:
    window, desk = _answered(make_window)
    desk.do(lambda: window.notes.type_text("one"))
    assert desk.do(lambda: window.insert_into_notes("two"))
    assert window.notes.text == "one\ntwo"
    assert desk.run(desk.records.notes("c1")) == "one\ntwo"


def test_nothing_is_written_where_no_call_is(make_window: WindowFactory) -> None:
    window, desk = make_window()
    assert not desk.do(lambda: window.insert_into_notes("lost"))
    assert window.notes.text == ""


def test_pasted_markup_is_plain(make_window: WindowFactory) -> None:
    window, desk = _answered(make_window)
    edit: NotesEdit = window.notes.edit
    QApplication.clipboard().setText("<b>bold</b>")
    desk.do(edit.paste)
    assert edit.toPlainText() == "<b>bold</b>"
