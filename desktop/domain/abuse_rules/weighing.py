"""Rules and weights together: what the weights add where the rules are silent, and which weak hits they take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.abuse_rules.weights import Piece, Weights

CRISIS = "CRISIS"
FEWEST_LETTERS = 7
"""Letters that a text must have for the weights to add a label: fewer may be the first half of anything."""
PLAIN = 0.6
"""What a crisis must score to be added in a plain enquiry: there, words of despair are mostly about something else."""
BESIDE = 1.0
"""What a second label must score above the score that adds a first one."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The scores of one text: the highest of its sentences for each label.

    `enquires`: it is put as plain enquiries are.
    """

    source: str
    model: Weights
    pieces: Sequence[Piece]
    enquires: bool = False

    def score(self, label: str) -> float:
        """The highest score of a label; far below all thresholds where the model doesn't know it."""
        return max((piece.scores.get(label, _NEVER) for piece in self.pieces), default=_NEVER)

    def believes(self, label: str) -> bool:
        """Whether a rule's hit of this label may stand: always where nothing is known.

        A crisis is only disbelieved for something harmless, never for abuse.
        """
        if label not in self.model.keeps or not self.pieces:
            return True
        if label == CRISIS and any(self.score(other) >= least for other, least in self.model.adds.items()):
            return True
        return self.score(label) >= self.model.keeps[label]

    def added(self, already: frozenset[str]) -> dict[str, tuple[str, ...]]:
        """Labels that the rules did not find, each with the words that weighed most."""
        found: dict[str, tuple[str, ...]] = {}
        if sum(map(str.isalpha, self.source)) < FEWEST_LETTERS:
            return found
        ordered = sorted(self.model.adds, key=self.score, reverse=True)
        needed = self.model.adds.get(CRISIS, float("inf"))
        if self.enquires:
            needed = max(needed, PLAIN)
        crisis = CRISIS in already or self.score(CRISIS) >= needed
        for label in ordered:
            least = self.model.adds[label] + (BESIDE if found or already else 0.0)
            if label == CRISIS:
                least = needed
            elif crisis:
                continue
            if label not in already and self.score(label) >= least:
                piece = max(self.pieces, key=lambda each: each.scores[label])
                found[label] = self.model.shown(self.source, piece, label)
        return found


_NEVER = -99.0


def weigh(models: Mapping[str, Weights], language: str, source: str, enquires: bool) -> Weighed | None:
    """The scores of a text by the model of a language; None where there is none."""
    model = models.get(language)
    return Weighed(source, model, model.pieces(source), enquires) if model else None
