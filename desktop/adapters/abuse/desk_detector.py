"""The detector as the desk uses it: read when the window is there, language by language."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import DeskError
from desktop.domain.transcript import Leg
from desktop.services.protection_ports import Verdict

OWN_FILE = "abuse.toml"
"""A site's own words, in the settings folder."""

if TYPE_CHECKING:
    from desktop.domain.abuse import Detector
    from desktop.domain.abuse_rules.lexicon import Lexicon
    from desktop.domain.abuse_rules.weights import Weights

_log = logging.getLogger(__name__)


class DeskDetector:
    """A `services.protection_ports.Detector`: the centre's `language` and those of a site's file are read first, others
    (a megabyte or two each) when somebody speaks them.

    `broken(sentence)` is told, in a thread of its own, where a file can't be used; then what is left is.
    """

    def __init__(self, config: Path, language: str, broken: Callable[[str], None]) -> None:
        self._own, self._language, self._broken = config / OWN_FILE, language, broken
        self._detector: Detector | None = None
        self._known: set[str] = set()
        self._turns = asyncio.Lock()
        self._thread = threading.Thread(target=self._begin, name="abuse", daemon=True)

    def start(self) -> None:
        """See the port; once."""
        self._thread.start()

    async def judge(self, call_id: str, t: float, language: str, text: str) -> Verdict:
        """See the port."""
        from desktop.domain.abuse import Turn

        async with self._turns:
            detector = await self._ready(language, text)
            if detector is None:
                return Verdict()
            found = detector.judge(Turn(call_id, t, language, Leg.CALLER, text))
        return Verdict(found.labels, found.matched, found.why)

    def glance(self, language: str, text: str) -> tuple[str, ...]:
        """See the port."""
        return self._detector.glance(language, text) if self._detector is not None else ()

    async def _ready(self, language: str, text: str) -> Detector | None:
        """The detector once it has the languages of a text."""
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join)
        detector = self._detector
        if detector is not None and (missing := detector.wanted(language, text) - self._known):
            await asyncio.to_thread(lambda: detector.add(*self._load(missing)))
        return detector

    def _begin(self) -> None:
        # Imported here: with its tables it takes a while that no start needs.
        from desktop.domain.abuse import Detector

        self._detector = Detector(*self._load({self._language}, [self._own] if self._own.is_file() else []))

    def _load(
        self, languages: set[str], own: Sequence[Path] = ()
    ) -> tuple[dict[str, Lexicon], dict[str, Weights]]:
        """The words of languages and their weights; none of what can't be read: the rest does without."""
        from desktop.adapters.abuse import files

        lexicons, weights = self._words(languages, own), {}
        try:
            weights = files.models({*languages, *lexicons})
        except DeskError as error:
            _log.error("the weights are not used: %s", error)
            self._broken(str(error))
        self._known |= {*languages, *lexicons}
        return lexicons, weights

    def _words(self, languages: set[str], own: Sequence[Path]) -> dict[str, Lexicon]:
        from desktop.adapters.abuse import files

        try:
            return files.load(own, languages)
        except DeskError as error:
            if not own:
                _log.error("no words are known of %s: %s", ", ".join(languages), error)
                self._broken(str(error))
                return {}
            _log.error("the site's words are not used: %s", error)
            self._broken(f"{self._own.name} cannot be used: {str(error).splitlines()[-1]}")
            return self._words(languages, ())
