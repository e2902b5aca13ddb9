"""What is told of a call's stream: packets that stop, and losses of late."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from desktop.adapters.sip.line_meter import LOOK_S, REPORT_S, SILENT_S, LineMeter
from desktop.adapters.sip.mapping import quality_of


def stat(got: int, sent: int, lost: int = 0, lost_out: int = 0, told: int = 1, trip_ms: int = 2) -> Any:
    span = SimpleNamespace(mean=2000, last=1000 * trip_ms, n=told)
    received = SimpleNamespace(pkt=got, loss=lost, jitterUsec=span)
    return SimpleNamespace(
        rtcp=SimpleNamespace(rxStat=received, txStat=SimpleNamespace(pkt=sent, loss=lost_out), rttUsec=span)
    )


class Call:
    def __init__(self) -> None:
        self.events: list[dict[str, object]] = []
        self.meter = LineMeter("c1", self.events.append)
        self.now, self.got, self.sent = 100.0, 0, 0

    def pass_time(
        self, seconds: float, comes: bool = True, leaves: bool = True, expected: bool = True
    ) -> None:
        for _ in range(round(seconds / LOOK_S)):
            self.now += LOOK_S
            self.got, self.sent = self.got + 25 * comes, self.sent + 25 * leaves
            assert self.meter.is_due(self.now)
            self.meter.look(stat(self.got, self.sent), self.now, expected)
            assert not self.meter.is_due(self.now)

    def flows(self) -> list[tuple[object, object]]:
        return [(e["rtp_in"], e["rtp_out"]) for e in self.events if e["event"] == "flow"]


def test_sound_that_stops_is_told_within_three_seconds_and_when_it_is_back() -> None:
    call = Call()
    call.pass_time(2)
    assert call.flows() == [(True, True)]
    stopped = call.now
    while call.flows()[-1][0]:
        call.pass_time(LOOK_S, comes=False)
    assert SILENT_S <= call.now - stopped <= 3
    call.pass_time(LOOK_S)
    call.pass_time(5, leaves=False)
    assert call.flows() == [(True, True), (False, True), (True, True), (True, False)]


def test_a_call_whose_other_side_never_sends_anything_is_told() -> None:
    call = Call()
    call.pass_time(3, comes=False)
    assert call.flows() == [(False, True)]


def test_nothing_is_missing_while_the_call_is_on_hold() -> None:
    call = Call()
    call.pass_time(2)
    before = len(call.events)
    call.pass_time(20, comes=False, leaves=False, expected=False)
    assert len(call.events) == before
    call.pass_time(1, comes=False)
    assert call.flows() == [(True, True)], "the time on hold counts for nothing"


def test_quality_is_told_every_five_seconds_and_at_the_end() -> None:
    call = Call()
    call.pass_time(4 * REPORT_S + LOOK_S)
    told = [event for event in call.events if event["event"] == "quality"]
    assert len(told) == 4
    call.meter.end(stat(call.got, call.sent, lost=7))
    assert call.events[-1]["event"] == "quality"
    assert call.meter.lost_ms == 140


def test_losses_of_late_are_those_since_the_report_before() -> None:
    first = quality_of(stat(got=1000, sent=1000, lost=0, lost_out=0, told=1))
    second = quality_of(stat(got=1180, sent=1250, lost=20, lost_out=50, told=2), first)
    assert second.loss_rx == pytest.approx(1.67, abs=0.01)
    assert second.recent_loss_rx == 10.0
    assert (second.loss_tx, second.recent_loss_tx) == (4.0, 20.0)
    assert second.recent_mos_rx is not None
    assert second.mos_rx is not None
    assert second.recent_mos_rx < second.mos_rx
    untold = quality_of(stat(got=1430, sent=1500, lost=20, lost_out=50, told=2), second)
    assert (untold.recent_loss_rx, untold.recent_loss_tx) == (0.0, None), (
        "the other side has reported nothing new"
    )


def test_a_stream_of_a_moment_says_nothing_of_the_line() -> None:
    moment = quality_of(stat(got=40, sent=60, lost=20, lost_out=20))
    assert moment.loss_rx == pytest.approx(33.33, abs=0.01)
    assert (moment.recent_mos_rx, moment.recent_mos_tx) == (None, None)
    longer = quality_of(stat(got=80, sent=100, lost=20, lost_out=20))
    assert (longer.recent_loss_rx, longer.recent_loss_tx) == (20.0, 20.0)


def test_the_first_round_trip_of_a_stream_is_not_trusted_and_a_long_way_is_no_breaking_up() -> None:
    first = quality_of(stat(got=500, sent=500, told=1, trip_ms=774))
    assert (first.rtt_ms, first.mos_rx) == (None, first.recent_mos_rx)
    far = quality_of(stat(got=500, sent=500, told=2, trip_ms=774))
    assert far.rtt_ms == 774.0
    assert far.mos_rx is not None
    assert far.recent_mos_rx is not None
    assert far.mos_rx < 3 < 4 < far.recent_mos_rx
