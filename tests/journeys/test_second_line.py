"""Two calls at a time between `dasan-desk phone` and other parties, judged by tones: who hears whom, who does not."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest

from desktop.adapters.tap.protocol import Audio
from tests.journeys.test_phone_tap import Speech
from tests.peers.baresip import Baresip
from tests.peers.headless import Event, HeadlessPhone
from tests.peers.sipp import (
    ANSWERED,
    CALLED,
    USED,
    Sipp,
    SippServer,
    expect_request,
    put_on_hold,
    referred,
)
from tests.peers.sipp import (
    refused as busy_call,
)
from tests.peers.tones import blocks_with, chords, course, read_wav, write_tone

AGENT, CITIZEN, OTHER, SECRET = 700.0, 440.0, 1000.0, 1500.0
ALL = (AGENT, CITIZEN, OTHER, SECRET)


def speaking_phone(home: Path, hertz: float, *options: str) -> HeadlessPhone:
    home.mkdir(exist_ok=True)
    tone = write_tone(home / "own.wav", hertz)
    files = ("--audio", "file", "--microphone", str(tone), "--speaker", str(home / "heard.wav"))
    return HeadlessPhone(home / "data", *files, *options)


class Party:
    """Somebody who answers every call, with a voice of one tone and an ear that is kept."""

    def __init__(self, home: Path, hertz: float) -> None:
        self.ear = home / "heard.wav"
        self.phone = speaking_phone(home, hertz, "--auto-answer")
        self.uri = f"sip:party@127.0.0.1:{self.phone.ready()['port']}"

    def __enter__(self) -> Party:
        return self

    def __exit__(self, *_: object) -> None:
        self.phone.close()


def heard_in(recording: Path) -> list[frozenset[float]]:
    return course(chords(*read_wav(recording), ALL))


def chord(*hertz: float) -> frozenset[float]:
    return frozenset(hertz)


def refused(phone: HeadlessPhone, *command: str) -> str:
    """The reason why a command is refused."""
    phone.say(*command)
    error = phone.wait(lambda event: event["event"] == "error")
    assert error["command"] == command[0]
    return str(error["reason"])


def talks_to(phone: HeadlessPhone, other: Party) -> str:
    """Call a party, which accepts; returns the call's id."""
    phone.say("dial", other.uri)
    return str(phone.call_state("CONFIRMED")["id"])


def media(phone: HeadlessPhone, call: str, hold: str) -> Event:
    return phone.wait(
        lambda event: event["event"] == "media" and (event["id"], event["hold"]) == (call, hold)
    )


def conference(phone: HeadlessPhone, *calls: str) -> Event:
    return phone.wait(lambda event: event["event"] == "conference" and event["calls"] == list(calls))


def consulted(phone: HeadlessPhone, citizen: Party, other: Party, secret: Path) -> tuple[str, str]:
    """One call on hold, the other consulted, then back to the first; returns the ids of both."""
    first = talks_to(phone, citizen)
    phone.hear(0.8)
    assert "hold" in refused(phone, "dial", other.uri)
    assert "two answered calls" in refused(phone, "swap")
    assert "two answered calls" in refused(phone, "conference")
    phone.say("hold")
    media(phone, first, "local")
    second = talks_to(phone, other)
    phone.hear(0.8)
    phone.say("speak", str(secret))
    phone.wait(lambda event: event["event"] == "spoken")
    phone.hear(0.8)
    assert "conference" in refused(phone, "resume", first)
    assert "already running" in refused(phone, "dial", citizen.uri)
    phone.say("swap")
    media(phone, first, "none")
    phone.hear(0.8)
    return first, second


def together(phone: HeadlessPhone, first: str, second: str) -> None:
    """All three hear each other, but for a while the agent."""
    phone.say("conference", first, second)
    conference(phone, first, second)
    phone.hear(1.0)
    assert "conference" in refused(phone, "swap")
    phone.say("mute")
    phone.media(id=second, muted=True)
    phone.hear(0.8)
    phone.say("unmute")
    phone.media(id=second, muted=False)
    phone.hear(0.8)


@pytest.mark.long
@pytest.mark.timeout(120)
def test_consult_swap_and_conference_by_what_each_party_hears(tmp_path: Path) -> None:
    secret = write_tone(tmp_path / "secret.wav", SECRET, seconds=0.8)
    with (
        speaking_phone(tmp_path, AGENT) as phone,
        Party(tmp_path / "citizen", CITIZEN) as citizen,
        Party(tmp_path / "other", OTHER) as other,
    ):
        phone.ready()
        first, second = consulted(phone, citizen, other, secret)
        together(phone, first, second)
        other.phone.say("hangup")
        conference(phone)
        phone.hear(0.8)
        phone.say("hangup")
        citizen.phone.call_state("DISCONNECTED")
    both, theirs = chord(AGENT, OTHER), chord(AGENT, CITIZEN)
    assert heard_in(citizen.ear) == [chord(AGENT), both, chord(OTHER), both, chord(AGENT)]
    assert heard_in(other.ear) == [
        chord(AGENT), chord(AGENT, SECRET), chord(AGENT), theirs, chord(CITIZEN), theirs,
    ]  # fmt: skip
    ear = heard_in(tmp_path / "heard.wav")
    assert ear == [chord(CITIZEN), chord(OTHER), chord(CITIZEN), chord(CITIZEN, OTHER), chord(CITIZEN)]
    levels = {(e["id"], e["leg"]) for e in phone.events if e["event"] == "audio"}
    assert levels == {(call, leg) for call in (first, second) for leg in ("caller", "agent")}


def test_in_the_tap_caller_and_third_one_are_apart_and_a_consultation_is_a_call_of_its_own(
    tmp_path: Path,
) -> None:
    with (
        speaking_phone(tmp_path, AGENT, "--serve") as phone,
        Party(tmp_path / "citizen", CITIZEN) as citizen,
        Party(tmp_path / "other", OTHER) as other,
    ):
        phone.ready()
        speech = Speech(tmp_path / "data")

        def talk() -> None:
            first = talks_to(phone, citizen)
            phone.hear(0.6)
            phone.say("hold")
            media(phone, first, "local")
            second = talks_to(phone, other)
            phone.hear(1.0)
            phone.say("conference")
            conference(phone, first, second)
            phone.hear(1.2)
            phone.say("hangup", second)
            conference(phone)
            phone.hear(0.6)
            phone.say("hangup")

        async def both() -> None:
            listening = asyncio.create_task(speech.listen())
            await asyncio.to_thread(talk)
            await listening

        asyncio.run(both())
    (first,) = {m.call for m in speech.messages if isinstance(m, Audio) and m.leg == "third"}
    (second,) = {m.call for m in speech.messages if isinstance(m, Audio) and m.call != first}

    def full_of(call: str, leg: str, hertz: float) -> bool:
        samples = np.frombuffer(speech.sound(leg, call), "<i2").astype(np.float64) / 32768
        found = blocks_with(samples, 16_000, hertz)
        return sum(found) / len(found) > 0.8

    for leg, hertz in (("caller", CITIZEN), ("third", OTHER), ("agent", AGENT)):
        assert full_of(first, leg, hertz), leg
    for leg, hertz in (("caller", OTHER), ("agent", AGENT)):
        assert full_of(second, leg, hertz), leg
    alone = len(speech.sound("caller", second)) / 2 / 16_000
    assert 0.7 < alone < 2.0, "only while the agent spoke with them alone"
    (third,) = speech.leg("third")
    assert 0.8 < third[1] - third[0] < 2.2, "only while all three were together"


@pytest.mark.long
def test_a_third_one_is_added_while_the_citizen_goes_on_hearing_the_agent(tmp_path: Path) -> None:
    with (
        speaking_phone(tmp_path, AGENT) as phone,
        Party(tmp_path / "citizen", CITIZEN) as citizen,
        Party(tmp_path / "other", OTHER) as other,
    ):
        phone.ready()
        assert "no answered call" in refused(phone, "add", "-", other.uri)
        first = talks_to(phone, citizen)
        phone.hear(0.8)
        phone.say("add", "-", other.uri)
        added = phone.wait(lambda event: event["event"] == "conference")["calls"]
        assert added[0] == first
        phone.hear(1.0)
        phone.say("hangup", added[1])
        conference(phone)
        phone.hear(0.8)
        phone.say("hangup")
        citizen.phone.call_state("DISCONNECTED")
    assert heard_in(citizen.ear) == [chord(AGENT), chord(AGENT, OTHER), chord(AGENT)]
    assert heard_in(other.ear) == [chord(AGENT, CITIZEN)]
    assert not [event for event in phone.events if event["event"] == "media" and event["hold"] != "none"]


@pytest.mark.long
def test_a_blind_transfer_joins_the_two_others_and_ends_here(tmp_path: Path) -> None:
    with (
        speaking_phone(tmp_path, AGENT) as phone,
        Baresip(tmp_path / "citizen", source=f"ausine,{CITIZEN:.0f}") as citizen,
        Party(tmp_path / "other", OTHER) as other,
    ):
        phone.ready()
        assert refused(phone, "transfer", other.uri) == "no answered call"
        phone.say("dial", citizen.uri)
        citizen.wait_type("CALL_INCOMING")
        citizen.command("accept")
        call = phone.call_state("CONFIRMED")["id"]
        assert "neither a number" in refused(phone, "transfer", call, "nobody at all")
        phone.say("hold")
        phone.say("transfer", call, other.uri)
        ended = phone.call_state("DISCONNECTED")
        told = [event for event in phone.events if event["event"] == "transfer"]
        assert (told[-1]["code"], told[-1]["final"], ended["id"]) == (200, True, call)
        other.phone.call_state("CONFIRMED")
        other.phone.hear(1.0)
        other.phone.say("hangup")
        other.phone.call_state("DISCONNECTED")
    assert heard_in(other.ear) == [chord(CITIZEN)]


def test_a_transfer_after_a_consultation_and_one_that_fails(tmp_path: Path) -> None:
    taken = CALLED + put_on_hold() + referred(200, "OK", "Replaces=") + expect_request("BYE") + USED
    declined = CALLED + referred(486, "Busy Here", "sip:nobody") + expect_request("BYE") + USED
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone, Party(tmp_path / "o", OTHER) as other:
        phone.ready()
        citizen = SippServer(tmp_path / "taken", taken)
        phone.say("dial", f"sip:citizen@127.0.0.1:{citizen.port}")
        first = phone.call_state("CONFIRMED")["id"]
        phone.say("hold")
        media(phone, first, "local")
        second = talks_to(phone, other)
        assert "itself" in refused(phone, "transfer", first, first)
        phone.say("transfer", first, second)
        assert {phone.call_state("DISCONNECTED")["id"] for _ in range(2)} == {first, second}
        other.phone.call_state("DISCONNECTED")
        citizen.finish()

        citizen = SippServer(tmp_path / "declined", declined)
        phone.say("dial", f"sip:citizen@127.0.0.1:{citizen.port}")
        phone.call_state("CONFIRMED")
        phone.say("transfer", f"sip:nobody@127.0.0.1:{citizen.port}")
        failed = phone.wait(lambda event: event["event"] == "error")
        assert (failed["command"], failed["reason"]) == ("transfer", "busy")
        phone.say("hangup")
        assert phone.call_state("DISCONNECTED")["ended_by"] == "local"
        citizen.finish()


def test_a_second_caller_waits_and_a_third_hears_busy(tmp_path: Path) -> None:
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone:
        port = phone.ready()["port"]
        first = Sipp(tmp_path / "first", ANSWERED + put_on_hold() + expect_request("BYE"), port)
        one = phone.call_state("INCOMING")["id"]
        assert "rings" in refused(phone, "dial", f"sip:x@127.0.0.1:{port}")
        phone.say("answer")
        phone.call_state("CONFIRMED")
        second = Sipp(tmp_path / "second", ANSWERED + expect_request("BYE"), port)
        two = phone.call_state("INCOMING")["id"]
        Sipp(tmp_path / "third", busy_call(486), port).finish()
        assert phone.call_state("DISCONNECTED")["cause"] == "busy"
        phone.say("answer")
        media(phone, one, "local")
        assert "several" in refused(phone, "hangup")
        phone.say("status")
        status = phone.wait(lambda event: event["event"] == "status")
        assert [call["id"] for call in status["calls"]] == [one, two]
        phone.say("hangup", two)
        assert phone.call_state("DISCONNECTED")["id"] == two
        second.finish()
        phone.say("hangup")
        assert phone.call_state("DISCONNECTED")["id"] == one
        first.finish()
