"""The phone's JSON as facts; what a newer phone adds is let pass."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.adapters.phone.facts import fact_of, ready_of, sound_of
from desktop.domain.call import CallState, Direction, Hold
from desktop.domain.phone import (
    Announced,
    AudioReport,
    CallReport,
    ConferenceReport,
    EngineRestarted,
    MediaReport,
    PhoneReady,
    QualityReport,
    Registration,
    SoundState,
    Spoken,
    TransferReport,
)

CALL = {
    "event": "call",
    "id": "c1",
    "direction": "incoming",
    "state": "INCOMING",
    "remote": "sip:a@b",
    "new": 1,
}


@pytest.mark.parametrize(
    ("event", "fact"),
    [
        (CALL, CallReport("c1", Direction.INCOMING, CallState.INCOMING, "sip:a@b")),
        (
            {
                "event": "media",
                "id": "c1",
                "codec": "G722",
                "clock_rate": 16000,
                "hold": "local",
                "muted": True,
            },
            MediaReport("c1", "G722", 16000, Hold.LOCAL, True, False),
        ),
        (
            {"event": "audio", "id": "c1", "leg": "agent", "speaking": True, "level_db": -20.5, "lost_ms": 0},
            AudioReport("c1", "agent", True, -20.5, 0),
        ),
        (
            {"event": "registration", "state": "failed", "code": 403, "reason": "Forbidden", "retry_s": None},
            Registration("failed", 403, "Forbidden", 0.0),
        ),
        (
            {"event": "engine", "state": "restarted", "reason": "killed", "downtime_ms": 80},
            EngineRestarted("killed", 80),
        ),
        ({"event": "spoken", "file": "a.flac", "seconds": 1.5}, Spoken("a.flac", 1.5)),
        (
            {
                "event": "devices",
                "devices": {"microphone": "Headset", "speaker": None, "problem": "no_speaker"},
            },
            SoundState("Headset", "", "no_speaker"),
        ),
        ({"event": "engine", "state": "something new"}, None),
        (
            {"event": "quality", "id": "c1", "loss_rx": 0.5, "loss_tx": None, "mos_rx": 4.1},
            QualityReport("c1", loss_rx=0.5, mos_rx=4.1),
        ),
        ({"event": "conference", "calls": ["c1", "c2"]}, ConferenceReport(("c1", "c2"))),
        (
            {"event": "transfer", "id": "c1", "to": "sip:y@b", "code": 486, "reason": "Busy", "final": True},
            TransferReport("c1", 486, True, "sip:y@b"),
        ),
        ({"event": "new", "mos_rx": 4.1}, None),
    ],
)
def test_each_event(event: dict[str, object], fact: object) -> None:
    assert fact_of(event) == fact


@pytest.mark.parametrize(
    "event", [{"event": "call", "id": "c1"}, {**CALL, "state": "DANCING"}, {**CALL, "direction": "sideways"}]
)
def test_a_broken_event_is_an_error_of_its_own(event: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError)):
        fact_of(event)


def test_a_snapshot_has_running_calls_with_their_media() -> None:
    call = {
        **CALL,
        "state": "CONFIRMED",
        "started": "2026-11-22T05:28:02.000+00:00",
        "created": "2026-11-22T05:27:58.000+00:00",
        "codec": "G722",
        "clock_rate": 16000,
        "hold": "none",
        "hold_pending": True,
        "muted": False,
        "transfer": {"to": "sip:y@b", "code": 100},
    }
    ready = ready_of({"uri": "sip:a@127.0.0.1:5060", "address": "127.0.0.1", "port": 5060, "calls": [call]})
    assert ready.calls[0].confirmed == datetime(2026, 11, 22, 5, 28, 2, tzinfo=UTC)
    assert ready.media == (MediaReport("c1", "G722", 16000, Hold.NONE, False, False, hold_pending=True),)
    assert ready.transfers == (TransferReport("c1", 100, False, "sip:y@b"),)
    sound = {"announcing": "b.wav", "announced": {"file": "a.wav", "whole": True, "seconds": 2.5}}
    ready = ready_of(sound)
    assert (ready.announcing, ready.announced) == ("b.wav", Announced("a.wav", True, 2.5))
    assert ready_of({}) == PhoneReady("", "", 0)
    assert ready_of({"conference": ["c1", "c2"]}).conference == ("c1", "c2")
    assert sound_of({}) == SoundState()
