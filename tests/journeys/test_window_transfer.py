"""The Transfer key of the real window: to a number, to one who was asked first, to one who does not take the call."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.call import Hold, Outcome
from tests.journeys.real_window import RealWindow, folders_of, real_window, until
from tests.journeys.test_supervisor_call import heard_in, press
from tests.peers.baresip import Baresip

Run = Callable[[Coroutine[Any, Any, None]], object]
CITIZEN, OTHER = 440.0, 1000.0
SETTINGS = 'language = "en"\nspeech_enabled = false\nwrapup_seconds = 60\n'


async def takes(real: RealWindow, citizen: Baresip) -> None:
    """The citizen calls and is answered."""
    await until(lambda: real.desk.phone.uri, 60)
    citizen.command("dial", real.desk.phone.uri)
    await until(lambda: real.window.situation == "ringing", 30)
    press(real, Qt.Key.Key_F2)
    await with_citizen(real)


async def with_citizen(real: RealWindow) -> None:
    """The agent speaks with the citizen, and nobody else is there."""
    calls = real.desk.services.calls
    await until(lambda: calls.current is not None and calls.current.confirmed is not None, 30)
    await until(lambda: calls.current is not None and calls.current.codec, 30)
    await until(lambda: calls.current is not None and calls.current.hold is Hold.NONE, 30)
    assert calls.second.state is None


def types(real: RealWindow, address: str) -> None:
    """Into the dial field, and Enter."""
    field = real.window.column.card.dial_field
    assert real.window.column.card.dialling
    QTest.keyClicks(field, address)
    QTest.keyClick(field, Qt.Key.Key_Return)


async def rings(other: Baresip) -> None:
    """Their telephone rings."""
    await asyncio.to_thread(other.wait_type, "CALL_INCOMING", 30)


def listens(other: Baresip, seconds: float = 30.0) -> None:
    """Wait until what they hear fills half a second of their recording, or a second of the narrow codec's."""
    deadline = time.monotonic() + seconds
    while other.heard().stat().st_size < 16_000 and time.monotonic() < deadline:
        time.sleep(0.05)


async def over(real: RealWindow) -> None:
    """The call has left the desk, and its record says that it was answered here."""
    await until(lambda: real.window.situation == "wrap_up", 30)
    await real.desk.services.background.settle()  # the window may be quicker than the disk
    (call,) = await real.desk.records.calls(5)
    assert (call.outcome, call.ended_by) == (Outcome.ANSWERED, "local")


@pytest.mark.long
@pytest.mark.timeout(180)
def test_to_a_number_that_declines_and_is_asked_again(tmp_path: Path, run: Run) -> None:
    async def journey() -> None:
        async with real_window(folders_of(tmp_path, SETTINGS)) as real:
            await takes(real, citizen)
            press(real, Qt.Key.Key_F5)
            types(real, other.uri)
            await rings(other)
            other.command("hangup")
            await until(lambda: "not taken" in real.window.toast.text, 30)
            await with_citizen(real)
            press(real, Qt.Key.Key_F5)
            types(real, other.uri)
            await rings(other)
            other.command("accept")
            await over(real)

    with (
        Baresip(tmp_path / "citizen", source=f"ausine,{CITIZEN:.0f}") as citizen,
        Baresip(tmp_path / "other", source=f"ausine,{OTHER:.0f}") as other,
    ):
        run(journey())
        other.wait_type("CALL_ESTABLISHED", 30)
        other.command("hangup")
        other.wait_type("CALL_CLOSED", 30)
        assert frozenset({CITIZEN}) in heard_in(other.heard())


@pytest.mark.long
@pytest.mark.timeout(180)
def test_to_somebody_who_was_asked_first_and_one_who_does_not_want_to(tmp_path: Path, run: Run) -> None:
    async def journey() -> None:
        async with real_window(folders_of(tmp_path, SETTINGS)) as real:
            second = real.desk.services.calls.second
            await takes(real, citizen)
            for wanted in (False, True):
                real.window.action("dial").trigger()
                types(real, other.uri)
                await rings(other)
                if not wanted:
                    other.command("hangup")
                    await until(lambda: "busy" in real.window.toast.text, 30)
                    await with_citizen(real)
            other.command("accept")
            await until(lambda: second.state is not None and second.state.answered, 30)
            press(real, Qt.Key.Key_F5)
            # This baresip knows no Replaces: the citizen's own call comes beside the agent's.
            await rings(other)
            other.command("accept")
            await over(real)
            await until(lambda: second.state is None, 30)

    with (
        Baresip(tmp_path / "citizen", source=f"ausine,{CITIZEN:.0f}") as citizen,
        Baresip(tmp_path / "other", source=f"ausine,{OTHER:.0f}") as other,
    ):
        run(journey())
        for _ in ("with the desk", "with the other one"):
            citizen.wait_type("CALL_ESTABLISHED", 30)
        listens(other)
        other.command("hangup")
        other.wait_type("CALL_CLOSED", 30)
        assert frozenset({CITIZEN}) in heard_in(other.heard())
