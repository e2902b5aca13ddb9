"""Digits for another side that has no telephone-event (RFC 4733)."""

from __future__ import annotations

import pjsua2 as pj


def send_as_info(call: pj.Call, digits: str) -> None:
    """Send digits by SIP INFO. Raises pj.Error."""
    param = pj.CallSendDtmfParam()
    param.method = pj.PJSUA_DTMF_METHOD_SIP_INFO
    param.digits = digits
    call.sendDtmf(param)
