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


GONE = b"481 Call/Transaction Does Not Exist"
ANSWERS = {b"OPTIONS": b"200 OK", b"INFO": b"200 OK", b"SUBSCRIBE": b"489 Bad Event", b"NOTIFY": GONE}
"""What stands for the library's 500 in a call: RFC 3261 11.2, RFC 6086 4.2.2 (an INFO with nothing in it; the others
never get that far), RFC 6665 4.2.1.2 and 4.1.3 (the desk tells nobody of itself, and asked for nothing)."""


def settle(answer: SipMessage, stands: bool) -> None:
    """Turn such an answer of the library's into the one that is due. `stands`: the call is not over."""
    if answer.start.partition(b" ")[2] != UNHANDLED or answer.method not in ANSWERS:
        return
    answer.start = b"SIP/2.0 " + (ANSWERS[answer.method] if stands else GONE)
    if stands and answer.method == b"OPTIONS":
        answer.insert(len(answer.lines), *ABILITIES)
