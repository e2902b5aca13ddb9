"""What of a hypothesis is expected to stay, and text from tokens that may end inside a character."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Sequence


def readable(content: bytes) -> str:
    """UTF-8 without what is no whole character, no control characters, no outer space."""
    text = content.decode("utf-8", errors="ignore").replace("\ufffd", "")
    kept = (c if unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn") else " " for c in text)
    return "".join(kept).strip()


def ends_whole(content: bytes) -> bool:
    """Whether `content` does not stop inside a character."""
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    decoder.decode(content)
    return not decoder.getstate()[0]


def common(one: Sequence[int], other: Sequence[int]) -> int:
    """How many leading tokens two sequences share."""
    for at, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return at
    return min(len(one), len(other))


class Agreement:
    """LocalAgreement-2: leading tokens on which two hypotheses of one utterance, one after the other, agree."""

    def __init__(self) -> None:
        self._previous: tuple[int, ...] | None = None

    def add(self, tokens: Sequence[int]) -> int:
        """Take the next hypothesis; returns how many of its tokens are stable, never the last one."""
        previous, self._previous = self._previous, tuple(tokens)
        return min(common(previous, tokens), max(0, len(tokens) - 1)) if previous is not None else 0
