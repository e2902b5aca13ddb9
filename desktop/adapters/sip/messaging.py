"""Text messages (SIP MESSAGE) on the SIP thread: plain text out and in, bounded and free of what is no text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pjsua2 as pj

from desktop.adapters.sip.mapping import cause_of, remote_of
from desktop.adapters.sip.running import CommandError

LONGEST_OUT = 1000
"""Bytes: with its headers a message must fit into one datagram."""
LONGEST_IN = 2000
"""Characters that are told of a message that came; the rest is cut off."""
PLAIN = "text/plain"
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)

Post = Callable[[dict[str, object]], None]


class TextMessages:
    """`post` hands facts out: `message`, and `error` where one that was sent is not taken."""

    def __init__(self, post: Post) -> None:
        self._post = post

    def send(self, account: Any, arguments: tuple[str, ...]) -> None:
        """To the URI of the first argument. Raises CommandError, pj.Error."""
        if len(arguments) != 2 or not arguments[1].strip():
            raise CommandError("message needs an address and a text")
        uri, text = arguments
        if len(text.encode("utf-8", "replace")) > LONGEST_OUT:
            raise CommandError(f"a message has at most {LONGEST_OUT} bytes")
        config = pj.BuddyConfig()
        config.uri, config.subscribe = uri, False
        buddy = pj.Buddy()
        buddy.create(account, config)
        param = pj.SendInstantMessageParam()
        param.contentType, param.content = PLAIN, text.encode("utf-8", "replace").decode()
        buddy.sendInstantMessage(param)

    def came(self, sender: str, kind: str, body: str) -> None:
        """Somebody sent us a message; what is no plain text is let go."""
        if kind.partition(";")[0].strip().lower() != PLAIN:
            return
        remote, _name = remote_of(sender)
        self._post({"event": "message", "from": remote, "text": readable(body)})

    def answered(self, code: int) -> None:
        """What became of a message that was sent."""
        if code >= 300:
            self._post({"event": "error", "command": "message", "reason": cause_of(code, False)})


def readable(body: str) -> str:
    """Text that can be shown anywhere: whole characters, no control or direction marks but tab and line end."""
    whole = body.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return _NO_TEXT.sub(" ", whole.replace("\r\n", "\n"))[:LONGEST_IN]
