"""The desk's computer gets another address, loses its network, sleeps: seen, said, mended; calls are kept or ended."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.journeys.test_phone_peers import OURS, THEIRS, heard_by
from tests.journeys.test_phone_registrar_lost import bare_account, certificate_of, registration, start_phone
from tests.peers.baresip import Baresip
from tests.peers.headless import Event, HeadlessPhone
from tests.peers.kamailio import Kamailio
from tests.peers.private_net import DESK, OFFICE, USABLE, PrivateNet
from tests.peers.tones import longest_run

pytestmark = pytest.mark.skipif(not USABLE, reason="needs root and network namespaces")

MOVED = "10.77.0.9"


@dataclass(frozen=True)
class World:
    """A desk and an office on a cable; in the office a registrar and a telephone."""

    folder: Path
    net: PrivateNet
    phone: HeadlessPhone
    other: Baresip
    place: str
    """The office's registrar."""

    def call(self) -> None:
        """The desk calls the office; both hear each other."""
        self.phone.say("dial", f"sip:bare@{OFFICE}")
        self.other.wait_type("CALL_INCOMING")
        self.other.command("accept")
        self.phone.call_state("CONFIRMED")
        self.phone.hear(1.0)

    def moved(self, trouble: str) -> Event:
        """Wait for what is told, and for the registration after it."""
        told = self.phone.wait(lambda event: event["event"] == "registration" and event["trouble"] == trouble)
        assert (told["state"], bool(told["retry_s"]), bool(told["reason"])) == ("failed", True, True)
        return told

    def end_from_the_office(self) -> None:
        """Only who knows the desk's new address can."""
        self.other.command("hangup")
        assert self.phone.call_state("DISCONNECTED")["ended_by"] == "remote"
        self.other.wait_type("CALL_CLOSED")

    def call_back(self) -> None:
        """The office calls the desk."""
        self.other.command("dial", f"sip:desk@{self.place}")
        self.phone.call_state("INCOMING")
        self.phone.say("reject")
        self.phone.call_state("DISCONNECTED")


@pytest.fixture
def world(tmp_path: Path, transport: str) -> Iterator[World]:
    with ExitStack() as opened:
        net = opened.enter_context(PrivateNet())
        with net.at("office"):
            own = certificate_of(tmp_path, OFFICE)
            registrar = opened.enter_context(Kamailio(tmp_path / "k", own, host=OFFICE))
            account = bare_account(registrar.port, transport, OFFICE)
            other = opened.enter_context(Baresip(tmp_path / "b", account=account, host=OFFICE))
        servers = f'registrar = "{registrar.place(transport)}"'
        with net.at("desk"):
            phone = start_phone(tmp_path, transport, servers, domain=OFFICE, bind="")
        opened.enter_context(phone)
        phone.wait(registration("registered"))
        other.wait_registered()
        yield World(tmp_path, net, phone, other, registrar.place("udp"))


LONG = pytest.mark.long


@pytest.mark.parametrize(
    "transport", ["udp", pytest.param("tcp", marks=LONG), pytest.param("tls", marks=LONG)]
)
def test_another_address_in_mid_call_costs_a_moment_of_sound(world: World) -> None:
    world.call()
    at = time.monotonic()
    world.net.move(DESK, MOVED)
    assert world.moved("moved")["mono"] - at < 5
    world.phone.wait(registration("registered"))
    world.phone.hear(1.4)
    world.end_from_the_office()
    world.call_back()
    for heard, tone in ((world.other.heard(), OURS), (world.folder / "heard.wav", THEIRS)):
        blocks = heard_by(heard, tone)
        assert longest_run(blocks[-14:]) >= 8, blocks


@LONG
@pytest.mark.parametrize("transport", ["udp"])
def test_a_call_on_hold_moves_too(world: World) -> None:
    world.call()
    world.phone.say("hold")
    world.phone.media(hold="local")
    world.phone.idle(0.5)  # an ACK that is lost in the very moment is never said again
    world.net.move(DESK, MOVED)
    world.moved("moved")
    world.phone.wait(registration("registered"))
    world.phone.idle(1.0)
    world.phone.say("resume")
    world.phone.media(hold="none")
    world.phone.hear(2.0)
    world.end_from_the_office()
    assert longest_run(heard_by(world.folder / "heard.wav", THEIRS)[-20:]) >= 12


@LONG
@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_a_network_that_is_gone_for_a_while_costs_no_call(world: World) -> None:
    world.call()
    at = time.monotonic()
    world.net.change("addr", "del", f"{DESK}/24", "dev", "wire")
    assert world.moved("offline")["mono"] - at < 5
    world.phone.wait(lambda event: event["event"] == "flow" and not event["rtp_in"])
    world.phone.idle(4.0)
    world.net.change("addr", "add", f"{DESK}/24", "dev", "wire")
    missing = ["flow", "registration"]

    def is_back(event: Event) -> bool:
        """Sound and registration, whichever is quicker."""
        if event["event"] in missing and (event.get("rtp_in") or event.get("state") == "registered"):
            missing.remove(event["event"])
        return not missing

    world.phone.wait(is_back)
    world.phone.hear(2.0)
    world.end_from_the_office()
    assert longest_run(heard_by(world.folder / "heard.wav", THEIRS)[-20:]) >= 12


@LONG
@pytest.mark.parametrize("transport", ["udp"])
def test_a_call_without_a_network_ends_after_a_minute(world: World) -> None:
    world.call()
    world.net.change("addr", "del", f"{DESK}/24", "dev", "wire")
    world.moved("offline")
    assert world.phone.call_state("DISCONNECTED", 75)["cause"] == "connection lost"


@LONG
@pytest.mark.parametrize("transport", ["udp"])
def test_another_side_that_vanishes_is_asked_and_does_not_stay(world: World) -> None:
    world.call()
    world.other.process.kill()
    assert world.phone.call_state("DISCONNECTED", 75)["cause"] == "connection lost"


@LONG
@pytest.mark.parametrize("ended", [True, False], ids=["ended", "kept"])
@pytest.mark.parametrize("transport", ["udp", "tcp", "tls"])
def test_a_sleep_is_noticed_and_a_call_that_ended_meanwhile_is_gone(world: World, ended: bool) -> None:
    """Stopped with a dead cable, a process knows as little as one on a computer that sleeps."""
    world.call()
    phone = psutil.Process(world.phone.process.pid)
    family = [phone, *phone.children(recursive=True)]
    for each in family:
        each.send_signal(signal.SIGSTOP)
    world.net.change("link", "set", "wire", "down")
    if ended:
        world.other.command("hangup")
    world.phone.idle(8.0)
    world.net.change("link", "set", "wire", "up")
    at = time.monotonic()
    for each in family:
        each.send_signal(signal.SIGCONT)
    assert world.moved("woken")["mono"] - at < 5
    missing = ["registered", "DISCONNECTED"][: 2 if ended else 1]

    def is_seen(event: Event) -> bool:
        if event.get("state") in missing:
            missing.remove(event["state"])
        return not missing

    assert world.phone.wait(is_seen)["mono"] - at < 5
    if ended:
        # We ask and hear that nobody knows the call; over UDP their BYE may still be said again before.
        (over,) = [event for event in world.phone.events if event.get("state") == "DISCONNECTED"]
        assert over["cause"] in ("connection lost", "normal")
    else:
        world.phone.hear(1.0)
        world.end_from_the_office()
    told = [event for event in world.phone.events if event["event"] == "registration" and event["mono"] > at]
    assert len(told) <= 4, "no burst"
    assert not [event for event in world.phone.events if event["event"] == "engine"]
    world.call_back()
