"""The operating system's keyring, in this process or in a child: its libraries bring 15 MB that a desk would keep."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Protocol

from desktop.adapters.system.one_answer import NoAnswerError, answer_of

SERVICE = "dasan-desk"
LONGEST_S = 120.0
"""The keyring may be asking its user for its own key."""


class RefusedError(Exception):
    """The keyring did not do it; the text is the name of its own error."""


class SystemKeyring(Protocol):
    """Keeps passwords by account name. Both may block while somebody is asked for a key; they raise RefusedError."""

    def keep(self, account: str, password: str) -> None:
        """Remember a password."""

    def find(self, account: str) -> str | None:
        """The password of an account, None where none is kept."""


class KeyringHere:
    """For programs that end soon."""

    def keep(self, account: str, password: str) -> None:
        """See `SystemKeyring`."""
        import keyring  # it looks for what this computer has: 0.1 s that no start needs
        from keyring.errors import KeyringError

        try:
            keyring.set_password(SERVICE, account, password)
        except KeyringError as error:
            raise RefusedError(type(error).__name__) from error

    def find(self, account: str) -> str | None:
        """See `SystemKeyring`."""
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(SERVICE, account)
        except KeyringError as error:
            raise RefusedError(type(error).__name__) from error


class KeyringApart:
    """A child does it; what is secret travels by its standard input and output, never by its arguments."""

    def __init__(self, child: Sequence[str]) -> None:
        """`child`: the command of the keyring process."""
        self._child = child

    def keep(self, account: str, password: str) -> None:
        """See `SystemKeyring`."""
        self._ask({"account": account, "password": password})

    def find(self, account: str) -> str | None:
        """See `SystemKeyring`."""
        found = self._ask({"account": account}).get("password")
        return None if found is None else str(found)

    def _ask(self, question: dict[str, str]) -> dict[str, str | None]:
        try:
            answer = json.loads(answer_of(self._child, LONGEST_S, json.dumps(question).encode()))
        except NoAnswerError as error:
            raise RefusedError(str(error)) from None
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise RefusedError("no answer")
        if "refused" in answer:
            raise RefusedError(str(answer["refused"]))
        return answer


def answer_to(question: bytes, ring: SystemKeyring) -> bytes:
    """What the child says to a question."""
    asked = json.loads(question)
    try:
        if "password" in asked:
            ring.keep(asked["account"], asked["password"])
            return b"{}"
        return json.dumps({"password": ring.find(asked["account"])}).encode()
    except RefusedError as error:
        return json.dumps({"refused": str(error)}).encode()
