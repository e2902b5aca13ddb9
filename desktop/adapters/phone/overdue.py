"""Answers that never come to what ends a call, or that the engine cannot read: it gets one from the door.

The library keeps one of its four places for a call until the last answer to it, for half a minute where none comes. So
four calls with somebody who has gone would make the telephone deaf. What comes later all the same is ended in order.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from desktop.adapters.phone.dialogs import Dialogs, branch_of, keep
from desktop.adapters.phone.sip_message import SipMessage

PATIENCE_S = 3.0
"""A request that ends a call has been said three times over datagrams by then."""
TERMINATED = 487, "Request Terminated"

Answer = Callable[[SipMessage, int, str], None]


class Overdue:
    """`answer` gives the engine an answer to a request of its own."""

    def __init__(self, dialogs: Dialogs, answer: Answer) -> None:
        self._dialogs, self._answer = dialogs, answer
        self._timers: OrderedDict[bytes, asyncio.TimerHandle] = OrderedDict()

    def went(self, request: SipMessage) -> None:
        """A request of the engine's leaves."""
        key = branch_of(request)
        if request.method == b"BYE":
            self._start(key, lambda: self._answer(request, 408, "Request Timeout"))

    def came(self, answer: SipMessage) -> None:
        """The other side answers something."""
        if answer.method == b"BYE" and answer.code >= 200:
            timer = self._timers.pop(branch_of(answer), None)
            if timer is not None:
                timer.cancel()
        elif answer.method == b"INVITE" and answer.code >= 200 and self._dialogs.is_open(branch_of(answer)):
            # The library drops without a word what it cannot read, and would go on asking.
            branch = branch_of(answer)
            self._start(branch, partial(self._end, branch, 500, "Bad Answer"))

    def given_up(self, call_id: bytes) -> None:
        """The engine has hung up a call that was not answered."""
        for branch, heard in self._dialogs.dialled(call_id):
            if heard:
                self._start(branch, partial(self._end, branch, *TERMINATED))
            else:
                self._end(
                    branch, *TERMINATED
                )  # without any answer the engine may say no CANCEL either, and waits

    def forget(self) -> None:
        """The engine is gone and waits for nothing."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _end(self, branch: bytes, code: int, reason: str) -> None:
        invite = self._dialogs.give_up(branch)
        if invite is not None:
            self._answer(invite, code, reason)

    def _start(self, key: bytes, act: Callable[[], None]) -> None:
        if key in self._timers:
            return

        def ring() -> None:
            self._timers.pop(key, None)
            act()

        keep(self._timers, key, asyncio.get_running_loop().call_later(PATIENCE_S, ring))
