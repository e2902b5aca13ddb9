"""The pseudo-language: every word of the window 60 % longer, with accents and in brackets, as a translation may be.

For tests and pictures; no setting offers it. What is not in brackets was never given to a translator, and what is cut
off would be cut off in Mongolian too. Chosen by the environment variable `DASAN_DESK_PSEUDO`.
"""

from __future__ import annotations

import re
from math import ceil

from PySide6.QtCore import QObject, QTranslator

VARIABLE = "DASAN_DESK_PSEUDO"
GROWTH = 1.6
"""Length of what is shown by the length of the English words, brackets included."""

_ACCENTS = str.maketrans("AaEeIiOoUuYyCcNnSsZz", "ÅåÉéÎîÖöÛûÝýÇçÑñŠšŽž")
_KEPT = re.compile(
    r"\{[^{}]*\}|%L?n|%\d+|&&?"  # what the program fills in, and mnemonics
    r"|\b(?:(?:Ctrl|Alt|Shift)\+)+(?:PgUp|PgDown|Home|End|Enter|Return|F\d+|\d|[A-Z=,])"
    r"|\bF\d{1,2}\b|\bEsc\b|\bEnter\b"
)
_DATE = re.compile(r"[dMyHhms\W]+")
"""A pattern for a date or a time, which is no word."""


def pseudo(words: str) -> str:
    """`words` longer, accented, in brackets; placeholders and keys as they are, line breaks where they were."""
    if not words.strip() or _DATE.fullmatch(words):
        return words
    missing = max(0, ceil(len(words) * GROWTH) - len(words) - 2)
    kept = {place for match in _KEPT.finditer(words) for place in range(*match.span())}
    grow = [place for place, sign in enumerate(words) if sign.isalpha() and place not in kept]
    # Every letter gets its share, so that words grow and not their number: that is what does not fit.
    shares = {
        place: missing * (nth + 1) // len(grow) - missing * nth // len(grow) for nth, place in enumerate(grow)
    }
    said = "".join(
        sign
        if place in kept
        else sign.translate(_ACCENTS) + sign.translate(_ACCENTS).lower() * shares.get(place, 0)
        for place, sign in enumerate(words)
    )
    return f"[{said}]"


class PseudoTranslator(QTranslator):
    """Answers for every context. `words` brings the plural forms, which the English file has."""

    def __init__(self, words: QTranslator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        # Qt takes an empty text for a translation, so the source stands in where there is none.
        words = self._words.translate(context, source, disambiguation, n) or source
        # Names of keys are Qt's own words: a cap shows the key that is pressed.
        return words if context == "QShortcut" else pseudo(words)
