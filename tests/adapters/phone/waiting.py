"""Waiting for what another task does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE_S, PACE_S = 10.0, 0.005


async def until(what: Callable[[], object]) -> None:
    """Wait until `what` is true; TimeoutError where it never is."""
    async with asyncio.timeout(PATIENCE_S):
        while not what():
            await asyncio.sleep(PACE_S)
