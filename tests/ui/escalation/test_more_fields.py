"""Charges and police in the form: room for them, and nothing of it in the way of the quick path."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.escalation import Charges, ReportForm
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


def _kept(desk: Desk) -> ReportForm:
    kept = desk.run(desk.records.escalation("c1"))
    assert kept is not None
    return kept.form


def _filed(window: MainWindow, desk: Desk) -> Any:
    desk.do(window.action("send_report").trigger)
    filed = desk.run(desk.records.escalation("c1"))
    assert filed is not None
    assert filed.filed is not None
    return json.loads(filed.versions[-1].canonical)


def test_what_the_agent_adds_is_sent_along(make_window: WindowFactory) -> None:
    window, panes, desk = _pressed(make_window)
    more = panes.form.more
    desk.do(more.charges.buttons[2].click)
    desk.do(more.police.click)
    more.reference.setFocus()
    desk.do(lambda: QTest.keyClicks(more.reference, "2026-1126-7"))
    assert more.reference.text() == "2026-1126-7", "its digits answer no group"
    assert panes.form.groups[next(iter(panes.form.groups))].index == 0
    kept = _kept(desk)
    assert (kept.charges, kept.police_called, kept.police_reference) == (Charges.LATER, True, "2026-1126-7")
    form = _filed(window, desk)["form"]
    assert [form[key] for key in ("charges", "police_called", "police_reference")] == [
        "later",
        True,
        "2026-1126-7",
    ]


def test_the_quick_path_asks_nothing_more(make_window: WindowFactory) -> None:
    window, panes, desk = _pressed(make_window)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_2):
        desk.do(partial(QTest.keyClick, panes.form.first_focus(), key))
    form = _filed(window, desk)["form"]
    assert [form[key] for key in ("charges", "police_called", "police_reference")] == ["", None, ""]


def test_the_form_shows_the_number_of_the_incident(make_window: WindowFactory) -> None:
    _window, panes, desk = _pressed(make_window)
    kept = desk.run(desk.records.escalation("c1"))
    assert kept is not None
    assert panes.form._id.text() == kept.number == f"{desk.clock.now().astimezone():%Y%m%d}-001"


def test_the_police_called_from_the_window_are_ticked(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    panes = window.panes
    assert isinstance(panes, DeskPanes)
    talk(desk)
    say(desk, "찾아가겠다.", 3)
    desk.do(window.action("red_button").trigger)
    desk.run(desk.services.calls.dial("112"))
    desk.do(desk.phone.second_answers)
    desk.do(desk.phone.second_ends)
    end(desk)
    assert panes.form.isVisible()
    assert panes.form.more.police.isChecked()
    desk.do(panes.form.more.police.click)
    assert _kept(desk).police_called is False
    assert _filed(window, desk)["form"]["police_called"] is False, "the agent may say otherwise"


def test_the_police_called_while_the_report_is_open_are_ticked_too(make_window: WindowFactory) -> None:
    window, panes, desk = _pressed(make_window)
    assert not panes.form.more.police.isChecked()
    desk.run(desk.services.calls.dial("112"))
    assert panes.form.more.police.isChecked()
    assert _kept(desk).police_called is True
    assert window.situation
