"""Reading a policy: a preset or a file, with what its `base` brings; every error at once, each with its place."""

from __future__ import annotations

import hashlib
import json
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from desktop.adapters.policy.building import built
from desktop.adapters.policy.loaded import LoadedPolicy, PolicyError, Problem
from desktop.adapters.policy.places import Where, line_numbers, line_of, shown
from desktop.adapters.policy.presets import PRESETS, policy_file
from desktop.adapters.policy.sense import findings, notes
from desktop.adapters.policy.shape import FORMS, PolicyShape

LARGEST_FILE = 1 << 18
MOST_DOTS = 40
"""In one line: tomllib needs memory by the square of the parts of a dotted key, gigabytes for a file of one line."""
MOST_BASES = 4
MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class _Source:
    """One file of a chain."""

    name: str
    content: dict[str, Any]
    lines: Mapping[Where, int]


def load_policy(name: str) -> LoadedPolicy:
    """The policy of a preset or a file. Takes about 0.2 s the first time. Raises PolicyError with every problem."""
    file = policy_file(name)
    chain = _chain(file)
    content = _merged(chain)
    problems = list(dict.fromkeys([*_of_shape(content), *findings(content)]))
    if problems:
        raise PolicyError(file.name, tuple(_placed(chain, each) for each in problems[:MOST_PROBLEMS]))
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    policy = built(PolicyShape.model_validate(content), digest)
    return LoadedPolicy(policy, file, content, tuple(_placed(chain, each) for each in notes(content)))


def _chain(file: Path) -> list[_Source]:
    """The file and its bases, each the base of the one before. Raises PolicyError."""
    chain = [_read(file)]
    while "base" in chain[-1].content:
        source = chain[-1]
        base = source.content.pop("base")
        if base not in PRESETS:
            reason = f"must be one of {', '.join(PRESETS)}"
            raise PolicyError(file.name, (_placed([source], (("base",), reason)),))
        if len(chain) == MOST_BASES:
            raise PolicyError(file.name, (_placed([source], (("base",), "is a base of itself")),))
        chain.append(_read(policy_file(base)))
    return chain


def _read(file: Path) -> _Source:
    def wrong(reason: str, line: int | None = None) -> PolicyError:
        return PolicyError(file.name, (Problem(file.name, "", line, reason),))

    try:
        # A pipe or a device would never end.
        if not stat.S_ISREG(file.stat().st_mode):
            raise wrong("is not a file")
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise wrong(f"is not there; presets are {', '.join(PRESETS)}") from error
    except (OSError, ValueError) as error:
        raise wrong(f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > LARGEST_FILE:
        raise wrong(f"is larger than {LARGEST_FILE >> 10} kB")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise wrong("is not UTF-8 text", data.count(b"\n", 0, error.start) + 1) from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise wrong(f"has more than {MOST_DOTS} dots in a line", number)
    try:
        return _Source(file.name, tomllib.loads(text), line_numbers(text))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise wrong(f"is not TOML: {error or type(error).__name__}") from error


def _merged(chain: list[_Source]) -> dict[str, Any]:
    """Tables go together, key by key; everything else, lists too, is replaced by the later file's."""
    content: dict[str, Any] = {}
    for source in reversed(chain):
        content = _laid_over(content, source.content)
    return content


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        both = isinstance(value, Mapping) and isinstance(old, Mapping)
        result[key] = _laid_over(old, value) if both and isinstance(old, Mapping) else value
    return result


def _of_shape(content: Mapping[str, Any]) -> Iterator[tuple[Where, str]]:
    try:
        PolicyShape.model_validate(content)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            yield _without_tags(each["loc"]), _reason(each)


def _without_tags(where: Where) -> Where:
    """The place without what pydantic adds: the kind of a target, and the mark of a key."""
    place: list[str | int] = []
    for part in where:
        if part == "[key]" or (
            len(place) == 2 and place[0] == "delivery" and part in ("https", "smtp", "folder")
        ):
            continue
        place.append(part)
    return tuple(place)


def _reason(error: ErrorDetails) -> str:
    kind = error["type"]
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is not known here; check its spelling"
    if kind == "string_pattern_mismatch":
        return FORMS[error["ctx"]["pattern"]]
    if kind == "union_tag_not_found":
        return "has no kind; it is https, smtp or folder"
    message = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return message[:1].lower() + message[1:]


def _placed(chain: list[_Source], finding: tuple[Where, str]) -> Problem:
    """The finding in the file that brought the place, the last one where none did."""
    where, reason = finding
    for source in chain:
        if _holds(source.content, where):
            return Problem(source.name, shown(where), line_of(source.lines, where), reason)
    return Problem(chain[0].name, shown(where), line_of(chain[0].lines, where), reason)


def _holds(content: Any, where: Where) -> bool:
    """Whether the place is in `content`, or in a list of it, which takes the place of the list below as a whole."""
    listed = False
    for part in where:
        listed = listed or isinstance(content, list)
        if isinstance(content, Mapping) and part in content:
            content = content[str(part)]
        elif isinstance(content, list) and isinstance(part, int) and part < len(content):
            content = content[part]
        else:
            return listed
    return True
