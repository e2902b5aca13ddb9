"""The lexicon of one language: read from its file's text, checked as a whole, every error with its place.

A file is TOML: `language`, `style` (see frames), `[lists]` of named words, `enquiry` (frames of plain enquiries),
`[contexts]` of frames with `@` for the hit, and `[[rule]]` entries. A site's own file has the same form: its lists add
to those there, a rule with a known `id` adds its frames and words to it, `off = [...]` switches rules off.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.abuse_rules.frame_reader import FrameError, FrameReader, expand
from desktop.domain.abuse_rules.frames import STYLES, Frame
from desktop.domain.abuse_rules.reasons import REASONS, USUAL

LABELS = ("PROFANITY", "INSULT", "THREAT", "SEXUAL", "PERSISTENT", "CRISIS")
USUAL_SEVERITY = {
    "PROFANITY": "L3",
    "INSULT": "L3",
    "THREAT": "L4",
    "SEXUAL": "L4",
    "PERSISTENT": "L2",
    "CRISIS": "C",
}
SEVERITIES = {"PROFANITY": ("L3",), "INSULT": ("L3",), "THREAT": ("L4",), "SEXUAL": ("L4",)} | {
    "PERSISTENT": ("L1", "L2"),
    "CRISIS": ("C",),
}
CONTEXTS = ("reported", "own_words", "self", "thing", "aimed", "denied")
_KEYS: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "label": str,
    "severity": str,
    "about": str,
    "mild": bool,
    "anywhere": bool,
    "words": (list, str),
    "frames": (list, str),
    "not": (list, str),
    "unless": (list, str),
}
_SEVERAL = ("words", "frames", "not", "unless")


class LexiconError(ValueError):
    """A lexicon can't be used; `problems` has every error, each with its place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(slots=True)
class Rule:
    """One rule. `words` are looked for letter by letter with strict borders, `anywhere` says that they need none."""

    id: str
    label: str
    severity: str
    about: str
    mild: bool = False
    anywhere: bool = False
    words: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    exceptions: tuple[Frame, ...] = ()
    unless: tuple[Frame, ...] = ()


@dataclass(slots=True)
class Lexicon:
    """All rules of one language."""

    language: str
    style: str
    rules: tuple[Rule, ...]
    contexts: dict[str, tuple[Frame, ...]]
    before: tuple[str, ...] = ()
    alone: frozenset[str] = frozenset()
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    """The rules that a later file added or added to: a site's own word, which the weights don't contradict."""
    enquiry: tuple[Frame, ...] = ()
    """How plain enquiries are put."""


def parse(texts: Iterable[tuple[str, str]]) -> dict[str, Lexicon]:
    """The lexicons of files given as (name, TOML text), by language; later files of a language add to earlier ones.

    Raises LexiconError with all problems of all files.
    """
    drafts: dict[str, _Draft] = {}
    problems: list[str] = []
    for name, text in texts:
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            problems.append(f"{name}: not TOML: {error}")
            continue
        language = content.get("language")
        if not isinstance(language, str) or not language:
            problems.append(f"{name}: language is missing")
            continue
        drafts.setdefault(language, _Draft(language)).add(name, content, problems)
    found = {language: draft.finish(problems) for language, draft in drafts.items()}
    if problems:
        raise LexiconError(problems)
    return found


class _Draft:
    """A lexicon while its files are read: names of lists may be used before the file that adds to them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.style = ""
        self.lists: dict[str, list[str]] = {}
        self.rules: dict[str, dict[str, Any]] = {}
        self.contexts: dict[str, list[tuple[str, str]]] = {}
        self.places: dict[str, str] = {}
        self.off: list[tuple[str, str]] = []
        self.files = 0
        self.own: set[str] = set()
        self.enquiry: list[tuple[str, str]] = []

    def add(self, name: str, content: Mapping[str, Any], problems: list[str]) -> None:
        """Take one file."""
        self.files += 1
        for key in content.keys() - {"language", "style", "lists", "contexts", "rule", "off", "enquiry"}:
            problems.append(f"{name}: there is no key {key}")
        style = content.get("style", self.style)
        if style not in STYLES or (self.style and style != self.style):
            problems.append(f"{name}: style is none of {', '.join(STYLES)}, or another than before")
        else:
            self.style = style
        for title, entries in _table(name, "lists", content, problems).items():
            self.lists.setdefault(title, []).extend(_texts(f"{name}: lists.{title}", entries, problems))
        for title, entries in _table(name, "contexts", content, problems).items():
            if title not in CONTEXTS:
                problems.append(f"{name}: contexts.{title} is none of {', '.join(CONTEXTS)}")
                continue
            place = f"{name}: contexts.{title}"
            self.contexts.setdefault(title, []).extend(
                (place, each) for each in _texts(place, entries, problems, lines=True)
            )
        for number, entry in enumerate(_rules(name, content, problems), 1):
            self._add_rule(f"{name}: rule {number}", entry, problems)
        place = f"{name}: enquiry"
        self.enquiry += [
            (place, each) for each in _texts(place, content.get("enquiry", []), problems, lines=True)
        ]
        self.off += [(name, each) for each in _texts(f"{name}: off", content.get("off", []), problems)]

    def _add_rule(self, place: str, entry: object, problems: list[str]) -> None:
        if not isinstance(entry, dict):
            problems.append(f"{place}: not a table")
            return
        place = f"{place} ({entry.get('id', 'without id')})"
        bad = [key for key, value in entry.items() if key not in _KEYS or not isinstance(value, _KEYS[key])]
        problems += [f"{place}: {key} is not known or has the wrong type" for key in bad]
        if bad or not entry.get("id"):
            if not bad:
                problems.append(f"{place}: id is missing")
            return
        known = self.rules.setdefault(entry["id"], {})
        self.places[entry["id"]] = place
        if self.files > 1:
            self.own.add(entry["id"])
        for key, value in entry.items():
            if key in _SEVERAL:
                value = known.get(key, []) + _texts(f"{place}: {key}", value, problems, lines=key != "words")
            known[key] = value

    def finish(self, problems: list[str]) -> Lexicon:
        """Build the lexicon of all files."""
        lists: dict[str, tuple[str, ...]] = {}
        for title, entries in self.lists.items():
            # A list may use those above it.
            lists[title] = self._expanded(f"{self.language}: lists.{title}", entries, lists, problems)
        for name, id_ in self.off:
            if id_ not in self.rules:
                problems.append(f"{name}: off: there is no rule {id_}")
        reader = FrameReader(lists, self.style or "words")
        gone = {id_ for _, id_ in self.off}
        rules = [
            self._rule(self.places[id_], entry, lists, reader, problems)
            for id_, entry in self.rules.items()
            if id_ not in gone
        ]
        contexts = {
            title: _all_frames(entries, reader, problems, context=True)
            for title, entries in self.contexts.items()
        }
        enquiry = _all_frames(self.enquiry, reader, problems)
        before, alone = lists.get("before", ()), frozenset(lists.get("alone", ()))
        kept = tuple(rule for rule in rules if rule)
        own = frozenset(self.own)
        return Lexicon(self.language, self.style, kept, contexts, before, alone, lists, own, enquiry)

    def _rule(
        self,
        place: str,
        entry: dict[str, Any],
        lists: dict[str, tuple[str, ...]],
        reader: FrameReader,
        problems: list[str],
    ) -> Rule | None:
        label = entry.get("label", "")
        severity = entry.get("severity", USUAL_SEVERITY.get(label, ""))
        if label not in LABELS:
            problems.append(f"{place}: label is none of {', '.join(LABELS)}")
            return None
        if severity not in SEVERITIES[label]:
            problems.append(f"{place}: severity of {label} is none of {', '.join(SEVERITIES[label])}")
        about = entry.get("about") or USUAL[label]
        if about not in REASONS:
            problems.append(f"{place}: about is none of {', '.join(REASONS)}")
        if not entry.get("words") and not entry.get("frames"):
            problems.append(f"{place}: neither words nor frames")
        read = {
            key: _all_frames([(f"{place}: {key}", each) for each in entry.get(key, [])], reader, problems)
            for key in ("frames", "not", "unless")
        }
        words = self._expanded(f"{place}: words", entry.get("words", []), lists, problems)
        return Rule(
            entry["id"],
            label,
            severity,
            about,
            entry.get("mild", False),
            entry.get("anywhere", False),
            words,
            read["frames"],
            read["not"],
            read["unless"],
        )

    def _expanded(
        self, place: str, entries: Iterable[str], lists: dict[str, tuple[str, ...]], problems: list[str]
    ) -> tuple[str, ...]:
        forms: list[str] = []
        for entry in entries:
            try:
                forms += expand(entry, lists)
            except FrameError as error:
                problems.append(f"{place}: {error}")
        return tuple(dict.fromkeys(forms))


def _all_frames(
    entries: Iterable[tuple[str, str]], reader: FrameReader, problems: list[str], context: bool = False
) -> tuple[Frame, ...]:
    """The frames of (place, written) entries that can be read."""
    read = (_frame(place, written, reader, problems, context) for place, written in entries)
    return tuple(frame for frame in read if frame)


def _frame(place: str, written: str, reader: FrameReader, problems: list[str], context: bool) -> Frame | None:
    try:
        found = reader.read(written)
    except FrameError as error:
        problems.append(f"{place}: “{written}”: {error}")
        return None
    if context != found.has_hit:
        problems.append(f"{place}: “{written}”: @ belongs into contexts, and there into each frame")
    return found


def _table(name: str, key: str, content: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
    found = content.get(key, {})
    if isinstance(found, dict):
        return found
    problems.append(f"{name}: {key} is not a table")
    return {}


def _rules(name: str, content: Mapping[str, Any], problems: list[str]) -> list[object]:
    found = content.get("rule", [])
    if isinstance(found, list):
        return found
    problems.append(f"{name}: rule is not a list of tables ([[rule]])")
    return []


def _texts(place: str, entries: object, problems: list[str], lines: bool = False) -> list[str]:
    """A list of texts; also written as one text, of words or of lines (those that begin with # are comments)."""
    if isinstance(entries, str):
        rows = [row for row in entries.splitlines() if row.strip() and not row.lstrip().startswith("#")]
        entries = [row.strip() for row in rows] if lines else " ".join(rows).split()
    if isinstance(entries, list) and all(isinstance(each, str) and each.strip() for each in entries):
        return list(entries)
    problems.append(f"{place}: not a list of texts")
    return []
