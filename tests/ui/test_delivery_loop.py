"""Deliveries on the loop that is Qt's and asyncio's in one: the window never waits for a receiver."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtNetwork import QNetworkInformation

from desktop.adapters.delivery import sender_factory
from desktop.adapters.system.network import NetworkWatch
from desktop.domain.delivery import Delivered, Message, Outcome
from desktop.domain.delivery_targets import FolderTarget, HttpsTarget, SmtpTarget, Target
from tests.peers.certificates import Authority
from tests.peers.receiver import Receiver

MESSAGE = Message("e1-4-team", "Dasan Desk: report e1, version 4", b'{"key":"e1-4-team"}')
TURNS = 100
"""So often the loop turns before the receiver answers. A loop that waits for the receiver never gets there."""


async def no_secret(_account: str) -> str:
    return ""


def test_the_loop_turns_while_receivers_are_slow(loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    authority = Authority.make(tmp_path)
    make = sender_factory(no_secret)

    async def work(receiver: Receiver) -> list[Outcome]:
        targets: list[Target] = [
            HttpsTarget("team", "민원지원팀", receiver.url, str(authority.ca_file)),
            FolderTarget("share", "공유", str(tmp_path)),
            SmtpTarget("mail", "메일", "localhost", "a@city.example", "b@city.example", receiver.port),
        ]
        tries = [asyncio.create_task(make(target).send(MESSAGE)) for target in targets]
        while not receiver.requests:
            await asyncio.sleep(0.005)
        for _turn in range(TURNS):
            await asyncio.sleep(0.005)
        assert not tries[0].done(), "the receiver has not answered yet"
        receiver.release.set()
        outcomes = await asyncio.gather(*tries[:2])
        tries[2].cancel()
        return outcomes

    with Receiver(authority.server()) as receiver:
        receiver.script.append("hang")
        outcomes = loop.run_until_complete(work(receiver))
    assert [type(each) for each in outcomes] == [Delivered, Delivered]


def test_a_network_that_comes_back_is_told_once(loop: asyncio.AbstractEventLoop) -> None:
    reach = QNetworkInformation.Reachability
    told: list[str] = []
    watch = NetworkWatch(lambda: told.append("back"))
    watch.reaches(reach.Disconnected)
    assert told == []
    watch.reaches(reach.Site)
    watch.reaches(reach.Online)
    assert told == ["back"]
    watch.reaches(reach.Disconnected)
    watch.reaches(reach.Online)
    assert told == ["back", "back"]
