"""Lists of calls and one call read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.asked import Asked
from desktop.domain.call import Call, CallState, Direction
from desktop.domain.consultation import Purpose
from desktop.domain.events import WrapUpFinished
from desktop.domain.line_quality import LineFacts
from desktop.domain.originals import NUMBER
from desktop.domain.transcript import Leg, Segment
from desktop.domain.wrapup import Result, WrapUp
from desktop.ui.history.rows import row_of, shown_number
from desktop.ui.panes import DeskPanes
from desktop.ui.theme.look import look
from desktop.ui.transcript.line import Side
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.phone_fakes import START
from tests.ui.talking import talk


def _call(call_id: str = "h1", **more: object) -> Call:
    begun = START - timedelta(minutes=10)
    call = Call(
        call_id, Direction.INCOMING, "sip:01012344720@city", "", CallState.DISCONNECTED, begun,
        begun + timedelta(seconds=4), begun + timedelta(seconds=155), "remote",
    )  # fmt: skip
    return replace(call, **more)  # type: ignore[arg-type]


def _keep(desk: Desk, call: Call, wrap_up: WrapUp | None = None) -> None:
    desk.run(desk.records.save_call(call))
    if wrap_up is not None:
        desk.run(desk.records.save_wrap_up(wrap_up))
    desk.do(lambda: desk.services.bus.publish(WrapUpFinished(wrap_up or WrapUp(call.id))))


def test_a_written_up_call_shows_subject_masked_number_length_and_outcome() -> None:
    row = row_of(_call(), WrapUp("h1", "여권", Result.ANSWERED), START, masked=True)
    assert (row.title, row.detail, row.status) == ("여권", "010-••••-4720 · 2:31", "Answered in full")
    assert not row.attention


def test_a_missed_call_says_what_state_it_met() -> None:
    row = row_of(_call(confirmed=None, agent_state="break"), None, START, masked=True)
    assert (row.title, row.status, row.attention) == ("010-••••-4720", "Missed · on break", True)


def test_numbers_are_masked_unless_the_setting_says_otherwise() -> None:
    assert shown_number("sip:01012344720@city", masked=False) == "01012344720"
    assert shown_number("sip:anonymous@anonymous.invalid", masked=True) == "Number withheld"


def test_another_day_is_named() -> None:
    yesterday = row_of(_call(created=START - timedelta(days=1)), None, START, masked=True)
    assert yesterday.time.startswith("Yesterday")
    older = row_of(_call(created=START - timedelta(days=19)), None, START, masked=True)
    assert ":" not in older.time


def test_today_is_listed_and_an_empty_day_speaks(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    today = window.panes.today
    assert today._empty.text() == "No calls yet today."
    assert not today._empty.isHidden()
    _keep(desk, _call(), WrapUp("h1", "여권", Result.ANSWERED))
    assert [row.title for row in today.list.rows.rows] == ["여권"]
    assert today._empty.isHidden()


def test_who_rings_is_shown_with_earlier_calls(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    _keep(desk, _call(), WrapUp("h1", "여권", Result.ANSWERED))
    _keep(desk, _call("h2", remote="sip:0212345678@city"))
    desk.do(desk.phone.ring)
    assert window.panes.earlier.isVisible()
    assert [row.title for row in window.panes.earlier.list.rows.rows] == ["여권"]


def test_all_calls_open_over_a_running_call_and_escape_leads_back(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    panes = window.panes
    _keep(desk, _call(), WrapUp("h1", "여권", Result.ANSWERED, "사진 규격을 안내함", True))
    desk.run(desk.records.save_segment(Segment("h1", Leg.CALLER, "사진은 몇 장이죠?", 0.9, 3, 5)))
    desk.run(desk.records.save_notes("h1", "사진 규격을 안내함"))
    figures = {
        "loss_rx": 0.1,
        "loss_tx": 0.2,
        "jitter_ms": 12.5,
        "rtt_ms": 140.0,
        "mos_rx": 4.1,
        "mos_tx": 4.2,
    }
    desk.run(desk.records.save_line_facts(LineFacts("h1", 9, figures, figures, 12.0, 4.0)))
    talk(desk)
    desk.do(window.action("calls").trigger)
    assert panes.every.isVisible()
    desk.do(lambda: QTest.keyClick(panes.every.list, Qt.Key.Key_Down))
    desk.do(lambda: QTest.keyClick(panes.every.list, Qt.Key.Key_Return))
    assert panes.reading.isVisible()
    assert [line.text for line in panes.reading._model.lines] == ["사진은 몇 장이죠?"]
    assert panes.reading._notes.text() == "사진 규격을 안내함"
    kept = panes.reading._line
    assert "MOS out 4.2" in kept.text()
    assert kept.height() >= kept.heightForWidth(kept.width()) > look().leading("caption"), "all of it is seen"
    desk.do(panes.escape)
    assert panes.every.isVisible()
    desk.do(panes.escape)
    assert panes.transcript.isVisible()
    assert desk.services.calls.current is not None


def test_words_of_a_call_that_is_over_are_masked_by_default_and_shown_by_the_setting(
    make_window: WindowFactory,
) -> None:
    said, noted = "제 번호는 010-9876-5432예요.", "010-9876-5432로 문자"
    for masked, number in ((True, "•••-••••-••••"), (False, "010-9876-5432")):
        window, desk = make_window(language="en", mask_numbers=masked)
        panes = window.panes
        assert isinstance(panes, DeskPanes)
        _keep(desk, _call())
        desk.run(desk.records.save_segment(Segment("h1", Leg.CALLER, said, 0.9, 3, 5)))
        desk.run(desk.records.save_notes("h1", noted))
        desk.do(lambda: panes._read_call("h1"))  # noqa: B023
        desk.settle()
        assert [line.text for line in panes.reading._model.lines] == [f"제 번호는 {number}예요."]
        assert panes.reading._notes.text() == f"{number}로 문자"


def test_a_consultation_is_read_below_the_call_and_masked_as_it_is(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    _keep(desk, _call())
    desk.run(
        desk.records.save_segment(Segment("h1", Leg.CALLER, "소화전 앞에 차가 있어요.", 0.9, 90.0, 92.0))
    )
    desk.run(desk.records.save_asked(Asked("a1", "h1", Purpose.OTHER, "01055512345", START)))
    asked = (
        Segment("a1", Leg.AGENT, "주차 문의입니다.", 0.9, 0.0, 2.0),
        Segment("a1", Leg.CALLER, "제 번호는 010-5551-2345예요.", 0.9, 2.5, 5.0),
    )
    for segment in asked:
        desk.run(desk.records.save_segment(segment))
    panes = window.panes
    desk.do(lambda: panes._read_call("h1"))
    desk.settle()
    lines = panes.reading._model.lines
    assert [line.side for line in lines] == [Side.CALLER, Side.DESK, Side.AGENT, Side.ASKED]
    assert lines[1].text == "Consultation: 010-••••-2345"
    assert "5551" not in lines[3].text
    assert [item for item, _ in panes._reading.masked_items()] == [NUMBER], (
        "only the citizen's own has originals"
    )


def test_a_missed_caller_is_called_back_with_one_key(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    panes, key = window.panes, window.action("call_back")
    _keep(desk, _call("h1", remote="sip:anonymous@anonymous.invalid"))
    _keep(desk, _call("h2", remote="sip:0212345678@city"))
    desk.do(lambda: panes._read_call("h1"))
    desk.settle()
    assert not key.isEnabled(), "a number that was withheld can't be called"
    desk.do(lambda: panes._read_call("h2"))
    desk.settle()
    desk.phone.told.clear()
    desk.do(key.trigger)
    assert ("dial", "sip:0212345678@city") in desk.phone.told
    assert not key.isEnabled(), "somebody is called already"


def missed(call_id: str, remote: str, minutes: int) -> Call:
    return _call(
        call_id,
        remote=remote,
        confirmed=None,
        created=START - timedelta(minutes=minutes),
        agent_state="break",
    )


def test_all_calls_are_searched_by_typing_and_missed_ones_listed_apart(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    every = window.panes.every
    _keep(desk, _call(), WrapUp("h1", "여권", Result.ANSWERED))
    _keep(desk, missed("h2", "sip:0212345678@city", 5))
    _keep(desk, missed("h3", "sip:01012344720@city", 20))
    desk.do(window.action("calls").trigger)
    assert QApplication.focusWidget() is every.field

    def titles() -> list[str]:
        return [row.title for row in every.list.rows.rows]

    assert titles() == ["02-••••-5678", "여권", "010-••••-4720"]
    desk.do(lambda: QTest.keyClicks(every.field, "4720"))
    assert titles() == ["여권", "010-••••-4720"]
    desk.do(lambda: QTest.keyClicks(every.field, "9"))
    assert titles() == []
    assert "4720" in every._empty.text()
    desk.do(every.field.clear)
    desk.do(lambda: QTest.keyClick(every.field, Qt.Key.Key_Right))
    assert [row.status for row in every.list.rows.rows] == ["Missed · on break", "Missed · spoken with later"]
    desk.do(lambda: QTest.keyClick(every.field, Qt.Key.Key_Right))
    assert titles() == ["02-••••-5678"]
    desk.phone.told.clear()
    desk.do(window.action("call_back").trigger)
    assert ("dial", "sip:0212345678@city") in desk.phone.told


def test_the_last_number_is_called_again_with_one_key(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    key = window.action("redial")
    desk.do(key.trigger)
    assert not [told for told in desk.phone.told if told[0] == "dial"]
    assert "Nobody" in window.toast.text
    _keep(desk, _call("h1", remote="sip:119@city", direction=Direction.OUTGOING))
    desk.do(key.trigger)
    assert ("dial", "sip:119@city") in desk.phone.told
    assert not key.isEnabled()
