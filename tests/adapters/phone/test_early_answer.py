"""Early session descriptions: the library is shown only those that it surely can use."""

from __future__ import annotations

import pytest

from desktop.adapters.phone.dialogs import Dialogs
from desktop.adapters.phone.early_answer import usable
from desktop.adapters.phone.sip_message import SipMessage
from tests.adapters.phone.messages import BODY, message

OFFER = BODY.replace(b"AVP 8", b"AVP 9 8 0 120")
GOOD = BODY + b"a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n"


@pytest.mark.parametrize(
    ("answer", "fits"),
    [
        (GOOD, True),
        (GOOD.replace(b"\r\n", b"\n"), True),
        (BODY.replace(b"4000", b"0"), False),
        (BODY.replace(b"4000", b"65536"), False),
        (BODY.replace(b"AVP 8", b"AVP 18"), False),
        (BODY + b"m=video 0 RTP/AVP 31\r\n", False),
        (BODY + b"a=rtpmap:8 x/1\r\n", False),
        (BODY.replace(b"v=0", b"v=x"), False),
        (BODY.replace(b"t=0 0", b"-1"), False),
        (b"hello", False),
    ],
)
def test_what_the_library_cannot_use_is_not_usable(answer: bytes, fits: bool) -> None:
    assert usable(OFFER, answer) is fits


def test_an_answer_is_trimmed_where_it_cannot_be_used_or_comes_after_a_cancel() -> None:
    dialogs, branch = Dialogs(), b"SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK1"
    dialogs.went(SipMessage(message(body=OFFER, via=branch)))

    def passed(start: bytes, body: bytes) -> bytes:
        answer = SipMessage(message(start, body, via=branch, content_type=b"application/sdp"))
        dialogs.trim(answer)
        assert answer.first(b"content-length") == b"%d" % len(answer.body)
        return answer.body

    refused = BODY.replace(b"4000", b"0")
    assert passed(b"SIP/2.0 183 x", GOOD) == GOOD
    assert passed(b"SIP/2.0 183 x", refused) == b""
    assert passed(b"SIP/2.0 200 OK", refused) == refused
    start = b"CANCEL sip:agent@127.0.0.1 SIP/2.0"
    dialogs.went(SipMessage(message(start, b"", b"CANCEL", via=branch)))
    assert passed(b"SIP/2.0 200 OK", GOOD) == b""
