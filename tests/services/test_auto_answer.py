"""A call is answered by itself only where that was set up, by an agent who is ready, and only the first one."""

from __future__ import annotations

import asyncio

import pytest

from desktop.domain.agent import AgentState
from desktop.domain.call import CallState
from desktop.services import auto_answer
from desktop.services.auto_answer import AutoAnswer
from tests.services.world import World


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auto_answer, "AFTER_S", 0.0)


async def answered(wanted: bool, state: AgentState, gone: bool = False) -> bool:
    world = await World.make()
    await world.agent.start(call_runs=False)
    await world.agent.choose(state)
    AutoAnswer(world.calls, world.agent, world.bus, world.background, lambda: wanted)
    world.phone.report(CallState.INCOMING)
    if gone:
        world.phone.report(CallState.DISCONNECTED, ended_by="remote")
    await world.background.settle()
    return ("answer", "c1") in world.phone.told


@pytest.mark.parametrize(
    ("wanted", "state", "expected"),
    [
        (True, AgentState.READY, True),
        (False, AgentState.READY, False),
        (True, AgentState.BREAK, False),
    ],
)
def test_who_is_answered_by_itself(wanted: bool, state: AgentState, expected: bool) -> None:
    assert asyncio.run(answered(wanted, state)) is expected


def test_who_has_hung_up_meanwhile_is_not() -> None:
    assert not asyncio.run(answered(True, AgentState.READY, gone=True))
