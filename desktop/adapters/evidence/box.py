"""Bytes sealed with AES-256-GCM: a nonce (12 random bytes), then the closed bytes, bound to what they belong to.

The library for it is loaded with the first box: it takes 8 MB, which most days of a desk do without.
"""

from __future__ import annotations

import os

NONCE_BYTES = 12
TAG_BYTES = 16
MORE_BYTES = NONCE_BYTES + TAG_BYTES
"""How much longer a box is than what is in it."""


class BoxError(ValueError):
    """It was changed, belongs elsewhere, or was closed with another key."""


def close_box(secret: bytes, content: bytes, bound: bytes) -> bytes:
    """`content` so that only `open_box` with the same `secret` (32 bytes) and `bound` gives it back."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(secret).encrypt(nonce, content, bound)


def open_box(secret: bytes, box: bytes, bound: bytes) -> bytes:
    """What is in it. Raises BoxError."""
    if len(box) < MORE_BYTES:
        raise BoxError("too short")
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(secret).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], bound)
    except InvalidTag as error:
        raise BoxError("changed, from elsewhere, or closed with another key") from error
