"""The calls that run now and what is announced in them, kept from the engine's events so that they outlive it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Event = dict[str, Any]
MEDIA = ("codec", "clock_rate", "hold", "hold_pending", "muted", "encrypted")
NO_MEDIA = {
    "codec": "", "clock_rate": 0, "hold": "none", "hold_pending": False, "muted": False, "encrypted": False,
}  # fmt: skip
TRANSFER = ("to", "code")
FLOW = ("rtp_in", "rtp_out")
CALL = ("id", "direction", "state", "remote", "remote_name")
ANNOUNCED = ("file", "whole", "seconds")
DEAD_ENGINE = "engine"
"""`cause` of a call that ended because the engine died."""


class CallTable:
    """Calls by id, as the snapshot shows them."""

    def __init__(self, utc: Callable[[], str]) -> None:
        self._utc = utc
        self._calls: dict[str, Event] = {}
        self._announcing = ""
        self._announced: Event | None = None

    def __len__(self) -> int:
        return len(self._calls)

    def __contains__(self, call_id: str) -> bool:
        return call_id in self._calls

    def take(self, event: Event) -> Event:
        """Learn from an event of the engine; returns it with `created` and `started` (UTC, None before the answer)."""
        if event["event"] == "announced" and event["file"] == self._announcing:
            self._announcing, self._announced = "", {name: event[name] for name in ANNOUNCED}
        told = {"media": MEDIA, "flow": FLOW}.get(event["event"])
        if told and event["id"] in self._calls:
            self._calls[event["id"]].update({name: event[name] for name in told})
        if event["event"] == "transfer" and event["id"] in self._calls:
            running = None if event["final"] else {name: event[name] for name in TRANSFER}
            self._calls[event["id"]]["transfer"] = running
        if event["event"] != "call":
            return event
        call = self._calls.get(event["id"])
        if call is None:
            call = self._calls[event["id"]] = {
                "created": self._utc(),
                "started": None,
                "transfer": None,
                **NO_MEDIA,
            }
        call.update({name: event[name] for name in CALL})
        if event["state"] == "CONFIRMED" and call["started"] is None:
            call["started"] = self._utc()
        if event["state"] == "DISCONNECTED":
            del self._calls[event["id"]]
        return {**event, "created": call["created"], "started": call["started"]}

    def snapshot(self) -> list[Event]:
        """The running calls, copied."""
        return [dict(call) for call in self._calls.values()]

    def announce(self, file: str) -> None:
        """From now on this file sounds; "" for none."""
        self._announcing = file
        if file:
            self._announced = None

    def sound(self) -> Event:
        """For a desk that was away: the file that sounds in the call, and how the last one ended (None: none did)."""
        return {"announcing": self._announcing, "announced": self._announced}

    def engine_died(self) -> list[Event]:
        """The events that end every running call; the table is empty afterwards."""
        ended = [
            {
                "event": "call",
                **{name: call[name] for name in CALL},
                "state": "DISCONNECTED",
                "cause": DEAD_ENGINE,
                "code": 0,
                "ended_by": "network",
                "created": call["created"],
                "started": call["started"],
            }
            for call in self._calls.values()
        ]
        self._calls.clear()
        self._announcing = ""
        return ended
