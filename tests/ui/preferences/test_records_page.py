"""Settings › Records: what the setting rules, and what the centre's policy does."""

from __future__ import annotations

from dataclasses import replace

from desktop.ui.preferences.simple_pages import RecordsPage
from tests.ui.conftest import WindowFactory


def test_it_says_whose_days_hold_for_transcripts(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    page = window.settings_stage.page_of("records")
    assert isinstance(page, RecordsPage)
    assert (
        page._rows[5].control.accessibleDescription()
        == "Transcripts: 30 days, by the centre's policy. Reports stay."
    )
    policy = desk.services.protection.policy
    desk.services.protection.policy = replace(
        policy, retention=replace(policy.retention, transcripts_days=None)
    )
    page.retranslate()
    assert page._rows[5].control.accessibleDescription() == "Transcripts too. Reports stay."


def test_whether_a_second_caller_may_ring_is_a_choice(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    page = window.settings_stage.page_of("records")
    assert isinstance(page, RecordsPage)
    page.enter()
    assert page._second.index == 0
    desk.do(lambda: page._second.chosen.emit(1))
    assert not desk.settings.current.call_waiting
    page.enter()
    assert page._second.index == 1
