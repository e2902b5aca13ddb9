"""The detector as the desk uses it: read when the window is there, silent until it is ready."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import DeskError
from desktop.domain.transcript import Leg
from desktop.services.protection_ports import Verdict

OWN_FILE = "abuse.toml"
"""A site's own words, in the settings folder."""

if TYPE_CHECKING:
    from desktop.domain.abuse import Detector
    from desktop.domain.abuse_rules.weights import Weights

_log = logging.getLogger(__name__)


class DeskDetector:
    """A `services.protection_ports.Detector`. `broken(sentence)` is told, in a thread of its own, where a site's file
    can't be used; then the shipped words are.
    """

    def __init__(self, config: Path, broken: Callable[[str], None]) -> None:
        self._own, self._broken = config / OWN_FILE, broken
        self._detector: Detector | None = None
        self._thread = threading.Thread(target=self._read, name="abuse", daemon=True)

    def start(self) -> None:
        """See the port; once."""
        self._thread.start()

    def wait(self) -> None:
        """Until it is ready; for tests and tools."""
        self._thread.join()

    def judge(self, call_id: str, t: float, language: str, text: str) -> Verdict:
        """See the port."""
        if self._detector is None:
            return Verdict()
        from desktop.domain.abuse import Turn

        found = self._detector.judge(Turn(call_id, t, language, Leg.CALLER, text))
        return Verdict(found.labels, found.matched, found.why)

    def glance(self, language: str, text: str) -> tuple[str, ...]:
        """See the port."""
        return self._detector.glance(language, text) if self._detector is not None else ()

    def _read(self) -> None:
        # Imported here: with its tables it takes a while that no start needs.
        from desktop.adapters.abuse.files import load
        from desktop.domain.abuse import Detector

        try:
            lexicons = load([self._own] if self._own.is_file() else [])
        except DeskError as error:
            _log.error("the site's words are not used: %s", error)
            self._broken(f"{self._own.name} cannot be used: {str(error).splitlines()[-1]}")
            lexicons = load()
        self._detector = Detector(lexicons, self._models())

    def _models(self) -> dict[str, Weights]:
        """The weights; none where they can't be read: the rules do without."""
        from desktop.adapters.abuse.files import models

        try:
            return models()
        except DeskError as error:
            _log.error("the weights are not used: %s", error)
            self._broken(str(error))
            return {}
