"""The keys that hold now: those of the table, and what the person at this desk has changed.

What is changed is kept as text in the settings, `action:key` with spaces between: "mute:Ctrl+M hold:F9". One wrong
entry is named and that action has its own key; all others hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.ui.key_rules import normal, refusal
from desktop.ui.key_table import KEYS

SHOWN = {"Ctrl+Return": "Ctrl+Enter", "Alt+Return": "Alt+Enter"}
LONGEST_NAMED = 40


def is_bare(key: str) -> bool:
    """Whether a key is a character alone, which is text in a text field."""
    return len(key) == 1


def cap(key: str) -> str:
    """A key as it stands on a key cap."""
    return SHOWN.get(key, key)


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """One entry that does not hold. `reason` is what `key_rules.refusal` says, "" for an action that is none;
    `other` is the action that has the key already. `default` is the key that holds instead."""

    entry: str
    reason: str = ""
    other: str = ""
    default: str = ""

    def sentence(self) -> str:
        """English, for standard error."""
        if self.other:
            why = f"{KEYS[self.other].words} has that key"
        else:
            why = self.reason.rstrip(".") if self.reason else "there is no such action"
        then = f"; the default {self.default} is used" if self.default else "; it is left alone"
        return f"keys: {self.entry}: {why}{then}."


@dataclass(frozen=True, slots=True)
class KeyMap:
    """The keys of every action; `changed` has those that are not the table's."""

    changed: Mapping[str, str] = field(default_factory=dict)

    def keys(self, name: str) -> tuple[str, ...]:
        """Every key of an action, the shown one first. Bare characters stay beside a changed key."""
        own = KEYS[name].keys
        if name not in self.changed:
            return own
        return (self.changed[name], *(key for key in own if is_bare(key)))

    def main(self, name: str) -> str:
        """The key that can be changed: the first that is no bare character."""
        return next(key for key in self.keys(name) if not is_bare(key))

    def owner(self, key: str, but: str = "") -> str:
        """Which action, other than `but`, has this key; "" for none."""
        return next((name for name in KEYS if name != but and key in self.keys(name)), "")

    def having(self, name: str, key: str) -> KeyMap:
        """The same, with another key for one action; "" gives it its own again."""
        rest = {other: its for other, its in self.changed.items() if other != name}
        if key and key != KeyMap().main(name):
            rest[name] = key
        return KeyMap(rest)

    def text(self) -> str:
        """As it is kept in the settings."""
        return " ".join(f"{name}:{key}" for name, key in self.changed.items())


def read(text: str) -> tuple[KeyMap, tuple[KeyProblem, ...]]:
    """The keys of an option `keys`, and which of its entries do not hold."""
    problems: list[KeyProblem] = []
    wanted: dict[str, str] = {}
    for entry in text.split():
        name, _, key = entry.partition(":")
        short = entry if len(entry) <= LONGEST_NAMED else entry[: LONGEST_NAMED - 1] + "…"
        if name not in KEYS or KEYS[name].shared:
            problems.append(KeyProblem(short))
        elif reason := "" if normal(key) == KeyMap().main(name) else refusal(key):
            problems.append(KeyProblem(short, reason, default=KeyMap().main(name)))
        else:
            wanted[name] = normal(key)
    while clash := _clash(KeyMap(wanted)):
        name, other = clash
        problems.append(KeyProblem(f"{name}:{wanted.pop(name)}", other=other, default=KeyMap().main(name)))
    own = KeyMap()
    return KeyMap({name: key for name, key in wanted.items() if key != own.main(name)}), tuple(problems)


def _clash(keys: KeyMap) -> tuple[str, str] | None:
    """The last changed action whose key another one has too."""
    for name in reversed(list(keys.changed)):
        if other := keys.owner(keys.changed[name], but=name):
            return name, other
    return None


_now = KeyMap()


def key_map() -> KeyMap:
    """The keys in force."""
    return _now


def use(keys: KeyMap) -> None:
    """Put keys in force; whoever shows or binds them is told by `desktop.ui.actions`."""
    global _now
    _now = keys


def shown(name: str) -> str:
    """The key of an action as it stands on a key cap."""
    return cap(_now.keys(name)[0])


def all_shown(name: str) -> list[str]:
    """Every key of an action as it stands on a key cap."""
    return [cap(key) for key in _now.keys(name)]
