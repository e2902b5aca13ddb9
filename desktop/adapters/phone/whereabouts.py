"""Under which address the telephone is reached and its media leaves: followed through changes of the network and sleep.

Nothing that the system tells is needed: once a second it is asked which of its addresses leads to the registrar.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Protocol

from desktop.adapters.phone.network import awake_and_asleep, is_ours, way_to
from desktop.adapters.phone.outside import Address
from desktop.adapters.phone.outside_tls import Trouble
from desktop.adapters.phone.registrars import Registrar

log = logging.getLogger(__name__)

LOOK_S = 1.0
ASLEEP_S = 5.0
"""So much later than planned, the machine slept, or all of this program stood still."""
NOWHERE = "127.0.0.1"
MOVED = Trouble("moved", "this computer's address has changed; registering again from the new one.")
OFFLINE = Trouble("offline", "this computer has no way to the registrar; check its network.")
BACK = Trouble("moved", "the network is there again; registering again.")
WOKEN = Trouble("woken", "this computer was asleep; registering again.")


class Door(Protocol):
    """What is needed of the doorman."""

    def move(self, host: str) -> None:
        """This is the address by which we are reached from now on."""

    def contact(self) -> Address:
        """What the registrar in use knows us by."""


class Keeper(Protocol):
    """What is needed of `Registering`."""

    @property
    def current(self) -> Registrar | None:
        """The registrar in use."""

    def renew(self, why: Trouble) -> bool:
        """Register again now, by a new connection; False where that makes no sense."""

    def unplugged(self, why: Trouble) -> None:
        """No try makes sense until `renew`."""


class Whereabouts:
    """`bind` is the account's address, "" for any. `tell` reaches the engine.

    `look_up` says which address leads to a registrar ("": none), `clock` counts sleep.
    """

    def __init__(
        self,
        bind: str,
        tell: Callable[[dict[str, Any]], object],
        look_up: Callable[[Address], str] = way_to,
        clock: Callable[[], float] = awake_and_asleep,
    ) -> None:
        self._bind, self._tell, self._clock = bind, tell, clock
        self._look_up = look_up
        self.address = bind or NOWHERE
        """Where media leaves from; that of a running call may be an older one."""
        self._door: Door | None = None
        self._keeper: Keeper | None = None
        self._lost = self._woken = False
        self._contact: Address | None = None
        self._known_to_engine = self.address
        self._at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, registrar: Registrar | None) -> str:
        """The address to start with."""
        found = self._way(registrar)
        self.address = self._known_to_engine = found or self.address
        return self.address

    def start(self, door: Door, keeper: Keeper) -> None:
        """Look every second from now on."""
        self._door, self._keeper, self._at = door, keeper, self._clock()
        self._plan()

    def close(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def used(self, registrar: Registrar) -> None:
        """Another registrar is used: it may be reached from another address of this machine."""
        found = self._way(registrar)
        if found and found != self.address and self._door is not None:
            self.address = found
            self._door.move(found)

    def registered(self) -> None:
        """The way is proven: calls whose other side knows an old address of ours are told the new one."""
        if self._door is None:
            return
        contact, before = self._door.contact(), self._contact
        ask = self._woken or (before is not None and contact != before)
        self._contact, self._woken, self._lost = contact, False, False
        if ask or self.address != self._known_to_engine:
            self._tell_engine(self.address, "ask" if ask else "")

    # ---- once a second

    def _plan(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(LOOK_S, self._look)

    def _look(self) -> None:
        now = self._clock()
        slept, self._at = now - self._at - LOOK_S, now
        self._plan()
        keeper, door = self._keeper, self._door
        if keeper is None or door is None or keeper.current is None:
            return
        found = self._way(keeper.current)
        if slept > ASLEEP_S:
            self._woken = True
        if not found:
            self._lose(keeper)
        elif found != self.address or self._lost:
            why = MOVED if found != self.address else BACK
            log.info("%s (%s)", why.sentence, found)
            self.address, self._lost = found, False
            door.move(found)
            self._renew(keeper, why)
        elif slept > ASLEEP_S:
            log.info("nothing was done for %.0f s", slept)
            self._renew(keeper, WOKEN)

    def _lose(self, keeper: Keeper) -> None:
        if not self._lost:
            self._lost = True
            keeper.unplugged(OFFLINE)
            self._tell_engine("", "")

    def _renew(self, keeper: Keeper, why: Trouble) -> None:
        if not keeper.renew(why):
            self.registered()  # it never will be; calls must not wait for that

    def _way(self, registrar: Registrar | None) -> str:
        if self._bind:
            return self._bind if is_ours(self._bind) else ""
        return self._look_up(registrar.address) if registrar is not None else ""

    def _tell_engine(self, address: str, ask: str) -> None:
        self._known_to_engine = address
        self._tell({"command": "network", "arguments": [address, ask], "seq": 0})
