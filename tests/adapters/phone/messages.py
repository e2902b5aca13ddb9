"""SIP messages for tests."""

from __future__ import annotations

BODY = b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n"


def message(
    start: bytes = b"INVITE sip:agent@127.0.0.1:5060 SIP/2.0",
    body: bytes = b"",
    method: bytes = b"INVITE",
    number: int = 1,
    port: int = 5070,
    **headers: bytes | None,
) -> bytes:
    """A message; keyword arguments replace headers (underscores are dashes), None leaves one out."""
    lines: dict[str, bytes | None] = {
        "via": b"SIP/2.0/UDP 127.0.0.1:%d;rport;branch=z9hG4bK%d" % (port, number),
        "from": b'"A, B" <sip:a@127.0.0.1>;tag=f',
        "to": b"<sip:agent@127.0.0.1>",
        "call_id": b"call-%d" % number,
        "cseq": b"1 " + method,
        "contact": b"<sip:a@127.0.0.1:%d>" % port,
        "max_forwards": b"70",
        "content_length": b"%d" % len(body),
        **headers,
    }
    text = b"".join(
        k.replace("_", "-").encode() + b": " + v + b"\r\n" for k, v in lines.items() if v is not None
    )
    return start + b"\r\n" + text + b"\r\n" + body
