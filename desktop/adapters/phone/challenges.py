"""How a registrar wants the password proved: what the library doesn't know would look like a wrong password."""

from __future__ import annotations

import re

from desktop.adapters.phone.outside_tls import Trouble
from desktop.adapters.phone.sip_message import SipMessage

USUAL = "MD5"
NO_PASSWORD = Trouble(
    "no_password",
    "the registrar asks for a password and none is known; keep one with `dasan-desk account password FILE`.",
)
_ALGORITHM = re.compile(rb'(?i)[\s,]algorithm\s*=\s*"?([A-Za-z0-9-]{1,30})')


class Challenges:
    """The challenges to the REGISTERs of one try; `knows`: whether there is a password at all."""

    def __init__(self, knows: bool) -> None:
        self._knows = knows
        self._numbers: set[bytes] = set()
        self._algorithms: list[str] = []

    def heard(self, message: SipMessage) -> None:
        """An answer came."""
        if message.code not in (401, 407) or message.method != b"REGISTER":
            return
        self._numbers.add(message.first(b"cseq"))
        values = [*message.index.get(b"www-authenticate", ()), *message.index.get(b"proxy-authenticate", ())]
        found = [_ALGORITHM.search(value) for value in values]
        self._algorithms = [match[1].decode() if match else USUAL for match in found]

    def trouble(self) -> Trouble:
        """Why nothing was proved, where that is so: asked once, not for the usual, and nothing was said to it."""
        if self._numbers and not self._knows:
            return NO_PASSWORD
        if len(self._numbers) != 1 or USUAL in [each.upper() for each in self._algorithms]:
            return Trouble()
        names = ", ".join(self._algorithms) or "nothing"
        return Trouble(
            "no_digest",
            f"the registrar wants the password proved by {names} alone, which this telephone doesn't know; IT must "
            "let it take MD5 or SHA-256.",
        )
