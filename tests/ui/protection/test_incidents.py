"""Earlier incidents of a caller: named at the ring, listed, corrected with a reason, taken back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.strikes import Strike
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import end, talk

CALLER = "#01012344720"


def _known(make_window: WindowFactory, *days: int) -> tuple[MainWindow, DeskPanes, Desk]:
    """A window of a desk that knows incidents of so many days ago."""
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    for number, ago in enumerate(days):
        moment = desk.clock.now() - timedelta(days=ago)
        classes = (("verbal", "malicious"), ("threat", "malicious"), ("long", "difficult"))
        strike = Strike(f"old{number}", CALLER, *classes[number], moment)
        desk.run(desk.records.save_strike(strike))
    return window, window.panes, desk


def _rows(panes: DeskPanes) -> list[tuple[str, str, bool]]:
    return [(row.title, row.status, row.attention) for row in panes.incidents.list.rows.rows]


def _enter(desk: Desk, panes: DeskPanes) -> None:
    desk.do(partial(QTest.keyClick, panes.incidents.list, Qt.Key.Key_Return))
    desk.settle()


def _press(window: MainWindow, desk: Desk, name: str) -> None:
    desk.do(window.action(name).trigger)
    desk.settle()


def _give(desk: Desk, panes: DeskPanes, reason: str) -> None:
    panes.incidents.reason.setText(reason)
    desk.do(partial(QTest.keyClick, panes.incidents.reason, Qt.Key.Key_Return))
    desk.settle()


def test_at_the_ring_one_is_corrected_with_a_reason_and_taken_back(make_window: WindowFactory) -> None:
    window, panes, desk = _known(make_window, 10, 3)
    assert not window.action("incidents").isEnabled()
    desk.do(desk.phone.ring)
    desk.settle()
    assert "Mind this caller · abuse 2 · last: Threat" in window.column.card.notice_text
    assert panes.earlier.incidents.isVisible()
    _press(window, desk, "incidents")
    assert panes.incidents.isVisible()
    assert _rows(panes) == [("Threat", "counts", True), ("Verbal abuse", "counts", True)]
    _enter(desk, panes)
    _give(desk, panes, "  ")
    assert panes.incidents.reason.isVisible(), "a reason is needed"
    assert desk.run(desk.records.strikes_of(CALLER))[1].corrected == ""
    _give(desk, panes, "다른 사람이 건 전화")
    assert _rows(panes)[0] == ("Threat", "counts no more", False)
    assert "다른 사람이 건 전화" in panes.incidents.list.rows.rows[0].detail
    assert desk.run(desk.records.strikes_of(CALLER))[1].corrected == "다른 사람이 건 전화"
    assert "abuse 1 · last: Verbal abuse" in window.column.card.notice_text
    assert window.toast.text.startswith("Counts no more: Threat")
    _press(window, desk, "undo")
    assert desk.run(desk.records.strikes_of(CALLER))[1].corrected == ""
    assert "abuse 2" in window.column.card.notice_text
    assert _rows(panes)[0] == ("Threat", "counts", True)


def test_a_reason_that_was_begun_is_not_kept_for_another_incident(make_window: WindowFactory) -> None:
    window, panes, desk = _known(make_window, 10, 3)
    desk.do(desk.phone.ring)
    desk.settle()
    _press(window, desk, "incidents")
    for place, left in ((0, ""), (0, "오인"), (1, "")):
        panes.incidents.list.choose(place)
        _enter(desk, panes)
        assert panes.incidents.reason.hasFocus()
        assert panes.incidents.reason.text() == left
        panes.incidents.reason.setText("오인")
        panes.incidents.list.setFocus()


def test_where_nothing_counts_any_more_nobody_is_warned_of(make_window: WindowFactory) -> None:
    window, panes, desk = _known(make_window, 3)
    talk(desk)
    assert "Mind this caller" in window.column.card.notice_text
    _press(window, desk, "incidents")
    _enter(desk, panes)
    _give(desk, panes, "오인")
    assert "Mind this caller" not in window.column.card.notice_text
    assert window.action("incidents").isEnabled(), "what was corrected can be looked at"
    _enter(desk, panes)
    assert "Mind this caller" in window.column.card.notice_text
    assert window.toast.text.startswith("Counts again: Verbal abuse")
    _press(window, desk, "undo")
    assert desk.run(desk.records.strikes_of(CALLER))[0].corrected == "오인"
    assert "Mind this caller" not in window.column.card.notice_text


def test_old_ones_are_listed_and_warn_of_nobody(make_window: WindowFactory) -> None:
    window, panes, desk = _known(make_window, 4000)
    talk(desk)
    assert window.column.card.notice_text == ""
    _press(window, desk, "incidents")
    assert _rows(panes) == [("Verbal abuse", "too old to count", False)]


def test_escape_closes_the_reason_then_the_page(make_window: WindowFactory) -> None:
    window, panes, desk = _known(make_window, 3)
    talk(desk)
    _press(window, desk, "incidents")
    _enter(desk, panes)
    assert panes.incidents.reason.isVisible()
    desk.do(panes.escape)
    assert panes.incidents.isVisible()
    assert panes.incidents.reason.isHidden()
    desk.do(panes.escape)
    assert panes.transcript.isVisible()
    assert desk.run(desk.records.strikes_of(CALLER))[0].corrected == ""


def test_another_caller_has_none_of_them(make_window: WindowFactory) -> None:
    window, panes, desk = _known(make_window, 3)
    talk(desk)
    end(desk)
    desk.settle()
    desk.do(lambda: desk.phone.ring("c2", "sip:0212345678@city"))
    desk.settle()
    assert not window.action("incidents").isEnabled()
    assert panes.earlier.incidents.isHidden()
    assert desk.services.protection.callers.incidents == ()
