"""Reads the lexicon, `resources/abuse/*.toml` and a site's own files, which add to it, and the weights beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.abuse_rules import lexicon, weights
from desktop.domain.abuse_rules.lexicon import Lexicon, LexiconError
from desktop.domain.abuse_rules.weights import Weights, WeightsError
from desktop.domain.errors import DeskError
from desktop.paths import resources

LARGEST = 2_000_000
"""Bytes of a lexicon file."""


def shipped() -> list[Path]:
    """The files that come with the program."""
    return sorted((resources() / "abuse").glob("*.toml"))


def models() -> dict[str, Weights]:
    """The weights by language, `resources/abuse/*.weights`. Raises DeskError."""
    found: dict[str, Weights] = {}
    for path in sorted((resources() / "abuse").glob("*.weights")):
        try:
            found[path.stem] = weights.read(path.read_bytes())
        except OSError as error:
            raise DeskError(f"{path.name} can't be read: {error.strerror}") from error
        except WeightsError as error:
            raise DeskError(f"{path.name} can't be used: {error}") from error
    return found


def load(own: Sequence[Path] = ()) -> dict[str, Lexicon]:
    """The lexicons by language, with a site's own files on top. Raises DeskError that names every problem."""
    texts: list[tuple[str, str]] = []
    problems: list[str] = []
    for path in [*shipped(), *own]:
        try:
            if path.stat().st_size > LARGEST:
                problems.append(f"{path.name}: larger than {LARGEST} bytes")
                continue
            texts.append((path.name, path.read_text("utf-8-sig")))
        except OSError as error:
            problems.append(f"{path}: can't be read: {error.strerror}")
        except UnicodeDecodeError:
            problems.append(f"{path}: is not UTF-8")
    found: dict[str, Lexicon] = {}
    try:
        found = lexicon.parse(texts)
    except LexiconError as error:
        problems += error.problems
    if problems:
        raise DeskError("the lexicon of abuse has errors: " + "; ".join(problems))
    return found
