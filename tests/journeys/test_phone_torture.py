"""The torture messages of RFC 4475 and RFC 5118 over UDP to the real phone with its real engine."""

from __future__ import annotations

from pathlib import Path

import psutil

from tests.adapters.phone.messages import message
from tests.adapters.phone.torture import MENDED, RFC4475, RFC5118, Expected, mended, messages
from tests.journeys.test_phone_hostile import patient
from tests.peers.headless import HeadlessPhone
from tests.peers.raw_sip import RawCaller

NAMED_IN_VIA = (5060, 5050, 5070, 6050, 19823)
"""Where the messages' Via headers want their answers; the first one sends."""


def another(data: bytes) -> bytes:
    """The same as a message of its own, not a repetition."""
    return data.replace(b"Call-ID: ", b"Call-ID: again").replace(b"z9hG4bK", b"z9hG4bKagain")


def asked(caller: RawCaller, table: dict[str, Expected], sent: dict[str, bytes]) -> dict[str, int]:
    """The answers that the RFCs do not allow."""
    codes = {name: patient(caller, sent[name]) for name in table}
    return {name: code for name, code in codes.items() if code not in table[name].codes}


def test_every_torture_message_gets_an_answer_that_the_rfcs_allow(tmp_path: Path) -> None:
    old, new = messages("rfc4475"), messages("rfc5118")
    with HeadlessPhone(tmp_path / "data", "--audio", "null") as phone:
        port = phone.ready()["port"]
        before = [child.pid for child in psutil.Process(phone.process.pid).children()]
        with RawCaller(port, NAMED_IN_VIA) as caller:
            assert asked(caller, RFC4475, old) == {}
            assert asked(caller, RFC5118, new) == {}
            assert asked(caller, MENDED, {name: another(mended(new[name])) for name in MENDED}) == {}
            for name in old.keys() - RFC4475.keys():
                caller.send(old[name])
            assert (
                caller.ask(message(b"OPTIONS sip:a@127.0.0.1 SIP/2.0", method=b"OPTIONS", port=5060)) == 200
            )
            unasked = [one.start for one in caller.answers if not one.is_response]
        after = [child.pid for child in psutil.Process(phone.process.pid).children()]
    assert (after, unasked) == (before, [])
