"""Reads the lexicon: `resources/abuse/*.toml`, then a site's own files, which add to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.abuse_rules import lexicon
from desktop.domain.abuse_rules.lexicon import Lexicon, LexiconError
from desktop.domain.errors import DeskError
from desktop.paths import resources

LARGEST = 2_000_000
"""Bytes of a lexicon file."""


def shipped() -> list[Path]:
    """The files that come with the program."""
    return sorted((resources() / "abuse").glob("*.toml"))


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
