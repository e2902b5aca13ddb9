"""Sentences that recognisers make up: `resources/speech/invented.toml`."""

from __future__ import annotations

import functools
import logging
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.paths import resources

log = logging.getLogger(__name__)


def bare(text: str) -> str:
    """Letters and digits alone, without regard to case."""
    return "".join(c for c in text.casefold() if c.isalnum())


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole lines, bare; `beginnings` may go on in any way."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, lines: Iterable[str]) -> Lines:
        """From lines as they stand in the file: a trailing * stands for anything."""
        each = list(lines)
        whole = frozenset(bare(line) for line in each if not line.endswith("*"))
        return cls(whole, tuple(bare(line) for line in each if line.endswith("*")))

    def has(self, line: str) -> bool:
        """Whether this whole line is one of them."""
        words = bare(line)
        return words in self.whole or (bool(self.beginnings) and words.startswith(self.beginnings))


@dataclass(frozen=True, slots=True)
class Invented:
    """What nobody says in a telephone call, and what people say too."""

    broadcast: Lines
    polite: Lines


@functools.lru_cache(maxsize=1)
def invented() -> Invented:
    """The shipped lists of all languages; empty where the file cannot be read."""
    return read_invented(resources() / "speech" / "invented.toml")


def read_invented(path: Path) -> Invented:
    """The lists of a file; empty, with a word in the log, where it cannot be read."""
    try:
        languages = list(tomllib.loads(path.read_text(encoding="utf-8")).values())
        kinds = [
            [line for each in languages for line in each.get(kind, ())] for kind in ("broadcast", "polite")
        ]
        return Invented(*(Lines.of(lines) for lines in kinds))
    except (OSError, ValueError, AttributeError, TypeError) as error:
        log.error("the list of invented sentences cannot be read: %s", type(error).__name__)
        return Invented(Lines.of(()), Lines.of(()))
