"""Digits to the other side (RFC 4733), by INFO where it knows no telephone-event."""

from __future__ import annotations

import pjsua2 as pj

from desktop.adapters.sip.library import explain

AT_ONCE = 8
DIGIT_S = 0.25


class Digits:
    """Those of one call that are still to be sent: the library takes few at once."""

    def __init__(self) -> None:
        self._waiting, self._due = "", 0.0

    def add(self, digits: str) -> None:
        """Send these after what waits."""
        self._waiting += digits

    def tick(self, now: float, call: pj.Call) -> str:
        """Send some where it is time for it; says why it was in vain, else ""."""
        if not self._waiting or now < self._due:
            return ""
        part, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        self._due = now + DIGIT_S * len(part)
        try:
            call.dialDtmf(part)
        except pj.Error:
            try:
                send_as_info(call, part)
            except pj.Error as error:
                return explain(error)
        return ""


def send_as_info(call: pj.Call, digits: str) -> None:
    """Send digits by SIP INFO. Raises pj.Error."""
    param = pj.CallSendDtmfParam()
    param.method = pj.PJSUA_DTMF_METHOD_SIP_INFO
    param.digits = digits
    call.sendDtmf(param)
