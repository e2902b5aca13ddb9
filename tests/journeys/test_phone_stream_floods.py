"""Floods, a dead engine and strangers where the registrar is reached over a connection: TCP and TLS."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from bench.phone_measure.caller import Caller
from tests.journeys.test_phone_floods import settled
from tests.journeys.test_phone_registrar_lost import (
    bare_account,
    call_is_heard_whole,
    certificate_of,
    registration,
    start_phone,
)
from tests.peers.baresip import Baresip
from tests.peers.headless import Event, HeadlessPhone
from tests.peers.kamailio import Kamailio

ELSEWHERE = "127.99.7.7"
STREAMS = pytest.mark.parametrize("transport", ["tcp", "tls"])


@contextlib.contextmanager
def world(folder: Path, transport: str) -> Iterator[tuple[Kamailio, HeadlessPhone, Baresip, Event]]:
    """A registrar, our phone registered over `transport`, and another one; the event is `ready`."""
    certificate = certificate_of(folder)
    with ExitStack() as opened:
        registrar = opened.enter_context(Kamailio(folder / "k", certificate))
        phone = opened.enter_context(
            start_phone(folder, transport, f'registrar = "{registrar.place(transport)}"')
        )
        other = opened.enter_context(Baresip(folder / "b", account=bare_account(registrar.port, "udp")))
        ready = phone.ready()
        phone.wait(registration("registered"))
        other.wait_registered()
        yield registrar, phone, other, ready


def speak(phone: HeadlessPhone, other: Baresip) -> float:
    """A call that both hear; returns when it began."""
    phone.say("dial", "sip:bare@127.0.0.1")
    other.wait_type("CALL_INCOMING")
    other.command("accept")
    phone.call_state("CONFIRMED")
    began = time.monotonic()
    phone.hear(0.5)
    return began


def descriptors(phone: HeadlessPhone) -> list[tuple[int, int]]:
    own = psutil.Process(phone.process.pid)
    return settled([own, *own.children()])


@pytest.mark.long
@STREAMS
def test_floods_through_the_registrar_are_answered_and_not_heard(tmp_path: Path, transport: str) -> None:
    with world(tmp_path, transport) as (registrar, phone, other, _ready):
        uri = f"sip:desk@127.0.0.1:{registrar.port}"
        speak(phone, other)
        phone.say("hangup")
        phone.call_state("DISCONNECTED")
        before = descriptors(phone)
        began = speak(phone, other)
        with Caller(uri) as second, Caller(uri) as caller:
            waits = second.request()
            second.send(waits.bytes())
            assert second.wait(waits, lambda code: code >= 180)
            taken = caller.flood(20, 10)
            flood = caller.flood(300, 3)
            second.give_up(waits)
        phone.hear(0.5)
        call_is_heard_whole(phone, other, tmp_path, began)
        assert taken.codes == {486: 200}
        assert sorted(taken.took)[190] < 200, "milliseconds, on a busy machine"
        # Our 503 is not for the proxy's callers: it says 500 (RFC 3261 16.7).
        assert flood.codes[486] + flood.codes[500] == flood.sent == 900
        assert descriptors(phone) == before
        assert not [event for event in phone.events if event["event"] == "engine"]


@pytest.mark.long
def test_a_strangers_connection_is_closed_and_nothing_of_it_rings(tmp_path: Path) -> None:
    with world(tmp_path, "tcp") as (registrar, phone, _other, ready):
        before = descriptors(phone)
        with Caller(f"sip:desk@127.0.0.1:{ready['port']}", ELSEWHERE) as template, ExitStack() as opened:
            strangers = []
            for _ in range(70):
                stranger = opened.enter_context(socket.socket())
                stranger.bind((ELSEWHERE, 0))
                stranger.settimeout(10)
                stranger.connect(template.target)
                strangers.append(stranger)
            for stranger in strangers:
                with contextlib.suppress(ConnectionError, BrokenPipeError):
                    for _ in range(40):
                        stranger.sendall(template.request().bytes())
                heard = b""
                with contextlib.suppress(ConnectionError):
                    heard = stranger.recv(1000)
                assert heard == b""
            with Caller(f"sip:desk@127.0.0.1:{registrar.port}") as caller:
                assert caller.ring() is not None
        phone.call_state("INCOMING")
        phone.call_state("DISCONNECTED")
        phone.idle(0.5)
        calls = [event for event in phone.events if event["event"] == "call"]
        assert len({event["id"] for event in calls}) == 1, "the registrar's and nobody else's"
        assert descriptors(phone) == before


@pytest.mark.long
@STREAMS
def test_a_dead_engine_ends_its_call_and_whoever_rings_and_the_connection_stays(
    tmp_path: Path, transport: str
) -> None:
    with world(tmp_path, transport) as (registrar, phone, other, _ready):
        speak(phone, other)
        own = psutil.Process(phone.process.pid)
        links = connections(own)
        with Caller(f"sip:desk@127.0.0.1:{registrar.port}") as caller:
            waits = caller.request()
            caller.send(waits.bytes())
            assert caller.wait(waits, lambda code: code >= 180)
            (engine,) = own.children()
            at = time.monotonic()
            engine.kill()
            last = caller.wait(waits, lambda code: code >= 200)
            assert last is not None
            assert last.message.code == 500
        other.wait_type("CALL_CLOSED")
        assert time.monotonic() - at < 5
        phone.wait(lambda event: event["event"] == "engine")
        with Caller(f"sip:desk@127.0.0.1:{registrar.port}") as caller:
            assert caller.ring() is not None, "the registrar still knows us"
        assert connections(own) == links
        phone.idle(0.5)
        assert not [
            event for event in phone.events if event["event"] == "registration" and event["state"] == "failed"
        ]


def connections(phone: psutil.Process) -> set[int]:
    """The local ports of the phone's connections but those with its engine."""
    found = [each for each in phone.net_connections("tcp") if each.status == "ESTABLISHED" and each.raddr]
    local = {each.laddr.port for each in phone.net_connections("tcp") if each.status == "LISTEN"}
    engines = {each.laddr.port for one in phone.children() for each in one.net_connections("tcp")}
    return {each.laddr.port for each in found if not {each.laddr.port, each.raddr.port} & (local | engines)}
