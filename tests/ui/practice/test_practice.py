from __future__ import annotations

from collections.abc import Sequence
from threading import get_ident

import pytest
from PySide6.QtWidgets import QLabel

from desktop.adapters.storage.records import SqliteRecords
from desktop.domain.events import LineChanged
from desktop.domain.practice import Scenario
from desktop.services.line import Line
from desktop.ui.practice.model_line_card import ModelLineCard
from desktop.ui.practice.scenario_list import ScenarioList
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import MODEL_LINE, Desk
from tests.ui.talking import end, talk


def test_the_strip_is_there_only_in_practice(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert not window.strip.isVisible()
    assert not window.action("quit_practice").isEnabled()
    line = desk.services.line.line
    line.scenario, line.title = "S01", "이사하는 날"
    desk.do(lambda: desk.services.bus.publish(LineChanged("S01", line.title)))
    assert window.strip.isVisible()
    assert window.windowTitle() == "[Practice] Dasan Desk"
    assert "S01 이사하는 날" in [label.text() for label in window.strip.findChildren(QLabel)]
    assert window.action("quit_practice").isEnabled()


def test_scenarios_begin_or_say_what_they_need(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(window.action("practice").trigger)
    page = window.settings_stage.page_of("practice")
    assert isinstance(page, ScenarioList)
    assert not page.buttons["S09"].isEnabled()
    assert "procedure" in page.buttons["S09"].toolTip()
    desk.do(page.buttons["S01"].click)
    assert desk.practice_line.begun == ["S01"]
    assert window.situation == "idle"


def test_scenarios_are_read_once_and_beside_the_window(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, desk = make_window(language="en")
    threads: list[int] = []
    practice = desk.services.practice
    find = practice._find_scenarios

    def noting() -> Sequence[Scenario]:
        threads.append(get_ident())
        return find()

    monkeypatch.setattr(practice, "_find_scenarios", noting)
    for _ in range(2):
        desk.do(window.action("practice").trigger)
        desk.do(lambda: window.settings_stage.show_page("display"))
    page = window.settings_stage.page_of("practice")
    assert isinstance(page, ScenarioList)
    assert list(page.buttons) == [scenario.id for scenario in find()]
    assert len(threads) == 1
    assert threads[0] != get_ident()


def test_practice_waits_for_the_end_of_a_call(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.do(desk.phone.ring)
    desk.do(window.action("practice").trigger)
    page = window.settings_stage.page_of("practice")
    assert isinstance(page, ScenarioList)
    desk.do(page.buttons["S01"].click)
    assert desk.practice_line.begun == []
    assert window.toast.text.startswith("Practice starts when")


def test_a_start_with_practice_goes_straight_there(make_window: WindowFactory) -> None:
    window, desk = make_window(language="")
    desk.do(lambda: window.begin_practice("S01"))
    assert desk.practice_line.begun == ["S01"]
    assert window.situation == "idle"


def change_line(desk: Desk, line: Line) -> None:
    desk.services.line.line = line
    desk.do(lambda: desk.services.bus.publish(LineChanged(line.scenario)))


def test_a_practice_report_never_gets_into_real_records(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    real, practised = desk.services.line.line, desk.run(SqliteRecords.open(None))
    change_line(desk, Line(desk.phone, practised, "S10"))
    talk(desk)
    desk.do(window.action("red_button").trigger)
    end(desk)
    assert str(window.situation) == "report"
    change_line(desk, real)
    assert str(window.situation) != "report"
    desk.do(window.action("send_report").trigger)
    desk.run(desk.services.wrap_up.finish())
    assert not window.action("red_button").isEnabled(), "the last call was no call of this line"
    desk.do(window.action("red_button").trigger)
    assert desk.run(desk.records.escalations()) == []
    kept = desk.run(practised.escalations())
    assert [(each.call_id, each.filed) for each in kept] == [("c1", None)]
    desk.run(practised.close())


def test_a_real_call_is_not_reported_into_practice(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    real, practised = desk.services.line.line, desk.run(SqliteRecords.open(None))
    talk(desk)
    end(desk)
    desk.run(desk.services.wrap_up.finish())
    assert window.action("red_button").isEnabled()
    change_line(desk, Line(desk.phone, practised, "S10"))
    assert not window.action("red_button").isEnabled()
    change_line(desk, real)
    assert window.action("red_button").isEnabled()
    desk.do(window.action("red_button").trigger)
    assert desk.run(practised.escalations()) == []
    assert [each.call_id for each in desk.run(desk.records.escalations())] == ["c1"]
    desk.run(practised.close())


def test_a_trainee_without_a_microphone_says_the_model_line_by_key(make_window: WindowFactory) -> None:
    window, desk = make_window()
    card = window.panes.middle["talking"].findChild(ModelLineCard)
    assert isinstance(card, ModelLineCard)
    assert not window.action("say_for_me").isEnabled()
    desk.do(lambda: window.begin_practice("S01"))
    talk(desk)
    assert card.isVisible()
    assert MODEL_LINE in [label.text() for label in card.findChildren(QLabel)]
    for _ in range(2):
        desk.do(window.action("say_for_me").trigger)
    assert desk.practice_line.spoken == [1]
    desk.do(lambda: desk.practice_line.turn_over(1))
    assert not card.isVisible()
    assert not window.action("say_for_me").isEnabled()
