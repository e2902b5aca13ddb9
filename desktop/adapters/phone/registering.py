"""Keeps the account registered: notices a loss, tries again at growing intervals, changes the registrar and comes back.

The library only sends a REGISTER when it is told to, and renews it: its own tries again are switched off.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from desktop.adapters.phone.challenges import Challenges
from desktop.adapters.phone.outside import Address, Make
from desktop.adapters.phone.outside_tls import Trouble
from desktop.adapters.phone.probe import Probe
from desktop.adapters.phone.registrars import Registrar
from desktop.adapters.phone.sip_message import SipMessage
from desktop.adapters.phone.whereabouts import LOOK_S

log = logging.getLogger(__name__)

ANSWER_S = 4.0
"""How long a REGISTER may stay unanswered."""
FIRST_S, LONGEST_S = 1.0, 30.0
"""The pause after a round of all registrars failed doubles from one to the other; half of it to all of it is waited."""
NEXT_S = 0.3
"""Until the next registrar is asked; what the last one still says does not count in between."""
BACK_S = 3.0
"""How long an earlier registrar must have answered without a gap before it is taken again."""
FAR_PROBE_S = 10.0
"""Over streams, an earlier registrar is asked by a connection of its own."""
SILENT = "the registrar does not answer"
NOT_FOUND = 'the registrar was not found; check "registrar" in the account and the network.'
LOST = "the connection to the registrar was lost"
FINAL = (401, 403, 404, 407)
Event = dict[str, Any]


def pause_s(rounds: int, chance: float) -> float:
    """Seconds to wait after so many failed rounds; `chance` 0..1 keeps many desks from asking all at once."""
    longest = min(LONGEST_S, FIRST_S * 2.0 ** min(rounds - 1, 10))
    return longest * (1 + chance) / 2


class Door(Protocol):
    """What is needed of the doorman."""

    stream: bool

    def use_registrar(self, chosen: Registrar, known: list[Registrar]) -> None:
        """Talk to this one from now on."""

    def ask(self, target: Address, make: Make, connect: bool) -> None:
        """Send a question; on a stream without a connection only with `connect`."""

    def drop(self, target: Address) -> None:
        """Close a connection that says nothing any more."""

    def abandon(self) -> None:
        """Let the engine wait no longer for the answer to its REGISTER."""

    def judge(self, target: Address, dead: bool) -> None:
        """Whether anybody is there."""


class Registering:
    """`knows`: whether there is a password. `moved` hears which one is used.

    `tell` hears each registration event; `register` asks the engine for a REGISTER; `search` looks names up.
    """

    def __init__(
        self,
        domain: str,
        knows: bool,
        tell: Callable[[Event], None],
        register: Callable[[], None],
        search: Callable[[], Awaitable[list[Registrar]]],
        moved: Callable[[Registrar], None],
    ) -> None:
        self._domain, self._knows, self._tell, self._register = domain, knows, tell, register
        self._search, self._moved = search, moved
        self._door: Door | None = None
        self._known: list[Registrar] = []
        self._at = 0
        self._round = 0
        self._ailing = False
        """A try has failed since the last registration."""
        self._refused: set[Address] = set()
        self._trouble = Trouble()
        self._challenges = Challenges(self._knows)
        self.state = "trying"
        """trying, registered, waiting for the next try, or stopped where trying again makes no sense."""
        self._timer: asyncio.TimerHandle | None = None
        self._back: asyncio.TimerHandle | None = None
        self._searching: asyncio.Task[None] | None = None
        self._probes: dict[Address, Probe] = {}

    # ---- life

    def start(self, door: Door, known: list[Registrar]) -> None:
        """The door is open; the engine registers by itself as soon as it is up."""
        self._door, self._known = door, known
        if known:
            self._use(0)

    def close(self) -> None:
        """No more tries."""
        self.state = "stopped"
        for timer in (self._timer, self._back):
            if timer is not None:
                timer.cancel()
        if self._searching is not None:
            self._searching.cancel()
        for probe in self._probes.values():
            probe.close()
        self._probes.clear()

    @property
    def current(self) -> Registrar | None:
        """The registrar in use, None while none is known."""
        return self._known[self._at] if self._known else None

    # ---- what happens

    def engine_up(self) -> None:
        """A new engine registers by itself."""
        if self._known:
            self._expect()
        elif self._door is not None:
            self._look_again()

    def answered(self, event: Event) -> None:
        """The engine's own `registration` event."""
        if event["state"] == "failed":
            if self.state not in ("waiting", "stopped"):
                self._failed(int(event["code"]), str(event["reason"]))
            return
        if event["state"] == "registered":
            self.state, self._round, self._ailing = "registered", 0, False
            self._refused.clear()
            self._cancel_timer()
            if self._door is not None and self.current is not None:
                self._door.judge(self.current.address, False)
        elif event["state"] == "unregistered":
            self._cancel_timer()
        server = self.current.label if self.current is not None and event["state"] == "registered" else ""
        self._tell({**event, "trouble": "", "server": server})

    def heard(self, message: SipMessage, source: Address) -> bool:
        """Something came from there; whether it was the answer to a question of ours."""
        self._challenges.heard(message)
        probe = self._probes.get(source)
        if probe is None:
            return False
        probe.heard()
        return probe.is_ours(message)

    def lost(self, source: Address) -> None:
        """A connection has ended or did not come to stand."""
        current = self.current
        if current is None or source != current.address:
            if (probe := self._probes.get(source)) is not None:
                probe.lost()
            self._judged(source, False)
        elif self.state == "trying":
            self._failed(503, LOST)
        elif self.state == "registered":
            self._failed(503, LOST, again=True)  # a connection may end without its server being down

    def troubled(self, source: Address, trouble: Trouble) -> None:
        """Why a connection did not come to stand; an empty one: it stands."""
        if trouble.sentence:
            log.warning("%s", trouble.sentence)
        if self.current is not None and source == self.current.address:
            self._trouble = trouble

    def renew(self, why: Trouble) -> bool:
        """The way there has changed or may be broken: register again now, by a new connection, and say why.

        False where the registrars refuse us: that is not the network's fault.
        """
        current = self.current
        if self._door is None or current is None or self.state == "stopped":
            return False
        self._door.drop(current.address)
        pause = random.uniform(NEXT_S / 2, NEXT_S)
        self._wait(current, why, pause)
        self._timer = asyncio.get_running_loop().call_later(pause, self._try)
        return True

    def unplugged(self, why: Trouble) -> None:
        """There is no way to any registrar: nothing is tried until `renew`."""
        current = self.current
        if current is not None and self.state != "stopped":
            self._wait(current, why, LOOK_S)

    def _wait(self, current: Registrar, why: Trouble, pause: float) -> None:
        self._ailing = True
        if self._door is not None:
            self._door.abandon()
        self._cancel_timer()
        self.state = "waiting"
        self._tell_failure(current, 503, why.sentence, pause, why)

    # ---- what is done about it

    def _failed(self, code: int, reason: str, again: bool = False) -> None:
        current = self.current
        if self._door is None or current is None:
            return
        self._ailing = True
        self._door.abandon()
        self._door.judge(current.address, not again and code in (408, 503))
        self._refused.discard(current.address)
        if code in FINAL:
            self._refused.add(current.address)
        then, pause = self._plan(again)
        self._tell_failure(current, code, reason, pause)
        self._cancel_timer()
        self.state = "stopped" if pause is None else "waiting"
        if pause is not None:
            self._timer = asyncio.get_running_loop().call_later(pause, then)

    def _plan(self, again: bool) -> tuple[Callable[[], None], float | None]:
        """What to do next, and when; None for nothing more."""
        soon = random.uniform(NEXT_S / 2, NEXT_S)
        if len(self._refused) == len(self._known):
            return self._try, None  # refused again with the same password, the account might be locked
        if again:
            return self._try, soon
        if self._at + 1 < len(self._known):
            return self._next, soon
        return self._first, self._pause()

    def _tell_failure(
        self, where: Registrar | None, code: int, reason: str, pause: float | None, why: Trouble | None = None
    ) -> None:
        trouble = why or self._trouble
        if not trouble.kind and reason == SILENT:
            trouble = Trouble("silent", SILENT)
        elif not trouble.kind and code in (401, 407):
            trouble = self._challenges.trouble()
        event = {
            "event": "registration",
            "state": "failed",
            "code": code,
            "reason": trouble.sentence or reason,
        }
        retry = None if pause is None else round(pause, 1)
        server = where.label if where is not None else ""
        self._tell({**event, "retry_s": retry, "trouble": trouble.kind, "server": server})

    def _pause(self) -> float:
        self._round += 1
        return pause_s(self._round, random.random())

    def _next(self) -> None:
        self._use(self._at + 1)
        self._try()

    def _first(self) -> None:
        """A round has failed: begin again, with what the names lead to now."""
        self._look_again()
        self._use(0)
        self._try()

    def _try(self) -> None:
        self._expect()
        self._register()

    def _expect(self) -> None:
        self.state, self._challenges = "trying", Challenges(self._knows)
        self._cancel_timer()
        self._timer = asyncio.get_running_loop().call_later(ANSWER_S, self._unanswered)

    def _unanswered(self) -> None:
        if self.state == "trying":
            current = self.current
            if self._door is not None and current is not None:
                self._door.drop(current.address)
            if self.state == "trying":
                self._failed(408, SILENT)

    def _use(self, number: int) -> None:
        before = self.current
        self._at = number if number < len(self._known) else 0
        chosen = self._known[self._at]
        self._trouble = Trouble()
        if self._door is not None:
            self._door.use_registrar(chosen, self._known)
        if before != chosen:
            log.info("registering with %s", chosen.label)
        self._watch()
        self._moved(chosen)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    # ---- names

    def _look_again(self) -> None:
        if self._searching is None or self._searching.done():
            self._searching = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        """The network may come up after the desk, and names may lead elsewhere later."""
        while not (found := await self._search()):
            if self._known:
                return
            pause = self._pause()
            self._trouble = Trouble("not_found", NOT_FOUND)
            self._tell_failure(None, 503, NOT_FOUND, pause)
            await asyncio.sleep(pause)
        if found == self._known or self.state == "registered":
            return
        nothing_before = not self._known
        self._known = found
        self._refused.clear()
        self._use(0)
        if nothing_before:
            self._round = 0
            self._try()

    # ---- questions

    def _watch(self) -> None:
        """Ask the registrar in use whether it is there, and those before it whether they are there again."""
        wanted = [each.address for each in self._known[: self._at + 1]]
        for address in [each for each in self._probes if each not in wanted]:
            self._probes.pop(address).close()
        if self._door is None:
            return
        stream = self._door.stream
        for address in wanted:
            if stream and address in self._probes:  # its pace depends on whether it is in use
                self._probes.pop(address).close()
            if address not in self._probes:
                self._probes[address] = self._probe(address, stream and address != wanted[-1])
                self._probes[address].start()

    def _probe(self, address: Address, far: bool) -> Probe:
        def send(make: Make) -> None:
            if self._door is not None:
                self._door.ask(address, make, far)

        def judge(there: bool) -> None:
            self._judged(address, there)

        stream = self._door is not None and self._door.stream
        kind = b"TCP" if stream else b"UDP"
        return Probe(self._domain, send, judge, kind, FAR_PROBE_S if far else 0.0)

    def _judged(self, address: Address, there: bool) -> None:
        current = self.current
        if current is None or self._door is None:
            return
        self._door.judge(address, not there)
        if address != current.address:
            self._maybe_back(address, there)
        elif not there and self.state == "registered":
            self._door.drop(address)
            if self.state == "registered":
                self._failed(408, SILENT)
        elif there and self.state in ("trying", "waiting") and self._ailing and not self._refused:
            # No reason to wait any longer, also not for the answer to what it was asked while it was away.
            self._door.abandon()
            self.state = "waiting"
            self._cancel_timer()
            self._timer = asyncio.get_running_loop().call_later(random.uniform(0, NEXT_S), self._try)

    def _maybe_back(self, address: Address, there: bool) -> None:
        first = self._known[0].address
        if address != first:
            return
        if self._back is not None:
            self._back.cancel()
            self._back = None
        if there:
            self._back = asyncio.get_running_loop().call_later(BACK_S, self._go_back)

    def _go_back(self) -> None:
        self._back = None
        if self._at and self._known[0].address not in self._refused:
            log.info("%s is there again", self._known[0].label)
            self._use(0)
            self._try()
