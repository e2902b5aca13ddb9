"""What is known to end, freeze or confuse the library: as requests, as answers to ours, as session descriptions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.adapters.phone.messages import BODY, message

EMPTY, TEL = b"<sip:x@[]>", b"<tel:+1>"
ROUTES = (b"<sip:[];lr>", TEL)
KIND = b"application/sdp"
KEY = b"inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
HEAD = b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
PLAIN = b"m=audio 4000 RTP/AVP 8\r\n"
DTLS = b"m=audio 4000 UDP/TLS/RTP/SAVPF 8\r\n"
MANY = b"".join(b"a=crypto:%d X inline:A\r\n" % number for number in range(2, 70))


def offers() -> dict[str, bytes]:
    """Session descriptions that killed, froze or were odd."""
    return {
        "DTLS alone": HEAD + DTLS,
        "DTLS after a plain one": HEAD + PLAIN + DTLS,
        "DTLS before a plain one": HEAD + DTLS + PLAIN,
        "DTLS without feedback": HEAD + DTLS.replace(b"SAVPF", b"SAVP"),
        "DTLS video": HEAD + PLAIN + DTLS.replace(b"audio", b"video"),
        "a name for the session": HEAD.replace(b"c=IN IP4 127.0.0.1", b"c=IN IP4 nohost.invalid") + PLAIN,
        "a name for the media": HEAD + PLAIN + b"c=IN IP4 nohost.invalid\r\n",
        "IPv6": HEAD.replace(b"c=IN IP4 127.0.0.1", b"c=IN IP6 ::1") + PLAIN,
        "SAVP without keys": HEAD + PLAIN.replace(b"AVP", b"SAVP"),
        "GCM": HEAD + PLAIN.replace(b"AVP", b"SAVP") + b"a=crypto:1 AEAD_AES_256_GCM " + KEY + b"\r\n",
        "70 keys": HEAD + PLAIN.replace(b"AVP", b"SAVP") + MANY,
        "a bad fingerprint": HEAD + PLAIN + b"a=fingerprint:sha-256 ZZ:ZZ\r\na=setup:actpass\r\n",
        "40 media": HEAD + PLAIN * 40,
        "port 0": HEAD + PLAIN.replace(b"4000", b"0"),
        "port 99999": HEAD + PLAIN.replace(b"4000", b"99999"),
        "type 200": HEAD + PLAIN.replace(b" 8", b" 8 200") + b"a=rtpmap:200 speex/8000\r\n",
        "type 4294967200": HEAD
        + PLAIN.replace(b" 8", b" 4294967200")
        + b"a=rtpmap:4294967200 speex/16000\r\n",
        "type -5": HEAD + PLAIN.replace(b" 8", b" 8 -5") + b"a=rtpmap:-5 speex/8000\r\n",
        "RED": HEAD + PLAIN.replace(b" 8", b" 121 8") + b"a=rtpmap:121 red/8000\r\na=fmtp:121 0/0\r\n",
        "no media": HEAD,
        "junk": b"<<<>>>" * 40,
        "half a line": HEAD + b"m=audio 40",
        "another codec": HEAD + PLAIN.replace(b" 8", b" 18"),
        "multiplexed RTCP": HEAD
        + PLAIN
        + b"a=rtcp-mux\r\na=candidate:1 1 UDP 1 nohost.invalid 1 typ host\r\n",
    }


def _with(data: bytes, header: bytes, value: bytes) -> bytes:
    pattern = re.compile(rb"(?im)^" + header + rb": [^\r]*")
    line = header + b": " + value
    return (
        pattern.sub(line, data)
        if pattern.search(data)
        else data.replace(b"\r\nfrom", b"\r\n" + line + b"\r\nfrom")
    )


def _request(method: bytes, number: int, body: bytes = b"", **headers: bytes | None) -> bytes:
    return message(method + b" sip:agent@127.0.0.1 SIP/2.0", body, method, number, 5070, **headers)


def addresses() -> list[bytes]:
    """An empty IPv6 address, or a route that is none, in each header that the library writes back."""
    found: list[bytes] = []
    for method in (
        b"INVITE",
        b"OPTIONS",
        b"MESSAGE",
        b"SUBSCRIBE",
        b"NOTIFY",
        b"CANCEL",
        b"REFER",
        b"REGISTER",
        b"BYE",
        b"INFO",
    ):
        for header in (
            b"From",
            b"To",
            b"Contact",
            b"Record-Route",
            b"Route",
            b"Via",
            b"Refer-To",
            b"P-Asserted-Identity",
        ):
            values = [b"<sip:[];lr>", TEL] if header == b"Record-Route" else [EMPTY]
            for value in values:
                tag = b";tag=d" if header in (b"From", b"To") else b""
                value = b"SIP/2.0/UDP []:5060;branch=z9hG4bKm1" if header == b"Via" else value + tag
                found.append(_with(_request(method, 1000 + len(found)), header, value))
    found.append(message(b"INVITE sip:x@[] SIP/2.0", number=1999))
    return found


def singles() -> list[bytes]:
    """Messages by which other versions or other libraries died."""
    multipart = {
        b"multipart/mixed;boundary=b": (b"--b--\r\n", b"", b"--b", b"--b\r"),
        b"multipart/mixed": (b"hello",),
        b"multipart/mixed;boundary=" + b"b" * 1000: (b"--" + b"b" * 1000 + b"\r\n",),
    }
    found = [
        (b"INVITE", {"content_type": kind}, body) for kind, bodies in multipart.items() for body in bodies
    ]
    composing = b"application/im-iscomposing+xml"
    xml = (b"<a>" * 1100, b"<?xml <a" * 100, b'<isComposing a="' + b"x" * 3000)
    found += [(b"MESSAGE", {"content_type": composing}, body) for body in xml]
    for kind in (b"message/sipfrag", b"application/pidf+xml", b"application/dialog-info+xml"):
        found.append((b"NOTIFY", {"event": b"message-summary", "content_type": kind}, b"<<<>>>"))
    for headers in (
        {"x_a": b"A" * 3500}, {"contact": b"<sip:x@[::1"}, {"contact": b"<sip:x@[]:5060>"},
        {"contact": b"<sip:a@nohost.invalid>"},
        {"replaces": b"a;to-tag=1;from-tag=2", "require": b"replaces"}, {"replaces": b"", "require": b"replaces"},
        {"session_expires": b"0", "supported": b"timer"}, {"session_expires": b"10", "supported": b"timer"},
        {"require": b"timer"}, {"require": b", ".join(b"s%d" % n for n in range(300))}, {"require": b"s" * 1000},
        {"allow": b",".join(b"A%d" % n for n in range(300)), "supported": b",".join(b"s%d" % n for n in range(60))},
    ):  # fmt: skip
        found.append((b"INVITE", headers, BODY))
    found += [
        (b"SUBSCRIBE", {"event": kind, "expires": b"0"}, b"")
        for kind in (b"message-summary", b"dialog", b"presence")
    ]
    found += [
        (b"OPTIONS", {"x_a": b"A" * 40_000}, b""),
        (b"PUBLISH", {"event": b"presence"}, b""),
        (b"BYE", {"to": b"<sip:x>;tag="}, b""),
    ]
    return [_request(m, 2000 + n, b, **dict(h)) for n, (m, h, b) in enumerate(found)]


def requests() -> list[bytes]:
    """All of the above that want an answer."""
    invites = [
        _request(b"INVITE", 3000 + n, body, content_type=KIND) for n, body in enumerate(offers().values())
    ]
    return addresses() + singles() + invites


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to our INVITE: code, headers that are put in place, body."""

    code: int
    headers: dict[bytes, bytes] = field(default_factory=dict)
    body: bytes = b""


def answers() -> list[list[Answer]]:
    """What the called side says to each of our calls, one after the other."""
    busy, found = Answer(486), []
    for code in (180, 183, 200, 302, 486):
        body = HEAD + PLAIN if code in (183, 200) else b""
        for header, value in (
            (b"Contact", EMPTY), (b"Record-Route", ROUTES[0]), (b"Record-Route", TEL), (b"To", EMPTY + b";tag=z"),
        ):  # fmt: skip
            found.append([Answer(code, {header: value}, body), busy])
    bodies = list(offers().values())
    found += [[Answer(183, {}, body), busy] for body in bodies[:7]]
    return found + [[Answer(200, {}, body)] for body in bodies]


def registrations() -> list[dict[bytes, bytes]]:
    """Headers of a registrar's 200."""
    return [
        {b"Contact": EMPTY + b";expires=60"},
        {b"Path": ROUTES[0]},
        *({b"Service-Route": each} for each in ROUTES),
    ]


def later() -> dict[bytes, list[Answer]]:
    """Answers to each other request of ours, to be said one after the other."""
    seen = [{b"Contact": EMPTY}, {b"Record-Route": ROUTES[0]}, {b"Record-Route": TEL}]
    # An answer with one of these fits nothing that was asked: it is dropped, and the request waits for its time.
    lost = [
        {b"To": EMPTY + b";tag=z"}, {b"From": EMPTY + b";tag=y"}, {b"Via": b"SIP/2.0/UDP []:5060;branch=z9hG4bKm1"},
    ]  # fmt: skip
    return {
        b"MESSAGE": [Answer(code, headers) for code in (200, 302, 486) for headers in seen + lost],
        b"BYE": [Answer(code, headers) for code in (200, 481) for headers in seen] + [Answer(200, lost[0])],
        b"CANCEL": [Answer(200, headers) for headers in seen + lost],
        b"REFER": [Answer(code, headers) for code in (202, 302) for headers in seen + lost],
        b"INFO": [Answer(200, headers) for headers in seen + lost],
        b"OPTIONS": [Answer(code, headers) for code in (200, 302) for headers in seen + lost],
        b"REGISTER": [Answer(200, headers) for headers in registrations()]
        + [Answer(code, headers) for code in (200, 302, 403) for headers in seen],
        b"reINVITE": [Answer(code, headers, HEAD + PLAIN) for code in (200, 302, 488) for headers in seen]
        + [Answer(200, {}, body) for body in list(offers().values())[:7]],
    }
