"""The system's clocks as the port `Clock`."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """Implements `services.ports.Clock`."""

    def now(self) -> datetime:
        """UTC."""
        return datetime.now(UTC)

    def mono(self) -> float:
        """Seconds of a clock that never jumps."""
        return time.monotonic()
