"""When and where it is registered again; the door and the engine are played by the test."""

from __future__ import annotations

import asyncio

import pytest

from desktop.adapters.phone import registering as module
from desktop.adapters.phone.outside import Address, Make
from desktop.adapters.phone.outside_tls import Trouble
from desktop.adapters.phone.registering import Event, Registering
from desktop.adapters.phone.registrars import Registrar
from desktop.adapters.phone.sip_message import SipMessage
from tests.adapters.phone.waiting import until

ONE, TWO = Registrar(("192.0.2.1", 5060), "one.test"), Registrar(("192.0.2.2", 5060), "two.test")
FAILED = {"event": "registration", "state": "failed", "retry_s": None}
REGISTERED = {"event": "registration", "state": "registered", "code": 200, "reason": "OK", "retry_s": None}


class Desk:
    """A door and an engine that note what they are asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *known: Registrar, stream: bool = False) -> None:
        for name, seconds in {
            "FIRST_S": 0.04,
            "LONGEST_S": 0.2,
            "NEXT_S": 0.02,
            "BACK_S": 0.02,
            "ANSWER_S": 30,
        }.items():
            monkeypatch.setattr(module, name, seconds)
        self.stream, self.known = stream, list(known)
        self.used: list[Registrar] = []
        self.asked: list[tuple[Address, bool]] = []
        self.told: list[Event] = []
        self.dropped: list[Address] = []
        self.dead: set[Address] = set()
        self.abandoned = self.registers = 0
        self.it = Registering(
            "b.test", True, self.told.append, self.register, self.search, lambda _registrar: None
        )

    def use_registrar(self, chosen: Registrar, known: list[Registrar]) -> None:
        assert chosen in known
        self.used.append(chosen)

    def ask(self, target: Address, make: Make, connect: bool) -> None:
        assert make(("192.0.2.9", 5060)).startswith(b"OPTIONS sip:b.test SIP/2.0\r\n")
        self.asked.append((target, connect))

    def drop(self, target: Address) -> None:
        self.dropped.append(target)

    def abandon(self) -> None:
        self.abandoned += 1

    def judge(self, target: Address, dead: bool) -> None:
        (self.dead.add if dead else self.dead.discard)(target)

    def register(self) -> None:
        self.registers += 1

    async def search(self) -> list[Registrar]:
        return self.known

    def start(self) -> None:
        self.it.start(self, list(self.known))
        self.it.engine_up()

    def fail(self, code: int) -> None:
        self.it.answered({**FAILED, "code": code, "reason": "x"})


def test_pauses_grow_to_a_limit_and_chance_keeps_desks_apart() -> None:
    assert [module.pause_s(rounds, 1.0) for rounds in range(1, 8)] == [1, 2, 4, 8, 16, 30, 30]
    assert [module.pause_s(rounds, 0.0) for rounds in (1, 2, 1000)] == [0.5, 1, 15]


async def test_it_is_tried_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, ONE)
    desk.start()
    for count in range(1, 6):
        desk.fail(503)
        while desk.registers < count:
            await asyncio.sleep(0.005)
    assert [each["state"] for each in desk.told] == ["failed"] * 5
    desk.it.close()


async def test_a_success_is_told_with_the_server_and_the_pauses_begin_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch, ONE)
    desk.start()
    desk.fail(503)
    assert desk.told[-1]["retry_s"] is not None
    await until(lambda: desk.registers == 1)
    desk.it.answered(REGISTERED)
    assert (desk.told[-1]["server"], desk.it.state) == ("one.test (192.0.2.1:5060)", "registered")
    assert desk.it._round == 0
    desk.it.close()


@pytest.mark.parametrize("code", [401, 403, 404])
async def test_a_refusal_is_final_where_every_registrar_refuses(
    monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    desk = Desk(monkeypatch, ONE, TWO)
    desk.start()
    desk.fail(code)
    await until(lambda: desk.registers == 1)
    assert desk.used[-1] == TWO
    desk.fail(code)
    assert (desk.told[-1]["code"], desk.told[-1]["retry_s"], desk.it.state) == (code, None, "stopped")
    await asyncio.sleep(0.1)
    assert desk.registers == 1
    desk.it.close()


async def test_what_the_last_registrar_still_says_does_not_count_against_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch, ONE, TWO)
    desk.start()
    desk.fail(503)
    assert desk.abandoned == 1
    desk.fail(503)
    assert len(desk.told) == 1
    assert desk.dead == {ONE.address}
    await until(lambda: desk.registers == 1)
    assert desk.used == [ONE, TWO]
    desk.it.close()


async def test_no_answer_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, ONE, TWO)
    monkeypatch.setattr(module, "ANSWER_S", 0.02)
    desk.start()
    await until(lambda: TWO in desk.used)
    assert (desk.told[0]["code"], desk.told[0]["trouble"]) == (408, "silent")
    desk.it.close()


async def test_the_first_one_is_taken_again_when_it_has_answered_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch, ONE, TWO)
    desk.start()
    desk.fail(503)
    await until(lambda: desk.registers == 1)
    desk.it.answered(REGISTERED)
    assert {target for target, _ in desk.asked} == {ONE.address, TWO.address}
    desk.it._judged(ONE.address, True)
    desk.it._judged(ONE.address, False)
    await asyncio.sleep(0.06)
    assert desk.used[-1] == TWO
    desk.it._judged(ONE.address, True)
    await until(lambda: desk.registers == 2)
    assert desk.used[-1] == ONE
    desk.it.answered(REGISTERED)
    assert desk.told[-1]["server"].startswith("one.test")
    assert desk.dead == set()
    desk.it.close()


async def test_a_lost_connection_is_opened_again_before_another_registrar_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch, ONE, TWO, stream=True)
    desk.start()
    desk.it.answered(REGISTERED)
    desk.it.lost(ONE.address)
    assert desk.told[-1]["state"] == "failed"
    await until(lambda: desk.registers == 1)
    assert desk.used[-1] == ONE
    desk.it.troubled(ONE.address, Trouble("no_tls", "no TLS there"))
    desk.it.lost(ONE.address)
    assert (desk.told[-1]["trouble"], desk.told[-1]["reason"]) == ("no_tls", "no TLS there")
    await until(lambda: desk.registers == 2)
    assert desk.used[-1] == TWO
    assert (ONE.address, True) in desk.asked  # by a connection of its own, to come back
    desk.it.close()


async def test_silence_on_a_connection_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, ONE, stream=True)
    desk.start()
    desk.it.answered(REGISTERED)
    desk.it._judged(ONE.address, False)
    assert desk.dropped == [ONE.address]
    assert desk.told[-1]["trouble"] == "silent"
    desk.it.close()


@pytest.mark.parametrize("state", ["registered", "trying", "waiting"])
async def test_another_way_is_tried_at_once_and_by_a_new_connection(
    monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    desk = Desk(monkeypatch, ONE, TWO, stream=True)
    desk.start()
    if state == "registered":
        desk.it.answered(REGISTERED)
    elif state == "waiting":
        monkeypatch.setattr(module, "FIRST_S", 600)
        monkeypatch.setattr(module, "LONGEST_S", 600)
        desk.fail(503)
        await until(lambda: desk.registers == 1)
        desk.fail(503)
    before = desk.registers
    assert desk.it.renew(Trouble("moved", "elsewhere"))
    told = desk.told[-1]
    assert (told["state"], told["trouble"], told["reason"]) == ("failed", "moved", "elsewhere")
    assert desk.dropped[-1] == desk.used[-1].address
    assert desk.abandoned >= 1
    desk.fail(503)  # what the engine still says of the old way
    await until(lambda: desk.registers == before + 1)
    desk.it.answered(REGISTERED)
    assert desk.told[-1]["state"] == "registered"
    desk.it.close()


async def test_without_a_network_nothing_is_tried_until_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, ONE)
    desk.start()
    desk.it.answered(REGISTERED)
    desk.it.unplugged(Trouble("offline", "no way"))
    assert (desk.told[-1]["trouble"], desk.told[-1]["retry_s"]) == ("offline", 1.0)
    await asyncio.sleep(0.15)
    assert (desk.registers, desk.it.state) == (0, "waiting")
    assert desk.it.renew(Trouble("moved", "back"))
    await until(lambda: desk.registers == 1)
    desk.it.close()


async def test_a_refused_account_is_not_tried_again_because_the_network_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk(monkeypatch, ONE)
    desk.start()
    desk.fail(403)
    desk.it.unplugged(Trouble("offline", "no way"))
    assert not desk.it.renew(Trouble("moved", "elsewhere"))
    assert [each["code"] for each in desk.told] == [403]
    desk.it.close()


async def test_who_is_heard_again_is_asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, ONE)
    desk.start()
    desk.it._judged(ONE.address, True)
    assert desk.abandoned == 0  # its first word: the first REGISTER is under way
    monkeypatch.setattr(module, "FIRST_S", 600)
    monkeypatch.setattr(module, "LONGEST_S", 600)
    desk.fail(503)
    desk.it._judged(ONE.address, True)
    await until(lambda: desk.registers == 1)
    desk.it.close()


async def test_names_that_lead_nowhere_are_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch)
    desk.start()
    await until(lambda: len(desk.told) > 1)
    assert (desk.told[0]["trouble"], desk.told[0]["state"]) == ("not_found", "failed")
    desk.known = [TWO]
    await until(lambda: desk.registers == 1)
    assert desk.used == [TWO]
    desk.it.close()


async def test_after_a_round_names_may_lead_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(monkeypatch, ONE)
    desk.start()
    desk.known = [TWO]
    desk.fail(503)
    await until(lambda: desk.used[-1] == TWO)
    desk.it.close()


def challenge(number: int, algorithm: str) -> SipMessage:
    lines = [
        "SIP/2.0 401 Unauthorized",
        f"CSeq: {number} REGISTER",
        f'WWW-Authenticate: Digest realm="algorithm=x", nonce="n"{algorithm}',
    ]
    return SipMessage("\r\n".join(lines).encode() + b"\r\n\r\n")


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ([challenge(1, ", algorithm=SHA-512-256")], "no_digest"),
        ([challenge(1, ",algorithm=SHA-512-256")] * 2, "no_digest"),
        ([challenge(1, ", algorithm=SHA-256"), challenge(2, ", algorithm=SHA-256")], ""),
        ([challenge(1, ""), challenge(2, "")], ""),
        ([challenge(1, ', algorithm="md5"')], ""),
        ([], ""),
    ],
)
async def test_a_challenge_that_nothing_was_said_to_is_no_wrong_password(
    monkeypatch: pytest.MonkeyPatch, answers: list[SipMessage], kind: str
) -> None:
    desk = Desk(monkeypatch, ONE)
    desk.start()
    for answer in answers:
        assert not desk.it.heard(answer, ONE.address)
    desk.fail(401)
    assert (desk.told[-1]["trouble"], desk.told[-1]["retry_s"]) == (kind, None)
    desk.it.close()
