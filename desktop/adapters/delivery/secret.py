"""Tokens and passwords from the keyring, and certificates from files: what a sender needs before it may speak."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable

from desktop.domain.delivery import Trouble
from desktop.domain.delivery_targets import secret_name

FindSecret = Callable[[str], Awaitable[str]]
LONGEST_SECRET = 4096


class NotReadyError(Exception):
    """Something is missing here, before anything was sent."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble.value)
        self.trouble, self.detail = trouble, detail


async def secret_of(target: str, find: FindSecret) -> str:
    """The token or password of a target, "" where the keyring has none. Raises NotReadyError for one of odd signs."""
    secret = (await find(secret_name(target))).strip()
    if len(secret) > LONGEST_SECRET or not all(" " < sign <= "~" for sign in secret):
        raise NotReadyError(Trouble.TOKEN)
    return secret


async def tls_context(ca_file: str) -> ssl.SSLContext:
    """TLS 1.2 or later with the certificate and its name checked, by the system's authorities or by `ca_file` alone.

    Raises NotReadyError. Made anew for each try, so that a corrected file needs no restart.
    """
    try:
        context = await asyncio.to_thread(ssl.create_default_context, cafile=ca_file or None)
    except (OSError, ValueError) as error:
        raise NotReadyError(Trouble.CA_FILE, type(error).__name__) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
