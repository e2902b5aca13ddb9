"""The messages of RFC 4475 and RFC 5118 and the answers that the RFCs allow an endpoint that is no registrar.

A file of `tests/data/rfc*/` is a message: a line is a line with CRLF behind it, `\\xNN` is a byte, and a line that ends
in a backslash goes on in the next one. `tests/data/rfc4475/README.md` says where the bytes are from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"
ESCAPE = re.compile(rb"\\x([0-9a-f]{2})")

CALL = frozenset({180, 183, 200, 404, 480, 486, 600, 603})
"""An INVITE that is well formed: RFC 3261 13.3.1, and 8.2.2.1 for somebody else's address."""
CAPABLE = frozenset({200, 404, 480, 486, 600, 603})
"""OPTIONS: what an INVITE would get (RFC 3261 11.2)."""
BAD = frozenset({400})
NO_REGISTRAR = frozenset({405})
GONE = frozenset({481})
NO_MEDIA = frozenset({488})
"""Media that the endpoint has not: RFC 3261 13.3.1.3."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The answers allowed (the first one but 100; none to an answer), and who says so."""

    codes: frozenset[int]
    section: str


def codes(*numbers: int) -> frozenset[int]:
    """A set of codes."""
    return frozenset(numbers)


RFC4475 = {
    "wsinv": Expected(CALL | GONE, "4475 3.1.1.1; To has a tag of no dialog: 3261 12.2.2"),
    "intmeth": Expected(codes(501), "4475 3.1.1.2"),
    "esc01": Expected(CALL, "4475 3.1.1.3"),
    "escnull": Expected(NO_REGISTRAR, "4475 3.1.1.4 and 3.3.7; 3261 8.2.1"),
    "esc02": Expected(codes(501), "4475 3.1.1.5"),
    "lwsdisp": Expected(CAPABLE, "4475 3.1.1.6"),
    "longreq": Expected(CALL, "4475 3.1.1.7"),
    "dblreq": Expected(NO_REGISTRAR, "4475 3.1.1.8 and 3.3.7; 3261 8.2.1"),
    "semiuri": Expected(CAPABLE, "4475 3.1.1.9"),
    "transports": Expected(CAPABLE, "4475 3.1.1.10"),
    "mpart01": Expected(codes(200, 202, 404, 405, 415), "4475 3.1.1.11; 3428 7; 3261 8.2.3"),
    "badinv01": Expected(BAD, "4475 3.1.2.1"),
    "clerr": Expected(BAD, "4475 3.1.2.2; 3261 18.3"),
    "ncl": Expected(BAD, "4475 3.1.2.3"),
    "scalar02": Expected(BAD, "4475 3.1.2.4"),
    "quotbal": Expected(BAD | CALL, "4475 3.1.2.6"),
    "ltgtruri": Expected(BAD | CALL, "4475 3.1.2.7"),
    "lwsruri": Expected(BAD | CALL | GONE, "4475 3.1.2.8"),
    "lwsstart": Expected(BAD | CALL, "4475 3.1.2.9"),
    "trws": Expected(BAD | CAPABLE, "4475 3.1.2.10"),
    "escruri": Expected(BAD | CALL, "4475 3.1.2.11"),
    "baddate": Expected(BAD | CALL, "4475 3.1.2.12"),
    "regbadct": Expected(BAD | NO_REGISTRAR, "4475 3.1.2.13; 3261 8.2.1"),
    "badaspec": Expected(BAD | CAPABLE, "4475 3.1.2.14"),
    "baddn": Expected(BAD | CAPABLE, "4475 3.1.2.15"),
    "badvers": Expected(codes(505), "4475 3.1.2.16"),
    "mismatch01": Expected(BAD, "4475 3.1.2.17"),
    "mismatch02": Expected(codes(501, 400), "4475 3.1.2.18"),
    "badbranch": Expected(BAD | CAPABLE, "4475 3.2.1"),
    "insuf": Expected(BAD, "4475 3.3.1"),
    "unkscm": Expected(codes(416), "4475 3.3.2"),
    "novelsc": Expected(codes(416, 404), "4475 3.3.3"),
    "unksm2": Expected(BAD | NO_REGISTRAR, "4475 3.3.4; 3261 8.2.1"),
    "bext01": Expected(codes(420), "4475 3.3.5"),
    "invut": Expected(codes(415), "4475 3.3.6"),
    "regaut01": Expected(NO_REGISTRAR, "4475 3.3.7"),
    "multi01": Expected(BAD, "4475 3.3.8"),
    "mcl01": Expected(BAD, "4475 3.3.9"),
    "zeromf": Expected(CAPABLE, "4475 3.3.11: an endpoint goes on"),
    "cparam01": Expected(NO_REGISTRAR, "4475 3.3.12 and 3.3.7; 3261 8.2.1"),
    "cparam02": Expected(NO_REGISTRAR, "4475 3.3.13 and 3.3.7; 3261 8.2.1"),
    "regescrt": Expected(NO_REGISTRAR, "4475 3.3.14 and 3.3.7; 3261 8.2.1"),
    "sdp01": Expected(codes(406, 400), "4475 3.3.15"),
    "inv2543": Expected(CALL, "4475 3.4.1"),
}
"""The 44 requests; the five answers (unreason, noreason, scalarlg, bigcode, bcast) get none."""

RFC5118 = {
    "ipv6-good": Expected(NO_REGISTRAR, "5118 4.1; 3261 8.2.1"),
    "ipv6-bad": Expected(BAD, "5118 4.2"),
    "port-ambiguous": Expected(NO_REGISTRAR, "5118 4.3; 3261 8.2.1"),
    "port-unambiguous": Expected(NO_REGISTRAR, "5118 4.4; 3261 8.2.1"),
    "via-received-param-with-delim": Expected(GONE, "5118 4.5; a BYE of no dialog: 3261 15.1.2"),
    "via-received-param-no-delim": Expected(CAPABLE, "5118 4.5"),
    "ipv6-in-sdp": Expected(BAD, "its Content-Length is beyond its body: 3261 18.3"),
    "mult-ip-in-header": Expected(GONE, "5118 4.7; a BYE of no dialog: 3261 15.1.2"),
    "mult-ip-in-sdp": Expected(BAD, "its Content-Length cuts its last line, and s= is empty: 4566 5.3"),
    "ipv4-mapped-ipv6": Expected(CALL | NO_MEDIA, "5118 4.9"),
    "ipv6-bug-abnf-3-colons": Expected(BAD | CAPABLE, "5118 4.10"),
    "ipv6-correct-abnf-2-colons": Expected(CAPABLE, "5118 4.10"),
}
MENDED = {
    "ipv6-in-sdp": Expected(CALL | NO_MEDIA, "5118 4.6"),
    "mult-ip-in-sdp": Expected(CALL | NO_MEDIA, "5118 4.8"),
    "ipv4-mapped-ipv6": Expected(CALL | NO_MEDIA, "5118 4.9"),
}
"""The three whose Content-Length is wrong in the RFC, once it is right."""


def read(file: Path) -> bytes:
    """The message that a file is."""
    data = b""
    for line in file.read_text(encoding="ascii").splitlines():
        goes_on = line.endswith("\\")
        data += ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), line.removesuffix("\\").encode())
        data += b"" if goes_on else b"\r\n"
    return data


def messages(folder: str) -> dict[str, bytes]:
    """Every message of `rfc4475` or `rfc5118` by the RFC's name for it, in the order of its sections."""
    files = sorted((DATA / folder).glob("*.txt"))
    return {file.stem.partition("-")[2]: read(file) for file in files}


def mended(data: bytes) -> bytes:
    """The message with the length that its body has; an empty session name gets the dash of RFC 4566."""
    head, _, body = data.partition(b"\r\n\r\n")
    body = body.replace(b"\r\ns=\r\n", b"\r\ns=-\r\n")
    right = b"Content-Length: %d" % len(body)
    return re.sub(rb"(?im)^content-length: \d+", right, head) + b"\r\n\r\n" + body
