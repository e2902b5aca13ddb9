"""Requests within a call that the library has no use for, and answers 500, although nothing is wrong with them.

It has looked for the dialog's tags and at the CSeq before that: who asks in a dialog that it never knew gets its 481.
"""

from __future__ import annotations

from desktop.adapters.phone.checks import METHODS, OPTIONS
from desktop.adapters.phone.sip_message import SipMessage

UNHANDLED = b"500 Unhandled by dialog usages"
"""The library's words; a 500 for an old CSeq has others."""
ABILITIES = (
    b"Allow: " + b", ".join(METHODS),
    b"Accept: application/sdp, application/dtmf-relay, application/dtmf, text/plain",
    b"Supported: " + b", ".join(OPTIONS),
)


def settle(answer: SipMessage, stands: bool) -> None:
    """Turn such an answer of the library's into a 200: to OPTIONS with what we are able to do (RFC 3261 11.2), to an
    INFO that has nothing in it (RFC 6086 4.2.2; the others never get that far). `stands`: the call is not over."""
    if answer.start.partition(b" ")[2] != UNHANDLED or answer.method not in (b"OPTIONS", b"INFO"):
        return
    answer.start = b"SIP/2.0 200 OK" if stands else b"SIP/2.0 481 Call/Transaction Does Not Exist"
    if stands and answer.method == b"OPTIONS":
        answer.insert(len(answer.lines), *ABILITIES)
