"""Rows of the commands: every action with its keys, or the heading of a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.ui.commands.finding import Findable, begins, finds
from desktop.ui.key_table import GROUPS, KEYS, WINDOW
from desktop.ui.shortcuts import all_shown

FIXED = (
    ("Ctrl+1…9", QT_TRANSLATE_NOOP("Actions", "Open a found answer, choose what has the number")),
    ("Esc", QT_TRANSLATE_NOOP("Actions", "Close the top layer, never a call")),
    ("Tab", QT_TRANSLATE_NOOP("Actions", "Next control; with Shift the one before")),
)
"""Keys that stay as they are and are no action of their own."""


@dataclass(frozen=True, slots=True)
class CommandRow:
    """One action; `reason` says when it makes sense, "" where it does now. A heading has words only."""

    name: str
    words: str
    caps: tuple[str, ...] = ()
    reason: str = ""
    heading: bool = False


def spoken(row: CommandRow) -> str:
    """What a screen reader says of a row."""
    return ", ".join(part for part in (row.words, *row.caps, row.reason) if part)


def findable(name: str) -> Findable:
    """What is looked at in an action."""
    source = KEYS[name].words
    return Findable(QCoreApplication.translate("Actions", source), source, tuple(all_shown(name)))


def found_rows(query: str, reason_of: Callable[[str], str]) -> list[CommandRow]:
    """The actions that `query` finds: those that can be done now first, then those whose name begins so."""
    found = {name: thing for name, thing in _found(query).items() if name != "commands"}
    rows = [_row(name, thing, reason_of(name)) for name, thing in found.items()]
    return sorted(rows, key=lambda row: (bool(row.reason), not begins(query, found[row.name])))


def grouped_rows(query: str, reason_of: Callable[[str], str]) -> list[CommandRow]:
    """All that `query` finds in the table's order, under the headings of their groups, the fixed keys last."""
    rows: list[CommandRow] = []
    translate = QCoreApplication.translate
    found = _found(query)
    for group in GROUPS:
        inside = [
            _row(name, thing, reason_of(name)) for name, thing in found.items() if KEYS[name].group == group
        ]
        if group == WINDOW:
            inside += _fixed(query)
        if inside:
            rows += [CommandRow("", translate("Actions", group), heading=True), *inside]
    return rows


def first_choice(rows: Sequence[CommandRow]) -> int:
    """The row that is chosen to begin with: the first that is no heading, -1 for none."""
    return next((place for place, row in enumerate(rows) if not row.heading), -1)


def _found(query: str) -> dict[str, Findable]:
    """The actions that `query` finds, in the table's order, with what was looked at."""
    things = {name: findable(name) for name in KEYS}
    return {name: thing for name, thing in things.items() if finds(query, thing)}


def _row(name: str, thing: Findable, reason: str) -> CommandRow:
    return CommandRow(name, thing.words, thing.caps, reason)


def _fixed(query: str) -> list[CommandRow]:
    rows = []
    for cap, source in FIXED:
        words = QCoreApplication.translate("Actions", source)
        if finds(query, Findable(words, source, (cap,))):
            rows.append(CommandRow("", words, (cap,)))
    return rows
