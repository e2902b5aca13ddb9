"""A second caller in the window: what rings, what the keys do, and what belongs to which call."""

from __future__ import annotations

import pytest

from desktop.domain.agent import AgentState
from desktop.domain.call import Hold
from desktop.domain.phone import MediaReport
from desktop.domain.wrapup import Result
from desktop.ui.main_window import MainWindow
from tests.ui.call.test_second_line import press, words
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.protection_fakes import CURSE
from tests.ui.talking import say, talk

OTHER = "sip:01099998888@city"


def held(desk: Desk, call_id: str, hold: Hold) -> None:
    desk.do(lambda: desk.phone.say(MediaReport(call_id, "G722", 16000, hold, False, False)))


def waiting(make_window: WindowFactory) -> tuple[MainWindow, Desk]:
    """The agent speaks with c1, c2 waits."""
    window, desk = make_window(language="en")
    desk.services.calls.call_waiting = True
    talk(desk)
    desk.do(lambda: desk.phone.ring("c2", OTHER))
    desk.phone.told.clear()
    return window, desk


def two(make_window: WindowFactory) -> tuple[MainWindow, Desk]:
    """The agent speaks with c2, c1 is on hold."""
    window, desk = waiting(make_window)
    press(window, desk, "answer")
    return window, desk


def swap(window: MainWindow, desk: Desk, held_id: str, heard_id: str) -> None:
    press(window, desk, "hold")
    held(desk, held_id, Hold.LOCAL)
    held(desk, heard_id, Hold.NONE)


def end_word(window: MainWindow) -> str:
    return window.column.card.buttons["end"].text()


def lines_of(window: MainWindow) -> list[str]:
    return [line.text for line in window.panes.transcript.model.lines]  # type: ignore[attr-defined]


def test_one_who_waits_is_a_line_on_the_card_and_nothing_else(make_window: WindowFactory) -> None:
    window, desk = waiting(make_window)
    assert str(window.situation) == "talking"
    assert window.column.card.notice_text == "Second call: 010-••••-8888"
    assert "010-••••-4720" in words(window)
    assert end_word(window) == "Decline 2nd"
    assert not any(window.action(name).isEnabled() for name in ("dial", "transfer", "supervisor"))
    press(window, desk, "end")
    assert desk.phone.told == [("reject", "c2", 486)]
    assert (window.column.card.notice_text, end_word(window)) == ("", "Hang up")
    assert str(window.situation) == "talking"
    assert window.action("transfer").isEnabled()


def test_one_who_waits_hangs_up(make_window: WindowFactory) -> None:
    window, desk = waiting(make_window)
    desk.do(lambda: desk.phone.hung_up_by_caller("c2"))
    assert window.column.card.notice_text == ""
    assert not window.action("answer").isEnabled()
    assert str(window.situation) == "talking"
    press(window, desk, "end")
    assert ("hang_up", "c1") not in desk.phone.told, "the key was meant for the other one"
    desk.clock.go(2)
    press(window, desk, "end")
    assert ("hang_up", "c1") in desk.phone.told


def test_each_call_has_its_own_card_notes_and_transcript(make_window: WindowFactory) -> None:
    window, desk = waiting(make_window)
    say(desk, "the first one", 1)
    desk.do(lambda: window.notes.type_text("notes of the first"))
    press(window, desk, "answer")
    assert {"With this caller · the other waits", "010-••••-8888", "On hold: 010-••••-4720"} <= set(
        words(window)
    )
    assert window.column.card.buttons["hold"].text() == "Swap"
    assert (window.notes.text, lines_of(window)) == ("", [])
    desk.do(lambda: window.notes.type_text("notes of the second"))
    say(desk, "the second one", 1, call_id="c2")
    assert lines_of(window) == ["the second one"]
    swap(window, desk, "c2", "c1")
    assert desk.phone.told[-1] == ("swap",)
    assert {"010-••••-4720", "On hold: 010-••••-8888"} <= set(words(window))
    assert (window.notes.text, lines_of(window)) == ("notes of the first", ["the first one"])
    swap(window, desk, "c1", "c2")
    assert (window.notes.text, lines_of(window)) == ("notes of the second", ["the second one"])


def test_a_key_right_after_the_change_adds_to_the_notes_of_that_call(make_window: WindowFactory) -> None:
    window, desk = waiting(make_window)
    desk.do(lambda: window.notes.type_text("first"))
    press(window, desk, "answer")

    async def change_and_type() -> None:
        # The swap, then a key before anything could be read from the disk.
        await desk.services.calls.toggle_hold()
        window.notes.type_text(" and more")

    desk.run(change_and_type())
    assert window.notes.text == "first and more"
    assert desk.run(desk.records.notes("c1")) == "first and more"


def test_the_end_of_one_never_ends_the_other_by_a_slip(make_window: WindowFactory) -> None:
    window, desk = two(make_window)
    desk.do(lambda: desk.phone.hung_up_by_caller("c2"))
    assert str(window.situation) == "talking"
    assert "On hold · neither hears the other" in words(window)
    assert window.toast.text == "Call ended. 010-••••-4720 is still on hold, F4 takes them back."
    press(window, desk, "end")
    assert ("hang_up", "c1") not in desk.phone.told
    press(window, desk, "hold")
    assert desk.phone.told[-1] == ("hold", "c1", False)
    desk.clock.go(2)
    press(window, desk, "end")
    assert ("hang_up", "c1") in desk.phone.told


def test_one_on_hold_hangs_up(make_window: WindowFactory) -> None:
    window, desk = two(make_window)
    desk.do(lambda: desk.phone.hung_up_by_caller("c1"))
    assert str(window.situation) == "talking"
    assert window.toast.text == "The caller on hold has hung up."
    assert (window.column.card.notice_text, end_word(window)) == ("", "Hang up")
    desk.clock.go(2)
    press(window, desk, "end")
    assert ("hang_up", "c2") in desk.phone.told


def test_f12_and_its_report_belong_to_the_call_in_front(make_window: WindowFactory) -> None:
    window, desk = two(make_window)
    press(window, desk, "red_button")
    assert str(window.situation) == "abuse"
    assert desk.services.protection.state.led
    swap(window, desk, "c2", "c1")
    assert str(window.situation) == "talking"
    assert not desk.services.protection.state.led
    assert desk.run(desk.records.escalation("c1")) is None
    swap(window, desk, "c1", "c2")
    assert str(window.situation) == "abuse"
    desk.do(lambda: desk.phone.hung_up_by_caller("c2"))
    assert str(window.situation) == "talking", "the report waits while another caller is there"
    assert desk.services.protection.call_id == "c1"
    saved = desk.run(desk.records.escalation("c2"))
    assert saved is not None
    assert saved.versions[-1].reason == "ended"
    kept = desk.run(desk.records.procedure("c2"))
    assert kept is not None
    assert kept.ended is not None


def test_an_incident_of_the_call_on_hold_ends_with_it(make_window: WindowFactory) -> None:
    window, desk = waiting(make_window)
    say(desk, CURSE, 1)
    press(window, desk, "red_button")
    press(window, desk, "answer")
    protection = desk.services.protection
    assert not protection.state.hits
    say(desk, f"{CURSE} again", 3)
    assert not protection.state.hits, "late words of the one on hold count against that call alone"
    desk.do(lambda: desk.phone.hung_up_by_caller("c1"))
    assert str(window.situation) == "talking"
    kept = desk.run(desk.records.procedure("c1"))
    assert kept is not None
    assert kept.ended is not None
    assert (kept.ended.by, len(kept.hits)) == ("caller", 2)
    assert (protection.call_id, protection.rests_after) == ("c2", "c1")
    assert desk.services.agent.queued is AgentState.REST


def test_in_a_crisis_nobody_waits_and_who_is_on_hold_can_be_ended(make_window: WindowFactory) -> None:
    window, desk = waiting(make_window)
    press(window, desk, "crisis")
    assert ("reject", "c2", 486) in desk.phone.told
    assert desk.phone.told[-2:] == [("availability", 486), ("reject", "c2", 486)]
    assert end_word(window) == "End ×2"


def test_in_a_crisis_the_line_is_freed_with_one_press(make_window: WindowFactory) -> None:
    window, desk = two(make_window)
    press(window, desk, "crisis")
    assert not window.action("hold").isEnabled(), "nobody is put on hold in a crisis"
    assert end_word(window) == "End 2nd"
    press(window, desk, "end")
    assert desk.phone.told[-1] == ("hang_up", "c1")
    assert str(window.situation) == "crisis"
    assert end_word(window) == "End ×2"


def test_two_calls_are_written_up_one_after_the_other(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, desk = two(make_window)
    say(desk, "the first one", 1)
    desk.do(lambda: desk.phone.hung_up_by_caller("c1"))
    desk.do(lambda: window.notes.type_text("of the second"))
    desk.do(lambda: desk.phone.hung_up_by_caller("c2"))
    desk.clock.go(2)
    first = desk.run(desk.records.call("c1"))

    async def unfinished() -> object:
        # The records ask by the real clock, and this desk's stands still.
        done = await desk.records.wrap_up("c1")
        return None if done is not None and done.saved else first

    monkeypatch.setattr(desk.records, "open_wrap_up", unfinished)
    assert (window.situation, window.notes.text) == ("wrap_up", "of the second")
    desk.do(lambda: window.wrap_up.choose("교통", Result.ANSWERED.value))
    press(window, desk, "done")
    assert str(window.situation) == "wrap_up"
    assert "010-••••-4720" in words(window)
    assert (window.notes.text, lines_of(window)) == ("", ["the first one"])
    desk.do(lambda: window.wrap_up.choose("교통", Result.ANSWERED.value))
    press(window, desk, "done")
    assert str(window.situation) == "idle"


def test_a_key_meant_for_who_has_just_gone_declines_nobody(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    desk.services.wrap_up.seconds = 0
    talk(desk)
    desk.do(desk.phone.hung_up_by_caller)
    desk.do(lambda: desk.phone.ring("c2", OTHER))
    press(window, desk, "end")
    assert str(window.situation) == "ringing"
    desk.clock.go(2)
    press(window, desk, "end")
    assert str(window.situation) == "idle"
