"""The phone's JSON events as frozen facts. Unknown events and fields are let pass: the phone may be newer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from desktop.adapters.phone.sound_words import use_in
from desktop.domain.call import CallState, Direction, Hold
from desktop.domain.phone import (
    Announced,
    AudioReport,
    CallReport,
    ConferenceReport,
    EngineRestarted,
    FlowReport,
    MediaReport,
    PhoneFact,
    PhoneReady,
    QualityReport,
    Registration,
    SoundState,
    Spoken,
    TextCame,
    TextRefused,
    TransferReport,
)

Event = Mapping[str, Any]
LONGEST_URI, LONGEST_TEXT = 250, 2000
"""The phone cuts both; a newer one might not."""


def fact_of(event: Event) -> PhoneFact | None:
    """The fact that an event states, None for one that is of no interest to the desk. Raises ValueError, KeyError."""
    reader = _READERS.get(str(event.get("event")))
    return reader(event) if reader else None


def ready_of(snapshot: Event) -> PhoneReady:
    """A snapshot of the phone: its address and the calls that run."""
    calls = snapshot.get("calls", ())
    return PhoneReady(
        uri=str(snapshot.get("uri", "")),
        address=str(snapshot.get("address", "")),
        port=int(snapshot.get("port", 0)),
        calls=tuple(_call(each) for each in calls),
        media=tuple(_media(each) for each in calls if each.get("codec")),
        transfers=tuple(_transfer_in(each) for each in calls if each.get("transfer")),
        announcing=str(snapshot.get("announcing") or ""),
        announced=_announced(snapshot["announced"]) if snapshot.get("announced") else None,
        conference=tuple(map(str, snapshot.get("conference") or ())),
        flows=tuple(_flow(each) for each in calls if "rtp_in" in each),
    )


def sound_of(snapshot: Event) -> SoundState:
    """The devices as a snapshot or an `audio_devices` event names them."""
    devices = snapshot.get("devices") or {}
    return SoundState(
        microphone=str(devices.get("microphone") or ""),
        speaker=str(devices.get("speaker") or ""),
        problem=str(devices.get("problem") or ""),
        use=use_in(devices["use"]) if devices.get("use") else None,
    )


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None


def _call(event: Event) -> CallReport:
    return CallReport(
        id=str(event["id"]),
        direction=Direction(event["direction"]),
        state=CallState(event["state"]),
        remote=str(event.get("remote") or ""),
        remote_name=str(event.get("remote_name") or ""),
        cause=str(event.get("cause") or ""),
        code=int(event.get("code") or 0),
        ended_by=str(event.get("ended_by") or ""),
        confirmed=_moment(event.get("started")),
        created=_moment(event.get("created")),
    )


def _media(event: Event) -> MediaReport:
    return MediaReport(
        id=str(event["id"]),
        codec=str(event.get("codec") or ""),
        clock_rate=int(event.get("clock_rate") or 0),
        hold=Hold(event.get("hold") or "none"),
        muted=bool(event.get("muted")),
        encrypted=bool(event.get("encrypted")),
        hold_pending=bool(event.get("hold_pending")),
    )


def _registration(event: Event) -> Registration:
    return Registration(
        state=str(event["state"]),
        code=int(event.get("code") or 0),
        reason=str(event.get("reason") or ""),
        retry_s=float(event.get("retry_s") or 0.0),
        trouble=str(event.get("trouble") or ""),
        server=str(event.get("server") or ""),
    )


def _audio(event: Event) -> AudioReport:
    return AudioReport(
        id=str(event.get("id") or ""),
        leg=str(event["leg"]),
        speaking=bool(event["speaking"]),
        level_db=float(event["level_db"]),
        lost_ms=int(event.get("lost_ms") or 0),
        clipping=bool(event.get("clipping")),
    )


def _quality(event: Event) -> QualityReport:
    names = [field.name for field in fields(QualityReport) if field.name != "id"]
    figures = {name: float(event[name]) for name in names if event.get(name) is not None}
    return QualityReport(str(event.get("id") or ""), **figures)


def _flow(event: Event) -> FlowReport:
    return FlowReport(str(event["id"]), bool(event["rtp_in"]), bool(event["rtp_out"]))


def _engine(event: Event) -> PhoneFact | None:
    if event.get("state") != "restarted":
        return None
    return EngineRestarted(str(event.get("reason") or ""), int(event.get("downtime_ms") or 0))


def _spoken(event: Event) -> Spoken:
    return Spoken(str(event.get("file") or ""), float(event.get("seconds") or 0.0))


def _announced(event: Event) -> Announced:
    return Announced(str(event.get("file") or ""), bool(event["whole"]), float(event.get("seconds") or 0.0))


def _conference(event: Event) -> ConferenceReport:
    return ConferenceReport(tuple(map(str, event["calls"])))


def _transfer(event: Event) -> TransferReport:
    to = str(event.get("to") or "")
    return TransferReport(str(event["id"]), int(event["code"]), bool(event["final"]), to)


def _transfer_in(call: Event) -> TransferReport:
    return _transfer({**call["transfer"], "id": call["id"], "final": False})


def _text(event: Event) -> PhoneFact:
    return TextCame(str(event.get("from") or "")[:LONGEST_URI], str(event.get("text") or "")[:LONGEST_TEXT])


def _error(event: Event) -> PhoneFact | None:
    """Of errors that answer no command of this desk only this one is of interest: it comes later than the command."""
    return TextRefused(str(event.get("reason") or "")) if event.get("command") == "message" else None


_READERS: dict[str, Callable[[Event], PhoneFact | None]] = {
    "call": _call,
    "media": _media,
    "registration": _registration,
    "audio": _audio,
    "quality": _quality,
    "flow": _flow,
    "conference": _conference,
    "transfer": _transfer,
    "engine": _engine,
    "spoken": _spoken,
    "announced": _announced,
    "devices": sound_of,
    "message": _text,
    "error": _error,
}
