"""SIP messages as the doorman sees them: a start line, header lines kept byte for byte, and an index of their values.

Patterns are linear in the length of what they read: values come from strangers.
"""

from __future__ import annotations

import re
from collections import defaultdict

MAX_LINES = 160
"""Header lines that are read; a message with more of them is broken."""
TOKEN = rb"[A-Za-z0-9\-.!%*_+`'~]+"
COMPACT = {
    b"v": b"via", b"f": b"from", b"t": b"to", b"i": b"call-id", b"m": b"contact", b"l": b"content-length",
    b"c": b"content-type", b"k": b"supported", b"e": b"content-encoding", b"r": b"refer-to", b"b": b"referred-by",
    b"o": b"event", b"u": b"allow-events", b"x": b"session-expires", b"s": b"subject",
}  # fmt: skip
BODY_LINES = (b"content-type", b"content-length")
MAGIC = b"z9hG4bK"
"""How a branch begins that is a name (RFC 3261 8.1.1.7); any other Via is of RFC 2543, and so may be its sender."""
LINE_END = re.compile(rb"\r\n(?![ \t])")
FOLD = re.compile(rb"\r\n[ \t]+")
HEADER = re.compile(rb"(" + TOKEN + rb")[ \t]*:[ \t]*(.*)\Z", re.S)
TO_TAG = re.compile(rb";\s*tag\s*=\s*([^\s;>]*)", re.I)
ITEM = re.compile(rb'(?:[^,"<]|"(?:[^"\\]|\\.)*+\\?(?:"|\Z)|<[^<>]*+>)++', re.S)
VIA = re.compile(
    rb"SIP\s*/\s*2\.0\s*/\s*([A-Za-z0-9\-]+)\s+(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.\-]+)(?:\s*:\s*(\d{1,5}))?(.*)\Z",
    re.I | re.S,
)
PARAM = re.compile(rb";\s*([A-Za-z0-9\-]+)\s*(?:=\s*([^\s;]*))?")
BRACKETED = re.compile(rb"<[^<>\s]+>")
URI_HOST = re.compile(rb"(?i)sips?:(?:[^@>\s]*@)?(\[[^\]\s]*\]|[A-Za-z0-9_.\-]*)(?::(\d{1,5}))?([^>\s]*)")


def full_name(name: bytes) -> bytes:
    """A header name in lower case, compact forms spelled out."""
    lower = name.lower()
    return COMPACT.get(lower, lower)


def line_name(line: bytes) -> bytes:
    """The full name of a header line."""
    return full_name(line.split(b":", 1)[0].strip())


def items(value: bytes) -> list[bytes]:
    """The comma-separated items of a value; commas within quotes or angle brackets do not separate."""
    return [item.strip() for item in ITEM.findall(value) if item.strip()]


class SipMessage:
    """One message; `bytes()` writes what there is. Never raises, whatever `data` is."""

    def __init__(self, data: bytes) -> None:
        head, gap, self.body = data.partition(b"\r\n\r\n")
        if not gap and head.endswith(b"\r\n"):
            head, gap = head[:-2], b"\r\n"  # a datagram without the empty line: its end is the header's end
        self.complete = bool(gap)
        self.head_size = len(head)
        self.start, *lines = LINE_END.split(head, MAX_LINES + 1)
        self.lines = lines[:MAX_LINES]
        self.crowded = len(lines) > MAX_LINES
        self._broken = False
        self._index: dict[bytes, list[bytes]] | None = (
            None  # read when asked for: on its way a message changes often
        )

    def _read_lines(self) -> dict[bytes, list[bytes]]:
        self._broken = False
        self._index = index = defaultdict[bytes, list[bytes]](list)
        for line in self.lines:
            match = HEADER.match(line)
            if match is None:
                self._broken = True
            else:
                value = match[2].strip()
                index[full_name(match[1])].append(FOLD.sub(b" ", value) if b"\n" in value else value)
        return index

    @property
    def index(self) -> dict[bytes, list[bytes]]:
        """The values of each header, by its full name."""
        return self._read_lines() if self._index is None else self._index

    @property
    def broken(self) -> bool:
        """Whether a header line cannot be read."""
        if self._index is None:
            self._read_lines()
        return self._broken

    @property
    def is_response(self) -> bool:
        """Whether this is an answer."""
        return self.start[:8].upper() == b"SIP/2.0 "

    @property
    def code(self) -> int:
        """Status code of an answer, 0 of anything else."""
        word = self.start[8:11]
        return int(word) if self.is_response and word.isdigit() else 0

    @property
    def method(self) -> bytes:
        """The method, of an answer the one it answers."""
        words = self.first(b"cseq").split()[-1:] if self.is_response else self.start.split(b" ", 1)[:1]
        return words[0] if words else b""

    def first(self, name: bytes) -> bytes:
        """The first value of a header, b"" where there is none."""
        values = self.index.get(name)
        return values[0] if values else b""

    def all(self, name: bytes) -> list[bytes]:
        """Every item of a header that is a list."""
        return [item for value in self.index.get(name, ()) for item in items(value)]

    def to_tag(self) -> bytes | None:
        """The tag in To, None outside a dialog."""
        to = self.first(b"to")
        match = TO_TAG.search(to.rpartition(b">")[2] if b">" in to else to)
        return match[1] if match else None

    def top_via(self) -> bytes:
        """The topmost Via item as received."""
        vias = self.all(b"via")
        return vias[0] if vias else b""

    def replace_top_via(self, value: bytes) -> None:
        """Put `value` in the place of the topmost Via item."""
        for number, line in enumerate(self.lines):
            if line_name(line) == b"via":
                name, _, values = line.partition(b":")
                rest = items(FOLD.sub(b" ", values))[1:]
                self.lines[number] = name + b": " + b", ".join([value, *rest])
                self._index = None
                return

    def drop(self, names: tuple[bytes, ...], holding: bytes) -> None:
        """Remove the items of these list headers that contain `holding`."""
        kept = []
        for line in self.lines:
            if holding in line and line_name(line) in names:
                name, _, values = line.partition(b":")
                rest = [item for item in items(FOLD.sub(b" ", values)) if holding not in item]
                if rest:
                    kept.append(name + b": " + b", ".join(rest))
            else:
                kept.append(line)
        self.lines, self._index = kept, None

    def replace_in(self, name: bytes, old: bytes, new: bytes) -> None:
        """Replace text within a header's lines."""
        self.lines = [
            line.replace(old, new) if old in line and line_name(line) == name else line for line in self.lines
        ]
        self._index = None

    def insert(self, at: int, *lines: bytes) -> None:
        """Put header lines before line number `at`."""
        self.lines[at:at] = lines
        self._index = None

    def drop_body(self) -> None:
        """Leave the body out."""
        self._put_body([], b"")

    def replace_body(self, kind: bytes, body: bytes) -> None:
        """Put a body of this Content-Type in the place of the one there is."""
        self._put_body([b"Content-Type: " + kind], body)

    def _put_body(self, described: list[bytes], body: bytes) -> None:
        kept = [line for line in self.lines if line_name(line) not in BODY_LINES]
        self.lines = [*kept, *described, b"Content-Length: %d" % len(body)]
        self.body, self._index = body, None

    def bytes(self) -> bytes:
        """The message for the wire."""
        return b"\r\n".join([self.start, *self.lines]) + b"\r\n\r\n" + self.body


class Via:
    """One Via item in parts. Raises ValueError where it cannot be read."""

    def __init__(self, item: bytes) -> None:
        match = VIA.match(item.strip())
        if match is None:
            raise ValueError("unreadable Via")
        self.transport, self.host = match[1].upper(), match[2]
        self.port = int(match[3]) if match[3] else 0
        self.params: dict[bytes, bytes | None] = {
            name.lower(): value if value is not None and value != b"" else None
            for name, value in PARAM.findall(match[4])
        }

    def text(self) -> bytes:
        """The item for the wire."""
        port = b":%d" % self.port if self.port else b""
        params = b"".join(
            b";" + name + (b"=" + value if value is not None else b"") for name, value in self.params.items()
        )
        return b"SIP/2.0/" + self.transport + b" " + self.host + port + params


def is_modern(branch: bytes) -> bool:
    """Whether a branch names one request alone."""
    return branch.startswith(MAGIC) and branch != MAGIC


def transaction_of(message: SipMessage) -> bytes:
    """The same for every repetition of a request and for the CANCEL and the ACK of an INVITE (RFC 3261 17.2.3)."""
    via = Via(message.top_via())
    branch = via.params.get(b"branch") or b""
    name = branch if is_modern(branch) else message.first(b"call-id") + message.first(b"cseq").split()[0]
    return via.host + b"%d" % via.port + name


def stamp_source(message: SipMessage, source: tuple[str, int]) -> None:
    """Note in the topmost Via where a request really came from (RFC 3261 18.2.1, RFC 3581)."""
    via = Via(message.top_via())
    host = source[0].encode()
    if b"rport" in via.params:
        via.params[b"rport"] = b"%d" % source[1]
        via.params[b"received"] = host
    elif via.host != host:
        via.params[b"received"] = host
    message.replace_top_via(via.text())


def answer_target(via: Via) -> tuple[str, int] | None:
    """Where an answer with this topmost Via goes; None where that is a name."""
    host = via.params.get(b"received") or via.host
    port = via.params.get(b"rport")
    number = int(port) if port is not None and port.isdigit() else via.port or 5060
    text = host.decode("ascii", "replace")
    return (text, number) if is_ipv4(text) else None


def is_ipv4(text: str) -> bool:
    """Whether `text` is an IPv4 address in digits."""
    parts = text.split(".")
    return len(parts) == 4 and all(part.isdigit() and len(part) <= 3 and int(part) < 256 for part in parts)


def request_target(message: SipMessage) -> tuple[str, int] | None:
    """Next hop of a request: its topmost Route, else its URI. Only addresses: names are never resolved here."""
    routes = message.all(b"route")
    match = URI_HOST.search(routes[0] if routes else message.start)
    if match is None:
        return None
    host = match[1].decode("ascii", "replace")
    return (host, int(match[2] or 5060)) if is_ipv4(host) else None


def uri_of(address: bytes) -> bytes:
    """The URI of a name-addr or addr-spec in angle brackets; parameters of the header stay out."""
    match = BRACKETED.search(address)
    return match[0] if match else b"<" + address.partition(b";")[0].strip() + b">"


def answer_to(message: SipMessage, code: int, reason: str, tag: str, extra: bytes = b"") -> bytes:
    """A stateless answer to a request; what the other side wrote is echoed, never interpreted."""
    lines: list[bytes] = []
    for name in (b"via", b"from", b"to", b"call-id", b"cseq"):
        lines += [line for line in message.lines if HEADER.match(line) and line_name(line) == name]
    if message.to_tag() is None:
        lines = [line + b";tag=" + tag.encode() if line_name(line) == b"to" else line for line in lines]
    head = b"SIP/2.0 %d %s" % (code, reason.encode())
    return b"\r\n".join([head, *lines]) + b"\r\n" + extra + b"Content-Length: 0\r\n\r\n"
