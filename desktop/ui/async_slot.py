"""Work that a key starts: it runs on the loop, and what goes wrong becomes a sentence, never silence."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from desktop.domain.errors import DeskError
from desktop.services.background import Background
from desktop.settings import SettingsError
from desktop.ui.messages import error_sentence

_log = logging.getLogger(__name__)


class AsyncSlots:
    """Starts coroutines for the window; `tell` shows a sentence to the agent."""

    def __init__(self, background: Background, tell: Callable[[str], None]) -> None:
        self._background, self._tell = background, tell

    def start(self, work: Coroutine[Any, Any, object], doing: str = "") -> None:
        """Run `work`; errors that carry a sentence are shown, others are logged and named in general words."""
        self._background.start(self._guard(work, doing), doing)

    async def _guard(self, work: Coroutine[Any, Any, object], doing: str) -> None:
        try:
            await work
        except (DeskError, SettingsError) as error:
            _log.warning("%s: %s", doing or "work", type(error).__name__)
            self._tell(error_sentence(error))
        except Exception as error:
            _log.exception("%s failed", doing or "work")
            self._tell(error_sentence(error))
