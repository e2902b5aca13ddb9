"""Reads the lexicon, `resources/abuse/*.toml` and a site's own files, which add to it, and the weights beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Sequence
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


def models(languages: Collection[str] | None = None) -> dict[str, Weights]:
    """The weights by language, `resources/abuse/*.weights`, of these languages or all. Raises DeskError."""
    found: dict[str, Weights] = {}
    for path in sorted((resources() / "abuse").glob("*.weights")):
        if languages is not None and path.stem not in languages:
            continue
        try:
            found[path.stem] = weights.read(path.read_bytes())
        except OSError as error:
            raise DeskError(f"{path.name} can't be read: {error.strerror}") from error
        except WeightsError as error:
            raise DeskError(f"{path.name} can't be used: {error}") from error
    return found


def load(own: Sequence[Path] = (), languages: Collection[str] | None = None) -> dict[str, Lexicon]:
    """The lexicons by language, with a site's own files on top, of these languages and the site's, or all.

    Raises DeskError that names every problem.
    """
    problems: list[str] = []
    added = _texts(own, problems)
    wanted = None if languages is None else {*languages, *(_language(text) for _, text in added)}
    texts = _texts([path for path in shipped() if wanted is None or path.stem in wanted], problems)
    found: dict[str, Lexicon] = {}
    try:
        found = lexicon.parse([*texts, *added])
    except LexiconError as error:
        problems += error.problems
    if problems:
        raise DeskError("the lexicon of abuse has errors: " + "; ".join(problems))
    return found


def _texts(paths: Iterable[Path], problems: list[str]) -> list[tuple[str, str]]:
    """The names and texts of files that can be read."""
    found: list[tuple[str, str]] = []
    for path in paths:
        try:
            if path.stat().st_size > LARGEST:
                problems.append(f"{path.name}: larger than {LARGEST} bytes")
                continue
            found.append((path.name, path.read_text("utf-8-sig")))
        except OSError as error:
            problems.append(f"{path}: can't be read: {error.strerror}")
        except UnicodeDecodeError:
            problems.append(f"{path}: is not UTF-8")
    return found


def _language(text: str) -> str:
    """The language that a lexicon's text names; "" where it names none: reading it says so."""
    try:
        return str(tomllib.loads(text).get("language", ""))
    except tomllib.TOMLDecodeError:
        return ""
