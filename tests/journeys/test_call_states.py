"""Whatever the network does to a call, in whatever state it is: the screen and the wire say the same at the end.

The table: states that the keys make, and what happens on the wire then, in one real window with telephones
that answer as slowly, as late or as wrongly as they are told.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.call import CallState, Hold
from tests.journeys.real_window import RealWindow, folders_of, real_window, until
from tests.peers.party import Party

Run = Callable[[Coroutine[Any, Any, None]], object]
SETTINGS = 'language = "en"\nspeech_enabled = false\nwrapup_seconds = 0\ninterpreter = "{interpreter}"\n'
WITHIN_S = 15.0

OVER, CALLER, HELD, OTHER, WAITS = "nobody", "the caller", "the caller on hold", "the other one", "both"
IN_FRONT = "one caller, and another one on hold"


class Stage:
    """One window with a citizen and somebody else, both with telephones that the test drives."""

    def __init__(self, real: RealWindow, citizen: Party, other: Party) -> None:
        self.real, self.citizen, self.other = real, citizen, other
        self.calls = real.desk.services.calls

    @property
    def port(self) -> int:
        return int(self.real.desk.phone.uri.rpartition(":")[2])

    @property
    def head(self) -> str:
        """The first line of the card."""
        return self.real.window.column.card._head.text()

    def press(self, action: str) -> None:
        assert self.real.window.action(action).isEnabled(), action
        self.real.window.action(action).trigger()

    def types(self, address: str) -> None:
        self.real.window.column.card.dial_field.wanted.emit(address)

    async def sees(self, what: Callable[[], object], words: str) -> None:
        await until(what, WITHIN_S, lambda: f"{words}; the card says {self.head!r}")

    async def says(self, head: str) -> None:
        """The card's first line begins so."""
        await self.sees(lambda: self.head.startswith(head), f"it should say {head!r}")

    # ---- states

    async def talking(self) -> None:
        self.citizen.calls(self.port)
        await self.sees(lambda: self.real.window.situation == "ringing", "it should ring")
        self.press("answer")
        await self.sees(lambda: self.calls.current is not None and self.calls.current.codec, "answered")
        await self.sees(lambda: self.real.window.action("hold").isEnabled(), "F4")

    async def holding(self) -> None:
        await self.talking()
        self.citizen.keep = {b"INVITE"}
        self.press("hold")
        await self.sees(lambda: self.citizen.kept, "asked for a hold")
        await self.says("Asking for hold")

    async def held(self) -> None:
        await self.talking()
        self.press("hold")
        await self.says("On hold")

    async def resuming(self) -> None:
        await self.held()
        self.citizen.keep = {b"INVITE"}
        self.press("hold")
        await self.sees(lambda: self.citizen.kept, "asked for an end of the hold")
        await self.says("Asking to resume")

    async def handing(self) -> None:
        await self.talking()
        self.press("transfer")
        self.types("sip:elsewhere@127.0.0.1:9")
        await self.says("Handing over")
        await self.sees(lambda: self.calls.current is not None and self.calls.current.on_hold, "held")
        self.citizen.notifies(b"SIP/2.0 100 Trying")

    async def asking(self) -> None:
        await self.talking()
        self.other.picks_up = False
        self.press("dial")
        self.types(self.other.uri)
        await self.sees(lambda: self.other.rings, "it should ring there")
        await self.says("Caller on hold")

    async def asked(self) -> None:
        await self.asking()
        self.other.picks_up_now()
        await self.sees(lambda: self.real.window.action("interpreter").isEnabled(), "answered there")

    async def swapping(self) -> None:
        await self.asked()
        self.citizen.keep = self.other.keep = {b"INVITE"}
        self.press("hold")
        await self.sees(lambda: self.citizen.kept and self.other.kept, "both asked")
        await self.says("Asking to resume")

    async def handing_on(self) -> None:
        await self.asked()
        self.press("transfer")
        await self.says("Handing over")

    async def joining(self) -> None:
        await self.talking()
        self.other.picks_up = False
        self.press("interpreter")
        await self.sees(lambda: self.other.rings, "it should ring there")

    async def joined(self) -> None:
        await self.joining()
        self.other.picks_up_now()
        await self.says("All three")

    async def two_callers(self) -> None:
        await self.talking()
        self.other.calls(self.port)
        await self.sees(lambda: self.calls.waiting is not None, "a second caller")
        self.press("answer")
        await self.says("With this caller")
        await self.sees(lambda: self.calls.parked and self.calls.parked.on_hold, "the first is on hold")

    async def two_swapping(self) -> None:
        await self.two_callers()
        self.citizen.keep = self.other.keep = {b"INVITE"}
        self.press("hold")
        await self.sees(lambda: self.citizen.kept and self.other.kept, "both asked")
        await self.says("Asking to resume")

    # ---- what happens on the wire

    async def bye(self) -> None:
        self.citizen.hangs_up()

    async def bye_of_the_other(self) -> None:
        self.other.hangs_up()

    async def bye_and_late_answer(self) -> None:
        self.citizen.hangs_up()
        await self.sees(lambda: self.citizen.codes.get(b"BYE") == 200, "BYE is answered")
        self.citizen.answer()

    async def both_at_once(self) -> None:
        self.citizen.hangs_up()
        self.other.hangs_up()

    async def lost(self) -> None:
        self.citizen.answer(b"481 Call Does Not Exist")

    async def glare(self) -> None:
        self.citizen.reinvites()
        await self.sees(lambda: self.citizen.codes.get(b"INVITE") == 491, "our offer crosses theirs")
        self.citizen.keep = set()
        self.citizen.answer(b"491 Request Pending")

    async def reinvite(self) -> None:
        self.citizen.reinvites()
        await self.sees(lambda: self.citizen.codes.get(b"INVITE") == 200, "the call is renewed")

    async def late_cancel(self) -> None:
        self.citizen.dialog.say(b"CANCEL", cseq=1)
        await self.sees(lambda: self.citizen.codes.get(b"CANCEL"), "CANCEL is answered")

    async def declined(self) -> None:
        self.other.declines()

    async def answer_crosses_our_end(self) -> None:
        self.other.keep = {b"CANCEL"}
        self.press("end")
        await self.sees(lambda: self.other.kept, "CANCEL")
        self.other.picks_up_now()
        self.other.answer(b"481 Call Does Not Exist")

    async def transfer_done(self) -> None:
        self.citizen.notifies(b"SIP/2.0 200 OK", last=True)

    async def transfer_failed(self) -> None:
        self.citizen.notifies(b"SIP/2.0 603 Decline", last=True)

    async def done_and_bye(self) -> None:
        self.citizen.notifies(b"SIP/2.0 200 OK", last=True)
        self.citizen.hangs_up()

    async def agreed(self) -> None:
        for party in (self.citizen, self.other):
            party.keep = set()
            while party.kept:
                party.answer()

    async def replaced_and_done(self) -> None:
        """As RFC 3891 has it: whom the citizen reaches ends the call that is replaced, then the citizen tells."""
        await self._replaced()
        await self.transfer_done()

    async def replaced_and_failed(self) -> None:
        await self._replaced()
        await self.transfer_failed()

    async def _replaced(self) -> None:
        self.other.hangs_up()
        await self.sees(lambda: self.calls.second.state is None, "the second line is over")
        await self.sees(lambda: self.other.codes.get(b"BYE") == 200, "BYE is answered")
        assert self.calls.current is not None
        assert self.calls.current.wants_hold, "nobody speaks with a citizen who is about to go"

    async def renewed_and_failed(self) -> None:
        await self.reinvite()
        await self.transfer_failed()

    async def renewed_and_declined(self) -> None:
        await self.reinvite()
        await self.declined()

    # ---- how it ends

    @property
    def on_screen(self) -> tuple[bool, bool]:
        """Whether the window shows the citizen's call and the other one's."""
        calls = self.calls
        shown = [call.remote for call in (calls.current, calls.waiting, calls.parked) if call is not None]
        citizen, other = (
            any(party.name in remote for remote in shown) for party in (self.citizen, self.other)
        )
        return citizen, other or calls.second.state is not None

    @property
    def holds(self) -> bool:
        """Whether the window and the wire agree on who is on hold."""
        calls, second = self.calls, self.calls.second.state
        shown = {
            party: call.on_hold
            for call in (calls.current, calls.parked)
            for party in (self.citizen, self.other)
            if call is not None and party.name in call.remote
        }
        if second is not None:
            shown[self.other] = second.hold in (Hold.LOCAL, Hold.BOTH)
        return all(party.on_hold == held for party, held in shown.items())

    def is_so(self, end: str) -> bool:
        """Whether the window shows this end."""
        current, second = self.calls.current, self.calls.second.state
        if end == OVER:
            return current is None and second is None and self.real.window.situation == "idle"
        if end == OTHER:
            return current is None and second is not None and second.state is CallState.CONFIRMED
        if current is None or current.hold_pending or current.handed_to:
            return False
        alone = second is None and self.calls.parked is None
        return {
            CALLER: alone and current.sounds and self.head == "Incoming",
            HELD: alone and current.on_hold and self.head.startswith("On hold"),
            WAITS: second is not None and second.answered,
            IN_FRONT: self.calls.parked is not None and current.sounds,
        }[end]

    async def agrees(self, end: str) -> None:
        """The window shows this end, and on the wire it is the same."""
        await self.sees(lambda: self.is_so(end), f"the end should be {end!r}")
        await self.sees(
            lambda: self.on_screen == (self.citizen.alive, self.other.alive),
            f"screen {self.on_screen}, wire {(self.citizen.alive, self.other.alive)}",
        )
        await self.sees(lambda: self.holds, f"on hold: {self.citizen.on_hold}, {self.other.on_hold}")

    async def clear(self) -> None:
        """End what is left, for the next row of the table."""
        for party in (self.citizen, self.other):
            party.keep = set()
            while party.kept:
                party.answer()
            if party.alive:
                party.hangs_up()
        await self.sees(lambda: self.is_so(OVER), "all is over")
        for party in (self.citizen, self.other):
            party.fresh()


State = Callable[[Stage], Awaitable[None]]
Row = tuple[State, State, str]
S = Stage
QUICK: list[Row] = [
    (S.holding, S.glare, HELD),
    (S.handing_on, S.replaced_and_failed, CALLER),
    (S.two_swapping, S.bye, HELD),
]
TABLE: list[Row] = [
    (S.talking, S.bye, OVER),
    (S.talking, S.reinvite, CALLER),
    (S.talking, S.late_cancel, CALLER),
    (S.holding, S.bye, OVER),
    (S.holding, S.bye_and_late_answer, OVER),
    (S.holding, S.lost, OVER),
    (S.holding, S.late_cancel, HELD),
    (S.held, S.bye, OVER),
    (S.held, S.reinvite, HELD),
    (S.held, S.late_cancel, HELD),
    (S.resuming, S.bye, OVER),
    (S.resuming, S.lost, OVER),
    (S.resuming, S.glare, CALLER),
    (S.resuming, S.late_cancel, CALLER),
    (S.handing, S.transfer_done, OVER),
    (S.handing, S.done_and_bye, OVER),
    (S.handing, S.transfer_failed, CALLER),
    (S.handing, S.renewed_and_failed, CALLER),
    (S.asking, S.bye, OVER),
    (S.asking, S.declined, CALLER),
    (S.asking, S.renewed_and_declined, CALLER),
    (S.asked, S.bye, OTHER),
    (S.asked, S.bye_of_the_other, CALLER),
    (S.asked, S.both_at_once, OVER),
    (S.asked, S.reinvite, WAITS),
    (S.asked, S.late_cancel, WAITS),
    (S.swapping, S.bye_of_the_other, CALLER),
    (S.swapping, S.both_at_once, OVER),
    (S.swapping, S.lost, OTHER),
    (S.swapping, S.glare, WAITS),
    (S.handing_on, S.bye, OTHER),
    (S.handing_on, S.transfer_done, OVER),
    (S.handing_on, S.transfer_failed, WAITS),
    (S.handing_on, S.replaced_and_done, OVER),
    (S.joining, S.bye, OVER),
    (S.joining, S.declined, CALLER),
    (S.joining, S.renewed_and_declined, CALLER),
    (S.joining, S.answer_crosses_our_end, CALLER),
    (S.joined, S.bye, OVER),
    (S.joined, S.bye_of_the_other, CALLER),
    (S.joined, S.both_at_once, OVER),
    (S.joined, S.reinvite, WAITS),
    (S.two_callers, S.bye, CALLER),
    (S.two_callers, S.bye_of_the_other, HELD),
    (S.two_callers, S.both_at_once, OVER),
    (S.two_swapping, S.bye_of_the_other, CALLER),
    (S.two_swapping, S.both_at_once, OVER),
    (S.two_swapping, S.lost, HELD),
    (S.two_swapping, S.glare, IN_FRONT),
    (S.resuming, S.bye_and_late_answer, OVER),
    (S.handing, S.bye, OVER),
    (S.asking, S.answer_crosses_our_end, CALLER),
    (S.swapping, S.bye, OTHER),
    *QUICK,
]


@asynccontextmanager
async def staged(folder: Path) -> AsyncIterator[Stage]:
    """A window, a citizen and somebody else."""
    citizen, other = Party("citizen"), Party("other")
    try:
        async with real_window(folders_of(folder, SETTINGS.format(interpreter=other.uri))) as real:
            await until(lambda: real.desk.phone.uri, 60)
            yield Stage(real, citizen, other)
    finally:
        citizen.close()
        other.close()


async def plays(stage: Stage, rows: list[Row]) -> list[str]:
    """Every row in its turn; what did not end as it should."""
    failed = []
    for state, happens, end in rows:
        name = f"{state.__name__}, {happens.__name__}: {end}"
        try:
            await state(stage)
            await happens(stage)
            await stage.agreed()
            await stage.agrees(end)
        except AssertionError as error:
            failed.append(f"{name}: {error}")
        await stage.clear()
    return failed


@pytest.mark.timeout(600)
@pytest.mark.parametrize("rows", [QUICK, pytest.param(TABLE, marks=pytest.mark.long)], ids=["some", "all"])
def test_the_screen_says_what_the_wire_says(tmp_path: Path, run: Run, rows: list[Row]) -> None:
    async def journey() -> None:
        async with staged(tmp_path) as stage:
            failed = await plays(stage, rows)
            assert not failed, "\n".join(failed)

    run(journey())
