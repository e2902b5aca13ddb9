"""Changing single values of a TOML text while everything else in it stays as it was written."""

import json
import re
import tomllib
from collections.abc import Mapping

_TABLE = re.compile(r"\s*\[")
_KEY = re.compile(r"\s*(?:\"(?P<quoted>[^\"\\]+)\"|'(?P<literal>[^']+)'|(?P<bare>[A-Za-z0-9_-]+))\s*=")


def toml_value(value: str | int | bool) -> str:
    """`value` as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    # JSON's escapes are TOML's, but for DEL, which TOML wants escaped and JSON leaves alone.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def edited(text: str, changes: Mapping[str, str | int | bool]) -> str:
    """`text` with top-level keys set to `changes`; comments, order and unknown content stay.

    `text` must be valid TOML. A key whose value spans lines is replaced as a whole.
    """
    # TOML knows two line ends; splitlines() would also break a value at U+0085 or U+2028.
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []
    head = _head_length(lines)
    missing = dict(changes)
    result: list[str] = []
    at = 0
    while at < head:
        name = _key_of(lines[at])
        end = _statement_end(lines, at)
        if name in missing:
            result.append(f"{name} = {toml_value(missing.pop(name))}{_comment(lines[at], at, end)}")
        else:
            result += lines[at:end]
        at = end
    added = [f"{name} = {toml_value(value)}" for name, value in missing.items()]
    if added and result and at < len(lines):
        while result and not result[-1].strip():
            result.pop()
        added.append("")
    return "\n".join([*result, *added, *lines[at:]]) + "\n"


def _head_length(lines: list[str]) -> int:
    """How many lines stand before the first table; statements are skipped whole, so a `[` in a value is no table."""
    at = 0
    while at < len(lines):
        if _TABLE.match(lines[at]):
            return at
        at = _statement_end(lines, at)
    return at


def _key_of(line: str) -> str:
    found = _KEY.match(line)
    return next((each for each in found.groups() if each), "") if found else ""


def _statement_end(lines: list[str], start: int) -> int:
    """The line after the statement that begins at `start`: the shortest run of lines that is valid TOML by itself."""
    if not lines[start].strip() or lines[start].lstrip().startswith("#"):
        return start + 1
    for end in range(start + 1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            continue
        return end
    return len(lines)


def _comment(line: str, start: int, end: int) -> str:
    """The comment behind a one-line value, with a space before it."""
    if end != start + 1:
        return ""
    for mark in (found.start() for found in re.finditer("#", line)):
        # A '#' inside quotes is part of the value: only what leaves a whole statement before it is a comment.
        try:
            tomllib.loads(line[:mark])
        except tomllib.TOMLDecodeError:
            continue
        return "  " + line[mark:]
    return ""
