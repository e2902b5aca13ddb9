"""Calls between `dasan-desk phone` and parties that are not ours, judged by what each side hears."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import psutil
import pytest

from tests.peers.baresip import Baresip
from tests.peers.headless import HeadlessPhone
from tests.peers.sipp import (
    ANSWERED,
    BYE,
    INVITE,
    RINGING,
    TRYING,
    Sipp,
    SippServer,
    answer_of,
    expect,
    expect_request,
    pause,
    refused,
    request,
    sdp,
)
from tests.peers.tones import blocks_with, longest_run, read_wav, write_tone

OURS, THEIRS = 700, 440
G722, PCMA = "G722/16000/1", "PCMA/8000/1"


def speaking_phone(home: Path, *options: str) -> HeadlessPhone:
    tone = write_tone(home / "own.wav", OURS)
    files = ("--audio", "file", "--microphone", str(tone), "--speaker", str(home / "heard.wav"))
    return HeadlessPhone(home / "data", *files, *options)


def heard_by(recording: Path, hertz: float) -> list[bool]:
    samples, rate = read_wav(recording)
    return blocks_with(samples, rate, hertz)


def silent_stretch(recording: Path) -> float:
    """Seconds of the longest silence in a recording."""
    samples, rate = read_wav(recording)
    size = rate // 20
    loud = [bool(np.max(np.abs(samples[n : n + size])) > 1e-3) for n in range(0, len(samples) - size, size)]
    return longest_run([not one for one in loud]) / 20


@pytest.mark.parametrize(("codec", "name", "rate"), [(G722, "G722", 16000), (PCMA, "PCMA", 8000)])
def test_both_sides_hear_each_other_without_a_gap(tmp_path: Path, codec: str, name: str, rate: int) -> None:
    with speaking_phone(tmp_path, "--auto-answer") as phone, Baresip(tmp_path / "b", codecs=codec) as other:
        port = phone.ready()["port"]
        other.command("dial", f"sip:agent@127.0.0.1:{port}")
        media = phone.media()
        assert (media["codec"], media["clock_rate"]) == (name, rate)
        phone.call_state("CONFIRMED")
        flow = phone.wait(lambda event: event["event"] == "flow")
        assert (flow["rtp_in"], flow["rtp_out"]) == (True, True)
        phone.hear(3.5)
        other.command("hangup")
        ended = phone.call_state("DISCONNECTED")
    assert (ended["ended_by"], ended["cause"], ended["code"]) == ("remote", "normal", 200)
    assert longest_run(heard_by(other.heard(), OURS)) >= 25
    assert longest_run(heard_by(tmp_path / "heard.wav", THEIRS)) >= 25


def test_media_is_encrypted_where_both_want_it_and_a_plain_call_is_refused_where_we_insist(
    tmp_path: Path,
) -> None:
    account = tmp_path / "account.toml"
    account.write_text('id = "sip:agent@127.0.0.1"\nsrtp = "optional"\n')
    phone = speaking_phone(tmp_path, "--auto-answer", "--account", str(account))
    with phone, Baresip(tmp_path / "b", encryption="srtp") as other:
        other.command("dial", f"sip:agent@127.0.0.1:{phone.ready()['port']}")
        assert phone.media()["encrypted"] is True
        phone.call_state("CONFIRMED")
        phone.hear(1.5)
        other.command("hangup")
        phone.call_state("DISCONNECTED")
    assert longest_run(heard_by(other.heard(), OURS)) >= 8
    assert longest_run(heard_by(tmp_path / "heard.wav", THEIRS)) >= 8
    account.write_text('id = "sip:agent@127.0.0.1"\nsrtp = "required"\n')
    with HeadlessPhone(tmp_path / "d2", "--audio", "null", "--account", str(account)) as strict:
        plain = Sipp(tmp_path / "plain", refused(488), strict.ready()["port"])
        plain.finish()
        assert not [event for event in strict.events if event["event"] == "call"], "it never rang"


def test_muted_and_on_hold_nothing_goes_out(tmp_path: Path) -> None:
    with speaking_phone(tmp_path) as phone, Baresip(tmp_path / "b") as other:
        phone.ready()
        phone.say("dial", other.uri)
        other.wait_type("CALL_INCOMING")
        other.command("accept")
        phone.call_state("CONFIRMED")
        phone.hear(1.0)
        phone.say("mute")
        phone.media(muted=True)
        phone.hear(1.5)
        phone.say("unmute")
        phone.media(muted=False)
        phone.hear(0.7)
        phone.say("hangup")
        assert phone.call_state("DISCONNECTED")["ended_by"] == "local"
        assert 1.3 <= silent_stretch(other.heard()) <= 1.9
        levels = [e for e in phone.events if e["event"] == "audio" and e["leg"] == "agent"]
        assert min(event["level_db"] for event in levels) <= -80
        assert max(event["level_db"] for event in levels) > -25


@pytest.mark.long
def test_hold_is_silent_both_ways_and_comes_back(tmp_path: Path) -> None:
    with speaking_phone(tmp_path) as phone, Baresip(tmp_path / "b") as other:
        phone.ready()
        phone.say("dial", other.uri)
        other.wait_type("CALL_INCOMING")
        other.command("accept")
        phone.call_state("CONFIRMED")
        phone.hear(1.0)
        phone.say("hold")
        phone.media(hold="local")
        phone.say("hold")
        assert phone.wait(lambda event: event["event"] == "error")["command"] == "hold"
        phone.idle(1.2)
        phone.say("resume")
        phone.media(hold="none")
        phone.hear(1.0)
        phone.say("hangup")
        phone.call_state("DISCONNECTED")
    heard = heard_by(tmp_path / "heard.wav", THEIRS)
    assert heard.index(False, heard.index(True)) < len(heard) - 1 - heard[::-1].index(True)
    assert any(heard_by(other.heard(), OURS))


def test_a_direct_call_over_tcp(tmp_path: Path) -> None:
    account = tmp_path / "account.toml"
    account.write_text('id = "sip:desk@127.0.0.1"\ntransport = "tcp"\n')
    with speaking_phone(tmp_path, "--account", str(account)) as phone, Baresip(tmp_path / "b") as other:
        port = phone.ready()["port"]
        other.command("dial", f"sip:desk@127.0.0.1:{port};transport=tcp")
        phone.call_state("INCOMING")
        phone.say("answer")
        phone.call_state("CONFIRMED")
        phone.hear(1.5)
        phone.say("hangup")
        phone.call_state("DISCONNECTED")
        other.wait_type("CALL_CLOSED")
    assert longest_run(heard_by(other.heard(), OURS)) >= 8
    assert longest_run(heard_by(tmp_path / "heard.wav", THEIRS)) >= 8


def test_a_busy_party_is_told_as_busy(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone, Baresip(tmp_path / "b") as other:
        phone.ready()
        phone.say("dial", other.uri)
        other.wait_type("CALL_INCOMING")
        other.command("hangup")
        ended = phone.call_state("DISCONNECTED")
    assert (ended["code"], ended["cause"], ended["ended_by"]) == (486, "busy", "remote")


CANCELLED = (
    INVITE
    + TRYING
    + RINGING
    + pause(100)
    + request("CANCEL", 1, branch="[branch-4]")
    + expect(200)
    + expect(487)
    + request("ACK", 1, branch="[branch-7]", inside=True)
)
DTMF = request("INFO", 2, "Signal=5\nDuration=160", "application/dtmf-relay", inside=True) + expect(200)
REJECTED = INVITE + TRYING + RINGING + expect(603) + request("ACK", 1, branch="[branch-4]", inside=True)


def test_what_callers_do_before_and_after_the_answer(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone:
        port = phone.ready()["port"]
        with_cancel = Sipp(tmp_path / "cancel", CANCELLED, port)
        ended = phone.call_state("DISCONNECTED")
        with_cancel.finish()
        assert (ended["cause"], ended["ended_by"], ended["code"]) == ("cancelled", "remote", 487)

        answered = Sipp(tmp_path / "bye", ANSWERED + pause(100) + DTMF + BYE, port)
        phone.call_state("INCOMING")
        phone.say("answer")
        digit = phone.wait(lambda event: event["event"] == "dtmf")
        assert (digit["digit"], digit["method"]) == ("5", "info")
        assert phone.call_state("DISCONNECTED")["ended_by"] == "remote"
        answered.finish()

        rejected = Sipp(tmp_path / "reject", REJECTED, port)
        phone.call_state("INCOMING")
        phone.say("reject", "603")
        ended = phone.call_state("DISCONNECTED")
        rejected.finish()
        assert (ended["cause"], ended["ended_by"], ended["code"]) == ("declined", "local", 603)


def test_sound_that_never_comes_is_told_within_three_seconds(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null", "--auto-answer") as phone:
        mute = Sipp(tmp_path / "mute", ANSWERED + pause(3200) + BYE, phone.ready()["port"])
        began = phone.call_state("CONFIRMED")
        flow = phone.wait(lambda event: event["event"] == "flow")
        assert (flow["rtp_in"], flow["rtp_out"]) == (False, True)
        assert flow["mono"] - began["mono"] < 3
        phone.call_state("DISCONNECTED")
        mute.finish()


def test_a_caller_hears_busy_while_the_desk_says_so_and_an_absent_agent_is_not_rung(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone:
        port = phone.ready()["port"]
        first = Sipp(tmp_path / "first", ANSWERED + expect_request("BYE"), port)
        phone.call_state("INCOMING")
        phone.say("answer")
        running = phone.call_state("CONFIRMED")["id"]
        phone.say("availability", "486")
        Sipp(tmp_path / "second", refused(486), port).finish()
        busy = phone.call_state("DISCONNECTED")
        assert busy["id"] != running
        assert (busy["code"], busy["cause"], busy["ended_by"]) == (486, "unavailable", "local")
        phone.say("hangup")
        assert phone.call_state("DISCONNECTED")["id"] == running
        first.finish()

        phone.say("availability", "480")
        phone.say("status")
        assert phone.wait(lambda event: event["event"] == "status")["availability"] == 480
        Sipp(tmp_path / "absent", refused(480), port).finish()
        missed = phone.call_state("DISCONNECTED")
        assert (missed["code"], missed["cause"]) == (480, "unavailable")
        rung = [e for e in phone.events if e["event"] == "call" and e["id"] == missed["id"]]
        assert [event["state"] for event in rung] == ["DISCONNECTED"]


def test_a_killed_engine_ends_its_call_and_the_next_one_rings_within_a_second(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone, Baresip(tmp_path / "b") as other:
        port = phone.ready()["port"]
        times = []
        for _ in range(3):
            other.command("dial", f"sip:agent@127.0.0.1:{port}")
            phone.call_state("INCOMING")
            phone.say("answer")
            phone.call_state("CONFIRMED")
            (engine,) = psutil.Process(phone.process.pid).children()
            engine.kill()
            ended = phone.call_state("DISCONNECTED")
            assert (ended["ended_by"], ended["cause"]) == ("network", "engine")
            other.wait_type("CALL_CLOSED")  # the door says BYE for the dead
            other.command("dial", f"sip:agent@127.0.0.1:{port}")
            restarted = phone.wait(lambda event: event["event"] == "engine")
            assert restarted["state"] == "restarted"
            assert restarted["reason"]
            times.append(phone.call_state("INCOMING")["mono"] - ended["mono"])
            other.command("hangup")
            phone.call_state("DISCONNECTED")
            other.wait_type("CALL_CLOSED")
        assert min(times) < 1.0, times


EARLY = (
    '<recv request="INVITE" crlf="true"></recv>\n'
    + answer_of(183, "Session Progress", sdp())
    + pause(700)
    + answer_of(486, "Busy Here")
    + '<recv request="ACK"></recv>\n'
)


def test_early_media_is_heard_before_the_answer(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone:
        phone.ready()
        with_early = SippServer(tmp_path / "early", EARLY)
        phone.say("dial", f"sip:x@127.0.0.1:{with_early.port}")
        assert phone.media()["codec"] == "PCMA"
        ended = phone.call_state("DISCONNECTED")
        with_early.finish()
    states = [event["state"] for event in phone.events if event["event"] == "call"]
    assert states == ["CALLING", "EARLY", "DISCONNECTED"]
    assert (ended["code"], ended["ended_by"]) == (486, "remote")


@pytest.mark.long
def test_every_digit_arrives_as_it_was_sent(tmp_path: Path) -> None:
    with (
        HeadlessPhone(tmp_path / "one", "--audio", "null") as one,
        HeadlessPhone(tmp_path / "two", "--audio", "null", "--auto-answer") as two,
    ):
        one.ready()
        one.say("dial", f"sip:x@127.0.0.1:{two.ready()['port']}")
        one.call_state("CONFIRMED")
        one.say("dtmf", "0123456789*#ABCD")
        digits = [two.wait(lambda event: event["event"] == "dtmf", 15) for _ in range(16)]
        assert "".join(event["digit"] for event in digits) == "0123456789*#ABCD"
        assert {event["method"] for event in digits} == {"rfc4733"}
        two.say("dtmf", "5")
        assert one.wait(lambda event: event["event"] == "dtmf")["digit"] == "5"


def test_an_engine_that_hangs_is_replaced(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone:
        phone.ready()
        (engine,) = psutil.Process(phone.process.pid).children()
        engine.suspend()
        restarted = phone.wait(lambda event: event["event"] == "engine", 20)
        assert restarted["reason"] == "it did not respond"
