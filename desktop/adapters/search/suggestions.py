"""The one card of a call: the article that the citizen's words ask for; one in twenty seconds, silence when unsure."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace

from desktop.adapters.search.index import FaqIndex
from desktop.domain.faq import Suggestion

GAP_S = 20.0
"""Least time between two cards."""
WINDOW_S = 15.0
"""A caller's segment is read together with the one before it if that is not older than this."""
HELD_S = 30.0
"""A card that had to wait for its turn is forgotten after this."""
AGAIN_S = 120.0
"""The same article is not offered again within this."""

_SENTENCE = re.compile(r"(?<=[.!?。？！…])\s+")


@dataclass(frozen=True, slots=True)
class _Waiting:
    card: Suggestion
    since: float


class Suggester:
    """Decides on cards for one call. Times are seconds of the call's own clock and never go back.

    Not thread-safe: it uses the index, so it lives on the index's one worker thread.
    """

    def __init__(self, index: FaqIndex, gap_s: float = GAP_S) -> None:
        self._index = index
        self._gap_s = gap_s
        self.reset()

    def reset(self) -> None:
        """A new call: nothing said, nothing offered."""
        self._shown_at: float | None = None
        self._offered: dict[str, float] = {}
        self._dismissed: set[str] = set()
        self._said: deque[tuple[float, str]] = deque(maxlen=1)
        self._waiting: _Waiting | None = None
        self._suppressed = False

    def continue_from(self, other: Suggester) -> None:
        """Take over what was shown, offered, dismissed and said in the call; a card that waits there is let go."""
        self._shown_at = other._shown_at
        self._offered, self._dismissed = dict(other._offered), set(other._dismissed)
        self._said, self._suppressed = other._said.copy(), other._suppressed

    def suppress(self, on: bool) -> None:
        """While on, no card comes out; the newest that was due comes afterwards if it is still fresh."""
        self._suppressed = on

    def dismiss(self, article_id: str) -> None:
        """The agent put this card away: not again in this call."""
        self._dismissed.add(article_id)
        if self._waiting and self._waiting.card.article_id == article_id:
            self._waiting = None

    def feed(self, text: str, at: float) -> Suggestion | None:
        """A committed segment of the caller, spoken at `at`; the card to show now, if any."""
        card = self._card(text, at)
        self._said.append((at, text))
        if card is not None and self._allowed(card.article_id, at):
            self._waiting = _Waiting(card, at)
        return self.poll(at)

    def poll(self, at: float) -> Suggestion | None:
        """A card that had to wait and whose time has come."""
        waiting = self._waiting
        if waiting is None or self._suppressed:
            return None
        if at - waiting.since > HELD_S:
            self._waiting = None
            return None
        if self._shown_at is not None and at - self._shown_at < self._gap_s:
            return None
        self._waiting = None
        self._shown_at = at
        self._offered[waiting.card.article_id] = at
        return waiting.card

    def _allowed(self, article_id: str, at: float) -> bool:
        offered = self._offered.get(article_id)
        return article_id not in self._dismissed and (offered is None or at - offered >= AGAIN_S)

    def _card(self, text: str, at: float) -> Suggestion | None:
        card = self._index.suggestion(text)
        if card is not None:
            return replace(card, cause=self._cause(text, card.article_id))
        before = [said for when, said in self._said if at - when <= WINDOW_S]
        # One thought is often cut in two by a breath; the words before it alone were not enough.
        if not before or not self._index.is_telling(text):
            return None
        card = self._index.suggestion(f"{before[-1]} {text}")
        return replace(card, cause=text) if card else None

    def _cause(self, text: str, article_id: str) -> str:
        """The sentence of the segment that speaks most for the article."""
        sentences = [sentence for sentence in _SENTENCE.split(text.strip()) if sentence]
        if len(sentences) < 2:
            return text.strip()
        return max(sentences[:6], key=lambda sentence: self._index.sureness(sentence, article_id))
