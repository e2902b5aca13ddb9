"""Texts that only this desk can read: AES-256-GCM, bound to the name of what they belong to.

A sealed text is `DS1`, the key's id (4 bytes), a nonce (12 random bytes), then what AES-GCM gives. Associated data
are the first 7 bytes and the name, so that a text neither changes nor moves to another place unnoticed.
"""

from __future__ import annotations

import asyncio

from desktop.adapters.evidence.box import MORE_BYTES, BoxError, close_box, open_box
from desktop.adapters.evidence.keys import KeyRing, SealError

MAGIC = b"DS1"
HEAD_BYTES = 7


class KeyVault:
    """Implements `services.ports.Vault` with the keys of one data folder."""

    def __init__(self, keys: KeyRing) -> None:
        self.keys = keys

    async def seal(self, ref: str, text: str) -> bytes:
        """`text` so that only `unseal` with the same `ref` gives it back. Never fails for want of a keyring."""
        key = await self.keys.current()
        head = MAGIC + bytes.fromhex(key.id)
        # On a thread: the first box of a run loads what closes it.
        return head + await asyncio.to_thread(close_box, key.secret, text.encode(), head + ref.encode())

    async def unseal(self, ref: str, sealed: bytes) -> str:
        """The text. Raises SealError where it was changed, belongs elsewhere, or its key is missing."""
        head, body = sealed[:HEAD_BYTES], sealed[HEAD_BYTES:]
        if not head.startswith(MAGIC) or len(body) < MORE_BYTES:
            raise SealError(f"The original of {ref} is not a sealed text: it was changed.")
        key = await self.keys.find(head[len(MAGIC) :].hex())
        try:
            return (await asyncio.to_thread(open_box, key.secret, body, head + ref.encode())).decode()
        except BoxError as error:
            raise SealError(f"The original of {ref} was changed or belongs elsewhere.") from error
