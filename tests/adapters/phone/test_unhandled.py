"""What the library has no use for within a call is answered at the door all the same."""

from __future__ import annotations

import pytest

from desktop.adapters.phone.sip_message import SipMessage
from tests.adapters.phone.messages import message
from tests.adapters.phone.test_doorman import answer, door

UNHANDLED = b"SIP/2.0 500 Unhandled by dialog usages"


@pytest.mark.parametrize(
    ("method", "said", "code"),
    [
        (b"OPTIONS", UNHANDLED, 200),
        (b"INFO", UNHANDLED, 200),
        (b"SUBSCRIBE", UNHANDLED, 489),
        (b"NOTIFY", UNHANDLED, 481),
        (b"UPDATE", UNHANDLED, 500),
        (b"OPTIONS", b"SIP/2.0 500 Invalid CSeq", 500),
        (b"OPTIONS", b"SIP/2.0 481 Call/Transaction Does Not Exist", 481),
    ],
)
async def test_what_is_not_wrong_gets_the_answer_that_is_due(method: bytes, said: bytes, code: int) -> None:
    async with door() as (doorman, engine, caller):

        async def asked(
            method: bytes, said: bytes, cseq: int, to: bytes = b"<sip:agent@a>;tag=t"
        ) -> SipMessage:
            start = method + b" sip:agent@127.0.0.1 SIP/2.0"
            via = b"SIP/2.0/UDP 127.0.0.1:%d;rport;branch=z9hG4bK-%d" % (caller.port, cseq)
            heads = {"via": via, "to": to, "cseq": b"%d %s" % (cseq, method), "event": b"message-summary"}
            caller.send(message(start, b"", method, 1, caller.port, **heads), doorman.address[1])
            engine.send(answer(await engine.get(), said), doorman.engine_port)
            return await caller.get()

        for stands, (number, reply) in enumerate([(1, b"SIP/2.0 180 Ringing"), (1, b"SIP/2.0 200 OK")]):
            await asked(b"INVITE", reply, number, b"<sip:agent@a>")
            back = await asked(method, said, 2 + stands)
            assert back.code == code
            able = method == b"OPTIONS" and code == 200
            assert [bool(back.all(name)) for name in (b"allow", b"accept", b"supported")] == [able] * 3
        await asked(b"BYE", b"SIP/2.0 200 OK", 4)
        assert (await asked(method, said, 5)).code == (481 if code in (200, 489) else code)
