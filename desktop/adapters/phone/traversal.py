"""How media finds its way through address translation: STUN, ICE and TURN, each an option of the account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.adapters.phone.account_values import AccountError, Values, flag, server, text

PORT = 3478
KEYS = frozenset({"stun", "ice", "turn", "turn_user", "turn_password", "turn_password_env"})


@dataclass(frozen=True, slots=True)
class Traversal:
    """Servers are "host:port", "" for none; signalling is never changed by them: the door learns its own address."""

    stun: str = ""
    ice: bool = False
    turn: str = ""
    turn_user: str = ""
    turn_password: str = field(default="", repr=False)


DIRECT = Traversal()


def traversal_of(values: Values, environment: Mapping[str, str]) -> Traversal:
    """The options in a table of keys. Raises AccountError."""
    wanted = Traversal(
        _place(values, "stun"),
        flag(values, "ice"),
        _place(values, "turn"),
        text(values, "turn_user"),
        _password(values, environment),
    )
    used = next((key for key in values if key in KEYS and values[key]), "")
    if used and not values.get("registrar"):
        raise AccountError(
            f'account: "{used}" needs a "registrar"; without one all calls are on this machine or its network.'
        )
    if wanted.turn and not wanted.ice:
        raise AccountError('account: "turn" needs "ice" = true, which chooses when to go by way of it.')
    if wanted.turn and not (wanted.turn_user and wanted.turn_password):
        raise AccountError('account: "turn" needs "turn_user" and "turn_password" (or "turn_password_env").')
    if wanted.ice and values.get("bind"):
        raise AccountError('account: "ice" offers every address of this machine; leave "bind" out.')
    return wanted


def _place(values: Values, key: str) -> str:
    written = text(values, key)
    if not written:
        return ""
    host, port = server(written, key)
    return f"{host}:{port or PORT}"


def _password(values: Values, environment: Mapping[str, str]) -> str:
    name = text(values, "turn_password_env")
    if name and name not in environment:
        raise AccountError(f'account: "turn_password_env" names {name}, which is not set in the environment.')
    return environment[name] if name else text(values, "turn_password")
