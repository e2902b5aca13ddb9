"""The calls that the phone knows of, whatever becomes of the engine."""

from __future__ import annotations

from typing import Any

from desktop.adapters.phone.call_table import CallTable


def call(state: str, **more: Any) -> dict[str, Any]:
    return {"event": "call", "id": "c1", "direction": "incoming", "state": state, "remote": "sip:a@b",
            "remote_name": "A", "cause": None, "code": None, "ended_by": None, **more}  # fmt: skip


def table() -> CallTable:
    times = iter(f"t{n}" for n in range(99))
    return CallTable(lambda: next(times))


def test_a_call_is_known_from_its_first_to_its_last_event() -> None:
    calls = table()
    assert calls.take(call("INCOMING"))["created"] == "t0"
    assert calls.take(call("CONFIRMED"))["started"] == "t1"
    media = {"event": "media", "id": "c1", "codec": "G722", "clock_rate": 16000, "hold": "local",
             "hold_pending": True, "muted": True, "encrypted": False}  # fmt: skip
    calls.take(media)
    (shown,) = calls.snapshot()
    assert (shown["state"], shown["hold"], shown["muted"], shown["codec"]) == (
        "CONFIRMED",
        "local",
        True,
        "G722",
    )
    assert (shown["hold_pending"], shown["transfer"]) == (True, None)
    asked = {"event": "transfer", "id": "c1", "to": "sip:y@b", "code": 180, "reason": "Ringing"}
    calls.take({**asked, "final": False})
    assert calls.snapshot()[0]["transfer"] == {"to": "sip:y@b", "code": 180}
    calls.take({**asked, "code": 486, "final": True})
    assert calls.snapshot()[0]["transfer"] is None
    ended = calls.take(call("DISCONNECTED", ended_by="remote"))
    assert (ended["created"], ended["started"]) == ("t0", "t1")
    assert len(calls) == 0


def test_media_of_a_call_that_is_over_is_no_call() -> None:
    calls = table()
    calls.take({"event": "media", "id": "gone", "codec": "", "clock_rate": 0})
    assert calls.snapshot() == []


def test_the_engines_death_ends_every_call() -> None:
    calls = table()
    calls.take(call("INCOMING"))
    calls.take(call("CONFIRMED"))
    (ended,) = calls.engine_died()
    assert (ended["state"], ended["ended_by"], ended["cause"]) == ("DISCONNECTED", "network", "engine")
    assert ended["started"] == "t1"
    assert calls.engine_died() == []


def announced(file: str, whole: bool) -> dict[str, Any]:
    return {"event": "announced", "file": file, "whole": whole, "seconds": 1.0}


def test_a_desk_that_was_away_learns_what_sounds_and_how_it_ended() -> None:
    calls = table()
    assert calls.sound() == {"announcing": "", "announced": None}
    calls.announce("a.wav")
    assert calls.sound() == {"announcing": "a.wav", "announced": None}
    calls.take(announced("older.wav", False))
    assert calls.sound()["announcing"] == "a.wav"
    calls.take(announced("a.wav", True))
    assert calls.sound() == {"announcing": "", "announced": {"file": "a.wav", "whole": True, "seconds": 1.0}}
    calls.announce("a.wav")
    assert calls.sound()["announced"] is None, "the same sentence again is another one"
    calls.engine_died()
    assert calls.sound() == {"announcing": "", "announced": None}
