"""The essential guards in front of pjsip: what ends or freezes the library never reaches it.

Each check names the RFC's own answer. Everything the library survives passes: strictness helps no call.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from desktop.adapters.phone.sip_message import TOKEN, SipMessage, Via

MAX_HEAD, MAX_BODY = 16_384, 49_152
"""What is read from a stream to find the message's end."""
MAX_MESSAGE = 4000
"""pjsip's buffer: of a longer datagram it reads the beginning, on a longer message it closes the connection."""
METHODS = (
    b"INVITE", b"ACK", b"BYE", b"CANCEL", b"OPTIONS", b"PRACK", b"UPDATE", b"INFO", b"REFER", b"NOTIFY", b"SUBSCRIBE",
    b"MESSAGE",
)  # fmt: skip
INSIDE = (b"BYE", b"PRACK", b"UPDATE", b"INFO")
ONCE = (b"from", b"to", b"call-id", b"cseq")
TEXT_KINDS = (b"text/plain", b"application/im-iscomposing+xml")
SDP_KINDS = (b"application/sdp", b"application/*", b"*/*")
MOST_NAMED = 20
ROUTES = (b"record-route", b"route", b"service-route", b"path")
ADDRESSES = (b"from", b"to", b"contact", b"refer-to", b"referred-by", b"p-asserted-identity", *ROUTES)
OPTIONS = (b"100rel", b"timer", b"replaces", b"norefersub")
"""The extensions that the library may be required to use."""
REQUEST_LINE = re.compile(rb"(" + TOKEN + rb") +(\S+) +SIP/(\d+\.\d+) *\Z", re.I)
SCHEME = re.compile(rb"([A-Za-z][A-Za-z0-9+.\-]*):")
SIP_URI = re.compile(rb"[^:]+:(?:[^@]*+@)?(?:\[[^\]]*+\]|[^\[\]:;?@]++)(?::\d{1,5})?(?:[;?].*)?\Z", re.S)
CALLED = re.compile(rb"\S+ +(?:sips?|tel):([^@:; ]*)", re.I)
QUOTES = re.compile(rb'(?:[^"]|"(?:[^"\\]|\\.)*+")*+\Z', re.S)
STATUS_LINE = re.compile(rb"SIP/2\.0 [1-6]\d\d( .*)?\Z", re.S)
CSEQ = re.compile(rb"0*(\d{1,10})\s+(" + TOKEN + rb")\Z")
QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*+"(\s*<)?', re.S)
DIGIT_KINDS = {
    b"application/dtmf-relay": re.compile(rb"(?im)^[ \t]*signal[ \t]*=[ \t]*(1[0-5]|[0-9A-D*#])[ \t]*\r?$"),
    b"application/dtmf": re.compile(rb"(?i)\A\s*(1[0-5]|[0-9A-D*#])\s*\Z"),
}
DIGIT_NUMBERS = dict(
    zip((b"10", b"11", b"12", b"13", b"14", b"15"), (b"*", b"#", b"A", b"B", b"C", b"D"), strict=True)
)
"""Digits as RFC 4733 numbers them, which some write."""
BRACKETS = re.compile(rb"\[(?![0-9A-Fa-f:.]{2,45}\])")
NO_SIP_ROUTE = re.compile(rb"(?i)<(?!sips?:)|\A\s*(?!sips?:|[^<]*<)")
DTLS = re.compile(rb"(?im)^m=\S+[ \t]+\S+[ \t]+\S*/TLS/")
MEDIA, CONNECTION = re.compile(rb"(?im)^(?=m=)"), re.compile(rb"(?m)^c=")
PORT = re.compile(rb"m=\S+[ \t]+(\d{1,5})[ \t/]")
NAMED_HOST = re.compile(rb"(?im)^c=IN[ \t]+IP4[ \t]+(?![\d.]+(?:/\d+)*[ \t]*\r?$)")


class RefusedError(Exception):
    """A message that the engine may not see, with the answer that the RFC gives it."""

    def __init__(self, code: int, reason: str, extra: bytes = b"") -> None:
        super().__init__(f"{code} {reason}")
        self.code, self.reason, self.extra = code, reason, extra


def check(message: SipMessage, datagram: bool) -> None:
    """Raise RefusedError unless the engine survives `message`. Cuts what lies behind Content-Length, and writes digits
    and what a session description lacks as the engine needs it."""
    if message.head_size >= MAX_MESSAGE:
        raise RefusedError(513, "Message Too Large")
    if not message.complete or message.broken or message.crowded:
        raise RefusedError(400, "Bad Header Line")
    _check_start(message)
    _check_needed(message)
    if not message.is_response:
        _check_method(message)
    _check_addresses(message)
    _check_length(message, datagram)
    if not message.is_response:
        _check_wishes(message)
        _check_digit(message)
    _mend_connections(message)
    check_size(message)
    if DTLS.search(message.body) or NAMED_HOST.search(message.body):
        raise RefusedError(
            488, "Not Acceptable Here", b'Warning: 304 dasan-desk "media transport or host name"\r\n'
        )


def check_called(message: SipMessage, user: str) -> None:
    """Raise RefusedError where an INVITE that opens a call is for somebody else than `user`; "" is anybody."""
    if not user or message.method != b"INVITE" or message.is_response or message.to_tag() is not None:
        return
    match = CALLED.match(message.start)
    if match is None or unquote_to_bytes(match[1]) != unquote_to_bytes(user):
        raise RefusedError(404, "Not Found")


def check_size(message: SipMessage) -> None:
    """Raise RefusedError where the library cannot hold the message as it is now."""
    if len(message.bytes()) >= MAX_MESSAGE:
        raise RefusedError(513, "Message Too Large")


def _check_start(message: SipMessage) -> None:
    if message.is_response:
        if not STATUS_LINE.match(message.start):
            raise RefusedError(400, "Bad Status Line")
        return
    line = REQUEST_LINE.match(message.start)
    if line is None or BRACKETS.search(message.start):
        raise RefusedError(400, "Bad Request Line")
    if line[3] != b"2.0":
        raise RefusedError(505, "Version Not Supported")
    scheme = SCHEME.match(line[2])
    kind = scheme[1].lower() if scheme else b""
    if not scheme or (kind in (b"sip", b"sips") and not SIP_URI.match(line[2])):
        raise RefusedError(400, "Bad Request URI")
    if kind not in (b"sip", b"sips", b"tel"):
        raise RefusedError(416, "Unsupported URI Scheme")


def _check_needed(message: SipMessage) -> None:
    for name in ONCE:
        if len(message.index.get(name, ())) != 1:
            raise RefusedError(400, f"Need Exactly One {name.decode().title()}")
    try:
        vias = [Via(item) for item in message.all(b"via")]
    except ValueError:
        vias = []
    if not vias:
        raise RefusedError(400, "Bad Via")
    cseq = CSEQ.match(message.first(b"cseq"))
    if cseq is None or int(cseq[1]) >= 2**31:
        raise RefusedError(400, "Bad CSeq")


def _check_method(message: SipMessage) -> None:
    if message.method not in METHODS:
        allow = b"Allow: " + b", ".join(METHODS) + b"\r\n"
        code = 405 if message.method in (b"REGISTER", b"PUBLISH") else 501
        raise RefusedError(code, "Method Not Allowed" if code == 405 else "Not Implemented", allow)
    if message.first(b"cseq").split()[-1] != message.method:
        raise RefusedError(400, "CSeq Method Mismatch")
    if message.to_tag() is None:
        _check_outside(message)


def _check_outside(message: SipMessage) -> None:
    """What the library leaves unanswered outside a dialog (RFC 3261 12.2.2, RFC 3515 2.4.2, RFC 6665 4.1.3), or grants
    to everybody: each subscription would cost it 40 kB for as long as the other side wishes."""
    unasked = message.method == b"NOTIFY" and not message.first(b"event").lower().startswith(
        b"message-summary"
    )
    if message.method in INSIDE or unasked:
        raise RefusedError(481, "Call/Transaction Does Not Exist")
    if message.method == b"SUBSCRIBE":
        raise RefusedError(489, "Bad Event")
    if message.method == b"REFER":
        raise RefusedError(603, "Decline")


def _check_wishes(message: SipMessage) -> None:
    """What the library passes over although RFC 3261 asks for an answer of its own (8.2.2.3, 8.2.3)."""
    if message.method not in (b"ACK", b"CANCEL"):
        unknown = [tag for tag in message.all(b"require") if tag.lower() not in OPTIONS]
        if unknown:
            named = b", ".join(tag for tag in unknown[:MOST_NAMED] if re.fullmatch(TOKEN, tag))
            raise RefusedError(420, "Bad Extension", b"Unsupported: " + named + b"\r\n")
    kind = _kind_of(message)
    if message.body and message.first(b"content-encoding").lower() not in (b"", b"identity"):
        raise RefusedError(415, "Unsupported Media Type", b"Accept-Encoding: identity\r\n")
    if message.method == b"MESSAGE" and message.body and kind not in TEXT_KINDS:
        # The library takes any, and nobody would read it; text among several parts may come again as text alone.
        raise RefusedError(415, "Unsupported Media Type", b"Accept: text/plain\r\n")
    accepted = [item.partition(b";")[0].strip().lower() for item in message.all(b"accept")]
    if message.method == b"INVITE" and accepted and not any(kind in SDP_KINDS for kind in accepted):
        raise RefusedError(
            406, "Not Acceptable", b'Warning: 399 dasan-desk "answers are application/sdp"\r\n'
        )


def _kind_of(message: SipMessage) -> bytes:
    """The media type of the body, without its parameters; b"" for none."""
    return message.first(b"content-type").partition(b";")[0].strip().lower()


def _check_addresses(message: SipMessage) -> None:
    for name in ADDRESSES:
        for value in message.index.get(name, ()):
            if BRACKETS.search(_nameless(value)) or b"\0" in value or not QUOTES.match(value):
                raise RefusedError(400, f"Bad {name.decode().title()}")
    for name in ROUTES:
        for item in message.all(name):
            if NO_SIP_ROUTE.search(item):
                raise RefusedError(400, f"Bad {name.decode().title()}")


def _nameless(value: bytes) -> bytes:
    """Without display names in quotes: there brackets are text like any other."""
    return QUOTED.sub(lambda found: found[1] or found[0], value) if b"[" in value else value


def _check_digit(message: SipMessage) -> None:
    """Of INFO only digits reach the library, in the one form that it survives: of `Signal=5` alone it dies."""
    if message.method == b"INFO" and message.index.get(b"info-package"):
        raise RefusedError(
            469, "Bad Info Package", b"Recv-Info:\r\n"
        )  # we have asked for none (RFC 6086 4.2.2)
    if message.method != b"INFO" or not (message.body or message.first(b"content-type")):
        return
    pattern = DIGIT_KINDS.get(_kind_of(message))
    if pattern is None:
        raise RefusedError(415, "Unsupported Media Type", b"Accept: application/dtmf-relay\r\n")
    digit = pattern.search(message.body)
    if digit is None:
        raise RefusedError(400, "Bad Digit")
    sign = DIGIT_NUMBERS.get(digit[1], digit[1].upper())
    message.replace_body(b"application/dtmf-relay", b"Signal=%s\r\nDuration=160\r\n" % sign)


def _mend_connections(message: SipMessage) -> None:
    """Media that is refused (port 0) may come without an address; the library looks at it all the same, and dies."""
    kind = message.first(b"content-type")
    if message.method == b"MESSAGE" or not kind or len(message.body) > MAX_MESSAGE:
        return
    in_parts = b"multipart" in kind.lower()  # then the address may stand in another part
    session, *media = MEDIA.split(message.body)
    if in_parts or not CONNECTION.search(session):
        mended = [one if CONNECTION.search(one) and not in_parts else _with_address(one) for one in media]
        if mended != media:
            message.replace_body(kind, b"".join([session, *mended]))


def _with_address(media: bytes) -> bytes:
    port = PORT.match(media)
    if port is not None and 0 < int(port[1]) < 2**16:
        return media  # with a port and without an address the library refuses it itself
    line, _, rest = media.partition(b"\n")
    return line.rstrip(b"\r") + b"\r\nc=IN IP4 0.0.0.0\r\n" + rest


def _check_length(message: SipMessage, datagram: bool) -> None:
    values = message.index.get(b"content-length", [])
    if len(values) > 1 or any(not re.fullmatch(rb"\d{1,9}", value) for value in values):
        raise RefusedError(400, "Bad Content-Length")
    if values and int(values[0]) > len(message.body):
        raise RefusedError(400, "Content-Length Beyond The Message")
    if values:
        message.body = message.body[: int(values[0])]
    elif not datagram:
        raise RefusedError(400, "Content-Length Missing")
