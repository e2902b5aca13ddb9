"""Broken SIP and SDP by a seed: ordinary and torture messages, some with what is known to kill, then mutated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from tests.adapters.phone.messages import BODY
from tests.adapters.phone.torture import messages

METHODS = (b"INVITE",) * 6 + (
    b"OPTIONS", b"MESSAGE", b"SUBSCRIBE", b"NOTIFY", b"REFER", b"BYE", b"CANCEL", b"ACK", b"INFO", b"UPDATE", b"PRACK",
    b"REGISTER", b"PUBLISH",
)  # fmt: skip
EXTRA = (
    b"Supported: 100rel, timer, replaces", b"Require: 100rel", b"Session-Expires: 90;refresher=uas", b"Min-SE: 90",
    b"Event: message-summary", b"Event: refer", b"Subscription-State: active;expires=60", b"Expires: 60",
    b"Refer-To: <sip:a@127.0.0.1?Replaces=a%3Bto-tag%3Db>", b"Replaces: abc;to-tag=1;from-tag=2",
    b"Record-Route: <sip:127.0.0.1;lr>", b"Route: <sip:127.0.0.1;lr>", b"Accept: application/sdp", b"RAck: 1 1 INVITE",
    b'Authorization: Digest username="a", realm="b", nonce="c", uri="sip:x", response="d"', b"RSeq: 1", b"X-Foo: bar",
    b"P-Asserted-Identity: <sip:a@b>", b'Warning: 399 x "y"', b"Retry-After: 5",
    b"Diversion: <sip:a@b>;reason=no-answer",
)  # fmt: skip
BODIES = {
    b"INVITE": (b"application/sdp", BODY + b"a=rtpmap:8 PCMA/8000\r\na=sendrecv\r\n"),
    b"UPDATE": (b"application/sdp", BODY),
    b"MESSAGE": (b"text/plain", b"hello"),
    b"NOTIFY": (b"application/simple-message-summary", b"Messages-Waiting: yes\r\n"),
    b"INFO": (b"application/dtmf-relay", b"Signal=5\r\nDuration=160\r\n"),
}
JUNK = (
    b"", b"A" * 300, b"A" * 3000, b"%s%n%x" * 20, b"\0", b"\xff\xfe", b'"', b"<", b">", b"<<<>>>", b";" * 200,
    b"@" * 50,
    b"-1", b"0", b"4294967296", b"99999999999999999999", b"sip:", b"sip:@", b"[::1", b"::::", b"\t \t", b"%00", b"%zz",
    b"=", b",,,,", b"(((((", b'\\\\"', b"\r\n ", b"\r\nX", b"." * 100, b"1.1.1.1.1", b"tel:+1", b"sips:x@y", b"=;=;",
    b"z9hG4bK", b"\xe2\x82\xac", b"[]", b"<sip:[]>",
)  # fmt: skip
NUMBERS = (b"0", b"-1", b"65536", b"4294967295", b"99999999999")
NAMES = (
    b"v", b"f", b"t", b"i", b"m", b"l", b"c", b"s", b"k", b"Via", b"From", b"To", b"CSeq", b"Contact", b"Route",
    b"Content-Length", b"Content-Type", b"Record-Route", b"Require", b"Accept",
)  # fmt: skip
SDP_LINES = (
    b"a=rtpmap:", b"a=fmtp:", b"a=crypto:1 X", b"a=candidate:1 1 UDP 1 x 1 typ host", b"m=video 1 RTP/AVP 96",
    b"m=audio 0 RTP/AVP 0", b"a=ptime:0", b"c=IN IP6 ::1", b"b=AS:-1", b"a=rtcp-mux", b"a=setup:active",
    b"a=group:BUNDLE 0",
)  # fmt: skip


OWN = b"127.0.0.9:5070"
"""Where the messages come from; `fuzz` writes the real place over it at the end."""


def deadly(random: Random, data: bytes) -> bytes:
    """The message with one of the traits that end or freeze the library."""
    header = random.choice([rb"From", rb"To", rb"Contact"])
    address = random.choice([b"<sip:x@[]>", b"<sip:[]>", b"sip:x@[]", b'"a" <sip:x@[]:5060>'])
    route = random.choice([b"<sip:[];lr>", b"<tel:+1>", b"<sip:a;lr>, <sip:[]>"])
    return random.choice([
        re.sub(rb"(?im)^(" + header + rb"): [^\r]*", rb"\1: " + address + b";tag=d", data, count=1),
        data.replace(b"\r\nContact", b"\r\nRecord-Route: " + route + b"\r\nContact", 1),
        data.replace(b"RTP/AVP", random.choice([b"UDP/TLS/RTP/SAVPF", b"UDP/TLS/RTP/SAVP"]), 1),
        data.replace(b"c=IN IP4 127.0.0.1", b"c=IN IP4 nohost.invalid", 1),
        re.sub(rb"(?im)^(Contact): [^\r]*", rb"\1: <sip:a@nohost.invalid>", data, count=1),
    ])  # fmt: skip


def ordinary(random: Random, number: int) -> bytes:
    """A request, now and then an answer, as a phone could send it."""
    method = random.choice(METHODS)
    kind, body = BODIES.get(method, (b"", b""))
    start = method + b" sip:agent@127.0.0.1 SIP/2.0"
    if random.random() < 0.1:
        start = b"SIP/2.0 %d Words" % random.choice([100, 180, 183, 200, 302, 401, 404, 481, 487, 500, 603])
    lines = [
        start,
        b"Via: SIP/2.0/UDP " + OWN + b";rport;branch=z9hG4bKfuzz%d" % number,
        b"Max-Forwards: 70",
        b'From: "F" <sip:f@' + OWN + b">;tag=f%d" % number,
        b"To: <sip:agent@127.0.0.1>" + (b";tag=x" if random.random() < 0.1 else b""),
        b"Call-ID: fuzz%d" % (number - (random.random() < 0.1)),
        b"CSeq: %d " % random.choice([1, 2, number]) + method,
        b"Contact: <sip:f@" + OWN + b">",
        *random.sample(EXTRA, random.randint(0, 3)),
        *([b"Content-Type: " + kind] if body else []),
        b"Content-Length: %d" % len(body),
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def mutated(random: Random, data: bytes) -> bytes:
    """The message with up to three accidents in its header and up to three in its body."""
    head, gap, body = data.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    for _ in range(random.randint(0, 3)):
        _harm(random, lines, NAMES)
    before = len(body)
    if body and random.random() < 0.5:
        parts = body.split(b"\r\n")
        for _ in range(random.randint(1, 3)):
            _harm(random, parts, ())
        body = b"\r\n".join(parts)
    head = b"\r\n".join(lines)
    if random.random() < 0.8:
        head = head.replace(b"Content-Length: %d" % before, b"Content-Length: %d" % len(body))
    return head + gap + body


def _harm(random: Random, lines: list[bytes], names: tuple[bytes, ...]) -> None:
    at = random.randrange(len(lines))
    line, kind = lines[at], random.randrange(7)
    place = random.randrange(len(line) + 1)
    if kind == 0:
        mark = b":" if names else b"="
        lines[at] = line.partition(mark)[0] + mark + b" " * bool(names) + random.choice(JUNK)
    elif kind == 1:
        lines[at] = line[:place] + random.choice(JUNK) + line[place:]
    elif kind == 2:
        lines[at] = line[:place] + line[place + random.randint(1, 8) :]
    elif kind == 3:
        lines.insert(
            at + bool(names), line if random.random() < 0.5 else random.choice(EXTRA if names else SDP_LINES)
        )
    elif kind == 4 and len(lines) > 1:
        del lines[at]
    elif kind == 5:
        lines[at] = re.sub(rb"\d+", random.choice(NUMBERS), line, count=1)
    elif names:
        lines.append(random.choice(names) + b": " + random.choice(JUNK))
    else:
        lines[at] = line[:place] + bytes([random.randrange(256)]) + line[place + 1 :]


def fuzz(seed: int, number: int, host: str, port: int) -> Iterator[bytes]:
    """`number` messages from `host:port`. The same seed gives the same ones."""
    random = Random(seed)
    torture = list(messages("rfc4475").values()) + list(messages("rfc5118").values())
    for count in range(number):
        chance = random.random()
        data = random.choice(torture) if chance < 0.1 else ordinary(random, count)
        if 0.1 <= chance < 0.3:
            data = deadly(random, data)
        yield mutated(random, data).replace(OWN, b"%s:%d" % (host.encode(), port))[:60_000]
