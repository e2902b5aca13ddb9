"""One masked thing is shown for a reason that is noted first, until its page is left."""

from __future__ import annotations

import json
import logging

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from desktop.domain.errors import StorageError
from desktop.domain.originals import NOTES, NUMBER
from desktop.domain.transcript import Leg, Segment
from desktop.ui.history.reading_view import CallReadingView
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.history.test_calls import _call
from tests.ui.talking import end, say, talk

SAID, NOTED = "제 번호는 010-9876-5432예요.", "010-1111-2222로 문자"
HIDDEN_SAID, HIDDEN_NOTED = "제 번호는 •••-••••-••••예요.", "•••-••••-••••로 문자"
WHY = "회신 번호 확인"


def _read(make_window: WindowFactory, **settings: bool) -> tuple[MainWindow, DeskPanes, Desk]:
    """A call that is over, read again: two lines with something masked, notes, a number."""
    window, desk = make_window(language="en", **settings)
    assert isinstance(window.panes, DeskPanes)
    desk.run(desk.records.save_call(_call()))
    for start, text in ((1.0, "안녕하세요."), (3.0, SAID), (9.0, SAID)):
        desk.run(desk.records.save_segment(Segment("h1", Leg.CALLER, text, 0.9, start, start + 2)))
    desk.run(desk.records.save_notes("h1", NOTED))
    _open(desk, window.panes)
    return window, window.panes, desk


def _open(desk: Desk, panes: DeskPanes) -> None:
    desk.do(lambda: panes._read_call("h1"))
    desk.settle()


def _press(desk: Desk, widget: QWidget, key: Qt.Key, alt: bool = False) -> None:
    held = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    desk.do(lambda: QTest.keyClick(widget, key, held))
    desk.settle()


def _answer(desk: Desk, reason: QLineEdit, text: str = WHY) -> None:
    reason.insert(text)
    _press(desk, reason, Qt.Key.Key_Return)


def _texts(view: CallReadingView) -> list[str]:
    return [line.text for line in view._model.lines]


def _noted(desk: Desk, name: str) -> list[dict[str, object]]:
    records = desk.run(desk.records.evidence_records(name))
    assert {each.kind for each in records} <= {"reveal", "numbered"}
    return [json.loads(each.body) for each in records if each.kind == "reveal"]


def test_a_line_is_shown_for_a_reason_until_the_page_is_left(
    make_window: WindowFactory, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    window, panes, desk = _read(make_window)
    view, reason = panes.reading, panes.reading.original.reason
    desk.do(lambda: view.lines.setCurrentIndex(view._model.index(2)))
    _press(desk, window, Qt.Key.Key_O, alt=True)
    assert reason.hasFocus()
    assert view.original.what.text().startswith("Original of the line at ")
    _press(desk, reason, Qt.Key.Key_Return)
    assert reason.isVisible(), "a reason is needed"
    assert _noted(desk, "h1") == []
    _answer(desk, reason)
    assert _texts(view) == ["안녕하세요.", HIDDEN_SAID, SAID], "this one item"
    assert (view._notes.text(), view._facts.text().endswith("010-••••-4720 · 2:31")) == (HIDDEN_NOTED, False)
    assert view.lines.currentIndex().row() == 2
    assert view.lines.hasFocus()
    when = desk.clock.now().isoformat(timespec="milliseconds")
    who = {"who": "김다산 1207", "when": when, "reason": WHY}
    assert _noted(desk, "h1") == [{**who, "item": "line", "leg": "caller", "start": 9.0}]
    assert not any(words in caplog.text for words in (WHY, "9876"))
    desk.do(panes.escape)
    assert _texts(view) == ["안녕하세요.", HIDDEN_SAID, HIDDEN_SAID], (
        "at once, not only when it is read again"
    )
    _open(desk, panes)
    assert _texts(view) == ["안녕하세요.", HIDDEN_SAID, HIDDEN_SAID]


def test_asked_again_the_next_item_is_meant_and_escape_asks_no_more(make_window: WindowFactory) -> None:
    window, panes, desk = _read(make_window)
    view, field = panes.reading, panes.reading.original
    desk.do(lambda: view.lines.setCurrentIndex(view._model.index(0)))
    asked = []
    for _ in range(5):
        _press(desk, window, Qt.Key.Key_O, alt=True)
        asked.append(field.what.text().split(" at ")[0].removeprefix("Original of the "))
    assert asked == ["notes", "number", "line", "line", "notes"], "the chosen line hides nothing"
    desk.do(panes.escape)
    assert not field.reason.isVisible()
    assert view.isVisible(), "Esc closed only the question"
    for name in ("notes", "number"):
        _press(desk, window, Qt.Key.Key_O, alt=True)
        assert field.what.text().endswith(name)
        _answer(desk, field.reason)
    assert view._notes.text() == NOTED
    assert "01012344720" in f"{view._title.text()} {view._facts.text()}"
    assert [each["item"] for each in _noted(desk, "h1")] == ["notes", "number"]
    desk.do(desk.phone.ring)
    assert view.isVisible(), "a ring takes nothing away that is being read"
    desk.do(window.action("answer").trigger)
    assert not view.isVisible()
    assert view._notes.text() == HIDDEN_NOTED, "another page came"


def _entry(desk: Desk, view: QWidget, widget: QWidget) -> QMenu | None:
    """The context menu that the menu key opens on `widget`."""
    desk.do(lambda: widget.customContextMenuRequested.emit(widget.rect().center()))
    menus = [menu for menu in view.findChildren(QMenu) if menu.isVisible()]
    return menus[-1] if menus else None


def test_the_context_menu_offers_what_is_pointed_at(make_window: WindowFactory) -> None:
    _window, panes, desk = _read(make_window)
    view, field = panes.reading, panes.reading.original
    for widget, item in ((view._notes, NOTES), (view._facts, NUMBER)):
        menu = _entry(desk, view, widget)
        assert menu is not None
        (action,) = menu.actions()
        assert action.text() == field.button.text() == field.button.accessibleName() == "Show original"
        desk.do(action.trigger)
        desk.do(menu.close)
        assert field.reason.isVisible()
        _answer(desk, field.reason)
        assert _noted(desk, "h1")[-1]["item"] == item.kind.value


def test_where_nothing_is_masked_nothing_is_asked(make_window: WindowFactory) -> None:
    window, panes, desk = _read(make_window, mask_numbers=False)
    assert _texts(panes.reading)[1] == SAID
    assert not panes.reading.original.button.isVisible()
    _press(desk, window, Qt.Key.Key_O, alt=True)
    assert not panes.reading.original.reason.isVisible()
    assert window.toast.text == "Nothing is masked here."
    desk.do(panes.escape)
    assert not window.action("show_original").isEnabled()


def test_what_cannot_be_noted_is_not_shown(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise StorageError("The disk is full.", "full")

    window, panes, desk = _read(make_window)
    monkeypatch.setattr(desk.records, "add_evidence_record", refuse)
    _press(desk, window, Qt.Key.Key_O, alt=True)
    _answer(desk, panes.reading.original.reason)
    assert panes.reading._notes.text() == HIDDEN_NOTED
    assert SAID not in _texts(panes.reading)
    assert window.toast.isVisible()


def test_what_is_noted_after_the_page_was_left_is_not_shown(make_window: WindowFactory) -> None:
    window, panes, desk = _read(make_window)
    _press(desk, window, Qt.Key.Key_O, alt=True)
    panes.reading.original.reason.insert(WHY)

    def give_and_leave() -> None:
        panes.reading.original.reason.returnPressed.emit()
        panes.escape()

    desk.do(give_and_leave)
    desk.settle()
    assert len(_noted(desk, "h1")) == 1
    assert SAID not in _texts(panes.reading)
    assert panes.reading._notes.text() == HIDDEN_NOTED


def test_a_quote_of_a_report_is_shown_and_noted_with_its_incident(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    panes = window.panes
    assert isinstance(panes, DeskPanes)
    talk(desk)
    say(desk, SAID, 3)
    say(desk, SAID, 8)
    desk.do(window.action("red_button").trigger)
    desk.settle()
    end(desk)
    quotes, field = panes.evidence.quotes, panes.evidence.original
    quotes.choose(1)

    def said() -> list[str]:
        return [quote.text for quote in quotes.rows.rows]

    assert said() == [HIDDEN_SAID, HIDDEN_SAID]
    _press(desk, window, Qt.Key.Key_O, alt=True)
    desk.do(panes.escape)
    assert str(window.situation) == "report", "Esc closed only the question"
    desk.do(field.button.click)
    _answer(desk, field.reason)
    assert said() == [HIDDEN_SAID, SAID]
    found = desk.run(desk.records.escalation("c1"))
    assert found is not None
    assert [(each["item"], each["start"]) for each in _noted(desk, found.id)] == [("line", 8.0)]
    assert _noted(desk, "c1") == []
    desk.do(panes.escape)
    assert str(window.situation) != "report"
    assert said() == [HIDDEN_SAID, HIDDEN_SAID]
