"""Holds events back while something is done that is more urgent than to tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol


class Teller(Protocol):
    """Whoever tells by `post`."""

    post: Callable[[dict[str, object]], None]


@contextmanager
def told_after(teller: Teller) -> Iterator[None]:
    """What `teller` posts within is posted at the end, in order. Of one thread."""
    events = list[dict[str, object]]()
    post, teller.post = teller.post, events.append
    try:
        yield
    finally:
        teller.post = post
        for event in events:
            post(event)
