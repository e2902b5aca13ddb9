"""Freshness in the ranking: what is past its date sinks a little among the first hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from desktop.adapters.search.pack import Pack
from desktop.domain.faq import has_ended, is_old

SUNK = 0.04
"""What an article past its last day, or checked too long ago, loses of its score (of `weighing.BEST`)."""
LOOKED_AT = 12
"""First candidates whose dates are read."""

Past = Callable[[Iterable[int]], set[int]]
"""Which of these articles, by number, are past their dates."""


def past(pack: Pack, today: date, stale_days: int) -> Past:
    """The rule by which the window, too, marks an answer as ended or old."""

    def of(numbers: Iterable[int]) -> set[int]:
        return {
            number
            for number, checked_on, valid_until in pack.dates(numbers)
            if has_ended(valid_until, today) or is_old(checked_on, today, stale_days)
        }

    return of
