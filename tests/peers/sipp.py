"""sipp as the other party, by scenarios built here from small pieces."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.peers.ports import free_port

SDP = """v=0
o=sipp 1 {version} IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 0 101
a=rtpmap:8 PCMA/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a={direction}"""


def sdp(version: int = 1, direction: str = "sendrecv") -> str:
    """A session description."""
    return SDP.format(version=version, direction=direction)


def sdp_answer(version: int = 1, direction: str = "sendrecv") -> str:
    """One with a single codec: pjsip answers several by a re-INVITE that asks for one."""
    return (
        sdp(version, direction)
        .replace("RTP/AVP 8 0 101", "RTP/AVP 8 101")
        .replace("a=rtpmap:0 PCMU/8000\n", "")
    )


def request(
    method: str,
    cseq: int,
    body: str = "",
    kind: str = "application/sdp",
    branch: str = "[branch]",
    inside: bool = False,
) -> str:
    """A request of the caller; `inside` a dialog with the other side's tag and target."""
    uri = "[next_url]" if inside else "sip:[service]@[remote_ip]:[remote_port]"
    tag = "[peer_tag_param]" if inside else ""
    lines = [
        f"{method} {uri} SIP/2.0",
        f"Via: SIP/2.0/[transport] [local_ip]:[local_port];branch={branch}",
        "From: sipp <sip:sipp@[local_ip]:[local_port]>;tag=[call_number]",
        f"To: <sip:[service]@[remote_ip]:[remote_port]>{tag}",
        "Call-ID: [call_id]",
        f"CSeq: {cseq} {method}",
        "Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>",
        "Max-Forwards: 70",
        *(["[routes]"] if inside else []),
    ]
    lines += (
        [f"Content-Type: {kind}", "Content-Length: [len]", "", body] if body else ["Content-Length: 0", ""]
    )
    return "<send><![CDATA[\n" + "\n".join(lines) + "\n]]></send>\n"


def expect(code: int, optional: bool = False) -> str:
    """An answer."""
    may_miss = ' optional="true"' if optional else ""
    return f'<recv response="{code}" rrs="true"{may_miss}></recv>\n'


def expect_request(method: str) -> str:
    """A request of the other side, answered with 200."""
    lines = [
        "SIP/2.0 200 OK", "[last_Via:]", "[last_From:]", "[last_To:]", "[last_Call-ID:]", "[last_CSeq:]",
        "Content-Length: 0", "",
    ]  # fmt: skip
    return f'<recv request="{method}"></recv>\n<send><![CDATA[\n' + "\n".join(lines) + "\n]]></send>\n"


def pause(milliseconds: int) -> str:
    """Wait."""
    return f'<pause milliseconds="{milliseconds}"/>\n'


INVITE = request("INVITE", 1, sdp())
TRYING = expect(100, optional=True)
RINGING = expect(180)
ANSWERED = INVITE + TRYING + expect(180, optional=True) + expect(200) + request("ACK", 1, inside=True)
BYE = request("BYE", 9, inside=True) + expect(200)


def put_on_hold() -> str:
    """The other side puts the call on hold by a re-INVITE."""
    lines = [
        "SIP/2.0 200 OK", "[last_Via:]", "[last_From:]", "[last_To:]", "[last_Call-ID:]", "[last_CSeq:]",
        "Contact: <sip:sipp@[local_ip]:[local_port]>", "Content-Type: application/sdp", "Content-Length: [len]", "",
        sdp_answer(2, "recvonly"),
    ]  # fmt: skip
    accepted = "<send><![CDATA[\n" + "\n".join(lines) + "\n]]></send>\n"
    return '<recv request="INVITE"></recv>\n' + accepted + '<recv request="ACK"></recv>\n'


def hold_refused(code: int, reason: str) -> str:
    """The other side's wish to put us on hold is refused; code 0: nothing is said to it."""
    lines = [
        f"SIP/2.0 {code} {reason}", "[last_Via:]", "[last_From:]", "[last_To:]", "[last_Call-ID:]", "[last_CSeq:]",
        "Content-Length: 0", "",
    ]  # fmt: skip
    got = '<recv request="INVITE"></recv>\n'
    if not code:
        return got
    return got + "<send><![CDATA[\n" + "\n".join(lines) + "\n]]></send>\n" + '<recv request="ACK"></recv>\n'


def refused(code: int, rings: bool = False) -> str:
    """The caller is refused with `code`, at once or after it rang."""
    target = "[service]@[remote_ip]:[remote_port]>"
    ack = request("ACK", 1, branch=f"[branch-{3 + rings}]").replace(target, target + "[peer_tag_param]")
    return INVITE + TRYING + (RINGING if rings else "") + expect(code) + ack


def answer_of(code: int, reason: str, body: str = "") -> str:
    """An answer of the called side."""
    lines = [f"SIP/2.0 {code} {reason}", "[last_Via:]", "[last_From:]", "[last_To:];tag=[call_number]"]
    lines += ["[last_Call-ID:]", "[last_CSeq:]", "Contact: <sip:sipp@[local_ip]:[local_port]>"]
    lines += (
        ["Content-Type: application/sdp", "Content-Length: [len]", "", body]
        if body
        else ["Content-Length: 0", ""]
    )
    return "<send><![CDATA[\n" + "\n".join(lines) + "\n]]></send>\n"


def keep(header: str, variable: int, pattern: str = ".*") -> str:
    """For the action of a `recv`: keep what `pattern` finds in a header; the scenario fails where it finds nothing."""
    return f'<ereg regexp="{pattern}" search_in="hdr" header="{header}:" check_it="true" assign_to="{variable}"/>'


CALLED = (
    f'<recv request="INVITE" rrs="true"><action>{keep("From", 2)}{keep("To", 3)}</action></recv>\n'
    + answer_of(200, "OK", sdp_answer())
    + '<recv request="ACK"></recv>\n'
)
"""The called side answers and keeps both parties' names in the variables 2 and 3."""


def referred(code: int, reason: str, pattern: str) -> str:
    """The called side takes a REFER whose Refer-To has `pattern` in it, and reports this end of it."""
    lines = [
        "NOTIFY [next_url] SIP/2.0",
        "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]",
        "From:[$3];tag=[call_number]",
        "To:[$2]",
        "Call-ID: [call_id]",
        "CSeq: 5 NOTIFY",
        "Contact: <sip:sipp@[local_ip]:[local_port]>",
        "Max-Forwards: 70",
        "[routes]",
        "Event: refer",
        "Subscription-State: terminated;reason=noresource",
        "Content-Type: message/sipfrag;version=2.0",
        "Content-Length: [len]",
        "",
        f"SIP/2.0 {code} {reason}",
    ]
    accepted = answer_of(202, "Accepted").replace(";tag=[call_number]", "")
    return (
        f'<recv request="REFER"><action>{keep("Refer-To", 4, pattern)}</action></recv>\n'
        + accepted
        + "<send><![CDATA[\n"
        + "\n".join(lines)
        + "\n]]></send>\n"
        + expect(200)
    )


USED = '<Reference variables="2,3,4"/>\n'
"""sipp refuses variables that are kept and never named again."""


class SippProcess:
    """One sipp process with one scenario on its own port of 127.0.0.1."""

    def __init__(self, home: Path, scenario: str, *options: str) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._home, self.port = home, free_port()
        file = home / "scenario.xml"
        file.write_text(f'<?xml version="1.0"?>\n<scenario name="test">\n{scenario}</scenario>\n')
        argv = ["sipp", "-sf", str(file), "-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", str(self.port)]
        argv += ["-m", "1", "-nostdin", "-timeout", "30", "-timeout_error", *options]
        argv += ["-trace_err", "-error_file", str(home / "errors.log")]
        self.process = subprocess.Popen(
            argv, cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def finish(self, timeout: float = 30.0) -> None:
        """Wait for the end of the scenario; it must have gone as written."""
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"sipp did not end: {self.errors()}") from None
        assert code == 0, f"sipp ended with {code}: {self.errors()}"

    def errors(self) -> str:
        """What sipp complains about."""
        file = self._home / "errors.log"
        return file.read_text()[-1500:] if file.exists() else ""


class Sipp(SippProcess):
    """Calls `target`, a port on 127.0.0.1."""

    def __init__(self, home: Path, scenario: str, target: int, service: str = "agent") -> None:
        super().__init__(home, scenario, "-s", service, f"127.0.0.1:{target}")


class SippServer(SippProcess):
    """Waits for one call on `port`."""
