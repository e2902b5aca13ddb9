from __future__ import annotations

import pytest

from desktop.domain.errors import StorageError
from desktop.domain.escalation import EscalationVersion
from desktop.ui import messages
from tests.ui.conftest import WindowFactory


def test_it_saves_keeps_the_call_and_opens_the_procedure(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(desk.phone.ring)
    assert not window.action("red_button").isEnabled()
    desk.do(window.action("answer").trigger)
    assert window.column.red.text() == "Save evidence · procedure"
    assert window.column.red.kind == "dangerOutline"
    desk.do(window.action("red_button").trigger)
    saved = desk.run(desk.records.escalation("c1"))
    assert saved is not None
    assert len(saved.versions) == 1
    assert str(window.situation) == "abuse"
    assert desk.services.calls.current is not None
    assert window.column.red.text() == "Hold 1 s: notice and end"
    assert window.column.red.kind == "danger"
    desk.do(desk.phone.hung_up_by_caller)
    assert str(window.situation) == "report"
    assert not window.column.red.isEnabled()
    assert window.column.red.text() == "Report is open"
    desk.do(window.close_report)
    assert str(window.situation) == "wrap_up"


def test_a_repeat_within_600_ms_is_the_same_press(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    for _ in range(3):
        desk.do(window.column.red.click)
    assert desk.services.protection.state.pending is None
    desk.clock.go(1)
    desk.do(window.column.red.click)
    assert desk.services.protection.state.pending is not None


def test_the_report_of_a_call_that_the_caller_ended_can_be_left(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    desk.do(window.action("red_button").trigger)
    desk.do(desk.phone.hung_up_by_caller)
    desk.do(window.close_report)
    assert str(window.situation) == "wrap_up"


def test_the_last_call_can_be_reported_from_the_idle_desk(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert not window.action("red_button").isEnabled()
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)
    desk.do(desk.phone.hung_up_by_caller)
    assert window.column.red.text() == "Report this call"
    desk.run(desk.services.wrap_up.finish())
    assert window.column.red.text() == "Report the last call"
    desk.do(window.action("red_button").trigger)
    assert str(window.situation) == "report"


def test_evidence_that_cannot_be_saved_is_said(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, desk = make_window()
    desk.do(desk.phone.ring)
    desk.do(window.action("answer").trigger)

    async def full(version: EscalationVersion, deliveries: object = (), agency: str = "") -> str:
        raise StorageError("disk full")

    monkeypatch.setattr(desk.records, "add_version", full)
    desk.do(window.action("red_button").trigger)
    assert window.toast.text == messages.cannot_save()
    assert str(window.situation) == "abuse"
    assert desk.services.calls.current is not None
