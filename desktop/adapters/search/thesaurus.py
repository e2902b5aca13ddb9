"""The people's words: rows that lead from everyday stems to the words of official texts, one way.

A row has one or more stems that must all occur in a query, in any order. Hangul stems are compared key by key, so that
"빠지" also meets "빠질"; one of two or more syllables may also stand inside a compound or across a space. Stems of
scripts that write no spaces may stand anywhere; those of Latin and Cyrillic stand at the start of a word, without
diacritics, and those of fewer than four letters are whole words.

The rows that come with the program are kept ready for use, a line of JSON for each language, so that opening them
takes milliseconds (`tools/compile_thesaurus.py`); a site's own CSV file is read on top of them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from desktop.adapters.search import grams
from desktop.domain import hangul
from desktop.paths import resources

COLUMNS = ("everyday", "official", "weight", "category")
MOST_OFFICIAL = 5
"""Official terms of one row that are used."""
_HEAD = 3
_WHOLE_BELOW = 4
_GAP = " "
_VOWELS = frozenset(map(grams.coded_keys, "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ"))
_KEYS = frozenset(map(grams.coded_keys, hangul.HANGUL_KEYS))
_ROW = "\n"
"""Between the parts of a row: its keys (alternatives between "/", stems between tabs), the stems as written, the
official terms, the weight. A row is one text because four thousand of them take 1.6 MB otherwise."""


class Entry(NamedTuple):
    """One row: its stems as written, the official terms (best first) and how surely they are meant (0..1)."""

    everyday: str
    official: tuple[str, ...]
    weight: float


class Fired(NamedTuple):
    """A row that a query fired, and the places of the query's words that it explains."""

    entry: Entry
    words: frozenset[int]


class BadRow(NamedTuple):
    """A row that was left out: its line in the file, and why."""

    line: int
    reason: str


def stem_key(stem: str) -> str:
    """A stem as it is looked up: Hangul as coded keys, the rest folded; a short Latin stem ends with its word."""
    folded = "".join(grams.words(stem))
    key = "".join(_coded(run) if kind == "hangul" else run for kind, run in grams.runs(folded))
    plain = bool(folded) and all(kind == "plain" for kind, _ in grams.runs(folded))
    return key + _GAP if plain and len(key) < _WHOLE_BELOW else key


def read_csv(text: str) -> tuple[list[Entry], list[BadRow]]:
    """The rows of a file with the columns `everyday,official,weight,category`, and those that had to be left out.

    A weight of 0 is kept: it takes a row with the same stems away.
    """
    entries: list[Entry] = []
    bad: list[BadRow] = []
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        for row in reader:
            reason = "" if None not in row else "more cells than columns"
            everyday = " ".join((row.get("everyday") or "").split())
            official = tuple(
                term for part in (row.get("official") or "").split("|") if (term := " ".join(part.split()))
            )
            weight = _weight(row.get("weight") or "")
            if not reason and not (everyday and all(map(_slot_keys, everyday.split()))):
                reason = "no stem in the column everyday"
            elif not reason and weight is None:
                reason = "the weight is not a number from 0 to 1"
            elif not reason and weight and not any(map(grams.words, official)):
                reason = "no term in the column official"
            if reason or weight is None:
                bad.append(BadRow(reader.line_num, reason))
            else:
                entries.append(Entry(everyday, official[:MOST_OFFICIAL], weight))
    except csv.Error as error:
        bad.append(BadRow(reader.line_num, str(error)))
    return entries, bad


def _weight(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _coded(run: str) -> str:
    return "".join(map(grams.coded_keys, run))


def _slot_keys(slot: str) -> list[str]:
    return [key for stem in slot.split("/") if (key := stem_key(stem))]


def _head(key: str) -> str:
    """Under what the lengths of stems that begin like this are kept: a query is looked through by these."""
    return key[:_HEAD] if len(key) >= _HEAD else key.ljust(_HEAD, "\x00")


class Table:
    """The rows of one language, found by the rarest of their stems.

    `anchors` has every stem, with the numbers (spaces between them) of the rows of which it belongs to the rarest one;
    `heads` has the lengths of stems by their first keys.
    """

    def __init__(self, rows: Sequence[str], anchors: dict[str, str], heads: dict[str, list[int]]) -> None:
        self.rows, self.anchors, self.heads = rows, anchors, heads

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Table:
        """A table of rows."""
        rows: list[str] = []
        slots_of: list[list[list[str]]] = []
        uses: dict[str, int] = {}
        for entry in entries:
            slots = [_slot_keys(slot) for slot in entry.everyday.split()]
            slots_of.append(slots)
            keys = "\t".join("/".join(slot) for slot in slots)
            rows.append(_ROW.join((keys, entry.everyday, "|".join(entry.official), str(entry.weight))))
            for key in dict.fromkeys(key for slot in slots for key in slot):
                uses[key] = uses.get(key, 0) + 1
        anchors: dict[str, list[int]] = {key: [] for key in uses}
        heads: dict[str, list[int]] = {}
        for key in uses:
            lengths = heads.setdefault(_head(key), [])
            if len(key) not in lengths:
                lengths.append(len(key))
        for number, slots in enumerate(slots_of):
            rarest = min(slots, key=lambda slot: sum(uses[key] for key in slot))
            for key in dict.fromkeys(rarest):
                anchors[key].append(number)
        return cls(rows, {key: " ".join(map(str, numbers)) for key, numbers in anchors.items()}, heads)

    def fired(self, text: Text) -> list[Fired]:
        """The rows of which every stem occurs."""
        found = self._stems(text)
        result = []
        for number in sorted({int(number) for stem in found for number in self.anchors[stem].split()}):
            keys, everyday, official, weight = self.rows[number].split(_ROW)
            held: list[tuple[int, int]] = []
            for slot in keys.split("\t"):
                if "/" in slot:
                    places = [place for key in slot.split("/") for place in found.get(key, ())]
                else:
                    places = found.get(slot, [])
                if not places:
                    break
                held += places
            else:
                words = frozenset(word for first, last in held for word in range(first, last + 1))
                result.append(Fired(Entry(everyday, tuple(official.split("|")), float(weight)), words))
        return result

    def _stems(self, text: Text) -> dict[str, list[tuple[int, int]]]:
        """The stems that occur, with the first and last word of each occurrence."""
        found: dict[str, list[tuple[int, int]]] = {}
        flat, heads, anchors = text.flat, self.heads, self.anchors
        for at in text.begins:
            head = flat[at : at + _HEAD]
            for key in (head, head[:2] + "\x00", head[:1] + "\x00\x00"):
                for size in heads.get(key, ()):
                    stem = flat[at : at + size]
                    if len(stem) == size and stem in anchors and text.fits(at, stem):
                        found.setdefault(stem, []).append((text.owner[at], text.owner[at + size - 1]))
        return found


class Text:
    """A query's words in one string, with the word that each character belongs to.

    Hangul words follow one another without a gap, so that a stem may reach over a space.
    """

    def __init__(self, words: Iterable[str]) -> None:
        parts: list[str] = []
        self.owner: list[int] = []
        self.begins: list[int] = []
        self._starts: set[int] = set()
        last = ""
        for place, word in enumerate(words):
            for kind, run in grams.runs(word):
                if self.owner and self.owner[-1] != place and not (last == kind == "hangul"):
                    parts.append(_GAP)
                    self.owner.append(self.owner[-1])
                if not self.owner or self.owner[-1] != place:
                    self._starts.add(len(self.owner))
                for unit in (run,) if kind == "plain" else run:
                    self.begins.append(len(self.owner))
                    coded = grams.coded_keys(unit) if kind == "hangul" else unit
                    parts.append(coded)
                    self.owner += [place] * len(coded)
                last = kind
        parts.append(_GAP)
        self.owner.append(self.owner[-1] if self.owner else 0)
        self.flat = "".join(parts)

    def fits(self, at: int, stem: str) -> bool:
        """Whether a stem that stands here counts, by the rules at the head of this module."""
        if stem[0] not in _KEYS:
            return at in self._starts or _is_dense(stem[0])
        end = at + len(stem)
        if stem[-1] not in _VOWELS and self.flat[end] in _VOWELS and self.owner[end] == self.owner[end - 1]:
            return False  # "집" does not begin "지붕"
        if at in self._starts:
            return True
        return self.owner[at] == self.owner[end - 1] and sum(key in _VOWELS for key in stem) > 1


@lru_cache(maxsize=1024)
def _is_dense(char: str) -> bool:
    return all(kind in ("paired", "dense") for kind, _ in grams.runs(char))


_LATIN = re.compile("[a-z]")
_SCRIPTS = {
    "ko": re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]"),
    "ja": re.compile("[\u3040-\u30ff\u3400-\u9fff]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "mn": re.compile("[\u0400-\u04ff]"),
    "en": _LATIN,
    "vi": _LATIN,
}
"""Whoever writes no letter of a language's script does not ask in it, whatever loan words its rows have."""


class Thesaurus:
    """The rows of all languages. `own` are a site's: they stand for shipped ones with the same stems."""

    def __init__(self, tables: Callable[[str], Table], own: Sequence[Entry] = ()) -> None:
        self._tables = tables
        self._replaced = {entry.everyday for entry in own}
        self._own = Table.of(entry for entry in own if entry.weight)

    def fired(self, words: Sequence[str], languages: Iterable[str]) -> list[Fired]:
        """The rows that folded words fire: the site's, and those of these languages whose script is used."""
        text = Text(words)
        found = self._own.fired(text)
        for lang in languages:
            if (script := _SCRIPTS.get(lang)) and not any(map(script.search, words)):
                continue
            rows = self._tables(lang).fired(text)
            found += [row for row in rows if row.entry.everyday not in self._replaced]
        return found


def compile_tables(files: Iterable[Path]) -> tuple[str, list[tuple[str, BadRow]]]:
    """CSV files named `<lang>[-more].csv` as lines of JSON, one a language, and the rows left out with their file."""
    entries: dict[str, list[Entry]] = {}
    bad: list[tuple[str, BadRow]] = []
    for path in sorted(files):
        found, left_out = read_csv(path.read_text(encoding="utf-8"))
        entries.setdefault(path.stem.partition("-")[0], []).extend(found)
        bad += [(path.name, row) for row in left_out]
    tables = {lang: Table.of(rows) for lang, rows in entries.items()}
    lines = [
        json.dumps([lang, table.rows, table.anchors, table.heads], ensure_ascii=False, separators=(",", ":"))
        for lang, table in tables.items()
    ]
    return "".join(f"{line}\n" for line in lines), bad


@lru_cache(maxsize=8)
def _table(path: Path, lang: str) -> Table:
    """The rows of one language as they were compiled; none where there are none for it."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith(f'["{lang}",'):
                return Table(*json.loads(line)[1:])
    return Table((), {}, {})


def shipped(own: Sequence[Entry] = ()) -> Thesaurus:
    """The thesaurus that comes with the program, with a site's own rows. A language is read when it is first asked."""
    path = resources() / "faq" / "thesaurus.jsonl"
    return Thesaurus(lambda lang: _table(path, lang), own)
