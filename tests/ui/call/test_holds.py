"""Holds and transfers that wait for a slow telephone: what the card says meanwhile, and to whom it is spoken."""

from __future__ import annotations

import pytest

from desktop.domain.call import Hold
from desktop.domain.phone import MediaReport, TransferReport
from desktop.ui.call.call_presenter import CallPresenter
from desktop.ui.main_window import MainWindow
from tests.ui.call.test_second_caller import two
from tests.ui.call.test_second_line import BOSS, press, talking, words
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk

HEARD = ("Incoming", "Hold")
ASKED = ("Asking for hold · no sound", "Hold…")
HELD = ("On hold · neither hears the other", "On hold")
BACK = ("Asking to resume · no sound", "Resume…")


def media(desk: Desk, hold: Hold, pending: bool, call_id: str = "c1", muted: bool = False) -> None:
    desk.do(lambda: desk.phone.say(MediaReport(call_id, "G722", 16000, hold, muted, False, pending)))


def says(window: MainWindow, said: tuple[str, str]) -> bool:
    return said[0] in words(window) and window.column.card.buttons["hold"].text() == said[1]


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is given."""
    found: list[str] = []
    monkeypatch.setattr(MainWindow, "announce", lambda _self, text, assertive=False: found.append(text))
    return found


def slow(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other side lets us wait for its agreement."""

    async def hold(call_id: str, on: bool) -> None:
        desk.phone.told.append(("hold", call_id, on))

    monkeypatch.setattr(desk.phone, "hold", hold)


def test_a_hold_is_claimed_when_it_is_true_and_not_before(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, desk = talking(make_window)
    slow(desk, monkeypatch)
    assert says(window, HEARD)
    press(window, desk, "hold")
    media(desk, Hold.NONE, pending=True)
    assert says(window, ASKED)
    assert window.column.card.buttons["mute"].text() == "Mute"
    press(window, desk, "hold")
    assert desk.phone.told[-1] == ("hold", "c1", False), "the second press takes the wish back"
    media(desk, Hold.NONE, pending=True, muted=True)
    assert says(window, ASKED)
    assert window.column.card.buttons["mute"].text() == "Muted"
    media(desk, Hold.LOCAL, pending=False)
    assert says(window, HELD)
    press(window, desk, "hold")
    assert desk.phone.told[-1] == ("hold", "c1", False)
    media(desk, Hold.LOCAL, pending=True)
    assert says(window, BACK)
    media(desk, Hold.NONE, pending=False)
    assert says(window, HEARD)


def test_a_quick_hold_is_spoken_once_and_a_slow_one_twice(
    make_window: WindowFactory, spoken: list[str]
) -> None:
    window, desk = talking(make_window)
    spoken.clear()
    media(desk, Hold.NONE, pending=True)
    media(desk, Hold.LOCAL, pending=False)
    assert spoken == [HELD[0]]
    media(desk, Hold.LOCAL, pending=True)
    desk.clock.go(1.5)
    presenter = window.column.card.findChild(CallPresenter)
    assert presenter is not None
    for _ in range(2):
        desk.do(presenter._tick)
    media(desk, Hold.NONE, pending=False)
    assert spoken == [HELD[0], BACK[0], "You hear each other"]


def test_who_is_asked_first_and_a_swap_say_what_is_only_asked_for(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    press(window, desk, "supervisor")
    media(desk, Hold.NONE, pending=True)
    assert {ASKED[0], "Calling: Team lead"} <= set(words(window))
    media(desk, Hold.LOCAL, pending=False)
    desk.do(desk.phone.second_answers)
    assert {"Caller on hold, hears nothing", "On the line: Team lead"} <= set(words(window))
    press(window, desk, "hold")
    media(desk, Hold.LOCAL, pending=True)
    media(desk, Hold.NONE, pending=True, call_id="out")
    assert {BACK[0], "Asking for hold: Team lead"} <= set(words(window))
    media(desk, Hold.NONE, pending=False)
    media(desk, Hold.LOCAL, pending=False, call_id="out")
    assert {"With the caller · the other waits", "Waiting: Team lead"} <= set(words(window))


def test_two_callers_swapped_slowly(make_window: WindowFactory) -> None:
    window, desk = two(make_window)
    press(window, desk, "hold")
    media(desk, Hold.NONE, pending=True, call_id="c2")
    media(desk, Hold.LOCAL, pending=True)
    assert {BACK[0], "010-••••-4720", "Asking for hold: 010-••••-8888"} <= set(words(window))
    media(desk, Hold.LOCAL, pending=False, call_id="c2")
    media(desk, Hold.NONE, pending=False)
    assert {"With this caller · the other waits", "On hold: 010-••••-8888"} <= set(words(window))


def test_a_running_transfer_has_its_word_and_its_way_back(
    make_window: WindowFactory, spoken: list[str]
) -> None:
    window, desk = talking(make_window)
    press(window, desk, "transfer")
    desk.do(lambda: window.column.card.dial_field.wanted.emit("01012345678"))
    desk.do(lambda: desk.phone.say(TransferReport("c1", 0, False, "sip:01012345678@city")))
    told = "Handing over to: 010-••••-5678. If nobody takes it, the caller comes back."
    assert window.column.card.notice_text == "If nobody takes it, the caller comes back."
    assert {"Handing over · caller hears nothing", "Handing over to: 010-••••-5678"} <= set(words(window))
    assert spoken.count(told) == 1
    for name in ("transfer", "interpreter", "supervisor", "dial"):
        assert not window.action(name).isEnabled(), name
    press(window, desk, "hold")
    assert desk.phone.told[-1] == ("hold", "c1", False)
    assert "Handing over · caller hears you" in words(window)
    desk.do(lambda: desk.phone.say(TransferReport("c1", 180, False, "sip:01012345678@city")))
    assert spoken.count(told) == 1
    desk.do(lambda: desk.phone.say(TransferReport("c1", 486, True, "sip:01012345678@city")))
    assert window.column.card.notice_text == ""
    assert says(window, HEARD)
    assert window.action("transfer").isEnabled()


def test_a_caller_who_hangs_up_while_being_handed_over_is_gone(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    desk.do(lambda: desk.phone.say(TransferReport("c1", 0, False, "sip:4100@city")))
    desk.do(desk.phone.hung_up_by_caller)
    assert str(window.situation) == "wrap_up"
    assert window.column.card.notice_text == ""


def test_one_who_was_asked_is_named_while_the_caller_goes_there(make_window: WindowFactory) -> None:
    window, desk = talking(make_window)
    press(window, desk, "supervisor")
    desk.do(desk.phone.second_answers)
    press(window, desk, "transfer")
    desk.do(lambda: desk.phone.say(TransferReport("c1", 0, False, BOSS)))
    assert "Handing over to: Team lead" in words(window)
    assert not window.action("transfer").isEnabled()
    desk.do(lambda: desk.phone.say(TransferReport("c1", 603, True, BOSS)))
    assert window.column.card.notice_text == "On the line: Team lead"


@pytest.mark.parametrize("key", ["interpreter", "transfer"])
def test_two_callers_are_never_joined_and_the_key_says_so(make_window: WindowFactory, key: str) -> None:
    window, desk = two(make_window)
    before = list(desk.phone.told)
    press(window, desk, key)
    assert window.toast.text == (
        "Two callers never hear each other, and neither is handed over. End one call first."
    )
    assert desk.phone.told == before
