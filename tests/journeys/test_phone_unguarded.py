"""The door without its checks, as only a test can have it: what kills then kills once, and the phone is back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.adapters.phone.sip_message import SipMessage
from tests.adapters.phone.deadly import addresses, answers, offers
from tests.adapters.phone.messages import BODY, message
from tests.peers.headless import HeadlessPhone
from tests.peers.hub import Hub, HubCaller
from tests.peers.poisoner import Poisoner
from tests.peers.raw_sip import follow_up

UNGUARDED = (
    "import sys, desktop.adapters.phone.doorman as door; door.check = lambda message, datagram: None; "
    "from desktop.cli.main import main; sys.exit(main(sys.argv[1:]))"
)
START, KIND, TIMES = b"INVITE sip:agent@127.0.0.1 SIP/2.0", b"application/sdp", 3
Measured = Callable[[str, Mapping[str, object]], None]


@contextmanager
def unguarded(home: Path) -> Iterator[tuple[HeadlessPhone, HubCaller]]:
    """A phone without checks, its registrar's connection."""
    poisoner = Poisoner("")
    hub = Hub("udp", poisoner.script)
    poisoner.contact = hub.place.encode()
    poisoner.shorten(0)
    account = home / "account.toml"
    account.write_text(
        f'id = "sip:agent@{hub.place}"\nregistrar = "{hub.place}"\nsrtp = "optional"\nbind = "127.0.0.1"\n'
    )
    options = ("--account", str(account), "--audio", "null")
    with HeadlessPhone(home / "data", *options, program=("-c", UNGUARDED)) as phone:
        phone.ready()
        yield phone, HubCaller(hub)
    hub.close()


def alive(phone: HeadlessPhone, caller: HubCaller, number: int) -> None:
    """Wait until the phone rings for an honest caller."""
    for again in range(40):
        honest = message(START, BODY, number=number + again, port=caller.port, content_type=KIND)
        if caller.ask(honest, 1.0) == 180:
            break
        caller.send(follow_up(SipMessage(honest), b"CANCEL"))  # it may have waited for the next engine
        phone.idle(0.2)
    else:
        raise AssertionError("the phone does not come back")
    phone.idle(0.05)


def died(phone: HeadlessPhone) -> int:
    """Deaths of the engine so far."""
    return sum(event["event"] == "engine" for event in phone.events)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_each_request_that_kills_kills_once(tmp_path: Path, measured: Measured) -> None:
    numbered = enumerate(offers().values())
    sent = addresses() + [message(START, body, number=3000 + n, content_type=KIND) for n, body in numbered]
    deaths = Counter[int]()
    with unguarded(tmp_path) as (phone, caller):
        for count, data in enumerate(sent):
            before = died(phone)
            for again in range(TIMES):
                caller.ask(data.replace(b":5070;rport", b":%d;rport" % caller.port), 0.3)
                alive(phone, caller, 100_000 + 1000 * count + 100 * again)
            deaths[died(phone) - before] += 1
            assert died(phone) - before <= 1, data[:400]
    assert deaths[1] > 10, "these are the messages that kill"
    measured(
        "phone-unguarded-requests", {f"{number} deaths in {TIMES}": n for number, n in sorted(deaths.items())}
    )


@pytest.mark.long
@pytest.mark.timeout(600)
def test_after_each_answer_that_kills_the_phone_is_back(tmp_path: Path, measured: Measured) -> None:
    deaths = Counter[int]()
    with unguarded(tmp_path) as (phone, caller):
        for number in range(len(answers())):
            before = died(phone)
            phone.say("dial", f"sip:p{number}@{caller.hub.place}")
            phone.idle(0.7)
            phone.say("hangup")
            alive(phone, caller, 100_000 + 100 * number)
            deaths[died(phone) - before] += 1
    assert deaths.total() > deaths[0] > 0, "some of these kill"
    measured("phone-unguarded-answers", {f"{number} deaths": n for number, n in sorted(deaths.items())})
