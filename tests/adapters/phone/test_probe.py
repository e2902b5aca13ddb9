"""A registrar that falls silent is noticed between two registrations; one that never answers is not judged."""

from __future__ import annotations

import asyncio

import pytest

from desktop.adapters.phone import probe as module
from desktop.adapters.phone.checks import check
from desktop.adapters.phone.probe import Probe
from desktop.adapters.phone.sip_message import SipMessage, answer_to


class Registrar:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "PROBE_S", 0.04)
        monkeypatch.setattr(module, "SILENT_S", 0.8)
        self.answers = True
        self.asked: list[SipMessage] = []
        self.told: list[bool] = []
        self.probe = Probe("pbx.example", lambda make: self.hear(make(("127.0.0.1", 5060))), self.told.append)

    def hear(self, data: bytes) -> None:
        question = SipMessage(data)
        check(question, datagram=True)
        self.asked.append(question)
        if self.answers:
            answer = SipMessage(answer_to(question, 404, "Not Found", "x"))
            asyncio.get_running_loop().call_soon(lambda: self.probe.is_ours(answer))

    async def until(self, told: list[bool]) -> None:
        async with asyncio.timeout(10):
            while self.told != told:
                await asyncio.sleep(0.01)


def test_silence_and_the_first_word_after_it_are_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        registrar = Registrar(monkeypatch)
        registrar.probe.start()
        while len(registrar.asked) < 5:
            await asyncio.sleep(0.01)
        assert registrar.told == [True]
        registrar.answers = False
        await registrar.until([True, False])
        registrar.answers = True
        await registrar.until([True, False, True])
        registrar.probe.close()
        asked = len(registrar.asked)
        await asyncio.sleep(0.1)
        assert len(registrar.asked) == asked
        assert len({one.first(b"call-id") for one in registrar.asked}) == asked

    asyncio.run(work())


def test_whoever_never_answers_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        registrar = Registrar(monkeypatch)
        registrar.answers = False
        registrar.probe.start()
        while len(registrar.asked) < 30:
            registrar.probe.heard()
            await asyncio.sleep(0.01)
        assert registrar.told == []
        registrar.probe.close()

    asyncio.run(work())


def test_other_answers_are_somebody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    registrar = Registrar(monkeypatch)
    call = SipMessage(b"SIP/2.0 200 OK\r\nCall-ID: dm-probe-of-another-run-1\r\nCSeq: 1 OPTIONS\r\n\r\n")
    assert not registrar.probe.is_ours(call)
