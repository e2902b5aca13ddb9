"""Verbs of the real window, each with another program at the other end of the wire."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.call import Hold, Outcome
from desktop.ui.call.line_words import kept_text
from tests.journeys.real_window import RealWindow, folders_of, real_window, until
from tests.peers.headless import HeadlessPhone
from tests.peers.raw_sip import RawCaller
from tests.peers.sipp import (
    ANSWERED,
    Sipp,
    SippServer,
    answer_of,
    hold_refused,
    pause,
    refused,
    sdp_answer,
)

Run = Callable[[Coroutine[Any, Any, None]], object]


async def port_of(real: RealWindow) -> int:
    await until(lambda: real.desk.phone.uri, 60)
    return int(real.desk.phone.uri.rpartition(":")[2])


def type_digit(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


@pytest.mark.timeout(90)
def test_a_caller_hears_what_the_agent_chose_and_the_history_says_it(tmp_path: Path, run: Run) -> None:
    chosen = {603: Qt.Key.Key_2, 480: Qt.Key.Key_3}

    async def journey() -> None:
        async with real_window(folders_of(tmp_path)) as real:
            for code, key in chosen.items():
                caller = Sipp(tmp_path / str(code), refused(code, rings=True), await port_of(real))
                await until(lambda: real.window.situation == "ringing", 15)
                real.window.action("decline_with").trigger()
                type_digit(key)
                await until(lambda: real.window.situation == "idle", 15)
                await until(lambda: caller.process.poll() is not None, 15)  # noqa: B023
                caller.finish()
            rows = real.window.panes.today.list.rows  # type: ignore[attr-defined]
            await until(lambda: len(rows.rows) == len(chosen), 15)
            assert [row.status for row in rows.rows] == ["Declined · heard not here", "Declined"]

    run(journey())


def text_from(writer: RawCaller, words: str) -> bytes:
    """A MESSAGE."""
    me = f"<sip:writer@{writer.host}:{writer.port}>"
    lines = [
        "MESSAGE sip:agent@127.0.0.1 SIP/2.0", f"Via: SIP/2.0/UDP {writer.host}:{writer.port};branch=z9hG4bKw1",
        f"From: {me};tag=w", "To: <sip:agent@127.0.0.1>", "Call-ID: written", "CSeq: 1 MESSAGE", "Max-Forwards: 70",
        "Content-Type: text/plain", f"Content-Length: {len(words.encode())}", "", words,
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


@pytest.mark.long
@pytest.mark.timeout(90)
def test_a_text_waits_for_the_end_of_the_call_and_is_written_nowhere(tmp_path: Path, run: Run) -> None:
    secret = "xyzzy-plugh"

    async def journey(citizen: HeadlessPhone) -> None:
        async with real_window(folders_of(tmp_path)) as real:
            with RawCaller(await port_of(real), host="127.0.0.1") as writer:
                texts = real.desk.services.texts
                await real.takes(citizen)
                writer.send(text_from(writer, f"<b>{secret}</b>"))
                await until(lambda: texts.unread, 15)
                assert real.notice == ""
                citizen.say("hangup")
                await until(lambda: real.window.situation == "wrap_up", 15)
                real.window.wrap_up.choose("교통", "answered")
                real.window.action("done").trigger()
                await real.reads("Text from")
                real.window.action("texts").trigger()
                await until(lambda: not texts.unread, 15)
                (text,) = texts.texts
                assert text.text == f"<b>{secret}</b>"

    with HeadlessPhone(tmp_path / "citizen", "--audio", "null") as citizen:
        citizen.ready()
        run(journey(citizen))
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if secret.encode() in path.read_bytes()] == []


@pytest.mark.long
@pytest.mark.timeout(120)
@pytest.mark.parametrize("code", [481, 408, 500])
def test_a_hold_that_the_other_side_refuses_never_leaves_a_call_that_is_not_there(
    tmp_path: Path, run: Run, code: int
) -> None:
    async def journey() -> None:
        async with real_window(folders_of(tmp_path)) as real:
            calls, times = real.desk.services.calls, 1 if code in (481, 408) else 2
            caller = Sipp(
                tmp_path / "caller", ANSWERED + hold_refused(code, "No") * times, await port_of(real)
            )
            await until(lambda: real.window.situation == "ringing", 15)
            real.window.action("answer").trigger()
            await until(lambda: real.window.situation == "talking", 15)
            await until(lambda: calls.current is not None and calls.current.codec, 15)
            real.window.action("hold").trigger()
            if code == 500:
                await until(lambda: calls.current is not None and calls.current.hold is Hold.LOCAL, 40)
                assert real.window.situation == "talking", "refused, but nobody is gone"
                await calls.end()
            await until(lambda: real.window.situation == "wrap_up", 20)
            (call,) = await real.desk.records.calls(5)
            told = (call.ended_by, call.cause)
            assert told == (("local", "normal") if code == 500 else ("network", "connection lost"))
            caller.process.kill()
            caller.process.wait()

    run(journey())


@pytest.mark.long
@pytest.mark.timeout(90)
def test_what_the_other_side_says_before_it_answers_is_heard_and_said(tmp_path: Path, run: Run) -> None:
    early = (
        '<recv request="INVITE"></recv>\n'
        + answer_of(183, "Session Progress", sdp_answer())
        + pause(1500)
        + answer_of(404, "Not Found")
        + '<recv request="ACK"></recv>\n'
    )

    async def journey() -> None:
        async with real_window(folders_of(tmp_path)) as real:
            nobody = SippServer(tmp_path / "nobody", early)
            card = real.window.column.card
            await real.desk.services.calls.dial(f"sip:nobody@127.0.0.1:{nobody.port}")
            await until(lambda: "you hear the other side" in card._head.text(), 10)
            await until(lambda: real.desk.services.calls.current is None, 15)
            nobody.finish()
            (call,) = await real.desk.records.calls(5)
            assert (call.outcome, call.code, call.cause) == (Outcome.FAILED, 404, "no such number")
            assert kept_text(call, None).startswith("No such number (404) · rang 00:01")

    run(journey())
