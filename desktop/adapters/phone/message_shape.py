"""A SIP message for the log: enough to see what the library died of, nothing that says who called.

Letters become x and digits 0 wherever a name, a number or a key may stand; signs stay, for they are what kills.
"""

from __future__ import annotations

import re

from desktop.adapters.phone.sip_message import SipMessage, full_name

MOST_VALUE, MOST_LINES = 200, 40
PLAIN = (
    b"via", b"cseq", b"content-type", b"content-length", b"max-forwards", b"require", b"supported", b"allow", b"accept",
    b"event", b"expires", b"session-expires", b"min-se", b"rack", b"rseq", b"subscription-state", b"user-agent",
)  # fmt: skip
PLAIN_SDP = re.compile(
    rb"(?:[vctmb]=|a=(?:rtpmap|fmtp|ptime|sendrecv|sendonly|recvonly|inactive|setup|rtcp-mux))"
)
SDP_LINE = re.compile(rb"[a-z]=")
KNOWN = re.compile(rb"(?i)(?<![a-z0-9])(?:sips?:|tel:|tag=|;lr\b)|([a-z])|(\d)|[^\x20-\x7e]")
NUMBER = re.compile(rb"\d{6,}")


def shape(message: SipMessage) -> str:
    """The message on one line of printable ASCII."""
    lines = [_start(message.start)]
    for line in message.lines[:MOST_LINES]:
        name, colon, value = line.partition(b":")
        plain = full_name(name.strip()) in PLAIN
        lines.append(_cut(name) + colon.decode() + (_numberless(value) if plain else _signs(value)))
    for line in message.body.split(b"\r\n")[:MOST_LINES]:
        kind = line[:2] if SDP_LINE.match(line) else b""
        lines.append(_numberless(line) if PLAIN_SDP.match(line) else _cut(kind) + _signs(line[len(kind) :]))
    return " | ".join(lines)


def _start(line: bytes) -> str:
    first, blank, rest = line.partition(b" ")
    code = rest[:3] if first[:4] == b"SIP/" else b""
    return _cut(first) + blank.decode() + _cut(code) + _signs(rest[len(code) :])


def _signs(value: bytes) -> str:
    return _cut(KNOWN.sub(lambda found: b"x" if found[1] else b"0" if found[2] else _kept(found[0]), value))


def _kept(found: bytes) -> bytes:
    return found if len(found) > 1 else b"?"


def _numberless(value: bytes) -> str:
    return _cut(NUMBER.sub(lambda found: b"0" * len(found[0]), value))


def _cut(value: bytes) -> str:
    text = repr(value[:MOST_VALUE])[2:-1]
    return text if len(value) <= MOST_VALUE else f"{text}... ({len(value)} bytes)"
