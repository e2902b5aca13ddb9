"""The report as the agent writes it."""

from __future__ import annotations

import json
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.escalation import AbuseKind, Feeling
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import end, incident, say, talk


def _pressed(make_window: WindowFactory) -> tuple[MainWindow, DeskPanes, Desk]:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    incident(desk, window)
    return window, window.panes, desk


def test_a_call_with_a_procedure_ends_with_its_report(make_window: WindowFactory) -> None:
    window, panes, desk = _pressed(make_window)
    assert panes.form.isVisible()
    assert panes.evidence.isVisible()
    assert [quote.text for quote in panes.evidence.quotes.rows.rows] == ["당장 지우라고."]
    assert panes.form._later.text() == "Finish later"
    desk.do(panes.escape)
    assert window.situation == "wrap_up"
    assert panes.transcript.isVisible()


def test_three_digits_and_one_key_file_the_report(make_window: WindowFactory) -> None:
    window, panes, desk = _pressed(make_window)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_2):
        desk.do(partial(QTest.keyClick, panes.form.first_focus(), key))
    assert panes.confirm() == "send_report"
    desk.do(window.action("send_report").trigger)
    filed = desk.run(desk.records.escalation("c1"))
    assert filed is not None
    assert filed.filed is not None
    assert (filed.form.kind, filed.form.feeling) == (AbuseKind.VERBAL, Feeling.SHAKEN)
    assert json.loads(filed.versions[-1].canonical)["form"]["kind"] == "verbal"
    assert window.situation == "wrap_up"


def test_the_procedure_fills_in_the_kind_and_names_the_centres_police(make_window: WindowFactory) -> None:
    _window, panes, _desk = _pressed(make_window)
    groups = list(panes.form.groups.values())
    assert groups[0].index == 0
    assert groups[1].buttons[1].text() == "Yes · consider 112"
    panes.form.show_police("")
    assert groups[1].buttons[1].text() == "Yes"


def test_without_a_kind_nothing_is_filed(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    panes = window.panes
    talk(desk)
    end(desk)
    desk.do(window.action("red_button").trigger)
    desk.settle()
    desk.do(window.action("send_report").trigger)
    assert window.situation == "report"
    assert not panes.form._missing.isHidden()
    kept = desk.run(desk.records.escalation("c1"))
    assert kept is not None
    assert kept.filed is None


def test_what_was_answered_is_kept_for_later(make_window: WindowFactory) -> None:
    window, panes, desk = _pressed(make_window)
    desk.do(lambda: panes.choose(3))
    desk.do(lambda: panes.form.demand_changed.emit("과태료 취소"))
    desk.do(panes.escape)
    kept = desk.run(desk.records.escalation("c1"))
    assert kept is not None
    assert (kept.form.kind, kept.form.demand, kept.filed) == (AbuseKind.THREAT, "과태료 취소", None)
    desk.clock.go(2)
    desk.do(window.action("red_button").trigger)
    desk.settle()
    assert window.situation == "report"
    assert panes.form.groups[next(iter(panes.form.groups))].index == 2
    assert panes.form.demand.text() == "과태료 취소"


def test_space_ticks_a_quote_that_was_heard(make_window: WindowFactory) -> None:
    _window, panes, desk = _pressed(make_window)
    panes.evidence.quotes.setFocus()
    panes.evidence.quotes.choose(0)
    desk.do(lambda: QTest.keyClick(panes.evidence.quotes, Qt.Key.Key_Space))
    assert panes.evidence.quotes.rows.rows[0].heard
    kept = desk.run(desk.records.escalation("c1"))
    assert kept is not None
    assert kept.form.heard == (3.0,)


def test_later_words_become_later_versions_and_are_shown(make_window: WindowFactory) -> None:
    _window, panes, desk = _pressed(make_window)
    before = panes.evidence._facts[3].text()
    say(desk, "또 전화할 거야.", 8)
    assert panes.evidence._facts[3].text() != before
    assert len(panes.evidence.quotes.rows.rows) == 2
    assert "by the caller" in panes.evidence._facts[1].text()


def test_digits_belong_to_the_demand_while_it_is_written(make_window: WindowFactory) -> None:
    _window, panes, desk = _pressed(make_window)
    panes.form.demand.setFocus()
    desk.do(lambda: QTest.keyClicks(panes.form.demand, "119"))
    assert panes.form.demand.text() == "119"
    assert panes.form.groups[next(iter(panes.form.groups))].index == 0, "as the procedure left it"


def test_the_group_with_the_focus_listens(make_window: WindowFactory) -> None:
    _window, panes, desk = _pressed(make_window)
    for digit in (1, 1):
        desk.do(partial(panes.choose, digit))
    first = panes.form.first_focus()
    desk.do(first.setFocus)
    desk.do(lambda: QTest.keyClick(first, Qt.Key.Key_6))
    assert panes.form.groups[next(iter(panes.form.groups))].index == 5


def test_a_quote_shows_no_number_while_the_screen_masks_them(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    panes = window.panes
    assert isinstance(panes, DeskPanes)
    talk(desk)
    say(desk, "010-9876-5432로 당장 전화해.", 3)
    desk.do(window.action("red_button").trigger)
    desk.settle()
    end(desk)
    assert [quote.text for quote in panes.evidence.quotes.rows.rows] == ["•••-••••-••••로 당장 전화해."]
    kept = desk.run(desk.records.segments("c1"))
    assert [each.text for each in kept] == ["010-9876-5432로 당장 전화해."], "the record is whole"
