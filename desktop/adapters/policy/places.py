"""In which line of a TOML file a place stands: tomllib tells it for broken syntax only, people look for it always."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

Where = tuple[str | int, ...]
LONGEST_HEAD = 200
"""Only the beginning of a line is looked at, so that no line takes long."""

_HEAD = re.compile(r"\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_.\"' -]+?)\s*=")


def line_numbers(text: str) -> dict[Where, int]:
    """The first line, from 1, of every table and of every key that begins a line."""
    return dict(reversed(list(_lines(text))))


def line_of(found: Mapping[Where, int], where: Where) -> int | None:
    """The line of the place, else of the nearest thing around it; None where nothing of it is among `found`."""
    for length in range(len(where), 0, -1):
        if where[:length] in found:
            return found[where[:length]]
    return None


def shown(where: Where) -> str:
    """The place as people read it: `classes[2].label.ko`, counted from 1."""
    words = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in where]
    return "".join(words).removeprefix(".")


def _lines(text: str) -> Iterator[tuple[Where, int]]:
    counts: Counter[Where] = Counter()
    table: Where = ()
    for number, line in enumerate(text.split("\n"), 1):
        head = _HEAD.match(line[:LONGEST_HEAD])
        if head is not None:
            table = _resolved(_parts(head[2]), counts)
            if head[1] == "[[":
                counts[table] += 1
                table = (*table, counts[table] - 1)
            yield table, number
            continue
        key = _KEY.match(line[:LONGEST_HEAD])
        if key is not None:
            yield (*table, *_parts(key[1])), number


def _parts(name: str) -> Where:
    return tuple(part.strip().strip("\"'") for part in name.split("."))


def _resolved(parts: Where, counts: Counter[Where]) -> Where:
    """A head's name with the number of the entry that a list on its way is at."""
    place: Where = ()
    for number, part in enumerate(parts):
        place = (*place, part)
        if counts[place] and number < len(parts) - 1:
            place = (*place, counts[place] - 1)
    return place
