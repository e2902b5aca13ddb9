"""What the window says of a report that goes out by itself, and how it is completed afterwards."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.delivery_targets import FolderTarget
from desktop.domain.escalation import AbuseKind, Escalation
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import end, incident, talk


def _reported(make_window: WindowFactory, folder: Path) -> tuple[MainWindow, DeskPanes, Desk]:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    desk.clock.moment = datetime.now(UTC)
    desk.run(desk.services.delivery.use_targets([FolderTarget("team", "민원지원팀", str(folder))]))
    incident(desk, window)
    return window, window.panes, desk


def _hour(desk: Desk) -> Escalation:
    desk.clock.go(61 * 60)
    desk.do(desk.services.untouched.tick)
    desk.settle()
    found = desk.run(desk.records.escalation("c1"))
    assert found is not None
    return found


def test_the_form_says_when_it_goes_out_by_itself_and_that_it_did(
    make_window: WindowFactory, tmp_path: Path
) -> None:
    window, panes, desk = _reported(make_window, tmp_path)
    local = desk.clock.moment.astimezone()
    assert panes.form._sending.isVisible()
    assert panes.form._sending.text().startswith("Left alone, it is sent by itself ")
    assert f"{local:%H}:" not in panes.form._sending.text(), "an hour later"
    filed = _hour(desk)
    assert filed.unconfirmed
    assert panes.form._sending.text().startswith("Sent by itself ")
    assert "sent by itself" in window.toast.text
    assert window.light_bar.reports.text() == "1 report sent, not confirmed"
    for key in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_2):
        desk.do(partial(QTest.keyClick, panes.form.first_focus(), key))
    desk.do(window.action("send_report").trigger)
    desk.settle()
    done = desk.run(desk.records.escalation("c1"))
    assert done is not None
    assert not done.unconfirmed
    assert done.form.kind is AbuseKind.SEXUAL
    assert json.loads(done.versions[-1].canonical)["form"]["confirmed"] is True
    assert [each.supplement for each in desk.run(desk.services.delivery.of_report(done.id))] == [False, True]
    assert window.light_bar.reports.text() == ""


def test_where_nobody_gets_reports_nothing_is_promised(make_window: WindowFactory, tmp_path: Path) -> None:
    _window, panes, desk = _reported(make_window, tmp_path)
    desk.run(desk.services.delivery.use_targets([]))
    desk.do(lambda: panes.form.demand_changed.emit("사과"))
    desk.settle()
    assert panes.form._sending.isHidden()
    assert _hour(desk).filed is None


def test_the_report_of_an_earlier_call_is_opened_from_its_call(
    make_window: WindowFactory, tmp_path: Path
) -> None:
    window, panes, desk = _reported(make_window, tmp_path)
    desk.do(panes.escape)
    filed = _hour(desk)
    desk.clock.go(1)
    talk(desk, "c2")
    desk.do(window.action("calls").trigger)
    desk.do(lambda: panes._read_call("c1"))
    desk.settle()
    assert panes.reading._report.text().startswith("Report sent by itself ")
    desk.do(panes.reading.report.click)
    desk.settle()
    assert str(window.situation) == "talking", "a running call's evidence goes on"
    assert "once the call is over" in window.toast.text
    end(desk)
    desk.do(lambda: panes._read_call("c1"))
    desk.do(panes.reading.report.click)
    desk.settle()
    assert str(window.situation) == "report"
    assert panes.form._id.text() == filed.number != ""
    assert panes.form._sending.text().startswith("Sent by itself ")
    desk.do(panes.escape)
    desk.do(lambda: panes._read_call("c2"))
    desk.settle()
    assert panes.reading.report.isHidden(), "a call without a report"


def test_a_report_that_was_a_mistake_is_withdrawn_by_keys_and_can_stand_again(
    make_window: WindowFactory, tmp_path: Path
) -> None:
    window, panes, desk = _reported(make_window, tmp_path)
    form = panes.form
    assert window.light_bar.reports.text() == "1 report to send"
    desk.do(window.action("withdraw").trigger)
    assert form._reason.hasFocus()
    desk.do(panes.escape)
    assert form._reason.isHidden()
    assert str(window.situation) == "report", "Esc closed only the question"
    desk.do(window.action("withdraw").trigger)
    desk.do(lambda: QTest.keyClick(form._reason, Qt.Key.Key_Return))
    assert not form._reason.isHidden(), "a reason is needed"
    QTest.keyClicks(form._reason, "F12 instead of F11")
    desk.do(lambda: QTest.keyClick(form._reason, Qt.Key.Key_Return))
    desk.settle()
    assert str(window.situation) == "wrap_up"
    assert "Withdrawn" in window.toast.text
    assert window.light_bar.reports.text() == ""
    assert _hour(desk).filed is None
    desk.do(window.action("calls").trigger)
    desk.do(lambda: panes._read_call("c1"))
    desk.settle()
    assert panes.reading._report.text() == "Report withdrawn: F12 instead of F11"
    desk.do(panes.reading.report.click)
    desk.settle()
    assert form._sending.text().startswith("Withdrawn: F12 instead of F11.")
    assert form.withdraw.isHidden()
    desk.do(window.toast.undo)
    desk.settle()
    found = desk.run(desk.records.escalation("c1"))
    assert found is not None
    assert (found.form.withdrawn, found.filed) == ("", None)
    assert window.light_bar.reports.text() == "1 report to send"
    assert not form.withdraw.isHidden()


def test_while_the_call_runs_its_report_cannot_be_withdrawn(
    make_window: WindowFactory, tmp_path: Path
) -> None:
    window, panes, desk = _reported(make_window, tmp_path)
    panes.form.show_withdrawing(False)
    desk.do(window.action("withdraw").trigger)
    assert panes.form._reason.isHidden()
