"""Keeps a running call true to the network: tells the other side our new address, and asks whether it is still there.

Both are a re-INVITE: every telephone answers one, and whoever knows the call no more says so (RFC 3261 12.2.1.2).
"""

from __future__ import annotations

import logging
import random
from typing import Any, Protocol

import pjsua2 as pj

from desktop.adapters.phone.network import is_ours
from desktop.adapters.sip.library import explain

log = logging.getLogger(__name__)

AGAIN_S = (0.4, 1.2)
"""Between re-INVITEs, at random: both sides may have made theirs at once (491)."""
TRIES = 8
LOOK_S = 1.0
SILENT_S, LONGEST_S = 15.0, 120.0
"""Without a packet for so long the other side is asked; where it answers, the next time after twice as long."""
OFFLINE_S = 60.0
"""A call ends that has been without a network for so long: the other side has given up before."""


class Line(Protocol):
    """What is needed of a call."""

    def getMedTransportInfo(self, index: int) -> Any:
        """Where its media is."""

    def reinvite(self, param: Any) -> None:
        """Offer anew."""

    def lose(self) -> None:
        """End it as lost."""


class Renewal:
    """Of one call; for the SIP thread. Times are of a monotonic clock, in seconds."""

    def __init__(self) -> None:
        self._address = ""
        self._wanted = self._afresh = False
        self._tries, self._due, self._look_at = 0, 0.0, 0.0
        self._patience = SILENT_S
        self._offline_since: float | None = None

    def network(self, address: str, ask: bool, afresh: bool, now: float) -> None:
        """Media leaves from `address` from now on, "" for no network. `ask`: tell the other side, also where ours
        still works; `afresh`: with new sockets."""
        self._address = address
        if not address:
            self._offline_since = now
            return
        self._offline_since, self._look_at = None, 0.0
        if ask or afresh:
            self._want(afresh)

    def answered(self, code: int) -> None:
        """How an INVITE of ours was answered so far. 408 and 481 end the call by themselves."""
        if 200 <= code < 300:
            self._wanted = self._afresh = False

    def tick(self, now: float, call: Line, stream: int, silent_s: float) -> None:
        """Do what is due. `stream` is the number of the call's sound, -1 for none yet."""
        if self._offline_since is not None:
            if now - self._offline_since > OFFLINE_S:
                call.lose()
            return
        if silent_s < SILENT_S:
            self._patience = SILENT_S
        elif silent_s >= self._patience:
            self._patience = silent_s + min(self._patience, LONGEST_S)
            self._want(False)
        if self._address and now >= self._look_at and stream >= 0:
            self._look_at = now + LOOK_S
            if _is_stranded(call, stream) and not self._afresh:
                self._want(True)
        if self._wanted and now >= self._due:
            self._renew(now, call)

    def _want(self, afresh: bool) -> None:
        self._wanted, self._afresh = True, self._afresh or afresh
        self._tries, self._due = 0, 0.0

    def _renew(self, now: float, call: Line) -> None:
        # One re-INVITE at a time; after a glare (491) it is said again.
        if self._tries >= TRIES:
            self._wanted = False
            if self._afresh:
                call.lose()  # with an address that is gone nothing can be heard any more
            return
        self._tries, self._due = self._tries + 1, now + random.uniform(*AGAIN_S)
        param = pj.CallOpParam(True)
        if self._afresh:
            param.opt.flag = pj.PJSUA_CALL_REINIT_MEDIA
        try:
            call.reinvite(param)
        except pj.Error as error:
            log.debug("re-INVITE has to wait: %s", explain(error))


def _is_stranded(call: Line, stream: int) -> bool:
    """Whether the call's sound leaves from an address that this machine has no more."""
    try:
        host = str(call.getMedTransportInfo(stream).localRtpName).rpartition(":")[0]
    except pj.Error:
        return False
    return host.count(".") == 3 and not is_ours(host)
