"""The procedure by keys in the real window: two warnings, a held key, a false hit, no transcript, a crisis."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.domain import procedure as rules
from desktop.domain.agent import AgentState
from desktop.domain.call import Call, CallState, Direction
from desktop.domain.escalation import AbuseKind
from desktop.domain.phone import Announced
from desktop.domain.procedure_state import Method, Phase, Procedure
from desktop.services import warning_player
from desktop.ui.call import red_button
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from desktop.ui.transcript.line import Side
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.protection_fakes import CRISIS, CURSE, SOUND, THREAT
from tests.ui.talking import end, say, talk


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits before it sounds."""
    monkeypatch.setattr(warning_player, "BEFORE_PLAYING_S", 0.0)


def talking(make_window: WindowFactory, language: str = "en") -> tuple[MainWindow, DeskPanes, Desk]:
    window, desk = make_window(language=language)
    assert isinstance(window.panes, DeskPanes)
    talk(desk)
    return window, window.panes, desk


FIELDS = ("window", "notes", "search")


def field_of(window: MainWindow, panes: DeskPanes, place: str) -> QWidget:
    """What has the focus while a key is pressed."""
    fields: dict[str, QWidget] = {
        "window": window,
        "notes": window.notes.edit,
        "search": panes.answers.field,
    }
    window.activateWindow()
    fields[place].setFocus()
    assert place == "window" or fields[place].hasFocus()
    return fields[place]


@pytest.mark.parametrize("place", FIELDS)
@pytest.mark.parametrize(
    ("key", "situation"),
    [(Qt.Key.Key_F11, "crisis"), (Qt.Key.Key_F12, "abuse"), (Qt.Key.Key_F8, "wrap_up")],
)
def test_the_keys_of_a_bad_call_work_wherever_the_cursor_is(
    make_window: WindowFactory, place: str, key: Qt.Key, situation: str
) -> None:
    window, panes, desk = talking(make_window)
    focus = field_of(window, panes, place)
    desk.clock.go(2)
    desk.do(partial(QTest.keyClick, focus, key))
    desk.settle()
    assert str(window.situation) == situation


def test_from_the_field_of_the_place_a_crisis_is_led_by_keys(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    press(window, desk, "crisis")
    place = panes.crisis.place
    place.setFocus()
    desk.do(partial(QTest.keyClicks, place, "7"))
    desk.do(partial(QTest.keyClick, place, Qt.Key.Key_F12))
    desk.do(partial(QTest.keyClick, place, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier))
    desk.settle()
    visit = desk.services.protection.state.crises[-1]
    assert (len(visit.checks), place.text()) == (1, "7")
    assert desk.services.protection.state.said == ()


def press(window: MainWindow, desk: Desk, name: str) -> None:
    desk.clock.go(1)
    desk.do(window.action(name).trigger)
    desk.settle()


def sound_ends(desk: Desk, whole: bool = True) -> None:
    desk.clock.go(4)
    desk.do(lambda: desk.phone.say(Announced(str(SOUND), whole, 4.0)))
    desk.settle()


def announced(desk: Desk) -> list[object]:
    return [told[2] for told in desk.phone.told if told[0] == "announce"]


def test_two_warnings_a_notice_and_the_end(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    desk.clock.go(20)
    say(desk, f"이 {CURSE}야 지워.", 18)
    assert "Sounds like" in window.column.card.notice_text
    assert str(window.situation) == "talking"
    press(window, desk, "red_button")
    assert str(window.situation) == "abuse"
    state = desk.services.protection.state
    assert [said.method for said in state.said] == [Method.EXCHANGE]
    for _ in range(2):
        press(window, desk, "red_button")
        assert announced(desk)[-1] == str(SOUND)
        sound_ends(desk)
        desk.clock.go(15)
        say(desk, f"{CURSE} 같은 게.", desk.services.protection.now)
    press(window, desk, "red_button")
    sound_ends(desk)
    assert [told for told in desk.phone.told if told[0] == "hang_up"] == []
    press(window, desk, "red_button")
    assert ("hang_up", "c1") in desk.phone.told
    said = desk.services.protection.state.said
    assert [each.kind.value for each in said] == ["notice", "warning", "warning", "end_notice"]
    assert desk.services.protection.counters == {"malicious": 3, "difficult": 0}
    assert str(window.situation) == "report"
    remarks = [line.text for line in panes.transcript.model.lines if line.side is Side.DESK]
    assert len(remarks) == 3
    assert desk.services.agent.queued is AgentState.REST
    assert window.top_bar._next.text() == "Next: Protected rest"
    kept = desk.run(desk.records.procedure("c1"))
    assert kept is not None
    assert kept.said == said


@pytest.mark.parametrize("place", FIELDS)
def test_a_held_key_gives_notice_and_ends(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(red_button, "HOLD_MS", 100)
    window, panes, desk = talking(make_window)
    focus = field_of(window, panes, place)
    desk.do(partial(QTest.keyPress, focus, Qt.Key.Key_F12))
    desk.run(asyncio.sleep(0.3))
    desk.do(partial(QTest.keyRelease, focus, Qt.Key.Key_F12))
    desk.settle()
    assert announced(desk) == [str(SOUND)]
    sound_ends(desk)
    assert ("hang_up", "c1") in desk.phone.told
    assert str(window.situation) == "report"


@pytest.mark.parametrize("place", FIELDS)
def test_a_tap_is_not_held(make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setattr(red_button, "HOLD_MS", 100)
    window, panes, desk = talking(make_window)
    focus = field_of(window, panes, place)
    desk.do(partial(QTest.keyClick, focus, Qt.Key.Key_F12))
    desk.run(asyncio.sleep(0.3))
    assert desk.services.protection.state.phase is Phase.LADDER
    assert announced(desk) == []


def test_what_is_about_to_be_said_is_taken_back(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    press(window, desk, "red_button")
    press(window, desk, "red_button")
    desk.do(panes.escape)
    desk.settle()
    assert announced(desk)[-1] == ""
    state = desk.services.protection.state
    assert state.pending is None
    assert not state.said[-1].complete
    press(window, desk, "red_button")
    assert desk.services.protection.state.pending is not None


def test_a_false_hit_is_rejected_and_counts_nothing(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    desk.clock.go(20)
    say(desk, f"{CURSE} 소리를 들었대요.", 18)
    assert "Sounds like" in window.column.card.notice_text
    desk.do(panes.escape)
    assert "Sounds like" not in window.column.card.notice_text
    assert desk.services.protection.counters["malicious"] == 0
    end(desk)
    assert str(window.situation) == "wrap_up"
    assert desk.services.agent.queued is AgentState.READY


def test_the_whole_procedure_works_by_keys_alone(make_window: WindowFactory) -> None:
    window, _panes, desk = talking(make_window)
    press(window, desk, "red_button")
    for _ in range(3):
        desk.clock.go(15)
        press(window, desk, "said_it")
    methods = [said.method for said in desk.services.protection.state.said]
    assert methods == [Method.EXCHANGE, *[Method.AGENT_VOICE] * 3]
    assert announced(desk) == []
    press(window, desk, "red_button")
    assert ("hang_up", "c1") in desk.phone.told


def test_unsure_words_are_never_counted(make_window: WindowFactory) -> None:
    _window, _panes, desk = talking(make_window)
    desk.clock.go(20)
    say(desk, f"{CURSE}", 18, confidence=0.2)
    assert desk.services.protection.counters["malicious"] == 0


def test_a_threat_is_named_once_and_reminds_of_the_police(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    desk.clock.go(20)
    say(desk, f"너 {THREAT}.", 18)
    press(window, desk, "red_button")
    assert "112" in panes.procedure._reminder.text()
    press(window, desk, "red_button")
    sound_ends(desk)
    press(window, desk, "red_button")
    assert ("hang_up", "c1") in desk.phone.told


def test_the_type_is_changed_by_a_digit(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    press(window, desk, "red_button")
    press(window, desk, "change_type")
    assert desk.do(partial(panes.choose, 2))
    protection = desk.services.protection
    assert protection.state.class_id == protection.policy.classes[1].id


def test_calm_goes_back_to_the_talk_and_the_count_stays(make_window: WindowFactory) -> None:
    window, _panes, desk = talking(make_window)
    desk.clock.go(20)
    say(desk, CURSE, 18)
    press(window, desk, "red_button")
    press(window, desk, "calm")
    assert str(window.situation) == "talking"
    assert desk.services.protection.counters["malicious"] == 1


def test_a_caller_in_crisis_is_never_warned(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    desk.clock.go(20)
    say(desk, f"그냥 {CRISIS}.", 18)
    assert window.column.card.notice_text == "This may be a crisis"
    assert not window.action("red_button").isEnabled()
    press(window, desk, "crisis")
    assert str(window.situation) == "crisis"
    assert panes.crisis.isVisible()
    assert not window.action("red_button").isEnabled()
    assert desk.do(partial(panes.choose, 1))
    desk.do(lambda: panes.crisis.place_changed.emit("집"))
    visit = desk.services.protection.state.crises[-1]
    assert (len(visit.checks), visit.place) == (1, "집")
    press(window, desk, "end")
    assert desk.services.calls.current is not None, "one press does not hang up"
    desk.do(window.action("end").trigger)
    assert desk.services.calls.current is None
    assert announced(desk) == []
    assert desk.services.agent.queued is AgentState.REST
    desk.settle()
    assert not panes.form._separation.isChecked(), "nobody is kept away for being in danger"
    kinds = next(iter(panes.form.groups.values()))
    assert kinds.buttons[kinds.index].text() == "Crisis, no abuse"
    assert (kinds.index, kinds.buttons[6].accessibleDescription()) == (6, "7 · Type")


def test_the_crisis_path_is_left_with_a_reason_only(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    press(window, desk, "crisis")
    desk.do(panes.crisis.leave.click)
    desk.do(partial(QTest.keyClick, panes.crisis._reason, Qt.Key.Key_Return))
    assert str(window.situation) == "crisis"
    panes.crisis._reason.setText("농담이었음")
    desk.do(partial(QTest.keyClick, panes.crisis._reason, Qt.Key.Key_Return))
    assert str(window.situation) == "talking"
    assert desk.services.protection.state.crises[-1].left_reason == "농담이었음"


def test_a_long_call_offers_notice_end_and_more_time(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    desk.clock.go(15 * 60 + 1)
    desk.do(desk.services.protection.tick)
    assert "5 min" in window.column.card.notice_text
    press(window, desk, "red_button")
    protection = desk.services.protection
    assert protection.state.class_id == protection.policy.time_class
    assert protection.sentence is not None
    assert "5" in protection.sentence.text
    desk.do(window.action("more_time").trigger)
    assert desk.do(partial(panes.choose, 1))
    assert len(protection.state.extensions) == 1
    assert protection.counters["malicious"] == 0


def test_who_hurt_an_agent_before_is_named_when_it_rings(make_window: WindowFactory) -> None:
    window, _panes, desk = talking(make_window)
    desk.clock.go(20)
    say(desk, CURSE, 18)
    press(window, desk, "red_button")
    press(window, desk, "said_it")
    end(desk)
    desk.do(window.close_report)
    desk.run(desk.services.wrap_up.finish())
    assert window.top_bar._next.text() == "30 min are yours"
    desk.run(desk.services.agent.choose(AgentState.READY))
    assert window.top_bar._next.text() == ""
    desk.do(lambda: desk.phone.ring("c2"))
    desk.settle()
    assert "Mind this caller · abuse 1" in window.column.card.notice_text
    desk.do(lambda: desk.phone.hung_up_by_caller())
    desk.do(lambda: desk.phone.ring("c3", remote="sip:01099998888@city"))
    desk.settle()
    assert "Mind this caller" not in window.column.card.notice_text


def test_who_threatens_and_hangs_up_first_is_reported_and_remembered(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    desk.clock.go(20)
    say(desk, THREAT, 18)
    press(window, desk, "red_button")
    assert desk.services.protection.state.said == ()
    end(desk)
    desk.settle()
    assert str(window.situation) == "report"
    assert panes.form.groups[next(iter(panes.form.groups))].index == 2
    assert [each.class_id for each in desk.run(desk.records.strikes_of("#01012344720"))] == ["threat"]


def test_a_hint_alone_is_no_incident(make_window: WindowFactory) -> None:
    window, _panes, desk = talking(make_window)
    say(desk, THREAT, 18)
    end(desk)
    desk.settle()
    assert str(window.situation) == "wrap_up"
    assert desk.run(desk.records.strikes_of("#01012344720")) == []
    assert desk.run(desk.records.escalation("c1")) is None


def test_no_sound_for_a_language_is_said(make_window: WindowFactory) -> None:
    window, panes, desk = talking(make_window)
    desk.clock.go(20)
    say(desk, "Та нар юу хийж байгаа юм бэ, яагаад ингэж байгаа юм.", 10)
    press(window, desk, "red_button")
    assert desk.services.protection.language == "mn"
    assert not desk.services.protection.can_play
    assert "say it yourself" in panes.procedure.play.text()


def test_at_the_end_and_beside_a_choice_only_what_means_something_is_shown(
    make_window: WindowFactory,
) -> None:
    window, panes, desk = talking(make_window)
    say(desk, f"너 {THREAT}.", 18)
    press(window, desk, "red_button")
    view = panes.procedure
    press(window, desk, "change_type")
    say(desk, f"너 {THREAT}.", 40)
    assert view.choosing
    assert not view.said.isVisible(), "not beside the choice, whatever is heard meanwhile"
    desk.do(panes.escape)
    assert view.said.isVisible()
    assert window.focusWidget() is view.first_focus()
    press(window, desk, "red_button")
    sound_ends(desk)
    assert not view.said.isVisible(), "there is no sentence left to say"
    assert view.play.text() == "End the call"


def test_after_a_crash_the_report_can_still_be_written(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    services, policy = desk.services, desk.services.protection.policy
    begun = desk.clock.now()
    call = Call(
        "c9", Direction.INCOMING, "sip:01012344720@city", "", CallState.DISCONNECTED, begun, begun, begun
    )
    state = rules.heard(Procedure(), policy, 3, ["THREAT"])
    state = rules.said_it(state, policy, 4, "ko")
    desk.run(desk.records.save_call(call))
    desk.run(desk.records.save_procedure(call.id, state, policy.digest))
    desk.run(services.escalation.freeze_evidence(call))
    services.escalation._forget()
    desk.run(services.wrap_up._begin(call))
    desk.settle()
    assert str(window.situation) == "wrap_up"
    assert services.agent.queued is AgentState.REST
    kept = desk.run(desk.records.procedure(call.id))
    assert kept is not None
    assert kept.phase is Phase.ENDED
    press(window, desk, "red_button")
    assert str(window.situation) == "report"
    assert window.panes._report._steps.form.kind is AbuseKind.THREAT
