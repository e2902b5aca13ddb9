"""RFC 4475 and RFC 5118 at the door: the files are what the RFCs say, and nothing valid is refused."""

from __future__ import annotations

import pytest

from desktop.adapters.phone.checks import RefusedError, check
from desktop.adapters.phone.sip_message import SipMessage
from tests.adapters.phone.torture import MENDED, RFC4475, RFC5118, Expected, mended, messages

ANSWERS = {"unreason", "noreason", "scalarlg", "bigcode", "bcast"}
OTHER_LENGTH = {"clerr", "ncl", "mcl01", "dblreq", "ipv6-in-sdp", "mult-ip-in-sdp", "ipv4-mapped-ipv6"}
BROKEN_ANSWERS = {"scalarlg", "bigcode"}


def verdict(data: bytes) -> int:
    """The code that the door refuses a datagram with, 0 where the engine sees it."""
    try:
        check(SipMessage(data), datagram=True)
    except RefusedError as refused:
        return refused.code
    return 0


def test_the_files_are_the_messages_of_the_rfcs() -> None:
    old, new = messages("rfc4475"), messages("rfc5118")
    assert set(old) == set(RFC4475) | ANSWERS
    assert (len(RFC4475), set(new)) == (44, set(RFC5118))
    for name, data in {**old, **new}.items():
        head, _, body = data.partition(b"\r\n\r\n")
        assert (name in ANSWERS) == head.startswith(b"SIP/2.0 ")
        stated = SipMessage(data).index.get(b"content-length", [])
        if name not in OTHER_LENGTH:
            assert [int(value) for value in stated] in ([len(body)], [len(body) - 2], []), name
    assert b'"BEL:\\\x07 NUL:\\\x00 DEL:\\\x7f"' in old["intmeth"]
    assert old["mpart01"].count(b"\0") == 2
    assert old["dblreq"].count(b" SIP/2.0\r\n") == 2
    assert old["trws"].startswith(b"OPTIONS sip:remote-target@example.com SIP/2.0  \r\n")


@pytest.mark.parametrize(("name", "expected"), [*RFC4475.items(), *RFC5118.items()])
def test_the_door_refuses_with_an_answer_that_the_rfc_allows(name: str, expected: Expected) -> None:
    data = {**messages("rfc4475"), **messages("rfc5118")}[name]
    assert verdict(data) in {0} | expected.codes, expected.section


@pytest.mark.parametrize("name", MENDED)
def test_a_wrong_length_is_all_that_is_wrong_with_three(name: str) -> None:
    assert verdict(mended(messages("rfc5118")[name])) == 0


def test_answers_pass_but_those_to_be_dropped() -> None:
    assert {name for name in ANSWERS if verdict(messages("rfc4475")[name])} == BROKEN_ANSWERS
