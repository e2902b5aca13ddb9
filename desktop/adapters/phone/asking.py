"""One question by datagram, and the answer to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from desktop.adapters.phone.outside import Address, Datagrams

_T = TypeVar("_T")


async def ask(
    server: Address, question: bytes, read: Callable[[bytes], _T | None], patience_s: float, tries: int = 1
) -> _T | None:
    """What `read` makes of the first answer that it takes (not None); None where none comes.

    The question is said `tries` times, `patience_s` apart; what others than `server` send is not read.
    """
    loop = asyncio.get_running_loop()
    heard: asyncio.Future[_T] = loop.create_future()

    def take(data: bytes, source: Address) -> None:
        answer = read(data) if source == server and not heard.done() else None
        if answer is not None:
            heard.set_result(answer)

    try:
        transport, _ = await loop.create_datagram_endpoint(lambda: Datagrams(take), remote_addr=server)
    except OSError:
        return None
    try:
        for _ in range(tries):
            transport.sendto(question)
            await asyncio.wait([heard], timeout=patience_s)
            if heard.done():
                return heard.result()
        return None
    finally:
        transport.close()
