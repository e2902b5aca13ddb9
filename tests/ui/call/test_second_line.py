"""The second line in the window: keys, who hears whom, what stands on the card."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from desktop.domain.call import Hold
from desktop.domain.phone import ConferenceReport, MediaReport, TransferReport
from desktop.domain.policy import Supervisor
from desktop.ui.main_window import MainWindow
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk

BOSS = "sip:boss@city"


def words(window: MainWindow) -> list[str]:
    return [label.text() for label in window.column.card.findChildren(QLabel)]


def press(window: MainWindow, desk: Desk, name: str) -> None:
    assert window.action(name).isEnabled(), name
    desk.do(window.action(name).trigger)


def with_supervisor(desk: Desk) -> None:
    protection = desk.services.protection
    protection.policy = replace(protection.policy, supervisor=Supervisor("Team lead", BOSS))


def talking(make_window: WindowFactory) -> tuple[MainWindow, Desk]:
    window, desk = make_window(language="en")
    with_supervisor(desk)
    desk.do(desk.phone.ring)
    press(window, desk, "answer")
    desk.phone.told.clear()
    return window, desk


def test_f10_asks_the_supervisor_and_the_caller_is_back(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    press(window, desk, "supervisor")
    assert desk.phone.told == [("hold", "c1", True), ("consult", BOSS, "c1")]
    assert {"Caller on hold, hears nothing", "Calling: Team lead"} <= set(words(window))
    assert not window.action("supervisor").isEnabled()
    assert not window.action("transfer").isEnabled()
    assert not window.action("interpreter").isEnabled()
    desk.do(desk.phone.second_answers)
    assert "On the line: Team lead" in words(window)
    assert window.column.card.notice_text == "On the line: Team lead"
    assert window.column.card.buttons["end"].text() == "End 2nd"
    desk.do(desk.phone.second_ends)
    assert ("hold", "c1", False) in desk.phone.told
    assert {"Incoming", "Hang up"} <= set(words(window)) | {window.column.card.buttons["end"].text()}
    assert window.column.card.notice_text == ""
    assert window.action("supervisor").isEnabled()


def test_evidence_gives_the_incident_its_number(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    press(window, desk, "red_button")
    press(window, desk, "supervisor")
    saved = desk.services.escalation.current
    assert saved is not None
    assert saved.number.endswith("-001"), "as it stands on the agent's screen"
    assert desk.phone.told[-1] == ("consult", BOSS, saved.number)


def test_f7_calls_the_interpreter_into_the_call(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    assert not window.action("interpreter").isEnabled()
    desk.services.help.interpreter_at = lambda: "sip:mn@city"
    desk.do(lambda: desk.phone.say(MediaReport("c1", "PCMA", 8000, Hold.NONE, False, False)))
    press(window, desk, "interpreter")
    assert desk.phone.told == [("add", "sip:mn@city", "")]
    assert {"The caller hears you", "Calling: Interpreter"} <= set(words(window))
    assert not window.action("interpreter").isEnabled()
    desk.do(desk.phone.second_answers)
    desk.do(lambda: desk.phone.say(ConferenceReport(("c1", "out"))))
    assert {"All three hear each other", "Joined: Interpreter"} <= set(words(window))
    press(window, desk, "end")
    assert ("hang_up", "out") in desk.phone.told
    assert window.situation == "talking"


def test_a_supervisor_who_does_not_answer_is_named(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    press(window, desk, "supervisor")
    desk.do(lambda: desk.phone.second_ends("remote", "busy"))
    assert window.toast.text == "Team lead is busy."
    assert desk.phone.told[-1] == ("hold", "c1", False)


def test_the_keys_swap_join_and_hand_over(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    press(window, desk, "supervisor")
    desk.do(desk.phone.second_answers)
    press(window, desk, "hold")
    desk.do(lambda: desk.phone.say(MediaReport("c1", "G722", 16000, Hold.NONE, False, False)))
    desk.do(lambda: desk.phone.say(MediaReport("out", "G722", 16000, Hold.LOCAL, False, False)))
    assert {"With the caller · the other waits", "Waiting: Team lead"} <= set(words(window))
    press(window, desk, "transfer")
    press(window, desk, "interpreter")
    assert {"All three hear each other", "Joined: Team lead"} <= set(words(window))
    assert not window.action("transfer").isEnabled()
    press(window, desk, "end")
    assert desk.phone.told[2:] == [
        ("swap",), ("transfer", "c1", "out"), ("conference", "c1", "out"), ("hang_up", "out"),
    ]  # fmt: skip


def test_a_number_that_is_dialled_in_a_call_is_a_consultation(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    press(window, desk, "dial")
    desk.do(lambda: window.column.card.dial_field.wanted.emit("01012345678"))
    assert desk.phone.told == [("hold", "c1", True), ("consult", "01012345678", "")]
    assert "Calling: 010-••••-5678" in words(window)
    assert not window.action("dial").isEnabled()


def test_a_caller_is_handed_to_a_number(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    press(window, desk, "transfer")
    assert window.column.card.dial_field.placeholderText() == "Hand the caller to this number, Enter"
    desk.do(lambda: window.column.card.dial_field.wanted.emit("4100"))
    assert desk.phone.told == [("hold", "c1", True), ("transfer", "c1", "4100")]
    desk.do(lambda: desk.phone.say(TransferReport("c1", 486, True)))
    assert window.toast.text == "The transfer was not taken. The caller is still yours."
    assert desk.phone.told[2:] == [("hold", "c1", False)]
    press(window, desk, "dial")
    assert window.column.card.dial_field.placeholderText() == "Number or SIP address, Enter calls"


def test_the_caller_may_go_first(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    press(window, desk, "supervisor")
    desk.do(desk.phone.second_answers)
    desk.do(desk.phone.hung_up_by_caller)
    assert str(window.situation) == "wrap_up"
    assert "On the line: Team lead" in words(window)
    press(window, desk, "end")
    assert desk.phone.told[-1] == ("hang_up", "out")
    assert not window.action("end").isEnabled()


def test_without_a_call_the_supervisor_is_an_ordinary_call(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    with_supervisor(desk)
    press(window, desk, "supervisor")
    assert desk.phone.told[-2:] == [("dial", BOSS), ("availability", 486)]
    assert str(window.situation) == "talking"


def test_an_unknown_supervisor_is_said(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    press(window, desk, "supervisor")
    assert window.toast.text == "No supervisor's address is known here. Tell IT."


def test_a_crisis_line_joins_and_the_caller_never_waits(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    press(window, desk, "crisis")
    desk.do(lambda: window.panes.crisis.lines[0].click())  # type: ignore[attr-defined]
    assert desk.phone.told == [("add", "119", "")]
    assert "The caller hears you" in words(window)
    visit = desk.services.protection.state.crises[-1]
    assert [line for line, _ in visit.lines] == ["rescue"]
    desk.do(lambda: window.panes.crisis.lines[1].click())  # type: ignore[attr-defined]
    assert window.toast.text == "Not now: the second line is taken."
    press(window, desk, "end")
    assert desk.phone.told[1:] == [("hang_up", "out")]
    press(window, desk, "supervisor")
    assert desk.phone.told[-1][:2] == ("add", BOSS)
    assert desk.services.protection.state.crises[-1].supervisor is not None


def test_one_who_waits_when_the_caller_goes_can_be_taken_back(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    press(window, desk, "supervisor")
    desk.do(desk.phone.second_answers)
    press(window, desk, "hold")
    desk.do(lambda: desk.phone.say(MediaReport("out", "G722", 16000, Hold.LOCAL, False, False)))
    desk.do(desk.phone.hung_up_by_caller)
    assert window.column.card.notice_text == "Waiting: Team lead"
    press(window, desk, "hold")
    assert desk.phone.told[-1] == ("hold", "out", False)
    assert window.column.card.notice_text == "On the line: Team lead"
    assert not window.action("hold").isEnabled()
